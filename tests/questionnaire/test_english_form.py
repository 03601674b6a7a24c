"""The questionnaire in English: complete beside the Chinese, as a workbook to be filled in, and read back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from questionnaire.answers import Answer, AspectLine, Choice, Declared, Place, Return
from questionnaire.reading import read_return
from questionnaire.reading.content import read_rows
from questionnaire.schema import Item, Schema
from questionnaire.template import build_workbook
from questionnaire.translation import in_english

HAN = re.compile("[\u4e00-\u9fff]")
UNITS = "Key figures"  # its units are spelt as the tables of units know them


@pytest.fixture(scope="module")
def form(schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The English form of a plant, a question in three edited by hand."""
    answers = tuple(
        Answer(item.id, f"Answer to {item.id}, 12 hours.", Place("x")) for item in schema.items[:-2]
    )
    answers += (
        Answer(schema.items[-2].id, "", Place("x"), choice=Choice.DELEGATED, reason="HR of the group"),
    )
    lines = (AspectLine("P1.S1.I1", "P1.S1.I1.a", Place("x"), Declared.NIL, text="No loss occurred."),)
    source = Return("x", "0", "Grand River Wheels", 2024, answers, lines=lines)
    path = tmp_path_factory.mktemp("english") / "return.xlsx"
    path.write_bytes(build_workbook(in_english(schema), source=source, profile={"overseas": "Yes"}))
    return path


def test_every_text_has_its_english(schema: Schema) -> None:
    english = in_english(schema)
    for item in english.items:
        texts = (item.question, item.delegable_reason, english.label(item.id))
        for aspect in item.judged:
            texts += (aspect.ask, aspect.hint)
        assert all(texts), item.id
        assert not any(map(HAN.search, texts)), item.id
    assert not HAN.search(" ".join(part.title + part.sections[0].title for part in english.parts))


def test_an_item_in_english_is_wholly_so(schema: Schema) -> None:
    data = schema.items[0].plain()
    data["aspects"][0]["ask_en"] = ""
    with pytest.raises(ValidationError, match=r"P1\.S1\.I1\.a ask_en: missing"):
        Item.built_from(data)


def test_the_chinese_schema_is_not_touched(schema: Schema) -> None:
    before = schema.plain()
    assert in_english(in_english(schema)).items == in_english(schema).items
    assert schema.plain() == before
    assert in_english(schema).proofs is schema.proofs


def test_the_blank_form_is_english(schema: Schema) -> None:
    sheets = read_rows(build_workbook(in_english(schema), by_aspect=True), "blank.xlsx", "")
    assert not [text for rows in sheets for row in rows for text in row if HAN.search(text)]


def test_the_form_is_read_back(form: Path, schema: Schema) -> None:
    found = read_return(form, schema)
    assert (found.company, found.year, len(found.answers)) == ("Grand River Wheels", 2024, 72)
    assert [answer.text for answer in found.answers[:2]] == [
        "Answer to P1.S1.I1, 12 hours.",
        "Answer to P1.S1.I2, 12 hours.",
    ]
    assert found.answers[-2].choice is Choice.DELEGATED
    assert found.answers[0].question == schema.items[0].question
    assert [line.state for line in found.lines] == [Declared.NIL]
    assert found.profile.flags
    assert (found.unmatched, found.outside, found.source.taken) == ((), (), ())


def test_a_text_with_english_questions_is_read(schema: Schema, tmp_path: Path) -> None:
    path = tmp_path / "return.txt"
    blocks = [
        f"{item.id} {item.question_en}\nWe did it {number} times."
        for number, item in enumerate(schema.items, 2)
    ]
    path.write_text("\n\n".join(blocks), encoding="utf-8")
    found = read_return(path, schema)
    assert [answer.item for answer in found.answers] == [item.id for item in schema.items]
    assert found.answers[3].text == "We did it 5 times."
