"""The one real return: it stays outside the project; these tests say so where it is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.checking.engine import check
from checker.finding import ItemState, Report
from questionnaire.answers import Return
from questionnaire.reading import read_return
from questionnaire.schema import Schema
from questionnaire.template import build_workbook

DELEGATED = [
    "P2.S2.I4", "P2.S3.I3", "P3.S2.I1", "P3.S2.I2", "P3.S3.I2", "P3.S3.I4", "P3.S4.I1", "P3.S4.I2",
    "P3.S5.I2", "P3.S5.I3", "P3.S5.I4", "P3.S5.I5", "P3.S6.I1", "P3.S6.I2", "P3.S6.I3", "P4.S1.I1",
    "P4.S2.I3", "P4.S3.I1", "P5.S1.I1", "P5.S1.I2", "P5.S3.I1", "P5.S3.I2", "P6.S1.I1", "P6.S1.I2",
    "P6.S2.I1", "P6.S2.I2", "P6.S2.I4",
]  # fmt: skip
# what a worked reading of parts 1 and 2 holds for grave, as rule and aspect letter
GRAVE = {
    "P1.S1.I2": ["aspect-missing c", "vague-claim", "activity-uncounted"],
    "P1.S1.I3": ["delegated-aspect", "aspect-missing f"],
    "P1.S2.I1": ["aspect-missing b", "aspect-missing c"],
    "P1.S2.I2": ["aspect-missing a", "aspect-missing b", "aspect-missing d"],
    "P1.S3.I1": ["aspect-missing c", "aspect-missing d", "aspect-missing e", "aspect-missing f"],
    "P1.S3.I3": ["aspect-missing h", "aspect-missing i", "aspect-missing j"],
    "P1.S3.I4": ["aspect-missing a", "aspect-missing b", "aspect-missing e"],
    "P1.S3.I5": ["aspect-missing c"],
    "P2.S1.I4": ["delegated-aspect", "aspect-missing d"],
    "P2.S1.I5": ["aspect-missing d"],
    "P2.S1.I6": ["aspect-missing b"],
    "P2.S2.I3": [
        "aspect-missing a",
        "aspect-missing b",
        "aspect-missing d",
        "aspect-missing e",
        "aspect-missing f",
    ],
    "P2.S2.I4": ["delegated-item"],
    "P2.S2.I6": ["aspect-missing b"],
    "P2.S3.I1": ["aspect-missing a", "aspect-missing b", "aspect-missing f"],
    "P2.S3.I2": ["vague-claim"],
    "P2.S3.I3": ["delegated-item"],
    "P2.S4.I1": ["aspect-missing c"],
    "P2.S4.I4": ["aspect-missing d"],
}
SILENT = ("P2.S2.I5",)


@pytest.fixture(scope="module")
def real(shared: Path, schema: Schema) -> Return:
    return read_return(shared / "returns" / "ksm-2024.txt", schema)


@pytest.fixture(scope="module")
def report(real: Return, schema: Schema) -> Report:
    return check(schema, real, strict=True)


def test_all_questions_are_matched_and_nothing_is_left(real: Return, schema: Schema) -> None:
    assert [answer.item for answer in real.answers] == [item.id for item in schema.items]
    assert real.unmatched == ()
    for answer in real.answers:
        question = schema.by_id[answer.item].question
        assert answer.text.splitlines()[0] not in question  # no half of a question became an answer


def test_exactly_the_delegated_items(report: Report) -> None:
    assert [item.id for item in report.items if item.state is ItemState.DELEGATED] == DELEGATED


@pytest.mark.parametrize("item", GRAVE)
def test_what_a_reviewer_holds_for_grave(item: str, report: Report) -> None:
    found = {
        f"{finding.rule} {finding.aspect.rsplit('.', 1)[1]}" if finding.aspect else finding.rule
        for finding in report.findings
        if finding.item == item
    }
    found |= {finding.split()[0] for finding in found if finding.startswith("delegated-aspect")}
    assert set(GRAVE[item]) <= found


@pytest.mark.parametrize("item", SILENT)
def test_where_a_reviewer_stays_silent(item: str, report: Report) -> None:
    assert [finding for finding in report.findings if finding.item == item] == []


def test_the_import_gives_equal_findings(
    real: Return, report: Report, schema: Schema, tmp_path: Path
) -> None:
    workbook = tmp_path / "填报表.xlsx"
    workbook.write_bytes(build_workbook(schema, source=real))
    again = check(schema, read_return(workbook, schema), strict=True)
    # a workbook asks for the company's profile, which the text has no place for
    bare = [
        [
            (f.rule, f.severity, f.item, f.aspect, f.evidence)
            for f in r.findings
            if f.rule != "profile-doubtful"
        ]
        for r in (report, again)
    ]
    assert bare[0] == bare[1]
