"""Changes in per cent (能耗降低 12 %) with what makes them readable: the base period and an absolute value.

A change is narrower than a claim (claims.py): it has its figure already. Words and expressions of base periods and of
figures that prove nothing are those of the claims.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from checker.text.lexicon import either
from checker.text.ground.passages import Clause, Passages
from checker.text.quantities import Quantity
from checker.text.spans import Span, span
from frameworks.yamlfile import load_data

REACH = 16  # characters between a verb of change and its percentage (减少私家车驾驶量 20 %)
MOST = 200  # changes of one answer that are looked at
_COMMA = re.compile(r"[，,。；;\n]")
AROUND = 160  # characters of a sentence that are searched for its base


@dataclass(frozen=True, slots=True)
class Change:
    """A clause with a change in per cent."""

    words: Span
    at: int  # of the percentage
    based: bool  # a base period or a from-to is named
    absolute: bool  # a value or an absolute change stands near


def find_changes(text: str, quantities: tuple[Quantity, ...], passages: Passages) -> tuple[Change, ...]:
    """The changes of a text that are stated as reached, in order."""
    if "%" not in text and "％" not in text and "百分" not in text:
        return ()
    return tuple(_changes(text, quantities, passages))


def _changes(text: str, quantities: tuple[Quantity, ...], passages: Passages) -> Iterator[Change]:
    words = _words()
    starts = [clause.start for clause in passages.clauses]
    changes = set()
    found = []
    for at, quantity in enumerate(quantities):
        place = bisect_right(starts, quantity.start) - 1
        if quantity.kind != "share" or place < 0 or quantity.start >= passages.clauses[place].end:
            continue
        clause = passages.clauses[place]
        before = text[max(clause.start, quantity.start - REACH) : quantity.start]
        if words.change.search(before):
            changes.add(at)
            found.append((at, clause))
    for at, clause in found[:MOST]:
        sentence = passages.sentences[clause.sentence]
        first, last = max(sentence.start, clause.start - AROUND), min(sentence.end, clause.end + AROUND)
        if words.silent.search(text, first, clause.end):
            continue
        yield Change(
            span(text, clause.start, clause.end),
            quantities[at].start,
            words.base.search(re.sub(r"\s", "", text[first:last])) is not None,
            _has_value(text, quantities, passages, clause, at, changes),
        )


def _has_value(
    text: str,
    quantities: tuple[Quantity, ...],
    passages: Passages,
    clause: Clause,
    at: int,
    changes: set[int],
) -> bool:
    """Whether a value of the right kind stands in the sentence or next to it, in the same paragraph."""
    words = _words()
    sentences = passages.sentences
    here = clause.sentence
    near = [place for place in (here - 1, here, here + 1) if 0 <= place < len(sentences)]
    near = [place for place in near if sentences[place].paragraph == sentences[here].paragraph]
    first, last = sentences[near[0]].start, sentences[near[-1]].end
    subject = text[max(first, clause.start - REACH) : clause.end]
    for place in range(max(0, at - 8), min(len(quantities), at + 9)):
        other = quantities[place]
        if place in changes or not first <= other.start < last or other.exact == "vague":
            continue
        counts = other.kind.startswith(("count", "attendance", "time", "area", "power", "number"))
        if other.kind not in words.no_proof:
            return True
        kinds = words.counted if counts else words.money if other.kind == "money" else None
        named = kinds.search(subject) if kinds else None
        if named:
            before = _COMMA.split(text[max(0, other.start - REACH) : other.start])[-1]
            if named.group() in before + _COMMA.split(text[other.end : other.end + REACH // 2])[0]:
                return True
    return False


@dataclass(frozen=True, slots=True)
class _Words:
    change: re.Pattern[str]
    silent: re.Pattern[str]
    base: re.Pattern[str]
    counted: re.Pattern[str]
    money: re.Pattern[str]
    no_proof: frozenset[str]


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "changes.yaml")
    claims: dict[str, Any] = load_data("checker.data", "claims.yaml")

    return _Words(
        change=re.compile(rf"{either(data['verbs'])}(?![至到])[^，,。；;\d至到占达]{{0,12}}(?:达到?)?\s?\Z"),
        silent=re.compile(f"{either(data['silent'])}|{data['until']}"),
        base=re.compile(claims["expressions"]["base"]),
        counted=re.compile(either(data["counted"])),
        money=re.compile(either(data["money"])),
        no_proof=frozenset(claims["no_proof"]),
    )
