"""Whether a sentence tells of a promise in other words, by what is around: its time, its figures, the words beside it.

Who has done what was promised often calls it by another name (妈妈小屋 for 母婴室), but says when, and speaks of what
stood beside the promise. The bounds are settled on the pairs of three authors, and on returns of strangers that know
nothing of the promise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from msgspec import Struct

from checker.text.ground.fold import simplified
from checker.text.ground.passages import split
from checker.text.ground.quantities import Quantity, find_quantities
from checker.text.readers.time.dues import Months, are_due, find_months
from checker.text.readers.time.promises import Promise, coming_year
from checker.text.readers.time.things import features, letters

NEW = 0.6  # share of a sentence's features that last year's answer did not hold
BESIDE = 0.5  # weight of what stood beside the promise, for a deed of its time or one without a time
LETTERS = 2.0  # letters of the promise's thing, for a deed of its time; one from beside it counts half
HALF = 0.5
SOME = 0.2  # share of the thing's letters, for a deed without a time
MORE = 0.3  # the same in another item
SURE = 1.0  # weight of what stood beside the promise, for another item
SOME_LETTERS, MORE_LETTERS = 2, 3  # of the thing, at the least
FEW = 3  # figures up to here are found anywhere
MANY = 10  # things or persons, from which on the same number is hardly another's
CLOSE = Decimal("0.2")  # of a count, by which what came of it may differ
_RUN = re.compile(r"[一-龥]+")


class Around(Struct, frozen=True):
    """What stands around a promise in the answer that holds it."""

    thing: frozenset[str]  # letters of what it is about
    beside: frozenset[str]  # features of its sentence and the one before, neither its own nor the question's
    letters: frozenset[str]  # letters of the same
    rest: frozenset[str]  # features of all the answer but the promise
    months: tuple[Months, ...]
    later: re.Pattern[str]  # the year after the one promised: it is put off
    promised: tuple[Quantity, ...]
    near: tuple[Quantity, ...]  # figures of its sentence and the one before it
    heads: frozenset[str]  # units in which people are counted: one is as good as another


def around(promise: Promise, before: str, question: str, heads: frozenset[str]) -> Around:
    """What stands around a promise in last year's answer."""
    start, end = promise.quote.start, promise.quote.end
    cut = split(before).sentences
    at = next((at for at, each in enumerate(cut) if each.start <= start < each.end), 0)
    first, last = cut[max(0, at - 1)].start, max(end, cut[at].end)
    words = f"{before[first:start]}\n{before[end:last]}"
    thing = letters(promise.thing)[0]
    near = (each for each in find_quantities(before) if first <= each.start < last)
    return Around(
        thing=thing,
        beside=frozenset(features(words).keys() - features(promise.thing).keys() - features(question).keys()),
        letters=frozenset("".join(_RUN.findall(simplified(words)))) - thing,
        rest=frozenset(features(before[:start]).keys() | features(before[end:]).keys()),
        months=find_months(simplified(promise.quote.text))
        or find_months(simplified(before[cut[at].start : last])),
        later=coming_year(promise.year + 1),
        promised=tuple(each for each in promise.quantities if each.kind != "date"),
        near=tuple(each for each in near if each.kind != "date" and not start <= each.start < end),
        heads=heads,
    )


def is_deed_of_its_time(known: Around, sentence: str) -> bool:
    """Whether a sentence of the same item's answer tells something new of the promised time that touches the promise.

    The year after it is its time, too: it was put off.
    """
    if not are_due(known.months, find_months(sentence)) and known.later.search(sentence) is None:
        return False
    weights = features(sentence)
    if not _is_new(known, weights):
        return False
    shared = _shared(known.thing, sentence) + HALF * _shared(known.letters, sentence)
    return (
        shared >= LETTERS or _beside(known, weights) >= BESIDE or has_figure(known, find_quantities(sentence))
    )


def touches(known: Around, sentence: str) -> bool:
    """Whether a sentence of the item's answer shares letters with a promise, and words with what stood beside it."""
    if not _is_new(known, features(sentence)):
        return False
    if len(known.thing) < SOME_LETTERS:  # LED: what stood beside it names it
        return _beside(known, features(sentence)) >= SURE
    shared = _shared(known.thing, sentence)
    return (
        shared >= max(SOME_LETTERS, SOME * len(known.thing)) and _beside(known, features(sentence)) >= BESIDE
    )


def touches_elsewhere(known: Around, sentence: str) -> bool:
    """The same of another item's answer: more of both, or the time of the promise."""
    shared, beside = _shared(known.thing, sentence), _beside(known, features(sentence))
    if shared >= max(MORE_LETTERS, MORE * len(known.thing)) and beside >= SURE:
        return True
    enough = shared >= max(SOME_LETTERS, SOME * len(known.thing)) and beside >= BESIDE
    return enough and are_due(known.months, find_months(sentence))


def has_count(known: Around, given: Iterable[Quantity]) -> bool:
    """Whether a large number of things or persons that was promised stands there, whatever they are called."""
    many = {
        one.value for one in known.promised if one.kind.startswith("count") and (_number(one) or 0) >= MANY
    }
    return any(now.value in many and now.kind.startswith("count") for now in given)


def has_sum(known: Around, given: Iterable[Quantity]) -> bool:
    """Whether a figure is what was there and what was promised (2 and 4 more: 6)."""
    return any(
        _alike(known, one, there) and _alike(known, one, now) and _adds_up(one, there, now)
        for now in given
        for one in known.promised
        for there in known.near
    )


@lru_cache(maxsize=512)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of an answer, each alone; kept, as every promise is looked for in the whole return."""
    plain = simplified(text)
    return tuple(plain[each.start : each.end] for each in split(text).sentences)


def _is_new(known: Around, weights: dict[str, float]) -> bool:
    """Whether last year's answer did not hold most of a sentence."""
    return sum(weight for name, weight in weights.items() if name not in known.rest) >= NEW * sum(
        weights.values()
    )


def _shared(known: frozenset[str], sentence: str) -> int:
    return sum(letter in sentence for letter in known)


def _beside(known: Around, weights: dict[str, float]) -> float:
    return sum(weight for name, weight in weights.items() if name in known.beside)


def has_figure(known: Around, given: tuple[Quantity, ...]) -> bool:
    """Whether a figure of the promise stands there, nearly, or the very one of what stood beside it."""
    return any(
        _alike(known, one, now) and (one.value == now.value or _close(one, now))
        for one in known.promised
        for now in given
    ) or any(
        _alike(known, one, now) and one.value == now.value and (_number(one) or 0) > FEW
        for one in known.near
        for now in given
    )


def _alike(known: Around, one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit or {one.unit, other.unit} <= known.heads


def _close(one: Quantity, other: Quantity) -> bool:
    wanted, given = _number(one), _number(other)
    return wanted is not None and given is not None and wanted > FEW and abs(wanted - given) <= CLOSE * wanted


def _adds_up(one: Quantity, there: Quantity, now: Quantity) -> bool:
    more, old, total = _number(one), _number(there), _number(now)
    return None not in (more, old, total) and more + old == total  # type: ignore[operator]


def _number(quantity: Quantity) -> Decimal | None:
    try:
        return Decimal(quantity.value)
    except InvalidOperation:
        return None
