"""Units by what they measure, and conversions: within a dimension, and between two by way of a substance.

A *kind* is a dimension (``energy``) or a quotient of two (``carbon/money``). All amounts are exact fractions, so that
a conversion and its way back give the very number again.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from typing import Annotated, NamedTuple

from msgspec import Meta, field

from frameworks.ground.cache import compiled
from frameworks.ground.written import Sound, Written, keys_of
from frameworks.ground.yaml import read_yaml
from frameworks.sources import UNITS, source_of


def _positive(value: Decimal) -> None:
    if value <= 0:
        raise ValueError(f"{value} > 0")


class Equal(Written, frozen=True, kw_only=True):
    """So much of one kind is as much of a substance as the first of its list."""

    kind: str
    unit: str
    value: Annotated[Decimal, Sound(_positive)]
    least: Decimal | None = None  # None: exact
    most: Decimal | None = None
    source: str = ""
    edition: str = ""
    read: bool = False

    def consistent(self) -> None:
        """Whether it lies within its bounds."""
        if not (self.least or self.value) <= self.value <= (self.most or self.value):
            raise ValueError(f"{self.least} <= {self.value} <= {self.most}")


class Substance(Written, frozen=True, kw_only=True):
    """Equal amounts of one substance, by what is measured."""

    zh: str
    en: str
    equal: Annotated[tuple[Equal, ...], Meta(min_length=2)]


class Exchange(NamedTuple):
    """What an amount of one kind is multiplied by to be one of another, both in their dimension's first unit."""

    factor: Fraction
    least: Fraction
    most: Fraction


class Units(Written, frozen=True, kw_only=True):
    """The whole file."""

    dimensions: dict[str, dict[str, Decimal]]
    english: dict[str, dict[str, str]] = field(default_factory=dict)  # dimension -> spelling -> in English
    whole: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    substances: dict[str, Substance] = field(default_factory=dict)

    def consistent(self) -> None:
        """Whether every unit is one."""
        lost = [name for name in (*self.whole, *self.shares, *self.english) if name not in self.dimensions]
        for name, spellings in self.english.items():
            lost += [spelling for spelling in spellings if spelling not in self.dimensions.get(name, ())]
        for substance in self.substances.values():
            lost += [each.unit for each in substance.equal if self.size(each.kind, each.unit) is None]
        if lost:
            raise ValueError(", ".join(lost))

    @cached_property
    def _sizes(self) -> dict[str, dict[str, Fraction]]:
        found = {
            name: {_key(spelling): Fraction(size) for spelling, size in spellings.items()}
            for name, spellings in self.dimensions.items()
        }
        for name, spellings in self.english.items():
            for spelling, english in spellings.items():
                for each in (english, _single(english)):
                    found[name].setdefault(_key(each), found[name][_key(spelling)])
        return found

    def in_english(self, kind: str, spelling: str) -> str:
        """A unit as the English sheet writes it; as it stands where no English is known."""
        upper, _, lower = kind.partition("/")
        above, _, below = spelling.partition("/")
        if lower and below:
            return f"{self.in_english(upper, above)}/{_single(self.in_english(lower, below))}"
        return self.english.get(kind, {}).get(spelling, spelling)

    def is_kind(self, kind: str) -> bool:
        """Whether every part of a kind is a dimension."""
        return all(part in self.dimensions for part in kind.split("/"))

    def adds_up(self, kind: str) -> bool:
        """Whether amounts of a kind can be summed over companies: no share, and nothing per something."""
        return "/" not in kind and kind not in self.shares

    def size(self, kind: str, spelling: str) -> Fraction | None:
        """How much of its kind's first unit a unit is; None for a unit of another kind."""
        upper, _, lower = kind.partition("/")
        key = _key(spelling)
        if not lower or key in self._sizes.get(kind, ()):
            return self._sizes.get(kind, {}).get(key)
        above, _, below = key.rpartition("/")
        for word in self.bases:
            below = below.removesuffix(word)
        one, other = self.size(upper, above), self.size(lower, below)
        return None if one is None or other is None else one / other

    def exchange(
        self, substance: str, kind: str, other: str, own: Mapping[str, Fraction] | None = None
    ) -> Exchange | None:
        """From one kind to another by way of a substance; None where it is not measured in both.

        Args:
            substance: its id.
            kind: from which.
            other: to which.
            own: amounts that somebody states instead, by kind, in the unit that the table gives them in.
        """
        amounts = {each.kind: self._amounts(each, own or {}) for each in self.substances[substance].equal}
        if kind not in amounts or other not in amounts:
            return None
        (value, least, most), (value_to, least_to, most_to) = amounts[kind], amounts[other]
        return Exchange(value_to / value, least_to / most, most_to / least)

    def _amounts(self, equal: Equal, own: Mapping[str, Fraction]) -> tuple[Fraction, Fraction, Fraction]:
        size = self.size(equal.kind, equal.unit) or Fraction(1)
        if stated := own.get(equal.kind):
            return stated * size, stated * size, stated * size
        value = Fraction(equal.value) * size
        return value, Fraction(equal.least or equal.value) * size, Fraction(equal.most or equal.value) * size


def _single(unit: str) -> str:
    """What stands behind a stroke: kg/piece, but t/10k pieces."""
    return unit.removesuffix("s") if unit[:1].isalpha() else unit


def _key(spelling: str) -> str:
    return "".join(spelling.split()).replace("／", "/").lower()


@cache
def load_units() -> Units:
    """The built-in table.

    Raises:
        SchemaErrors: every mistake with line and column.
    """
    source = source_of(UNITS)
    return compiled(b"units\0" + source, Units, lambda: read_units(source))


def read_units(source: bytes) -> Units:
    """The table, checked.

    Raises:
        SchemaErrors: every mistake with line and column.
    """
    from frameworks.ground.validation import validated

    return validated(read_yaml(source, UNITS), Units, keys_of(Units, Substance, Equal))
