"""Which words of an answer prove a disclosure: the figure of its unit, the statement about its subject.

Words that are handed to the parent, or that a finding disputes, prove nothing; the quote is what proves it, not the
first figure near.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from checker.reading.amounts import WrittenFigure, amounts_in
from checker.reading.asked import kind_of as asked_kind
from checker.reading.disputed import ASTRAY, MISPLACED, STALE
from checker.reading.quotes import above, around, best_part, is_row, widened
from checker.reading.searched import PARTS, STATED, Placed, Text, letters_of
from checker.reading.wanted import AMOUNTS, SHARES, UNMISTAKABLE, Wanted, lexicon
from checker.text.ground.dates import spelled_years
from checker.text.ground.similarity import bigrams
from questionnaire.cues import Cue

FEW = 3  # pairs of letters that an ask alone has, up to which one of them tells it; guessed
RELATED = 2  # pairs of letters from which a sentence is about an ask; guessed
NIL_SHARES = 3  # the same from which a stated nil is the very nil that is asked for; guessed
_TOPIC = re.compile(r"[^，,、\t|｜]+")  # a clause with what leads it: 能效目标：单件电耗9.2kWh
_YEAR = re.compile(r"20\d\d(?=\s?年)")
_LEAD = re.compile(r"[:：]\s*$")  # only leads to what follows


class Shortfall(StrEnum):
    """Why words that are there prove nothing."""

    NONE = ""
    FIGURE = "figure"  # they hold no figure of the unit
    STATEMENT = "statement"  # they only report an amount
    CONTESTED = "contested"  # a finding disputes their figure
    OTHER_YEAR = "other-year"  # they tell of an earlier year


class Proof(NamedTuple):
    """The words that prove it, or why none do."""

    quote: str
    shortfall: Shortfall = Shortfall.NONE
    rules: tuple[str, ...] = ()  # that dispute them
    wholly: bool = False  # a nil on its very subject: nothing more can be asked


class _Fit(NamedTuple):
    """How well a figure fits; the larger, the better."""

    near: bool  # in the sentence that was quoted, or in a clause about the aspect
    own: int  # pairs of letters that its clause shares with the disclosure
    related: int  # and its sentence with the disclosure or the ask


def find_figure(
    text: Text,
    evidence: str,
    subject: str,
    ask: str,
    wanted: Wanted,
    belongs: Callable[[str, str], bool] = lambda *_: True,
    hits: Callable[[str], bool] = lambda _: False,
) -> Proof:
    """The figure that a disclosure wants: in the sentence that was quoted for the aspect, or about its subject.

    ``belongs`` says of a clause with an amount, and of its sentence, whether it is the aspect's and not another's of
    the item; ``hits`` of a clause whether it is about the aspect by its cues.
    """
    held = text.answer.find(evidence) if evidence else -1
    spoken = text.segments_of(held, held + len(evidence)) if held >= 0 else []
    best: tuple[_Fit, int, WrittenFigure, tuple[int, int]] | None = None
    disputed: Proof | None = None
    here: Proof | None = None  # the same in the very words that were quoted for the aspect
    for placed in text.placed:
        figure, segment, _ = placed
        fit = _fit(text, placed, subject, ask, wanted, spoken, hits)
        if fit is None or not _is_own(text, placed, belongs):
            continue
        if rules := text.disputed(figure.start, figure.end):
            contested = Proof(around(text.answer, segment, figure.start, figure.end), _why(rules), rules)
            disputed = disputed or contested
            if segment in spoken:
                here = here or contested
        elif best is None or (fit, -figure.start) > best[:2]:
            best = (fit, -figure.start, figure, segment)
    if here is not None and (best is None or best[3] not in spoken):
        return here  # another sentence tells of something else
    if best is not None:
        fit, _, figure, segment = best
        wholly = wanted.nil and figure.quantity is None and fit.own >= NIL_SHARES
        return Proof(around(text.answer, segment, figure.start, figure.end), wholly=wholly)
    return disputed or Proof(evidence, Shortfall.FIGURE)


def _fit(
    text: Text,
    placed: Placed,
    subject: str,
    ask: str,
    wanted: Wanted,
    spoken: Sequence[tuple[int, int]],
    hits: Callable[[str], bool],
) -> _Fit | None:
    """How well a figure fits; None: not at all."""
    (_, _, quantity), segment, clause = placed
    each = quantity is not None and wanted.fits_each(quantity, clause)
    if quantity is not None and not wanted.fits(quantity) and not each:
        return None
    words = text.answer[segment[0] : segment[1]]
    if any(word in clause for word in wanted.foreign):
        return None
    own = len(bigrams(subject) & bigrams(clause))
    related = len(bigrams(subject + ask) & bigrams(words))
    # a quote of several sentences, or rows, tells of several things
    near = hits(clause) or (segment in spoken and (len(spoken) == 1 or related > 0))
    if is_row(words):
        words = above(text.answer, segment[0]) + words
        related = len(bigrams(subject + ask) & bigrams(words))
    rank = _Fit(near, own, related)
    if quantity is None:
        needed = RELATED if wanted.kinds & AMOUNTS or not near else 0
        return rank if len(bigrams(subject + ask) & bigrams(clause)) >= needed else None
    if (
        (each or wanted.kinds & AMOUNTS)
        and quantity.kind in AMOUNTS
        and not _is_total(clause, cut=wanted.cut)
    ):
        return None
    if not wanted.is_scope(clause) or is_of_another_year(clause, text.year):
        return None
    if quantity.kind in SHARES - {"rate"} and wanted.kinds and not bigrams(subject) & bigrams(words):
        return None
    needed = 1 if quantity.kind in AMOUNTS else RELATED
    apart = quantity.kind in (wanted.kinds | wanted.each) & UNMISTAKABLE or related >= needed
    return rank if near or apart else None


def _is_own(text: Text, placed: Placed, belongs: Callable[[str, str], bool]) -> bool:
    quantity = placed.figure.quantity
    if quantity is None or quantity.kind not in AMOUNTS - UNMISTAKABLE:
        return True
    return belongs(placed.clause, text.answer[slice(*placed.segment)])


def _is_total(clause: str, *, cut: bool) -> bool:
    """Whether a clause tells a total (or, if that is asked for, what was cut), and not what is aimed at."""
    known = lexicon()
    return cut == any(word in clause for word in known["cut"]) and not any(
        word in clause for word in known["aim"]
    )


def is_of_another_year(clause: str, year: int | None) -> bool:
    """Whether a figure's clause names other years alone: （2023年20.2万立方米）."""
    years = _years(clause)
    if year is None or year in years:
        return False
    return bool(years) or any(word in clause for word in lexicon()["earlier"])


def is_past(words: str, year: int | None) -> bool:
    """Whether words name earlier years alone: 2022年参编一项, and not 2023年3月至2026年2月有效."""
    years = _years(words)
    return year is not None and bool(years) and max(years) < year


def is_ahead(words: str, year: int) -> bool:
    """Whether words name a year to come."""
    return any(found > year for found in _years(words))


def _years(words: str) -> set[int]:
    return {int(found) for found in _YEAR.findall(words)}.union(spelled_years(words))


def disputes_in(text: Text, quote: str, units: Iterable[str]) -> tuple[str, ...]:
    """The rules that dispute the figures of a quote, unless one in some units, or a nil, stands there undisputed."""
    start = text.answer.find(quote)
    kinds = set(map(asked_kind, units)) - {None}
    rules = [
        text.disputed(figure.start, figure.end)
        for figure, _, clause in text.placed
        if start <= figure.start < start + len(quote)
        and (figure.quantity is None or asked_kind(figure.quantity.unit) in kinds)
        and not is_of_another_year(clause, text.year)
    ]
    return rules[0] if start >= 0 and rules and all(rules) else ()


def find_nil(text: Text, subject: str, ask: str, wanted: Wanted) -> Proof | None:
    """A stated nil on the disclosure's own subject, wherever it stands in the answer."""
    for figure, segment, words in text.placed:
        if figure.quantity is None:
            clause = bigrams(words)
            shared = len(bigrams(subject) & clause)
            related = len(bigrams(subject + ask) & clause) >= RELATED
            if related and not text.disputed(figure.start, figure.end):
                quote = around(text.answer, segment, figure.start, figure.end)
                return Proof(quote, wholly=wanted.nil and shared >= NIL_SHARES)
    return None


def find_statement(
    text: Text,
    evidence: str,
    telling: frozenset[str],
    hits: Callable[[str], bool] = lambda _: False,
    *,
    aims: bool = False,
) -> Proof:
    """The statement about an ask: the sentence that was quoted, else another that is about it.

    ``telling`` are the pairs of letters of the ask that no other ask of the item has; ``hits`` says of a sentence
    whether it is about the ask by its cues; where it asks for ``aims``, what is only meant to be done will do.
    """
    held = text.answer.find(evidence) if evidence else -1
    if held < 0:
        return Proof(evidence)
    spoken = text.segments_of(held, held + len(evidence))
    usable = [segment for segment in spoken if _usable(text, segment, aims=aims)]
    here = max(usable, key=lambda each: _about(text, each, telling), default=None)
    if here is not None and _about(text, here, telling):
        return undisputed(text, widened(text.answer, here, held, evidence))
    needed = RELATED if len(telling) > FEW else 1
    others = [
        (score, -segment[0], segment)
        for segment in text.segments
        if segment not in spoken
        and ((score := _about(text, segment, telling)) >= needed or hits(text.answer[slice(*segment)]))
        and _usable(text, segment, aims=aims)
    ]
    other = max(others, default=None)
    if here is not None and other is None:
        return undisputed(text, widened(text.answer, here, held, evidence))
    if other is not None:
        return undisputed(text, best_part(text.answer, other[2], telling))
    rules = text.disputed(held, held + len(evidence), STALE, ASTRAY, MISPLACED)
    return Proof(evidence, _why(rules) if rules else Shortfall.STATEMENT, rules)


def undisputed(text: Text, quote: str) -> Proof:
    """A quote without the clause in which a disputed figure stands."""
    start = text.answer.find(quote)
    met = [each for each in text.disputes if each.meets(start, start + len(quote))]
    if not met:
        return Proof(quote)
    before = text.answer[start : min(each.start for each in met)]
    after = text.answer[max(each.end for each in met) : start + len(quote)]
    cuts = [at for mark in PARTS if (at := after.find(mark)) >= 0]
    parts = (before[: max(before.rfind(mark) for mark in PARTS) + 1], after[min(cuts) :] if cuts else "")
    kept = max(parts, key=len).strip(PARTS + " ")
    if letters_of(kept) >= STATED:
        return Proof(kept)
    rules = tuple(dict.fromkeys(each.rule for each in met))
    return Proof(quote, _why(rules), rules)


def quoted(text: Text, evidence: str) -> str:
    """The words of a figure that the question itself asks for, as far as their sentence goes."""
    held = text.answer.find(evidence) if evidence else -1
    spoken = text.segments_of(held, held + len(evidence)) if held >= 0 else []
    return widened(text.answer, spoken[0], held, evidence) if len(spoken) == 1 else evidence


def states_target(text: Text, cues: Sequence[Cue], units: Iterable[str] = ()) -> bool:
    """Whether a clause about the cues' subject holds an amount or a share.

    An aim in a unit that belongs to the subject alone needs no other word of it (目标：26.0 kWh/件).
    """
    own = {asked_kind(unit.partition("/")[0]) for unit in units} & UNMISTAKABLE
    for start, end in text.segments:
        for match in _TOPIC.finditer(text.answer, start, end):
            clause = match.group()
            within = [each.quantity for each in text.figures if match.start() <= each.start < match.end()]
            told = any(quantity and quantity.kind in AMOUNTS | SHARES for quantity in within)
            if told and any(cue.find(clause, clause) for cue in cues):
                return True
            if any(word in clause for word in lexicon()["aim"]) and any(
                quantity and asked_kind(quantity.unit.partition("/")[0]) in own for quantity in within
            ):
                return True
    return False


def has_figure(words: str, wanted: Wanted) -> bool:
    """Whether words hold a figure of a disclosure's unit, or state a nil."""
    return any(quantity is None or wanted.fits(quantity) for _, _, quantity in amounts_in(words))


def _why(rules: Sequence[str]) -> Shortfall:
    return Shortfall.OTHER_YEAR if STALE in rules else Shortfall.CONTESTED


def _usable(text: Text, segment: tuple[int, int], *, aims: bool) -> bool:
    words = text.answer[segment[0] : segment[1]]
    if _LEAD.search(words) or not text.stands(segment) or not text.states(segment):
        return False
    return aims or not text.is_ahead(segment)


def _about(text: Text, segment: tuple[int, int], telling: frozenset[str]) -> int:
    return len(telling & bigrams(text.answer[segment[0] : segment[1]]))
