"""The months of a year that words name: one (4月20日), a season's (开春), a quarter's (二季度)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from checker.text.ground.lexicon import either
from frameworks.ground.yaml import load_data

EARLY = 4  # months by which what was promised may be done before its time
LATE = 2  # months by which it may be late and still be told without a word of delay
MANY = 1  # span of months; words that name more tell a rhythm (3月、6月、9月各一次)
Months = tuple[int, int]  # first and last, from 1 to 12


def find_months(text: str) -> tuple[Months, ...]:
    """The months that a text names, in order.

    >>> find_months("4月20日进场，三季度验收")
    ((4, 4), (7, 9))
    """
    found = []
    for match in _pattern().finditer(text):
        if match["digits"] or match["letters"]:
            month = int(match["digits"]) if match["digits"] else _numbers()[match["letters"]]
            if 1 <= month <= 12:
                found.append((month, month))
        else:
            first, last = _times()[match.group()]
            found.append((first, last))
    return tuple(found)


def are_due(promised: tuple[Months, ...], told: tuple[Months, ...]) -> bool:
    """Whether what is told stands in the time of what was promised; any time of the year will do where none was."""
    if not told or len(told) > MANY:
        return False
    if not promised:
        return True
    first, last = min(first for first, _ in promised), max(last for _, last in promised)
    return any(end >= first - EARLY and start <= last + LATE for start, end in told)


@cache
def _times() -> dict[str, Months]:
    return {word: (first, last) for first, last, *words in _data()["times"] for word in words}


@cache
def _numbers() -> dict[str, int]:
    return {letters: at for at, letters in enumerate(_data()["months"], 1)}


@cache
def _pattern() -> re.Pattern[str]:
    letters = either(_numbers())
    return re.compile(
        rf"(?<![\d.])(?:(?P<digits>\d{{1,2}})|(?P<letters>{letters}))\s?月(?![度均薪饼个])|{either(_times())}"
    )


def _data() -> dict[str, Any]:
    return dict(load_data("checker.data", "promises.yaml"))
