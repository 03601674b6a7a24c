"""Word returns with fields and controls: what a form's boxes and lists say, and what shows no code of its own."""

from __future__ import annotations

import pytest

from questionnaire.answers import Choice
from questionnaire.reading.content import read_content
from questionnaire.schema import Schema
from tests.files.package import paragraph, word, zipped
from tests.files.word_report import Reader, run


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


def test_a_choice_in_a_list_of_a_form(schema: Schema) -> None:
    item = schema.items[0]
    cells = [paragraph(text) for text in ("编号", "答案", "依托/不涉及")]
    chosen = "<w:p>" + choose("请选择", "依托", "不涉及", result='<w:result w:val="2"/>') + "</w:p>"
    rows = [cells, [paragraph(item.id), paragraph(""), chosen]]
    body = "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    source = read_content(zipped(word(f"<w:tbl>{body}</w:tbl>")), "表.docx", "0", schema)
    assert [answer.choice for answer in source.answers] == [Choice.NOT_APPLICABLE]


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
