"""What a disclosure wants of an answer: a statement, a figure of its unit, or both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from checker.reading.asked import kind_of
from checker.text.ground.measures import dimension_of
from checker.text.ground.quantities import Quantity
from frameworks.figures import Figures
from frameworks.ground.yaml import load_data
from frameworks.model import Disclosure, Kind
from frameworks.relation import Relation

UNMISTAKABLE = frozenset({"emission", "energy"})  # kinds of quantity that belong to one subject
COUNTED = frozenset(
    {"count_thing", "count_times", "mass", "volume"}
)  # kinds of which only some units will do
SHARES = frozenset({"share", "rate", "ratio", "points"})
AMOUNTS = frozenset({"mass", "volume", "emission", "energy"})
_ALIKE = frozenset({"count_person", "attendance"})  # persons and attendances stand for each other
_SCALE = re.compile("^(?:[万亿百]|千(?!克|瓦))+(?=.)")


@cache
def lexicon() -> Mapping[str, Any]:
    """The words of ``checker/data/coverage.yaml``."""
    data: Mapping[str, Any] = load_data("checker.data", "coverage.yaml")
    return data


class Wanted(Struct, frozen=True):
    """What a disclosure wants; ``kinds`` is empty where any figure will do."""

    figure: bool  # words alone are nothing
    kinds: frozenset[str]
    dimensions: frozenset[str]  # of what is counted, weighed or filled
    cut: bool  # what was cut or saved, not a total
    nil: bool  # a stated nil on its subject answers it wholly
    scope: str = ""  # expression for the scope of emissions that it asks for
    foreign: tuple[str, ...] = ()  # words of a clause that is of another subject
    each: frozenset[str] = frozenset()  # kinds of which so much for each of something is asked

    def fits(self, quantity: Quantity) -> bool:
        """Whether a figure is of its unit."""
        if not self.kinds:
            return True
        if quantity.kind == "rate" and "time" in self.kinds:  # 17.5 h/人
            lasted, _, each = quantity.unit.partition("/")
            return each == "人" and lasted in lexicon()["durations"]
        if quantity.kind not in self.kinds:
            return "money" in self.kinds and is_bare_sum(quantity)
        if quantity.kind == "time":
            return quantity.unit in lexicon()["durations"]
        return quantity.kind not in COUNTED or dimension_of(quantity.unit) in self.dimensions

    def fits_each(self, quantity: Quantity, clause: str) -> bool:
        """Whether a figure is of its unit for each piece or tonne that the words before it name (每件合21.9度)."""
        return quantity.kind in self.each and bool(re.search(lexicon()["each"], clause))

    def besides(self, units: Iterable[str]) -> Wanted:
        """The same, where counts stand for a share that the question does not ask for."""
        if not self.kinds or not self.kinds <= SHARES:
            return self
        kinds, dimensions = _kinds(frozenset(units))
        return replace(self, kinds=self.kinds | kinds, dimensions=self.dimensions | dimensions)

    def is_scope(self, clause: str) -> bool:
        """Whether a clause that names a scope of emissions names the one that is asked for."""
        return (
            not self.scope
            or not re.search(lexicon()["scoped"], clause)
            or bool(re.search(self.scope, clause))
        )


def is_bare_sum(quantity: Quantity) -> bool:
    """Whether a number is one of ten thousands of nothing (光伏二期 68.5万): where money is asked for, it is money."""
    return not quantity.unit and quantity.text.strip()[-1:] in ("万", "亿")


def wanted_of(disclosure: Disclosure, code: str, figures: Figures, nil: frozenset[str]) -> Wanted:
    """By its kind, and by its key figures' units or, where it has none, its own."""
    asked = figures.by_code.get(code, ())
    units: Iterable[str] = [unit for figure in asked for unit in figures.offer(figure)]
    units = tuple(units) or _units(disclosure.unit)
    kinds, dimensions = _kinds(frozenset(units))
    numeric = disclosure.kind is Kind.QUANTITATIVE or any(f.answers[code] is Relation.FULL for f in asked)
    return Wanted(
        figure=numeric,
        kinds=kinds,
        dimensions=dimensions,
        cut=code in lexicon()["reductions"],
        nil=code in nil,
        scope=next((each["own"] for each in lexicon()["scopes"] if code in each["codes"]), ""),
        each=_kinds(frozenset(unit.partition("/")[0] for unit in units if "/" in unit))[0] & AMOUNTS,
        foreign=tuple(w for each in lexicon()["foreign"] if code in each["codes"] for w in each["words"]),
    )


@lru_cache(maxsize=256)
def _kinds(units: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    kinds = frozenset(kind for unit in units if (kind := kind_of(unit)))
    dimensions = frozenset(dimension_of(_SCALE.sub("", unit)) for unit in units)
    alike = kinds & _ALIKE and "share" not in kinds  # a share of persons is none of attendances
    return (kinds | _ALIKE if alike else kinds), dimensions


def _units(written: str) -> tuple[str, ...]:
    """The units of an answer for what a catalogue writes: ``t; t/unit`` or ``CNY or HKD; hours``."""
    known: Mapping[str, list[str]] = lexicon()["units"]
    words = re.split(r";|\s+or\s+|\s+per\s+|\(", written)
    return tuple(unit for word in words for unit in known.get(word.strip(), ()))
