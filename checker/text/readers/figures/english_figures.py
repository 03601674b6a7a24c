"""Faults of figures in English answers: changes without a base, outcomes far from their plan, amounts without a unit.

Narrow on purpose: only what a verb, a label or a cue beside the figure says. Expressions are data
(``data/english_faults.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache

from checker.text.ground.passages import Clause, Passages
from checker.text.ground.quantities import Quantity, between
from checker.text.ground.spans import Span, span
from frameworks.ground.yaml import load_data

BEFORE = 28  # characters before a figure in which its verb or cue stands
AFTER = 160  # characters behind a plan in which its outcome stands
LEAST, MOST = Decimal("0.8"), Decimal("1.2")  # as for plans and outcomes in Chinese
NEAREST, FURTHEST = Decimal("0.1"), Decimal(5)  # guessed: further apart, the two are of different things
LARGE, LARGE_TOTAL = 100, 1000  # a smaller bare number may count cases

_PART_END = re.compile(r"[;.!?\n](?=\s|$)|$")
_LISTED = re.compile(r"\s?,\s")
_CLAUSE_END = re.compile(r"\s?(?:[.;\n]|,\s|$)")
_MASSES = ("mass", "emission")
_PER_CENT = ("share", "points")
_NO_VALUE = frozenset(
    ("number", "share", "points", "time", "count_times", "count_person", "count_thing", "ratio")
)


def find_baseless(text: str, quantities: Sequence[Quantity], passages: Passages) -> Iterator[Span]:
    """Clauses with a change in per cent that name neither base nor value (absence is down 12 %)."""
    words = _expressions("changes")
    for clause in passages.clauses:
        told = text[clause.start : clause.end]
        if words["silent"].search(told) is not None:
            continue
        third = words["third"].search(told)
        shares = [each.start for each in _inside(clause, quantities) if each.kind in _PER_CENT]
        places = [*shares, *([clause.start + third.start()] if third is not None else [])]
        if not any(
            words["verb"].search(text[max(clause.start, at - BEFORE) : at]) is not None for at in places
        ):
            continue
        start, end = _part(text, clause)
        values = [each for each in quantities if start <= each.start < end and each.kind not in _NO_VALUE]
        if not values and words["base"].search(text[start:end]) is None:
            yield span(text, clause.start, clause.end)


def _part(text: str, clause: Clause) -> tuple[int, int]:
    """What stands between two full stops or semicolons around a clause."""
    start = max(text.rfind(mark, 0, clause.start + 1) for mark in (". ", "; ", "\n")) + 1
    end = _PART_END.search(text, clause.end)
    return start, end.start() if end is not None else len(text)


def find_short_of_plan(text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[Span, Span, Decimal]]:
    """Plans with their outcome outside 80-120 per cent and no word on why; the rate in per cent."""
    words = _expressions("plans")
    plans = [
        each
        for each in quantities
        if words["plan"].search(_before(text, each))
        or words["planned"].search(text[each.end : each.end + BEFORE + BEFORE])
    ]
    for plan in plans:
        done = next(
            (
                each
                for each in quantities
                if plan.end < each.start <= plan.end + AFTER and _is_done(text, plan, each)
            ),
            None,
        )
        if done is None:
            continue
        planned, reached = _number(plan), _number(done)
        if not planned or reached is None or not NEAREST <= reached / planned <= FURTHEST:
            continue
        told = text[plan.start : _part_end(text, done.end)]
        if LEAST <= reached / planned <= MOST or words["reason"].search(told) is not None:
            continue
        yield _quote(text, plan), _quote(text, done), reached * 100 / planned


def _is_done(text: str, plan: Quantity, each: Quantity) -> bool:
    """Whether a figure tells the outcome of a plan."""
    words = _expressions("plans")
    if words["alone"].search(each.unit):  # 6 missions foreseen, 2 realised
        return True
    return _alike(plan, each) and (
        words["done"].search(_before(text, each)) is not None
        or words["behind"].search(text[each.end : each.end + BEFORE + BEFORE]) is not None
    )


def _alike(plan: Quantity, done: Quantity) -> bool:
    """Whether an outcome is of the plan's unit, or a bare number."""
    return (
        done.unit == plan.unit
        or (done.kind == "number" and not done.unit)
        or (done.kind in _MASSES and plan.kind in _MASSES)
    )


def find_without_unit(text: str, quantities: Sequence[Quantity]) -> Iterator[Span]:
    """Bare amounts of waste, energy, water at the end of a clause, where no unit is declared (hazardous waste: 412)."""
    words = _expressions("unitless")
    declared = words["declared"].search(text) is not None
    for each in quantities:
        number = _number(each)
        if each.unit or each.kind != "number" or number is None or number < LARGE:
            continue
        if _CLAUSE_END.match(text, each.end) is None:
            continue
        start = max(text.rfind(mark, 0, each.start) for mark in (". ", "; ", ", ", "\n")) + 1
        label = text[start : each.start].strip()
        if text.rfind("(", 0, each.start) > text.rfind(")", 0, each.start):
            continue  # parts of a total that has its unit
        if _LISTED.match(text, each.end) and _measured_behind(text, each, quantities):
            continue  # sludge 388, solvent 97, the rest 139 t
        thing = words["thing"].search(label) is not None
        total = number >= LARGE_TOTAL and not declared and words["total"].search(label) is not None
        if thing or total:
            yield span(text, start, each.end)


def _measured_behind(text: str, figure: Quantity, quantities: Sequence[Quantity]) -> bool:
    """Whether the sentence goes on with a figure that has its unit."""
    end = _part_end(text, figure.end)
    return any(each.unit and each.kind != "number" for each in between(quantities, figure.end + 1, end))


def _before(text: str, figure: Quantity) -> str:
    return text[max(0, figure.start - BEFORE) : figure.start]


def _part_end(text: str, at: int) -> int:
    end = _PART_END.search(text, at)
    return end.start() if end is not None else len(text)


def _quote(text: str, figure: Quantity) -> Span:
    start = max(text.rfind(mark, 0, figure.start) for mark in (". ", "; ", ", ", "\n")) + 1
    return span(text, start, figure.end)


def _inside(clause: Clause, quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    return (each for each in quantities if clause.start <= each.start < clause.end)


def _number(figure: Quantity) -> Decimal | None:
    try:
        return Decimal(figure.value)
    except InvalidOperation:
        return None


@cache
def _expressions(name: str) -> dict[str, re.Pattern[str]]:
    sources: dict[str, str] = load_data("checker.data", "english_faults.yaml")[name]
    return {key: re.compile(source, re.IGNORECASE) for key, source in sources.items()}
