"""Certificates and permits that ran out before the reporting year began, and nothing says that they were renewed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
    places = [(part.start, part.end) for part in passages.sentences]
    return tuple(_expired(text, places, year))


def _expired(text: str, places: Sequence[tuple[int, int]], year: int) -> Iterator[Span]:
    dates = [date for date in find_dates(text) if date.year is not None and not _SPAN.search(date.text)]
    if any(
        date.year is not None and date.year >= year and _ends(text, date.start, date.end) for date in dates
    ):
        return  # another one holds: which of them counts is not ours to say
    for start, end in places:
        if any(
            start <= date.start < end and date.year is not None and date.year < year
            and _ends(text, date.start, date.end)
            for date in dates
        ):  # fmt: skip
            yield Span(text[start:end], start, end)


def _ends(text: str, start: int, end: int) -> bool:
    """Whether a date is the last day of something."""
    if pattern("expiry.until").search(text[max(0, start - BEFORE) : start]):
        return True
    return pattern("expiry.ends").match(text, end) is not None
