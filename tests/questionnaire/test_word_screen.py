"""Word returns read as the screen shows them: signs, powers, formulas, tracked properties, left-out columns, places."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.checking.engine import check
from checker.wording import Language, wording
from questionnaire.answers import Answer, OutsideKind, Place, Return
from questionnaire.reading.content import read_content
from questionnaire.reading.files.symbols import UNKNOWN, shown_in, sign
from questionnaire.schema import Schema
from tests.files.package import WORD, paragraph, word, word_table, zipped
from tests.files.report import numbered
from tests.files.word_report import ASKED, FRONT, Reader, run, texts

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


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
