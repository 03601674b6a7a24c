"""Glyphs to lines, and lines to paragraphs: what a page's width broke is put together again.

A line goes on in the next one when the next one's first word would not have had room behind it; this holds for
justified and ragged text alike, and a line that its writer ended stays a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from questionnaire.numerals import NUMERALS
from questionnaire.reading.files.pdf import Glyph

CELL_GAP = 1.6  # ems between two glyphs that part columns; guessed
BLANK_GAP = 0.2  # ems between two Latin letters that stand for a blank
LABEL = 5  # glyphs of a list's mark
INDENT = 0.8  # ems by which a first line stands in
WIDE_PITCH = 1.35  # times the usual distance of lines: a paragraph ends
LEAST_PITCHES = 5  # distances that make a usual one
SLACK = 0.1  # ems of rounding
_BEGINS = re.compile(
    rf"^\s*(?:第\s?[{NUMERALS}]{{1,3}}\s?部分|[{NUMERALS}]{{1,3}}\s?[、.．]|[（(]\s?(?:[{NUMERALS}]{{1,3}}|\d{{1,2}})\s?[）)]"
    r"|\d{1,2}\s?(?:[、）)]|[.．](?!\d))|[-•·●■◆*]\s|[•●■◆]|[①-⑳]|[▪◦○□☐☑☒])"
)
_CLOSING = frozenset("，。、；：？！）》」』】〉〕”’,.;:?!)]}%％…—")
_OPENING = frozenset("（《「『【〈〔“‘([{")


class Line(Struct, frozen=True):
    """One line of one column, or a row of cells that stand apart on it."""

    cells: tuple[tuple[Glyph, ...], ...]
    page: int = 0

    @property
    def glyphs(self) -> tuple[Glyph, ...]:
        """All of them, in order."""
        return tuple(glyph for cell in self.cells for glyph in cell)

    @property
    def text(self) -> str:
        """The words, cells parted by tabs."""
        return "\t".join(words(cell) for cell in self.cells)

    @property
    def left(self) -> float:
        """Where it begins."""
        return next((g.left for g in self.glyphs if not g.is_space), self.glyphs[0].left)

    @property
    def right(self) -> float:
        """Where its last letter ends; closing marks may hang over the margin and do not count."""
        solid = [g for g in self.glyphs if not g.is_space]
        while len(solid) > 1 and solid[-1].text in _CLOSING:
            solid.pop()
        return solid[-1].right if solid else self.left

    @property
    def end(self) -> float:
        """Where its last mark ends."""
        return max((g.right for g in self.glyphs if not g.is_space), default=self.left)

    @property
    def size(self) -> float:
        """One em."""
        return median(g.size for g in self.glyphs)

    @property
    def middle(self) -> float:
        """Height of its centre."""
        return median(g.middle for g in self.glyphs)


def lines_of(glyphs: Iterable[Glyph], page: int, *, cells: bool = True) -> list[Line]:
    """Glyphs by line from the top, each from the left.

    Args:
        glyphs: in any order.
        page: its number.
        cells: part a line where a wide gap stands in it.
    """
    rows: list[list[Glyph]] = []
    reach = middle = 0.0
    for glyph in sorted(glyphs, key=lambda g: -g.middle):
        if not rows or middle - glyph.middle > 0.5 * reach:
            rows.append([])
            middle, reach = glyph.middle, 0.0
        if glyph.size > reach:
            middle, reach = glyph.middle, glyph.size
        rows[-1].append(glyph)
    found = []
    for row in rows:
        solid = _single(sorted(row, key=lambda g: (g.left, g.right)))
        if any(not glyph.is_space for glyph in solid):
            found.append(Line(tuple(_parted(solid)) if cells else (tuple(solid),), page))
    return found


def _single(row: list[Glyph]) -> list[Glyph]:
    """Without the second of two equal letters at one place: bold type made by drawing twice."""
    kept: list[Glyph] = []
    for glyph in row:
        twin = any(
            glyph.text == other.text
            and abs(glyph.left - other.left) < 0.3 * max(1.0, glyph.right - glyph.left)
            for other in kept[-2:]
        )
        if not twin:
            kept.append(glyph)
    return kept


def _parted(row: list[Glyph]) -> list[tuple[Glyph, ...]]:
    size = median(g.size for g in row)
    cells: list[list[Glyph]] = [[]]
    for glyph in row:
        if cells[-1] and glyph.left - cells[-1][-1].right > CELL_GAP * size:
            cells.append([])
        cells[-1].append(glyph)
    found = [tuple(cell) for cell in cells if any(not glyph.is_space for glyph in cell)]
    if len(found) > 1 and len(found[0]) <= LABEL and _BEGINS.match(f"{words(found[0])} "):
        found[:2] = [(*found[0], _blank(found[0][-1]), *found[1])]  # 1. and its text, a tab between
    return found


def _blank(after: Glyph) -> Glyph:
    return Glyph(" ", after.right, after.bottom, after.right, after.top)


def words(cell: Sequence[Glyph]) -> str:
    """The text of glyphs on one line; a gap between Latin letters is a blank."""
    pieces: list[str] = []
    before: Glyph | None = None
    for glyph in cell:
        if (
            before is not None
            and glyph.left - before.right > BLANK_GAP * glyph.size
            and _is_latin(before.text)
            and _is_latin(glyph.text)
        ):
            pieces.append(" ")
        pieces.append(glyph.text)
        before = glyph
    return "".join(pieces)


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalnum()


def paragraphs(lines: Sequence[Line], right: float) -> list[tuple[str, int]]:
    """Lines of one column to paragraphs, each with the page on which it begins.

    Args:
        lines: in order, over any number of pages.
        right: how far a line may reach.
    """
    pitch = usual_pitch(lines)
    left = min((line.left for line in lines), default=0.0)
    first_stands_in = _first_lines_stand_in(lines, left)
    found: list[tuple[str, int]] = []
    for index, line in enumerate(lines):
        text = line.text
        inset = first_stands_in and line.left - left > INDENT * line.size
        if (
            index
            and not (inset and not _BEGINS.match(found[-1][0]))
            and goes_on(lines[index - 1], line, right, pitch)
        ):
            found[-1] = (_joined(found[-1][0], text), found[-1][1])
        else:
            found.append((text, line.page))
    return [(text.strip(), page) for text, page in found]


def _first_lines_stand_in(lines: Sequence[Line], left: float) -> bool:
    """Whether lines that stand in begin a paragraph, as Chinese reports have it, or whole paragraphs do."""
    inset = [line.left - left > INDENT * line.size for line in lines]
    pairs = list(pairwise(inset))
    return pairs.count((True, False)) * 2 >= pairs.count((True, True))


def usual_pitch(lines: Sequence[Line]) -> float:
    """The usual distance of two lines; 0 where there are too few."""
    steps = [one.middle - other.middle for one, other in pairwise(lines) if one.page == other.page]
    steps = [step for step in steps if step > 0]
    return median(steps) if len(steps) >= LEAST_PITCHES else 0.0


def goes_on(line: Line, after: Line, right: float, pitch: float) -> bool:
    """Whether a line was broken by the margin alone."""
    text = after.text
    if len(line.cells) > 1 or len(after.cells) > 1 or _BEGINS.match(text):
        return False
    em = line.size
    if abs(em - after.size) > 0.15 * em:
        return False  # a heading of another size
    if line.page == after.page and pitch and line.middle - after.middle > WIDE_PITCH * pitch:
        return False
    if after.left - line.left > INDENT * em and not _BEGINS.match(line.text):
        return False
    return right - line.end < _first_word(after) + SLACK * em


def _first_word(line: Line) -> float:
    """The width of what may not be broken at a line's beginning."""
    solid = [glyph for glyph in line.glyphs if not glyph.is_space]
    count = 1
    latin = _is_latin(solid[0].text)
    while count < len(solid):
        glyph, before = solid[count], solid[count - 1]
        close = glyph.left - before.right < BLANK_GAP * glyph.size
        tied = latin and close and (glyph.text.isascii() or glyph.text in _CLOSING)
        if not (tied or before.text in _OPENING or glyph.text in _CLOSING):
            break
        latin = latin or _is_latin(glyph.text)
        count += 1
    return solid[count - 1].right - solid[0].left


def _joined(before: str, after: str) -> str:
    bare = before.rstrip()
    after = after.lstrip()
    one, other = bare[-1:], after[:1]
    number = one.isdigit() and other.isdigit()  # broken in its middle, as some programs do
    blank = before != bare or (_is_latin(one) and _is_latin(other) and not number)
    return f"{bare}{' ' if blank else ''}{after}"
