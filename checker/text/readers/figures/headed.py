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


def under_a_unit(text: str, position: int) -> bool:
    """Whether a line of a list (废切削液 86.4) stands under a heading that names the unit (危险废物（吨）)."""
    begin, end = text.rfind("\n", 0, position) + 1, text.find("\n", position)
    if _ROW.fullmatch(text[begin : end if end >= 0 else len(text)]) is None:
        return False
    for line in reversed(text[:begin].split("\n")[:-1]):
        if _ROW.fullmatch(line) is None:
            return _heading().search(line) is not None
    return False


@cache
def _bracketed() -> re.Pattern[str]:
    units = either(load_data("checker.data", "unitless.yaml")["amounts"]["units"])
    return re.compile(rf"[（(][^（）()]{{0,8}}{units}[^（）()]{{0,4}}[）)]")


@cache
def _heading() -> re.Pattern[str]:
    """A unit in brackets at a line's end."""
    return re.compile(rf"{_bracketed().pattern}\s?[:：]?\s*\Z")
