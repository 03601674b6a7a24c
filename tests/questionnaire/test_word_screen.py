"""Word returns read as the screen shows them: forms, signs, powers, tracked properties, left-out columns, places."""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.checking.engine import check
from checker.wording import Language, wording
from questionnaire.answers import Answer, Choice, OutsideKind, Place, Return
from questionnaire.reading.content import read_content
from questionnaire.reading.files.numbering import Level, Numbering
from questionnaire.reading.files.symbols import UNKNOWN, shown_in, sign
from questionnaire.schema import Schema
from tests.files.package import WORD, paragraph, word, word_table, zipped
from tests.files.report import numbered

FRONT = paragraph("示例公司") + paragraph("第一部分 公司管治") + paragraph("一、风险管控")
ASKED = paragraph("（一）全面风险管理工作情况")
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"

Reader = Callable[[str], str]


@pytest.fixture
def shown(schema: Schema) -> Reader:
    """The text of an answer whose paragraph holds what is given."""

    def read(inside: str) -> str:
        body = FRONT + ASKED + f"<w:p>{inside}</w:p>"
        source = read_content(zipped(word(body)), "报告.docx", "0", schema)
        assert [answer.item for answer in source.answers] == ["P1.S1.I1"]
        return source.answers[0].text

    return read


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def form(state: str, code: str, result: str | None = None) -> str:
    kept = "" if result is None else '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run(result)
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:enabled/>{state}</w:ffData></w:fldChar></w:r>'
        f'<w:r><w:instrText> {code} </w:instrText></w:r>{kept}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def box(state: str) -> str:
    return form(f"<w:checkBox><w:sizeAuto/>{state}</w:checkBox>", "FORMCHECKBOX")


def choose(*entries: str, result: str = "") -> str:
    state = result + "".join(f'<w:listEntry w:val="{entry}"/>' for entry in entries)
    return form(f"<w:ddList>{state}</w:ddList>", "FORMDROPDOWN")


@pytest.mark.parametrize(
    ("state", "sign"),
    [
        ('<w:default w:val="0"/><w:checked/>', "☑"), ('<w:default w:val="1"/>', "☑"),
        ('<w:default w:val="1"/><w:checked w:val="0"/>', "☐"), ('<w:default w:val="0"/>', "☐"), ("", "☐"),
    ],
)  # fmt: skip
def test_a_check_box_of_a_form(shown: Reader, state: str, sign: str) -> None:
    assert shown(run("有") + box(state) + run("无")) == f"有{sign}无"


def test_a_list_of_a_form(shown: Reader) -> None:
    assert shown(choose("请选择", "没有发生", result='<w:result w:val="1"/>') + run("。")) == "没有发生。"
    assert shown(choose("收到0件", "收到1件") + run("。")) == "收到0件。"
    assert shown(run("举报") + choose("请选择：", "有")) == "举报"
    assert shown(run("举报") + choose("有", result='<w:result w:val="9"/>')) == "举报"


def test_a_text_of_a_form(shown: Reader) -> None:
    state = '<w:textInput><w:default w:val="填写"/></w:textInput>'
    assert shown(run("检查") + form(state, "FORMTEXT", "4 次") + run("。")) == "检查4 次。"
    assert shown(form(state, "FORMTEXT", "\u2002" * 5) + run("完")) == "完"


def test_only_the_result_of_a_field_is_shown(shown: Reader) -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    nested = mark("begin") + run("3") + mark("separate") + run("内层结果") + mark("end")
    assert shown(run("甲") + mark("begin") + nested + mark("separate") + run("乙") + mark("end")) == "甲乙"


@pytest.mark.parametrize(
    ("code", "result", "expected"),
    [
        (r" EQ \f(3,4) ", None, "占3/4。"), (r"eq \F(a+b;c)", "", "占(a+b)/c。"), (r"EQ 2\f(1,4)", None, "占2 1/4。"),
        (r"EQ \r(3,8)", None, "占³√8。"), (r"EQ 10\s\up5(5)", None, "占10⁵。"), (r"EQ \o\ac(○,12)", None, "占⑫。"),
        (r"EQ \b\bc\[(x)\,y", None, "占(x),y。"), (r"EQ \f(1", None, "占1。"), ("EQ \\", None, "占\\。"),
        ("SYMBOL 254 \\f Wingdings \\s 12", None, "占☑。"), ("SYMBOL 0xB3", "", "占≥。"),
        (r"EQ \f(3,4)", "四分之三", "占四分之三。"), ("PAGE", "7", "占7。"), ("DOCPROPERTY x", None, "占。"),
        ("EQ " + r"\f(1," * 60, None, None),
    ],
)  # fmt: skip
def test_fields_without_a_result(shown: Reader, code: str, result: str | None, expected: str | None) -> None:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    kept = "" if result is None else '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run(result)
    told = shown(run("占") + f"{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{kept}{end}" + run("。"))
    assert expected is None or told == expected


def test_a_broken_field_takes_nothing_with_it(shown: Reader) -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    body = f"{begun}{run('甲')}</w:p><w:p>{run('乙')}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    assert shown(body) == "甲\n乙"
    unclosed = box("<w:checked/>").rpartition("<w:r>")[0]
    assert shown(f"{unclosed}{run('甲')}</w:p><w:p>{run('乙')}") == "☑甲\n乙"


@pytest.mark.parametrize(("checked", "sign"), [("1", "☑"), ("0", "☐"), ("true", "☑")])
def test_a_check_box_control(shown: Reader, checked: str, sign: str) -> None:
    control = (
        f'<w:sdt><w:sdtPr><w:checkbox><w:checked w:val="{checked}"/><w:checkedState w:val="2612"/></w:checkbox>'
        '</w:sdtPr><w:sdtContent><w:r><w:sym w:font="Wingdings" w:char="F0FD"/></w:r></w:sdtContent></w:sdt>'
    )
    assert shown(control + run("有")) == f"{sign}有"


def test_a_list_control_that_still_asks(shown: Reader) -> None:
    control = "<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    assert shown(run("案件：") + control(run("请选择"))) == "案件："
    assert shown(run("案件：") + control(run("无"))) == "案件：无"


@pytest.mark.parametrize(
    ("font", "code", "expected"),
    [
        ("Symbol", "F0A3", "≤"), ("Symbol", "F06D", "μ"), ("Symbol", "00B1", "±"), ("Symbol", "F0DE", "⇒"),
        ("Wingdings", "F0FC", "✔"), ("Wingdings", "F06F", "☐"), ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "F081", "①"), ("Wingdings", "f0fb", "✗"), ("wingdings 2", "F050", "✓"),
        ("Wingdings 2", "F0A3", "☐"), ("Webdings", "F061", "✔"), ("Wingdings 3", "F070", "▲"),
        ("Wingdings 2", "0052", "☑"), ("MS Gothic", "2611", "☑"), ("Segoe UI Emoji", "1F600", "😀"),
        ("某字体", "F0A3", UNKNOWN), ("Symbol", "F0FF", UNKNOWN), ("Symbol", "?", ""), ("宋体", "110000", ""),
    ],
)  # fmt: skip
def test_signs_of_symbol_fonts(font: str, code: str, expected: str) -> None:
    assert sign(font, code) == expected


def test_letters_in_a_symbol_font(shown: Reader) -> None:
    look = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    assert shown(run("有") + run("\uf0fe", look) + run("无") + run("\uf0a8", look)) == "有☑无☐"
    assert shown(run("5 ") + run("mg", '<w:rFonts w:ascii="Symbol"/>')) == "5 μγ"
    assert shown_in("Symbol", "3×5±1 吨") == "3×5±1 吨"


def test_emoji_are_read_once(shown: Reader) -> None:
    inside = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w:symEx w:font="Segoe UI Emoji" w:char="2714"/>'
        "</mc:Choice><mc:Fallback><w:t>✔</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert shown(run("已办") + inside) == "已办✔"


def test_of_several_choices_the_first_is_read(shown: Reader) -> None:
    inside = (
        f'<mc:AlternateContent><mc:Choice Requires="a">{run("甲")}</mc:Choice><mc:Choice Requires="b">{run("甲")}'
        f"</mc:Choice><mc:Fallback>{run('甲')}</mc:Fallback></mc:AlternateContent>{run('乙')}"
        f"<mc:AlternateContent><mc:Fallback>{run('丙')}</mc:Fallback></mc:AlternateContent>"
    )
    assert shown(inside) == "甲乙丙"


def test_raised_and_lowered_letters(shown: Reader) -> None:
    up, down = (f'<w:vertAlign w:val="{kind}script"/>' for kind in ("super", "sub"))
    assert shown(run("取水 5 m") + run("3", up) + run("，3.2×10") + run("-5", up) + run(" t")) == (
        "取水 5 m³，3.2×10⁻⁵ t"
    )
    assert shown(run("CO") + run("2", down) + run("、PM") + run("2.5", down)) == "CO2、PM2.5"
    assert (
        shown(run("下降 5%") + run("[1]", up) + run("，共 12") + run("1,2", up)) == "下降 5%[1]，共 12^(1,2)"
    )
    assert shown(run("5") + run("th", up) + run("\u3000", up) + run("届")) == "5th\u3000届"


def math(inside: str) -> str:
    return f'<m:oMath xmlns:m="{MATH}">{inside}</m:oMath>'


def m(name: str, *inside: str, said: str = "") -> str:
    properties = f"<m:{name}Pr>{said}</m:{name}Pr>" if said else ""
    return f"<m:{name}>{properties}{''.join(inside)}</m:{name}>"


def e(text: str, name: str = "e") -> str:
    return f"<m:{name}><m:r><w:rPr><w:i/></w:rPr><m:t>{text}</m:t></m:r></m:{name}>"


FRACTION = m("f", e("3", "num"), e("4", "den"))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (FRACTION, "占3/4。"),
        (m("f", e("a+b", "num"), e("c", "den")), "占(a+b)/c。"),
        (m("f", e("n", "num"), e("k", "den"), said='<m:type m:val="noBar"/>'), "占(n|k)。"),
        (e("2") + FRACTION, "占2 3/4。"),
        (m("sSup", e("10"), e("5", "sup")), "占10⁵。"),
        (m("sSup", e("x"), e("n+k", "sup")), "占x^(n+k)。"),
        (m("sSubSup", e("x"), e("1", "sub"), e("2", "sup")), "占x1²。"),
        (m("sSub", e("10"), e("2", "sub")), "占10₂。"),
        (m("rad", e("3", "deg"), e("8")), "占³√8。"),
        (m("d", e("a"), e("b"), said='<m:begChr m:val="["/><m:sepChr m:val=","/><m:endChr m:val="]"/>'), "占[a,b]。"),
        (m("d", e("a")), "占(a)。"),
        (m("nary", e("i=1", "sub"), e("n", "sup"), e("x"), said='<m:chr m:val="∑"/>'), "占∑_(i=1)ⁿx。"),
        (m("func", e("log", "fName"), e("x")), "占log x。"),
        (m("m", m("mr", e("1"), e("2")), m("mr", e("3"), e("4"))), "占1，2；3，4。"),
    ],
)  # fmt: skip
def test_formulas(shown: Reader, formula: str, expected: str) -> None:
    assert shown(run("占") + math(formula) + run("。")) == expected


def test_a_fraction_behind_a_number_stays_apart(shown: Reader) -> None:
    assert shown(run("约 2") + math(FRACTION) + run(" 吨")) == "约 2 3/4 吨"
    deleted = f"<w:del>{math(e('9'))}</w:del>"
    assert shown(run("约 2") + deleted + run(" 吨")) == "约 2 吨"


def test_rich_text_keeps_its_blanks_and_a_page_break_parts_words(shown: Reader) -> None:
    assert shown(run("ISO ") + run("14001") + run(" ") + run("认证")) == "ISO 14001 认证"
    assert shown(run("培训3") + '<w:r><w:br w:type="page"/></w:r>' + run("5人")) == "培训3\n5人"


def test_pinyin_above_words_is_not_part_of_them(shown: Reader) -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('lián')}</w:rt><w:rubyBase>{run('廉')}</w:rubyBase></w:ruby></w:r>"
    assert shown(ruby + run("洁")) == "廉洁"


def test_properties_before_a_tracked_change_are_past(shown: Reader) -> None:
    look = "<w:b/><w:rPrChange w:author='a'><w:rPr><w:vanish/><w:vertAlign w:val='superscript'/></w:rPr></w:rPrChange>"
    assert shown(run("共 3 项", look)) == "共 3 项"
    was = "<w:rPrChange w:author='a'><w:rPr/></w:rPrChange><w:vanish/>"
    assert shown(run("见") + run("不见", was)) == "见"


LISTS = (
    f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%1）"/></w:lvl></w:lvlOverride>'
    "</w:num></w:numbering>"
)


def listed(text: str, number: str, more: str = "") -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>{more}')


def read_lists(body: str, schema: Schema) -> Return:
    parts = word(body, links=[("rId1", "numbering", "numbering.xml")], more={"word/numbering.xml": LISTS})
    return read_content(zipped(parts), "报告.docx", "0", schema)


def texts(source: Return) -> dict[str, str]:
    return {answer.item: answer.text for answer in source.answers}


def test_a_list_with_a_level_of_its_own(schema: Schema) -> None:
    edited = "全面风险管理的工作情况"
    was = '<w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>'
    source = read_lists(FRONT + listed(edited, "2", was) + paragraph("答。"), schema)
    assert texts(source) == {"P1.S1.I1": "答。"}
    levels = Numbering(
        abstracts={"0": {0: Level(text="%1."), 1: Level(text="%1.%2")}}, lists={"1": "0"},
        changed={"1": {0: Level(form="upperLetter", text="%1)")}},
    )  # fmt: skip
    assert [levels.label("", "1", 0), levels.label("", "1", 1)] == ["A)", "A.1"]


def test_the_number_of_a_list_does_not_hide_a_question(schema: Schema) -> None:
    items = schema.items[:10]
    body = "".join(listed(item.question, "1") + listed(f"答 {item.id}。", "1") for item in items)
    found = texts(read_lists(FRONT + body, schema))
    assert found == {item.id: f"{2 * at}. 答 {item.id}。" for at, item in enumerate(items, start=1)}


def test_the_number_of_a_list_does_not_hide_an_edited_question(schema: Schema) -> None:
    asked = {
        item.id: item.question.replace("情况", "状况") for item in schema.items if len(item.question) > 30
    }
    body = "".join(listed(question, "1") + paragraph(f"答 {item}。") for item, question in asked.items())
    assert texts(read_lists(FRONT + body, schema)) == {item: f"答 {item}。" for item in asked}


def test_an_entry_like_a_short_question_stays_in_its_answer(schema: Schema) -> None:
    volunteers = schema.by_id["P6.S2.I3"].question
    body = FRONT + ASKED + listed(f"{volunteers}活动", "1") + listed("其他", "1")
    assert texts(read_lists(body, schema)) == {"P1.S1.I1": f"1. {volunteers}活动\n2. 其他"}


def test_a_paragraph_without_words_counts(schema: Schema) -> None:
    number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    gone = f"<w:p>{number}<w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"
    body = FRONT + ASKED + listed("甲", "1") + listed("", "1") + gone + listed("乙", "1")
    assert texts(read_lists(body, schema)) == {"P1.S1.I1": "1. 甲\n3. 乙"}


def test_numbers_alone_number_rows_and_are_no_answers(schema: Schema) -> None:
    items = schema.items[:3]
    rows = "".join(
        f"<w:tr><w:tc>{listed('', '2')}</w:tc><w:tc>{paragraph(item.question)}</w:tc>"
        f"<w:tc>{listed('', '1')}</w:tc></w:tr>"
        for item in items
    )
    source = read_lists(f"<w:tbl>{rows}</w:tbl>", schema)
    assert texts(source) == dict.fromkeys((item.id for item in items), "")
    told = f"<w:tr><w:tc>{listed('', '1')}</w:tc><w:tc>{paragraph('甲')}</w:tc></w:tr>"
    assert texts(read_lists(FRONT + ASKED + f"<w:tbl>{told}{told}</w:tbl>", schema)) == {
        "P1.S1.I1": "1.\t甲\n2.\t甲"
    }


def test_rows_that_leave_out_columns(schema: Schema) -> None:
    row = "<w:tr><w:trPr><w:gridBefore w:val='{}'/><w:gridAfter w:val='1'/></w:trPr>{}</w:tr>".format
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("题号", "小计", "题目", "填报内容"))
    lines = "".join(
        row(2, f"<w:tc>{paragraph(item.question)}</w:tc><w:tc>{paragraph('甲')}</w:tc>")
        for item in schema.items
    )
    source = read_content(zipped(word(f"<w:tbl><w:tr>{cells}</w:tr>{lines}</w:tbl>")), "表.docx", "0", schema)
    assert texts(source) == dict.fromkeys((item.id for item in schema.items), "甲")


def test_an_empty_cell_keeps_its_column(shown: Reader) -> None:
    table = word_table([["类别", "2023年", "2024年"], ["废纸", "", "2.5"], ["", "3", ""]])
    assert (
        shown(run("如下：") + "</w:p>" + table + "<w:p>") == "如下：\n类别\t2023年\t2024年\n废纸\t\t2.5\n\t3"
    )


def test_notes_are_read_as_the_body_is(schema: Schema) -> None:
    up = '<w:vertAlign w:val="superscript"/>'
    twice = (
        f"<w:p><mc:AlternateContent><mc:Choice>{run('注')}</mc:Choice><mc:Fallback>{run('注')}</mc:Fallback>"
        f"</mc:AlternateContent>{run('5m')}{run('3', up)}</w:p>"
    )
    notes = f'<w:footnotes xmlns:w="{WORD}" xmlns:mc="mc"><w:footnote>{twice}</w:footnote></w:footnotes>'
    parts = word(
        FRONT + ASKED + paragraph("答。"), links=[("rId1", "footnotes", "footnotes.xml")],
        more={"word/footnotes.xml": notes},
    )  # fmt: skip
    source = read_content(zipped(parts), "报告.docx", "0", schema)
    assert [(found.kind, found.texts) for found in source.outside] == [(OutsideKind.FOOTNOTE, ("注5m³",))]


def test_places_are_headings(schema: Schema) -> None:
    long = schema.by_id["P1.S3.I1"].question
    body = (
        FRONT + paragraph("前言，属于本节。") + ASKED + paragraph("答。") + paragraph(f"（一）{long}") + ASKED
    )
    source = read_content(zipped(word(body + paragraph("再答。"))), "报告.docx", "0", schema)
    assert [answer.where for answer in source.answers] == [
        Place("报告.docx", "全面风险管理工作情况（第 1 处）"),
        Place("报告.docx", long[:23] + "…"),
        Place("报告.docx", "全面风险管理工作情况（第 2 处）"),
    ]
    assert [block.where for block in source.unmatched] == [Place("报告.docx", "一、风险管控")]
    shown = {wording(Language.ZH).place(finding.where) for finding in check(schema, source).findings}
    assert not any("第 1 行" in place or "行" in place.partition("」")[2] for place in shown)
    assert "报告.docx › 「一、风险管控」" in shown | {wording(Language.ZH).place(source.unmatched[0].where)}


NAMES = (
    "p r t pPr rPr rPrChange pPrChange numId ilvl pStyle vanish vertAlign rFonts tab br sym symEx tbl tr tc gridSpan"
    " gridBefore vMerge sdt sdtPr sdtContent showingPlcHdr checkbox checked dropDownList fldChar ffData checkBox ddList"
    " listEntry result default instrText delText del ins txbxContent oMathPara oMath sSup e sup f num den d nary"
    " ruby rt AlternateContent Choice Fallback pic altChunk"
).split()
LOOKS = st.sampled_from(["", "1", "0", "begin", "separate", "end", "superscript", "-5", "x"])
TREES = st.recursive(
    st.text("甲3 \u2002", max_size=3),
    lambda inner: st.builds(
        lambda name, value, parts: (
            f'<w:{name} w:val="{value}" w:fldCharType="{value}" w:char="{value}">{"".join(parts)}</w:{name}>'
        ),
        st.sampled_from(NAMES), LOOKS, st.lists(inner, max_size=6),
    ),
    max_leaves=40,
)  # fmt: skip


@given(st.lists(TREES, max_size=6))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_elements_in_any_order_break_nothing_and_hide_nothing_after_them(
    schema: Schema, trees: list[str]
) -> None:
    body = (
        FRONT + ASKED + "".join(trees) + paragraph("（二）" + schema.items[1].question) + paragraph("末句。")
    )
    source = read_content(zipped(word(body)), "报告.docx", "0", schema)
    assert texts(source)["P1.S1.I2"] == "末句。"


def test_what_lies_outside_is_under_a_heading(schema: Schema) -> None:
    hidden = f"<w:p>{run('隐藏的话', '<w:vanish/>')}</w:p>"
    boxed = f"<w:tbl><w:tr><w:tc><w:p>{run('表中')}<w:r><w:pic/></w:r></w:p></w:tc></w:tr></w:tbl>"
    source = read_content(
        zipped(word(FRONT + ASKED + hidden + paragraph("答。") + boxed)), "报告.docx", "0", schema
    )
    assert [(found.kind, found.where.sheet) for found in source.outside] == [
        (OutsideKind.HIDDEN_TEXT, "（一）全面风险管理工作情况"), (OutsideKind.PICTURE, "表格1"),
    ]  # fmt: skip
    early = read_content(zipped(word(hidden + FRONT + ASKED)), "报告.docx", "0", schema)
    assert [found.where for found in early.outside] == [Place("报告.docx")]


# what a clerk writes in one answer: no headings, no tabs, no list marks
SENTENCE = st.text(
    st.sampled_from("本公司年开展培训覆盖共次人吨度废水排放 2024.3%≤m³₂ISOA《办法》：，"),
    min_size=4,
    max_size=40,
).map(lambda text: f"我{text.strip()}。")
ANSWERS = st.dictionaries(
    st.integers(0, 71), st.lists(SENTENCE, min_size=1, max_size=3), min_size=1, max_size=12
)


@given(ANSWERS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_form_in_tables_and_a_narrative_give_equal_answers(
    schema: Schema, written: dict[int, list[str]]
) -> None:
    given_texts = {schema.items[at].id: "\n".join(lines) for at, lines in written.items()}
    source = Return(
        "甲", "0", "示例公司", 2024,
        tuple(Answer(item, text, Place("甲")) for item, text in given_texts.items()),
    )  # fmt: skip
    told = read_content(zipped(numbered(source, schema, styles=True)), "甲.docx", "0", schema)
    table = [["题目", "填报内容"], *([item.question, given_texts.get(item.id, "")] for item in schema.items)]
    filled = read_content(zipped(word(paragraph("示例公司") + word_table(table))), "甲.docx", "0", schema)
    assert texts(told) == texts(filled) == {item.id: given_texts.get(item.id, "") for item in schema.items}


def test_a_choice_in_a_list_of_a_form(schema: Schema) -> None:
    item = schema.items[0]
    cells = [paragraph(text) for text in ("编号", "答案", "依托/不涉及")]
    chosen = "<w:p>" + choose("请选择", "依托", "不涉及", result='<w:result w:val="2"/>') + "</w:p>"
    rows = [cells, [paragraph(item.id), paragraph(""), chosen]]
    body = "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    source = read_content(zipped(word(f"<w:tbl>{body}</w:tbl>")), "表.docx", "0", schema)
    assert [answer.choice for answer in source.answers] == [Choice.NOT_APPLICABLE]
