"""Gap lists that are filled in, as their owner does it in Excel."""

from __future__ import annotations

from pathlib import Path

import openpyxl

MEASURE = "补培训 ①"
NUMBER = "13800000000"


def fill(path: Path, gap: int = 0) -> str:
    """Fills the row of a gap, as Excel would; returns its gap id."""
    book = openpyxl.load_workbook(path)
    sheet = book["缺口清单"]
    heads = {cell.value: cell.column for cell in sheet[2]}
    for head, value in (("整改措施", MEASURE), ("责任人", NUMBER), ("完成时间", "2099-01-01")):
        sheet.cell(3 + gap, heads[head]).value = value
    fingerprint = str(sheet.cell(3 + gap, heads["缺口编号"]).value)
    book.save(path)
    return fingerprint


def rows_of(path: Path, name: str) -> dict[str, dict[str, object]]:
    """The rows of a sheet by gap id, each by its heads."""
    lines = list(openpyxl.load_workbook(path)[name].iter_rows(min_row=2, values_only=True))
    found = [dict(zip(map(str, lines[0]), line, strict=True)) for line in lines[1:]]
    return {str(row["缺口编号"]): row for row in found}
