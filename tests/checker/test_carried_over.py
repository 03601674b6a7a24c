"""What was filled into a gap list stands beside its findings again when the list is written anew, or is kept apart."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl

from checker.report.excel.filled import Carry, Entry
from checker.report.kinds import Kind, kinds_of
from tests.conftest import ROOT, Run
from tests.files.gap_lists import MEASURE, NUMBER, fill, rows_of

SAMPLES = ROOT / "samples"


def test_what_was_filled_in_is_carried_over(call: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "a.xlsx", tmp_path / "清单.xlsx"
    shutil.copy(SAMPLES / "middling.xlsx", source)
    call("check", source, "-o", target)
    first, second = fill(target, 0), fill(target, 4)
    before = target.read_bytes()
    code, _, err = call("check", source, "-o", target)
    assert code == 1
    assert "带入 2 行" in err
    assert "清单.bak.xlsx" in err
    assert (tmp_path / "清单.bak.xlsx").read_bytes() == before
    for fingerprint in (first, second):
        row = rows_of(target, "缺口清单")[fingerprint]
        assert (row["整改措施"], row["责任人"], row["完成时间"]) == (MEASURE, NUMBER, "2099-01-01")
    again = call("check", source, "-o", target)[2]
    assert "带入 2 行" in again
    assert "bak" not in again  # nobody worked in it since: one copy is enough
    fill(target, 6)
    call("check", source, "-o", target)
    assert len(rows_of(target, "缺口清单")) > 6
    assert sorted(path.name for path in tmp_path.glob("*.bak*")) == ["清单.bak.xlsx", "清单.bak2.xlsx"]
    assert (tmp_path / "清单.bak.xlsx").read_bytes() == before


def test_a_reply_whose_finding_is_gone_waits_and_comes_back(call: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "a.xlsx", tmp_path / "清单.xlsx"
    shutil.copy(SAMPLES / "middling.xlsx", source)
    call("check", source, "-o", target)
    fingerprint = fill(target, 0)
    book = openpyxl.load_workbook(target)
    sheet = book["缺口清单"]
    last, heads = sheet.max_row + 1, {cell.value: cell.column for cell in sheet[2]}
    sheet.cell(last, heads["整改措施"]).value = "自己加的一行"  # no gap id
    for head in ("缺口编号", "题号"):
        sheet.cell(last + 1, heads[head]).value = sheet.cell(3, heads[head]).value
    sheet.cell(last + 1, heads["补充披露"]).value = "同一缺口又一行"
    book.save(target)
    rule = json.loads(call("check", source, "--format", "json")[1])["findings"]
    gone = next(found["rule"] for found in rule if found["fingerprint"] == fingerprint)
    err = call("check", source, "-o", target, "--ignore", gone)[2]
    assert "另有 3 行" in err
    sheet = openpyxl.load_workbook(target)["已无对应问题的回复"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert {MEASURE, NUMBER, "自己加的一行", "同一缺口又一行"} <= set(texts)
    call("check", source, "-o", target)
    assert rows_of(target, "缺口清单")[fingerprint]["整改措施"] == MEASURE
    sheet = openpyxl.load_workbook(target)["已无对应问题的回复"]
    assert sheet.max_row - 2 == 2
    assert call("followup", target)[0] == 1  # it is still a gap list that can come back


def test_the_lists_of_several_companies_keep_their_replies(call: Run, tmp_path: Path) -> None:
    target = tmp_path / "清单.xlsx"
    sources = [shutil.copy(SAMPLES / name, tmp_path) for name in ("middling.xlsx", "poor.xlsx")]
    call("check", *sources, "-o", target)
    book = openpyxl.load_workbook(target)
    sheet = book["缺口清单"]
    heads = {cell.value: cell.column for cell in sheet[2]}
    said = {}
    for row in (5, sheet.max_row):
        company = sheet.cell(row, heads["公司"]).value
        sheet.cell(row, heads["补充披露"]).value = f"答{company}"
        said[f"答{company}"] = sheet.cell(row, heads["缺口编号"]).value
    assert len(said) == 2
    book.save(target)
    call("check", *reversed(sources), "-o", target)
    found = {row["补充披露"]: key for key, row in rows_of(target, "缺口清单").items()}
    assert {text: found[text] for text in said} == said
    assert openpyxl.load_workbook(target).sheetnames == [
        "概览",
        "缺口清单",
        "分项状态",
        "检查规则",
        "_said",
    ]


def test_replies_to_rows_that_share_a_cause_now_are_all_kept() -> None:
    """A list of one row a finding is followed by one of a row a cause, and the other way round."""
    entries = [
        Entry(f"{n}" * 16, "甲", ("", "", "", "", ""), (text, "", "李", "", "", ""))
        for n, text in enumerate("ab")
    ]
    carry = Carry(entries)
    assert carry.take(f"{'0' * 16} {'1' * 16} {'2' * 16}")["measures"] == "a\nb"
    assert (carry.taken, carry.left()) == (1, [])
    carry = Carry([Entry(f"{'0' * 16} {'1' * 16}", "甲", ("",) * 5, ("c", "", "", "", "", ""))])
    assert carry.take("0" * 16)["measures"] == "c"
    assert carry.take("1" * 16)["measures"] == "c"
    assert carry.left() == []


def test_lists_in_a_folder_of_filled_ones(call: Run, tmp_path: Path) -> None:
    """``--split`` again: replies stay; another file of that name stops it before anything is written."""
    folder, split = tmp_path / "填报", tmp_path / "退回"
    folder.mkdir()
    for name in ("middling.xlsx", "poor.xlsx"):
        shutil.copy(SAMPLES / name, folder)
    call("batch", folder, "--split", split)
    one, two = sorted(split.iterdir())
    fingerprint = fill(one)
    code, _, err = call("batch", folder, "--split", split, "--no-cache")
    assert code == 1
    assert "带入 1 行" in err
    assert rows_of(one, "缺口清单")[fingerprint]["整改措施"] == MEASURE
    assert one.with_name(f"{one.stem}.bak.xlsx").exists()
    shutil.copy(SAMPLES / "good.xlsx", two)
    before = {path.name: path.read_bytes() for path in split.iterdir()}
    code, _, err = call("batch", folder, "--split", split, "-o", tmp_path / "汇总.xlsx", "--no-cache")
    assert code == 2
    assert two.name in err
    assert {path.name: path.read_bytes() for path in split.iterdir()} == before
    assert not (tmp_path / "汇总.xlsx").exists()
    assert call("batch", folder, "--split", split, "--force", "--no-cache")[0] == 1
    assert kinds_of(two.read_bytes()) == {Kind.GAP_LIST}


def test_a_list_whose_column_of_gap_ids_was_deleted(call: Run, tmp_path: Path) -> None:
    """Its replies cannot find their findings: all are kept on the sheet."""
    source, target = shutil.copy(SAMPLES / "middling.xlsx", tmp_path / "a.xlsx"), tmp_path / "清单.xlsx"
    call("check", source, "-o", target)
    fill(target)
    book = openpyxl.load_workbook(target)
    column = next(cell.column for cell in book["缺口清单"][2] if cell.value == "缺口编号")
    book["缺口清单"].delete_cols(column)
    book.save(target)
    assert "另有 1 行" in call("check", source, "-o", target)[2]
    texts = [str(cell.value) for row in openpyxl.load_workbook(target)["已无对应问题的回复"] for cell in row]
    assert MEASURE in texts
