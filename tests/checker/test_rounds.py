"""The way back: what became of gaps, filled gap lists, rounds in the workbook."""

from __future__ import annotations

import json
import os
import random
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from checker.campaign.company_memory import CompanyMemory, pack, unpack
from checker.campaign.followup import Reply, State, state_of
from checker.campaign.roster import ListedCompany, Standing, read_roster, stand
from checker.campaign.rounds import MEMORY, load_memory
from checker.checking.diff import Change, Gap, GapChange, Judged, changed_without_gap, compare
from frameworks.ground.errors import InputError, ReturnError
from questionnaire.reading.files import limits
from questionnaire.reading.files.isolate import Worker
from tests.bench.returns import own_answers, workbook
from tests.conftest import ROOT
from tests.files.gap_lists import rows_of

OLD = Gap("a" * 16, "figure-missing", "P1.S3.I3", "P1.S3.I3.f")


@pytest.mark.parametrize(
    ("new", "closed", "changes"),
    [
        ([], set(), [Change.FIXED]),
        ([OLD], set(), [Change.OPEN]),
        ([OLD._replace(fingerprint="b" * 16)], set(), [Change.MOVED]),
        ([OLD._replace(fingerprint="b" * 16, rule="vague-claim")], set(), [Change.WORDS_ONLY, Change.NEW]),
        ([OLD, OLD._replace(fingerprint="c" * 16, item="P2.S1.I1", aspect="")], set(), [Change.OPEN, Change.NEW]),
        ([OLD._replace(fingerprint="c" * 16, item="P2.S1.I1", aspect="")], {"c" * 16}, [Change.FIXED, Change.REOPENED]),
        ([OLD._replace(fingerprint="d" * 16, rule="blank-answer", aspect="")], set(), [Change.MOVED, Change.NEW]),
    ],
)  # fmt: skip
def test_what_becomes_of_a_gap(new: list[Gap], closed: set[str], changes: list[Change]) -> None:
    assert [each.change for each in compare([OLD], new, closed)] == changes


@pytest.mark.parametrize(
    ("new", "judged", "change"),
    [
        ([OLD], Judged(rewritten={OLD.item}), Change.MOVED),
        ([OLD], Judged(rewritten={"P2.S1.I1"}), Change.OPEN),
        ([], Judged(unjudged={OLD.rule}), Change.UNCHECKED),
        ([], Judged(waived={OLD.fingerprint}), Change.WAIVED),
    ],
)
def test_what_the_later_check_could_find(new: list[Gap], judged: Judged, change: Change) -> None:
    assert [each.change for each in compare([OLD], new, set(), judged)] == [change]


def test_what_changed_without_having_been_asked() -> None:
    old, new = {"A": "x", "B": "x", "C": "x"}, {"A": "y", "B": "y", "C": "x"}
    assert changed_without_gap(old, new, [OLD._replace(item="B")]) == ["A"]


@pytest.mark.parametrize(
    ("said", "due", "current", "state"),
    [
        (("", "", "", ""), None, None, State.SILENT),
        (("尽快整改", "", "李", "尽快"), None, None, State.NO_PLAN),
        (("", "", "李", ""), None, None, State.NO_PLAN),
        (("不予整改", "", "李", ""), date(2025, 6, 1), None, State.NO_PLAN),
        (("对此有异议：题目不适用", "", "", ""), None, [OLD], State.DISPUTED),
        (("我司答案中已有该数据", "", "", ""), None, [], State.FIXED),
        (("整改", "", "李", ""), date(2025, 6, 1), None, State.PLANNED),
        (("整改", "", "李", ""), date(2025, 1, 1), None, State.OVERDUE),
        (("", "已补充人次", "", ""), None, [OLD], State.CLAIMED),
        (("", "已补充人次", "", ""), None, [], State.FIXED),
        (("", "", "", ""), None, [OLD._replace(fingerprint="b" * 16)], State.MOVED),
        (("", "已补充", "", ""), None, [OLD._replace(fingerprint="b" * 16, rule="vague-claim")], State.WORDS_ONLY),
    ],
)  # fmt: skip
def test_the_state_of_an_answered_gap(
    said: tuple[str, str, str, str], due: date | None, current: list[Gap] | None, state: State
) -> None:
    reply = Reply(3, OLD.fingerprint, OLD.item, "三、反贪污（三）", "应填数据缺失", "人次", said, due)
    assert state_of(reply, OLD, current, date(2025, 3, 1)) is state


@pytest.fixture
def rounds(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """One company's return in a folder, written anew for each round."""
    folder = tmp_path / "填报"
    folder.mkdir()
    base = own_answers(random.Random(3), sentences=1)

    def written(answers: dict[str, str]) -> Path:
        (folder / "甲.xlsx").write_bytes(workbook("甲（示例）有限公司", base | answers))
        return folder

    return written


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
    assert listed == [["公司", "较上轮", "题号", "编号", "问题类型", "分项"]]  # nothing was fixed this time
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


MEMORIES = (
    CompanyMemory(),
    CompanyMemory(
        (OLD, Gap("f" * 16, "blank-answer", "", "")),
        {OLD.fingerprint: Change.OPEN},
        frozenset({"0" * 16}),
        {"P1.S1.I1": "0a1b2c3d"},
        (GapChange(OLD, Change.FIXED),),
    ),
)


@pytest.mark.parametrize("memory", MEMORIES)
def test_what_is_remembered_of_a_company_is_read_again(memory: CompanyMemory) -> None:
    assert unpack(pack(memory)) == memory


@pytest.mark.parametrize(
    "told", [b"", b"{", b"[1]", b"[[1],[],{},[]]", b"[[],[],[],[]]", b'[[],[],{},[["a"]]]']
)
def test_a_memory_of_another_make_is_none(told: bytes) -> None:
    with pytest.raises(ValueError, match="memory"):
        unpack(zlib.compress(told))


@pytest.mark.parametrize("told", [b"", b"ab", b"\xff\xff\xff\xff{}", b"\x02\0\0\0{}", b"\x04\0\0\0null"])
def test_what_a_reader_tells_is_a_memory_or_none(
    told: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Worker, "run", lambda self, *inputs: told)
    with pytest.raises(ReturnError) as caught:
        load_memory(tmp_path / "汇总.xlsx")
    assert caught.value.code == "reader-died"


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
    rounds({"P1.S3.I3": "均依托中信戴卡。", "P1.S3.I4": "", "P2.S1.I1": "合同签订率99%。"})
    call("batch", folder, "-o", target, "--parent", parent)
    gaps = CalamineWorkbook.from_path(str(target)).get_sheet_by_name("缺口总表").to_python()
    assert {row[13] for row in gaps if row[4] == "P1.S3.I3" and row[5] == "依托未闭环"} == {"未动"}


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


def _roster(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)
    return path


def test_a_roster_is_read_by_what_its_columns_say(tmp_path: Path) -> None:
    path = _roster(
        tmp_path / "名单.xlsx",
        [["应报名单"], [], ["序号", "联系人", "子公司名称", "截止日期"], [1, "李", "甲公司", date(2025, 3, 31)],
         [2, 13800000000, "乙公司", "2025年4月1日"], [3, None, "丙公司", None]],
    )  # fmt: skip
    assert read_roster(path) == (
        ListedCompany("甲公司", contact="李", due=date(2025, 3, 31)),
        ListedCompany("乙公司", contact="13800000000", due=date(2025, 4, 1)),
        ListedCompany("丙公司"),
    )
    standings = stand(read_roster(path), (), date(2025, 3, 31))
    assert [each.standing for each in standings] == [Standing.AWAITED, Standing.AWAITED, Standing.MISSING]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["序号", "电话"], [1, 2]], "roster-no-company"),
        ([["公司"], ["甲公司"], ["甲 公司"]], "roster-twice"),
        ([["公司", "期限"], ["甲公司", "月底"]], "roster-bad-date"),
    ],
)
def test_a_roster_that_cannot_be_read_says_why(tmp_path: Path, rows: list[list[object]], code: str) -> None:
    with pytest.raises(InputError) as error:
        read_roster(_roster(tmp_path / "名单.xlsx", rows))
    assert error.value.code == code


def test_an_output_that_is_no_campaign_is_not_overwritten(call, rounds, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "别的.xlsx"
    target.write_bytes((ROOT / "samples" / "good.xlsx").read_bytes())
    before = target.read_bytes()
    code, _, err = call("batch", rounds({}), "-o", target)
    assert code == 2
    assert "汇总表" in err
    assert target.read_bytes() == before
    assert os.path.exists(target)  # noqa: PTH110


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
