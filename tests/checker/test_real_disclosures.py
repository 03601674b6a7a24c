"""HKEX 2024 on the one real return, which stays outside the project: every line can be traced to quotes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from checker.checking.engine import check
from checker.finding import Report
from checker.reading.carriers import DisclosureResult, DisclosureState, Reach
from checker.reading.disclosures import load_reader
from checker.reading.proving import Shortfall
from questionnaire.editions import newest
from questionnaire.reading import read_return
from questionnaire.schema import Schema

# read by hand: where a group office would put these lines
DELEGATED = {
    "A2.1",
    "A2.2",
    "A2.4",
    "B5.GD",
    "B5.2",
    "B5.3",
    "B6.3",
    "B8.GD",
    "B13(i)",
    "B13(iii)",
}
NOT_ASKED = {
    "B14.materiality", "B14.quantitative", "B14.consistency", "B15", "B4.GD", "B4.1", "B4.2",
    "B1.1", "B1.2", "B2.2", "B5.1",
}  # fmt: skip
NO_FIGURE = {
    "A1.1",
    "A1.3",
    "A1.4",
    "A2.5",
    "B3.2",
}  # words, and no figure of the kind anywhere in the answer


@pytest.fixture(scope="module")
def report(shared: Path, schema: Schema) -> Report:
    return check(schema, read_return(shared / "returns" / "ksm-2024.txt", schema), strict=True)


@pytest.fixture(scope="module")
def lines(report: Report, schema: Schema) -> dict[str, DisclosureResult]:
    reader = load_reader(schema, newest().all_links(2024))
    return {result.disclosure.id: result for result in reader.cover(report, "hkex")}


def test_there_are_55_lines_in_the_edition_of_2024(
    report: Report, lines: dict[str, DisclosureResult]
) -> None:
    assert len(lines) == 55
    assert report.frameworks[0] == "hkex-2024"


def test_each_line_is_traced_to_quotes(report: Report, lines: dict[str, DisclosureResult]) -> None:
    answers = {item.where: "".join(item.answer.split()) for item in report.items}
    for number, line in lines.items():
        if line.state in (DisclosureState.MET, DisclosureState.PARTLY):
            assert line.proof, number
        for carrier in line.proof:
            assert carrier.evidence, number
            assert "".join(carrier.evidence.split()) in answers[carrier.where], number
            assert carrier.where is not None
            assert carrier.where.line


@pytest.mark.parametrize("number", sorted(DELEGATED))
def test_what_is_left_to_the_parent(number: str, lines: dict[str, DisclosureResult]) -> None:
    assert lines[number].state is DisclosureState.DELEGATED


@pytest.mark.parametrize("number", sorted(NO_FIGURE))
def test_words_without_figures_are_open(number: str, lines: dict[str, DisclosureResult]) -> None:
    assert lines[number].state is DisclosureState.OPEN
    assert lines[number].reach is not Reach.NONE


def test_what_was_never_asked(lines: dict[str, DisclosureResult]) -> None:
    assert {n for n, line in lines.items() if line.state is DisclosureState.NOT_ASKED} == NOT_ASKED


def test_an_inventory_of_another_year_is_shown_and_proves_nothing(lines: dict[str, DisclosureResult]) -> None:
    found = lines["A1.2"]
    assert found.state is DisclosureState.OPEN
    shown = next(carrier for carrier in found.carriers if carrier.item == "P3.S1.I2")
    assert shown.lacks is Shortfall.OTHER_YEAR
    assert shown.rules == ("stale-period",)


def test_a_nil_is_quoted_where_it_stands(lines: dict[str, DisclosureResult]) -> None:
    assert lines["B6.1"].state is DisclosureState.MET
    assert "召回" in lines["B6.1"].proof[0].evidence


def test_what_stands_under_another_question_counts(lines: dict[str, DisclosureResult]) -> None:
    assert any("举报电话" in carrier.evidence for carrier in lines["B7.2"].proof)


def test_every_line_has_one_state(lines: dict[str, DisclosureResult]) -> None:
    counts = Counter(line.state for line in lines.values())
    assert sum(counts.values()) == 55
    assert counts[DisclosureState.NOT_APPLICABLE] == 0
