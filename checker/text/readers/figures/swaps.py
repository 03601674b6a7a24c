"""Amounts of money whose sentences name one thing (烧嘴改造), for finding one that is told with its digits swapped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from checker.text.ground.measures import Measure, measure
from checker.text.ground.quantities import Quantity
from checker.text.ground.spans import Span, span
from frameworks.ground.yaml import load_data

RUN = 4  # characters that two sentences must share to be about one thing
BACK = 40  # characters before an amount that name it
MONEY = "money"

_END = re.compile(r"[。；;！？!?\n\t|｜]")
_HAN = re.compile(r"[\u4e00-\u9fff]{4,40}")


class Amount(Struct, frozen=True):
    """An amount with the runs of characters of its sentence before it."""

    measure: Measure
    runs: frozenset[str]
    quote: Span


def find_amounts(text: str, quantities: tuple[Quantity, ...]) -> Iterator[Amount]:
    """The amounts of prose that something names."""
    for quantity in quantities:
        if quantity.kind != MONEY or (value := measure(quantity)) is None:
            continue
        low = max(0, quantity.start - BACK)
        begin = max((found.end() for found in _END.finditer(text, low, quantity.start)), default=low)
        before = _plain().sub(" ", text[begin : quantity.start])
        runs = {
            run.group()[at : at + RUN]
            for run in _HAN.finditer(before)
            for at in range(len(run.group()) - RUN + 1)
        }
        if runs:
            yield Amount(value, frozenset(runs), span(text, begin, quantity.end))


@cache
def _plain() -> re.Pattern[str]:
    data: dict[str, Any] = load_data("checker.data", "facts.yaml")
    return re.compile(either([*data["common"], *data["prefixes"], *data["swaps"]["plain"]]))
