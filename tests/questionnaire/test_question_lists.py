"""A list of questions in any layout, of Word, of Excel or of text."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from frameworks.ground.errors import ReturnError
from questionnaire.drafting.drafts import draft
from questionnaire.drafting.files import read_content
from questionnaire.drafting.questions import Listing, Question
from questionnaire.vocabulary import EvidenceKind, Option
from tests.bench.cutting import other_lists
from tests.files.package import paragraph, word, word_table, zipped
from tests.questionnaire.test_word_numbers import LISTS, listed

CASES = other_lists()


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


def test_a_table_to_be_filled_in_belongs_to_the_question_above_it() -> None:
    table = word_table([["能源", "本年数"], ["外购电力消耗", ""], ["天然气的消耗", ""]])
    asked = [f"{number}. 请说明第{number}项工作的情况。" for number in range(1, 5)]
    listing = read_content(zipped(word("".join(map(paragraph, asked)) + table)), "清单.docx", "")
    assert len(listing.questions) == 4
    assert [row.ask for row in listing.questions[-1].rows] == ["外购电力消耗", "天然气的消耗"]
    assert listing.left == ()


def test_bullets_belong_to_the_question_above_them() -> None:
    text = (
        "一、劳动\n1. 员工流失率。\n请说明民主管理情况，包括：\n职代会召开次数；\n提案数量。\n第二章 供应商\n"
    )
    listing = read_content(text.encode(), "a.txt", "")
    assert [(each.section, each.text) for each in listing.questions] == [
        ("劳动", "员工流失率。"), ("劳动", "请说明民主管理情况，包括：职代会召开次数；提案数量。"),
    ]  # fmt: skip
    assert listing.left == ("第二章 供应商",)


@pytest.mark.parametrize("mark", ["{}. ", "{}.", "{}、", "（{}）"])
def test_a_number_before_a_year_is_a_number(mark: str) -> None:
    asked = ["2025年开展培训的场次。", "2025年是否发生案件？", "请说明举报渠道。"]
    text = "一、治理\n" + "\n".join(mark.format(n) + each for n, each in enumerate(asked, 1))
    listing = read_content(text.encode(), "a.txt", "")
    assert [(each.section, each.text) for each in listing.questions] == [("治理", each) for each in asked]
    assert listing.left == ()


@pytest.mark.parametrize(
    ("lines", "text", "yes_no", "hint"),
    [
        ("1. 是否设立工作组？\n□是　□否", "是否设立工作组？", True, ""),
        ("1. 是否设立工作组？\n答：（ ）是 （ ）否", "是否设立工作组？", True, ""),
        ("1. 是否设立工作组？（□是 □否）", "是否设立工作组？", True, ""),
        ("1. 是否设立工作组？（是/否）", "是否设立工作组？", True, ""),
        ("1. 工作组：选项\n选项：A. 有 B. 无", "工作组：选项", True, ""),
        ("1. 多久开会？\n选项：每月、每季度", "多久开会？", False, "每月、每季度"),
        ("1. 是否有名录？□是 □否，如是，请写网址：____", "是否有名录？如是，请写网址", True, ""),
        ("1. 用水量（吨/年）", "用水量（吨/年）", False, ""),
    ],
)
def test_answers_to_choose_from_belong_to_their_question(
    lines: str, text: str, yes_no: bool, hint: str
) -> None:
    first, second = read_content(f"{lines}\n2. 请说明举报渠道。".encode(), "a.txt", "").questions
    assert (first.text, first.yes_no, first.hint) == (text, yes_no, hint)
    assert (second.section, second.yes_no) == ("", False)


def test_lines_that_go_on_with_a_question() -> None:
    lines = [
        "1. 是否设立部门？",
        "□是 □否",
        "如是，请说明部门名称：____",
        "2. 隐患排查次数。",
        "（注：按月统计）",
        "3. 举报渠道。",
        "填报人：____ 审核人：____",
    ]
    listing = read_content("\n".join(lines).encode(), "a.txt", "")
    assert [(each.section, each.text, each.hint) for each in listing.questions] == [
        ("", "是否设立部门？如是，请说明部门名称", ""),
        ("", "隐患排查次数。", "（注：按月统计）"),
        ("", "举报渠道。", ""),
    ]
    assert (listing.fields, listing.left) == (("填报人", "审核人"), ())


def test_the_head_of_a_list() -> None:
    form = word_table([["填报单位", "", "填报人及电话", ""], ["审核人", "", "填报日期", ""]])
    above = ["附件1", "青禾集团有限公司", "2025年度环境、社会及治理（ESG）信息调查问卷"]
    below = ["请于2月底前填报。", "一、环境", "1. 用电量。", "2. 用水量。"]
    content = zipped(word("".join(map(paragraph, above)) + form + "".join(map(paragraph, below))))
    listing = read_content(content, "清单.docx", "")
    assert listing.title == "青禾集团有限公司2025年度环境、社会及治理（ESG）信息调查问卷"
    assert (listing.company, listing.left) == ("青禾集团有限公司", ("附件1", "请于2月底前填报。"))
    assert listing.fields == ("填报单位", "填报人及电话", "审核人", "填报日期")
    text = "海砚控股调查问卷\n单位：____ 电话：____\n1. 用电量。\n2. 用水量。"
    assert read_content(text.encode(), "a.txt", "").fields == ("单位", "电话")


def test_a_table_below_a_question_becomes_its_parts() -> None:
    years = word_table(
        [
            ["能源品种", "计量单位", "2025年", "2024年"],
            ["外购电力", "万千瓦时", "", ""],
            ["柴油", "吨", "", ""],
        ]
    )
    matrix = word_table([["类别", "人数", "占比"], ["管理层", "", ""], ["普通员工", "", ""]])
    lines = ["1. 请填写能源消耗情况表。", "2. 请按下表填写。", "3. 请说明节水措施。"]
    body = paragraph(lines[0]) + years + paragraph(lines[1]) + matrix + paragraph(lines[2])
    listing = read_content(zipped(word(body)), "清单.docx", "")
    items = draft(listing, "清单").parts[0].sections[0].items
    assert [[aspect.ask for aspect in item.aspects] for item in items] == [
        ["外购电力（万千瓦时）", "柴油（吨）"],
        ["管理层的人数", "管理层的占比", "普通员工的人数", "普通员工的占比"],
        ["节水措施"],
    ]
    assert [aspect.unit for aspect in items[0].aspects] == [("万千瓦时",), ("吨",)]
    assert all(aspect.evidence is EvidenceKind.FIGURE for item in items[:2] for aspect in item.aspects)


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
