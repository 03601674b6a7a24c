"""A workbook as every reader hands it on: sparse sheets of clean text, and an account of what was not text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache

from msgspec import Struct, field

from questionnaire.answers import OutsideKind, Problem
from questionnaire.reading.files import limits

At = tuple[int, int]  # row and column, from 0
Area = tuple[int, int, int, int]  # first row, first column, last row, last column

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,10})")


class Extra(Struct, frozen=True):
    """Something on a sheet that is no cell's value: a comment, a text box, a picture."""

    kind: OutsideKind
    text: str
    at: At


class Sheet(Struct, frozen=True, dict=True):
    """One sheet; cells without a value are absent."""

    name: str
    cells: Mapping[At, str]
    merges: tuple[Area, ...] = ()
    problems: Mapping[At, Problem] = field(default_factory=dict)
    extras: tuple[Extra, ...] = ()
    visible: bool = True
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @cached_property
    def rows(self) -> dict[int, dict[int, str]]:
        """The cells by row and column, in order; cells of a merged area all show its first one's text."""
        found: dict[int, dict[int, str]] = {}
        for row, column in sorted(self.cells):
            found.setdefault(row, {})[column] = self.cells[row, column]
        for (row, column), first in self.covered.items():
            text = self.cells.get(first)
            if text is not None:
                found.setdefault(row, {})[column] = text
        return dict(sorted(found.items()))

    @cached_property
    def covered(self) -> dict[At, At]:
        """Cells that a merged area hides, with the area's first cell; only where the sheet holds anything."""
        last_row = max((row for row, _ in self.cells), default=-1)
        last_column = min(max((column for _, column in self.cells), default=-1), limits.COLUMNS)
        covered: dict[At, At] = {}
        for top, left, bottom, right in self.merges:
            height = min(bottom, last_row + 1) - top + 1
            width = min(right, last_column + 1) - left + 1
            if height <= 0 or width <= 0 or len(covered) + height * width > limits.MERGES:
                continue
            for row in range(top, top + height):
                for column in range(left, left + width):
                    if (row, column) != (top, left):
                        covered[row, column] = (top, left)
        return covered

    def dense(self, rows: int) -> list[list[str]]:
        """The first rows as lists of texts, no wider than any honest sheet."""
        found: list[list[str]] = []
        for row, cells in self.rows.items():
            if row >= rows:
                break
            found.extend([] for _ in range(len(found), row + 1))
            width = min(max(cells) + 1, limits.COLUMNS)
            found[row] = [cells.get(column, "") for column in range(width)]
        return found

    def own(self, row: int, right_of: int = -1) -> dict[int, str]:
        """The cells of a row right of a column that continue no merged one, by column."""
        cells = self.rows[row].items()
        return {
            column: text for column, text in cells if column > right_of and (row, column) not in self.covered
        }

    def name_of(self, row: int, column: int) -> str:
        """A cell's name, or that of the first cell of its merged area."""
        return reference(*self.covered.get((row, column), (row, column)))

    def text(self, row: int, column: int) -> str:
        """What a cell shows; a merged area shows its first cell's text everywhere."""
        return self.cells.get(self.covered.get((row, column), (row, column)), "")


class Book(Struct, frozen=True):
    """A whole workbook and how completely it was read."""

    sheets: tuple[Sheet, ...]
    reader: str  # which reader gave it: own, calamine …
    read: int = 0  # cells with a value that were read
    present: int = 0  # cells with a value that the file holds, counted independently where the format allows

    @property
    def uncalculated(self) -> int:
        """Formulas whose result was never stored."""
        return self._count(Problem.UNCALCULATED)

    @property
    def errors(self) -> int:
        """Cells that hold an Excel error."""
        return self._count(Problem.EXCEL_ERROR)

    def _count(self, problem: Problem) -> int:
        return sum(found is problem for sheet in self.sheets for found in sheet.problems.values())


def reference(row: int, column: int) -> str:
    """A cell's name as Excel shows it, from 0-based row and column.

    >>> reference(16, 3)
    'D17'
    """
    return f"{letters(column)}{row + 1}"


def letters(column: int) -> str:
    """A column's letters.

    >>> letters(27)
    'AB'
    """
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


@lru_cache(maxsize=20_000)
def cell_at(name: str) -> At | None:
    """Row and column from 0 of a cell's name; None for what is no cell of Excel's grid.

    >>> cell_at("D17")
    (16, 3)
    """
    found = _REFERENCE.fullmatch(name)
    if found is None:
        return None
    column = 0
    for letter in found.group(1).upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(found.group(2))
    inside = 1 <= row <= limits.LAST_ROW and column <= limits.LAST_COLUMN
    return (row - 1, column - 1) if inside else None
