"""The engine as a whole: nothing raises, evidence stands in the answer, states and findings agree."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from checker.checking.engine import check
from checker.finding import ItemState, Report
from checker.report.json import as_text
from checker.wording import Language, wording
from questionnaire.answers import Return
from questionnaire.editions import newest
from questionnaire.reading import read_return
from questionnaire.schema import Schema
from questionnaire.template import build_workbook
from tests.conftest import ROOT, make_return

WORDS = (
    "依托中信戴卡", "不涉及", "由集团统一管理", "显著提升", "2024年", "培训312人次", "，", "。", "\n", "\t", "《制度》",
    "1、", "（二）", "12.5%", "未发生事故", "安全", "通过", "为了", "#REF!", "=1+1", "[red]", "<b>", "\u202e", "：",
)  # fmt: skip
ITEMS = [item.id for item in newest().items]


def test_a_blank_workbook_is_72_blank_answers(schema: Schema, tmp_path: Path) -> None:
    blank = tmp_path / "空白.xlsx"
    blank.write_bytes(build_workbook(schema))
    report = check(schema, read_return(blank, schema), strict=True)
    rules = [finding.rule for finding in report.findings]
    assert (
        rules == ["blank-answer"] * 72 + ["profile-doubtful"] * 2
    )  # no name, and nothing else of the profile
    assert {item.state for item in report.items} == {ItemState.MISSING}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(ITEMS), st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS)).map("".join))
)
def test_any_text_into_any_rule(item: str, text: str) -> None:
    """Never raises; what is quoted stands in the answer; a report can always be written."""
    report = check(newest(), make_return({item: text}), strict=True)
    for finding in report.findings:
        if finding.item == item:
            assert all(quote in text for quote in finding.evidence)
    json.loads(as_text(report, wording()))


@pytest.mark.parametrize(
    "piece", ["依托", "大大", "1", "，", "\t1", "（", "《", "不涉及", "2024年", "公司提高了效率，", " "]
)
def test_long_hostile_text_ends(piece: str) -> None:
    text = (piece * 32_767)[:32_767]
    check(newest(), make_return({"P3.S5.I1": text}), strict=True)


def test_one_fault_one_finding(check_answers: Callable[..., Report]) -> None:
    answers = {"P1.S3.I3": "", "P3.S2.I1": "动力能源均依托中信戴卡。", "P2.S3.I1": "略"}
    report = check_answers(answers)
    for item, rule in (
        ("P1.S3.I3", "blank-answer"),
        ("P3.S2.I1", "delegated-item"),
        ("P2.S3.I1", "placeholder-answer"),
    ):
        assert [finding.rule for finding in report.findings if finding.item == item] == [rule]


def test_a_fingerprint_outlives_moved_rows(schema: Schema) -> None:
    source = make_return({"P4.S3.I1": "依托中信戴卡"})
    moved = replace(
        source, answers=tuple(replace(a, where=replace(a.where, cell="E99")) for a in source.answers)
    )
    prints = [
        [finding.fingerprint for finding in check(schema, given).findings if finding.item == "P4.S3.I1"]
        for given in (source, moved)
    ]
    assert prints[0] == prints[1]
    assert prints[0]


def test_the_report_keeps_the_contract(check_answers: Callable[..., Report]) -> None:
    report = check_answers({"P1.S3.I3": "2024年4月8日廉洁从业培训，503人次。"})
    data = json.loads(as_text(report, wording()))
    assert data["format"] == "esgcheck-report/1"
    assert set(data) >= {
        "tool",
        "questionnaire",
        "return",
        "verdict",
        "coverage",
        "items",
        "findings",
        "outcomes",
        "failures",
    }
    assert (
        sum(count for state, count in data["coverage"].items() if state != "items")
        == data["coverage"]["items"]
        == 72
    )
    assert len(data["items"]) == 72
    for finding in data["findings"]:
        assert {
            "rule",
            "severity",
            "item",
            "aspect",
            "where",
            "evidence",
            "message",
            "mend",
            "disclosures",
            "fingerprint",
        } <= set(finding)
        assert set(finding["where"]) == {"file", "sheet", "cell", "line"}
    for outcome in data["outcomes"]:
        assert {"rule", "checked", "not_applicable", "fired", "failed"} <= set(outcome)


@pytest.mark.parametrize("language", Language)
def test_every_finding_of_the_samples_has_words(schema: Schema, language: Language) -> None:
    for name in ("good", "middling", "poor"):
        report = check(schema, read_return(ROOT / "samples" / f"{name}.xlsx", schema), strict=True)
        for finding in json.loads(as_text(report, wording(language)))["findings"]:
            assert finding["message"]
            assert finding["mend"]
            assert "{" not in finding["message"] + finding["mend"]


def test_a_good_answer_costs_nothing(schema: Schema) -> None:
    report = check(schema, read_return(ROOT / "samples" / "good.xlsx", schema), strict=True)
    severities = [finding.severity.value for finding in report.findings]
    assert severities.count("error") == 0
    assert severities.count("warning") <= 5


def _bare(source: Return, schema: Schema) -> list[tuple[object, ...]]:
    report = check(schema, source, strict=True)
    return [(f.rule, f.severity, f.item, f.aspect, f.evidence, f.fingerprint) for f in report.findings]


def test_a_narrative_and_its_workbook_give_equal_findings(schema: Schema) -> None:
    narrative = read_return(ROOT / "samples" / "poor.txt", schema)
    workbook = read_return(ROOT / "samples" / "poor.xlsx", schema)
    assert _bare(narrative, schema) == _bare(workbook, schema)
