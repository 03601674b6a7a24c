"""English sentences headed by one topic (Water and soil: ...) that speak of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.spans import Span, span
from frameworks.ground.yaml import load_data

LEAST = 4  # words of a sentence whose topic can be told

_HEADED = re.compile(
    r"(?:^|(?<=[.;]\s)|(?<=\n))[ \t]*(?:[-•*][ \t]*)?(?P<head>[A-Z][A-Za-z0-9₂ ,&-]{1,40}):[ \t]+"
    r"(?P<body>[^\n;]+?)(?=[.;](?:\s|$)|\n|$)"
)
_JOINTS = re.compile(r"\s*(?:,|&|\band\b)\s*")
_WORD = re.compile(r"[^\W_]+", re.ASCII)


class HeadedSentence(Struct, frozen=True):
    """A sentence, the head under which it stands, and its words of another topic."""

    quote: Span
    said: str
    meant: str


def find_headed(text: str) -> Iterator[HeadedSentence]:
    """Sentences that hold no word of the topics that head them and one of another."""
    grammar = _grammar()
    for match in _HEADED.finditer(text):
        head, body = match["head"].strip(), match["body"]
        named = [head.lower()] if head.lower() in grammar.own else _JOINTS.split(head.lower())
        if not all(name in grammar.own for name in named) or len(_WORD.findall(body)) < LEAST:
            continue
        foreign = grammar.foreign.search(body)
        if foreign is not None and not any(grammar.own[name].search(body) for name in named):
            yield HeadedSentence(span(text, match.start("head"), match.end()), head, foreign.group())


class _Grammar(Struct, frozen=True):
    own: dict[str, re.Pattern[str]]  # by head
    foreign: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    data: dict[str, Any] = load_data("checker.data", "english_topics.yaml")
    own: dict[str, re.Pattern[str]] = {}
    for topic in data["topics"].values():
        words = re.compile(rf"\b(?:{'|'.join(map(re.escape, topic['own']))})", re.IGNORECASE)
        own |= dict.fromkeys(topic["heads"], words)
    foreign = "|".join(map(re.escape, data["foreign"]))
    return _Grammar(own, re.compile(rf"\b(?:{foreign})\b", re.IGNORECASE))
