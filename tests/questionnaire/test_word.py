"""Word returns: numbers that are not in the text, tables, controls, changes; what is set aside is named."""

from __future__ import annotations

from collections import Counter

import pytest

from checker.checking.engine import check
from frameworks.ground.errors import ReturnError
from questionnaire.answers import OutsideKind, Return
from questionnaire.reading import read_return
from questionnaire.reading.content import read_content
from questionnaire.reading.files.numbering import formatted
from questionnaire.schema import Schema
from questionnaire.template import build_workbook
from tests.conftest import ROOT
from tests.files.package import WORD, paragraph, word, word_table, zipped
from tests.files.report import numbered
from tests.files.word_report import ASKED, FRONT


def read(body: str, schema: Schema, **options: object) -> Return:
    return read_content(zipped(word(body, **options)), "报告.docx", "0", schema)  # type: ignore[arg-type]


def texts(source: Return) -> dict[str, str]:
    return {answer.item: answer.text for answer in source.answers if answer.text}


def outside(source: Return) -> dict[OutsideKind, tuple[str, ...]]:
    return {found.kind: found.texts for found in source.outside}


@pytest.fixture(scope="module", params=["poor.txt", "good.xlsx", "middling.xlsx"])
def sample(request: pytest.FixtureRequest, schema: Schema) -> Return:
    return read_return(ROOT / "samples" / request.param, schema)


@pytest.mark.parametrize("styles", [True, False], ids=["heading styles", "numbered paragraphs"])
def test_word_and_excel_give_equal_findings(sample: Return, schema: Schema, styles: bool) -> None:
    told = read_content(zipped(numbered(sample, schema, styles=styles)), "报告.docx", "0", schema)
    typed = read_content(build_workbook(schema, source=told), "报告.xlsx", "0", schema)
    # a workbook asks for the company's profile, which a report has no place for
    findings = [
        [
            (f.rule, f.severity, f.item, f.aspect, f.evidence)
            for f in check(schema, source).findings
            if f.rule != "profile-doubtful"
        ]
        for source in (told, typed)
    ]
    assert findings[0] == findings[1]
    assert texts(told) == {answer.item: answer.text for answer in sample.answers if answer.text}
    assert told.unmatched == ()


def test_without_numbers_the_questions_themselves_are_known(schema: Schema) -> None:
    body = "".join(paragraph(item.question) + paragraph(f"答案 {item.id}。") for item in schema.items)
    assert texts(read(FRONT + body, schema)) == {item.id: f"答案 {item.id}。" for item in schema.items}


def test_a_form_in_tables(schema: Schema) -> None:
    table = [["题目", "填报内容"], *([item.question, f"甲 {item.id}\n乙"] for item in schema.items)]
    source = read(paragraph("示例公司") + word_table(table), schema)
    assert texts(source) == {item.id: f"甲 {item.id}\n乙" for item in schema.items}
    assert source.source.taken[0].items == len(schema.items)


def test_a_table_a_question(schema: Schema) -> None:
    body = "".join(word_table([[item.question], [f"甲 {item.id}"]]) for item in schema.items)
    assert texts(read(body, schema)) == {item.id: f"甲 {item.id}" for item in schema.items}


def test_controls_insertions_and_fields_are_read(schema: Schema) -> None:
    body = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        '<w:p><w:ins w:author="x"><w:r><w:t>乙</w:t></w:r></w:ins>'
        "<w:sdt><w:sdtContent><w:r><w:t>丙</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:hyperlink><w:r><w:t>丁</w:t></w:r></w:hyperlink>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    assert texts(read(FRONT + ASKED + body, schema)) == {"P1.S1.I1": "甲\n乙丙丁"}


def test_the_prompt_of_an_empty_control_is_no_answer(schema: Schema) -> None:
    body = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>单击此处输入文字。</w:t></w:r>"
        "</w:p></w:sdtContent></w:sdt>"
    )
    assert texts(read(FRONT + ASKED + body, schema)) == {}


def test_what_is_set_aside_is_named(schema: Schema) -> None:
    body = (
        "<w:p><w:r><w:t>正文</w:t></w:r><w:del><w:r><w:delText>删去的话</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏的话</w:t></w:r>"
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p>"
        "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>框里的话</w:t>"
        "</w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent><w:t>，其后</w:t></w:r>"
        "<w:r><w:drawing><w:pic/></w:drawing></w:r></w:p><w:altChunk/>"
    )
    notes = f'<w:footnotes xmlns:w="{WORD}"><w:footnote>{paragraph("脚注")}</w:footnote></w:footnotes>'
    source = read(
        FRONT + ASKED + body, schema,
        links=[("rId1", "footnotes", "footnotes.xml")], more={"word/footnotes.xml": notes},
    )  # fmt: skip
    assert texts(source) == {"P1.S1.I1": "正文，其后"}
    assert outside(source) == {
        OutsideKind.DELETED: ("删去的话",),
        OutsideKind.HIDDEN_TEXT: ("隐藏的话",),
        OutsideKind.TEXT_BOX: ("框里的话",),
        OutsideKind.PICTURE: (),
        OutsideKind.OBJECT: (),
        OutsideKind.FOOTNOTE: ("脚注",),
    }
    fired = Counter(finding.rule for finding in check(schema, source).findings)
    assert fired["outside-answer"] == 6


def test_a_table_inside_an_answer_stays_in_place(schema: Schema) -> None:
    body = paragraph("如下表：") + word_table([["类别", "数量"], ["废纸", "2.5"]]) + paragraph("以上。")
    assert texts(read(FRONT + ASKED + body, schema)) == {
        "P1.S1.I1": "如下表：\n类别\t数量\n废纸\t2.5\n以上。"
    }


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (12, "chineseCounting", "十二"), (3, "decimalEnclosedCircle", "③"), (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"), (5, "decimal", "5"), (2, "ideographTraditional", "乙"), (7, "what", "7"),
    ],
)  # fmt: skip
def test_formats_of_numbers(number: int, form: str, shown: str) -> None:
    assert formatted(number, form) == shown


def test_levels_start_again_and_legal_ones_use_digits(schema: Schema) -> None:
    from questionnaire.reading.files.numbering import Level, Numbering

    levels = {
        0: Level(form="chineseCounting", text="%1、"),
        1: Level(text="%1.%2", legal=True),
        2: Level(text="%3)", restart=0),
    }
    lists = Numbering(abstracts={"0": levels}, lists={"1": "0", "2": "0"}, overrides={("2", 0): 9})
    given = [("1", 0), ("1", 1), ("1", 1), ("1", 2), ("1", 0), ("1", 1), ("1", 2), ("2", 0)]
    shown = [lists.label("", number, level) for number, level in given]
    assert shown == ["一、", "1.1", "1.2", "1)", "二、", "2.1", "2)", "九、"]


def test_a_document_without_questions_says_how_much_was_read(schema: Schema) -> None:
    with pytest.raises(ReturnError) as caught:
        read(paragraph("会议纪要") + paragraph("第二段"), schema)
    assert caught.value.code == "no-questionnaire-text"
    assert caught.value.params["read"] == 2
