"""Whether this year's answers tell what became of a promise: its thing, its figure, or a word of its fate."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.fold import simplified
from checker.text.ground.lexicon import either
from checker.text.ground.measures import measure
from checker.text.ground.passages import split
from checker.text.ground.quantities import Quantity, find_quantities
from checker.text.readers.time.promises import Promise, find_promises
from checker.text.readers.time.things import features, letters, runs_of
from frameworks.ground.yaml import load_data

# shares of a promise's features that a sentence must hold; settled on one author's pairs, measured on another's
NAMED = 0.34  # of the same item
NEAR = 0.6  # of another item of the section
ASKED = 0.3  # of the weight of a feature that the question holds, too
FATED = 0.15  # beside a word of a plan's fate
LETTERS = 0.6  # of its letters, beside such a word
RARE = 2.5  # weight of features that few answers hold, by which a thing is known whatever else it is called
CLOSE = Decimal("0.3")  # of a share, by which what came of it may differ; guessed
FIGURED = 0.15  # beside its figure, or another in its unit


class Told(Struct, frozen=True):
    """This year's answer, and those of its section."""

    own: str
    near: tuple[str, ...] = ()
    question: str = ""  # what every answer speaks of names no thing


def find_open(before: str, year: int, told: Told, others: Iterable[str] = ()) -> tuple[Promise, ...]:
    """The promises of an answer in a return of ``year`` that the next year's answers leave without a sequel.

    Args:
        before: the answer of that year.
        year: of which return it is.
        told: the next year's answers.
        others: names of the parent, whose plans are no promises.
    """
    found: list[Promise] = []
    last = True  # whether the one before is told
    for promise in find_promises(before, year, others):
        known = is_told(promise, told, before)
        if not known and not (promise.follows and last):  # what only follows from a plan is told with it
            found.append(promise)
        last = known
    return tuple(found)


def is_told(promise: Promise, told: Told, before: str = "") -> bool:
    """Whether the answers say anything of a promise's sequel; ``before`` is the answer that holds it."""
    thing = _Thing.of(promise, told.question)
    if _same_count(promise, told.own) or _head_stands(promise, told) or _speaks_of(promise, told, before):
        return True
    return _in(thing, told.own, NAMED) or any(_in(thing, text, NEAR) for text in told.near)


class _Thing(Struct, frozen=True):
    """What a promise is about: weights by feature, and how many of them the question does not hold."""

    promise: Promise
    weights: dict[str, float]
    own: frozenset[str]  # features that the question does not hold
    deeds: frozenset[str]
    letters: frozenset[str]
    codes: int

    @classmethod
    def of(cls, promise: Promise, question: str) -> _Thing:
        asked, found = features(question), features(promise.thing)
        weights = {name: weight * (ASKED if name in asked else 1) for name, weight in found.items()}
        own = frozenset(name for name in found if name not in asked)
        return cls(promise, weights, own, deeds_of(promise.quote.text), *letters(promise.thing))

    @property
    def is_topic(self) -> bool:
        """Whether it names no more than the question does."""
        return sum(self.weights[name] for name in self.own) < 1


def _in(thing: _Thing, text: str, share: float) -> bool:
    plain = simplified(text)
    return any(_tells(thing, plain[start:end], share) for start, end in _windows(text))


def _tells(thing: _Thing, stretch: str, share: float) -> bool:
    """Whether a sentence or two tell of a thing, or what became of it."""
    words, wanted = _words(), thing.weights
    common = wanted.keys() & features(stretch).keys()
    held = sum(wanted[name] for name in common) / sum(wanted.values())
    fate = words.sequels.search(stretch) is not None or bool(thing.deeds & deeds_of(stretch))
    figures = _figures(thing.promise.quantities, find_quantities(stretch), alike=thing.is_topic)
    rare = sum(wanted[name] for name in common & thing.own if wanted[name] >= 1)
    if (held >= share or rare >= RARE) and (
        fate or figures or not (thing.is_topic and thing.promise.quantities)
    ):
        return True
    if (held > 0 and words.looks_back.search(stretch)) or words.all_of_them.search(stretch):
        return True
    if (held >= FATED and fate) or (held >= FIGURED and figures):
        return True
    measured = thing.promise.quantities and words.measured.search(stretch)
    if not (fate or figures or measured or words.done_with.search(stretch)):
        return False
    if sum(wanted[name] for name in common & thing.own) >= 1:
        return True
    found = sum(letter in stretch for letter in thing.letters)
    return (
        found > 2 and found / (len(thing.letters) + 2 * thing.codes) >= LETTERS
    )  # 雨污分流: 雨水、污水管网已分开


def _same_count(promise: Promise, text: str) -> bool:
    """Whether the very number of things or persons that its sentence tells stands in the answer of the same item."""
    counts = {(each.value, each.unit) for each in promise.near if each.kind.startswith("count")}
    return any((each.value, each.unit) in counts for each in find_quantities(text))


def _speaks_of(promise: Promise, told: Told, before: str) -> bool:
    """Whether a word that the earlier answer has for the promise alone, and the question has not, stands there."""
    start, end = promise.quote.start, promise.quote.end
    known = features(told.question).keys() | features(before[:start]).keys() | features(before[end:]).keys()
    own = {name for name, weight in features(promise.thing).items() if weight >= 1 and name not in known}
    return any(own & features(text).keys() for text in (told.own, *told.near))


def _head_stands(promise: Promise, told: Told) -> bool:
    """Whether the noun that a promise ends its thing with (环保知识展厅) stands in the answer, not in the question."""
    own = simplified(told.own)
    heads = {run[-2:] for run in runs_of(promise.thing)}
    return any(head in own and head not in told.question for head in heads)


def deeds_of(text: str) -> frozenset[str]:
    """The deeds that a plan finishes (更换, 安装) among the words of a text."""
    return frozenset(word for word in _words().finishes.findall(simplified(text)) if len(word) > 1)


def _figures(promised: Iterable[Quantity], given: Iterable[Quantity], *, alike: bool) -> bool:
    """Whether a figure of the promise stands here: the same, another in a unit of few things, or any ``alike``."""
    few = _words().plain_units
    return any(
        alike or one.value == other.value or one.unit not in few or _near(one, other)
        for one in promised
        for other in given
        if one.unit == other.unit
        or (one.value == other.value and (not other.unit or {one.unit, other.unit} <= _words().heads))
    )


def _near(one: Quantity, other: Quantity) -> bool:
    """Whether two shares can be a target and what came of it."""
    if one.unit != "%" or (wanted := measure(one)) is None or (given := measure(other)) is None:
        return False
    return abs(wanted.value - given.value) <= abs(wanted.value) * CLOSE


def _windows(text: str) -> Iterable[tuple[int, int]]:
    """Every sentence with the one behind it."""
    sentences = split(text).sentences
    for at, sentence in enumerate(sentences):
        yield sentence.start, sentences[min(at + 1, len(sentences) - 1)].end


class _Words(Struct, frozen=True):
    sequels: re.Pattern[str]
    looks_back: re.Pattern[str]
    all_of_them: re.Pattern[str]
    finishes: re.Pattern[str]
    done_with: re.Pattern[str]
    measured: re.Pattern[str]
    plain_units: frozenset[str]
    heads: frozenset[str]  # units in which people are counted


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "promises.yaml")
    words = ("sequels", "looks_back", "finishes", "done_with", "measured")
    known = {name: re.compile(either(data[name])) for name in words}
    every = re.compile(rf"{either(data['looks_back'])}[^，,。；;]{{0,12}}?{either(data['all_of_them'])}")
    return _Words(
        all_of_them=every, plain_units=frozenset(data["plain_units"]), heads=frozenset(data["heads"]), **known
    )
