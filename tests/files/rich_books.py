"""A filled workbook with all that a clerk's file may hold besides its answers."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import xlsxwriter

from questionnaire.schema import Schema

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301"
    "0100c9fe92ef0000000049454e44ae426082"
)
MACROS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)  # never opened


def rich_book(folder: Path, schema: Schema, *, macros: bool = False) -> Path:
    """Picture, text box, chart, comment, lists, conditional colours, names, formulas, merged and hidden cells."""
    path = folder / ("富.xlsm" if macros else "富.xlsx")
    with xlsxwriter.Workbook(path) as book:
        sheet, other = book.add_worksheet("问卷"), book.add_worksheet("附表")
        head = book.add_format({"bold": True, "bg_color": "#1F4E5F", "font_color": "#FFFFFF"})
        given = book.add_format({"text_wrap": True, "border": 1, "font_name": "SimSun", "num_format": "@"})
        for column, text in enumerate(("编号", "问题", "答案", "字数")):
            sheet.write_string(0, column, text, head)
        for row, item in enumerate(schema.items, start=1):
            sheet.write_string(row, 0, item.id)
            sheet.write_string(row, 1, item.question, given)
            if row % 3:
                sheet.write_rich_string(row, 2, "本年", head, f"开展 {row} 次", "，全部完成。", given)
            sheet.write_formula(row, 3, f"=LEN(C{row + 1})", None, 12)
        sheet.set_column(2, 2, 50, given)
        sheet.set_row(4, 60)
        sheet.write_comment(5, 2, "请核对", {"author": "张三"})
        sheet.data_validation(1, 3, 99, 3, {"validate": "integer", "criteria": ">=", "value": 0})
        sheet.conditional_format(1, 2, 99, 2, {"type": "blanks", "format": head})
        sheet.insert_textbox(2, 6, "内部意见")
        sheet.insert_image(8, 6, "章.png", {"image_data": io.BytesIO(PNG)})
        sheet.autofilter(0, 0, 72, 3)
        sheet.protect("", {"sort": True})
        book.define_name("答案区", "=问卷!$C$2:$C$73")
        other.write_row(0, 0, [1, 2.5, True])
        other.merge_range(2, 0, 3, 1, "合并", head)
        other.hide()
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=附表!$A$1:$B$1"})
        sheet.insert_chart(12, 6, chart)
        if macros:
            (folder / "vbaProject.bin").write_bytes(MACROS)
            book.add_vba_project(str(folder / "vbaProject.bin"))
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    """The parts of an Office file by name."""
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}
