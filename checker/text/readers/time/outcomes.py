"""What this year's answers hold of a promise: its thing, its figures, its time, what became of it, as a few numbers.

Who has done what was promised often calls it by another name (妈妈小屋 for 母婴室), but says when, counts the same, or
speaks of what stood beside it. What the question holds, and what last year's answer tells in any case, says little.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct

from checker.text.ground.fold import simplified
from checker.text.ground.lexicon import either
from checker.text.ground.passages import split
from checker.text.ground.quantities import Quantity, find_quantities
from checker.text.readers.time.dues import Months, are_due, find_months
from checker.text.readers.time.plan_words import coming_year
from checker.text.readers.time.promises import Promise
from checker.text.readers.time.things import features, letters
from frameworks.ground.yaml import load_data

VALUES = ("share", "fresh", "best", "count", "back", "later", "small", "plain", "measured",
          "far_weight", "far_share", "far_count")  # fmt: skip
ASKED = 0.35  # of the weight of a feature that the question holds
USUAL = 0.4  # of one that another sentence of last year's answer holds
MOST = 1.25  # weight of one feature at the most
NEW = 0.5  # share of a sentence's features that no single one of last year's holds
CLOSE, NEARLY = Decimal("0.2"), Decimal("0.08")  # of a figure, by which what came of it may differ
FEW, MANY = 3, 30  # figures up to here are found anywhere; from here on hardly by chance


class ThisYear(Struct, frozen=True):
    """This year's answer, and those of all other items."""

    own: str
    others: tuple[str, ...] = ()
    question: str = ""  # what every answer speaks of names no thing


class _Trace(Struct, frozen=True):
    """What one sentence of this year's answers has of a promise."""

    weight: float  # of the features that it shares with the promise
    fresh: float  # of those that neither the question nor last year's other sentences hold
    is_new: bool
    letters: int  # shared, of those that only the promise has
    is_due: bool
    is_later: bool  # it names the year after the one promised
    put_off: bool
    happens: bool
    beside: float  # weight of what stood beside the promise
    close: bool  # a figure nearly as promised, or there and promised together
    counts: bool  # a large one, whatever is counted
    plain: float  # share of all features of the promise, usual or not
    measured: bool  # a figure in the unit of the promise's

    @property
    def touches(self) -> bool:
        return self.weight > 0 or self.letters > 0

    @property
    def sum(self) -> float:
        """All that it has, in one number."""
        linked = (self.is_new and (self.put_off + self.is_later)) + self.close
        return (
            min(2 * self.weight, 2)
            + self.is_new * (min(self.letters, 3) / 2 + self.is_due + self.happens * min(self.beside, 2) / 2)
            + self.touches * linked
            + self.counts
        ) / 2


def evidence(promise: Promise, told: ThisYear, before: str) -> tuple[float, ...]:
    """The numbers in the order of ``VALUES`` for a promise of the answer ``before``."""
    known = _Setting.of(promise, before, told.question)
    own = [known.seen(sentence, known.weights) for sentence in sentences(told.own)]
    held = Counter(name for text in told.others for name in features(text).keys() & known.weights.keys())
    rare = {name: weight / max(1, held[name]) for name, weight in known.weights.items()}
    far = [known.seen(sentence, rare) for text in told.others for sentence in sentences(text)]
    whole = sum(known.weights.values())
    told_far = [each for each in far if each.happens or each.is_due or each.close]
    return (
        _most(own, lambda each: each.weight) / (whole + MOST / 2),
        min(_most(own, lambda each: each.fresh), 2),
        _most(own, lambda each: each.sum),
        _most(own, lambda each: each.counts),
        float(_words().looks_back.search(simplified(told.own)) is not None),
        _most(own, lambda each: each.is_later and each.touches),
        1 / (1 + whole),
        _most(own, lambda each: each.plain),
        _most(own, lambda each: each.plain * each.measured),
        min(_most(told_far, lambda each: each.weight), 2.5),
        _most(told_far, lambda each: each.weight) / (whole + MOST / 2),
        _most(far, lambda each: each.counts or (each.close and each.touches)),
    )


def tells_all(text: str) -> bool:
    """Whether an answer tells of all that was promised in one go: 上年计划的几项改造均已验收."""
    return _words().all_of_them.search(simplified(text)) is not None


@lru_cache(maxsize=512)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of an answer, each alone; kept, as every promise is looked for in the whole return."""
    plain = simplified(text)
    return tuple(plain[each.start : each.end] for each in split(text).sentences)


class _Sentence(Struct, frozen=True):
    """What a sentence holds, whatever the promise."""

    features: dict[str, float]
    quantities: tuple[Quantity, ...]
    months: tuple[Months, ...]
    happens: bool
    put_off: bool


@lru_cache(maxsize=4096)
def _read(sentence: str) -> _Sentence:
    words = _words()
    return _Sentence(
        features(sentence),
        find_quantities(sentence),
        find_months(sentence),
        words.sequels.search(sentence) is not None or words.done_with.search(sentence) is not None,
        words.put_off.search(sentence) is not None,
    )


class _Setting(Struct, frozen=True):
    """A promise and what stands around it."""

    thing: dict[str, float]
    weights: dict[str, float]  # the same, less of what the question or any year holds
    fresh: frozenset[str]
    letters: frozenset[str]
    beside: frozenset[str]  # features of its sentence and the one before, neither its own nor the question's
    others: tuple[dict[str, float], ...]  # of last year's other sentences
    months: tuple[Months, ...]
    later: re.Pattern[str]
    promised: tuple[Quantity, ...]
    near: tuple[Quantity, ...]  # figures of its sentence and the one before it

    @classmethod
    def of(cls, promise: Promise, before: str, question: str) -> _Setting:
        start, end = promise.quote.start, promise.quote.end
        cut = split(before).sentences
        at = next((at for at, each in enumerate(cut) if each.start <= start < each.end), 0)
        first, last = cut[max(0, at - 1)].start, max(end, cut[at].end)
        others = [before[each.start : each.end] for each in cut[:at] + cut[at + 1 :]]
        # what stands there as a want (手册尚缺) is no matter of every year
        usual_in = [text for place, text in enumerate(others) if place != at - 1 or not _lacks(text)]
        usual = {name for text in usual_in for name in features(text)}
        asked, thing = features(question), features(promise.thing)
        weights = {
            name: min(weight, MOST) * (ASKED if name in asked else 1) * (USUAL if name in usual else 1)
            for name, weight in thing.items()
        }
        known_letters = set(simplified(question + "".join(others)))
        behind = first if at and _lacks(before[first : cut[at].start]) else cut[at].start
        around = features(f"{before[behind:start]}\n{before[end:last]}")
        near = (each for each in find_quantities(before) if first <= each.start < last)
        quoted = find_months(simplified(promise.quote.text))
        return cls(
            thing=thing,
            weights=weights,
            fresh=frozenset(thing.keys() - asked.keys() - usual),
            letters=letters(promise.thing) - known_letters,
            beside=frozenset(around.keys() - thing.keys() - asked.keys()),
            others=tuple(map(features, others)),
            months=quoted or find_months(simplified(before[cut[at].start : last])),
            later=coming_year(promise.year + 1),
            promised=tuple(each for each in promise.quantities if each.kind != "date"),
            near=tuple(each for each in near if each.kind != "date" and not start <= each.start < end),
        )

    def seen(self, sentence: str, weights: dict[str, float]) -> _Trace:
        """What a sentence has of the promise, by the weights of its features."""
        read = _read(sentence)
        found, given = read.features, read.quantities
        common = weights.keys() & found.keys()
        letters = sum(letter in sentence for letter in self.letters)
        beside = self.beside & found.keys()
        may_be_new = bool(common or letters or beside or read.months)  # it is asked of nothing else
        return _Trace(
            weight=sum(weights[name] for name in common),
            fresh=sum(self.weights[name] for name in common & self.fresh),
            is_new=may_be_new and self._is_new(found),
            letters=letters,
            is_due=are_due(self.months, read.months),
            is_later=self.later.search(sentence) is not None,
            put_off=read.put_off,
            happens=read.happens,
            beside=sum(min(found[name], 1) for name in beside),
            close=self._has_close(given) or self._has_sum(given),
            plain=sum(self.thing[name] for name in common) / (sum(self.thing.values()) + MOST / 2),
            measured=any(_alike(one, now) for one in self.promised for now in given),
            counts=any(
                one.unit == now.unit and _is_nearly(one, now) for one in self.promised for now in given
            ),
        )

    def _is_new(self, found: dict[str, float]) -> bool:
        whole = sum(found.values()) + MOST / 5
        shares = (sum(found[name] for name in found.keys() & other.keys()) / whole for other in self.others)
        return 1 - max(shares, default=0) > NEW

    def _has_close(self, given: Sequence[Quantity]) -> bool:
        return any(
            _alike(one, now) and _differ_by(one, now, CLOSE, FEW) for one in self.promised for now in given
        )

    def _has_sum(self, given: Sequence[Quantity]) -> bool:
        """Whether a figure is what was there and what was promised (2 and 4 more: 6)."""
        return any(
            _alike(one, there) and _alike(one, now) and _adds_up(one, there, now)
            for now in given
            for one in self.promised
            for there in self.near
        )


def _most(found: Iterable[_Trace], of: Callable[[_Trace], float]) -> float:
    return float(max(map(of, found), default=0))


def _lacks(text: str) -> bool:
    return _words().lacks.search(simplified(text)) is not None


def _alike(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit or {one.unit, other.unit} <= _words().heads


def _is_nearly(one: Quantity, other: Quantity) -> bool:
    return _differ_by(one, other, NEARLY, MANY - 1)


def _differ_by(one: Quantity, other: Quantity, most: Decimal, least: int) -> bool:
    wanted, given = _number(one), _number(other)
    return (
        wanted is not None and given is not None and wanted > least and abs(wanted - given) <= most * wanted
    )


def _adds_up(one: Quantity, there: Quantity, now: Quantity) -> bool:
    more, old, total = _number(one), _number(there), _number(now)
    return None not in (more, old, total) and more + old == total  # type: ignore[operator]


def _number(quantity: Quantity) -> Decimal | None:
    try:
        return Decimal(quantity.value)
    except InvalidOperation:
        return None


class _Words(Struct, frozen=True):
    sequels: re.Pattern[str]
    done_with: re.Pattern[str]
    put_off: re.Pattern[str]
    looks_back: re.Pattern[str]
    all_of_them: re.Pattern[str]
    lacks: re.Pattern[str]
    heads: frozenset[str]  # units in which people are counted: one is as good as another


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "promises.yaml")
    verbs = either(data["finishes"])
    undone = rf"{either(data['undone'])}[一-龥]{{0,2}}?{verbs}|不{verbs}了"
    left = rf"{either(data['years_back'])}[一-龥]{{0,6}}?{either(data['left_over'])}"
    return _Words(
        sequels=re.compile(rf"{either(data['sequels'])}|{undone}"),
        done_with=re.compile(either(data["done_with"])),
        put_off=re.compile(either(data["put_off"])),
        looks_back=re.compile(rf"{either(data['looks_back'])}|{left}"),
        all_of_them=re.compile(
            rf"(?:{either(data['looks_back'])}|{left})[^，,。；;]{{0,12}}?{either(data['all_of_them'])}"
        ),
        lacks=re.compile(either(data["lacks"])),
        heads=frozenset(data["heads"]),
    )
