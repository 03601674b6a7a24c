"""What each clause of an answer does: hands over to the parent, rests on its rule, states something of one's own.

A small linear model judges the marked clause: who acts (the marks), by which words around the parent, and what the
neighbouring clauses say. It is trained on answers by many authors (``python -m tests.bench.training``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from checker.text.ground.lexicon import either
from checker.text.ground.linear import load_model, n_grams, share
from checker.text.ground.marks import ABOVE, AFAR, FIGURE, OWN, PARENT, THEIRS, MarkedClause
from checker.text.readers.reliance.english import is_english_answer
from checker.text.readers.reliance.english_features import english_features
from frameworks.ground.yaml import load_data

HANDLES, RULE, SUBSTANCE = "handles", "rule", "own"
CHINESE, ENGLISH = "reliance", "reliance_english"  # the models of clauses
CLASSES = (HANDLES, RULE, SUBSTANCE)
SURE = 0.5  # share from which a clause counts as doing something
NEAR = 4  # characters beside the parent that are told apart by their place
BEFORE, BEHIND = 8, 14  # characters in which a class of words is looked for

_SIGNS = re.compile(f"[{PARENT}{THEIRS}{ABOVE}{AFAR}{OWN}{FIGURE}]")
_RANK = (PARENT, THEIRS, ABOVE, AFAR)


class ReadClause(NamedTuple):
    """A clause with what the model makes of it, as shares of 1."""

    clause: MarkedClause
    is_hard: bool  # holds a figure or a stated nil
    handles: float
    rule: float
    own: float
    is_english: bool = False  # judged by the model of English clauses

    @property
    def names_parent(self) -> bool:
        """Whether somebody who may be the parent stands in it."""
        return any(sign in self.clause.marked for sign in _RANK)

    @property
    def names_somebody(self) -> bool:
        """Whether a name or a word for a company stands in it, and not only a pronoun."""
        return any(sign in self.clause.marked for sign in (PARENT, THEIRS, ABOVE))


def read_clauses(clauses: Sequence[MarkedClause], hard: Sequence[bool]) -> list[ReadClause]:
    """Every clause, judged."""
    is_english = is_english_answer(clauses)
    model = load_model(ENGLISH if is_english else CHINESE)
    found = []
    for place, clause in enumerate(clauses):
        seen = (
            english_features(clauses, place, is_hard=hard[place]) if is_english else features(clauses, place)
        )
        handles, rule, own = map(share, model.scores(seen))
        found.append(ReadClause(clause, hard[place], handles, rule, own, is_english))
    return found


def features(clauses: Sequence[MarkedClause], place: int) -> set[str]:
    """What the model sees of a clause."""
    marked = clauses[place].marked
    alike = marked.replace(ABOVE, PARENT)  # whoever it is, the words around him are the same
    found = set(n_grams(alike))
    found.add("=" + "".join(_SIGNS.findall(marked)[:4]))
    sign = next((sign for sign in _RANK if sign in marked), None)
    before = clauses[place - 1].marked if place else ""
    behind = clauses[place + 1].marked if place + 1 < len(clauses) else ""
    if sign is not None:
        at = marked.index(sign)
        head, tail = alike[max(0, at - NEAR) : at], alike[at + 1 : at + 1 + NEAR]
        found.update("<" + head[-length:] for length in range(1, len(head) + 1))
        found.update(">" + tail[:length] for length in range(1, len(tail) + 1))
        found.update(">~" + alike[at + 1 :][k : k + 2] for k in range(0, max(0, len(alike) - at - 2)))
        found.add("|" + marked[-2:])
        beside = _beside(alike[:at][-BEFORE:], alike[at + 1 :][:BEHIND])
        found.update(beside)
        found.update(f"{one}&{other}" for one in beside for other in beside if one < other)
        found.update("+" + behind[k : k + 2] for k in range(min(12, len(behind) - 1)))
    elif any(other in before for other in _RANK):
        found.add("-" + next(other for other in _RANK if other in before))
        found.update("-" + marked[:length] for length in range(1, min(4, len(marked)) + 1))
    return found


def _beside(head: str, tail: str) -> list[str]:
    """The classes of words before and behind the parent."""
    words = _classes()
    return [name for name, expression in words.before if expression.search(head)] + [
        name for name, expression in words.behind if expression.search(tail)
    ]


class _Classes(NamedTuple):
    before: tuple[tuple[str, re.Pattern[str]], ...]
    behind: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _classes() -> _Classes:
    data = load_data("checker.data", "delegation.yaml")
    sides = (
        tuple((f"{side}:{name}", re.compile(either(words))) for name, words in sorted(data[side].items()))
        for side in ("before", "behind")
    )
    return _Classes(*sides)


def kind_of(read: ReadClause) -> str:
    """What a clause does, in one word: handles, rule, own, named (the parent, and nothing more) or hollow."""
    shares = {HANDLES: read.handles, RULE: read.rule}
    surest = max(shares, key=shares.__getitem__)
    if shares[surest] > SURE and read.names_parent:
        return surest
    if read.is_hard or read.own > SURE:
        return SUBSTANCE
    return "named" if read.names_parent else "hollow"


def because(found: Sequence[ReadClause], place: int, kind: str) -> tuple[str, ...]:
    """The three features that speak loudest for what a clause does; none where it does nothing."""
    if kind not in CLASSES:
        return ()
    clauses = [each.clause for each in found]
    if found[place].is_english:
        seen = english_features(clauses, place, is_hard=found[place].is_hard)
        return load_model(ENGLISH).heaviest(seen, kind)
    return load_model(CHINESE).heaviest(features(clauses, place), kind)
