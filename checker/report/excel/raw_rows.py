"""Rows of text written straight into a sheet of XlsxWriter: a tenth of the time for lists of a million cells.

XlsxWriter keeps a sheet that is written row by row in a temporary file of finished XML (``constant_memory``); here
the rows are put into that file as they are. Every cell is an inline string, so nothing in it can take effect.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct, field

from checker.report.excel.style import CELL_LIMIT, row_height

REPLACEMENT = "\ufffd"
OPEN, END = "\0", "\1"  # the row's number, and the end of a row: letters that no XML holds
SHORT = 60  # characters; shorter texts come again and again

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_")


class RowShape(Struct, frozen=True):
    """How the rows of one list are written.

    Attributes:
        widths: of its columns.
        plain: the number of the usual style.
        coloured: by a word of the second column, the number of that cell's style.
    """

    widths: tuple[int, ...]
    plain: int
    coloured: Mapping[str, int] = field(default_factory=dict)

    def row(self, values: Sequence[str]) -> str:
        """A row as XML; its number is left open, for whoever writes it knows how many stand above."""
        cells = []
        lines = 1
        for column, value in enumerate(values):
            if value:
                width = self.widths[column] - 2
                if 2 * len(value) > width:  # Chinese letters are two units wide
                    lines = max(lines, 2 * len(value) // width + 1 + value.count("\n"))
                style = self.coloured.get(value, self.plain) if column == 1 else self.plain
                cells.append(cell(column, value, style))
        return f'<row r="{OPEN}" ht="{row_height(lines)}" customHeight="1">{"".join(cells)}</row>{END}'


def cell(column: int, text: str, style: int) -> str:
    """A cell as XML, its row's number left open."""
    xml = _short(text) if len(text) < SHORT else _xml(text)
    return f'<c r="{_letters(column)}{OPEN}" s="{style}" t="inlineStr"><is><t{xml}</t></is></c>'


class RawRows:
    """The rows behind a sheet's heads."""

    def __init__(self, sheet: Any, columns: int, head: int) -> None:
        sheet._write_single_row(head + 1)  # what was written so far goes into the file first
        self.sheet, self.file = sheet, sheet.row_data_fh
        sheet.dim_colmax = max(sheet.dim_colmax or 0, columns - 1)

    def add(self, row: int, xml: str) -> None:
        """One row of ``RowShape``, without its end, at a place (0-based)."""
        self.file.write(xml.replace(OPEN, str(row + 1)))
        self.sheet.dim_rowmax = row


def _xml(text: str) -> str:
    """Text with the end of the tag before it; what XML cannot hold is written the way Excel does it."""
    if len(text) > CELL_LIMIT:
        text = text[: CELL_LIMIT - 1] + "…"
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: "_x005F" + found.group(), text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "_x000D_")
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() or "\n" in text else ""
    return f"{space}>{_FORBIDDEN.sub(REPLACEMENT, text)}"


_short = lru_cache(maxsize=8192)(_xml)


@cache
def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
