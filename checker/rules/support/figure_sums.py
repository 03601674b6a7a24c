"""Totals and ratios on the sheet for key figures that the other rows do not make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from checker.reading.key_figures import FigureReading, Number

if TYPE_CHECKING:
    from frameworks.figures import Figure

EXACT = Decimal("1e-6")  # share: what binary fractions of a spreadsheet leave


class FalseSum(NamedTuple):
    """A total beside what its parts make."""

    parts: tuple[FigureReading, ...]
    sum: str
    total: str


class FalseRatio(NamedTuple):
    """A ratio's two figures, and what they give."""

    of: FigureReading
    per: FigureReading
    expected: str


def find_false_sums(total: FigureReading, usable: Mapping[str, FigureReading]) -> Iterator[FalseSum]:
    """Parts must add up to the total; while some are blank, those given must not exceed it."""
    if total.value is None or not total.unit_known:
        return
    for group in total.figure.sums:
        parts = tuple(usable[part] for part in group if part in usable and usable[part].unit_known)
        numbers = [part.value for part in parts if part.value is not None]
        if not numbers:
            continue
        found = sum((number.value for number in numbers), Decimal(0))
        slack = total.value.slack + sum((number.slack for number in numbers), Decimal(0))
        over = found - total.value.value
        # a total that is coarser than its parts may have been rounded up, or cut off
        rounded = (
            min(number.slack for number in numbers) < total.value.slack and abs(over) < 2 * total.value.slack
        )
        fits = rounded or abs(over) <= max(slack, abs(found) * EXACT)
        if not fits and (len(numbers) == len(group) or over > 0):
            yield FalseSum(parts, _plain(found), _plain(total.value.value))


def find_false_ratio(
    reading: FigureReading, usable: Mapping[str, FigureReading], rough: float
) -> FalseRatio | None:
    """The figures of a ratio that they do not give within ``rough``, a share of what they give."""
    ratio = reading.figure.ratio
    if ratio is None or reading.value is None:
        return None
    of, per = usable.get(ratio.of), usable.get(ratio.per)
    if of is None or per is None or of.value is None or per.value is None or not per.value.value:
        return None
    if not (reading.unit_known and of.unit_known and per.unit_known):
        return None
    wanted = of.value.value / per.value.value * ratio.times
    slack = Decimal(str(rough))
    if any(_near(reading.value, wanted, scale, slack) for scale in _scales(reading.figure)):
        return None
    return FalseRatio(of, per, _plain(wanted))


def _scales(figure: Figure) -> Sequence[int]:
    """A cell formatted as per cent holds the share itself."""
    return (1, 100) if figure.unit == "percent" else (1,)


def _near(number: Number, wanted: Decimal, scale: int, rough: Decimal) -> bool:
    slack = max(number.slack * scale, abs(wanted) * rough)
    return abs(number.value * scale - wanted) <= slack


def _plain(value: Decimal) -> str:
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return text or "0"
