"""Reports in English: the questionnaire's texts in findings, items, workbooks and pages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from checker.checking.engine import check
from checker.cli import main
from checker.finding import ItemState, Report
from checker.translation import shown_report, shown_schema
from checker.wording import Language, wording
from questionnaire.examples import examples_of
from questionnaire.reading import read_return
from questionnaire.schema import Schema
from tests.conftest import make_return

HAN = re.compile("[\u4e00-\u9fff]")
SAMPLES = Path(__file__).parent.parent.parent / "samples"


@pytest.fixture(scope="module")
def report(schema: Schema) -> Report:
    return check(schema, read_return(SAMPLES / "poor.xlsx", schema), strict=True)


def test_no_text_of_the_questionnaire_stays_chinese(report: Report, schema: Schema) -> None:
    words = wording(Language.EN)
    shown = shown_report(report, schema, words)
    english = shown_schema(schema, words)
    for item in shown.items:
        assert not any(map(HAN.search, (item.label, item.question, *(aspect.ask for aspect in item.aspects))))
    for finding in shown.findings:
        said = words.finding(finding)
        for text in (said.message, said.mend):
            for quote in (*finding.evidence, *map(str, finding.params.values())):
                text = text.replace(quote, "") if HAN.search(quote) else text  # noqa: PLW2901
            asked = [item.question for item in schema.items] + [
                words
                for item in schema.items
                for aspect in item.aspects
                for words in (aspect.ask, aspect.hint)
            ]
            assert not [each for each in asked if len(each) > 4 and each in text]
    assert english.label("P1.S3.I3") == "1.3.3 Anti-corruption"


def test_gaps_keep_their_fingerprints(report: Report, schema: Schema) -> None:
    shown = shown_report(report, schema, wording(Language.EN))
    assert [each.fingerprint for each in shown.findings] == [each.fingerprint for each in report.findings]
    assert shown_report(report, schema, wording(Language.ZH)) is report


def test_the_commands_speak_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "form.xlsx"
    assert main(["--lang", "en", "template", "-o", str(target), "--company", "Grand River"]) == 0
    assert main(["--lang", "en", "template", "-o", str(target)]) == 0  # a blank form of ours is written over
    capsys.readouterr()
    main(["--lang", "en", "explain", "P2.S4.I1"])
    assert "fatalities, serious and recordable injuries" in " ".join(capsys.readouterr().out.split())
    main(["--lang", "en", "check", str(target), "--item", "P1.S1.I1"])
    assert "Overall risk management: the work done" in capsys.readouterr().out


def test_disclosures_are_told_in_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Titles and clauses, in one return's report and in a campaign's."""
    (tmp_path / "in").mkdir()
    shutil.copy(SAMPLES / "overseas.xlsx", tmp_path / "in")
    main(
        [
            "--lang",
            "en",
            "check",
            str(SAMPLES / "overseas.xlsx"),
            "--for",
            "office",
            "-o",
            str(tmp_path / "a.xlsx"),
        ]
    )
    main(["--lang", "en", "batch", str(tmp_path / "in"), "-o", str(tmp_path / "b.xlsx")])
    for file, name, heads in (
        ("a.xlsx", "Disclosures", ("What is asked (own words)", "Clause")),
        ("b.xlsx", "Coverage", ("Title",)),
    ):
        rows = CalamineWorkbook.from_path(str(tmp_path / file)).get_sheet_by_name(name).to_python()
        top = next(number for number, row in enumerate(rows) if heads[0] in row)
        for head in heads:
            column = rows[top].index(head)
            texts = [str(row[column]) for row in rows[top + 1 :]]
            assert len(texts) > 50
            assert not [text for text in texts if HAN.search(text)]


def test_an_item_is_explained_in_english(schema: Schema, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--lang", "en", "explain", "P1.S3.I3"])
    told = " ".join(capsys.readouterr().out.split())
    assert "Coverage: 481 of 486 employees, 99 %." in told
    assert not HAN.search(told.replace(schema.edition.parent.name, ""))
    main(["--lang", "en", "explain", "P2.S4.I1"])  # no English example
    assert "A good answer" not in capsys.readouterr().out


def test_every_english_example_is_a_full_answer(schema: Schema) -> None:
    told = examples_of(shown_schema(schema, wording(Language.EN)))
    found = check(schema, make_return(told, "Maple Wheels (sample)"))
    assert len(told) >= 20
    assert {item.state for item in found.items if item.id in told} == {ItemState.ANSWERED}


def test_what_a_disclosure_waits_for_is_told_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--lang", "en", "frameworks", "hkex", "--returns", str(SAMPLES / "overseas.xlsx")])
    lines = capsys.readouterr().out.splitlines()
    asked = [line for line in lines if "Climate risk management:" in line or "Risk management:" in line]
    assert asked
    assert not HAN.search(re.sub("[^:]*waits for [^:]*:", "", " ".join(asked)))
