"""Whether this year's answers tell what became of a promise: its thing, its figure, or a word of its fate."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from checker.text.ground.fold import simplified
from checker.text.ground.lexicon import either
from checker.text.ground.passages import split
from checker.text.ground.quantities import Quantity, find_quantities
from checker.text.readers.time.promises import Promise
from checker.text.readers.time.things import features
from frameworks.ground.yaml import load_data

# shares of a promise's features that a sentence must hold; settled on one author's pairs, measured on another's
NAMED = 0.5  # of the same item
NEAR = 0.6  # of another item of the section
FATED = 0.25  # beside a word of a plan's fate
FIGURED = 0.2  # beside its figure, or another in its unit
PLAIN_KINDS = frozenset({"count_times", "count_thing", "count_person", "percent", "money", "duration"})


@dataclass(frozen=True)
class Told:
    """This year's answer, and those of its section."""

    own: str
    near: tuple[str, ...] = ()


def is_told(promise: Promise, told: Told) -> bool:
    """Whether the answers say anything of a promise's sequel."""
    return _in(promise, told.own, NAMED) or any(_in(promise, text, NEAR) for text in told.near)


def _in(promise: Promise, text: str, share: float) -> bool:
    words, wanted = _words(), features(promise.thing)
    plain = simplified(text)
    weight, deeds = sum(wanted.values()), deeds_of(promise.quote.text)
    for start, end in _windows(text):
        stretch = text[start:end]
        held = sum(value for feature, value in wanted.items() if feature in features(stretch)) / weight
        if held >= share:
            return True
        if words.looks_back.search(plain, start, end) and (
            held > 0 or words.all_of_them.search(plain, start, end)
        ):
            return True
        if held >= FATED and (words.sequels.search(plain, start, end) or deeds & deeds_of(plain[start:end])):
            return True
        if held >= FIGURED and _figures(promise.quantities, find_quantities(stretch)):
            return True
    return False


def deeds_of(text: str) -> frozenset[str]:
    """The deeds that a plan finishes (更换, 安装) among the words of a text."""
    return frozenset(word for word in _words().finishes.findall(simplified(text)) if len(word) > 1)


def _figures(promised: Iterable[Quantity], given: Iterable[Quantity]) -> bool:
    """Whether a figure of the promise stands here: the same, or another in a unit that few things have."""
    pairs = [(one, other) for one in promised for other in given if one.unit == other.unit]
    return any(one.value == other.value or one.kind not in PLAIN_KINDS for one, other in pairs)


def _windows(text: str) -> Iterable[tuple[int, int]]:
    """Every sentence with the one behind it."""
    sentences = split(text).sentences
    for at, sentence in enumerate(sentences):
        yield sentence.start, sentences[min(at + 1, len(sentences) - 1)].end


@dataclass(frozen=True, slots=True)
class _Words:
    sequels: re.Pattern[str]
    looks_back: re.Pattern[str]
    all_of_them: re.Pattern[str]
    finishes: re.Pattern[str]


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "promises.yaml")
    keys = ("sequels", "looks_back", "all_of_them", "finishes")
    return _Words(*(re.compile(either(data[key])) for key in keys))
