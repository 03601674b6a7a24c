"""Words and expressions from the data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from frameworks.ground.yaml import load_data


def either(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first; for no words, one that never matches.

    >>> either(["年", "年度"])
    '(?:年度|年)'
    """
    known = sorted(map(re.escape, set(words)), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(known)})" if known else "(?!)"


@cache
def pattern(name: str) -> re.Pattern[str]:
    """An expression that a data file holds under ``patterns``: delegation.formerly.

    >>> bool(pattern("delegation.formerly").search("过去依托集团"))
    True
    """
    file, _, key = name.partition(".")
    return re.compile(load_data("checker.data", f"{file}.yaml")["patterns"][key])
