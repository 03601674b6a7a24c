"""Tells sentences that only say what should or will be done from those that state a fact."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.english import is_mostly_english
from checker.text.ground.fold import simplified
from checker.text.ground.lexicon import either
from checker.text.ground.nil import NilStatement
from checker.text.ground.passages import Passages, Sentence
from checker.text.ground.quantities import Quantity
from checker.text.ground.spans import Span, span
from frameworks.ground.yaml import load_data

RULED = 2 / 3  # share of the clauses of a sentence that a duty must govern; guessed


def find_duties(
    text: str, passages: Passages, quantities: Sequence[Quantity], nils: Sequence[NilStatement]
) -> tuple[Span, ...]:
    """The sentences that hold a duty or an intention and no fact: no figure, no date, no accomplished act.

    Where a duty governs the answer as a whole, its limits (30日内, 不少于两次) are no facts.
    """
    grammar = _english() if is_mostly_english(text) else _grammar()
    plain = simplified(text)
    if grammar.core.search(plain) is None or grammar.duty.search(plain) is None:
        return ()
    hard = sorted([quantity.start for quantity in quantities] + [nil.start for nil in nils])
    masked = grammar.innocent.sub(lambda match: "〇" * len(match.group()), plain)
    strict, ruled, weak = [], [], []
    rest = 0
    for sentence, clauses in _sentences(passages, masked):
        if sentence.is_table or sentence.is_heading or not clauses:
            rest += sentence.is_table
            continue
        start, end = sentence.start, sentence.end
        duty = grammar.duty.search(masked, start, end)
        if duty is None and _is_order(masked, sentence, clauses, hard, grammar):
            weak.append(span(text, start, end))
            continue
        if duty is None or _ruled(clauses, grammar) < RULED:
            rest += _tells(masked, start, end, hard, grammar)
            continue
        if _tells(masked, start, duty.start(), hard, grammar) or _done_after(clauses, grammar):
            rest += 1
            continue
        ruled.append(span(text, start, end))
        if not _tells(masked, start, end, hard, grammar):
            strict.append(ruled[-1])
    if rest:
        return tuple(strict)
    return tuple(sorted([*ruled, *weak], key=lambda found: found.start)) if ruled else ()


def _is_order(
    masked: str, sentence: Sentence, clauses: Sequence[str], hard: Sequence[int], grammar: _Grammar
) -> bool:
    """Whether a sentence only forbids or orders; beside a duty it tells no fact either (不得收礼。干部应当带头。)."""
    start, end = sentence.start, sentence.end
    if grammar.weak.search(masked, start, end) is None or _ruled(clauses, grammar) < RULED:
        return False
    return not _tells(masked, start, end, hard, grammar)


def _sentences(passages: Passages, masked: str) -> Iterator[tuple[Sentence, list[str]]]:
    """Every sentence with the words of its clauses."""
    clauses, place = passages.clauses, 0
    for index, sentence in enumerate(passages.sentences):
        first = place
        while place < len(clauses) and clauses[place].sentence == index:
            place += 1
        yield sentence, [masked[clause.start : clause.end] for clause in clauses[first:place]]


def _tells(masked: str, start: int, end: int, hard: Sequence[int], grammar: _Grammar) -> bool:
    """Whether words hold a figure, a nil, or something done or in force."""
    at = bisect_left(hard, start)
    if at < len(hard) and hard[at] < end:
        return True
    return grammar.fact.search(masked, start, end) is not None


def tells_done(text: str) -> bool:
    """Whether a text holds a word of something done (已, 实际, 全年, 累计)."""
    grammar = _grammar()
    return grammar.done.search(grammar.innocent.sub("〇", text)) is not None


def _ruled(clauses: Sequence[str], grammar: _Grammar) -> float:
    """The share of clauses that a duty governs: its own and those behind it; what only introduces it is none."""
    first = next(
        (
            place
            for place, clause in enumerate(clauses)
            if grammar.duty.search(clause) or grammar.weak.search(clause)
        ),
        len(clauses),
    )
    before = sum(not grammar.introduces.match(clause) for clause in clauses[:first])
    behind = len(clauses) - first
    return behind / (before + behind) if behind else 0.0


def _done_after(clauses: Sequence[str], grammar: _Grammar) -> bool:
    """Whether a clause besides those of the duty tells what was done (应……，2024年实际审查1,042份)."""
    return any(grammar.done.search(clause) for clause in clauses if not grammar.duty.search(clause))


class _Grammar(Struct, frozen=True):
    core: re.Pattern[str]  # letters that stand in every duty: found fast
    duty: re.Pattern[str]
    weak: re.Pattern[str]
    innocent: re.Pattern[str]
    fact: re.Pattern[str]
    done: re.Pattern[str]
    introduces: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    data: dict[str, Any] = load_data("checker.data", "duties.yaml")
    verbs, later = either(data["verbs"]), either(data["later"])
    past = r"(?:19|20)\d\d\s?年(?!起|将|计划|拟|力争|底|前|内)"
    return _Grammar(
        core=re.compile(either([*data["duties"], *data["later"], "将", "计划", "要", "准备"])),
        duty=re.compile(
            rf"{either(data['duties'])}|{'|'.join(data['wishes'])}|将{verbs}|(?<![排定列])计划{verbs}"
            rf"|{later}(?:[，,：:我公本各厂]|将|应|拟|要|会|计划|{verbs})"
        ),
        weak=re.compile("|".join(data["weak"])),
        innocent=re.compile(
            rf"应[一-龥]尽[一-龥]|{either(data['not_duties'])}|{'|'.join(data['coming'])}|《[^》\n]{{1,80}}》|“[^”\n]{{1,30}}”"
        ),
        fact=re.compile(rf"{either(data['facts'])}|(?<![为除])了(?!解)|{past}|\d"),
        done=re.compile(rf"{either(data['done'])}|(?<![为除])了(?!解)|{past}"),
        introduces=re.compile(rf"\s*{either(data['introductions'])}"),
    )


@cache
def _english() -> _Grammar:
    data: dict[str, str] = load_data("checker.data", "duties.yaml")["english"]
    names = ("duty", "weak", "innocent", "fact", "done", "introduces")
    return _Grammar(re.compile(""), *(re.compile(data[name], re.IGNORECASE) for name in names))
