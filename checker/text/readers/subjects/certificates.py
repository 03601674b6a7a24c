"""Certificates by their number, and until when they hold, in an answer or in the words of a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from checker.text.readers.time.terms import Day
from frameworks.ground.yaml import load_data

LEAST = 8  # characters of a number that does not come twice by chance

_SENTENCE = re.compile(r"[^。；;！？!?\n]{1,32767}")
_STANDARD = re.compile(
    r"(?:ISO|IATF|OHSAS|SA|GB\s?/\s?T|GB)\s?(?:/IEC|/TS)?\s?[-:：]?\s?(?P<number>\d{4,5})(?!\d)"
)
_DATE = re.compile(
    r"(?P<year>20\d\d)\s?[年./-]\s?(?P<month>\d{1,2})(?:\s?[月./-]\s?(?P<day>\d{1,2})(?!\d)\s?[日号]?)?"
)
_UNTIL = re.compile(r"\s?[起]?\s?(?:至|到|[-—–~～]{1,2}|to)\s?")
_TOKEN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9](?:[-/.]?[A-Za-z0-9|]){7,39}(?![A-Za-z0-9])")


class Mention(Struct, frozen=True):
    """A number or a day of a certificate, with the words that give it."""

    value: str | Day
    quote: str
    start: int
    end: int


def find_numbers(text: str) -> Iterator[Mention]:
    """The certificate numbers that a text gives as such."""
    for label in _words().numbered.finditer(text):
        found = _TOKEN.match(text, label.end())
        if found is not None and _is_number(found.group()):
            yield Mention(found.group(), text[label.start() : found.end()], label.start(), found.end())


def find_tokens(text: str) -> Iterator[Mention]:
    """All that might be the number of a certificate."""
    for found in _TOKEN.finditer(text):
        if _is_number(found.group()):
            yield Mention(found.group(), found.group(), found.start(), found.end())


def _is_number(token: str) -> bool:
    return sum(letter.isdigit() for letter in token) >= LEAST // 2


def find_valid(text: str) -> Iterator[Mention]:
    """The days until which certificates hold."""
    for label in _words().until.finditer(text):
        found = _DATE.match(text, label.end())
        if found is not None:
            yield Mention(_day(found), text[label.start() : found.end()], label.start(), found.end())
    for label in _words().holds.finditer(text):
        first = _DATE.match(text, label.end())
        until = _UNTIL.match(text, first.end()) if first else None
        found = _DATE.match(text, until.end()) if until else None
        if found is not None:
            yield Mention(_day(found), text[label.start() : found.end()], label.start(), found.end())


def _day(found: re.Match[str]) -> Day:
    return tuple(int(found[part]) for part in ("year", "month", "day") if found[part])


def find_systems(text: str) -> frozenset[str]:
    """The standards that a text names, national ones by the number that they adopt."""
    adopted = _words().adopted
    return frozenset(adopted.get(found["number"], found["number"]) for found in _STANDARD.finditer(text))


def sentence_of(text: str, at: int) -> tuple[int, int]:
    """From where to where the sentence at a place goes."""
    return next(
        (found.span() for found in _SENTENCE.finditer(text) if found.start() <= at < found.end()), (at, at)
    )


def plain_number(number: str) -> str:
    """A certificate's number without marks."""
    return re.sub(r"[^0-9A-Z|]", "", number.upper())


def look_alike(one: str, other: str) -> bool:
    """Whether two numbers are one to a recogniser, which cannot tell a letter from a digit of its shape.

    >>> look_alike("00124E3O518R2M", "00124E30518R2M"), look_alike("00124E30518R2M", "00124E30513R2M")
    (True, False)
    """
    return _shape(one) == _shape(other)


def _shape(number: str) -> str:
    return plain_number(number).translate(_words().alike)


class _Words(Struct, frozen=True):
    numbered: re.Pattern[str]
    until: re.Pattern[str]
    holds: re.Pattern[str]  # from one day to another
    adopted: dict[str, str]
    alike: dict[int, str]


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "certificates.yaml")
    tail = r"\s{0,2}[.:：为是\t]{0,2}\s{0,2}"
    return _Words(
        numbered=re.compile(f"{either(data['numbered'])}{tail}", re.IGNORECASE),
        until=re.compile(f"{either(data['until'])}{tail}", re.IGNORECASE),
        holds=re.compile(f"{either(data['holds'])}{tail}"),
        adopted={str(key): str(value) for key, value in data["adopted"].items()},
        alike=str.maketrans({str(key): str(value) for key, value in data["alike"].items()}),
    )
