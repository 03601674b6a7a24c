"""Steps of one matter dated in an order that cannot be, in English: closed before it arrived.

Both steps stand in one sentence, and nothing but a word that joins them between the first date and the second verb:
where a second thing is named there, its date is its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from msgspec import Struct

from checker.text.ground.dates import find_dates
from checker.text.ground.spans import Span, span
from frameworks.ground.yaml import load_data

NEAR = 40  # characters between a step's verb and its date; guessed
_SENTENCE = re.compile(r"(?:[^.!?;\n]|\.(?!\s+[A-Z(]|\s*\Z))+")
_NUMERIC = re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>20\d\d)(?!\d)")
_Day = tuple[int, int, int]  # year, month, day; 0 for what is not given


class _Date(Struct, frozen=True):
    start: int
    end: int
    day: _Day


def find_english_disorders(text: str) -> Iterator[tuple[Span, Span]]:
    """The step that comes first, and the later one that is dated before it."""
    dates = sorted(_dates(text), key=lambda each: each.start)
    if len(dates) < 2:
        return
    words = _words()
    for sentence in _SENTENCE.finditer(text):
        steps = []
        at, stop = sentence.span()
        inside = [each for each in dates if at <= each.start < stop]
        for date in inside:
            verbs = list(words.verb.finditer(text, max(at, date.start - NEAR), date.start))
            if verbs:
                steps.append(
                    (verbs[-1], date, words.joins.fullmatch(text, at, verbs[-1].start()) is not None)
                )
            at = date.end
        for (one, first, _), (other, then, joined) in pairwise(steps):
            if not joined or one.lastgroup == other.lastgroup:
                continue
            begun, done = (first, then) if one.lastgroup == "begins" else (then, first)
            if _is_before(done.day, begun.day):
                quotes = span(text, one.start(), first.end), span(text, other.start(), then.end)
                yield quotes if one.lastgroup == "begins" else quotes[::-1]


def _is_before(one: _Day, other: _Day) -> bool:
    """Whether a day is certainly before another; a year stands with both or with neither."""
    if bool(one[0]) != bool(other[0]):
        return False
    length = 3 if one[2] and other[2] else 2
    return one[:length] < other[:length]


def _dates(text: str) -> Iterator[_Date]:
    for found in find_dates(text):
        if found.month is not None:
            yield _Date(found.start, found.end, (found.year or 0, found.month, found.day or 0))
    for match in _NUMERIC.finditer(text):
        day = (int(match["year"]), int(match["month"]), int(match["day"]))
        if 1 <= day[1] <= 12:
            yield _Date(match.start(), match.end(), day)


class _Words(Struct, frozen=True):
    verb: re.Pattern[str]
    joins: re.Pattern[str]


@cache
def _words() -> _Words:
    data: dict[str, str] = load_data("checker.data", "english_faults.yaml")["stages"]
    return _Words(
        re.compile(rf"\b(?:(?P<begins>{data['begins']})|(?P<ends>{data['ends']}))\b", re.IGNORECASE),
        re.compile(data["joins"], re.IGNORECASE),
    )
