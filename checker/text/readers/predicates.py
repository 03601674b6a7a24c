"""Clauses that say how something has become: a subject, and at the clause's end a change or a state reached.

The predicate is open: what makes a claim is its place and its shape (日渐加深, 远低于限值, 越筑越牢, 活儿快了), or a
bare verb whose direction makes its subject better (能耗下降, 周期缩短; not 订单减少). Word classes are data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from checker.text.lexicon import either
from frameworks.yamlfile import load_data

SUBJECT = 2  # characters that a subject has at least
LONGEST = 60  # characters of a clause that are read
_CLASS = re.compile(r"@(\w+)@")


@dataclass(frozen=True, slots=True)
class Predicate:
    """Where in a clause the words stand that say what has become of its subject."""

    start: int
    end: int
    direction: str  # up, down or ""
    compares: bool  # with a limit, an average, another time
    is_bare: bool = False  # a verb without any word of degree or of course


def find_predicate(clause: str) -> Predicate | None:
    """The predicate of a clause that claims a state as reached; offsets count from its beginning."""
    grammar = _grammar()
    body = clause.rstrip(' \t）)”"')
    if not SUBJECT < len(body) <= LONGEST or not grammar.trigger.search(body) or is_worse(body):
        return None
    for pattern in grammar.compared:
        if found := pattern.search(body):
            return Predicate(*found.span(), "", compares=True)
    for pattern in grammar.reached:
        found = pattern.search(body)
        if found and found.start() >= SUBJECT and not grammar.adverse.search(found.group()):
            return Predicate(*found.span(), "", compares=False)
    for pattern, direction in ((grammar.rises, "up"), (grammar.falls, "down")):
        if found := pattern.search(body):
            return Predicate(found.start("verb"), found.end(), direction, compares=False, is_bare=True)
    return None


def is_worse(clause: str) -> bool:
    """Whether the clause says that things got worse: 采购成本明显上升, 满意度低于预期."""
    return _grammar().worse.search(clause) is not None


@dataclass(frozen=True, slots=True)
class _Grammar:
    trigger: re.Pattern[str]
    compared: tuple[re.Pattern[str], ...]
    reached: tuple[re.Pattern[str], ...]
    adverse: re.Pattern[str]
    rises: re.Pattern[str]
    falls: re.Pattern[str]
    worse: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    data: Mapping[str, Any] = load_data("checker.data", "predicates.yaml")

    def written_out(source: str) -> re.Pattern[str]:
        return re.compile(_CLASS.sub(lambda name: either(data[name.group(1)]), source))

    patterns = [written_out(source) for source in data["patterns"]]
    growth, course, changes = (either(data[name]) for name in ("growth", "course", "changes"))
    adverbs = either([*data["growth"], *data["course"]])
    bad, good = either(data["bad"]), either(data["good"])
    ways = rf"(?:(?:{adverbs})(?:地|的|了)?|(?:较|比|同)(?:上年|去年|往年|以前|以往|从前|过去|期)){{0,3}}"
    return _Grammar(
        trigger=re.compile(
            rf"{growth}|{changes}|{either(data['measures'])}|[了越]|(?:呈|领先|前列|一流|台阶|高度)|{either(data['up'])}|{either(data['down'])}|拉满|绝迹"
        ),
        compared=tuple(patterns[:2]),
        reached=(
            *patterns[2:],
            re.compile(rf"{growth}(?:地)?[一-龥]{{1,4}}$"),
            re.compile(rf"{course}(?:了|地)?(?:{adverbs})?(?:地|的)?{changes}(?:了)?$"),
        ),
        adverse=re.compile("|".join(data["adverse"])),
        rises=re.compile(rf"{good}{ways}(?P<verb>{either(data['up'])})(?:了)?$"),
        worse=re.compile(
            rf"{bad}{ways}(?:{either([*data['up_plain'], '高于', '超过', '超出'])})"
            rf"|{good}{ways}(?:{either([*data['down_plain'], '低于', '少于', '不及', '不如'])})"
        ),
        falls=re.compile(rf"{bad}{ways}(?P<verb>{either(data['down'])})(?:了)?$"),
    )
