"""Commas in figures: decimal marks (12,5), thousands marks (1,286 人, 1,234.5), or either (1,234 吨)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.text.ground.quantities import Quantity

_DECIMAL = re.compile(r"\d,\d{1,2}(?!\d)|\d\.\d{3},\d")
_THOUSANDS = re.compile(r"\d,\d{3}(?:[.,]\d|，)")
_EITHER = re.compile(r"(?<![\d.,])\d{1,3},\d{3}(?![\d.,])")
_COUNTS = ("count", "attendance")  # kinds that cannot be divided: their commas mark thousands


def comma_is_decimal(quantities: Iterable[Quantity]) -> bool:
    """Whether commas are decimal marks in some of a return's figures and thousands marks in none."""
    decimal = False
    for figure in quantities:
        if "," not in figure.text:
            continue
        if _THOUSANDS.search(figure.text) or (
            figure.kind.startswith(_COUNTS) and _EITHER.search(figure.text)
        ):
            return False
        decimal = decimal or _DECIMAL.search(figure.text) is not None
    return decimal


def find_unsure(quantities: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """Figures of which nobody can tell whether they are thousands of times larger: 1,234 吨 beside 12,5 吨."""
    return tuple(
        figure
        for figure in quantities
        if "," in figure.text and not figure.kind.startswith(_COUNTS) and _EITHER.search(figure.text)
    )
