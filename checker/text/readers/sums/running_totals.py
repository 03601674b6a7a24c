"""Totals that count their parts (两项合计394人次, 三场加起来185人次), the parts anywhere before them in the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from checker.text.ground.lexicon import either
from checker.text.ground.measures import Measure, measure
from checker.text.ground.numbers import chinese
from checker.text.ground.quantities import Quantity
from checker.text.readers.sums.totals import Sum, words
from frameworks.ground.yaml import load_data

LEAST, MOST = Decimal("0.75"), Decimal("1.33")  # guessed: further off, the figures are not the total's parts
REACH = 6  # characters between the word of a total and its figure
EACH = 8  # characters before a figure in which it is called one of each
ALIKE = {"persons": "attendance"}  # who comes to a meeting is counted in either


def counted_totals(text: str, quantities: tuple[Quantity, ...]) -> Iterator[Sum]:
    """Such totals whose parts can be told: as many figures of the unit stand before as the total says."""
    for match in _pattern().finditer(text):
        count = int(match["n"]) if match["n"].isdigit() else int(chinese(match["n"].replace("两", "二")) or 0)
        total = next((one for one in quantities if 0 <= one.start - match.end() <= REACH), None)
        value = measure(total) if total is not None else None
        if total is None or value is None or count < 2:
            continue
        before = [
            found
            for one in quantities
            if one.end <= match.start()
            and one.exact == "exact"
            and not words().each.search(text[max(0, one.start - EACH) : one.start])  # 每人3,000元
            and (found := measure(one)) is not None
        ]
        exact = [one for one in before if one.dimension == value.dimension]
        alike = [one for one in before if _kind(one) == _kind(value)]
        parts = exact if len(exact) == count else alike
        if len(parts) == count and value.value:
            yield from _sum(text, match.start(), value, parts)


def _sum(text: str, start: int, total: Measure, parts: list[Measure]) -> Iterator[Sum]:
    computed = sum((part.value for part in parts), Decimal(0))
    fits = sum(part.low for part in parts) <= total.high and total.low <= sum(part.high for part in parts)
    if fits or LEAST <= computed / total.value <= MOST:
        texts = tuple(part.text for part in parts)
        label = text[start : total.start].strip()
        yield Sum(start, total.end, label, texts, total.value, computed, "", fits, total.start)


def _kind(one: Measure) -> str:
    return ALIKE.get(one.dimension, one.dimension)


@cache
def _pattern() -> re.Pattern[str]:
    data: dict[str, Any] = load_data("checker.data", "figures.yaml")
    totals = either([*data["totals"], *data["enumerations"]["totals"], *data["running"]["totals"]])
    return re.compile(rf"(?P<n>[两二三四五六七八九]|[2-9])\s?{either(data['running']['parts'])}{totals}")
