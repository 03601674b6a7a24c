"""Activities that an English answer reports (a family day, a film, posters): what they are, and where.

An activity is a noun that names one, or a deed that is one; the words are data (``data/english_activities.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from checker.text.ground.passages import Passages
from checker.text.ground.spans import Span, span
from frameworks.ground.yaml import load_data

LEAST = 2  # activities that an answer must tell before anybody asks how many
LISTED = 3  # the same of a sentence, where others of the answer are counted


def find_reported(text: str, passages: Passages, counted: Sequence[int]) -> tuple[Span, ...]:
    """The sentences that report activities and count none, by the places of the figures that count anything.

    An answer that counts something is asked only for a sentence that lists several of them.
    """
    grammar = _grammar()
    found: list[Span] = []
    named: set[str] = set()
    for sentence in passages.sentences:
        words = text[sentence.start : sentence.end]
        if sentence.is_table or grammar.silent.search(words) or grammar.frequency.search(words):
            continue
        here = set(_named(words.lower(), grammar))
        is_counted = any(sentence.start <= place < sentence.end for place in counted)
        if here and not is_counted and (len(here) >= LISTED or not counted):
            found.append(span(text, sentence.start, sentence.end))
            named |= here
    return tuple(found) if len(named) >= LEAST else ()


def _named(words: str, grammar: _Grammar) -> Iterator[str]:
    for match in grammar.nouns.finditer(words):
        yield match["name"]
    for match in grammar.days.finditer(words):
        if match["first"] not in grammar.no_days:
            yield match.group()
    for match in grammar.deeds.finditer(words):
        yield match.group()


class _Grammar(Struct, frozen=True):
    nouns: re.Pattern[str]
    days: re.Pattern[str]
    no_days: frozenset[str]
    deeds: re.Pattern[str]
    silent: re.Pattern[str]
    frequency: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    data = load_data("checker.data", "english_activities.yaml")
    nouns = "|".join(sorted(data["nouns"], key=len, reverse=True))
    return _Grammar(
        nouns=re.compile(rf"\b(?P<name>{nouns})(?:e?s)?\b"),
        days=re.compile(rf"\b(?P<first>[a-z'’-]+)\W{{0,2}}\s(?:{'|'.join(data['days'])})\b"),
        no_days=frozenset(data["no_days"]),
        deeds=re.compile(data["deeds"]),
        silent=re.compile(data["silent"], re.IGNORECASE),
        frequency=re.compile(data["frequency"], re.IGNORECASE),
    )
