"""Numbers that fill the cells of a table drawn with tabs, each with the unit that its head names."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from checker.text.ground.numbers import ARABIC, arabic
from checker.text.ground.unit_words import head_unit

_CELL = re.compile(ARABIC)


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


def is_year(text: str) -> bool:
    """Whether four digits name a year."""
    return len(text) == 4 and text[:2] in ("19", "20") and text.isdigit()


def _repeats(head: list[str], cells: list[str]) -> bool:
    """Whether a line without numbers only repeats the head (a second header of a joined table)."""
    return bool(head) and [cell.strip() for cell in cells] == [cell.strip() for cell in head]
