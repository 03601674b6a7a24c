"""One happening on two days (1月19日尾牙, 2月2日尾牙现场): a rare word right beside a date, in two answers.

No list of happenings is needed: what a return names in two answers only, each time beside one date, is one thing,
unless it is of a kind that comes again (培训, 演练).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from checker.text.ground.slips import is_slip
from checker.text.ground.spans import Span, span
from frameworks.ground.yaml import load_data

REACH = 12  # characters behind a date that name what happened
APART = 45  # days; guessed: further apart, the two are hardly one
MOST = 30  # dates of an answer that are compared
MONTH = 31
PLACES = 3  # answers that name a happening at most
SHARED = 4  # characters by which an act that comes again is told from its like
OFTEN = 4  # times that a word of one happening is written at most

_DATE = re.compile(
    r"(?<![\d.年/-])(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?[日号]"
    r"(?!\s?[-—–~～至到、]|前|起|止|之前|以前|\s?\d)(?P<behind>[^，,。；;：:、\n（(）)《|\d]{2,12})"
)
_NAMED = re.compile(
    r"(?P<before>[\u4e00-\u9fff]{2,6})(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?[日号](?!\s?[-—–~～至到、]|前|起|止)"
)
_HAN = re.compile(r"[\u4e00-\u9fff]{2,12}")


class Twin(Struct, frozen=True):
    """A word with its day."""

    answer: int
    words: frozenset[str]  # pairs of characters
    month: int
    day: int
    quote: Span


def find_twins(texts: Sequence[str]) -> Iterator[tuple[Twin, Twin, str]]:
    """Pairs of one happening with two days, and its word; the answers as places in the texts."""
    found = [twin for place, text in enumerate(texts) if "月" in text for twin in _dated(place, text)]
    held: Counter[str] = Counter()
    for word in {word for twin in found for word in twin.words}:
        if 1 < sum(word in text for text in texts) <= PLACES:
            held[word] = sum(text.count(word) for text in texts)
    for one, other in combinations(found, 2):
        if one.answer == other.answer or (one.month, one.day) == (other.month, other.day):
            continue
        if abs((one.month - other.month) * MONTH + one.day - other.day) > APART:
            continue
        shared = sorted(word for word in one.words & other.words if 0 < held[word] <= OFTEN)
        if shared and not any(_told(twin, one, other, shared[0]) for twin in found):
            yield one, other, shared[0]


def find_slips(texts: Sequence[str]) -> Iterator[tuple[Twin, Twin, str]]:
    """One act of a kind that comes again, on two days of a month one digit apart (6月18日, 6月28日火灾疏散)."""
    months: dict[str, list[tuple[re.Match[str], Twin]]] = {}
    for place, text in enumerate(texts):
        for match in list(_DATE.finditer(text))[:MOST] if "月" in text else ():
            twin = Twin(place, frozenset(), int(match["month"]), int(match["day"]), span(text, *match.span()))
            months.setdefault(match["month"], []).append((match, twin))
    for found in months.values():
        for (first, one), (second, other) in combinations(found, 2):
            if one.answer == other.answer or not is_slip(first["day"], second["day"]):
                continue
            shared = _shared(first["behind"], second["behind"])
            if len(_words().plain.sub("", shared)) < SHARED:
                continue
            if not _day_in(texts[one.answer], other) and not _day_in(texts[other.answer], one):
                yield one, other, shared


def _day_in(text: str, twin: Twin) -> bool:
    """Whether a text knows a day, too."""
    return re.search(rf"(?<!\d){twin.month}\s?[月./-]\s?{twin.day}(?!\d)", text) is not None


def _shared(one: str, other: str) -> str:
    """The longest run of characters that two texts share."""
    runs = (one[at:end] for at in range(len(one)) for end in range(at + SHARED, len(one) + 1))
    return max((run for run in runs if run in other), key=len, default="")


def _told(twin: Twin, one: Twin, other: Twin, word: str) -> bool:
    """Whether one of the two answers knows a second day of the word."""
    own = one if twin.answer == one.answer else other
    return word in twin.words and (twin.month, twin.day) != (own.month, own.day)


def _dated(place: int, text: str) -> Iterator[Twin]:
    for pattern, name in ((_DATE, "behind"), (_NAMED, "before")):
        for match in list(pattern.finditer(text))[:MOST]:
            month, day = int(match["month"]), int(match["day"])
            words = _pairs(match[name])
            if words and 1 <= month <= 12 and 1 <= day <= MONTH:
                yield Twin(place, words, month, day, span(text, *match.span()))


def _pairs(words: str) -> frozenset[str]:
    kept = "" if _words().again.search(words) else _words().empty.sub(" ", words)
    return frozenset(
        run.group()[at : at + 2] for run in _HAN.finditer(kept) for at in range(len(run.group()) - 1)
    )


class _Words(Struct, frozen=True):
    again: re.Pattern[str]
    empty: re.Pattern[str]
    plain: re.Pattern[str]


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "dates.yaml")["twins"]
    return _Words(
        re.compile(either(data["again"])),
        re.compile(either([*data["names"], *data["function"]])),
        re.compile(either(data["plain"])),
    )
