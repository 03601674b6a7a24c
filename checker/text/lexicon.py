"""Words from the data as one expression."""

from __future__ import annotations

import re
from collections.abc import Iterable


def either(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first; for no words, one that never matches.

    >>> either(["年", "年度"])
    '(?:年度|年)'
    """
    known = sorted(map(re.escape, set(words)), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(known)})" if known else "(?!)"
