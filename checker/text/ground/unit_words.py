"""Units and measure words: their kinds, the expression that finds them, and the unit that a table head names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from checker.text.ground.numbers import arabic, table
from frameworks.ground.yaml import load_data

_BRACKET = re.compile(r"[（(]([^（）()]{1,20})[）)]")
_POWER_OF_TEN = re.compile(r"[×xX*]?\s?(10(?:\^\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))\s?(?=\D)")
_SCALES = tuple("万亿千百十")
_WHOLE = ("count", "attendance")  # kinds that cannot be divided


@cache
def kinds() -> dict[str, str]:
    """The kind of every unit."""
    data = load_data("checker.data", "units.yaml")
    return {unit: kind for kind, units in data["kinds"].items() for unit in units}


def kind_of(unit: str) -> str:
    """The kind of a unit as written, with a scale before it or in a rate; number where it has none."""
    if not unit:
        return "number"
    known = kinds()
    if unit in known:
        return known[unit]
    if "/" in unit or "／" in unit:
        return "concentration" if unit.replace(" ", "") in known else "rate"
    bare = unit
    while bare[:1] in _SCALES and bare not in known:  # 万千瓦时 is 千瓦时, no 瓦时
        bare = bare[1:]
    return known.get(bare, known.get(unit.replace(" ", ""), "number"))


@cache
def same_units() -> dict[str, str]:
    """Other spellings of a unit, each with the one by which it is known."""
    data: dict[str, str] = load_data("checker.data", "units.yaml")["same"]
    return data


@cache
def units_expression() -> str:
    """Any unit, or a rate of two or three."""
    data = load_data("checker.data", "units.yaml")
    below = _either({*data["denominators"], *kinds()})
    return rf"(?:{_either(kinds())})(?:\s?[/／]\s?(?:{below})){{0,2}}"


@cache
def divisible_expression() -> str:
    """Any unit of what can be divided: of such a thing 12,5 is a number."""
    return _either(unit for unit, kind in kinds().items() if not kind.startswith(_WHOLE))


def _either(units: Iterable[str]) -> str:
    longest_first = sorted(units, key=lambda unit: (-len(unit), unit))  # the same in every run
    begin = "".join(sorted({unit[0] for unit in longest_first}))  # one look spares some hundred
    written = "|".join(
        re.escape(unit) + r"(?![A-Za-z])" if unit[-1].isascii() and unit[-1].isalpha() else re.escape(unit)
        for unit in longest_first
    )
    return f"(?=[{re.escape(begin)}])(?:{written})"


@cache
def head_unit(head: str) -> tuple[str, Decimal]:
    """The unit that a column head names, in brackets, behind a slash or as its own word; and its power of ten.

    >>> head_unit("产量（10³t）")
    ('t', Decimal('1000'))
    """
    for written in [*_BRACKET.findall(head), head.strip()]:
        unit, worth = _scaled(written.strip().removeprefix("单位").lstrip("：: "))
        for scale in map(str, ("", *table()["scales"])):
            if unit.startswith(scale) and unit[len(scale) :] in kinds():
                return unit, worth
        if "/" in unit and unit.split("/")[0].strip() in kinds():
            return unit, worth
        if unit.replace(" ", "") in kinds():
            return unit.replace(" ", ""), worth
    if len(parts := head.split()) > 1 and parts[-1] in kinds():  # 危废 t
        return parts[-1], Decimal(1)
    found = _POWER_OF_TEN.search(head)
    worth = (arabic(found[1]) or Decimal(1)) if found else Decimal(1)
    words = [unit for unit in kinds() if len(unit) > 1 and unit in head]
    return (max(words, key=len), worth) if words else ("", Decimal(1))


def _scaled(unit: str) -> tuple[str, Decimal]:
    found = _POWER_OF_TEN.match(unit)
    if found is None:
        return unit, Decimal(1)
    return unit[found.end() :].strip(), arabic(found[1]) or Decimal(1)
