"""Key figures read: numbers with their precision in one unit, and the aspects that they satisfy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from checker.finding import FigureResult
from checker.text.ground.numbers import ARABIC, COMMA, arabic
from questionnaire.answers import KeyFigure
from questionnaire.cells import fold
from questionnaire.figure_sheet import is_aside

if TYPE_CHECKING:
    from frameworks.figures import Figure, Figures

MOST_DECIMALS = 8  # 12.600000000001 is what a spreadsheet makes of 12.6: no precision
_SIGN = re.compile(r"[-+−]\s?")
_EXPONENT = re.compile(r"(\d{1,18}(?:\.\d{1,18})?)[eE]([-+]?\d{1,2})")
_ARABIC = re.compile(rf"{COMMA}|{ARABIC}|\d{{1,2}}(?:,\d\d){{1,4}},\d{{3}}")
# a comma is the decimal mark of this cell, whatever the others say
_DECIMAL_COMMA = re.compile(r"[-+−]?(?:[\d. ]{0,24}\d,\d{1,2}|0,\d{1,18}|\d{1,3}(?:\.\d{3})+,\d{1,18})\s?%?")
# with such cells on the sheet these may be thousands or decimals: 1,234 and 1.234
_EITHER = re.compile(r"[-+−]?[1-9]\d{0,2}[.,]\d{3}\s?%?")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as stated, with half a unit of its last digit."""

    text: str
    value: Decimal
    slack: Decimal

    def times(self, factor: Decimal) -> Number:
        """The same in another unit."""
        return Number(self.text, self.value * factor, self.slack * abs(factor))


@dataclass(frozen=True, slots=True)
class FigureReading:
    """One figure that the return gives, in the catalogue's own unit."""

    figure: Figure
    given: KeyFigure
    unit_known: bool
    value: Number | None
    last: Number | None

    @property
    def is_below_zero(self) -> bool:
        """Whether a number that cannot be negative is."""
        return self.value is not None and self.value.value < 0 and not self.figure.signed


@dataclass(frozen=True)
class FigureSheet:
    """The sheet for key figures: its rows as they stand, and by figure what can be calculated with."""

    readings: tuple[FigureReading, ...]
    employees: str = ""  # as the company's profile states them

    @cached_property
    def first(self) -> dict[str, FigureReading]:
        """The first row of every figure."""
        found: dict[str, FigureReading] = {}
        for reading in self.readings:
            found.setdefault(reading.figure.id, reading)
        return found

    @cached_property
    def usable(self) -> dict[str, FigureReading]:
        """Figures that hold a number, by id."""
        return {
            key: reading
            for key, reading in self.first.items()
            if reading.value is not None and reading.given.problem is None
        }

    @cached_property
    def repeated(self) -> tuple[tuple[FigureReading, FigureReading], ...]:
        """Rows of a figure that stands there already, behind its first one."""
        return tuple(
            (first, reading)
            for reading in self.readings
            if (first := self.first[reading.figure.id]) is not reading
        )


def read_figures(given: Iterable[KeyFigure]) -> tuple[FigureReading, ...]:
    """What was filled in, read; figures that do not apply are left out."""
    given = tuple(given)
    if not given:
        return ()
    from frameworks.figures import load_figures

    known = load_figures()
    commas = uses_decimal_comma(text for figure in given for text in (figure.value, figure.last))
    return tuple(
        _read(known, known.by_id[figure.id], figure, commas)
        for figure in given
        if figure.id in known.by_id and not is_aside(figure.value)
    )


def _read(known: Figures, figure: Figure, given: KeyFigure, commas: bool) -> FigureReading:
    factor = known.factor(figure, given.unit) if given.unit else Decimal(1)
    scale = factor if factor is not None else Decimal(1)
    value, last = (
        number.times(scale) if (number := parse_number(text, commas)) else None
        for text in (given.value, given.last)
    )
    return FigureReading(figure, given, factor is not None and bool(given.unit), value, last)


def unit_names(figure: Figure) -> tuple[str, ...]:
    """The units in which a figure may be given, its own first."""
    from frameworks.figures import load_figures

    return tuple(load_figures().units[figure.unit])


def uses_decimal_comma(texts: Iterable[str]) -> bool:
    """Whether a sheet holds a number whose comma can only be a decimal mark: 12,5 or 1.234,5."""
    return any(_DECIMAL_COMMA.fullmatch(fold(text).strip()) for text in texts if text and len(text) < 40)


def parse_number(text: str, decimal_commas: bool = False) -> Number | None:
    """A cell that holds one number and nothing else; None for words.

    Args:
        text: the cell.
        decimal_commas: whether other cells of the sheet write decimal commas; 1,234 and 1.234 are None then, for
            nothing tells whether a thousand is meant.
    """
    plain = fold(text).strip()
    if decimal_commas and _EITHER.fullmatch(plain):
        return None
    plain = plain.removesuffix("%").strip()
    sign = _SIGN.match(plain)
    value = _value(plain[sign.end() :] if sign else plain)
    if value is None:
        return None
    if sign and sign.group()[0] != "+":
        value = -value
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    slack = Decimal(1).scaleb(-min(max(places, 0), MOST_DECIMALS)) / 2
    return Number(text.strip(), value, slack)


def _value(digits: str) -> Decimal | None:
    if scientific := _EXPONENT.fullmatch(digits):
        return Decimal(scientific[1]).scaleb(int(scientific[2]))
    return arabic(digits) if _ARABIC.fullmatch(digits) else None


def results(readings: Iterable[FigureReading]) -> Iterator[FigureResult]:
    """The figures that hold a number, as the report keeps them."""
    for reading in readings:
        if reading.value is not None and reading.given.problem is None:
            given = reading.given
            yield FigureResult(id=given.id, value=reading.value.text, unit=given.unit, where=given.where)


def satisfied(readings: Iterable[FigureReading], targets: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Aspects that a figure satisfies, each with the words that show it."""
    found: dict[str, str] = {}
    for reading in readings:
        if reading.value is None or reading.given.problem is not None:
            continue
        words = f"{reading.figure.zh} {reading.value.text} {reading.given.unit}".strip()
        for aspect in targets.get(reading.figure.id, ()):
            found.setdefault(aspect, words)
    return found
