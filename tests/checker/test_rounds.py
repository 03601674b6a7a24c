"""Rounds of a campaign: what a workbook carries over, and what it refuses."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from checker.campaign.rounds import MEMORY
from questionnaire.reading.files import limits
from tests.bench.returns import own_answers, workbook
from tests.conftest import ROOT


def overview(path: Path) -> str:
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("总览").to_python()
    return "\n".join(str(row[0]) for row in rows)


def test_rounds_are_carried_over(call, rounds, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "汇总.xlsx"
    folder = rounds({"P1.S3.I3": ""})
    call("batch", folder, "-o", target)
    call("batch", folder, "-o", target, "--no-cache")  # the same returns: the same round
    rounds({"P1.S3.I3": "2024年组织反贪污培训4次，参训320人次，覆盖率96%，含实习生。"})
    call("batch", folder, "-o", target)
    assert "第 2 轮" in overview(target)
    assert "已补正 1" in overview(target)
    rounds({"P1.S3.I3": ""})
    call("batch", folder, "-o", target)
    book = CalamineWorkbook.from_path(str(target))
    _, heads, *lines = book.get_sheet_by_name("轮次").to_python()
    assert [line[0] for line in lines] == [1, 2, 3]
    assert lines[2][heads.index("复现")] == 1
    changes = {row[13] for row in book.get_sheet_by_name("缺口总表").to_python()[2:]}
    assert changes == {"未动", "复现"}
    listed = book.get_sheet_by_name("已补正").to_python()[1:]
    heads = ["公司", "较上轮", "题号", "编号", "问题类型", "分项"]
    assert listed == [heads, ["无。", "", "", "", "", ""]]  # nothing was fixed this time
    moved = tmp_path / "第四轮.xlsx"
    call("batch", folder, "-o", moved, "--previous", target)
    assert "第 3 轮" in overview(moved)


def test_a_workbook_larger_than_any_return_is_compared_and_replaced(
    call, rounds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    target, folder = tmp_path / "汇总.xlsx", rounds({"P1.S3.I3": ""})
    call("batch", folder, "-o", target)
    monkeypatch.setattr(limits, "FILE_BYTES", target.stat().st_size - 1)
    rounds({"P1.S3.I3": "2024年组织反贪污培训4次，参训320人次，覆盖率96%，含实习生。"})
    assert call("batch", folder, "-o", target)[0] == 1
    assert "已补正 1" in overview(target)
    other = tmp_path / "别的.xlsx"
    openpyxl.Workbook().save(other)
    monkeypatch.setattr(limits, "FILE_BYTES", 1)
    assert call("batch", folder, "-o", other)[0] == 2
    assert openpyxl.load_workbook(other).sheetnames == ["Sheet"]


def test_lists_that_were_sorted_and_shortened_still_compare(call, rounds, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target, folder = tmp_path / "汇总.xlsx", rounds({"P1.S3.I3": ""})
    call("batch", folder, "-o", target)
    book = openpyxl.load_workbook(target)
    book["缺口总表"].delete_rows(3, 40)
    del book["各公司"]
    book.save(target)
    rounds({"P1.S3.I3": "2024年组织反贪污培训4次，参训320人次，覆盖率96%，含实习生。"})
    call("batch", folder, "-o", target)
    assert "已补正 1" in overview(target)
    gaps = CalamineWorkbook.from_path(str(target)).get_sheet_by_name("缺口总表").to_python()[2:]
    assert {row[13] for row in gaps if row[4] != "P1.S3.I3"} == {"未动"}


def test_a_company_that_sent_nothing_this_time_is_not_forgotten(call, rounds, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target, folder = tmp_path / "汇总.xlsx", rounds({"P1.S3.I3": ""})
    other = folder / "乙.xlsx"
    other.write_bytes(workbook("乙（示例）有限公司", own_answers(random.Random(4), sentences=1)))
    call("batch", folder, "-o", target)
    sent = other.read_bytes()
    other.unlink()
    call("batch", folder, "-o", target)
    other.write_bytes(sent)
    call("batch", folder, "-o", target)
    gaps = CalamineWorkbook.from_path(str(target)).get_sheet_by_name("缺口总表").to_python()
    assert {row[13] for row in gaps if row[0] == "乙（示例）有限公司"} == {"未动"}


def test_a_hidden_record_that_was_changed_is_refused(call, rounds, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target, folder = tmp_path / "汇总.xlsx", rounds({"P1.S3.I3": ""})
    call("batch", folder, "-o", target)
    book = openpyxl.load_workbook(target)
    (company,) = (row for row in book[MEMORY].iter_rows() if row[0].value == "company")
    company[2].value = "改" + str(company[2].value)
    book.save(target)
    code, _, err = call("batch", folder, "-o", target)
    assert code == 2
    assert "_memory" in err


def test_what_was_fixed_is_listed_and_a_rewritten_answer_is_not_untouched(
    call, rounds, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    target, folder = tmp_path / "汇总.xlsx", rounds({"P1.S3.I3": "", "P1.S3.I4": "设有举报电话。"})
    call("batch", folder, "-o", target)
    filled = "2024年组织反贪污培训4次，参训320人次，覆盖率96%，含实习生。"
    rounds({"P1.S3.I3": filled, "P1.S3.I4": "设有举报电话，另有信箱。"})
    for _ in range(2):  # the second time the returns are the same: the same is told
        call("batch", folder, "-o", target, "--no-cache")
        book = CalamineWorkbook.from_path(str(target))
        lines = book.get_sheet_by_name("已补正").to_python()
        assert ["甲（示例）有限公司", "已补正", "三、反贪污（三）", "P1.S3.I3", "漏答", ""] in lines
        gaps = [row for row in book.get_sheet_by_name("缺口总表").to_python() if row[4] == "P1.S3.I4"]
        assert {row[13] for row in gaps} == {"改了仍缺"}


def test_nothing_is_fixed_because_it_could_not_be_judged_or_was_accepted(
    call, rounds, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    target, folder = tmp_path / "汇总.xlsx", rounds({"P1.S3.I3": "均依托中信戴卡。", "P1.S3.I4": ""})
    parent = tmp_path / "母公司.xlsx"
    parent.write_bytes(workbook("中信戴卡", {"P1.S3.I3": ""}))
    call("batch", folder, "-o", target, "--parent", parent)
    gaps = CalamineWorkbook.from_path(str(target)).get_sheet_by_name("缺口总表").to_python()
    blank = next(row[14] for row in gaps if row[4] == "P1.S3.I4" and row[5] == "漏答")
    (folder / "esgcheck.yaml").write_text(
        f"waivers:\n- {{fingerprint: {blank}, who: 李, why: 已核实, until: 2099-12-31}}\n", encoding="utf-8"
    )
    rounds({"P1.S3.I3": "均依托中信戴卡。", "P1.S3.I4": "", "P2.S1.I1": "合同签订率100%。"})
    call("batch", folder, "-o", target)
    lines = CalamineWorkbook.from_path(str(target)).get_sheet_by_name("已补正").to_python()
    changes = {(row[3], row[4]): row[1] for row in lines[2:]}
    assert changes["P1.S3.I3", "依托未闭环"] == "未核对"
    assert changes["P1.S3.I4", "漏答"] == "已豁免"
    accepted = CalamineWorkbook.from_path(str(target)).get_sheet_by_name("豁免").to_python()[2:]
    assert [(*row[:3], *row[6:8]) for row in accepted] == [
        ("已豁免", "甲（示例）有限公司", "漏答", "李", "已核实")
    ]
    rounds({"P1.S3.I3": "均依托中信戴卡。", "P1.S3.I4": "", "P2.S1.I1": "合同签订率99%。"})
    call("batch", folder, "-o", target, "--parent", parent)
    gaps = CalamineWorkbook.from_path(str(target)).get_sheet_by_name("缺口总表").to_python()
    assert {row[13] for row in gaps if row[4] == "P1.S3.I3" and row[5] == "依托未闭环"} == {"未动"}


def test_diff_of_reports_and_of_returns(call, rounds, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    versions = []
    for number, text in enumerate(("", "2024年组织反贪污培训4次，参训320人次。", "")):
        folder = rounds({"P1.S3.I3": text})
        path = tmp_path / f"{number}.json"
        call("check", folder / "甲.xlsx", "-o", path)
        (tmp_path / f"{number}.xlsx").write_bytes((folder / "甲.xlsx").read_bytes())
        versions.append(path)
    code, out, _ = call("diff", *versions[:2], "--format", "json")
    data = json.loads(out)
    assert code == 1
    assert "fixed" in {each["change"] for each in data["changes"]}
    assert (
        call("diff", tmp_path / "0.xlsx", tmp_path / "1.xlsx", "--format", "json")[1].replace(
            ".xlsx", ".json"
        )
        == out
    )
    data = json.loads(call("diff", *versions, "--format", "json")[1])
    assert "reopened" in {each["change"] for each in data["changes"]}
    assert "复现 1" in call("diff", *versions)[1]
    assert call("diff", ROOT / "samples" / "good.xlsx", ROOT / "samples" / "good.xlsx")[0] == 1


def test_what_is_open_comes_first_and_the_rest_where_it_is_asked_for(call, rounds, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    sides = [tmp_path / "旧.xlsx", tmp_path / "新.xlsx"]
    for side, text in zip(sides, ("", "2024年组织反贪污培训4次，参训320人次。"), strict=True):
        side.write_bytes((rounds({"P1.S3.I3": text}) / "甲.xlsx").read_bytes())
    _, first, _ = call("diff", *sides)
    _, whole, _ = call("diff", *sides, "--all")
    lines = [line for line in whole.splitlines() if line.startswith("  ")]
    assert len(lines) == len(set(lines))
    assert not any(line.startswith("  已补正") for line in first.splitlines())
    assert lines[-1].startswith("  已补正")
    shown = [line for line in first.splitlines() if line.startswith("  ")]
    assert shown == lines[: len(shown)]
    assert f"另有 {len(lines) - len(shown)} 行" in first


def test_an_output_that_is_no_campaign_is_not_overwritten(call, rounds, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "别的.xlsx"
    target.write_bytes((ROOT / "samples" / "good.xlsx").read_bytes())
    before = target.read_bytes()
    code, _, err = call("batch", rounds({}), "-o", target)
    assert code == 2
    assert "汇总表" in err
    assert target.read_bytes() == before
    assert os.path.exists(target)  # noqa: PTH110
