"""Rows of text written straight into a sheet of XlsxWriter: a tenth of the time for lists of a million cells.

XlsxWriter keeps a sheet that is written row by row in a temporary file of finished XML (``constant_memory``); here
the rows are put into that file as they are. Every cell is an inline string, so nothing in it can take effect.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

CELL_LIMIT = 32_767
SHORT = 60  # characters; shorter texts come again and again

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_")


class RawRows:
    """The rows behind a sheet's heads."""

    def __init__(self, sheet: Any, columns: int, head: int, style: Any) -> None:
        sheet._write_single_row(head + 1)  # what was written so far goes into the file first
        self.sheet, self.file = sheet, sheet.row_data_fh
        self.plain = style._get_xf_index()
        self.letters = [_letters(column) for column in range(columns)]
        sheet.dim_colmax = max(sheet.dim_colmax or 0, columns - 1)

    def add(self, row: int, values: Sequence[str], coloured: Any = None) -> None:
        """One row (0-based); ``coloured`` is the second column's style. Empty cells are left out."""
        number = row + 1
        cells = []
        for column, value in enumerate(values):
            if value:
                style = coloured._get_xf_index() if column == 1 and coloured is not None else self.plain
                text = _short(value) if len(value) < SHORT else _xml(value)
                cells.append(
                    f'<c r="{self.letters[column]}{number}" s="{style}" t="inlineStr"><is>'
                    f'<t xml:space="preserve">{text}</t></is></c>'
                )
        self.file.write(f'<row r="{number}">{"".join(cells)}</row>')
        self.sheet.dim_rowmax = row


def _xml(text: str) -> str:
    """Text as it stands between tags; what XML cannot hold is written the way Excel does it."""
    if len(text) > CELL_LIMIT:
        text = text[: CELL_LIMIT - 1] + "…"
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: "_x005F" + found.group(), text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "_x000D_")
    return _FORBIDDEN.sub("\ufffd", text)


_short = lru_cache(maxsize=8192)(_xml)


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
