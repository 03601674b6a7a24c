"""Where a unit is told once for what follows: in brackets, or in the heading above the lines of a list."""

from __future__ import annotations

import re
from functools import cache

from checker.text.ground.lexicon import either
from frameworks.ground.yaml import load_data

_ROW = re.compile(  # a name and its number
    r"\s*(?:[-—•·]\s?)?[^\d:：，,。；;\n]{1,16}[:： \t]{0,3}\d[\d,]*(?:\.\d+)?[；;。，,]?\s*"
)


def in_brackets(text: str, begin: int, end: int) -> bool:
    """Whether a unit stands in brackets between two places."""
    return _bracketed().search(text, begin, end) is not None


def under_units(text: str) -> tuple[tuple[int, int], ...]:
    """The lines of lists (废切削液 86.4) that stand under a heading that names their unit (危险废物（吨）)."""
    found, start, headed = [], 0, False
    for line in text.split("\n") if _bracketed().search(text) else ():
        end = start + len(line)
        if _ROW.fullmatch(line) is None:
            headed = _heading().search(line) is not None
        elif headed:
            found.append((start, end))
        start = end + 1
    return tuple(found)


@cache
def _bracketed() -> re.Pattern[str]:
    units = either(load_data("checker.data", "unitless.yaml")["amounts"]["units"])
    return re.compile(rf"[（(][^（）()]{{0,8}}{units}[^（）()]{{0,4}}[）)]")


@cache
def _heading() -> re.Pattern[str]:
    """A unit in brackets at a line's end."""
    return re.compile(rf"{_bracketed().pattern}\s?[:：]?\s*\Z")
