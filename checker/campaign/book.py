"""The rows of a campaign workbook, however its owner edited it; only for the guarded worker.

A reader that lays a sheet out in full (calamine, fast) ends the process on one note at XFD1048576; where a sheet
reaches that far, its cells are taken one by one instead. The limits of a return do not hold: a campaign is larger.
"""

from __future__ import annotations

import io
import re
import zipfile

LAID_OUT = 20_000_000  # cells of a sheet that may be laid out in full
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,7})"')
_COLUMN = re.compile(rb'\br="([A-Z]{1,3})\d{1,7}"')

Rows = list[list[str]]


def read_rows(content: bytes) -> dict[str, Rows]:
    """By sheet, its rows as texts; empty rows may be left out, and empty cells at a row's end.

    Raises:
        Exception: of nearly any kind, where the bytes are damaged.
    """
    if not reaches_far(content):
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {
            name: [list(map(str, row)) for row in book.get_sheet_by_name(name).to_python()]
            for name in book.sheet_names
        }
    return _read_sparse(content)


def reaches_far(content: bytes) -> bool:
    """Whether any sheet is too large to be laid out in full."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                part = archive.read(name)
                rows = max((int(found) for found in _ROW.findall(part)), default=0)
                letters = max((len(found) for found in set(_COLUMN.findall(part))), default=0)
                if rows * 26**letters > LAID_OUT and rows * _width(part) > LAID_OUT:
                    return True
    return False


def _width(part: bytes) -> int:
    widest = 0
    for letters in set(_COLUMN.findall(part)):
        column = 0
        for letter in letters:
            column = column * 26 + letter - ord("A") + 1
        widest = max(widest, column)
    return widest


def _read_sparse(content: bytes) -> dict[str, Rows]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    found: dict[str, Rows] = {}
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        rows = found[sheet.title] = []
        for row in sheet.iter_rows(values_only=True):
            if any(value is not None for value in row):
                rows.append(["" if value is None else str(value) for value in row])
    return found
