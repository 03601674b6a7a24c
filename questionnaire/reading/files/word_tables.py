"""Tables of a Word document: what each cell holds, by row and column of the grid that the screen shows."""

from __future__ import annotations

from msgspec import Struct, field

from questionnaire.reading.files import limits
from questionnaire.reading.files.archive import too_large
from questionnaire.reading.files.formats import number_of
from questionnaire.reading.files.grid import Area, At


class Table(Struct):
    """One table: cells by row and column."""

    cells: dict[At, str] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)

    def lines(self) -> list[str]:
        """A row a line, cells parted by tabs; an empty cell keeps its place, so that columns stay columns."""
        rows: dict[int, list[str]] = {}
        for (row, column), text in sorted(self.cells.items()):
            cells = rows.setdefault(row, [])
            cells.extend([""] * (min(column, limits.COLUMNS) - len(cells)))
            cells.append(" ".join(text.split("\n")))
        return ["\t".join(cells) for cells in rows.values()]


class OpenTable(Struct):
    """A table while it is read."""

    file: str
    table: Table = field(default_factory=Table)
    row: int = -1
    column: int = 0
    span: int = 1
    joined: bool = False  # the cell goes on with the one above
    lines: list[str] = field(default_factory=list)
    number: str = ""  # an automatic number that is all there is in the row's first cell
    open_merges: dict[int, tuple[int, int]] = field(default_factory=dict)  # column → first row, width

    def start(self, name: str, value: str) -> None:
        """A row, a cell, or what says how wide and how high it is.

        Raises:
            ReturnError: more rows than any honest table has.
        """
        if name == "tr":
            self.row += 1
            self.column, self.number = 0, ""
            if self.row > limits.ROWS:
                raise too_large(self.file, "rows", self.row, limits.ROWS)
        elif name == "gridBefore":  # columns that the row leaves out
            self.column = _bounded(value, least=0)
        elif name == "tc":
            self.span, self.joined, self.lines = 1, False, []
        elif name == "gridSpan":
            self.span = _bounded(value, least=1)
        else:
            self.joined = value != "restart"
            if not self.joined:
                self.open_merges[self.column] = (self.row, self.span)

    def number_alone(self, label: str) -> None:
        """An automatic number without words; in the first cell it numbers the row."""
        if not self.column and not self.lines:
            self.number = label

    def cell_end(self) -> None:
        """A cell is complete.

        Raises:
            ReturnError: more cells than any honest table has.
        """
        at = (self.row, self.column)
        text = "\n".join(self.lines)
        if text:
            self.table.cells[at] = text
        last = self.column + self.span - 1
        if self.joined and self.column in self.open_merges:
            first, width = self.open_merges[self.column]
            self.table.merges.append((first, self.column, self.row, self.column + width - 1))
        elif self.span > 1:
            self.table.merges.append((self.row, self.column, self.row, last))
        self.column = min(last + 1, limits.LAST_COLUMN)
        if len(self.table.cells) > limits.CELLS:
            raise too_large(self.file, "cells", len(self.table.cells), limits.CELLS)

    def row_end(self) -> None:
        """A row is complete: an automatic number before other cells is shown, alone it says nothing."""
        cells, number, self.number = self.table.cells, self.number, ""
        others = range(1, min(self.column, limits.COLUMNS))
        if number and (self.row, 0) not in cells and any((self.row, column) in cells for column in others):
            cells[self.row, 0] = number


def _bounded(value: str, least: int) -> int:
    return max(least, min(number_of(value), limits.COLUMNS))
