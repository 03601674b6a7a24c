"""Certificates and permits that ran out before the reporting year began, and nothing says that they were renewed."""

from __future__ import annotations

import re

from checker.text.ground.dates import find_dates
from checker.text.ground.lexicon import pattern
from checker.text.ground.passages import Passages
from checker.text.ground.spans import Span

_SPAN = re.compile("[-—~～至到].*[年月]")
BEFORE = 24  # characters before a date that say what it is


def find_expired(text: str, passages: Passages, year: int) -> tuple[Span, ...]:
    """Sentences that give a date until when something is valid, all of them before the year.

    >>> from checker.text.ground.passages import split
    >>> words = "已取得认证，有效期至2024年5月31日。"
    >>> [span.text for span in find_expired(words, split(words), 2025)]
    ['已取得认证，有效期至2024年5月31日。']
    """
    if not pattern("expiry.mark").search(text) or pattern("expiry.renewed").search(text):
        return ()
    ends = [
        (date.start, date.year)
        for date in find_dates(text)
        if date.year is not None and not _SPAN.search(date.text) and _ends(text, date.start, date.end)
    ]
    if any(named >= year for _, named in ends):
        return ()  # another one holds: which of them counts is not ours to say
    return tuple(
        Span(text[part.start : part.end], part.start, part.end)
        for part in passages.sentences
        if any(part.start <= start < part.end for start, _ in ends)
    )


def _ends(text: str, start: int, end: int) -> bool:
    """Whether a date is the last day of something."""
    if pattern("expiry.until").search(text[max(0, start - BEFORE) : start]):
        return True
    return pattern("expiry.ends").match(text, end) is not None
