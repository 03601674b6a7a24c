"""A return as a printed report: the same words as the Word form, in a PDF's lines and pages."""

from __future__ import annotations

from questionnaire.answers import Return
from questionnaire.numerals import numeral
from questionnaire.schema import Schema
from tests.files.pdf import Writer


def printed(
    source: Return, schema: Schema, *, header: str = "", indent: int = 0, ruled: bool = True
) -> Writer:
    """A return set along the questionnaire's headings; tables as tables."""
    writer = Writer(header, indent=indent)
    found = {answer.item: answer for answer in source.answers}
    writer.paragraph(source.company)
    writer.paragraph(f"{source.year} 年度 ESG 报告")
    if preface := source.profile.value("preface"):
        for line in preface.split("\n"):
            writer.paragraph(line)
    part = section = None
    for of_part, of_section, item in schema.walk():
        if of_part is not part:
            part = of_part
            writer.paragraph(f"第{numeral(part.part)}部分 {part.title}")
        if of_section is not section:
            section = of_section
            writer.paragraph(f"{numeral(section.section)}、{section.title}")
        answer = found.get(item.id)
        writer.paragraph(f"{item.marker}{(answer and answer.question) or item.question}")
        set_answer(writer, answer.text if answer else "", ruled=ruled)
    return writer


def set_answer(writer: Writer, text: str, *, ruled: bool = True) -> None:
    """Lines as paragraphs; lines with tabs as the rows of one table."""
    table: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            table.append(line.split("\t"))
            continue
        if table:
            writer.table(table, ruled=ruled)
            table = []
        if line:
            writer.paragraph(line)
