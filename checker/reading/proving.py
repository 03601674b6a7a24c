"""Which words of an answer prove a disclosure: the figure of its unit, the statement about its subject.

Words that are handed to the parent, or that a finding disputes, prove nothing; the quote is what proves it, not the
first figure near.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from msgspec import Struct

from checker.reading.disputed import ASTRAY, STALE, Dispute
from checker.reading.quotes import above, around, best_part, is_row, widened
from checker.reading.wanted import AMOUNTS, SHARES, UNMISTAKABLE, Wanted, lexicon
from checker.text.ground.lexicon import either
from checker.text.ground.nil import NilStatement, find_nils
from checker.text.ground.quantities import Quantity, find_quantities
from checker.text.ground.similarity import bigrams
from checker.text.ground.unit_words import head_unit, kind_of
from questionnaire.cues import Cue

FEW = 3  # pairs of letters that an ask alone has, up to which one of them tells it; guessed
RELATED = 2  # pairs of letters from which a sentence is about an ask; guessed
NIL_SHARES = 3  # the same from which a stated nil is the very nil that is asked for; guessed
BARE = 8  # letters that a clause which only reports an amount has besides; guessed
STATED = 4  # letters from which a clause without a figure says something
_SEGMENT = re.compile(r"[^。；;！\n]+")
_CLAUSE = re.compile(r"[^，,、：:\t|]+")
_TOPIC = re.compile(r"[^，,、\t|]+")  # a clause with what leads it: 能效目标：单件电耗9.2kWh
_PARTS = "，,（(）)"
_HAN = re.compile(r"[一-龥]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_YEAR = re.compile(r"20\d\d(?=\s?年)")
_LED = re.compile(r"([^：:。；;，,]{1,20})[：:]")  # what leads a line
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


Stated = tuple[int, int, Quantity | None]  # where a figure stands; a stated nil is one without a quantity


class _Figure(NamedTuple):
    start: int
    end: int
    quantity: Quantity | None  # None: a stated nil


class _Placed(NamedTuple):
    """A figure in a sentence of one's own."""

    figure: _Figure
    segment: tuple[int, int]
    clause: str  # in which it stands there


class _Fit(NamedTuple):
    """How well a figure fits; the larger, the better."""

    near: bool  # in the sentence that was quoted, or in a clause about the aspect
    own: int  # pairs of letters that its clause shares with the disclosure
    related: int  # and its sentence with the disclosure or the ask


class Text(Struct, frozen=True, dict=True):
    """One answer, as it is searched for proof."""

    answer: str
    handed: tuple[str, ...] = ()  # quotes of what is left to the parent or does not apply
    disputes: tuple[Dispute, ...] = ()
    year: int | None = None  # of the report
    told: Sequence[Stated] | None = None  # its figures and stated nils, where they are known

    @cached_property
    def _stated(self) -> dict[tuple[int, int], bool]:
        """What was worked out for a span."""
        return {}

    @cached_property
    def segments(self) -> tuple[tuple[int, int], ...]:
        """The sentences that are the company's own."""
        spans = [match.span() for match in _SEGMENT.finditer(self.answer)]
        away = [
            (at, at + len(quote)) for quote in self.handed if quote and (at := self.answer.find(quote)) >= 0
        ]
        return tuple(
            (start, end)
            for start, end in spans
            if not any(begin < end and start < stop for begin, stop in away)
        )

    def segments_of(self, start: int, end: int) -> list[tuple[int, int]]:
        """The sentences that hold some words."""
        return [(a, b) for a, b in self.segments if a < end and start < b]

    def disputed(self, start: int, end: int, *rules: str) -> tuple[str, ...]:
        """The rules that dispute some words."""
        met = [
            each.rule
            for each in self.disputes
            if each.meets(start, end) and (not rules or each.rule in rules)
        ]
        return tuple(dict.fromkeys(met))

    def states(self, segment: tuple[int, int]) -> bool:
        """Whether a sentence of it states something, and does not only report an amount."""
        if segment not in self._stated:
            self._stated[segment] = _states(self, segment)
        return self._stated[segment]

    @cached_property
    def figures(self) -> tuple[_Figure, ...]:
        """Its figures and stated nils, in order."""
        return tuple(
            _Figure(start, end, _led(self.answer, quantity) if quantity else None)
            for start, end, quantity in (_told(self.answer) if self.told is None else self.told)
        )

    @cached_property
    def placed(self) -> tuple[_Placed, ...]:
        """Those of them that stand in sentences of one's own, each in the first that holds some of it."""
        return tuple(
            _Placed(figure, segment, clause_of(self.answer, segment, figure))
            for figure in self.figures
            for segment in self.segments_of(figure.start, figure.end)[:1]
        )


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
    best: tuple[_Fit, int, _Figure, tuple[int, int]] | None = None
    disputed: Proof | None = None
    for placed in text.placed:
        figure, segment, _ = placed
        fit = _fit(text, placed, subject, ask, wanted, spoken, hits)
        if fit is None or not _is_own(text, placed, belongs):
            continue
        if rules := text.disputed(figure.start, figure.end):
            quote = around(text.answer, segment, figure.start, figure.end)
            disputed = disputed or Proof(quote, _why(rules), rules)
        elif best is None or (fit, -figure.start) > best[:2]:
            best = (fit, -figure.start, figure, segment)
    if best is not None:
        fit, _, figure, segment = best
        wholly = wanted.nil and figure.quantity is None and fit.own >= NIL_SHARES
        return Proof(around(text.answer, segment, figure.start, figure.end), wholly=wholly)
    return disputed or Proof(evidence, Shortfall.FIGURE)


def _fit(
    text: Text,
    placed: _Placed,
    subject: str,
    ask: str,
    wanted: Wanted,
    spoken: Sequence[tuple[int, int]],
    hits: Callable[[str], bool],
) -> _Fit | None:
    """How well a figure fits; None: not at all."""
    (_, _, quantity), segment, clause = placed
    if quantity is not None and not wanted.fits(quantity):
        return None
    words = text.answer[segment[0] : segment[1]]
    own = len(bigrams(subject) & bigrams(clause))
    if is_row(words):
        words = above(text.answer, segment[0]) + words
    related = len(bigrams(subject + ask) & bigrams(words))
    # a quote of several sentences tells of several things
    near = hits(clause) or (segment in spoken and (len(spoken) == 1 or is_row(words) or related > 0))
    rank = _Fit(near, own, related)
    if quantity is None:
        needed = RELATED if wanted.kinds & AMOUNTS or not near else 0
        return rank if len(bigrams(subject + ask) & bigrams(clause)) >= needed else None
    if wanted.kinds & AMOUNTS and quantity.kind in AMOUNTS and not _is_total(clause, cut=wanted.cut):
        return None
    if not wanted.is_scope(clause) or is_of_another_year(clause, text.year):
        return None
    if quantity.kind in SHARES - {"rate"} and wanted.kinds and not bigrams(subject) & bigrams(words):
        return None
    needed = 1 if quantity.kind in AMOUNTS else RELATED
    apart = quantity.kind in wanted.kinds & UNMISTAKABLE or related >= needed
    return rank if near or apart else None


def _is_own(text: Text, placed: _Placed, belongs: Callable[[str, str], bool]) -> bool:
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
    years = {int(found) for found in _YEAR.findall(clause)}
    if year is None or year in years:
        return False
    return bool(years) or any(word in clause for word in lexicon()["earlier"])


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
    text: Text, evidence: str, telling: frozenset[str], hits: Callable[[str], bool] = lambda _: False
) -> Proof:
    """The statement about an ask: the sentence that was quoted, else another that is about it.

    ``telling`` are the pairs of letters of the ask that no other ask of the item has; ``hits`` says of a sentence
    whether it is about the ask by its cues.
    """
    held = text.answer.find(evidence) if evidence else -1
    if held < 0:
        return Proof(evidence)
    spoken = text.segments_of(held, held + len(evidence))
    usable = [segment for segment in spoken if _usable(text, segment)]
    here = max(usable, key=lambda each: _about(text, each, telling), default=None)
    if here is not None and _about(text, here, telling):
        return _undisputed(text, widened(text.answer, here, held, evidence))
    needed = RELATED if len(telling) > FEW else 1
    others = [
        (score, -segment[0], segment)
        for segment in text.segments
        if segment not in spoken
        and ((score := _about(text, segment, telling)) >= needed or hits(text.answer[slice(*segment)]))
        and _usable(text, segment)
    ]
    other = max(others, default=None)
    if here is not None and other is None:
        return _undisputed(text, widened(text.answer, here, held, evidence))
    if other is not None:
        return _undisputed(text, best_part(text.answer, other[2], telling))
    rules = text.disputed(held, held + len(evidence), STALE, ASTRAY)
    return Proof(evidence, _why(rules) if rules else Shortfall.STATEMENT, rules)


def _undisputed(text: Text, quote: str) -> Proof:
    """A quote without the clause in which a disputed figure stands."""
    start = text.answer.find(quote)
    met = [each for each in text.disputes if each.meets(start, start + len(quote))]
    if not met:
        return Proof(quote)
    before = text.answer[start : min(each.start for each in met)]
    after = text.answer[max(each.end for each in met) : start + len(quote)]
    cuts = [at for mark in _PARTS if (at := after.find(mark)) >= 0]
    parts = (before[: max(before.rfind(mark) for mark in _PARTS) + 1], after[min(cuts) :] if cuts else "")
    kept = max(parts, key=len).strip(_PARTS + " ")
    if _letters(kept) >= STATED:
        return Proof(kept)
    rules = tuple(dict.fromkeys(each.rule for each in met))
    return Proof(quote, _why(rules), rules)


def quoted(text: Text, evidence: str) -> str:
    """The words of a figure that the question itself asks for, as far as their sentence goes."""
    held = text.answer.find(evidence) if evidence else -1
    spoken = text.segments_of(held, held + len(evidence)) if held >= 0 else []
    return widened(text.answer, spoken[0], held, evidence) if len(spoken) == 1 else evidence


def states_target(text: Text, cues: Sequence[Cue]) -> bool:
    """Whether a clause about the cues' subject holds an amount or a share."""
    for start, end in text.segments:
        for match in _TOPIC.finditer(text.answer, start, end):
            clause = match.group()
            within = [each.quantity for each in text.figures if match.start() <= each.start < match.end()]
            told = any(quantity and quantity.kind in AMOUNTS | SHARES for quantity in within)
            if told and any(cue.find(clause, clause) for cue in cues):
                return True
    return False


def has_figure(words: str, wanted: Wanted) -> bool:
    """Whether words hold a figure of a disclosure's unit, or state a nil."""
    return any(quantity is None or wanted.fits(quantity) for _, _, quantity in _told(words))


def _why(rules: Sequence[str]) -> Shortfall:
    return Shortfall.OTHER_YEAR if STALE in rules else Shortfall.CONTESTED


def _usable(text: Text, segment: tuple[int, int]) -> bool:
    words = text.answer[segment[0] : segment[1]]
    return not _LEAD.search(words) and not text.disputed(*segment, STALE, ASTRAY) and text.states(segment)


def _about(text: Text, segment: tuple[int, int], telling: frozenset[str]) -> int:
    return len(telling & bigrams(text.answer[segment[0] : segment[1]]))


def _states(text: Text, segment: tuple[int, int]) -> bool:
    """Whether a sentence states more than an amount: 全部交有资质单位处置, and not 产生危险废物12.6吨."""
    words = text.answer[segment[0] : segment[1]]
    if is_row(words) and not any(character.isdigit() for character in words):
        return False  # the head of a table
    if any(word in words for word in lexicon()["stated"]):
        return True  # a target is told by its figure
    for match in _CLAUSE.finditer(text.answer, *segment):
        clause = match.group()
        within = [each for each in text.figures if match.start() <= each.start < match.end()]
        if not any(each.quantity and each.quantity.kind in AMOUNTS | SHARES for each in within):
            if _letters(clause) >= STATED or any(each.quantity is None for each in within):
                return True
        elif _letters(_reports().sub("", _without(clause, match.start(), within))) > BARE:
            return True
    return False


def _letters(words: str) -> int:
    """How much is said, in Chinese letters; a word in Latin ones says as much as two."""
    return len(_HAN.findall(words)) or 2 * len(_LATIN.findall(words))


def _without(clause: str, offset: int, figures: Sequence[_Figure]) -> str:
    kept = clause
    for each in reversed(figures):
        kept = kept[: each.start - offset] + kept[each.end - offset :]
    return kept


@cache
def _reports() -> re.Pattern[str]:
    return re.compile(either(lexicon()["reports"]))


def _led(answer: str, quantity: Quantity) -> Quantity:
    """A bare number with the unit that the lead of its line names: 危废 t：铝灰286.3、污泥38.2."""
    if quantity.unit:
        return quantity
    lead = answer[answer.rfind("\n", 0, quantity.start) + 1 : quantity.start]
    found = _LED.match(lead)
    unit = head_unit(found.group(1))[0] if found else ""
    return quantity._replace(unit=unit, kind=kind_of(unit)) if unit else quantity


def together(quantities: Iterable[Quantity], nils: Iterable[NilStatement]) -> tuple[Stated, ...]:
    """Figures and stated nils, in order."""
    found: list[Stated] = [(quantity.start, quantity.end, quantity) for quantity in quantities]
    found += [(nil.start, nil.end, None) for nil in nils]
    return tuple(sorted(found, key=lambda each: each[:2]))


@lru_cache(maxsize=2048)
def _told(words: str) -> tuple[Stated, ...]:
    return together(find_quantities(words), find_nils(words))


def clause_of(answer: str, segment: tuple[int, int], figure: _Figure) -> str:
    """The clause of a figure; of a table's cell its line."""
    words = answer[segment[0] : segment[1]]
    if is_row(words):
        return words
    at = figure.start - segment[0]
    start = max(words.rfind(mark, 0, at) for mark in _PARTS) + 1
    ends = [end for mark in _PARTS if (end := words.find(mark, figure.end - segment[0])) >= 0]
    return words[start : min(ends, default=len(words))]
