"""Questionnaire files: what is built in, and how mistakes are named."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from questionnaire.loader import check_builtin, check_file, read_schema
from questionnaire.numerals import numeral
from questionnaire.schema import Schema, question_hash
from questionnaire.vocabulary import FigureNeed, Need

PART = """\
part: 1
title: 甲
sections:
- section: 1
  title: 乙
  items:
  - id: P1.S1.I1
    key: a.b
    marker: （一）
    question: 问题
    question_hash: '{hash}'
    delegable: 'no'
    delegable_reason: 理由
    not_applicable: 'no'
    aspects:
    - id: P1.S1.I1.a
      ask: 问
      cues: [词]
"""


def test_the_built_in_questionnaire_is_clean_and_whole(schema: Schema) -> None:
    assert check_builtin("dicastal-2024") == []
    assert len(schema.items) == 72
    assert len(schema.sections) == 72
    assert len(schema.parts) == 6
    assert schema.label("P1.S3.I3") == "三、反贪污（三）"


def test_every_aspect_says_what_to_write(schema: Schema) -> None:
    lacking = [aspect.id for item in schema.items for aspect in item.judged if not aspect.hint]
    assert lacking == []


def test_required_figures_have_a_unit(schema: Schema) -> None:
    lacking = [
        aspect.id
        for item in schema.items
        for aspect in item.judged
        if aspect.figure is FigureNeed.REQUIRED and not aspect.unit
    ]
    assert lacking == []


def test_each_item_has_something_that_must_be_answered(schema: Schema) -> None:
    lacking = [item.id for item in schema.items if all(a.need is not Need.REQUIRED for a in item.judged)]
    assert lacking == []


def test_ids_are_those_of_the_draft(schema: Schema, shared: Path) -> None:
    """Outside measurements name items and aspects: none may vanish."""
    text = (shared / "questionnaire" / "items.yaml").read_text(encoding="utf-8")
    drafted = {
        line.split("id: ")[1].strip() for line in text.splitlines() if line.lstrip().startswith("- id: P")
    }
    ours = {item.id for item in schema.items} | {
        aspect.id for item in schema.items for aspect in item.aspects
    }
    assert drafted - ours == set()


def _write(folder: Path, part: str) -> Path:
    source = files("questionnaire.schemas").joinpath("dicastal-2024", "edition.yaml")
    (folder / "edition.yaml").write_bytes(source.read_bytes())
    (folder / "part1.yaml").write_text(part, encoding="utf-8")
    return folder


def test_a_small_questionnaire_loads(tmp_path: Path) -> None:
    schema = read_schema(_write(tmp_path, PART.format(hash=question_hash("问题"))))
    assert [item.id for item in schema.items] == ["P1.S1.I1"]


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column"),
    [
        ("      cues: [词]", "      cue: [词]", "schema-unknown-key", 18, 12),
        ("      cues: [词]", "      cues: ['(词']", "schema-inconsistent", 18, 13),
        ("    delegable: 'no'", "    delegable: maybe", "schema-bad-choice", 12, 16),
        ("    marker: （一）\n", "", "schema-missing-key", 7, 5),
        ("title: 乙", "title: 乙\n  title: 丙", "yaml-duplicate-key", 6, 3),
        ("id: P1.S1.I1\n", "id: P1.S1\n", "schema-bad-value", 7, 9),
    ],
)
def test_mistakes_are_named_with_line_and_column(
    tmp_path: Path, old: str, new: str, code: str, line: int, column: int
) -> None:
    text = PART.format(hash=question_hash("问题"))
    assert old in text
    errors = check_file(_write(tmp_path, text.replace(old, new, 1)))
    assert (code, line, column) in [(error.code, error.line, error.column) for error in errors]


def test_a_duplicate_id_names_both_places(tmp_path: Path) -> None:
    text = PART.format(hash=question_hash("问题"))
    again = text.split("  items:\n")[1]
    errors = check_file(_write(tmp_path, text + again))
    assert {(error.code, error.params["value"], error.params["first"]) for error in errors} == {
        ("schema-duplicate-id", "P1.S1.I1", "part1.yaml:7"),
        ("schema-duplicate-id", "a.b", "part1.yaml:8"),
    }


def test_a_near_key_is_guessed(tmp_path: Path) -> None:
    text = PART.format(hash=question_hash("问题")).replace("cues:", "cuse:")
    assert "cues" in {error.params.get("near") for error in check_file(_write(tmp_path, text))}


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五")]
)
def test_numerals(number: int, text: str) -> None:
    assert numeral(number) == text
