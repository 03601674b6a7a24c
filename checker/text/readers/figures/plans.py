"""Pairs of a plan and what was done (计提 268 万元, 投入 130 万元) that lie far apart with no word on why."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise, starmap
from typing import Any

from msgspec import Struct

from checker.text.ground.english import is_mostly_english
from checker.text.ground.lexicon import either
from checker.text.ground.measures import Measure, measure
from checker.text.ground.passages import Passages
from checker.text.ground.quantities import Quantity
from checker.text.ground.spans import Span, span
from checker.text.ground.stops import split_at_points
from checker.text.ground.tables import Table
from checker.text.readers.figures.english_figures import find_short_of_plan
from checker.text.readers.figures.plan_pairs import find_pairs
from frameworks.ground.yaml import load_data

LEAST, MOST = Decimal("0.8"), Decimal("1.2")
REACH = 8  # sentences behind a plan in which its outcome stands
NEXT = 3  # clauses behind a plan in which an outcome without a noun is its own
BARE = 2  # sentences behind a plan in which a bare outcome (完成41项) is its own
LEAST_HEAD = 3  # characters of a head noun
BACK, TOLD = 80, 400  # characters before a figure that hold its year; behind a plan that may hold the reason

_YEAR = re.compile(r"(?<!\d)(?:20)?(\d\d)\s?年")
_ARROW = re.compile("→|->|⇒|➜")
_BLANK = tuple(" 　")
_CAUSE = re.compile(r"因(?!素|此|子)")


class Gap(Struct, frozen=True):
    """A plan and an outcome far apart; ``rate`` in per cent."""

    plan: Span
    actual: Span
    rate: Decimal


class _Figure(Struct, frozen=True):
    measure: Measure
    label: str  # the words of its clause before it
    clause: int
    sentence: int
    start: int
    year: str
    is_plan: bool
    is_actual: bool


class _Words(Struct, frozen=True):
    title: re.Pattern[str]
    plan: re.Pattern[str]
    listed: re.Pattern[str]  # what a plan in the clause before lists
    not_plan: re.Pattern[str]
    actual: re.Pattern[str]
    off: re.Pattern[str]
    reason: re.Pattern[str]
    outright: re.Pattern[str]
    rate: re.Pattern[str]  # of what was planned, up to its figure
    kinds: frozenset[str]


def find_gaps(
    text: str, quantities: tuple[Quantity, ...], passages: Passages, tables: tuple[Table, ...] = ()
) -> tuple[Gap, ...]:
    """Plans and outcomes outside 80-120 per cent, in order."""
    if is_mostly_english(text):
        return tuple(starmap(Gap, find_short_of_plan(text, quantities)))
    return (
        _told_gaps(text, quantities, passages)
        or tuple(_paired(text, tables))
        or tuple(_rated(text, quantities, passages))
    )


def _rated(text: str, quantities: tuple[Quantity, ...], passages: Passages) -> Iterator[Gap]:
    """What was done, and at what rate of a plan (年底开了52项，完成率60.5%)."""
    words = _words()
    if words.rate.search(text) is None or words.reason.search(text) or _CAUSE.search(text):
        return
    shares = {each.start: each for each in quantities if each.kind == "share"}
    for before, clause in pairwise(passages.clauses):
        told = words.rate.search(text, clause.start, clause.end)
        share = shares.get(told.end()) if told is not None else None
        if share is None or (found := measure(share)) is None:
            continue
        label = text[before.start : before.end]
        was_done = words.actual.search(label) is not None and words.plan.search(label) is None
        if was_done and found.value < LEAST * 100:
            yield Gap(span(text, before.start, before.end), span(text, clause.start, clause.end), found.value)


def _paired(text: str, tables: tuple[Table, ...]) -> Iterator[Gap]:
    """The pairs told in few words or in columns."""
    for pair in find_pairs(text, tables):
        rate = pair.done / pair.planned
        told = text[min(pair.plan.start, pair.actual.start) : max(pair.plan.end, pair.actual.end) + TOLD]
        if not LEAST <= rate <= MOST and not _words().reason.search(told) and not _CAUSE.search(told):
            yield Gap(pair.plan, pair.actual, rate * 100)


def _told_gaps(text: str, quantities: tuple[Quantity, ...], passages: Passages) -> tuple[Gap, ...]:
    if len(quantities) < 2 or not _words().plan.search(text):
        return ()
    passages = split_at_points(text, passages)
    return tuple(_gaps(text, list(_figures(text, quantities, passages)), passages))


def _figures(text: str, quantities: tuple[Quantity, ...], passages: Passages) -> Iterator[_Figure]:
    words = _words()
    starts = [clause.start for clause in passages.clauses]
    last = 0
    for quantity in quantities:
        begin, last = last, quantity.end
        place = bisect_right(starts, quantity.start) - 1
        if quantity.kind not in words.kinds or place < 0:
            continue
        clause = passages.clauses[place]
        if quantity.start >= clause.end or (found := measure(quantity)) is None:
            continue
        blank = text[begin : begin + 1] in _BLANK  # 计划46场 实际29场
        opened = begin if blank and clause.start < begin <= quantity.start else clause.start
        label = _ARROW.split(text[opened : quantity.start])[-1][-40:]
        sentence = passages.sentences[clause.sentence]
        titled = words.title.match(text, sentence.start, quantity.start) is not None
        done = words.actual.search(label) is not None
        is_plan = (titled and not done) or (
            words.plan.search(label) is not None and not words.not_plan.search(label)
        )
        before = text[sentence.start : clause.start]
        if not (is_plan or done) and words.listed.search(label) and words.plan.search(before):
            is_plan = words.not_plan.search(before) is None
        is_actual = not is_plan and not words.plan.search(label) and done
        years = _YEAR.findall(text, max(sentence.start, quantity.start - BACK), quantity.start)
        year = years[-1] if years else ""
        yield _Figure(found, label, place, clause.sentence, clause.start, year, is_plan, is_actual)


def _gaps(text: str, figures: list[_Figure], passages: Passages) -> Iterator[Gap]:
    for at, plan in enumerate(figures):
        if not plan.is_plan or not plan.measure.low:
            continue
        for actual in figures[at + 1 : at + 1 + REACH]:
            if actual.sentence - plan.sentence > REACH:
                break
            if not actual.is_actual or not _same(plan, actual):
                if actual.measure.dimension == plan.measure.dimension and not _head(actual.label):
                    break
                continue
            last = min(actual.sentence + 1, len(passages.sentences) - 1)
            told = text[plan.start : min(passages.sentences[last].end, actual.measure.end + TOLD)]
            low, high = actual.measure.low / plan.measure.high, actual.measure.high / plan.measure.low
            if (high < LEAST or low > MOST) and not _words().reason.search(told) and not _CAUSE.search(told):
                rate = actual.measure.value * 100 / plan.measure.value
                yield Gap(_span(text, plan), _span(text, actual), rate)
            break


def _same(plan: _Figure, actual: _Figure) -> bool:
    """Whether both are figures of one thing: unit, year, head noun (or the outcome follows without a noun)."""
    if plan.measure.dimension != actual.measure.dimension:
        return False
    if plan.year and actual.year and plan.year != actual.year:
        return False
    wanted, given = _head(plan.label), _head(actual.label)
    if not given or _words().outright.match(actual.label.strip()):
        near = actual.clause - plan.clause <= NEXT and actual.sentence - plan.sentence <= 1
        return near or actual.sentence - plan.sentence <= BARE
    short, long = sorted((wanted, given), key=len)
    return (len(short) >= LEAST_HEAD and long.endswith(short)) or (len(short) > 1 and short == long)


def _head(label: str) -> str:
    """What a label names, without the words of planning and doing."""
    return _words().off.sub("", label)


def _span(text: str, figure: _Figure) -> Span:
    start, end = figure.start, figure.measure.end
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return Span(text[start:end], start, end)


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "plans.yaml")

    return _Words(
        title=re.compile(
            rf"[^，,。；;：:\d]{{0,8}}{either(data['plans'])}(?:[（(][^（）()]{{0,20}}[）)])?[：:]"
        ),
        plan=re.compile(either(data["plans"])),
        listed=re.compile(rf"\A\s?(?:[一-龥]{{1,4}}{either(data['offices'])})?{either(data['listed'])}"),
        not_plan=re.compile(either(data["not_plans"])),
        actual=re.compile(either(data["actuals"])),
        off=re.compile(
            rf"(?:20)?\d\d\s?年(?:度|累计|全年)?|{either([*data['plans'], *data['actuals'], *data['around']])}"
        ),
        reason=re.compile(either(data["reasons"])),
        outright=re.compile(either(data["outright"])),
        rate=re.compile(data["rate"]),
        kinds=frozenset(data["kinds"]),
    )
