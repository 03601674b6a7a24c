"""Tells sentences that only say what should or will be done from those that state a fact."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from checker.text.lexicon import either
from checker.text.nil import NilStatement
from checker.text.ground.passages import Passages
from checker.text.quantities import Quantity
from checker.text.spans import Span, span
from frameworks.yamlfile import load_data

RULED = 2 / 3  # share of the clauses of a sentence that a duty must govern; guessed


def find_duties(
    text: str, passages: Passages, quantities: Sequence[Quantity], nils: Sequence[NilStatement]
) -> tuple[Span, ...]:
    """The sentences that hold a duty or an intention and no fact: no figure, no date, no accomplished act."""
    grammar = _grammar()
    if grammar.duty.search(text) is None:
        return ()
    hard = sorted([quantity.start for quantity in quantities] + [nil.start for nil in nils])
    masked = grammar.innocent.sub(lambda match: "〇" * len(match.group()), text)
    found = []
    clauses = passages.clauses
    place = 0
    for index, sentence in enumerate(passages.sentences):
        first = place
        while place < len(clauses) and clauses[place].sentence == index:
            place += 1
        if sentence.is_table or sentence.is_heading or first == place:
            continue
        if grammar.duty.search(masked, sentence.start, sentence.end) is None:
            continue
        at = bisect_left(hard, sentence.start)
        if at < len(hard) and hard[at] < sentence.end:
            continue
        if grammar.fact.search(masked, sentence.start, sentence.end):
            continue
        if _ruled([masked[clause.start : clause.end] for clause in clauses[first:place]], grammar) >= RULED:
            found.append(span(text, sentence.start, sentence.end))
    return tuple(found)


def _ruled(clauses: Sequence[str], grammar: _Grammar) -> float:
    """The share of clauses that a duty governs: its own and those behind it; what only introduces it is none."""
    first = next((place for place, clause in enumerate(clauses) if grammar.duty.search(clause)), len(clauses))
    before = sum(not _INTRODUCES.match(clause) for clause in clauses[:first])
    behind = len(clauses) - first
    return behind / (before + behind) if behind else 0.0


_INTRODUCES = re.compile(r"\s*(?:随着|为了|为|由于|鉴于|按照|根据|依据|面对|针对|在)")


@dataclass(frozen=True, slots=True)
class _Grammar:
    duty: re.Pattern[str]
    innocent: re.Pattern[str]
    fact: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    data: dict[str, Any] = load_data("checker.data", "duties.yaml")
    return _Grammar(
        duty=re.compile(rf"{either(data['duties'])}|将{either(data['will'])}"),
        innocent=re.compile(
            rf"应[一-龥]尽[一-龥]|{either(data['not_duties'])}|《[^》\n]{{1,80}}》|“[^”\n]{{1,30}}”"
        ),
        fact=re.compile(
            rf"{either(data['facts'])}|(?<![为除])了(?!解)|(?:19|20)\d\d\s?年(?!起|将|计划|拟|力争|底)|\d"
        ),
    )
