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
from questionnaire.drafting.draft_edition import draft_edition
from questionnaire.drafting.questions import Listing, Question
from questionnaire.editions import Editions
from questionnaire.schema import Schema
from questionnaire.vocabulary import Option
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
        (CASES, NO, "", ItemState.ANSWERED, [D, D, N]),
        (CASES, None, "无", ItemState.ANSWERED, [D, D, N]),
        (CASES, None, "2025年未发生贪污、贿赂案件。", ItemState.ANSWERED, [D, D, N]),
        (CASES, None, "2025年发生贪污案件1件，已移送处理。", ItemState.ANSWERED, [D, D, D]),
        (INJURIES, None, "工伤2起，未发生死亡，损失工时96小时，已更换护罩。", ItemState.ANSWERED, [D, D, D, D]),
        (INJURIES, None, "2025年工伤0起。", ItemState.ANSWERED, [D, D, N, N]),
        (CASES, YES, "", ItemState.PARTIAL, [D, M, M]),
        (MINERALS, NO, "依据材料成分表判断。", ItemState.ANSWERED, [D, N, D, D]),
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


SOLAR, FINED, CHECKUP, ENTRY, SIGNED, LAWSUIT, COURSES = (f"P1.S1.I{number}" for number in range(1, 8))


@pytest.fixture(scope="module")
def drafted() -> Schema:
    asked = (
        "是否建设分布式光伏？请说明装机容量、年发电量和自用比例。",
        "本年度是否受到环境行政处罚？如有，请说明事由、处罚金额及整改情况。",
        "是否开展职业病危害因素检测和员工职业健康体检？请说明体检人数和体检率。",
        "贵公司是否将环境、社会标准纳入供应商准入？请说明准入流程和否决条件。",
        "是否要求供应商签署廉洁协议或行为准则？签署比例是多少？",
        "本年度是否发生腐败诉讼案件？如有，请说明案件数量和处理结果。",
        "本年度开展反腐败培训的场次、参训人次。",
    )
    made = draft_edition(Listing(tuple(map(Question, asked))), "清单", "own", "清单.docx", 2025, "青禾集团")
    return Schema(edition=made.edition, parts=made.draft.parts)


@pytest.fixture(scope="module")
def without_options(drafted: Schema) -> Schema:
    """The same as an edition that was drafted before there were options, or written by hand."""
    section = drafted.parts[0].sections[0]
    items = tuple(
        replace(item, options=False, aspects=tuple(replace(aspect, after=None) for aspect in item.aspects))
        for item in section.items
    )
    parts = (replace(drafted.parts[0], sections=(replace(section, items=items),)),)
    return Schema(edition=drafted.edition, parts=parts)


def test_boxes_that_nobody_ticked_are_no_answer_and_no_copies(supplier: Schema) -> None:
    boxes = [item.id for item in supplier.items if item.options]
    report = check(
        supplier, replace(make_return(dict.fromkeys(boxes, "□是 □否 □不适用")), year=2025), strict=True
    )
    found = {
        each.item: {other.rule for other in report.findings if other.item == each.item}
        for each in report.findings
    }
    assert len(boxes) >= 5
    assert all(found[item] == {"blank-answer"} for item in boxes)


@pytest.mark.parametrize("words", ["", "是", "☑是 □否"])
def test_a_tick_with_nothing_beside_it_is_said_plainly(drafted: Schema, words: str) -> None:
    answer = Answer(SOLAR, words, Place("表.xlsx", "问卷", "F3"), option=None if words else YES)
    report = check(drafted, replace(make_return({SOLAR: answer}), year=2025), strict=True)
    missing = [each for each in report.findings if each.item == SOLAR and each.rule == "aspect-missing"]
    assert missing and {each.variant for each in missing} == {"unwritten"}
    assert all("只勾选了选项，答案没有写" in wording().finding(each).message for each in missing)


@pytest.mark.parametrize("options", [True, False])
@pytest.mark.parametrize(
    ("item", "text", "state", "aspects"),
    [
        (SOLAR, "没有建设。", ItemState.ANSWERED, [D, N, N, N]),
        (SOLAR, "我公司没有建设分布式光伏。", ItemState.ANSWERED, [D, N, N, N]),
        (SOLAR, "否。", ItemState.ANSWERED, [D, N, N, N]),
        (SOLAR, "未建设的部分由园区负责。", ItemState.MISSING, [M, M, M, M]),
        (SOLAR, "正在筹备光伏项目。", ItemState.ANSWERED, [D, N, N, N]),
        (FINED, "2025年未受到环境行政处罚。", ItemState.ANSWERED, [D, N, N, N]),
        (FINED, "是。5月因雨污分流不彻底被罚款5万元。", ItemState.PARTIAL, [D, M, D, M]),
        (FINED, "无", ItemState.ANSWERED, [D, N, N, N]),
        (CHECKUP, "是。2025年体检388人。", None, [D, D]),
        (ENTRY, "是，新供应商要提供环评文件。", ItemState.PARTIAL, [D, M, M]),
        (ENTRY, "应当将环境、社会标准纳入供应商准入。", ItemState.MISSING, [M, M, M]),
        (SIGNED, "否，没有要求。", ItemState.ANSWERED, [D, N]),
        (
            SIGNED,
            "没有签署行为准则的供应商不得入库。",
            ItemState.MISSING,
            [M, M],
        ),  # a rule for others is no denial
        (ENTRY, "没有一票否决。", None, [M]),
        (SIGNED, "是", ItemState.PARTIAL, [D, M]),
        (LAWSUIT, "无此类案件。", ItemState.ANSWERED, [D, D, N]),
        (LAWSUIT, "没有。", ItemState.ANSWERED, [D, D, N]),
        (LAWSUIT, "未发生。", ItemState.ANSWERED, [D, D, N]),
    ],
)
def test_plain_answers_to_a_drafted_question(
    drafted: Schema,
    without_options: Schema,
    item: str,
    text: str,
    state: ItemState | None,
    aspects: list[AspectState],
    options: bool,
) -> None:
    found = _read(drafted if options else without_options, item, None, text)
    assert [each.state for each in found.aspects][: len(aspects)] == aspects
    assert state in (None, found.state)
    assert not found.names_nothing
    assert found.stands_aside == ""


def test_one_event_is_a_yes(drafted: Schema) -> None:
    found = _read(drafted, LAWSUIT, None, "发生1起，正在处理。")
    assert found.ticked is not None
    assert (found.ticked.option, found.state) == (YES, ItemState.PARTIAL)


@pytest.mark.parametrize(
    ("item", "text", "state"),
    [
        ("P1.S1.I7", "2025年未开展反腐败培训。", ItemState.ANSWERED),
        ("P1.S1.I7", "2025年未发生安全事故。", ItemState.MISSING),  # none of another thing
    ],
)
def test_a_nil_in_the_words_of_a_count_is_nought(
    drafted: Schema, item: str, text: str, state: ItemState
) -> None:
    assert _read(drafted, item, None, text).state is state


def test_a_word_that_stands_for_no_answer_answers_no_question(drafted: Schema) -> None:
    found = _read(drafted, LAWSUIT, None, "略")
    assert (found.stands_aside, found.state) == ("placeholder", ItemState.MISSING)


@pytest.mark.parametrize("text", ["未开展。", "2025年未组织此类培训。", "我公司本年度没有开展"])
def test_what_was_not_done_is_counted_as_nought(drafted: Schema, text: str) -> None:
    """A count asked for is told, and nobody is asked of what nothing was done."""
    source = replace(make_return({COURSES: text}), year=2025)
    reading = read_answers(drafted, source).by_id[COURSES]
    assert {each.state for each in reading.aspects} == {D} and reading.state is ItemState.ANSWERED
    rules = {each.rule for each in check(drafted, source, strict=True).findings if each.item == COURSES}
    assert not rules & {"placeholder-answer", "figure-missing", "aspect-missing"}


@pytest.mark.parametrize("text", ["无。", "未发生相关情况。"])
def test_nothing_at_all_stays_open(drafted: Schema, text: str) -> None:
    reading = _read(drafted, COURSES, None, text)
    assert reading.state is ItemState.MISSING
