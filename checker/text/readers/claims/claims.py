"""Claims as records: an effect with direction, subject, state, figure, period and base.

Every flag of a rule is a field that is missing. A figure binds to an effect by clause and by kind: counts of
equipment, dimensions, persons and years prove none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import Any

from checker.text.ground.fold import simplified
from checker.text.ground.lexicon import either
from checker.text.ground.nil import NilStatement
from checker.text.ground.passages import Clause, Passages
from checker.text.ground.quantities import Quantity
from checker.text.ground.spans import span
from checker.text.readers.claims.binder import Binder, Subject, is_soft, is_whole, read_subject
from checker.text.readers.claims.effects import Effect, State, find_effects
from frameworks.ground.yaml import load_data

_COLON = ("：", ":")
_TELLING = frozenset(
    {"share", "points", "score", "attendance", "count_person"}
)  # kinds that say how many did
BEHIND = 8  # characters between a verb of change and the figure that completes it (降低了约 12 %)


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause that claims an effect. A field that the text leaves open is None."""

    text: str
    start: int
    end: int
    cue: str  # the words that claim it
    direction: str  # up, down or ""
    subject: str | None  # what is effected
    state: State
    figure: Quantity | NilStatement | None
    period: str | None  # 2024年, 全年 …
    base: str | None  # 较上年, 由 12.4 吨 …
    is_condition: bool  # a state of things (深入人心): it needs a value, no base

    @property
    def is_vague(self) -> bool:
        """Whether it is claimed as reached and no figure proves it."""
        return self.state is State.DONE and self.figure is None

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that are missing: value, period, base."""
        fields = {"value": self.figure, "period": self.period, "base": self.base}
        wanted = ("value",) if self.is_condition else tuple(fields)
        return tuple(name for name in wanted if fields[name] is None)


def find_claims(
    text: str,
    quantities: tuple[Quantity, ...],
    passages: Passages,
    nils: tuple[NilStatement, ...] = (),
    *,
    judged: bool = True,
) -> tuple[Claim, ...]:
    """The claims of a text in order, at most one a clause; those of the trained judge only where ``judged``."""
    grammar = _grammar()
    masked = _one_spelling(grammar.masks.sub(lambda match: "〇" * len(match.group()), text))
    effects = find_effects(masked, passages, judged=judged)
    if not effects:
        return ()
    reader = _Reader(masked, quantities, passages, nils, grammar, Binder(masked, quantities, passages))
    claims: list[Claim] = []
    place, frame = -1, _Frame(None, None, False)
    for effect in effects:
        if passages.clauses[effect.clause].sentence != place:
            place = passages.clauses[effect.clause].sentence
            frame = reader.frame(place)
        claims.append(reader.record(text, effect, frame))
    return tuple(claims)


def _one_spelling(text: str) -> str:
    """The text in simplified script, as long as it is: 節能效果顯著, 显着."""
    text = simplified(text)
    for written, meant in _spellings():
        text = text.replace(written, meant)
    return text


def find_vague_claims(
    text: str, quantities: tuple[Quantity, ...], passages: Passages, nils: tuple[NilStatement, ...] = ()
) -> tuple[Claim, ...]:
    """The claims of a text that no figure proves."""
    return tuple(claim for claim in find_claims(text, quantities, passages, nils) if claim.is_vague)


@dataclass(frozen=True, slots=True)
class _Grammar:
    masks: re.Pattern[str]
    result: re.Pattern[str]
    table: re.Pattern[str]
    money: re.Pattern[str]
    counts: re.Pattern[str]
    spent: re.Pattern[str]
    saved: re.Pattern[str]
    change: re.Pattern[str]
    level: re.Pattern[str]
    period: re.Pattern[str]
    base: re.Pattern[str]
    no_proof: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a sentence says for all its claims."""

    period: str | None
    base: str | None
    points_to_table: bool


@dataclass(frozen=True, slots=True)
class _Reader:
    """Binds figures, periods and bases to the effects of one text."""

    text: str  # titles and quoted names blanked
    quantities: tuple[Quantity, ...]
    passages: Passages
    nils: tuple[NilStatement, ...]
    grammar: _Grammar
    binder: Binder

    def frame(self, place: int) -> _Frame:
        """The period, the base of comparison and the table that a sentence names."""
        sentence, grammar = self.passages.sentences[place], self.grammar
        period = grammar.period.search(self.text, sentence.start, sentence.end)
        base = grammar.base.search(self.text, sentence.start, sentence.end)
        table = grammar.table.search(self.text, sentence.start, sentence.end)
        return _Frame(period and period.group(), base and base.group(), table is not None)

    def record(self, text: str, effect: Effect, frame: _Frame) -> Claim:
        clause = self.passages.clauses[effect.clause]
        quote = span(text, clause.start, clause.end)
        subject = self.grammar.result.search(self.text, clause.start, clause.end)
        return Claim(
            text=quote.text,
            start=quote.start,
            end=quote.end,
            cue=text[effect.start : effect.end],
            direction=effect.direction,
            subject=subject.group() if subject else None,
            state=effect.state,
            figure=self._figure(effect, frame) if effect.state is State.DONE else None,
            period=frame.period,
            base=frame.base,
            is_condition=effect.is_condition,
        )

    def _figure(self, effect: Effect, frame: _Frame) -> Quantity | NilStatement | None:
        """The figure of the right kind that belongs to an effect."""
        clause = self.passages.clauses[effect.clause]
        if not self.quantities and not self.nils:
            return None
        subject = read_subject(self.binder.words(clause))
        soft = is_soft(self.binder.words(clause))
        found = (
            self._proof(clause, effect)
            or self._behind(effect.clause, subject, soft)
            or self._before(effect.clause, subject, soft)
        )
        if found is not None:
            return found
        sentence = self.passages.sentences[clause.sentence]
        if frame.points_to_table:
            return next((figure for figure in self.quantities if figure.start >= sentence.end), None)
        return self._in_next_sentence(clause, subject, soft) or (
            self._summed_up(clause) if soft else self._in_sentence_before(clause, subject)
        )

    def _behind(self, place: int, subject: Subject, soft: bool) -> Quantity | NilStatement | None:
        """A figure of the clauses behind an effect: of its subject, or without a subject of their own."""
        effect = self.passages.clauses[place]
        if self.text[effect.end : effect.end + 1] in _COLON:
            return self._after_colon(effect)
        for other in range(place + 1, place + 3):
            clause = self.binder.clause(other)
            if clause is None or clause.sentence != effect.sentence:
                return None
            if not self._has_figures(clause):
                continue
            related = self.binder.speaks_for(subject, clause)
            if related and (found := self._measure(clause, effect)) is not None:
                return found
            if soft and (found := self._twice(other)) is not None:
                return found
            if not related:
                return None  # what follows without a subject belongs to this clause
        return None

    def _after_colon(self, effect: Clause) -> Quantity | None:
        """What stands behind a colon says what is meant: 大家上心多了：年底抽问50人，对41（年初对28）."""
        sentence = self.passages.sentences[effect.sentence]
        figures = self.binder.figures(effect.end, sentence.end)
        return next(
            (figure for figure in figures if figure.kind in _TELLING or self.binder.counts(figure)), None
        )

    def _before(self, place: int, subject: Subject, soft: bool) -> Quantity | NilStatement | None:
        """A figure of the clause before an effect: 未发生安全事故，安全形势持续稳定."""
        before = self.binder.clause(place - 1)
        if (
            before is None
            or before.sentence != self.passages.clauses[place].sentence
            or not self._has_figures(before)
        ):
            return None
        changes = self.grammar.change.search(self.text, before.start, before.end) is not None
        if subject.shares(self.binder.topic(place - 1)):
            if (nil := self._nil(before)) is not None:
                return nil
            if changes:
                return self._proof(before)
        return (self._twice(place - 1) or (self._proof(before) if changes else None)) if soft else None

    def _in_next_sentence(
        self, clause: Clause, subject: Subject, soft: bool
    ) -> Quantity | NilStatement | None:
        for place in self._clauses_of(clause.sentence + 1):
            other = self.passages.clauses[place]
            if not self._has_figures(other):
                continue
            if self.binder.speaks_for(subject, other) and (found := self._measure(other, clause)) is not None:
                return found
            if soft and (found := self._twice(place)) is not None:
                return found
        return None

    def _in_sentence_before(self, clause: Clause, subject: Subject) -> Quantity | NilStatement | None:
        for place in self._clauses_of(clause.sentence - 1):
            other = self.passages.clauses[place]
            changes = self.grammar.change.search(self.text, other.start, other.end) is not None
            related = changes and subject.is_same(self.binder.topic(place))
            if related and (found := self._proof(other)) is not None:
                return found
        return None

    def _summed_up(self, clause: Clause) -> Quantity | None:
        """The measure taken twice of the sentence before one that only draws the sum (水平大幅提升。)."""
        if len(self._clauses_of(clause.sentence)) > 1 or not is_whole(self.binder.words(clause)):
            return None
        before = (self._twice(place) for place in self._clauses_of(clause.sentence - 1))
        return next((found for found in before if found is not None), None)

    def _clauses_of(self, sentence: int) -> range:
        """The places of a sentence's clauses."""
        clauses = self.passages.clauses
        return range(
            bisect_left(clauses, sentence, key=lambda other: other.sentence),
            bisect_left(clauses, sentence + 1, key=lambda other: other.sentence),
        )

    def _measure(self, clause: Clause, effect: Clause) -> Quantity | NilStatement | None:
        """What proves an effect in another clause; there a count of what the effect counts does too."""
        if (found := self._proof(clause)) is not None:
            return found
        told = effect if self.binder.is_elliptic(clause) else clause
        if self.grammar.counts.search(self.text, told.start, told.end) is None:
            return None
        return next(
            (
                figure
                for figure in self.binder.figures(clause.start, clause.end)
                if self.binder.counts(figure) and not self.binder.is_limit(clause, figure)
            ),
            None,
        )

    def _twice(self, place: int) -> Quantity | None:
        """The figure of a measure taken twice."""
        clause = self.passages.clauses[place]
        figures = self.binder.figures(clause.start, clause.end)
        if not figures or not self.binder.measured_twice(place):
            return None
        return figures[0] if not self.binder.is_process(clause, figures[0]) else None

    def _has_figures(self, clause: Clause) -> bool:
        return self._nil(clause) is not None or bool(self.binder.figures(clause.start, clause.end))

    def _nil(self, clause: Clause) -> NilStatement | None:
        return next((nil for nil in self.nils if clause.start <= nil.start < clause.end), None)

    def _proof(self, clause: Clause, effect: Effect | None = None) -> Quantity | NilStatement | None:
        """A figure or stated nil of a clause that can prove an effect."""
        if (nil := self._nil(clause)) is not None:
            return nil
        words = self.binder.words(clause)
        twice = self.binder.changes_in(clause)
        for figure in self.binder.figures(clause.start, clause.end):
            if self.binder.is_process(clause, figure) or self.binder.is_limit(clause, figure):
                continue
            if twice or self._proves(figure, clause, words, effect):
                return figure
        return None

    def _proves(self, figure: Quantity, clause: Clause, words: str, effect: Effect | None) -> bool:
        grammar = self.grammar
        if figure.kind not in grammar.no_proof:
            return True
        if figure.kind == "money" and grammar.money.search(words) and not grammar.spent.search(words):
            return True
        before = self.text[max(clause.start, figure.start - 2 * BEHIND) : figure.start]
        if figure.kind != "money" and (
            grammar.level.search(before[-BEHIND:])
            or (figure.kind != "count_thing" and grammar.saved.search(before))
        ):
            return True
        if figure.kind == "time" and grammar.counts.search(words) and figure.unit != "年":
            return True
        return effect is not None and 0 <= figure.start - effect.end <= BEHIND // 2


@cache
def _grammar() -> _Grammar:
    data: dict[str, Any] = load_data("checker.data", "claims.yaml")
    expressions = data["expressions"]
    return _Grammar(
        masks=re.compile(r"《[^》\n]{1,60}》|“[^”\n]{1,30}”|\"[^\"\n]{1,30}\""),
        result=re.compile(either(data["results"])),
        table=re.compile(either(data["tables"])),
        money=re.compile(either(data["money_context"])),
        counts=re.compile(either(data["count_context"])),
        spent=re.compile(expressions["spent"]),
        saved=re.compile(expressions["saved"]),
        change=re.compile(expressions["change"]),
        level=re.compile(expressions["level"]),
        period=re.compile(expressions["period"]),
        base=re.compile(expressions["base"]),
        no_proof=frozenset(data["no_proof"]),
    )


@cache
def _spellings() -> tuple[tuple[str, str], ...]:
    data: dict[str, Any] = load_data("checker.data", "claims.yaml")
    return tuple(data["spellings"].items())
