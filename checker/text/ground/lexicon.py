"""Words and expressions from the data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from frameworks.ground.yaml import load_data

_BETWEEN = "\0"  # stands in no word, and is not escaped


def either(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first; for no words, one that never matches.

    >>> either(["年", "年度"])
    '(?:年度|年)'
    """
    known = set(words)
    if not known:
        return "(?!)"
    escaped = sorted(re.escape(_BETWEEN.join(known)).split(_BETWEEN))
    escaped.sort(key=len, reverse=True)
    return f"(?:{'|'.join(escaped)})"


@cache
def pattern(name: str) -> re.Pattern[str]:
    """An expression that a data file holds under ``patterns``: delegation.formerly.

    >>> bool(pattern("delegation.formerly").search("过去依托集团"))
    True
    """
    file, _, key = name.partition(".")
    return re.compile(load_data("checker.data", f"{file}.yaml")["patterns"][key])
