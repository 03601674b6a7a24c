"""Clauses that say how something has become: a subject, and at the clause's end a change or a state reached.

The predicate is open: what makes a claim is its place and its shape (日渐加深, 远低于限值, 越筑越牢, 活儿快了), or a
bare verb whose direction makes its subject better (能耗下降, 周期缩短; not 订单减少). Word classes are data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from frameworks.ground.yaml import load_data

SUBJECT = 2  # characters that a subject has at least
LONGEST = 60  # characters of a clause that are read
TAIL = 20  # characters at its end in which a predicate stands
MARK = 8  # characters at its end that say which expressions are tried
_ENDED = ("了", "起来")
_CLASS = re.compile(r"@(\w+)@")


class Predicate(Struct, frozen=True):
    """Where in a clause the words stand that say what has become of its subject."""

    start: int
    end: int
    direction: str  # up, down or ""
    is_bare: bool = False  # a verb without any word of degree or of course


def find_predicate(clause: str) -> Predicate | None:
    """The predicate of a clause that claims a state as reached; offsets count from its beginning."""
    body = clause.rstrip(' \t）)”"')
    if not SUBJECT < len(body) <= LONGEST:
        return None
    found = _compared(body) or _reached(body) or _bare(body)
    return None if found is None or is_worse(body) else found


def _compared(body: str) -> Predicate | None:
    grammar = _grammar()
    if not grammar.comparing.search(body):
        return None
    found = grammar.compared.search(body)
    return Predicate(*found.span(), "") if found else None


def _reached(body: str) -> Predicate | None:
    """A state at the clause's end; how it ends says which expressions are worth trying."""
    grammar = _grammar()
    first = max(0, len(body) - TAIL)
    tried = []
    if body.endswith(_ENDED):
        tried.append(grammar.ended)
    if grammar.marks.search(body, len(body) - MARK):
        tried += (grammar.other, grammar.whole)
    if grammar.changed.search(body, len(body) - MARK):
        tried.append(grammar.course)
    if grammar.idiom.search(body, len(body) - MARK):
        tried.append(grammar.idiom)
    if grammar.growing.search(body, first):
        tried.append(grammar.growth)
    for pattern in tried:
        found = pattern.search(body, first)
        alone = pattern is grammar.whole or (found is not None and found.start() >= SUBJECT)
        if found and alone and not grammar.adverse.search(found.group()):
            return Predicate(*found.span(), "")
    return None


def _bare(body: str) -> Predicate | None:
    """A verb without a word of degree that makes its subject better."""
    grammar = _grammar()
    for ends, pattern, direction in (
        (grammar.rising, grammar.rises, "up"),
        (grammar.falling, grammar.falls, "down"),
    ):
        if ends.search(body, len(body) - MARK) and (found := pattern.search(body)):
            return Predicate(found.start("verb"), found.end(), direction, is_bare=True)
    return None


def is_worse(clause: str) -> bool:
    """Whether the clause says that things got worse: 采购成本明显上升, 满意度低于预期."""
    return _grammar().worse.search(clause) is not None


class _Grammar(Struct, frozen=True):
    comparing: re.Pattern[str]
    compared: re.Pattern[str]
    ended: re.Pattern[str]
    marks: re.Pattern[str]
    other: re.Pattern[str]
    whole: re.Pattern[str]
    changed: re.Pattern[str]
    course: re.Pattern[str]
    growing: re.Pattern[str]
    growth: re.Pattern[str]
    idiom: re.Pattern[str]
    adverse: re.Pattern[str]
    rising: re.Pattern[str]
    rises: re.Pattern[str]
    falling: re.Pattern[str]
    falls: re.Pattern[str]
    worse: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    data: Mapping[str, Any] = load_data("checker.data", "predicates.yaml")

    def any_of(name: str) -> re.Pattern[str]:
        sources = (_CLASS.sub(lambda found: either(data[found.group(1)]), source) for source in data[name])
        return re.compile("|".join(f"(?:{source})" for source in sources))

    names = ("growth", "course", "changes", "bad", "good", "up", "down")
    growth, course, changes, bad, good, up, down = (either(data[name]) for name in names)
    adverbs = either([*data["growth"], *data["course"]])
    ways = rf"(?:(?:{adverbs})(?:地|的|了)?|(?:较|比|同){either(data['earlier'])}){{0,3}}"
    worse_up, worse_down = either(data["up_plain"]), either(data["down_plain"])
    return _Grammar(
        comparing=re.compile(either([*data["comparing"], *(f"比{word}" for word in data["times"])])),
        compared=any_of("compared"),
        ended=any_of("ended"),
        marks=re.compile(data["marks"]),
        other=any_of("other"),
        whole=any_of("whole"),
        changed=re.compile(rf"{changes}了?$"),
        course=re.compile(rf"{course}(?:了|地)?(?:{adverbs})?(?:地|的)?{changes}了?$"),
        growing=re.compile(growth),
        growth=re.compile(rf"{growth}地?[一-龥]{{1,4}}$"),
        idiom=re.compile(rf"{either(data['idioms'])}$"),
        adverse=re.compile("|".join(data["adverse"])),
        rising=re.compile(rf"{up}了?$"),
        rises=re.compile(rf"{good}{ways}(?P<verb>{up})了?$"),
        falling=re.compile(rf"{down}了?$"),
        falls=re.compile(rf"{bad}{ways}(?P<verb>{down})了?$"),
        worse=re.compile(rf"{bad}{ways}{worse_up}|{good}{ways}{worse_down}"),
    )
