"""The same return as a text, a Word document with automatic numbers, and a workbook."""

from __future__ import annotations

from questionnaire.answers import Return
from questionnaire.schema import Schema
from tests.files.package import WORD, Parts, paragraph, word, word_table

_LEVELS = (("第%1部分", "第一部分"), ("%2、", "一、"), ("（%3）", "（一）"))
NUMBERING = (
    f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="7">'
    + "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, (text, _) in enumerate(_LEVELS)
    )
    + '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
)
STYLES = f'<w:styles xmlns:w="{WORD}">' + "".join(
    f'<w:style w:styleId="标题{level}"><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>'
    "</w:pPr></w:style>"
    for level in range(3)
) + "</w:styles>"  # fmt: skip


def numbered(source: Return, schema: Schema, *, styles: bool) -> Parts:
    """A return as a Word report: the numbers of parts, sections and items are automatic, tables are tables."""
    found = {answer.item: answer for answer in source.answers}
    body = [paragraph(source.company), paragraph(f"{source.year} 年度 ESG 报告")]
    if preface := source.profile.value("preface"):
        body += [paragraph(line) for line in preface.split("\n")]
    part = section = None
    for of_part, of_section, item in schema.walk():
        if of_part is not part:
            part = of_part
            body.append(_heading(part.title, 0, styles))
        if of_section is not section:
            section = of_section
            body.append(_heading(section.title, 1, styles))
        answer = found.get(item.id)
        body.append(_heading((answer and answer.question) or item.question, 2, styles))
        body += _answer(answer.text if answer else "")
    links = [("rId1", "numbering", "numbering.xml"), ("rId2", "styles", "styles.xml")]
    return word("".join(body), links=links, more={"word/numbering.xml": NUMBERING, "word/styles.xml": STYLES})


def _heading(text: str, level: int, styles: bool) -> str:
    if styles:
        return paragraph(text, f'<w:pStyle w:val="标题{level}"/>')
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>')


def _answer(text: str) -> list[str]:
    """Lines as paragraphs; lines with tabs as the rows of one table."""
    body: list[str] = []
    table: list[list[str]] = []
    for line in text.split("\n") if text else []:
        if "\t" in line:
            table.append(line.split("\t"))
            continue
        if table:
            body.append(word_table(table))
            table = []
        body.append(paragraph(line))
    return [*body, word_table(table)] if table else body
