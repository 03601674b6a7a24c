"""A campaign from the folder to the workbook: what counts, what is named, what must not change the result."""

from __future__ import annotations

import json
import os
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from checker.campaign.record import read_head
from checker.checking.files import check_file
from checker.reading.carriers import DisclosureState
from checker.reading.disclosures import load_reader
from checker.rules import CAMPAIGN_RULES
from questionnaire.editions import Editions, newest
from tests.bench.returns import company_name, own_answers, workbook
from tests.bench.sample_campaign import AWAITED, COPIED, LATE, LISTED_AS, MISSING, UNKNOWN, WRONG_UNIT
from tests.conftest import ROOT

SAMPLE = ROOT / "samples" / "campaign"
Run = Callable[..., tuple[int, str, str]]


def rows(path: Path, sheet: str) -> list[tuple[object, ...]]:
    found = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()
    return [tuple(row) for row in found if any(row)]


def parts(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_the_sample_campaign(call: Run, tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    code, out, err = call(
        "batch",
        SAMPLE / "returns",
        "-o",
        target,
        "--parent",
        SAMPLE / "parent.xlsx",
        "--roster",
        SAMPLE / "roster.xlsx",
    )
    assert code == 1
    assert "13 家公司" in out
    assert str(target) in err
    standing = {row[0]: row[1] for row in rows(target, "名单")[2:]}
    assert (standing[MISSING], standing[LISTED_AS], standing[LATE]) == ("未报", "未报", "迟报")
    assert (standing[UNKNOWN], standing[AWAITED]) == ("名单外", "未到期")
    copies = {(row[2], row[4]) for row in rows(target, "雷同")[2:]}
    planted = {(name, item) for pair, (items, _) in COPIED.items() for name in pair for item in items}
    assert copies == planted
    (outlier,) = rows(target, "离群数据")[2:]
    assert outlier[0] == WRONG_UNIT
    assert "一万倍" in str(outlier[9])
    closings = {str(row[6]) for row in rows(target, "依托台账")[2:]}
    assert {
        "已闭环",
        "范围未说明",
        "非本年度",
        "母公司不涉及",
        "推回子公司",
        "再推上级",
        "母公司空白",
    } <= closings
    matrix = rows(target, "状态矩阵")
    assert len(matrix) == 3 + 13
    assert {cell for row in matrix[3:] for cell in row[1:]} <= set("答部依免缺偏")
    assert not any("%" in str(cell) for row in rows(target, "总览") for cell in row)
    assert b"<f>" not in parts(target)
    book = openpyxl.load_workbook(target)
    assert book["缺口总表"].column_dimensions["O"].hidden
    assert book["_memory"].sheet_state == "veryHidden"


def test_disclosures_are_counted_as_a_single_check_states_them(call: Run, tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    folder = tmp_path / "填报"
    folder.mkdir()
    for name in ("good.xlsx", "poor.xlsx"):
        copyfile(SAMPLE.parent / name, folder / name)
    call("batch", folder, "-o", target)
    counted = {(row[0], row[1]): row[3:] for row in rows(target, "披露覆盖")[2:]}
    schema = newest()
    reports = [check_file(folder / name, Editions()) for name in ("good.xlsx", "poor.xlsx")]
    links = schema.all_links(reports[0].year or 0)
    reader = load_reader(schema, links)
    for edition in reports[0].frameworks:
        found = [reader.cover(report, edition.rpartition("-")[0]) for report in reports]
        for each in zip(*found, strict=True):
            states = [result.state for result in each]
            number = each[0].code.partition(":")[2]
            assert counted.pop((edition, number)) == tuple(states.count(state) for state in DisclosureState)
    assert not counted


def test_in_english(call: Run, tmp_path: Path) -> None:
    target = tmp_path / "campaign.xlsx"
    code, out, _ = call(
        "--lang", "en", "batch", SAMPLE / "returns", "-o", target, "--roster", SAMPLE / "roster.xlsx"
    )
    assert code == 1
    assert "13 companies" in out
    assert {row[1] for row in rows(target, "Roster")[2:]} == {
        "sent",
        "late",
        "missing",
        "not due",
        "not listed",
    }
    assert {cell for row in rows(target, "Matrix")[3:] for cell in row[1:]} <= set("APDNMO")


def test_the_same_again_does_nothing(call: Run, tmp_path: Path, made: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    first = call("batch", made, "-o", target)
    before = target.read_bytes()
    code, out, err = call("batch", made, "-o", target)
    assert (code, out) == first[:2]
    assert "没有变" in err
    assert target.read_bytes() == before
    target.unlink()
    assert call("batch", made, "-o", target)[0] == code
    assert target.read_bytes() == before


def test_what_is_no_return_is_named(call: Run, tmp_path: Path) -> None:
    folder = tmp_path / "填报"
    folder.mkdir()
    answers = own_answers(random.Random(1))
    good = folder / "甲.xlsx"
    good.write_bytes(workbook("甲（示例）有限公司", answers))
    (folder / "甲-副本.xlsx").write_bytes(good.read_bytes())
    os.utime(folder / "甲-副本.xlsx", (1, 1))
    older = folder / "甲-旧.xlsx"
    older.write_bytes(workbook("甲（示例）有限公司", answers | {"P1.S1.I1": ""}))
    os.utime(older, (1_600_000_000, 1_600_000_000))
    (folder / "~$甲.xlsx").write_bytes(b"\x05lock")
    (folder / "照片.png").write_bytes(b"\x89PNG")
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 torn")
    assert call("check", good, "-o", folder / "缺口清单.xlsx")[0] == 1
    target = folder / "汇总.xlsx"
    code, out, err = call("batch", folder, "-o", target)
    assert code == 3
    assert "坏.xlsx" in err
    assert "1 家公司" in out
    found = {row[0]: (row[1], row[2]) for row in rows(target, "未计入文件")[2:]}
    assert found == {
        "甲-副本.xlsx": ("内容相同", "甲.xlsx"),
        "甲-旧.xlsx": ("同一公司的较早文件", "甲.xlsx"),
        "~$甲.xlsx": ("Excel 锁文件", ""),
        "照片.png": ("不是填报表", ""),
        "坏.xlsx": ("读不出", ""),
        "缺口清单.xlsx": ("本工具的报告", ""),
    }
    (folder / "坏.xlsx").unlink()
    os.utime(older, (4_000_000_000, 4_000_000_000))
    call("batch", folder, "-o", target)
    assert {row[0] for row in rows(target, "未计入文件")[2:] if row[1] == "同一公司的较早文件"} == {"甲.xlsx"}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("batch", "没有"), 3, "找不到"),
        (("batch", "文件.txt"), 3, "不是文件夹"),
        (("batch", "空"), 4, "没有任何一家"),
        (("batch", "空", "-o", "x.csv"), 2, ".csv"),
        (("batch", "空", "-o", "没有/x.xlsx"), 2, "不存在"),
        (("batch", "空", "--select", "没有的规则"), 2, "没有名为"),
        (("batch", "空", "--previous", "文件.txt"), 2, "汇总表"),
        (("diff", "文件.txt"), 2, "两份"),
        (("diff", "坏.json", "坏.json"), 2, "JSON"),
        (("followup", "文件.txt"), 3, "工作簿"),
    ],
)
def test_mistakes_are_one_sentence(
    call: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "空").mkdir()
    (tmp_path / "文件.txt").write_text("x", encoding="utf-8")
    (tmp_path / "坏.json").write_text("{", encoding="utf-8")
    found, out, err = call(*arguments)
    assert (found, out) == (code, "")
    assert said in err
    assert len(err.strip().splitlines()) == 1


def test_lists_to_be_mailed_hold_nothing_of_others(call: Run, tmp_path: Path) -> None:
    code, _, err = call(
        "batch", SAMPLE / "returns", "--split", tmp_path / "退回", "--parent", SAMPLE / "parent.xlsx"
    )
    assert code == 1
    assert "13" in err
    lists = sorted((tmp_path / "退回").glob("*.xlsx"))
    assert len(lists) == 13
    assert all(re.fullmatch(r"[\w（）-]+-[0-9a-f]{8}\.xlsx", path.name) for path in lists)
    names = {path.name.rpartition("-")[0] for path in lists}
    texts = {path.name.rpartition("-")[0]: parts(path).decode("utf-8", "replace") for path in lists}
    for name, text in texts.items():
        assert name in text
        assert not any(other in text for other in names - {name})
    assert sum("另一家公司" in text for text in texts.values()) == 4


def test_the_cache_can_be_seen_and_emptied(call: Run, tmp_path: Path, made: Path) -> None:
    call("batch", made, "-o", tmp_path / "汇总.xlsx")
    assert "19 份" in call("cache")[1]
    assert "19 份" in call("cache", "--clear")[1]
    assert "0 份" in call("cache")[1]


def test_a_torn_record_is_made_anew(call: Run, tmp_path: Path, made: Path) -> None:
    call("batch", made, "-o", tmp_path / "a.xlsx")
    for record in list((tmp_path / "cache" / "campaign" / "records").glob("*/*"))[:3]:
        record.write_bytes(record.read_bytes()[:50])
    call("batch", made, "-o", tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_rule_chosen_is_another_record(call: Run, tmp_path: Path, made: Path) -> None:
    call("batch", made, "-o", tmp_path / "a.xlsx")
    _, out, _ = call("batch", made, "-o", tmp_path / "b.xlsx", "--select", "漏答")
    assert {row[5] for row in rows(tmp_path / "b.xlsx", "缺口总表")[2:]} == {"漏答"}
    assert "说明 0" in out


def test_names_of_companies_are_their_own() -> None:
    assert len({company_name(number) for number in range(3000)}) == 3000


def test_a_head_is_small_and_whole() -> None:
    with pytest.raises(ValueError, match="short"):
        read_head(b"")
    with pytest.raises(ValueError, match="torn"):
        read_head(b"ESG1" + bytes(100))


@pytest.mark.parametrize(
    "sample", sorted((ROOT / "samples").glob("*.[tx][xl][ts]*")), ids=lambda path: path.name
)
def test_one_return_is_judged_alike_alone_and_in_a_folder(call: Run, tmp_path: Path, sample: Path) -> None:
    """But for the campaign's own rules, byte for byte."""
    folder = tmp_path / "returns"
    folder.mkdir()
    copyfile(sample, folder / sample.name)
    _, alone, _ = call("check", folder / sample.name, "--format", "json")
    _, among, _ = call("batch", folder, "--format", "json", "--jobs", 1)
    left, right = json.loads(alone), json.loads(among)
    for part in ("findings", "outcomes"):
        right[part] = [each for each in right[part] if each["rule"] not in CAMPAIGN_RULES]
    assert json.dumps(left, ensure_ascii=False) == json.dumps(right, ensure_ascii=False)
