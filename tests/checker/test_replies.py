"""Gap lists that companies filled: plans, disputes, what is claimed and what is so."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl

from tests.bench.returns import workbook
from tests.conftest import ROOT
from tests.files.gap_lists import rows_of


def test_a_filled_gap_list_is_read_again(call, rounds, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = rounds({"P1.S3.I3": "", "P1.S3.I4": ""})
    campaign = tmp_path / "汇总.xlsx"
    call("batch", folder, "-o", campaign, "--split", tmp_path / "退回")
    (path,) = (tmp_path / "退回").glob("*.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["缺口清单"]
    heads = {cell.value: cell.column for cell in sheet[2]}
    row = next(n for n in range(3, sheet.max_row + 1) if sheet.cell(n, heads["编号"]).value == "P1.S3.I3")
    other = next(n for n in range(3, sheet.max_row + 1) if sheet.cell(n, heads["编号"]).value == "P1.S3.I4")
    for head, value in (("整改措施", "补培训"), ("责任人", "李"), ("完成时间", "2099-01-01")):
        sheet.cell(row, heads[head]).value = value
    sheet.cell(other, heads["补充披露"]).value = "已补充"
    last = sheet.max_row + 1
    sheet.cell(last, heads["缺口编号"]).value = "f" * 16
    sheet.cell(last, heads["整改措施"]).value = "自己加的一行"
    sheet.cell(last + 1, heads["缺口编号"]).value = sheet.cell(row, heads["缺口编号"]).value
    sheet.cell(last + 1, heads["问题类型"]).value = sheet.cell(row, heads["问题类型"]).value
    book.save(path)
    rounds({"P1.S3.I3": "2024年组织反贪污培训4次，参训320人次，覆盖率96%，含实习生。", "P1.S3.I4": ""})
    code, out, err = call("followup", path, "--returns", folder, "--campaign", campaign, "--format", "json")
    assert code == 1
    states = {entry["item"]: entry["state"] for entry in map(json.loads, out.splitlines())}
    assert states["P1.S3.I3"] == "fixed"
    assert states["P1.S3.I4"] == "claimed"
    assert f"第 {last} 行" in err
    assert f"第 {last + 1} 行与第 {row} 行" in err
    assert "自己加的一行" in err
    code, out, _ = call("followup", path)
    assert "已列计划 1" in out
    assert "有回复，没有计划 1" in out  # 已补充, and nothing to hold it against


def lists_of(folder: Path) -> dict[str, dict[str, object]]:
    """The rows of the only gap list of a folder, by item and rule."""
    (path,) = (each for each in folder.glob("*.xlsx") if ".bak" not in each.name)
    found = rows_of(path, "缺口清单").values()
    return {f"{row['编号']} {row['问题类型']}": row for row in found}


def write_back(folder: Path, item: str, rule: str, **said: str) -> Path:
    """Fills a row of the only gap list of a folder."""
    (path,) = (each for each in folder.glob("*.xlsx") if ".bak" not in each.name)
    book = openpyxl.load_workbook(path)
    sheet = book["缺口清单"]
    heads = {cell.value: cell.column for cell in sheet[2]}
    row = next(
        number
        for number in range(3, sheet.max_row + 1)
        if (sheet.cell(number, heads["编号"]).value, sheet.cell(number, heads["问题类型"]).value)
        == (item, rule)
    )
    for head, value in said.items():
        sheet.cell(row, heads[head]).value = value
    book.save(path)
    return path


DISPUTE = "本公司没有实习生，题目不适用"


def test_a_dispute_is_shown_answered_and_kept(call, rounds, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder, sent = rounds({"P1.S3.I3": "", "P1.S3.I4": ""}), tmp_path / "退回"
    call("batch", folder, "--split", sent)
    path = write_back(sent, "P1.S3.I3", "漏答", **{"有异议（写明理由）": DISPUTE})
    back = tmp_path / "回收.xlsx"
    code, out, _ = call("followup", path, "--returns", folder, "-o", back)
    assert code == 1
    assert f"有异议，待集团答复　三、反贪污（三）「漏答」　有异议：{DISPUTE}" in out
    book = openpyxl.load_workbook(back)
    sheet = book["逐条"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(2, heads["状态"]).value == "有异议，待集团答复"  # first: the office has to act
    assert sheet.cell(2, heads["有异议（写明理由）"]).value == DISPUTE
    sheet.cell(2, heads["集团答复"]).value = "不认可：员工名册有实习生"
    book.save(back)
    call("followup", path, "--returns", folder, "-o", back)  # written anew: the answer stays
    sheet = openpyxl.load_workbook(back)["逐条"]
    assert sheet.cell(2, heads["集团答复"]).value == "不认可：员工名册有实习生"
    again = tmp_path / "再退回"
    call("batch", folder, "--split", again, "--replies", back)
    row = lists_of(again)["P1.S3.I3 漏答"]
    assert row["有异议（写明理由）"] == DISPUTE
    assert row["集团答复"] == "不认可：员工名册有实习生"
    (path,) = again.glob("*.xlsx")
    assert "异议已答复 1" in call("followup", path, "--returns", folder)[1]
    (again / "甲.bak.xlsx").write_bytes(path.read_bytes())
    assert call("followup", again)[1].count("甲（示例）有限公司") == 1  # a folder stands for its lists
    (tmp_path / "空").mkdir()
    assert "没有缺口清单" in call("followup", tmp_path / "空")[2]


def test_plan_owner_and_date_go_with_a_gap_whose_words_changed(call, rounds, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    first = "公司反贪污工作成效显著提升。"
    folder, sent = rounds({"P1.S3.I2": first}), tmp_path / "退回"
    call("batch", folder, "--split", sent)
    said = {"整改措施": "补数据", "责任人": "李", "完成时间": "2099-01-01"}
    before = lists_of(sent)["P1.S3.I2 成效未量化"]["缺口编号"]
    path = write_back(sent, "P1.S3.I2", "成效未量化", **said)
    rounds({"P1.S3.I2": "公司反贪污工作成效明显提升，员工满意。"})
    out = call("followup", path, "--returns", folder, "--format", "json")[1]
    states = {entry["fingerprint"]: entry["state"] for entry in map(json.loads, out.splitlines())}
    assert states[before] == "moved"
    call("batch", folder, "--split", sent)
    row = lists_of(sent)["P1.S3.I2 成效未量化"]
    assert row["缺口编号"] != before
    assert {head: row[head] for head in said} == said


def test_a_rewritten_answer_with_the_same_gap_is_not_called_untouched(call, rounds, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder, sent = rounds({"P1.S3.I4": "设有举报电话。"}), tmp_path / "退回"
    call("batch", folder, "--split", sent)
    row = next(key for key in lists_of(sent) if key.startswith("P1.S3.I4 分项缺失"))
    path = write_back(sent, "P1.S3.I4", row.partition(" ")[2], 补充披露="已改")

    def state() -> str:
        out = call("followup", path, "--returns", folder, "--format", "json")[1]
        return next(e["state"] for e in map(json.loads, out.splitlines()) if e["supplement"] == "已改")

    assert state() == "claimed"
    rounds({"P1.S3.I4": "设有举报电话。食堂设在一楼。"})
    assert state() == "moved"


def test_followup_says_what_it_could_not_judge(call, rounds, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder, sent = rounds({"P1.S3.I4": ""}), tmp_path / "退回"
    call("batch", folder, "--split", sent)
    path = write_back(sent, "P1.S3.I4", "漏答", 整改措施="补写", 完成时间="尽快")
    (folder / "甲.xlsx").rename(folder / "乙.txt")
    (folder / "甲.xlsx").write_bytes(workbook("乙（示例）有限公司", {}))
    (folder / "乙.txt").unlink()
    err = call("followup", path, "--returns", folder)[2]
    assert "没有 甲（示例）有限公司 的填报" in err
    assert '"尽快"读不懂' in err
    assert call("followup", path, "-o", path)[0] == 2
    target = tmp_path / "回收.pdf"
    assert "请使用 .xlsx" in call("followup", path, "-o", target)[2]


def test_replies_without_a_reply_are_refused(call, rounds, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = rounds({})
    code, _, err = call(
        "batch", folder, "--split", tmp_path / "退回", "--replies", ROOT / "samples" / "good.xlsx"
    )
    assert code == 2
    assert "没有子公司填写的整改情况" in err


def test_what_is_found_beside_last_year_is_checked_again_beside_it(call, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    now, last = tmp_path / "今年", tmp_path / "去年"
    for folder, name in ((now, "middling.xlsx"), (last, "earlier/middling-2023.xlsx")):
        folder.mkdir()
        shutil.copy(ROOT / "samples" / name, folder)
    call("batch", now, "--last-year", last, "-o", tmp_path / "汇总.xlsx", "--split", tmp_path / "退回")

    def states(*more: object) -> set[str]:
        out = call("followup", tmp_path / "退回", "--returns", now, *more, "--format", "json")[1]
        rows = map(json.loads, out.splitlines())
        return {row["state"] for row in rows}

    assert states() == {"silent", "unchecked"}
    assert states("--last-year", last) == {"silent"}
