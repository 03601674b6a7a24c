"""Changes in per cent (能耗降低 12 %) with what makes them readable: the base period and an absolute value.

A change is narrower than a claim (claims.py): it has its figure already. Its value is a figure of the right kind that
the binder ties to the same subject, anywhere in the answer; a neighbour's figure of another thing is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.english import is_mostly_english
from checker.text.ground.lexicon import either
from checker.text.ground.passages import Clause, Passages
from checker.text.ground.quantities import Quantity
from checker.text.ground.spans import Span, span
from checker.text.ground.stops import split_at_points
from checker.text.readers.claims.binder import Binder, Subject, kinds_of, read_subject
from checker.text.readers.figures.english_figures import find_baseless
from frameworks.ground.yaml import load_data

REACH = 16  # characters between a verb of change and its percentage (减少私家车驾驶量 20 %)
MOST = 200  # changes of one answer that are looked at
MOST_FIGURES = 400  # figures of one answer that are asked whether they are the value
AROUND = 160  # characters of a sentence that are searched for its base

_BLANK = re.compile(r"\s")
_MARKS = "，,;；。"


class Change(Struct, frozen=True):
    """A clause with a change in per cent."""

    words: Span
    at: int  # of the percentage
    based: bool  # a base period or a from-to is named
    absolute: bool  # a value or an absolute change stands near


def find_changes(text: str, quantities: tuple[Quantity, ...], passages: Passages) -> tuple[Change, ...]:
    """The changes of a text that are stated as reached, in order."""
    if is_mostly_english(text):
        return tuple(
            Change(words, words.start, based=False, absolute=False)
            for words in find_baseless(text, quantities, passages)
        )
    if not _words().share.search(text):
        return ()
    return tuple(_changes(Binder(text, quantities, split_at_points(text, passages))))


def _changes(binder: Binder) -> Iterator[Change]:
    words, text, passages = _words(), binder.text, binder.passages
    starts = [clause.start for clause in passages.clauses]
    found: list[tuple[Quantity, int, int]] = []
    for quantity in binder.quantities:
        place = bisect_right(starts, quantity.start) - 1
        if place < 0 or quantity.start >= passages.clauses[place].end or not _is_share(text, quantity):
            continue
        opens = max(passages.clauses[place].start, quantity.start - REACH)
        if (verb := words.change.search(text[opens : quantity.start])) is not None:
            found.append((quantity, place, opens + verb.start()))
    changes = {quantity.start for quantity, _, _ in found}
    for quantity, place, start in found[:MOST]:
        clause = passages.clauses[place]
        sentence = passages.sentences[clause.sentence]
        first, last = max(sentence.start, clause.start - AROUND), min(sentence.end, clause.end + AROUND)
        if words.silent.search(text, first, clause.end):
            continue
        yield Change(
            span(text, clause.start, clause.end),
            quantity.start,
            _is_based(text[first : clause.end], text[clause.end : last]),
            _has_value(binder, quantity, place, start, changes),
        )


def _is_based(told: str, behind: str) -> bool:
    """Whether a base is named in or around a clause.

    From what to what another thing changed in the clause behind is none (废品率降了两成，自动化单元从14个添到19个).
    """
    told, behind = _BLANK.sub("", told), _BLANK.sub("", behind)
    words = _words()
    own = len(told) + len(behind) - len(behind.lstrip(_MARKS))
    return any(
        found.start() <= own or not found.group().startswith(words.opens)
        for found in words.base.finditer(told + behind)
    )


def _is_share(text: str, quantity: Quantity) -> bool:
    """Whether a figure is a share or points of one (8个点)."""
    if quantity.kind in ("share", "points"):
        return True
    return quantity.unit == "个" and text.startswith("点", quantity.end)


def _has_value(binder: Binder, change: Quantity, place: int, verb: int, changes: set[int]) -> bool:
    """Whether the answer gives a value of what changed."""
    clauses = binder.passages.clauses
    clause = clauses[place]
    if binder.measured_twice(place) or _words().valued.search(binder.text, clause.start, change.start):
        return True
    told = binder.text[clauses[binder.topic_of(place)].start : verb]
    behind = binder.text[verb : change.start]
    subject = read_subject(told + behind)
    kinds = kinds_of(told + behind)
    if change.kind != "share":
        kinds = frozenset({"share", "score", "ratio"})
        subject = subject.by_name()  # a share of another thing of the family is no value
    if not subject.nouns and not subject.families:
        return _is_near(binder, clause, kinds, changes)
    for figure in binder.quantities[:MOST_FIGURES]:
        fits = figure.start not in changes and figure.exact != "vague" and _fits(figure, kinds)
        if fits and _belongs(binder, figure, subject):
            return True
    return False


def _fits(figure: Quantity, kinds: frozenset[str] | None) -> bool:
    return (
        figure.kind in kinds if kinds is not None else figure.kind not in ("share", "points", "ratio", "time")
    )


def _is_near(binder: Binder, clause: Clause, kinds: frozenset[str] | None, changes: set[int]) -> bool:
    """Whether a value stands in the sentence of a change without a subject, or in the one before."""
    sentences = binder.passages.sentences
    first = sentences[max(0, clause.sentence - 1)].start
    near = binder.figures(first, sentences[clause.sentence].end)
    return any(figure.start not in changes and _fits(figure, kinds) for figure in near)


def _belongs(binder: Binder, figure: Quantity, subject: Subject) -> bool:
    """Whether the clause or the table row of a figure speaks of the subject."""
    place = binder.place_of(figure)
    if place is not None:
        return subject.is_same(binder.topic(place))
    line = binder.text.rfind("\n", 0, figure.start) + 1
    return subject.is_same(read_subject(binder.text[line : figure.start]))


class _Words(Struct, frozen=True):
    share: re.Pattern[str]
    change: re.Pattern[str]
    silent: re.Pattern[str]
    base: re.Pattern[str]
    valued: re.Pattern[str]
    opens: tuple[str, ...]  # a base by its value


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "changes.yaml")
    claims: dict[str, Any] = load_data("checker.data", "claims.yaml")

    return _Words(
        share=re.compile(data["share"]),
        change=re.compile(
            rf"{either(data['verbs'])}(?![至到])[^，,。；;\d至到占达]{{0,12}}(?:达到?)?\s?\Z"
            rf"|{either(data['short_verbs'])}\s?[约近]?\s?\Z"
        ),
        silent=re.compile(rf"(?<!原){either(data['silent'])}|{data['until']}"),
        base=re.compile(claims["expressions"]["base"]),
        valued=re.compile(data["valued"]),
        opens=tuple(data["opens"]),
    )
