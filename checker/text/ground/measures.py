"""Figures made comparable: one unit a dimension, and how far the written digits let the true value stray."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct

from checker.text.ground.numbers import ARABIC, COMMA, MIXED, POWER, arabic, plain
from checker.text.ground.quantities import Quantity
from frameworks.ground.yaml import load_data

APPROXIMATE = Decimal("0.05")  # guessed: 约 and 余 let a value stray by a twentieth
MOST_DECIMALS = 8  # 33.3333333333333 is what a spreadsheet makes of a third: no precision
_WRITTEN = re.compile(f"(?P<mixed>{MIXED})|{COMMA}|{ARABIC}")
_POWER = re.compile(f"{POWER}$")
_ZEROS = re.compile("0*$")


class Measure(Struct, frozen=True):
    """A figure in the smallest unit of its dimension; the true value lies between ``low`` and ``high``."""

    text: str
    start: int
    end: int
    value: Decimal
    low: Decimal
    high: Decimal
    dimension: str  # that of figures.yaml, else the unit itself
    counted: bool  # a whole number of persons or things
    whole: bool  # written without decimals and without a hedge
    step: Decimal = Decimal(0)  # worth of the last digit written; 0 where that is exact, or hedged

    def agrees(self, other: Measure) -> bool:
        """Whether both can be the same value, rounded to the nearest, up or down (25571 for 25570.26)."""
        if self.low <= other.high and other.low <= self.high:
            return True
        return self.step != other.step and abs(self.value - other.value) < max(self.step, other.step)


def dimension_of(unit: str) -> str:
    """What a unit measures: that of figures.yaml, else the unit itself.

    >>> dimension_of("千克") == dimension_of("t"), dimension_of("吨标准煤") == dimension_of("吨")
    (True, False)
    """
    return _dimensions().get(unit, (unit, Decimal(1)))[0]


@lru_cache(maxsize=1024)  # an answer's figures are measured by several readers
def measure(quantity: Quantity) -> Measure | None:
    """The measure of a figure; None for a range, a ratio, a vague or an open one (超过 500 人)."""
    if quantity.exact in ("range", "vague") or not quantity.value:
        return None
    try:
        value = Decimal(quantity.value)
    except InvalidOperation:
        return None
    dimension, factor = _dimensions().get(quantity.unit, (quantity.unit, Decimal(1)))
    counted = dimension in _data()["counted"] or quantity.kind in _data()["counted_kinds"]
    decimals, step = _step(quantity.text, value)
    stray = Decimal(0) if counted and step <= 1 else step / 2
    low, high = value - stray, value + stray
    if quantity.exact in ("approx", "lower"):
        high += max(abs(value) * APPROXIMATE, step)
    if quantity.exact in ("approx", "upper"):
        low -= max(abs(value) * APPROXIMATE, step)
    return Measure(
        quantity.text, quantity.start, quantity.end, value * factor, low * factor, high * factor,
        dimension, counted, not decimals and quantity.exact == "exact",
        step * factor if stray and quantity.exact == "exact" else Decimal(0),
    )  # fmt: skip


def _step(text: str, value: Decimal) -> tuple[int, Decimal]:
    """Decimals that are written, and the worth of the last digit that is (0.1万 → 1000)."""
    found = _WRITTEN.search(text)
    if found is None:
        return 0, Decimal(1)
    if found["mixed"]:  # 25万6千: to the thousand
        zeros = _ZEROS.search(plain(value))
        return 0, Decimal(10) ** (len(zeros.group()) if zeros else 0)
    number = arabic(_POWER.sub("", found.group()))
    if number is None:
        return 0, Decimal(1)
    exponent = number.as_tuple().exponent
    decimals = min(-exponent, MOST_DECIMALS) if isinstance(exponent, int) and exponent < 0 else 0
    scale = abs(value / number) if number else Decimal(1)
    return decimals, scale.scaleb(-decimals)


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_data("checker.data", "figures.yaml")
    return data


@cache
def _dimensions() -> dict[str, tuple[str, Decimal]]:
    return {
        unit: (name, Decimal(str(factor)))
        for name, units in _data()["dimensions"].items()
        for unit, factor in units.items()
    }
