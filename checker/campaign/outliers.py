"""Figures that lie far from those of the other companies, per head, per output or by the year before; wrong units.

Compared are the logarithms: companies differ by factors. A figure is far when its distance to the median is more
than ``FAR`` times the usual one (median of distances, made comparable to a standard deviation); it looks like a wrong
unit when it is a thousand or ten thousand times the median, or that part of it (元 for 万元, kg for t).
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterable, Mapping
from statistics import median
from typing import NamedTuple

from msgspec import Struct, field

from checker.rules.peers import LabelledFigure

LEAST_PEERS = 5  # other companies with a figure; with fewer a median says little
FAR = 3.5  # Iglewicz and Hoaglin 1993, modified z-score
FACTOR = 4.0  # a figure less far than this from the median is never called an outlier (guessed)
NEAR_POWER = 0.35  # in log10: how near to a thousand or ten thousand times the median (a factor of 2.2)
SCALE = 1.4826  # median of distances to standard deviation, for a normal distribution
FACTOR_OF_YEAR = 2.0  # the same for what a figure is of last year's (guessed)
SHARES = ("%", "‰", "倍")  # nothing to be divided by a head count, like everything per something
OUTPUT, YEAR = "output", "year"  # bases; that of output goes with its unit

_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")

Value = tuple[str, str, float]  # aspect, unit, value


class FarFigure(NamedTuple):
    """A figure far from its peers', by what it is called."""

    aspect: str
    unit: str
    base: str  # head, output with its unit, year, or empty where the figure itself is compared
    value: float  # per base
    middle: float  # median of the peers
    peers: int
    power: int  # 3 or 4 for a thousand or ten thousand times, negative for a part; 0 for none


class Outlier(NamedTuple):
    """The same with its words."""

    far: FarFigure
    figure: LabelledFigure


class Figures(Struct):
    """The figures of all returns: eight bytes a value, four for whose it is."""

    values: dict[tuple[str, str, str], tuple[array[int], array[float]]] = field(default_factory=dict)

    def add(self, entry: int, figures: Iterable[Value], bases: Mapping[str, float]) -> None:
        """Takes in one return's figures, by aspect, unit and base."""
        for aspect, unit, figure in figures:
            for base, value in per_base(unit, figure, bases):
                owners, values = self.values.setdefault((aspect, unit, base), (array("I"), array("d")))
                owners.append(entry)
                values.append(value)

    def add_changes(self, entry: int, changes: Iterable[Value]) -> None:
        """Takes in what one return's figures are of the year before."""
        for figure, unit, change in changes:
            owners, values = self.values.setdefault((figure, unit, YEAR), (array("I"), array("d")))
            owners.append(entry)
            values.append(change)

    def far(self) -> dict[int, list[FarFigure]]:
        """By entry: which of its figures lie far off."""
        found: dict[int, list[FarFigure]] = {}
        for (aspect, unit, base), (owners, values) in sorted(self.values.items()):
            logs = [math.log10(value) for value in values if value > 0]
            if len(logs) <= LEAST_PEERS:
                continue
            middle = median(logs)
            usual = median(abs(each - middle) for each in logs) * SCALE
            for owner, value in zip(owners, values, strict=True):
                least = FACTOR_OF_YEAR if base == YEAR else FACTOR
                if value > 0 and (power := _verdict(math.log10(value) - middle, usual, least)) is not None:
                    far = FarFigure(aspect, unit, base, value, 10**middle, len(logs) - 1, power)
                    found.setdefault(owner, []).append(far)
        return found


def per_base(unit: str, value: float, bases: Mapping[str, float]) -> list[tuple[str, float]]:
    """The figure by each base that is known; the bare one for shares, or where no base is known."""
    if unit in SHARES or "/" in unit or not bases:
        return [("", value)]
    return [(base, value / amount) for base, amount in bases.items()]


def bases_of(profile: Mapping[str, str], figures: Iterable[Value] = ()) -> dict[str, float]:
    """What a company's figures are divided by: its heads, and its output where a figure gives it."""
    bases: dict[str, float] = {}
    found = _NUMBER.search(profile.get("employees", ""))
    if found:
        heads = float(found.group().replace(",", "").replace("，", ""))
        if heads > 0:
            bases["head"] = heads
    for aspect, unit, value in figures:
        if aspect == OUTPUT and value > 0:
            bases[f"{OUTPUT} {unit}"] = value
    return bases


def find_outliers(far: Iterable[FarFigure], figures: Iterable[LabelledFigure]) -> list[Outlier]:
    """The far figures of one return with their words; a figure far by two bases is told once, by the first."""
    known = {(figure.aspect, figure.unit): figure for figure in figures}
    told: dict[tuple[str, str], Outlier] = {}
    for each in far:
        key = each.aspect, each.unit
        if key in known:
            told.setdefault(key, Outlier(each, known[key]))
    return list(told.values())


def _verdict(distance: float, usual: float, least: float) -> int | None:
    """0 for an outlier, ±3 or ±4 for a wrong unit, None for a figure like the others."""
    if abs(distance) < math.log10(least) or abs(distance) <= FAR * usual:
        return None
    for power in (3, 4):
        if abs(abs(distance) - power) <= NEAR_POWER:
            return int(math.copysign(power, distance))
    return 0
