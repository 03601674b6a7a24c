"""Workbooks in other formats (.xls, .xlsb, .ods), and OOXML that our own reader refuses: by calamine.

calamine can end the process and shows errors as empty, so it runs only inside the worker (``isolate``), and its
result is held against a count from the file's own records.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from msgspec.structs import replace

from frameworks.ground.errors import ReturnError
from questionnaire.answers import Problem
from questionnaire.cells import clean_text
from questionnaire.reading.files import limits
from questionnaire.reading.files.archive import open_archive, too_large
from questionnaire.reading.files.binary import Count, count_old
from questionnaire.reading.files.binary12 import count_binary
from questionnaire.reading.files.damage import count_parts
from questionnaire.reading.files.formats import show_text
from questionnaire.reading.files.grid import Area, At, Book, Sheet
from questionnaire.reading.files.opendocument import count_open
from questionnaire.reading.files.sniff import Kind
from questionnaire.template import words

UNREADABLE = {
    Kind.OLD_WORKBOOK: "old-unreadable",
    Kind.BINARY_WORKBOOK: "old-unreadable",
    Kind.OPEN_WORKBOOK: "old-unreadable",
    Kind.WORKBOOK: "damaged",
}


def read_legacy(content: bytes, file: str, kind: Kind) -> Book:
    """A workbook's bytes to its sheets.

    Raises:
        ReturnError: the reader cannot read it, or it is beyond a limit.
    """
    count, damaged = _count(content, file, kind)
    if count.protected:
        raise ReturnError("encrypted", file=file)
    sheets, blank = _sheets(content, file, kind)
    sheets = [_completed(sheet, index, count) for index, sheet in enumerate(sheets)]
    book = Book(tuple(sheets), "calamine")
    read = sum(len(sheet.cells) for sheet in sheets) + book.errors + blank
    if damaged:  # calamine looks at no checksum and reads on behind broken tags: a digit may be another
        raise ReturnError(
            "damaged-part", file=file, part=damaged, read=read, present=max(read, count.present)
        )
    return Book(tuple(sheets), "calamine", read, max(read, count.present))


def _count(content: bytes, file: str, kind: Kind) -> tuple[Count, str]:
    """What the file holds, and the part of an OOXML workbook that cannot be trusted."""
    if kind is Kind.OLD_WORKBOOK:
        return count_old(content) or Count(), ""
    with open_archive(content, file) as archive:
        if kind is Kind.WORKBOOK:
            return count_parts(archive)
        archive.check_sums()
        if kind is Kind.BINARY_WORKBOOK:
            return count_binary(archive), ""
        return count_open(archive), ""


def _sheets(content: bytes, file: str, kind: Kind) -> tuple[list[Sheet], int]:
    """The sheets, and how many values were but blanks."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found: list[Sheet] = []
        blank = 0
        for meta in book.sheets_metadata:
            if meta.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            merges = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
            rows = sheet.to_python(skip_empty_area=False)
            visible = meta.visible is SheetVisibleEnum.Visible
            found.append(_sheet(meta.name, rows, merges, visible, file))
            blank += sum(value != "" for row in rows for value in row) - len(found[-1].cells)
    except ReturnError:
        raise
    except MemoryError:
        raise
    except BaseException as error:  # a panic of the library is no Exception; all mean the same to a clerk
        if type(error).__name__ == "PasswordError":
            raise ReturnError("encrypted", file=file) from error
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise ReturnError(UNREADABLE[kind], file=file, kind=kind.value) from error
    return found, blank


def _sheet(name: str, rows: Iterable[list[Any]], merges: tuple[Area, ...], visible: bool, file: str) -> Sheet:
    cells: dict[At, str] = {}
    size = filled = 0
    for row, values in enumerate(rows):
        before = len(cells)
        for column, value in enumerate(values):
            if text := show(value):
                cells[row, column] = text
                size += len(text)
        filled += len(cells) > before
        if filled > limits.ROWS or len(cells) > limits.CELLS or size > limits.TEXT:
            raise too_large(file, "rows", filled, limits.ROWS)
    return Sheet(clean_text(name), cells, merges, visible=visible)


def _completed(sheet: Sheet, index: int, count: Count) -> Sheet:
    """A sheet with its errors, its numbers as they are shown, and the words that formats add to texts."""
    errors, shown = count.errors.get(index, set()), count.shown.get(index, {})
    dressed = count.dressed.get(index, {})
    if not (errors or shown or dressed):
        return sheet
    cells = {at: shown.get(at, text) for at, text in sheet.cells.items() if at not in errors}
    cells |= {at: clean_text(show_text(cells[at], form)) for at, form in dressed.items() if at in cells}
    problems = dict.fromkeys(errors, Problem.EXCEL_ERROR)
    return replace(sheet, cells=cells, problems=problems)


def show(value: Any) -> str:
    """A cell's value as the clerk sees it, clean."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, bool):
        return str(words()["yes" if value else "no"][0])
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M")
    if isinstance(value, date | time | timedelta | int):
        return str(value)
    return ""
