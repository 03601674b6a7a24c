"""Tables that are no workbook: text with commas or tabs between cells, and tables of web pages named .xls."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from html.parser import HTMLParser

from questionnaire.cells import clean_text
from questionnaire.reading.files import limits
from questionnaire.reading.files.archive import too_large
from questionnaire.reading.files.grid import Area, At, Book, Sheet
from questionnaire.reading.layout.columns import Keys, find_layout
from questionnaire.reading.layout.headings import matcher_for
from questionnaire.schema import Schema

LEAST_ROWS = 5  # below this a text with separators is a report that happens to hold a few
WIDE = 0.6  # share of lines that a table must break into cells; guessed
_SEPARATORS = ",\t;"


def read_delimited(text: str, file: str, schema: Schema) -> Book | None:
    """A table in text form; None where the text is none, or holds no questionnaire."""
    head = text[:20_000]
    for separator in sorted(_SEPARATORS, key=head.count, reverse=True):
        if head.count(separator) < 2 * LEAST_ROWS:
            continue
        sheet = _delimited(text, separator, file)
        if sheet is None:
            continue
        layout = find_layout(sheet, Keys(schema, matcher_for(schema)))
        if layout is not None and not layout.below:  # lines under their questions are a report
            size = len(sheet.cells)
            return Book((sheet,), "csv", size, size)
    return None


def _delimited(text: str, separator: str, file: str) -> Sheet | None:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        return None
    filled = [row for row in rows if any(row)]
    wide = sum(len(row) > 1 for row in filled)
    if wide < LEAST_ROWS or wide < WIDE * len(filled) or len(rows) > limits.ROWS:
        return None
    return _sheet("1", rows, (), file)


def read_page(content: bytes, file: str) -> Book:
    """The tables of a web page, a sheet each; nothing is fetched and no script is run.

    Raises:
        ReturnError: no text, or beyond a limit.
    """
    from questionnaire.reading.layout.narrative import decode

    page = _Page()
    page.feed(decode(content, file))
    page.close()
    sheets = tuple(
        _sheet(str(number), rows, page.merges[number - 1], file)
        for number, rows in enumerate(page.tables, start=1)
    )
    size = sum(len(sheet.cells) for sheet in sheets)
    return Book(sheets, "html", size, size)


def _sheet(name: str, rows: Iterable[list[str]], merges: Iterable[Area], file: str) -> Sheet:
    cells: dict[At, str] = {}
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if text := clean_text(value):
                cells[row, column] = text
        if len(cells) > limits.CELLS or row > limits.ROWS:
            raise too_large(file, "cells", len(cells), limits.CELLS)
    return Sheet(name, cells, tuple(merges))


class _Page(HTMLParser):
    """Collects the outermost tables; spans become merged areas."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.merges: list[list[Area]] = []
        self._depth = 0
        self._skip = 0
        self._cell: list[str] | None = None
        self._at: At = (0, 0)
        self._busy: set[At] = set()  # places that a cell above reaches down to

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Tables, rows and cells begin."""
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self.merges.append([])
                self._busy = set()
        elif tag in ("script", "style"):
            self._skip += 1
        elif self._depth == 1 and tag == "tr":
            self._close()
            self.tables[-1].append([])
        elif self._depth == 1 and tag in ("td", "th") and self.tables[-1]:
            self._close()
            self._open(dict(attrs))
        elif tag in ("br", "p", "div", "li") and self._cell:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Tables and cells end."""
        if tag == "table" and self._depth:
            if self._depth == 1:
                self._close()
            self._depth -= 1
        elif tag in ("td", "th", "tr") and self._depth == 1:
            self._close()
        elif tag in ("script", "style") and self._skip:
            self._skip -= 1

    def handle_data(self, data: str) -> None:
        """Words."""
        if self._cell is not None and not self._skip:
            self._cell.append(data)

    def _open(self, attributes: dict[str, str | None]) -> None:
        rows = self.tables[-1]
        row, line = len(rows) - 1, rows[-1]
        while (row, len(line)) in self._busy:
            line.append("")
        down, right = (_span(attributes.get(key)) for key in ("rowspan", "colspan"))
        column = len(line)
        if down * right > 1 and len(self._busy) < limits.MERGES:
            self.merges[-1].append((row, column, row + down - 1, column + right - 1))
            self._busy |= {(r, c) for r in range(row + 1, row + down) for c in range(column, column + right)}
        self._cell = []
        line.extend([""] * right)
        self._at = (row, column)

    def _close(self) -> None:
        if self._cell is not None:
            row, column = self._at
            self.tables[-1][row][column] = " ".join("".join(self._cell).split(" ")).strip()
            self._cell = None


def _span(text: str | None) -> int:
    return (
        min(int(text), limits.COLUMNS) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1
    )
