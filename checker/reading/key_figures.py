"""Key figures read: numbers with their precision in one unit, and the aspects that they satisfy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from checker.finding import FigureResult
from checker.text.ground.numbers import ARABIC, COMMA, arabic
from questionnaire.answers import KeyFigure
from questionnaire.cells import fold, squeeze
from questionnaire.figure_sheet import is_aside, words

if TYPE_CHECKING:
    from frameworks.figures import Conversion, Figure, Figures, Own

MOST_DECIMALS = 8  # 12.600000000001 is what a spreadsheet makes of 12.6: no precision
EXACT = Decimal("1e-6")  # share: what binary fractions of a spreadsheet leave
_SIGN = re.compile(r"[-+−]\s?")
_EXPONENT = re.compile(r"(\d{1,18}(?:\.\d{1,18})?)[eE]([-+]?\d{1,2})")
_ARABIC = re.compile(rf"{COMMA}|{ARABIC}|\d{{1,2}}(?:,\d\d){{1,4}},\d{{3}}")
# a comma is the decimal mark of this cell, whatever the others say
_DECIMAL_COMMA = re.compile(r"[-+−]?(?:[\d. ]{0,24}\d,\d{1,2}|0,\d{1,18}|\d{1,3}(?:\.\d{3})+,\d{1,18})\s?%?")
# with such cells on the sheet these may be thousands or decimals: 1,234 and 1.234
_EITHER = re.compile(r"[-+−]?[1-9]\d{0,2}[.,]\d{3}\s?%?")


class Number(Struct, frozen=True):
    """A number as stated, with half a unit of its last digit."""

    text: str
    value: Decimal
    slack: Decimal
    spread: Decimal = Decimal(0)  # by how much a conversion may be wrong

    def times(self, factor: Fraction, wrong: Fraction = Fraction(0)) -> Number:
        """The same in another unit; ``wrong`` is the share by which the factor may be."""
        if factor == 1 and not wrong:
            return self
        value = as_decimal(Fraction(self.value) * factor)
        slack = as_decimal(Fraction(self.slack) * abs(factor))
        spread = Fraction(self.spread) * abs(factor) + abs(Fraction(value)) * wrong
        return Number(self.text, value, slack, as_decimal(spread))

    def agrees(self, other: Number, *, converted: bool = True) -> bool:
        """Whether both may be one number, rounded in any way; ``converted`` leaves room for conversions."""
        room = 2 * max(self.slack, other.slack) + (self.spread + other.spread if converted else 0)
        return abs(self.value - other.value) <= max(room, abs(self.value) * EXACT)


class FigureReading(Struct, frozen=True):
    """One figure that the return gives, in the catalogue's own unit."""

    figure: Figure
    given: KeyFigure
    conversion: Conversion | None  # None: its unit is not there, or of another kind
    value: Number | None
    last: Number | None

    @property
    def unit_known(self) -> bool:
        """Whether it can be calculated with."""
        return self.conversion is not None

    @property
    def base(self) -> Number | None:
        """Its value in the first unit of its kind; None where it cannot be calculated with."""
        if self.conversion is None or self.value is None:
            return None
        return self.value.times(self.conversion.own)


class FigureSheet(Struct, frozen=True, dict=True):
    """The sheet for key figures: its rows as they stand, and by figure what can be calculated with."""

    readings: tuple[FigureReading, ...]
    employees: str = ""  # as the company's profile states them
    before: FigureSheet | None = None  # last year's, where that return is known

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

    def boundary_changed(self, reading: FigureReading) -> bool:
        """Whether a figure is of another boundary than last year's, by its own words or last year's return."""
        told = reading.given.boundary
        before = self.before.first.get(reading.figure.id) if self.before else None
        then = before.given.boundary if before else ""
        differs = bool(told and then) and squeeze(told) != squeeze(then)
        return differs or says_boundary_changed(told)


def says_boundary_changed(told: str) -> bool:
    """Whether a boundary's own words say that it is not last year's."""
    return any(word in told for word in words()["changed"])


def read_figures(given: Iterable[KeyFigure]) -> tuple[FigureReading, ...]:
    """What was filled in, read; figures that do not apply are left out."""
    given = tuple(given)
    if not given:
        return ()
    from frameworks.figures import load_figures

    known = load_figures()
    commas = uses_decimal_comma(text for figure in given for text in (figure.value, figure.last))
    rows = [
        (known.by_id[figure.id], figure)
        for figure in given
        if figure.id in known.by_id and not is_aside(figure.value)
    ]
    own = _own_amounts(known, (_read(known, *row, commas) for row in rows if row[0].sets))
    return tuple(_read(known, figure, row, commas, own) for figure, row in rows)


def _own_amounts(known: Figures, readings: Iterable[FigureReading]) -> Own:
    """What the plant states of substances, so far as it can be."""
    found: dict[str, dict[str, Fraction]] = {}
    for reading in readings:
        limits, value = known.limits(reading.figure), reading.value
        if value is None or not reading.unit_known or reading.figure.sets is None:
            continue
        if (limits.least or 0) <= value.value <= (limits.most or value.value):
            at = found.setdefault(reading.figure.sets.substance, {})
            at[reading.figure.sets.kind] = Fraction(value.value)
    return found


def _read(
    known: Figures, figure: Figure, given: KeyFigure, commas: bool, own: Own | None = None
) -> FigureReading:
    conversion = known.conversion(figure, given.unit, own) if given.unit else None
    whole = known.is_whole(figure)

    def number(text: str) -> Number | None:
        found = parse_number(text, commas)
        if found is None:
            return None
        if whole and found.value == found.value.to_integral_value():
            found = replace(found, slack=Decimal(0))  # people are counted, not measured
        return found.times(conversion.factor, conversion.slack) if conversion else found

    return FigureReading(figure, given, conversion, number(given.value), number(given.last))


def as_decimal(value: Fraction) -> Decimal:
    """A fraction to the 28 digits that decimals are calculated with."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def unit_names(figure: Figure) -> tuple[str, ...]:
    """The units in which a figure may be given, its own first."""
    from frameworks.figures import load_figures

    return load_figures().offer(figure)


def own_unit(figure: Figure, kind: str) -> str:
    """The unit in which a figure of a kind is kept."""
    from frameworks.figures import load_figures

    return load_figures().own_unit(figure, kind)


def figure_name(figure: str, *, english: bool = False) -> str:
    """What a figure is called; its id where there is none of it."""
    from frameworks.figures import load_figures

    found = load_figures().by_id.get(figure)
    return found.name(english=english) if found else figure


def shown_unit(figure: str, unit: str, *, english: bool = False) -> str:
    """A figure's unit in the reader's language; as it stands for what is no key figure."""
    from frameworks.figures import load_figures

    known = load_figures()
    found = known.by_id.get(figure)
    return known.in_english(found, unit) if found and english else unit


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
        if reading.value is None or reading.given.problem is not None:
            continue
        given, conversion = reading.given, reading.conversion
        known = conversion is not None
        yield FigureResult(
            id=given.id,
            value=reading.value.text,
            unit=given.unit,
            where=given.where,
            kind=conversion.kind if conversion else "",
            amount=reading.value.value if known else None,
            last=reading.last.value if known and reading.last else None,
            boundary=given.boundary,
            reason=given.reason,
        )


def satisfied(readings: Iterable[FigureReading], targets: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Aspects that a figure satisfies, each with the words that show it."""
    found: dict[str, str] = {}
    for reading in readings:
        if reading.value is None or reading.given.problem is not None or not reading.unit_known:
            continue
        quote = f"{reading.figure.zh} {reading.value.text} {reading.given.unit}".strip()
        for aspect in targets.get(reading.figure.id, ()):
            found.setdefault(aspect, quote)
    return found
