"""What an answered 是, 否 or 不适用 makes of an item: a bare yes is partial where proof is asked, a no is an answer."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from checker.checking.engine import check
from checker.finding import AspectState, ItemState
from checker.reading.answers import read_answers
from checker.reading.items import ItemReading
from checker.report.json import as_data
from checker.wording import wording
from questionnaire.answers import Answer, Choice, Place
from questionnaire.editions import Editions
from questionnaire.schema import Option, Schema
from tests.conftest import make_return

CODE, CASES, INJURIES = "P1.S2.I1", "P1.S2.I4", "P2.S2.I3"
MINERALS, CERTIFIED, WASTE = "P4.S1.I2", "P3.S1.I1", "P3.S2.I4"
YES, NO = Option.YES, Option.NO
D, M, N = AspectState.DISCLOSED, AspectState.MISSING, AspectState.NOT_APPLICABLE


@pytest.fixture(scope="module")
def supplier() -> Schema:
    return Editions().by_id("supplier-2025")


def _read(
    schema: Schema, item: str, option: Option | None, text: str, choice: Choice | None = None
) -> ItemReading:
    answer = Answer(item, text, Place("表.xlsx", "问卷", "F3"), choice, option=option)
    return read_answers(schema, replace(make_return({item: answer}), year=2025)).by_id[item]


@pytest.mark.parametrize(
    ("item", "option", "text", "state", "aspects"),
    [
        (CODE, YES, "", ItemState.PARTIAL, [D, M, M, N]),
        (CODE, None, "是", ItemState.PARTIAL, [D, M, M, N]),
        (CODE, YES, "《商业道德守则》，2025年3月修订。", ItemState.ANSWERED, [D, D, D, N]),
        (CODE, None, "《商业道德守则》2025年3月修订。", ItemState.ANSWERED, [D, D, D, N]),
        (CODE, NO, "", ItemState.PARTIAL, [D, N, N, M]),
        (CODE, NO, "计划2026年6月前制定。", ItemState.ANSWERED, [D, N, N, D]),
        (CODE, None, "目前尚未制定商业道德制度，计划2026年6月前制定。", ItemState.ANSWERED, [D, N, N, D]),
        (CODE, None, "公司高度重视。", ItemState.MISSING, [M, M, M, N]),
        (CASES, NO, "", ItemState.ANSWERED, [D, N, N]),
        (CASES, None, "无", ItemState.ANSWERED, [D, N, N]),
        (CASES, None, "2025年未发生贪污、贿赂案件。", ItemState.ANSWERED, [D, N, N]),
        (CASES, None, "2025年发生贪污案件1件，已移送处理。", ItemState.ANSWERED, [D, D, D]),
        (INJURIES, None, "工伤2起，未发生死亡，损失工时96小时，已更换护罩。", ItemState.ANSWERED, [D, D, D, D]),
        (INJURIES, None, "2025年工伤0起。", ItemState.ANSWERED, [D, N, N, N]),
        (CASES, YES, "", ItemState.PARTIAL, [D, M, M]),
        (MINERALS, NO, "依据材料成分表判断。", ItemState.ANSWERED, [D, N, N, D]),
        (WASTE, NO, "", ItemState.ANSWERED, [D, N, N]),
    ],
)  # fmt: skip
def test_states(
    supplier: Schema,
    item: str,
    option: Option | None,
    text: str,
    state: ItemState,
    aspects: list[AspectState],
) -> None:
    reading = _read(supplier, item, option, text)
    assert [found.state for found in reading.aspects] == aspects
    assert reading.state is state


def test_the_words_beside_not_applicable_are_its_reason(supplier: Schema) -> None:
    text = "本公司不产生危险废物，废胶桶由厂家回收处置。"
    reading = _read(supplier, WASTE, None, text, Choice.NOT_APPLICABLE)
    assert reading.state is ItemState.NOT_APPLICABLE
    assert reading.applicability.kind == "with_reason"
    assert {found.state for found in reading.aspects} == {N}


def test_a_denial_proves_nothing_of_a_yes(supplier: Schema) -> None:
    reading = _read(supplier, CERTIFIED, YES, "尚未取得证书，证书编号待定，有效期至2027年的证书正在申请。")
    assert reading.aspects[0].state is D
    quoted = _read(supplier, CERTIFIED, None, "尚未取得ISO 14001证书编号。")
    assert (quoted.ticked.option if quoted.ticked else None) is NO


def test_what_is_left_to_the_group_is_no_yes(supplier: Schema) -> None:
    reading = _read(supplier, CODE, None, "由集团统一制定和管理。")
    assert reading.state is ItemState.DELEGATED


def test_items_of_the_usual_questionnaire_are_not_answered_by_ticking(schema: Schema) -> None:
    reading = read_answers(schema, make_return({"P1.S3.I3": "是"})).by_id["P1.S3.I3"]
    assert reading.ticked is None and reading.state is ItemState.MISSING


def test_the_report_says_how_it_was_answered(supplier: Schema) -> None:
    answers = {
        CASES: Answer(CASES, "", Place("表.xlsx", "问卷", "F7"), option=NO),
        CODE: Answer(CODE, "是。", Place("表.xlsx", "问卷", "F4")),
    }
    report = check(supplier, replace(make_return(dict(answers)), year=2025), strict=True)
    told = {item["id"]: item["option"] for item in as_data(report, wording())["items"]}
    assert (told[CASES], told[CODE], told[CERTIFIED]) == ("no", "yes", None)


def test_where_no_parent_is_named_an_answer_speaks_for_the_company(supplier: Schema) -> None:
    """No name stands in every text."""
    assert supplier.edition.parent.names == ()
    reading = _read(supplier, CODE, YES, "本公司《商业道德守则》2025年3月修订。")
    assert reading.delegation.kind == "none"
