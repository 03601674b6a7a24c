"""A list of questions in any layout to a draft edition that can be used; two editions beside each other."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from frameworks.ground.errors import OutputError, ReturnError
from frameworks.ground.output import save_folder
from questionnaire.answers import Answer, Choice, Place, Profile, Return
from questionnaire.drafting.comparison import Comparison, Fate, carried_over, compare
from questionnaire.drafting.cutting import cut
from questionnaire.drafting.draft_edition import Made, draft_edition
from questionnaire.drafting.drafts import draft
from questionnaire.drafting.files import read_content
from questionnaire.drafting.kinds import kind_of
from questionnaire.drafting.questions import Listing, Question
from questionnaire.editions import Editions
from questionnaire.loader import check_file
from questionnaire.reading.content import read_content as read_return
from questionnaire.schema import ItemDraft, Need, Option, Schema, question_hash
from questionnaire.template import build_workbook
from tests.bench.cutting import INVENTED, RECALL, measured, other_lists, own_questions, shares
from tests.files.package import paragraph, word, word_table, zipped
from tests.questionnaire.test_word_numbers import LISTS, listed

EDITIONS = Path(__file__).parent / "editions"
CASES = other_lists()


def test_this_questionnaire_is_cut_again() -> None:
    recall, invented = shares(*measured(own_questions()))
    assert recall >= RECALL
    assert invented <= INVENTED


@pytest.mark.parametrize("name", CASES)
def test_other_lists_are_cut(name: str) -> None:
    recall, invented = shares(*measured(CASES[name]))
    assert recall >= 0.88, [each for each in measured(CASES[name])[0] if each.lost]
    assert invented <= INVENTED


@pytest.mark.parametrize(
    ("question", "needs"),
    [
        ("风险管理流程，如风险识别、风险评估、风险应对等。", "reee"),
        ("福利（如医疗、年金、假期）", "reee"),
        ("包装材料用量的措施（如减量、回收等）", "r"),  # two examples only explain
        ("员工福利，包括医疗保险、企业年金等", "orr"),  # a head is the sum of its parts
        ("是否通过认证？如有，请提供证书编号。", "rr"),  # a condition is no example and binds
        ("请提供证书编号，如适用，请说明范围。", "ro"),
        ("按年论述（可按季度）", "ro"),
        ("", "r"),
        ("Training, such as courses, drills and talks", "reee"),
        ("Do you have a code? If yes, state its date.", "rr"),
    ],
)
def test_how_binding_the_words_are(question: str, needs: str) -> None:
    assert "".join(each.need.value[0] for each in cut(question)) == needs


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("是否包括实习生、兼职员工", ["是否包括实习生", "是否包括兼职员工"]),
        (
            "面向董事会、管理层和全体员工的培训",
            ["面向董事会的培训", "面向管理层的培训", "面向全体员工的培训"],
        ),
        ("受理和处理举报的流程", ["受理和处理举报的流程"]),  # two verbs with one object
        ("员工的诉求和建议", ["员工的诉求和建议"]),  # short nouns are one matter
        ("采取避免、减少、恢复或补偿等措施", ["采取避免、减少、恢复或补偿等措施"]),
        ("定性/定量目标", ["定性/定量目标"]),
        ("员工集体协议/女职工集体协议", ["员工集体协议", "女职工集体协议"]),
    ],
)
def test_what_is_one_matter_and_what_are_two(question: str, asks: list[str]) -> None:
    assert [each.ask for each in cut(question)] == asks


@pytest.mark.parametrize(
    ("question", "unit", "told"),
    [
        ("参训人次", "", ("figure", "required", ("人次",))),
        ("天然气用量（立方米）", "", ("figure", "required", ("立方米",))),
        ("全年外购电量", "万千瓦时", ("figure", "required", ("万千瓦时",))),
        ("办结率", "", ("figure", "required", ("%",))),
        ("监测频率说明的制度", "", ("text", "none", ())),
        ("外购电力", "", ("figure", "required", ("千瓦时", "万千瓦时"))),
        ("装机容量", "", ("figure", "required", ("千瓦", "兆瓦"))),
        ("柴油", "", ("figure", "required", ("吨",))),
        ("培训投入", "", ("figure", "required", ("万元",))),
        ("审核家数", "", ("figure", "required", ("家",))),
        ("发现问题数", "", ("figure", "required", ("项", "个"))),
        ("是否发生安全事故", "", ("yes-no", "required", ())),
        ("证书有效期", "", ("date", "required", ("date",))),
        ("是否通过认证", "", ("yes-no", "none", ())),
        ("项目名称", "", ("list", "none", ())),
        ("培训成效", "", ("text", "expected", ("case-specific",))),
        ("Number of employees", "", ("figure", "required", ("人",))),
    ],
)
def test_what_proves_an_ask(question: str, unit: str, told: tuple[str, str, tuple[str, ...]]) -> None:
    kind = kind_of(cut(question)[0], unit)
    assert (kind.evidence.value, kind.figure.value, kind.unit) == told


YES, NO = "yes", "no"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "是否通过认证？如已通过，请提供证书编号和有效期；如否，请说明计划。",
            [("是否通过认证", ""), ("证书编号", YES), ("有效期", YES), ("计划", NO)],
        ),
        ("是否发生违法行为，如有请说明原因。", [("是否发生违法行为", ""), ("原因", YES)]),
        ("是否存在派遣用工？若有，人数及占比。", [("是否存在派遣用工", ""), ("人数", YES), ("占比", YES)]),
        (
            "是否将环境、社会标准纳入供应商准入？请说明准入流程。",  # one question behind one 是否
            [("是否将环境、社会标准纳入供应商准入", ""), ("准入流程", YES)],
        ),
        ("是否要求签署廉洁协议或行为准则？", [("是否要求签署廉洁协议或行为准则", "")]),
        (
            "培训的场次，是否覆盖管理层？",
            [("培训的场次", ""), ("是否覆盖管理层", "")],
        ),  # asks more than whether
        ("是否建立制度？是否经过审核？", [("是否建立制度", ""), ("是否经过审核", "")]),
        ("Do you have a code? If not, state your plan.", [("Do you have a code", ""), ("your plan", NO)]),
    ],
)
def test_what_is_asked_after_a_yes_or_a_no(question: str, told: list[tuple[str, str]]) -> None:
    assert [(each.ask, each.after.value if each.after else "") for each in cut(question)] == told


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        (
            "危险废物的产生量、贮存量和委托处置量",
            ["危险废物的产生量", "危险废物的贮存量", "危险废物的委托处置量"],
        ),
        ("培训总时长、人均学时、培训投入和覆盖率", ["培训总时长", "人均学时", "培训投入", "覆盖率"]),
        ("受理部门、本年度受理件数和办结率", ["受理部门", "本年度受理件数", "办结率"]),
        ("劳动合同签订率、社会保险参保率分别是多少？", ["劳动合同签订率", "社会保险参保率"]),
        (
            "民主管理情况，包括：（1）职代会召开次数；（2）提案数量及办理率。",
            ["民主管理情况", "职代会召开次数", "提案数量", "办理率"],
        ),
        ("请披露以下数据：（1）用电量；（2）用水量。", ["用电量", "用水量"]),
    ],
)
def test_what_a_list_shares_is_said_once(question: str, asks: list[str]) -> None:
    assert [each.ask for each in cut(question)] == asks


def in_word() -> bytes:
    """A title, a remark, headings without numbers, and one automatic list that goes on through them."""
    questions = [question for question, _ in CASES["word"]]
    body = paragraph("青禾集团 2025 年度信息收集问卷") + paragraph("请各单位于 3 月 31 日前填报。")
    for heading, first, last in (
        ("公司治理", 0, 5),
        ("环境", 5, 11),
        ("员工", 11, 16),
        ("供应链与社区", 16, 20),
    ):
        body += paragraph(heading) + "".join(listed(question, "2") for question in questions[first:last])
    return zipped(
        word(body, links=[("rId1", "numbering", "numbering.xml")], more={"word/numbering.xml": LISTS})
    )


def in_workbook() -> bytes:
    """A cover sheet, a title across, columns in an odd order, sections and parts in merged cells."""
    questions = [question for question, _ in CASES["workbook"]]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet("说明").write(0, 0, "填表说明：请如实填写，黄色格为必填。")
        sheet = book.add_worksheet("问卷")
        sheet.merge_range("A1:F1", "海砚控股 ESG 信息收集表（2025）")
        for column, name in enumerate(["填报说明", "披露内容", "计量单位", "回复", "议题", "模块"]):
            sheet.write(1, column, name)
        for row, question in enumerate(questions, start=2):
            sheet.write(row, 1, question)
        sheet.write(2, 2, "万千瓦时")
        sheet.write(3, 0, "含自备电厂")
        for first, last, column, name in (
            (2, 4, 4, "能源"), (5, 6, 4, "排放"), (7, 8, 4, "安全"), (9, 10, 4, "员工"), (11, 12, 4, "合规"),
            (2, 6, 5, "环境"), (7, 10, 5, "社会"), (11, 12, 5, "治理"),
        ):  # fmt: skip
            sheet.merge_range(first, column, last, column, name)
    return buffer.getvalue()


def in_text() -> bytes:
    """Numbers of two levels, a note, answers to choose from."""
    asked = [question for question, _ in CASES["text"]]
    lines = [
        "Supplier questionnaire 2025",
        "",
        "1. General",
        f"1.1 {asked[0]}",
        f"1.2 {asked[1]}",
        "",
        "2. Environment",
    ]
    lines += [f"2.{number} {question}" for number, question in enumerate(asked[2:6], 1)]
    lines += ["    Note: scope 1 and 2 only.", "", "3. Labour"]
    lines += [f"3.{number} {question}" for number, question in enumerate(asked[6:], 1)]
    return "\n".join([*lines, "a) Yes", "b) No"]).encode()


@pytest.mark.parametrize(
    ("content", "name", "sections"),
    [
        (in_word, "word", ["公司治理", "环境", "员工", "供应链与社区"]),
        (in_workbook, "workbook", ["能源", "排放", "安全", "员工", "合规"]),
        (in_text, "text", ["General", "Environment", "Labour"]),
    ],
)
def test_a_list_in_any_layout(content, name: str, sections: list[str]) -> None:  # type: ignore[no-untyped-def]
    listing = read_content(content(), f"{name}.bin", "")
    assert [question.text for question in listing.questions] == [question for question, _ in CASES[name]]
    assert list(dict.fromkeys(question.section for question in listing.questions)) == sections


def test_what_stands_beside_questions() -> None:
    listing = read_content(in_workbook(), "表.xlsx", "")
    first, second = listing.questions[:2]
    assert (first.part, first.unit, second.hint) == ("环境", "万千瓦时", "含自备电厂")
    assert listing.questions[5].part == "社会"
    assert "填表说明：请如实填写，黄色格为必填。" in listing.left
    text = read_content(in_text(), "list.txt", "")
    assert text.title == "Supplier questionnaire 2025"
    assert text.questions[5].hint == "Note: scope 1 and 2 only."
    assert text.questions[-1].yes_no


def test_other_layouts() -> None:
    table = word_table(
        [["序号", "类别", "问题", "答复"], ["1", "环境", "年度用水量（吨）", ""], ["2", "", "是否有危废", ""]]
    )
    listing = read_content(zipped(word(paragraph("问卷") + table)), "表.docx", "")
    assert [(each.number, each.text) for each in listing.questions] == [
        ("1", "年度用水量（吨）"),
        ("2", "是否有危废"),
    ]
    ticks = word_table(
        [["序号", "评估内容", "是", "否"], ["1", "建立了环境管理体系", "", ""], ["2", "禁止使用童工", "", ""]]
    )
    boxes = read_content(zipped(word(ticks)), "自评.docx", "").questions
    assert [(each.text, each.yes_no) for each in boxes] == [
        ("建立了环境管理体系", True),
        ("禁止使用童工", True),
    ]
    plain = "环境\n请说明用水情况。\n请说明用电情况。\n社会\n请说明员工人数。\n".encode("gb18030")
    read = read_content(plain, "清单.txt", "")
    assert [(each.section, each.text) for each in read.questions] == [
        ("环境", "请说明用水情况。"), ("环境", "请说明用电情况。"), ("社会", "请说明员工人数。"),
    ]  # fmt: skip
    tabbed = "议题\t问题\t单位\n水\t年度取水量\t吨\n水\t循环用水量\t吨\n".encode()
    assert [(each.section, each.unit) for each in read_content(tabbed, "a.txt", "").questions] == [
        ("水", "吨")
    ] * 2
    nested = "一、环境\n1. 请披露以下数据：\n（1）用电量；\n（2）用水量。\n2. 请说明节水措施。\n".encode()
    assert [each.text for each in read_content(nested, "b.txt", "").questions] == [
        "请披露以下数据：（1）用电量；（2）用水量。", "请说明节水措施。",
    ]  # fmt: skip


def test_numbered_questions_beside_a_table_of_questions() -> None:
    money = [f"{name}金额（万元）" for name in ("逾期账款", "绿色采购", "本地采购", "预付")]
    rows = [[str(number), text, "", "采购部"] for number, text in enumerate(money, 1)]
    table = word_table([["序号", "指标", "填报内容", "责任部门"], *rows])
    lines = [
        "供应商调查",
        "一、劳动",
        "1. 劳动合同签订率是多少？",
        "2. 员工流失率（%）。",
        "3. 请如实填写。",
        "第二章 供应商",
    ]
    content = zipped(word("".join(map(paragraph, lines)) + table + paragraph("联系人：王某")))
    listing = read_content(content, "清单.docx", "")
    assert listing.title == "供应商调查"
    assert [(each.section, each.text) for each in listing.questions] == [
        ("劳动", "劳动合同签订率是多少？"), ("劳动", "员工流失率（%）。"), *(("供应商", each) for each in money),
    ]  # fmt: skip
    assert set(listing.left) == {"3. 请如实填写。", "责任部门", "联系人：王某"}


def test_a_small_table_takes_no_question_from_the_lines() -> None:
    table = word_table([["指标", "单位", "2025年"], ["用电量", "千瓦时", ""], ["用水量", "吨", ""]])
    asked = ["1. 环境管理体系。", "2. 请按下表填写。", "3. 节能降耗。"]
    listing = read_content(
        zipped(word("".join(map(paragraph, asked[:2])) + table + paragraph(asked[2]))), "a.docx", ""
    )
    assert [each.text for each in listing.questions] == [
        "环境管理体系。", "请按下表填写。", "用电量", "用水量", "节能降耗。",
    ]  # fmt: skip


def test_a_table_to_be_filled_in_beside_questions_is_left_and_told() -> None:
    table = word_table([["能源", "本年数"], ["外购电力消耗", ""], ["天然气的消耗", ""]])
    asked = [f"{number}. 请说明第{number}项工作的情况。" for number in range(1, 5)]
    listing = read_content(zipped(word("".join(map(paragraph, asked)) + table)), "清单.docx", "")
    assert len(listing.questions) == 4
    assert "外购电力消耗" in listing.left


def test_bullets_belong_to_the_question_above_them() -> None:
    text = (
        "一、劳动\n1. 员工流失率。\n请说明民主管理情况，包括：\n职代会召开次数；\n提案数量。\n第二章 供应商\n"
    )
    listing = read_content(text.encode(), "a.txt", "")
    assert [(each.section, each.text) for each in listing.questions] == [
        ("劳动", "员工流失率。"), ("劳动", "请说明民主管理情况，包括：职代会召开次数；提案数量。"),
    ]  # fmt: skip
    assert listing.left == ("第二章 供应商",)


def test_what_explains_the_whole_list_is_no_hint() -> None:
    one = "1. 员工人数。\n2. 案件数量。\n填报说明：数据以台账为准。\n"
    listing = read_content(one.encode(), "a.txt", "")
    assert [each.hint for each in listing.questions] == ["", ""]
    assert listing.left == ("填报说明：数据以台账为准。",)
    each = "1. 员工人数。\n填报说明：年末数。\n2. 案件数量。\n填报说明：全年数。\n"
    assert [q.hint for q in read_content(each.encode(), "b.txt", "").questions] == [
        "填报说明：年末数。",
        "填报说明：全年数。",
    ]


def test_a_question_of_whether_is_drafted_with_options() -> None:
    asked = ("是否建立制度？请说明名称。", "培训的场次，是否覆盖管理层？")
    listing = Listing((*map(Question, asked), Question("禁止使用童工，并核验年龄", yes_no=True)))
    items = draft(listing, "清单").parts[0].sections[0].items
    assert [item.options for item in items] == [True, False, True]
    assert [aspect.after for aspect in items[0].aspects] == [None, Option.YES]
    assert len(items[2].aspects) == 1


def test_a_file_without_questions() -> None:
    with pytest.raises(ReturnError) as refused:
        read_content("\n \n短\n".encode(), "空.txt", "")
    assert refused.value.code == "list-empty"


@pytest.fixture(scope="module")
def made() -> Made:
    listing = read_content(in_word(), "问卷.docx", "")
    return draft_edition(listing, "问卷", "qinghe-2025", "问卷.docx", None, "青禾集团")


@pytest.fixture(scope="module")
def drafted(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Schema:
    folder = tmp_path_factory.mktemp("drafts") / "qinghe-2025"
    save_folder(folder, made.files)
    assert check_file(folder) == []
    return Editions.of(str(folder)).first


def test_a_draft_is_an_edition(drafted: Schema) -> None:
    assert (drafted.edition.id, drafted.edition.year) == ("qinghe-2025", 2025)
    assert drafted.edition.parent.name == "青禾集团"
    assert [section.title for section in drafted.parts[0].sections] == [
        "公司治理",
        "环境",
        "员工",
        "供应链与社区",
    ]
    assert len({item.key for item in drafted.items}) == len(drafted.items) == 20
    assert all(set(item.draft) == {ItemDraft.ASPECTS, ItemDraft.POLICY} for item in drafted.items)
    assert all(item.question_hash == question_hash(item.question) for item in drafted.items)
    spans = [
        (aspect.ask, item.question[slice(*aspect.at)])
        for item in drafted.items
        for aspect in item.aspects
        if aspect.at
    ]
    assert spans
    assert all(ask == words for ask, words in spans)


def test_its_template_comes_back(drafted: Schema) -> None:
    content = build_workbook(drafted, profile={"company": "示例公司"})
    source = read_return(content, "填报表.xlsx", "0", drafted)
    assert {answer.item for answer in source.answers} == set(drafted.by_id)


def test_known_questions_are_taken_over(schema: Schema, tmp_path: Path) -> None:
    same, near = schema.by_id["P1.S3.I4"], schema.by_id["P1.S3.I3"]
    reworded = near.question.replace("廉洁从业及商业道德", "反腐败与廉洁从业")
    listing = Listing((Question("年度用水量（吨）"), Question(same.question), Question(reworded)), "清单")
    made = draft_edition(listing, "清单", "dicastal-2024", "清单.txt", 2026, "")
    assert made.edition.id == "dicastal-2024-new"  # a known id is another edition's
    folder = tmp_path / "new"
    save_folder(folder, made.files)
    assert check_file(folder) == []
    found = Editions.of(str(folder)).first
    adopted = found.by_id["P1.S1.I2"]
    assert (adopted.key, adopted.draft, adopted.delegable) == (same.key, (), same.delegable)
    assert [aspect.ask for aspect in adopted.aspects] == [aspect.ask for aspect in same.aspects]
    year = "2026"  # cues are taken as written, so that they mean this edition's year
    assert any(year in cue for aspect in adopted.aspects for cue in aspect.cues)
    assert found.proofs["P1.S1.I2"].classes[0] == "P1.S1.I2.a"
    codes = {link.code for link in found.all_links(2026).links if link.item == "P1.S1.I2"}
    assert "gri:2-26" in codes
    likely = next(each for each in made.draft.items if each.source.text == reworded)
    assert likely.like is not None
    assert likely.like.item.id == near.id
    assert found.by_id["P1.S1.I1"].aspects[0].cues == ()


def test_a_folder_that_holds_anything_is_left_alone(made: Made, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("a: 1", encoding="utf-8")
    with pytest.raises(OutputError):
        save_folder(tmp_path, made.files)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.yaml"]
    empty = tmp_path / "empty"
    empty.mkdir()
    save_folder(empty, {"a.yaml": b"1"})
    assert (empty / "a.yaml").read_bytes() == b"1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "mine.yaml"]


@pytest.fixture(scope="module")
def years() -> Comparison:
    old = Editions.of("dicastal-2024").first
    return compare(old, Editions.of(str(EDITIONS / "dicastal-2025")).first)


def test_two_years(years: Comparison) -> None:
    counts = {fate: len(years.of(fate)) for fate in Fate}
    assert counts == {Fate.SAME: 70, Fate.MOVED: 0, Fate.REWORDED: 1, Fate.ADDED: 1, Fate.DROPPED: 1}
    (reworded,) = years.of(Fate.REWORDED)
    assert reworded.new is not None
    assert reworded.new.id == "P3.S2.I2"
    assert not reworded.carries


def test_moved_questions_are_found(schema: Schema) -> None:
    old = schema.items
    listing = Listing(tuple(Question(item.question) for item in (old[5], old[0], old[9])))
    made = draft_edition(listing, "清单", "short", "a.txt", 2025, "")
    found = compare(schema, Schema(edition=made.edition, parts=made.draft.parts))
    pairs = {
        pair.new.id: (pair.old and pair.old.id, pair.fate) for pair in found.pairs if pair.new is not None
    }
    assert pairs == {
        "P1.S1.I1": (old[5].id, Fate.MOVED), "P1.S1.I2": (old[0].id, Fate.MOVED), "P1.S1.I3": (old[9].id, Fate.MOVED),
    }  # fmt: skip
    assert len(found.of(Fate.DROPPED)) == len(old) - 3


def test_last_years_answers_go_over(years: Comparison) -> None:
    place = Place("去年.xlsx")
    answers = (
        Answer("P1.S1.I1", "去年的答案。", place, remark="旧备注"),
        Answer("P1.S1.I2", "", place, choice=Choice.DELEGATED, reason="集团办理"),
        Answer("P3.S2.I2", "题目改了。", place),
        Answer("P6.S2.I4", "不再问。", place),
        Answer("P1.S2.I1", "", place),
    )
    profile = Profile(values=(("company", "示例公司"), ("employees", "480"), ("kind", "生产型工厂")))
    source = Return("去年.xlsx", "0", "示例公司", 2024, answers, profile)
    found = carried_over(source, years, 2025, "【旧】", "【改】")
    told = [(answer.item, answer.text, answer.reason, answer.remark) for answer in found.answers]
    assert told == [
        ("P1.S1.I1", "去年的答案。", "", "旧备注 【旧】"), ("P1.S1.I2", "", "集团办理", "【旧】"),
    ]  # fmt: skip
    assert found.year == 2025
    assert dict(found.profile.values) == {"company": "示例公司", "kind": "生产型工厂"}


def test_needs_are_those_of_the_schema(drafted: Schema) -> None:
    wanted = [aspect.need for aspect in drafted.by_id["P1.S1.I5"].aspects]
    assert wanted == [Need.REQUIRED, Need.EXAMPLE, Need.EXAMPLE, Need.EXAMPLE]


@given(
    st.text(
        alphabet="是否包括、，。；：（如）和及与等的在方面对将AB /,.;?() andincluding数量率年", max_size=60
    )
)
def test_whatever_is_asked_is_cut(question: str) -> None:
    cuts = cut(question)
    assert cuts
    assert len(cuts) <= 26
    for each in cuts:
        kind_of(each)


def test_a_list_with_more_sections_than_ids_have_room_for() -> None:
    questions = tuple(Question(f"第 {number} 项指标的数量", section=f"议题{number}") for number in range(150))
    made = draft_edition(Listing(questions), "清单", "many", "a.xlsx", 2025, "")
    assert [len(section.items) for section in made.draft.parts[0].sections] == [99, 51]
    twice = draft_edition(
        Listing((Question("用水量"), Question("用水量"))), "清单", "twice", "a.txt", 2025, ""
    )
    assert len({each.item.key for each in twice.draft.items}) == 2
