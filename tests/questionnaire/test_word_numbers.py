"""Automatic numbers of Word lists: shown before what they number, and in no question's way."""

from __future__ import annotations

from questionnaire.answers import Return
from questionnaire.reading.content import read_content
from questionnaire.reading.files.numbering import Level, Numbering
from questionnaire.schema import Schema
from tests.files.package import WORD, paragraph, word, zipped
from tests.files.word_report import ASKED, FRONT, texts

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
