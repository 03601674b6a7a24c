"""Lists of questions with all that group offices and customers send around them."""

from __future__ import annotations

from questionnaire.drafting.files import read_content
from questionnaire.drafting.questions import Listing
from tests.files.package import paragraph, word, word_table, zipped


def _asked(listing: Listing) -> list[tuple[str, str]]:
    return [(each.section, each.text) for each in listing.questions]


def test_rules_of_filling_in_and_papers_to_send_are_no_questions() -> None:
    lines = [
        "填报说明",
        "1. 数据为全年数，保留两位小数。",
        "2. 逐题作答。",
        "一、环境",
        "（一）能源",
        "1. 请说明节能措施。",
        "答：",
        "2. 用电量（万千瓦时）。",
        "（二）水",
        "1. 请说明节水措施。",
        "二、社会",
        "（一）员工",
        "1. 请说明培训情况。",
        "附：一并报送的材料清单",
        "1. 营业执照扫描件；",
        "2. 照片十张。",
    ]
    content = zipped(word("".join(map(paragraph, lines))))
    listing = read_content(content, "清单.docx", "")
    assert [(each.part, each.section, each.text) for each in listing.questions] == [
        ("环境", "能源", "请说明节能措施。"),
        ("环境", "能源", "用电量（万千瓦时）。"),
        ("环境", "水", "请说明节水措施。"),
        ("社会", "员工", "请说明培训情况。"),
    ]
    assert {"1. 数据为全年数，保留两位小数。", "2. 逐题作答。", "1. 营业执照扫描件；"} <= set(listing.left)
    alone = (
        "填报说明\n1. 用电量（度）。\n2. 用水量（吨）。\n".encode()
    )  # nothing else is numbered: they are it
    assert len(read_content(alone, "b.txt", "").questions) == 2


def test_questions_without_a_number_below_a_heading() -> None:
    lines = [
        "【一】环境",
        "5、废油怎么处理的？",
        "6. 制冷剂补充量（kg）",
        "【二】产品",
        "- 证书的到期日",
        "- 抽检合格率（%）",
        "【三】外审",
        "> 1）请说明原料（如玉米、",
        "> 大豆）的来源地。",
        "其他",
        "集团还需要知道什么？",
    ]
    listing = read_content("\n".join(lines).encode(), "邮件.txt", "")
    assert _asked(listing) == [
        ("环境", "废油怎么处理的？"),
        ("环境", "制冷剂补充量（kg）"),
        ("产品", "证书的到期日"),
        ("产品", "抽检合格率（%）"),
        ("外审", "请说明原料（如玉米、大豆）的来源地。"),
        ("其他", "集团还需要知道什么？"),
    ]


def test_a_long_english_heading_and_a_closing_sentence() -> None:
    lines = [
        "3 Pollution, water and waste of all our sites",
        "3.1 Please list all permits.",
        "3.2 Were there any spills?",
        "I confirm that all this is true.",
    ]
    listing = read_content("\n".join(lines).encode(), "list.txt", "")
    assert _asked(listing) == [
        ("Pollution, water and waste of all our sites", "Please list all permits."),
        ("Pollution, water and waste of all our sites", "Were there any spills?"),
    ]


def test_what_stands_in_a_table_and_asks_nothing() -> None:
    rows = [
        ["序号", "问题", "单位", "填报内容"],
        ["1", "取水总量（按市政供水、地表水分列）", "立方米", ""],
        ["序号", "问题", "单位", "填报内容"],
        ["2", "是否建立制度", "", ""],
        ["", "客户满意度得分", "分", ""],
        ["注：带其中的分项之和应等于合计。"] * 4,
        ["填报人（签字）：      部门负责人（签字）：   "] * 4,
    ]
    listing = read_content(zipped(word(word_table(rows))), "表.docx", "")
    assert [each.text for each in listing.questions] == [
        "取水总量（按市政供水、地表水分列）",
        "是否建立制度",
        "客户满意度得分",
    ]
    metrics = word_table([["Ref.", "Metric", "Unit", "2024"], ["E.1", "Electricity used", "MWh", ""]])
    assert [each.text for each in read_content(zipped(word(metrics)), "a.docx", "").questions] == [
        "Electricity used"
    ]


def test_a_mail_that_is_broken_at_a_width() -> None:
    lines = [
        "From: Ada Berg <ada@example.org>",
        "Sent: Tuesday 18 February 2025 16:42",
        "Subject: FW: ESG questions 2024",
        "",
        "Please answer directly under each of the questions in your reply and use",
        "the calendar year unless your fiscal year differs.",
        "",
        "*** Energy ***",
        "Q1. Who signs off on these matters at your company, and how often are",
        "    they discussed?",
        "Q2) For each building, please send us:",
        "    * electricity used (kWh)",
        "    * floor area (m2)",
        "Q2b) If so, what is the target?",
        "*** People ***",
        "- Q3: Headcount at 31 December, split by gender, age band and",
        "  country",
        "-----Original Message-----",
        "Can you get this out before Friday?",
    ]
    listing = read_content("\n".join(lines).encode(), "mail.txt", "")
    assert listing.title == "ESG questions 2024"
    assert _asked(listing) == [
        ("Energy", "Who signs off on these matters at your company, and how often are they discussed?"),
        ("Energy", "For each building, please send us:electricity used (kWh)；floor area (m2)"),
        ("Energy", "If so, what is the target?"),
        ("People", "Headcount at 31 December, split by gender, age band and country"),
    ]
