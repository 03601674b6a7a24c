"""A draft edition on the command line: list → draft → template → returns → check, campaign, disclosures."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from checker.checking.engine import check
from checker.finding import AspectState, Severity
from checker.wording import wording
from questionnaire.answers import Answer, Place, Return
from questionnaire.editions import Editions
from questionnaire.schema import Schema
from tests.checker.conftest import QUESTIONS
from tests.conftest import ROOT, Run

EDITIONS = ROOT / "tests" / "questionnaire" / "editions"
SAMPLES = ROOT / "samples"
FULL = {
    "P1.S1.I1": "2025年用电量1,236万千瓦时；节电措施有更换变频空压机2台、LED灯400盏。",
    "P1.S1.I2": "危险废弃物的处置方式为委托焚烧和综合利用，均委托有资质单位，全年转移213吨。",
    "P1.S2.I1": "2025年组织反腐败培训3场，参训412人次。",
    "P1.S2.I2": "员工申诉渠道有工会信箱和热线电话；处理流程为登记、核实、答复，5个工作日内办结。",
}


@pytest.fixture
def folder(call: Run, tmp_path: Path) -> Path:
    """A draft of four questions."""
    (tmp_path / "清单.txt").write_text(QUESTIONS, encoding="utf-8")
    code, _, err = call(
        "schema", "new", tmp_path / "清单.txt", "-o", tmp_path / "qinghe-2025", "--parent", "青禾集团"
    )
    assert code == 0, err
    assert "4 题，2 节" in err
    return tmp_path / "qinghe-2025"


def filled(template: Path, target: Path, company: str, answers: dict[str, str]) -> None:
    """A template with answers, as a clerk saves it."""
    book = openpyxl.load_workbook(template)
    sheet = book["问卷"]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        item = sheet.cell(row, columns["编号"]).value
        if item in answers:
            sheet.cell(row, columns["答案"]).value = answers[item]
    book["公司信息"]["B2"] = company
    book.save(target)


def test_from_a_list_to_a_check(call: Run, folder: Path, tmp_path: Path) -> None:
    """The rest of the way, to the campaign, is gone by the commands of the README."""
    template, target = tmp_path / "填报表.xlsx", tmp_path / "甲.xlsx"
    assert call("template", "-o", template, "--questionnaire", folder)[0] == 0
    filled(template, target, "青禾铸造有限公司", FULL)
    for named in (folder, folder / "part1.yaml"):
        code, out, err = call("check", target, "--questionnaire", named)
        assert (code, "已答 4" in out) == (0, True), out + err


def test_what_is_still_draft(call: Run, folder: Path) -> None:
    code, out, _ = call("schema", "check", folder)
    assert code == 0
    assert out.count("待定：") == 4
    assert "4 题中有 4 题还是草稿" in out
    part = folder / "part1.yaml"
    part.write_text(
        part.read_text(encoding="utf-8").replace("draft: [aspects, policy]", ""), encoding="utf-8"
    )
    code, out, _ = call("schema", "check", folder)
    assert (code, "4 题都已确认" in out) == (0, True)
    part.write_text(
        part.read_text(encoding="utf-8").replace("need: optional", "need: never"), encoding="utf-8"
    )
    part.write_text(part.read_text(encoding="utf-8").replace("delegable: ", "delegible: "), encoding="utf-8")
    code, _, err = call("schema", "check", folder)
    assert (code, "part1.yaml" in err) == (2, True)


def test_what_must_be_decided(folder: Path) -> None:
    rows = CalamineWorkbook.from_path(str(folder / "待定事项.xlsx")).get_sheet_by_index(0).to_python()
    heads = rows[3]
    first = dict(zip(heads, rows[4], strict=True))
    assert first["题干"] == "年度用电量（万千瓦时）及节电措施。"
    assert "a. 年度用电量（万千瓦时）（数据）" in str(first["分项（可改）"])
    assert (first["可否依托（可改）"], first["可否不涉及（可改）"]) == ("不可以", "不可以")


def test_a_used_folder_is_refused(call: Run, folder: Path, tmp_path: Path) -> None:
    before = (folder / "part1.yaml").read_bytes()
    code, _, err = call("schema", "new", tmp_path / "清单.txt", "-o", folder)
    assert (code, "换一个新的文件夹" in err) == (2, True)
    assert (folder / "part1.yaml").read_bytes() == before


def test_in_english(call: Run, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(
        "1. Number of employees and hours of training.\n2. Do you have a code of conduct?\n"
    )
    code, _, err = call("--lang", "en", "schema", "new", tmp_path / "list.txt", "-o", tmp_path / "plant")
    assert (code, "2 questions" in err) == (0, True)
    assert (tmp_path / "plant" / "decisions.xlsx").is_file()
    assert "still draft" in call("--lang", "en", "schema", "check", tmp_path / "plant")[1]


def test_two_editions(call: Run) -> None:
    code, out, _ = call("schema", "diff", "dicastal-2024", EDITIONS / "dicastal-2025")
    assert code == 0
    assert "未变 70 题，改措辞 1，移位 0，新增 1，删去 1" in out
    assert "去年的答案可以带过来的：70 题，共 72 题" in out
    assert call("schema", "diff", "dicastal-2024", "dicastl-2025")[0] == 2


def test_a_file_is_still_validated_without_a_word(call: Run, tmp_path: Path) -> None:
    assert call("schema", EDITIONS / "chenggang-2024")[0] == 0
    assert "$defs" in call("schema", "--json-schema", "part")[1]
    assert call("schema", tmp_path / "none.yaml")[0] == 2


def test_last_years_answers(call: Run, tmp_path: Path) -> None:
    target = tmp_path / "今年.xlsx"
    code, _, err = call(
        "template",
        "-o",
        target,
        "--from",
        SAMPLES / "middling.xlsx",
        "--questionnaire",
        EDITIONS / "dicastal-2025",
    )
    assert code == 0, err
    assert "已带入去年的答案" in err
    sheet = openpyxl.load_workbook(target)["问卷"]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    told = {
        str(sheet.cell(row, columns["编号"]).value): (
            sheet.cell(row, columns["答案"]).value,
            sheet.cell(row, columns["备注"]).value,
        )
        for row in range(2, sheet.max_row + 1)
    }
    assert told["P1.S1.I2"][0]
    assert "2024 年答案，请更新" in str(told["P1.S1.I2"][1])
    assert told["P3.S2.I2"] == (None, None)  # the question asks something else now
    profile = {
        row[0].value: row[1].value for row in openpyxl.load_workbook(target)["公司信息"].iter_rows(min_row=2)
    }
    assert (profile["报告年度"], profile["公司名称"]) == ("2025", "青松底盘（示例）有限公司")
    # a filled template is nobody's to overwrite
    assert call("template", "-o", target, "--questionnaire", EDITIONS / "dicastal-2025")[0] == 2


def test_the_year_after_last_years(call: Run, tmp_path: Path) -> None:
    target = tmp_path / "今年.xlsx"
    code, _, err = call("template", "-o", target, "--from", SAMPLES / "good.xlsx")
    assert (code, "2025" in err) == (0, True)


@pytest.fixture
def draft(folder: Path) -> Schema:
    return Editions.of(str(folder)).first


def checked(schema: Schema, item: str, text: str):  # type: ignore[no-untyped-def]
    source = Return("a.xlsx", "0" * 64, "青禾铸造有限公司", 2025, (Answer(item, text, Place("a.xlsx")),))
    report = check(schema, source, strict=True)
    found = next(each for each in report.items if each.id == item)
    return {aspect.ask: aspect.state for aspect in found.aspects}, [
        finding for finding in report.findings if finding.item == item and finding.rule == "aspect-missing"
    ]


def test_an_aspect_without_a_cue_is_proved_by_its_words(draft: Schema) -> None:
    for item, text in FULL.items():
        states, findings = checked(draft, item, text)
        assert set(states.values()) == {AspectState.DISCLOSED}, item
        assert not findings


def test_without_its_words_it_may_be_missing(draft: Schema) -> None:
    states, findings = checked(draft, "P1.S2.I2", "公司高度重视员工关系。")
    assert set(states.values()) == {AspectState.MISSING}
    assert {finding.severity for finding in findings} == {Severity.WARNING}
    assert all("可能缺失" in wording().finding(finding).message for finding in findings)


def test_a_figure_that_is_not_there_is_missing_for_sure(draft: Schema) -> None:
    states, findings = checked(draft, "P1.S2.I1", "公司重视廉洁教育，经常提醒员工。")
    assert set(states.values()) == {AspectState.MISSING}
    assert {finding.severity for finding in findings} == {Severity.ERROR}
    assert not any("可能" in wording().finding(finding).message for finding in findings)
