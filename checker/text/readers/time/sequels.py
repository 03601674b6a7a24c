"""Whether this year's answers tell what became of a promise: its thing, its figure, or a word of its fate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from checker.text.ground.fold import simplified
from checker.text.ground.lexicon import either
from checker.text.ground.passages import split
from checker.text.ground.quantities import Quantity, find_quantities
from checker.text.readers.time.promises import Promise, find_promises
from checker.text.readers.time.things import features
from frameworks.ground.yaml import load_data

# shares of a promise's features that a sentence must hold; settled on one author's pairs, measured on another's
NAMED = 0.5  # of the same item
NEAR = 0.6  # of another item of the section
ASKED = 0.3  # of the weight of a feature that the question holds, too
FATED = 0.25  # beside a word of a plan's fate
LETTERS = 0.7  # of its letters, beside such a word
FIGURED = 0.2  # beside its figure, or another in its unit
PLAIN_KINDS = frozenset({"count_times", "count_thing", "count_person", "percent", "money", "duration"})


@dataclass(frozen=True)
class Told:
    """This year's answer, and those of its section."""

    own: str
    near: tuple[str, ...] = ()
    question: str = ""  # what every answer speaks of names no thing


def find_open(before: str, year: int, told: Told) -> tuple[Promise, ...]:
    """The promises of an answer in a return of ``year`` that the next year's answers leave without a sequel."""
    return tuple(promise for promise in find_promises(before, year) if not is_told(promise, told))


def is_told(promise: Promise, told: Told) -> bool:
    """Whether the answers say anything of a promise's sequel."""
    asked = features(told.question)
    wanted = {
        feature: weight * (ASKED if feature in asked else 1)
        for feature, weight in features(promise.thing).items()
    }
    return _in(promise, wanted, told.own, NAMED) or any(
        _in(promise, wanted, text, NEAR) for text in told.near
    )


def _in(promise: Promise, wanted: Mapping[str, float], text: str, share: float) -> bool:
    words, plain = _words(), simplified(text)
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
        fate = words.sequels.search(plain, start, end) or deeds & deeds_of(plain[start:end])
        if fate and held >= FATED:
            return True
        if (fate or words.done_with.search(plain, start, end)) and _letters(wanted, stretch) >= LETTERS:
            return True
        if held >= FIGURED and _figures(promise.quantities, find_quantities(stretch)):
            return True
    return False


def _letters(wanted: Mapping[str, float], stretch: str) -> float:
    """The share of a thing's letters that a stretch holds (雨污分流: 雨水、污水管网已分开); 0 for a name of two."""
    letters = {letter for feature in wanted if not feature.startswith("=") for letter in feature}
    return sum(letter in stretch for letter in letters) / len(letters) if len(letters) > 2 else 0.0


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
    done_with: re.Pattern[str]


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "promises.yaml")
    keys = ("sequels", "looks_back", "all_of_them", "finishes", "done_with")
    return _Words(*(re.compile(either(data[key])) for key in keys))
