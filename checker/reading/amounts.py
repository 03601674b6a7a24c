"""The figures and stated nils of an answer, in order; a bare number has the unit that stands near it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from checker.reading.asked import kind_of as asked_kind
from checker.reading.quotes import is_row
from checker.text.ground.nil import find_nils
from checker.text.ground.quantities import Quantity, find_quantities
from checker.text.ground.unit_words import head_unit, kind_of

_LED = re.compile(r"([^：:。；;，,]{1,20})[：:]")  # what leads a line
_CELL = re.compile(r"[\t|]")
_PER = re.compile(r"单[只件套位台吨]|每|/[件只套吨台]|万元产值")
_SCALES = ("thousand", "million", "billion")
_UNIT = re.compile(r"\s?([A-Za-z]{1,4}[³23]?)(?![A-Za-z])")
_REACHED = re.compile(r"^[，,；;（(\s]*(?:实际|实绩|实测)[为是达到]{0,2}\s?$")


class WrittenFigure(NamedTuple):
    """Where a figure stands; one without a quantity is a stated nil."""

    start: int
    end: int
    quantity: Quantity | None


def figures_of(answer: str) -> tuple[WrittenFigure, ...]:
    """Its figures and stated nils."""
    found: list[WrittenFigure] = []
    for start, end, quantity in amounts_in(answer):
        before = found[-1].quantity if found else None
        found.append(WrittenFigure(start, end, quantity and _led(answer, quantity, before)))
    return tuple(found)


@lru_cache(maxsize=2048)
def amounts_in(words: str) -> tuple[tuple[int, int, Quantity | None], ...]:
    """Where words tell a figure; a stated nil is one without a quantity."""
    found: list[tuple[int, int, Quantity | None]] = [(q.start, q.end, q) for q in find_quantities(words)]
    found += [(nil.start, nil.end, None) for nil in find_nils(words)]
    return tuple(sorted(found, key=lambda each: each[:2]))


def _led(answer: str, quantity: Quantity, before: Quantity | None) -> Quantity:
    """A bare number with the unit that the lead of its line names: 危废 t：铝灰286.3、污泥38.2.

    What was reached is told in the unit of what was aimed at (目标20.9 kg/件，实际20.7).
    """
    if quantity.unit in _SCALES:  # 5.28 million m³ amid Chinese words
        behind = _UNIT.match(answer, quantity.end)
        known = kind_of(behind[1]) if behind else "number"
        return quantity._replace(unit=behind[1], kind=known) if behind and known != "number" else quantity
    if quantity.unit:
        return quantity
    if before is not None and before.unit and _REACHED.search(answer[before.end : quantity.start]):
        return quantity._replace(unit=before.unit, kind=before.kind)
    lead = answer[answer.rfind("\n", 0, quantity.start) + 1 : quantity.start]
    if is_row(lead):
        return _labelled(quantity, next((cell for cell in _CELL.split(lead) if cell.strip()), ""))
    found = _LED.match(lead)
    unit = head_unit(found.group(1))[0] if found else ""
    return quantity._replace(unit=unit, kind=kind_of(unit)) if unit else quantity


def _labelled(quantity: Quantity, label: str) -> Quantity:
    """A bare number of a table's row with the unit that the row's first cell names: 外购电（万千瓦时）."""
    unit = head_unit(label)[0]
    if not unit:
        return quantity
    kind = "rate" if _PER.search(label) else asked_kind(unit) or kind_of(unit)
    return quantity._replace(unit=unit, kind=kind)
