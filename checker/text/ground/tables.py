"""Tables in an answer: lines of cells divided by tabs, by | or by runs of blanks; heads, row labels, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from checker.text.ground.numbers import ARABIC, COMMA, arabic

MAX_COLUMNS = 40
MAX_ROWS = 400

_RULER = re.compile(r"[\s|:：\-—+=]{3,400}")
_GAP = re.compile(r"(?:[ \u00a0]{2}|[ \u00a0]?\u3000)[ \u00a0\u3000]{0,400}")
_NUMBER = re.compile(
    rf"(?P<hedge>约|≈|~|近)?\s?(?P<sign>[-−－+])?(?P<number>{COMMA}|{ARABIC})"
    r"\s?(?P<more>余|多)?\s?(?P<percent>[%％‰])?(?P<unit>[A-Za-z吨]{0,3}CO[2₂][^\d\s，。；、：]{0,4}|[^\d\s，。；、：/（）()-][^\d\s，。；、：]{0,9})?"
)
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF0E)}
_EMPTY = frozenset({"", "/", "-", "—", "--", "——", "–", "\\", "／", "无", "N/A", "n/a", "－"})
_YEAR = re.compile(r"(?:19|20)\d\d\s?年?度?|\d{1,2}\s?月份?")


class Cell(Struct, frozen=True):
    """One cell; ``value`` is None for words and for an empty cell."""

    text: str
    start: int
    end: int
    value: Decimal | None = None
    half: Decimal = Decimal(0)  # half the worth of the last digit
    percent: bool = False
    unit: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing, or a dash."""
        return self.text in _EMPTY


class Row(Struct, frozen=True):
    """A line of numbers with its label (its first words; empty where it has none)."""

    cells: tuple[Cell, ...]
    label: str
    start: int
    end: int


class Table(Struct, frozen=True):
    """Lines of cells that stand together."""

    start: int
    end: int
    caption: str  # the line above
    heads: tuple[str, ...]  # one a column, lines of a head joined
    rows: tuple[Row, ...]


def find_tables(text: str) -> tuple[Table, ...]:
    """All tables of a text that hold numbers, in order."""
    text = text.replace("｜", "|")
    if "\t" not in text and "|" not in text and "  " not in text and "\u3000" not in text:
        return ()
    found: list[Table] = []
    block: list[list[Cell]] = []
    mark = caption = above = ""
    offset = 0
    for line in [*text.split("\n"), ""]:
        kind = "\t" if "\t" in line else "|" if line.count("|") >= 2 else _blank_mark(line)
        if block and kind != mark:
            found += _table(block, caption, mark)
            block = []
        if kind:
            if not block:
                mark, caption = kind, above
            if not (kind == "|" and _RULER.fullmatch(line)):
                block.append(list(_cells(line, offset, kind)))
        elif line.strip():
            above = line
        offset += len(line) + 1
    return tuple(found)


def _blank_mark(line: str) -> str:
    stripped = line.strip()
    return " " if ("  " in stripped or "\u3000" in stripped) and _GAP.search(stripped) else ""


def _cells(line: str, offset: int, mark: str) -> Iterator[Cell]:
    if mark == " ":
        edges = [match.span() for match in _GAP.finditer(line)]
    else:
        edges = [(at, at + 1) for at, character in enumerate(line) if character == mark]
    begin = 0
    spans = []
    for start, end in [*edges, (len(line), len(line))]:
        spans.append((begin, start))
        begin = end
    if mark != "\t" and spans and not line[spans[0][0] : spans[0][1]].strip():
        spans = spans[1:]
    if mark != "\t" and spans and not line[spans[-1][0] : spans[-1][1]].strip():
        spans = spans[:-1]
    for start, end in spans[:MAX_COLUMNS]:
        words = line[start:end].strip()
        at = offset + start + (len(line[start:end]) - len(line[start:end].lstrip()))
        yield _cell(words, at)


def _cell(words: str, start: int) -> Cell:
    end = start + len(words)
    match = _NUMBER.fullmatch(words.translate(_WIDE)) if len(words) <= 40 else None
    if match is None or _YEAR.fullmatch(words):
        return Cell(words, start, end)
    value = arabic(match["number"])
    if value is None:
        return Cell(words, start, end)
    half = Decimal(5).scaleb(-1 - _decimals(value))
    if match["sign"] and match["sign"] != "+":
        value = -value
    if match["hedge"] or match["more"]:
        half = max(half, abs(value) / 20)
    return Cell(words, start, end, value, half, bool(match["percent"]), match["unit"] or "")


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _table(block: list[list[Cell]], caption: str, mark: str) -> Iterator[Table]:
    block = block[:MAX_ROWS]
    if mark == " ":
        widths = {len(cells) for cells in block}
        if len(block) < 2 or len(widths) > 2 or max(widths) < 2 or not any(map(_numbers, block)):
            return
    first = 0
    while first < len(block) and _is_head(block, first):
        first += 1
    if first == len(block):
        return
    width = max(len(cells) for cells in block)
    heads = tuple(
        " ".join(dict.fromkeys(cells[at].text for cells in block[:first] if at < len(cells)))
        for at in range(width)
    )
    rows = tuple(
        Row(tuple(cells), _label(cells), cells[0].start, cells[-1].end) for cells in block[first:] if cells
    )
    yield Table(block[0][0].start if block[0] else rows[0].start, rows[-1].end, caption, heads, rows)


def _numbers(cells: list[Cell]) -> int:
    return sum(cell.value is not None for cell in cells)


def _is_head(block: list[list[Cell]], at: int) -> bool:
    """A line without numbers at the top; or one number among words, above a line of numbers."""
    numbers = _numbers(block[at])
    if not numbers:
        return True
    if numbers > 1 or at + 1 == len(block):
        return False
    words = sum(cell.value is None and not cell.is_empty for cell in block[at])
    return words >= 3 and _numbers(block[at + 1]) >= 3


def _label(cells: list[Cell]) -> str:
    """The first words of a line; a number before them is its place in a list."""
    for at, cell in enumerate(cells):
        if cell.value is not None and at:
            return ""
        if cell.value is None and not cell.is_empty:
            return cell.text
    return ""
