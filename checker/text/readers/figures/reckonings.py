"""Shares, changes and means that do not come out of the figures beside which they stand.

收到12件，办结9件，办结率100%. Only what can be of nothing else is reckoned: the figures stand in one sentence and say
by their own words what they are to each other; a number that any two figures of the answer give is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import chain, permutations
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from checker.text.ground.measures import Measure, measure
from checker.text.ground.numbers import plain
from checker.text.ground.passages import Passages
from checker.text.ground.quantities import Quantity
from frameworks.ground.yaml import load_data

HUNDRED = Decimal(100)
POINTS = Decimal(1)  # per cent by which a share must be off: less is another rounding; guessed
SMALL = Decimal(10)  # per cent; a smaller share must be off by more than a part of itself
PART = Decimal("0.06")  # likewise every mean; guessed
THREE = 3  # two figures and what they give
MOST = 80  # figures of an answer; of more any two give anything
REACH = 16  # characters between a figure and the one it is compared with
_DIGIT = re.compile(r"\d")
_MARK = re.compile(r"[，,（(]")
_SHARES = frozenset(("share", "points"))
_HEADS = frozenset(("persons", "attendance"))


class Reckoning(Struct, frozen=True):
    """A number as it stands there, and what the figures beside it give."""

    start: int  # from the first of all figures to the end of the last
    end: int
    stated: str  # as written
    reckoned: str  # with its unit
    of: tuple[str, ...]  # the figures, as written


def find_reckonings(text: str, quantities: Sequence[Quantity], passages: Passages) -> tuple[Reckoning, ...]:
    """What does not come out, in order."""
    if not THREE <= len(quantities) <= MOST:
        return ()
    known = [each for quantity in quantities if (each := measure(quantity)) is not None]
    found: list[Reckoning] = []
    for sentence in passages.sentences:
        here = [q for q in quantities if sentence.start <= q.start < sentence.end]
        if len(here) >= THREE:
            found += _in_sentence(text, here, known)
    return tuple(found)


def _in_sentence(text: str, here: Sequence[Quantity], known: Sequence[Measure]) -> Iterator[Reckoning]:
    words = _words()
    measured = [measure(quantity) for quantity in here]
    for at, (result, stated) in enumerate(zip(here, measured, strict=True)):
        if stated is None or _DIGIT.search(result.text) is None:
            continue
        if result.kind != "share":
            if (each := words.each.search(text, max(0, result.start - REACH), result.start)) is not None:
                yield from _mean(text, here, result, stated, each.group(), known)
        elif at > 1 and (one := measured[at - 2]) and (other := measured[at - 1]) and _may_share(one, other):
            yield from _change(text, one, other, stated, known)
            yield from _share(text, one, other, stated, known)


def _change(
    text: str, one: Measure, other: Measure, stated: Measure, known: Sequence[Measure]
) -> Iterator[Reckoning]:
    """由12.5吨降到10吨，同比下降20%; 180万元，比上年的150万元增长20%."""
    words = _words()
    way = words.change.fullmatch(text, other.end, stated.start)
    if way is None:
        return
    if words.becomes.fullmatch(text, one.end, other.start):
        before, now = one, other
    elif words.compared.fullmatch(text, one.end, other.start):
        before, now = other, one
    else:
        return
    sign = 1 if way["up"] or way["up_en"] else -1
    reckoned = _changed(before, now)
    others = (sign * _changed(*pair) for pair in _pairs(known))
    if not _is_told(stated, chain((sign * reckoned,), others)):
        yield _reckoning(text, (before, now), stated, f"{plain(round(abs(reckoned), 1))}%")


def _share(
    text: str, one: Measure, other: Measure, stated: Measure, known: Sequence[Measure]
) -> Iterator[Reckoning]:
    """96人，占员工480人的20%; 收到12件，办结9件，办结率75%."""
    words = _words()
    if words.share.fullmatch(text, one.end, other.start) and words.of.fullmatch(
        text, other.end, stated.start
    ):
        part, whole = one, other
    elif (rate := words.rate.fullmatch(text, other.end, stated.start)) is not None:
        part, whole = other, one
        behind = _MARK.split(text[part.end : rate.start("label")])[0]
        if not _is_rate(rate["label"], text[whole.end : part.start] + behind, text[: rate.start("label")]):
            return
    else:
        return
    if part.value > whole.value:
        return
    reckoned = part.value * HUNDRED / whole.value
    others = (a.value * HUNDRED / b.value for a, b in _pairs(known))
    if not _is_told(stated, chain((reckoned,), others)):
        yield _reckoning(text, (whole, part), stated, f"{plain(round(reckoned, 1))}%")


def _mean(
    text: str,
    here: Sequence[Quantity],
    result: Quantity,
    stated: Measure,
    each: str,
    known: Sequence[Measure],
) -> Iterator[Reckoning]:
    """人均20小时: all hours by all persons of the sentence, where it has one figure of each."""
    units = next((units for key, units in _words().units.items() if key in each), ())
    rest = [(other, found) for other in here if other is not result and (found := measure(other)) is not None]
    wholes = [one for _, one in rest if one.dimension == stated.dimension and one.value > stated.value]
    heads = [one for other, one in rest if other.unit in units and one.value]
    if len(wholes) != 1 or len(heads) != 1 or wholes[0] is heads[0] or not stated.value:
        return
    reckoned = wholes[0].value / heads[0].value
    others = (a.value / b.value for a, b in permutations(known, 2) if b.value)
    if not _is_told(stated, chain((reckoned,), others), points=False):
        scale = stated.value / Decimal(result.value)
        yield _reckoning(
            text, (wholes[0], heads[0]), stated, f"{plain(round(reckoned / scale, 1))}{result.unit}"
        )


def _is_rate(label: str, told: str, before: str) -> bool:
    """Whether a rate is of what the second figure counts, out of the first.

    ``told`` are the words of that figure, ``before`` those before the rate: whatever else it is called stands there.
    """
    words = _words()
    if words.owed.search(told) is not None:
        return False
    for called, *by in words.rated:
        if label.endswith(called) and any(word in told for word in (called, *by)):
            rest = label.removesuffix(called)
            return not rest or rest in words.plain or rest in before
    return False


def _may_share(one: Measure, other: Measure) -> bool:
    return bool(one.value and other.value) and one.dimension not in _SHARES and _alike(one, other)


def _alike(one: Measure, other: Measure) -> bool:
    return one.dimension == other.dimension or {one.dimension, other.dimension} <= _HEADS


def _pairs(known: Sequence[Measure]) -> Iterator[tuple[Measure, Measure]]:
    return (pair for pair in permutations(known, 2) if _may_share(*pair))


def _changed(before: Measure, now: Measure) -> Decimal:
    return (now.value - before.value) * HUNDRED / before.value


def _is_told(stated: Measure, reckoned: Iterable[Decimal], *, points: bool = True) -> bool:
    """Whether a number is one of those that can be meant, or nearly so."""
    return any(
        stated.low <= each <= stated.high
        or abs(stated.value - each) <= (POINTS if points and abs(each) >= SMALL else abs(each) * PART)
        for each in reckoned
    )


def _reckoning(text: str, of: Sequence[Measure], result: Measure, reckoned: str) -> Reckoning:
    start = min(result.start, *(one.start for one in of))
    end = max(result.end, *(one.end for one in of))
    return Reckoning(start, end, result.text, reckoned, tuple(one.text for one in of))


class _Words(Struct, frozen=True):
    becomes: re.Pattern[str]
    compared: re.Pattern[str]
    change: re.Pattern[str]
    share: re.Pattern[str]
    of: re.Pattern[str]
    rate: re.Pattern[str]
    owed: re.Pattern[str]
    each: re.Pattern[str]
    not_share: re.Pattern[str]
    rated: tuple[tuple[str, ...], ...]
    plain: tuple[str, ...]
    units: dict[str, tuple[str, ...]]


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "reckonings.yaml")
    beside = rf"(?:{either(data['beside'])}|20\d\d年?|\s)*"
    near = rf"[^，,。；;\d]{{0,{REACH}}}"
    earlier = rf"(?:{either(data['earlier'])}|20\d\d年?)"
    english: dict[str, str] = data["english"]
    change = rf"[，,、（(]?\s?{beside}(?:(?P<up>{either(data['up'])})|{either(data['down'])}){beside}"
    becomes = rf"[^，,。；;、]{{0,{REACH}}}?{either(data['becomes'])}了?(?:20\d\d年的?)?\s?"
    return _Words(
        becomes=re.compile(f"{becomes}|{english['to']}"),
        compared=re.compile(rf"[，,（(]?\s?{either(data['compared'])}{earlier}(?:同期|全年)?的?\s?"),
        change=re.compile(f"{change}|{english['change']}"),
        share=re.compile(rf"[，,（(]?\s?占{near}|{english['part']}"),
        of=re.compile(rf"的?(?:比例|比重)?(?:约|达|为)?\s?|{english['share']}"),
        rate=re.compile(
            r"[^，,。；;\d]{0,6}[，,（(]\s?(?P<label>[一-龥]{2,8}?)(?:率|比例)(?:约|达到|达|为|是|：|:)?\s?"
        ),
        owed=re.compile(either(data["owed"])),
        each=re.compile(rf"{either(data['each'])}[^，,。；;\d]{{0,8}}$"),
        not_share=re.compile(english["not_share"]),
        rated=tuple(map(tuple, data["rated"])),
        plain=tuple(data["plain"]),
        units={key: tuple(units) for key, units in data["each_units"].items()},
    )
