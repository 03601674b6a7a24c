"""One return in the layouts that subsidiaries really use, and in the formats of other programs."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from questionnaire.numerals import numeral
from questionnaire.schema import Schema

Answers = dict[str, str]
Make = Callable[[Worksheet, Schema, Answers], None]


def answers_of(schema: Schema) -> Answers:
    """An answer for each item, some with figures alone, some of several lines."""
    found = {}
    for number, item in enumerate(schema.items, start=1):
        text = f"{item.marker}本年开展 {number} 次，共 {number * 3} 人次。"
        found[item.id] = f"{text}\n第二段：完成率 {number}%。" if number % 5 == 0 else text
    return found


def several_header_rows(sheet: Worksheet, schema: Schema, answers: Answers) -> None:
    """Title, company, a header of two rows with merged cells, columns of other names."""
    sheet.append(["2024 年度 ESG 信息收集表"])
    sheet.append(["填报单位：", "示例公司"])
    sheet.append([])
    sheet.append(["序号", "指标说明", "子公司填写", "", "负责部门"])
    sheet.append(["", "", "本年情况", "附件", ""])
    for area in ("C4:D4", "A4:A5", "B4:B5"):
        sheet.merge_cells(area)
    for number, item in enumerate(schema.items, start=1):
        sheet.append([number, item.question, answers[item.id], "", "安环部"])


def below_in_merged_cells(sheet: Worksheet, schema: Schema, answers: Answers) -> None:
    """Questions over merged cells, the answer in merged cells below."""
    row = 1
    for item in schema.items:
        for text in (item.marker + item.question, f"答：{answers[item.id]}"):
            sheet.cell(row, 1, text)
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=6)
            row += 1
        row += 1


def labels_only(sheet: Worksheet, schema: Schema, answers: Answers) -> None:
    """No question at all, only the printed labels."""
    sheet.append(["题号", "回复"])
    for item in schema.items:
        sheet.append([schema.label(item.id), answers[item.id]])


def edited_over_rows(sheet: Worksheet, schema: Schema, answers: Answers) -> None:
    """Questions that lost their end, answers over several rows, a column between."""
    sheet.append(["问题", "部门", "情况说明"])
    for number, item in enumerate(schema.items):
        long = number % 7 == 0 and len(item.question) > 40
        first, *more = answers[item.id].split("\n")
        sheet.append([item.question[:-6] if long else item.question, "安环部", first])
        for line in more:
            sheet.append([None, None, line])


def markers_under_titles(sheet: Worksheet, schema: Schema, answers: Answers) -> None:
    """（一） under the titles of part and section, no question."""
    sheet.append(["编号", "填报内容"])
    part = section = None
    for of_part, of_section, item in schema.walk():
        if of_part is not part:
            part = of_part
            sheet.append([f"第{numeral(part.part)}部分 {part.title}"])
        if of_section is not section:
            section = of_section
            sheet.append([f"{numeral(section.section)}、{section.title}"])
        sheet.append([item.marker, answers[item.id]])


def plain(sheet: Worksheet, schema: Schema, answers: Answers) -> None:
    """Id, question, answer."""
    sheet.append(["编号", "问题", "答案"])
    for item in schema.items:
        sheet.append([item.id, item.question, answers[item.id]])


def numbers_only(sheet: Worksheet, schema: Schema, answers: Answers) -> None:
    """Numbers from 1 to 72 that say nothing: to be refused."""
    sheet.append(["甲", "乙"])
    for number, item in enumerate(schema.items, start=1):
        sheet.append([number, answers[item.id]])


def written(make: Make, folder: Path, schema: Schema) -> Path:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "ESG调查"
    make(sheet, schema, answers_of(schema))
    path = folder / f"{make.__name__}.xlsx"
    book.save(path)
    return path


def sheet_a_part(folder: Path, schema: Schema) -> Path:
    """One sheet a part, no header, section titles between."""
    answers = answers_of(schema)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for part in schema.parts:
        sheet = book.create_sheet(f"第{part.part}部分")
        for section in part.sections:
            sheet.append([section.title])
            for item in section.items:
                sheet.append([item.marker, item.question, "", answers[item.id]])
    path = folder / "sheet_a_part.xlsx"
    book.save(path)
    return path


def converted(office: str, source: Path, form: str, folder: Path) -> Path:
    """A file as LibreOffice saves it in another format."""
    target = folder / f"saved-{source.stem}-{form.partition(':')[0]}"
    subprocess.run(
        [office, f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", form,
         "--outdir", str(target), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return next(target.iterdir())
