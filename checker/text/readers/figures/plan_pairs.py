"""Plans and outcomes told in few words (排了48课,上了31课), the outcome first, or in two columns of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from checker.text.ground.spans import Span
from checker.text.ground.stops import with_stops
from checker.text.ground.tables import Table
from frameworks.ground.yaml import load_data

APART = 160  # characters between a plan and its outcome
FEWEST, MOST = Decimal("0.2"), Decimal(3)  # guessed: further apart, the two are of different things

_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_STOP = re.compile(r"[，,；;。！？!?\n（(|｜\t]|\.(?=\s|\Z)")
_POINT = re.compile(r"(?<=\d)\.(?=\s|\Z)")
_UNIT = r"(?:万元|亿元|万|[\u4e00-\u9fff])?"
_FIGURE = re.compile(
    rf"(?<![\d.A-Za-z])(?P<number>\d{{1,3}}(?:[,，]\d{{3}})+(?:\.\d+)?|\d{{1,7}}(?:\.\d+)?)\s?(?P<unit>{_UNIT})"
)


class Pair(Struct, frozen=True):
    """A plan and its outcome."""

    plan: Span
    actual: Span
    planned: Decimal
    done: Decimal


class _Told(Struct, frozen=True):
    value: Decimal
    unit: str
    cue: str  # the last word of planning or doing before it
    thing: frozenset[str]  # characters between that word and the figure
    start: int
    end: int


def find_pairs(text: str, tables: tuple[Table, ...]) -> Iterator[Pair]:
    """Plans with their outcomes, each the only plan of its unit."""
    words = _words()
    if words.trigger.search(text) is None:
        return
    cut = _POINT.sub("。", with_stops(text))
    plans, actuals = _told(cut, words.plan, words.not_plan), _told(cut, words.actual, words.plan)
    for plan in plans:
        if sum(other.unit == plan.unit for other in plans) > 1:
            continue
        fitting = [one for one in actuals if one.unit == plan.unit and _near(one, plan) and _fits(plan, one)]
        if len(fitting) == 1:
            actual = fitting[0]
            yield Pair(_span(text, plan), _span(text, actual), plan.value, actual.value)
    for table in tables:
        yield from _columns(text, table)


def _near(one: _Told, other: _Told) -> bool:
    return max(one.start - other.end, other.start - one.end) <= APART


def _fits(plan: _Told, actual: _Told) -> bool:
    """Whether an outcome can be the plan's: money and bare numbers only where a sum meets a budget."""
    words = _words()
    if not plan.value or not FEWEST <= actual.value / plan.value <= MOST:
        return False
    if not plan.unit or plan.unit in words.money:
        return words.budget.search(plan.cue) is not None and words.whole.search(actual.cue) is not None
    if plan.thing and actual.thing and not plan.thing & actual.thing:
        return False  # 计划演练12次，组织培训5次
    return actual.start > plan.start and words.whole.fullmatch(actual.cue) is None


def _told(text: str, cue: re.Pattern[str], without: re.Pattern[str]) -> list[_Told]:
    found: list[_Told] = []
    words = _words()
    for match in _FIGURE.finditer(text):
        begin = max(
            (stop.end() for stop in _STOP.finditer(text, max(0, match.start() - 40), match.start())),
            default=max(0, match.start() - 40),
        )
        before = text[begin : match.start()]
        cues = list(cue.finditer(before))
        if not cues or re.search(r"\d", before[cues[-1].end() :]) or without.search(before):
            continue
        if match["unit"] in words.no_unit or text.startswith(("%", "％", "-", "—", "～", "~"), match.end()):
            continue
        number = Decimal(re.sub("[,，]", "", match["number"]))
        thing = frozenset(_HAN.findall(before[cues[-1].end() :]))
        found.append(_Told(number, match["unit"], cues[-1].group(), thing, begin, match.end()))
    return found


def _columns(text: str, table: Table) -> Iterator[Pair]:
    """Rows of a table with one column for the plan and one for the outcome."""
    words = _words()
    planned = [at for at, head in enumerate(table.heads) if words.plan_head.search(head)]
    done = [at for at, head in enumerate(table.heads) if words.actual_head.search(head)]
    if len(planned) != 1 or len(done) != 1:
        return
    for row in table.rows:
        if max(planned[0], done[0]) >= len(row.cells):
            continue
        plan, actual = row.cells[planned[0]], row.cells[done[0]]
        if plan.value and actual.value is not None and not plan.percent:
            yield Pair(
                Span(plan.text, plan.start, plan.end),
                Span(text[row.start : row.end], row.start, row.end),
                plan.value,
                actual.value,
            )


def _span(text: str, told: _Told) -> Span:
    start = told.start + len(text[told.start : told.end]) - len(text[told.start : told.end].lstrip())
    return Span(text[start : told.end], start, told.end)


class _Words(Struct, frozen=True):
    trigger: re.Pattern[str]
    plan: re.Pattern[str]
    not_plan: re.Pattern[str]
    actual: re.Pattern[str]
    budget: re.Pattern[str]
    whole: re.Pattern[str]
    money: frozenset[str]
    no_unit: frozenset[str]
    plan_head: re.Pattern[str]
    actual_head: re.Pattern[str]


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "plans.yaml")
    pairs: dict[str, list[str]] = data["pairs"]
    return _Words(
        trigger=re.compile(
            rf"{either([*data['plans'], *pairs['plans']])}|{either(pairs['verbs'])}了?\s?(?=\d)"
        ),
        plan=re.compile(
            rf"{either([*data['plans'], *pairs['plans']])}"
            rf"|{either(pairs['heads'])}[^，,。；;\d]{{0,4}}?{either(pairs['verbs'])}了?(?=\s?\Z)|\A\s?{either(pairs['verbs'])}了?(?=\s?\Z)"
        ),
        not_plan=re.compile(either([*data["not_plans"], *pairs["not_plans"]])),
        actual=re.compile(either([*data["actuals"], *pairs["actuals"]])),
        budget=re.compile(either(pairs["budgets"])),
        whole=re.compile(either(pairs["wholes"])),
        money=frozenset(pairs["money"]),
        no_unit=frozenset(pairs["no_unit"]),
        plan_head=re.compile(either(pairs["plan_heads"])),
        actual_head=re.compile(either(pairs["actual_heads"])),
    )
