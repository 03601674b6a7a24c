"""Waivers: they hold while the answer says what it said and the date has not passed, and are always listed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from checker.checking.settings import FILE, load_beside, load_settings
from checker.checking.waivers import apply, settle
from checker.finding import Report, Severity, Waiver
from checker.report.excel.gaps import render
from checker.report.html import render as render_html
from checker.report.json import as_data
from checker.wording import Language, wording
from frameworks.ground.errors import SchemaErrors
from questionnaire.schema import Schema

TODAY = date(2025, 3, 31)
CheckAnswers = Callable[..., Report]


def waiver(report: Report, rule: str, until: date = TODAY) -> Waiver:
    found = next(finding for finding in report.findings if finding.rule == rule)
    return Waiver(
        fingerprint=found.fingerprint, who="集团办公室", why="已核实", until=until, place=f"{FILE}:2"
    )


@pytest.fixture
def report(check_answers: CheckAnswers) -> Report:
    return check_answers({"P1.S1.I2": "风险理念深入人心。", "P4.S3.I1": "依托中信戴卡"})


def test_a_waived_finding_counts_no_more(report: Report) -> None:
    before = report.count(Severity.WARNING)
    accepted = apply(report, [waiver(report, "vague-claim")], TODAY)
    assert accepted.count(Severity.WARNING) == before - 1
    assert [pair.finding.rule for pair in accepted.waived] == ["vague-claim"]
    assert not accepted.expired
    assert not accepted.unused


def test_it_holds_on_its_last_day_and_the_finding_returns_on_the_next(report: Report) -> None:
    one = waiver(report, "vague-claim")
    after = apply(report, [one], TODAY + timedelta(days=1))
    assert after.findings == report.findings
    assert [pair.waiver for pair in after.expired] == [one]
    assert not after.waived


def test_it_falls_away_when_the_answer_changes(report: Report, check_answers: CheckAnswers) -> None:
    one = waiver(report, "vague-claim")
    changed = apply(check_answers({"P1.S1.I2": "风险意识显著提升。"}), [one], TODAY)
    assert any(finding.rule == "vague-claim" for finding in changed.findings)
    assert changed.unused == (one,)


def test_it_survives_blanks_and_other_answers(report: Report, check_answers: CheckAnswers) -> None:
    one = waiver(report, "vague-claim")
    moved = apply(check_answers({"P1.S1.I1": "略", "P1.S1.I2": "风险理念 深入人心。"}), [one], TODAY)
    assert len(moved.waived) == 1


def test_a_waiver_used_by_one_of_several_returns_is_not_unused(
    report: Report, check_answers: CheckAnswers
) -> None:
    one = waiver(report, "vague-claim")
    other = check_answers({"P1.S1.I2": "风险理念深入人心。"}, company="另一家公司")
    both = [apply(each, [one], TODAY) for each in (report, other)]
    assert both[1].unused == (one,)
    assert [each.unused for each in settle(both)] == [(), ()]
    assert settle(both[1:])[0].unused == (one,)
    assert settle(both[1:], complete=False)[0].unused == ()


def test_rules_left_out_make_no_waiver_unused(report: Report, schema: Schema) -> None:
    partly = replace(report, findings=(), not_run=("vague-claim",))
    assert apply(partly, [waiver(report, "vague-claim")], TODAY).unused == ()


def test_the_reports_list_them(report: Report, schema: Schema, tmp_path: Path) -> None:
    given = [
        waiver(report, "vague-claim"),
        waiver(report, "delegated-item", TODAY - timedelta(days=1)),
        Waiver(fingerprint="0" * 16, who="甲", why="乙", until=TODAY),
    ]
    accepted = apply(report, given, TODAY)
    data = as_data(accepted, wording())
    assert {name: data["waived"][0][name] for name in ("rule", "item", "who", "why", "until")} == {
        "rule": "vague-claim", "item": "P1.S1.I2", "who": "集团办公室", "why": "已核实", "until": "2025-03-31",
    }  # fmt: skip
    assert [entry["rule"] for entry in data["waivers"]["expired"]] == ["delegated-item"]
    assert [entry["fingerprint"] for entry in data["waivers"]["unused"]] == ["0" * 16]
    path = tmp_path / "r.xlsx"
    for language, name in ((Language.ZH, "豁免"), (Language.EN, "Waivers")):
        path.write_bytes(render([accepted], lambda _: schema, wording(language)))
        rows = list(openpyxl.load_workbook(path)[name].iter_rows(min_row=2, values_only=True))
        assert [row[8] for row in rows] == [entry.fingerprint for entry in given]
    page = render_html([accepted], lambda _: schema, wording()).decode()
    assert "已核实" in page
    assert "豁免到期" in page


def test_reports_without_waivers_have_no_such_sheet(report: Report, schema: Schema, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(render([report], lambda _: schema, wording()))
    assert "豁免" not in openpyxl.load_workbook(path).sheetnames


ENTRY = "- fingerprint: 0123456789abcdef\n  who: 李\n  why: 理由\n  until: 2025-12-31\n"


def test_a_file_is_read_with_its_lines(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("# 豁免\nwaivers:\n" + ENTRY, encoding="utf-8")
    found = load_beside(tmp_path / "填报表.xlsx").waivers
    assert [(w.fingerprint, w.until, w.place) for w in found] == [
        ("0123456789abcdef", date(2025, 12, 31), "esgcheck.yaml:3")
    ]


@pytest.mark.parametrize("text", ["", "# 尚无\n", "waivers:\n", "waivers: []\n"])
def test_none_yet(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert load_beside(tmp_path / "填报表.xlsx").waivers == ()
    assert load_beside(tmp_path / "别处" / "填报表.xlsx").waivers == ()


def test_a_fingerprint_of_digits_keeps_its_zeros(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text("waivers:\n" + ENTRY.replace("0123456789abcdef", "0023456789012345"), encoding="utf-8")
    assert load_settings(path).waivers[0].fingerprint == "0023456789012345"


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("fingerprint", "fingerprnt", (2, 15), "是否指：fingerprint"),
        ("  who: 李\n", "", (2, 3), "who"),
        ("2025-12-31", "2025-02-30", (5, 10), "不是有效日期"),
        ("2025-12-31", "20251231", (5, 10), "不是有效日期"),
        ("2025-12-31", "年底", (5, 10), "不是有效日期"),
        ("0123456789abcdef", "XYZ", (2, 16), "不是缺口编号"),
        ("理由", "''", (4, 8), "不能留空"),
        ("理由", "[]", (4, 8), "不能留空"),
    ],
)
def test_mistakes_have_line_column_and_mend(
    tmp_path: Path, old: str, new: str, place: tuple[int, int], words: str
) -> None:
    path = tmp_path / FILE
    path.write_text("waivers:\n" + ENTRY.replace(old, new), encoding="utf-8")
    with pytest.raises(SchemaErrors) as caught:
        load_settings(path)
    said = [(error.line, error.column, wording().error(error)) for error in caught.value.errors]
    assert any((line, column) == place and words in text for line, column, text in said), said


def test_one_finding_is_waived_once(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text("waivers:\n" + ENTRY + ENTRY, encoding="utf-8")
    with pytest.raises(SchemaErrors) as caught:
        load_settings(path)
    assert (caught.value.line, caught.value.column) == (6, 16)
    assert "esgcheck.yaml:2" in wording().error(caught.value.errors[0])


def test_what_a_waiver_says_is_never_markup(report: Report, schema: Schema, tmp_path: Path) -> None:
    one = replace(waiver(report, "vague-claim"), why="=1+1<script>[red]")
    accepted = apply(report, [one], TODAY)
    path = tmp_path / "r.xlsx"
    path.write_bytes(render([accepted], lambda _: schema, wording()))
    assert all(
        cell.data_type != "f" for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row
    )
    assert render_html([accepted], lambda _: schema, wording()).decode().count("<script>") == 1  # our own
    json.dumps(as_data(accepted, wording()))
