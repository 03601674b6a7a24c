"""Totals, differences, ratios and parts on the sheet for key figures that the other rows do not bear out.

All is compared in the first unit of a kind, with half a unit of every number's last digit, a whole one of what is
claimed (25571 for 25570.26 is rounded up), and what a conversion by way of a substance may be wrong by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from checker.reading.key_figures import EXACT, FigureReading, Number, as_decimal

PERCENT = "percent"
ROUND = 100  # from here on two decimals say enough

Usable = Mapping[str, FigureReading]


class FalseSum(NamedTuple):
    """A figure beside what others make of it, in its own unit as given."""

    parts: tuple[FigureReading, ...]
    sum: str
    lacks_stock: bool = False  # what was taken from stock or put there is not told


class FalseRatio(NamedTuple):
    """A ratio's two figures, and what they give."""

    of: FigureReading
    per: FigureReading
    expected: str


def find_false_sums(total: FigureReading, usable: Usable) -> Iterator[FalseSum]:
    """Parts must add up to the total; while some are blank, those given must not exceed it."""
    claimed = total.base
    if claimed is None:
        return
    for group in total.figure.sums:
        parts = _of_kind(total, group, usable)
        numbers = [part.base for part in parts if part.base is not None]
        if not numbers:
            continue
        found = sum((number.value for number in numbers), Decimal(0))
        blank = set(group) - {part.figure.id for part in parts}
        lacks_stock = bool(blank) and not any(part.figure.stock for part in parts) and _is_stock(blank)
        if _fits(claimed, found, numbers):
            continue
        if not blank or lacks_stock or found > claimed.value:
            yield FalseSum(parts, _as_given(total, found), lacks_stock)


def find_false_difference(figure: FigureReading, usable: Usable) -> FalseSum | None:
    """The figures whose difference a figure is, where it is not; silent where they leave less than nothing."""
    claimed, parts = figure.base, _of_kind(figure, figure.figure.less, usable)
    if claimed is None or not parts or len(parts) < len(figure.figure.less):
        return None
    numbers = [part.base for part in parts if part.base is not None]
    found = numbers[0].value - sum((number.value for number in numbers[1:]), Decimal(0))
    if found < 0 or _fits(claimed, found, numbers):
        return None
    return FalseSum(parts, _as_given(figure, found))


def find_false_part(part: FigureReading, usable: Usable) -> FigureReading | None:
    """The figure of which another is a part, where it is the smaller one."""
    belongs = part.figure.part_of
    whole = usable.get(belongs.figure) if belongs else None
    if whole is None or part.base is None or whole.base is None:
        return None
    counted = part.base.slack == 0 == whole.base.slack  # persons and cases are counted alike
    if _kind(part) != _kind(whole) and not counted:
        return None
    room = sum((n.slack + n.spread for n in (part.base, whole.base)), abs(whole.base.value) * EXACT)
    return whole if part.base.value - whole.base.value > room else None


def find_false_ratio(reading: FigureReading, usable: Usable, rough: float) -> FalseRatio | None:
    """The figures of a ratio that they do not give within ``rough``, a share of what they give."""
    ratio, claimed = reading.figure.ratio, reading.base
    of = usable.get(ratio.of) if ratio else None
    if ratio is None or claimed is None or of is None or of.base is None:
        return None
    for name in ratio.per:
        per = usable.get(name)
        if per is None or per.base is None or not per.base.value or not _divides(reading, of, per):
            continue
        wanted = of.base.value / per.base.value * ratio.times
        wrong = sum(n.spread / abs(n.value) for n in (of.base, per.base) if n.value)
        room = abs(wanted) * (Decimal(str(rough)) + wrong)
        if any(_near(claimed, wanted, scale, room) for scale in _scales(reading)):
            return None
        return FalseRatio(of, per, _as_given(reading, wanted))
    return None


def conversions_of(readings: Iterable[FigureReading]) -> list[str]:
    """What was converted by way of a substance, as 1 unit of it in the unit of the table of factors."""
    from frameworks.figures import load_figures

    known, found = load_figures(), []
    for reading in readings:
        if (conversion := reading.conversion) and conversion.substance:
            substance = known.table.substances[conversion.substance]
            unit = next((each.unit for each in substance.equal if each.kind == conversion.kind), "")
            size = known.table.size(conversion.kind, unit)
            if size is not None:
                amount = _plain(as_decimal(conversion.factor * conversion.own / size))
                found.append(f"1 {reading.given.unit}{substance.zh} = {amount} {unit}")
    return list(dict.fromkeys(found))


def _of_kind(total: FigureReading, ids: Iterable[str], usable: Usable) -> tuple[FigureReading, ...]:
    found = (usable[name] for name in ids if name in usable)
    return tuple(reading for reading in found if reading.unit_known and _kind(reading) == _kind(total))


def _kind(reading: FigureReading) -> str:
    return reading.conversion.kind if reading.conversion else ""


def _is_stock(blank: set[str]) -> bool:
    from frameworks.figures import load_figures

    return all(load_figures().by_id[name].stock for name in blank)


def _fits(claimed: Number, found: Decimal, numbers: Iterable[Number]) -> bool:
    room = 2 * claimed.slack + claimed.spread
    room += sum((number.slack + number.spread for number in numbers), Decimal(0))
    return abs(found - claimed.value) <= max(room, abs(found) * EXACT)


def _divides(reading: FigureReading, of: FigureReading, per: FigureReading) -> bool:
    """Whether a ratio is one of these two, by their units: per tonne, per piece or per 10,000 yuan."""
    kind = _kind(reading)
    if "/" in kind:
        return kind == f"{_kind(of)}/{_kind(per)}"
    return kind != PERCENT or _kind(of) == _kind(per)


def _scales(reading: FigureReading) -> tuple[int, ...]:
    """A cell formatted as per cent holds the share itself."""
    return (1, 100) if _kind(reading) == PERCENT else (1,)


def _near(number: Number, wanted: Decimal, scale: int, room: Decimal) -> bool:
    return abs(number.value * scale - wanted) <= max(number.slack * scale, room)


def _as_given(reading: FigureReading, base: Decimal) -> str:
    """An amount of a kind's first unit in the unit in which a figure was given."""
    conversion = reading.conversion
    if conversion is None:
        return _plain(base)
    amount = Fraction(base) / (conversion.own * conversion.factor)
    return f"{_plain(as_decimal(amount))} {reading.given.unit}".strip()


def _plain(value: Decimal) -> str:
    text = (f"{value:.2f}" if abs(value) >= ROUND else f"{value:.4f}").rstrip("0").rstrip(".")
    return text or "0"
