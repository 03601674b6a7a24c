"""Whether a unit is told in brackets."""

from __future__ import annotations

import re
from functools import cache

from checker.text.ground.lexicon import either
from frameworks.ground.yaml import load_data


def in_brackets(text: str, begin: int, end: int) -> bool:
    """Whether a unit stands in brackets between two places."""
    return _bracketed().search(text, begin, end) is not None


@cache
def _bracketed() -> re.Pattern[str]:
    units = either(load_data("checker.data", "unitless.yaml")["amounts"]["units"])
    return re.compile(rf"[（(][^（）()]{{0,8}}{units}[^（）()]{{0,4}}[）)]")
