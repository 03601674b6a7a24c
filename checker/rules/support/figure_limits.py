"""Bounds of key figures: what cannot be, or hardly."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from checker.reading.key_figures import FigureReading, FigureSheet, Number


class Fault(NamedTuple):
    """In what way a number is out of range: negative, fraction, share, most or least."""

    kind: str
    bound: Decimal = Decimal(0)
    sure: bool = True  # false: beyond a bound that is guessed


def fault_of(reading: FigureReading, number: Number | None) -> Fault | None:
    """How a number of a figure is out of range; None for one that can be, or cannot be converted."""
    from frameworks.figures import load_figures

    if number is None or not reading.unit_known:
        return None
    known = load_figures()
    limits, value = known.limits(reading.figure), number.value
    if known.is_whole(reading.figure) and value != value.to_integral_value():
        return Fault("fraction")
    if value < 0 and limits.least is not None:
        return Fault("negative")
    if limits.most is not None and value > limits.most:
        return Fault("share" if limits.hard else "most", limits.most, limits.hard)
    if limits.least is not None and value < limits.least:
        return Fault("least", limits.least, limits.hard)
    return None


def implausible_share(reading: FigureReading, sheet: FigureSheet) -> tuple[FigureReading, Decimal] | None:
    """By what a figure was divided, and what came out, where that is beyond its bounds."""
    bounds = reading.figure.plausible
    per = sheet.usable.get(bounds.per) if bounds else None
    if bounds is None or per is None or reading.base is None or per.base is None or per.base.value <= 0:
        return None
    each = reading.base.value / per.base.value
    fits = (bounds.least or Decimal(0)) <= each <= (bounds.most or each)
    return None if fits else (per, each)
