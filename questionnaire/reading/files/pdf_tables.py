"""Ruled lines of a page to tables: cells by row and column, merged ones with their area, the words in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from msgspec import Struct

from questionnaire.cells import clean_text
from questionnaire.reading.files.grid import At
from questionnaire.reading.files.pdf import Box, Glyph, Page
from questionnaire.reading.files.pdf_lines import lines_of, paragraphs
from questionnaire.reading.files.word_tables import Table

NEAR = 2.5  # points by which lines that are meant to meet may miss
PADDING = 6.0  # points between a cell's edge and its words, at most
MOST_LINES = 2_000  # of one page that are looked at


class PlacedTable(Struct, frozen=True):
    """A table of a page."""

    table: Table
    box: Box
    columns: tuple[float, ...]  # the edges between its columns


def tables_of(page: Page) -> tuple[list[PlacedTable], list[Glyph]]:
    """The tables of a page from the top, and the glyphs outside them."""
    across, upright = _joined(page.across, lying=True), _joined(page.upright, lying=False)
    if len(across) < 2 or len(upright) < 2 or len(across) + len(upright) > MOST_LINES:
        return [], page.glyphs
    found: list[PlacedTable] = []
    rest = page.glyphs
    for lying, standing in _meeting(across, upright):
        grid = _Grid(lying, standing)
        inside = [glyph for glyph in rest if grid.holds(glyph)]
        table = grid.table(inside)
        if table is not None:
            found.append(PlacedTable(table, grid.box, tuple(grid.xs)))
            taken = set(map(id, inside))
            rest = [glyph for glyph in rest if id(glyph) not in taken]
    return sorted(found, key=lambda placed: -placed.box.top), rest


def _joined(rules: Iterable[Box], *, lying: bool) -> list[Box]:
    """Pieces on one line that touch, as one; a line drawn as a thin rectangle has two sides."""
    spans = sorted(_span(box, lying=lying) for box in rules)
    levels: list[tuple[float, list[tuple[float, float]]]] = []
    for level, first, last in spans:
        if not levels or level - levels[-1][0] > NEAR:
            levels.append((level, []))
        levels[-1][1].append((first, last))
    found = []
    for level, pieces in levels:
        merged: list[list[float]] = []
        for first, last in sorted(pieces):
            if merged and first - merged[-1][1] <= NEAR:
                merged[-1][1] = max(merged[-1][1], last)
            else:
                merged.append([first, last])
        found += [Box(a, level, b, level) if lying else Box(level, a, level, b) for a, b in merged]
    return found


def _span(box: Box, *, lying: bool) -> tuple[float, float, float]:
    """A line's level, first and last place along it."""
    if lying:
        return (box.bottom + box.top) / 2, box.left, box.right
    return (box.left + box.right) / 2, box.bottom, box.top


def _meeting(across: list[Box], upright: list[Box]) -> list[tuple[list[Box], list[Box]]]:
    """Lines in groups that touch each other: a group is a table's frame."""
    groups: list[tuple[list[Box], list[Box]]] = []
    left = list(range(len(upright)))
    open_ = set(range(len(across)))
    while left:
        standing, lying, queue = [], [], [left.pop(0)]
        while queue:
            post = upright[queue.pop()]
            standing.append(post)
            for index in [i for i in open_ if _touch(across[i], post)]:
                open_.discard(index)
                lying.append(across[index])
                met = [i for i in left if _touch(across[index], upright[i])]
                queue += met
                left = [i for i in left if i not in met]
        if len(lying) >= 2 and len(standing) >= 2:
            groups.append((lying, standing))
    return groups


def _touch(beam: Box, post: Box) -> bool:
    return (
        beam.left - NEAR <= post.left <= beam.right + NEAR
        and post.bottom - NEAR <= beam.bottom <= post.top + NEAR
    )


class _Grid:
    """The cells between lines."""

    def __init__(self, lying: list[Box], standing: list[Box]) -> None:
        self.lying, self.standing = lying, standing
        self.xs = _levels(post.left for post in standing)
        self.ys = _levels(beam.bottom for beam in lying)[::-1]  # from the top
        self.box = Box(self.xs[0], self.ys[-1], self.xs[-1], self.ys[0])

    def holds(self, glyph: Glyph) -> bool:
        """Whether a glyph stands within the frame."""
        centre = (glyph.left + glyph.right) / 2
        return self.box.left <= centre <= self.box.right and self.box.bottom <= glyph.middle <= self.box.top

    def table(self, glyphs: list[Glyph]) -> Table | None:
        """The cells' words; None for a frame that parts nothing."""
        first = self._merged()
        held: dict[At, list[Glyph]] = {}
        rows = [-y for y in self.ys]
        for glyph in glyphs:
            column = bisect_right(self.xs, (glyph.left + glyph.right) / 2) - 1
            row = bisect_right(rows, -glyph.middle) - 1
            at = (min(max(row, 0), len(rows) - 2), min(max(column, 0), len(self.xs) - 2))
            held.setdefault(first[at], []).append(glyph)
        last: dict[At, At] = {}
        for at, head in first.items():
            known = last.get(head, head)
            last[head] = (max(known[0], at[0]), max(known[1], at[1]))
        table = Table()
        for head, inside in held.items():
            if text := self._words(inside, head, last[head]):
                table.cells[head] = text
        table.merges = [(*head, *end) for head, end in last.items() if head != end]
        return table if len(last) > 1 and table.cells else None

    def _words(self, glyphs: list[Glyph], head: At, end: At) -> str:
        lines = lines_of(glyphs, 0, cells=False)
        if not lines:
            return ""
        left, right = self.xs[head[1]], self.xs[end[1] + 1]
        padding = max(0.0, min(PADDING, min(line.left for line in lines) - left))
        return clean_text("\n".join(text for text, _ in paragraphs(lines, right - padding)))

    def _merged(self) -> dict[At, At]:
        """Every place of the grid with the first place of the cell that it belongs to."""
        first: dict[At, At] = {}
        for row in range(len(self.ys) - 1):
            for column in range(len(self.xs) - 1):
                head = (row, column)
                if column and not self._post_between(row, column):
                    head = first[row, column - 1]
                elif row and not self._beam_between(row, column):
                    head = first[row - 1, column]
                first[row, column] = head
        return first

    def _post_between(self, row: int, column: int) -> bool:
        x, y = self.xs[column], (self.ys[row] + self.ys[row + 1]) / 2
        return any(abs(post.left - x) <= NEAR and post.bottom <= y <= post.top for post in self.standing)

    def _beam_between(self, row: int, column: int) -> bool:
        x, y = (self.xs[column] + self.xs[column + 1]) / 2, self.ys[row]
        return any(abs(beam.bottom - y) <= NEAR and beam.left <= x <= beam.right for beam in self.lying)


def _levels(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found
