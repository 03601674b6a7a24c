"""Which figure proves an effect: of the right kind, in its clause, near it, or where the same is measured twice.

A figure binds by clause and by kind: counts of equipment, dimensions, persons and years prove none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.english import is_mostly_english
from checker.text.ground.lexicon import either
from checker.text.ground.nil import NilStatement
from checker.text.ground.passages import Clause, Passages
from checker.text.ground.quantities import Quantity
from checker.text.readers.claims.binder import Binder, Subject, is_soft, is_whole, read_subject
from checker.text.readers.claims.effects import Effect
from checker.text.readers.claims.english import EnglishEffect, proves
from frameworks.ground.yaml import load_data

_COLON = ("：", ":")
_TELLING = frozenset(
    {"share", "points", "score", "attendance", "count_person"}
)  # kinds that say how many did
MOST_CLAUSES = 300  # clauses of one answer that are asked for a measure taken twice
_SHARES = frozenset({"share", "points"})
SPEED = "speed"  # the family of what times alone measure
BEHIND = 8  # characters between a verb of change and the figure that completes it (降低了约 12 %)


class Prover(Struct, frozen=True):
    """Finds the figures that prove the effects of one text."""

    text: str  # titles and quoted names blanked
    quantities: tuple[Quantity, ...]
    passages: Passages
    nils: tuple[NilStatement, ...]
    binder: Binder

    def figure(self, effect: Effect, *, points_to_table: bool) -> Quantity | NilStatement | None:
        """The figure of the right kind that belongs to an effect."""
        clause = self.passages.clauses[effect.clause]
        if (told := self._then_and_now(clause)) is not None:
            return told
        if not self.quantities and not self.nils:
            return None
        if is_mostly_english(self.text):
            words = EnglishEffect(effect.start - clause.start, effect.end - clause.start, effect.direction)
            return proves(self.text, self.passages, effect.clause, words, self.quantities, self.nils)
        subject = read_subject(self.binder.words(clause))
        soft = is_soft(self.binder.words(clause))
        found = (
            self._proof(clause, effect)
            or self._compared(clause, effect)
            or self._drawn_from(effect)
            or self._behind(effect.clause, subject, soft)
            or self._before(effect.clause, subject, soft)
        )
        if found is not None:
            return found
        sentence = self.passages.sentences[clause.sentence]
        if points_to_table:
            return next((figure for figure in self.quantities if figure.start >= sentence.end), None)
        near = self._in_next_sentence(clause, subject, soft) or (
            self._summed_up(clause) if soft else self._in_sentence_before(clause, subject)
        )
        if near is not None or (soft and not is_whole(self.binder.words(clause))):
            return near
        return self._taken_twice(clause, subject)

    def _then_and_now(self, clause: Clause) -> Quantity | None:
        """What was and what is, right behind an effect: 扎带也减了，原来一托四道，现在两道."""
        sentence = self.passages.sentences[clause.sentence]
        found = _grammar().then_and_now.match(self.text, clause.end, sentence.end)
        return found and Quantity(found["told"], *found.span("told"), "", "", "number", "range")

    def _compared(self, clause: Clause, effect: Effect) -> Quantity | None:
        """The value before a comparison (每件21.4千克，低于指标22千克; 均值6.2毫克/立方米，远优于限值)."""
        limits = [
            figure
            for figure in self.binder.figures(effect.start, clause.end)
            if self.binder.is_limit(clause, figure)
        ]
        if not limits:
            return self._value_before(effect)
        sentence = self.passages.sentences[clause.sentence]
        before = self.binder.figures(sentence.start, effect.start)
        return next((figure for figure in reversed(before) if figure.unit == limits[0].unit), None)

    def _value_before(self, effect: Effect) -> Quantity | None:
        """The value in the clause before words that only say how it has changed (4.1万吨，较上年有所下降)."""
        clause, before = self.passages.clauses[effect.clause], self.binder.clause(effect.clause - 1)
        if (
            before is None
            or before.sentence != clause.sentence
            or effect.end < clause.end
            or effect.is_judged
        ):
            return None
        if _grammar().summing.sub("", self.text[clause.start : effect.start]):
            return None
        spent = _grammar().spent.search(self.binder.words(before)) is not None
        for figure in self.binder.figures(before.start, before.end):
            counts = figure.kind in _grammar().no_proof - {"number", "money"}
            if not (counts or spent or self.binder.is_process(before, figure)):
                return figure
        return None

    def _drawn_from(self, effect: Effect) -> Quantity | None:
        """The measure taken twice in the clause before a mere conclusion (4.2%到2.9%，下降明显; 质量因此上了台阶)."""
        clause = self.passages.clauses[effect.clause]
        before = self.binder.clause(effect.clause - 1)
        if before is None or before.sentence != clause.sentence:
            return None
        head = self.text[clause.start : effect.start]
        if not _grammar().therefore.search(head) and (effect.is_judged or _grammar().summing.sub("", head)):
            return None
        return self._twice(effect.clause - 1)

    def _taken_twice(self, clause: Clause, subject: Subject) -> Quantity | None:
        """A measure of the same family taken twice, in another sentence of the answer."""
        if not subject.families:
            return None
        for place, other in enumerate(self.passages.clauses[:MOST_CLAUSES]):
            if other.sentence == clause.sentence or (found := self._twice(place)) is None:
                continue
            told = self.passages.sentences[other.sentence]
            topic = self.binder.topic(place)
            same = topic if topic.families else read_subject(self.text[told.start : other.end])
            if subject.families & same.families and subject.alone == same.alone:
                return found
        return None

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
        changes = _grammar().change.search(self.text, before.start, before.end) is not None
        if SPEED in subject.families:
            taken = self._twice(place - 1)
            if taken is not None and taken.kind == "time":
                return taken  # 从报警到撤净4分10秒，去年6分半，快多了
        if subject.shares(self.binder.topic(place - 1)):
            if (nil := self._nil(before)) is not None:
                return nil
            if (found := self._twice(place - 1)) is not None or changes:
                return found or self._proof(before)
        return (self._twice(place - 1) or (self._proof(before) if changes else None)) if soft else None

    def _in_next_sentence(
        self, clause: Clause, subject: Subject, soft: bool
    ) -> Quantity | NilStatement | None:
        for place in self._clauses_of(clause.sentence + 1):
            other = self.passages.clauses[place]
            if not self._has_figures(other):
                continue
            if self._goes_on(subject, place) and (found := self._measure(other, clause)) is not None:
                return found
            if soft and (found := self._twice(place)) is not None:
                return found
        return None

    def _goes_on(self, subject: Subject, place: int) -> bool:
        """Whether a clause of the next sentence speaks of the subject; a head may name another (温室气体：6万吨)."""
        other = self.passages.clauses[place]
        if self.binder.topic_of(place) != place:
            return subject.is_same(self.binder.topic(place))
        return self.binder.speaks_for(subject, other)

    def _in_sentence_before(self, clause: Clause, subject: Subject) -> Quantity | NilStatement | None:
        for place in self._clauses_of(clause.sentence - 1):
            other = self.passages.clauses[place]
            changes = _grammar().change.search(self.text, other.start, other.end) is not None
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
        if _grammar().counts.search(self.text, told.start, told.end) is None:
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
            if (
                effect is not None
                and figure.kind in _SHARES
                and 0 <= figure.start - effect.end <= BEHIND // 2
            ):
                return figure
            if self.binder.is_process(clause, figure) or self.binder.is_limit(clause, figure):
                continue
            if twice or self._proves(figure, clause, words, effect):
                return figure
        return None

    def _proves(self, figure: Quantity, clause: Clause, words: str, effect: Effect | None) -> bool:
        grammar = _grammar()
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


class _Grammar(Struct, frozen=True):
    money: re.Pattern[str]
    counts: re.Pattern[str]
    spent: re.Pattern[str]
    saved: re.Pattern[str]
    change: re.Pattern[str]
    therefore: re.Pattern[str]
    summing: re.Pattern[str]
    level: re.Pattern[str]
    then_and_now: re.Pattern[str]
    no_proof: frozenset[str]


@cache
def _grammar() -> _Grammar:
    data: dict[str, Any] = load_data("checker.data", "claims.yaml")
    expressions = data["expressions"]
    return _Grammar(
        money=re.compile(either(data["money_context"])),
        counts=re.compile(either(data["count_context"])),
        spent=re.compile(expressions["spent"]),
        saved=re.compile(expressions["saved"]),
        change=re.compile(expressions["change"]),
        therefore=re.compile(either(data["therefore"])),
        summing=re.compile(rf"{either(data['summing'])}|\s"),
        level=re.compile(expressions["level"]),
        then_and_now=re.compile(
            rf"[，,：:]\s?(?P<told>{either(data['then'])}[^，,。；;\n]{{0,12}}?{data['then_amounts']}[^，,。；;\n]{{0,10}}"
            rf"[，,；;]{either(data['now'])}[^，,。；;\n]{{0,12}}?{data['then_amounts']})"
        ),
        no_proof=frozenset(data["no_proof"]),
    )
