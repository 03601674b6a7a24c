"""Numbers whose unit is told once for all: by the head of a table, or in brackets before what is listed.

The cells of a table drawn with tabs; 危废（吨）：铝灰渣812.6、污泥96.5; the lines under 危险废物（吨）.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest
from typing import NamedTuple

from checker.text.ground.numbers import ARABIC, arabic
from checker.text.ground.unit_words import head_unit, kind_of

_CELL = re.compile(ARABIC)
_HEAD = re.compile(
    r"[（(](?:单位[:：]?\s?)?[^（）()\d\n]{1,10}[)）][^\S\n]?(?:[:：][^\S\n]*(?P<behind>\S)?|$)", re.MULTILINE
)
_LIST_END = re.compile(r"[。\n]")
_ROW = re.compile(  # a name and its number
    r"\n\s*(?:[-—•·]\s?)?[^\d:：，,。；;\n]{1,16}[:： \t]{0,3}\d[\d,]*(?:\.\d+)?[；;。，,]?\s*(?=\n|\Z)"
)
_LISTED = re.compile(rf"(?<![\d.,/(（A-Za-z])({ARABIC})(?=\s?(?:[、，,。；;＋+）)｜|→=＝\n]|\Z))")


class CellFigure(NamedTuple):
    """A number and where it stands; its unit is empty where no head names one."""

    start: int
    end: int
    value: Decimal
    unit: str


def cell_figures(folded: str) -> list[CellFigure]:
    """The figures in order; years are none."""
    found: list[CellFigure] = []
    head: list[str] = []
    offset = 0
    for line in folded.split("\n"):
        if "\t" not in line:
            head = []
            offset += len(line) + 1
            continue
        cells = line.split("\t")
        numeric = [bool(_CELL.fullmatch(cell.strip())) and not is_year(cell.strip()) for cell in cells]
        if not any(numeric) and not _repeats(head, cells):
            head = [f"{head[at] if at < len(head) else ''} {cell}" for at, cell in enumerate(cells)]
        position = offset
        for at, cell in enumerate(cells):
            value = arabic(cell.strip()) if numeric[at] else None
            if value is not None:
                start = position + len(cell) - len(cell.lstrip())
                unit, worth = head_unit(head[at]) if at < len(head) else ("", Decimal(1))
                if not unit and at:
                    unit, worth = head_unit(cells[0])
                if not unit and at and head:  # 排放 tCO2e | 2023 | 2024: the corner names it for all
                    unit, worth = head_unit(head[0])
                found.append(CellFigure(start, start + len(cell.strip()), value * worth, unit))
            position += len(cell) + 1
        offset += len(line) + 1
    return found


class Listed(NamedTuple):
    """A list behind or below the unit of its figures."""

    start: int
    end: int
    unit: str
    worth: Decimal


def find_lists(text: str) -> Iterator[Listed]:
    """The lists behind or below a unit in brackets, in order.

    One behind it ends with its sentence or before the next unit, one below it with its rows.
    """
    heads = list(_HEAD.finditer(text))
    for head, following in zip_longest(heads, heads[1:]):
        unit, worth = head_unit(head.group())
        if kind_of(unit) == "number":
            continue
        start = end = head.start("behind") if head["behind"] else head.end()
        if head["behind"]:
            most = following.start() if following else len(text)
            stop = _LIST_END.search(text, end, most)
            end = stop.start() if stop else most
        while not head["behind"] and (row := _ROW.match(text, end)) is not None:
            end = row.end()
        yield Listed(start, end, unit, worth)


def listed_figures(folded: str) -> Iterator[CellFigure]:
    """Their figures, in order; years are none."""
    for listed in find_lists(folded):
        for match in _LISTED.finditer(folded, listed.start, listed.end):
            value = None if is_year(match[1]) else arabic(match[1])
            if value is not None:
                yield CellFigure(*match.span(1), value * listed.worth, listed.unit)


def is_year(text: str) -> bool:
    """Whether four digits name a year."""
    return len(text) == 4 and text[:2] in ("19", "20") and text.isdigit()


def _repeats(head: list[str], cells: list[str]) -> bool:
    """Whether a line without numbers only repeats the head (a second header of a joined table)."""
    return bool(head) and [cell.strip() for cell in cells] == [cell.strip() for cell in head]
