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

from checker.text.effects import Effect, State, either, find_effects
from checker.text.nil import NilStatement
from checker.text.passages import Clause, Passages
from checker.text.quantities import Quantity
from checker.text.spans import span
from frameworks.yamlfile import load_data

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
    text: str, quantities: tuple[Quantity, ...], passages: Passages, nils: tuple[NilStatement, ...] = ()
) -> tuple[Claim, ...]:
    """The claims of a text in order, at most one a clause."""
    grammar = _grammar()
    masked = grammar.masks.sub(lambda match: "〇" * len(match.group()), text)
    effects = find_effects(masked, passages)
    if not effects:
        return ()
    binder = _Binder(masked, quantities, passages, nils, grammar)
    return tuple(binder.record(text, effect) for effect in effects)


def find_vague_claims(
    text: str, quantities: tuple[Quantity, ...], passages: Passages, nils: tuple[NilStatement, ...] = ()
) -> tuple[Claim, ...]:
    """The claims of a text that no figure proves."""
    return tuple(claim for claim in find_claims(text, quantities, passages, nils) if claim.is_vague)


@dataclass(frozen=True, slots=True)
class _Grammar:
    masks: re.Pattern[str]
    result: re.Pattern[str]
    tie: re.Pattern[str]
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
class _Binder:
    """Binds figures, periods and bases to the effects of one text."""

    text: str  # titles and quoted names blanked
    quantities: tuple[Quantity, ...]
    passages: Passages
    nils: tuple[NilStatement, ...]
    grammar: _Grammar

    def record(self, text: str, effect: Effect) -> Claim:
        clause = self.passages.clauses[effect.clause]
        sentence = self.passages.sentences[clause.sentence]
        quote = span(text, clause.start, clause.end)
        subject = self.grammar.result.search(self.text, clause.start, clause.end)
        period = self.grammar.period.search(self.text, sentence.start, sentence.end)
        base = self.grammar.base.search(self.text, sentence.start, sentence.end)
        return Claim(
            text=quote.text,
            start=quote.start,
            end=quote.end,
            cue=text[effect.start : effect.end],
            direction=effect.direction,
            subject=subject.group() if subject else None,
            state=effect.state,
            figure=self._figure(effect) if effect.state is State.DONE else None,
            period=period.group() if period else None,
            base=base.group() if base else None,
            is_condition=effect.is_condition,
        )

    def _figure(self, effect: Effect) -> Quantity | NilStatement | None:
        """The figure of the right kind that belongs to an effect."""
        clauses = self.passages.clauses
        clause = clauses[effect.clause]
        if (found := self._proof(clause, effect)) is not None:
            return found
        following = [
            clauses[place]
            for place in (effect.clause + 1, effect.clause + 2)
            if place < len(clauses) and clauses[place].sentence == clause.sentence
        ]
        for distance, other in enumerate(following):
            tied = self.grammar.tie.match(self.text, other.start, other.end) is not None
            if distance and not tied:
                continue
            if (found := self._proof(other)) is not None:
                return found
            if tied and self.grammar.counts.search(self.text, clause.start, clause.end):
                count = next((q for q in self.quantities if other.start <= q.start < other.end), None)
                if count is not None:  # 客诉明显减少，全年12件: what is counted is the effect
                    return count
        if effect.clause and (before := clauses[effect.clause - 1]).sentence == clause.sentence:
            if (
                nil := next((nil for nil in self.nils if before.start <= nil.start < before.end), None)
            ) is not None:
                return nil  # 未发生安全事故，安全形势持续稳定
            measured = self.grammar.change.search(self.text, before.start, before.end)
            if measured and (found := self._proof(before)) is not None:
                return found
        sentence = self.passages.sentences[clause.sentence]
        if self.grammar.table.search(self.text, sentence.start, sentence.end):
            return next((figure for figure in self.quantities if figure.start >= sentence.end), None)
        return self._figure_of_next_sentence(clause, effect)

    def _figure_of_next_sentence(self, clause: Clause, effect: Effect) -> Quantity | NilStatement | None:
        following = clause.sentence + 1
        if following >= len(self.passages.sentences):
            return None
        after = self.passages.sentences[following]
        tied = self.grammar.tie.match(self.text, after.start, after.end) is not None
        clauses = self.passages.clauses
        place = bisect_left(clauses, following, key=lambda other: other.sentence)
        while place < len(clauses) and clauses[place].sentence == following:
            other = clauses[place]
            related = tied or self._shares_object(clause, effect, self.text[other.start : other.end])
            if related and (found := self._proof(other)) is not None:
                return found
            place += 1
        return None

    def _shares_object(self, clause: Clause, effect: Effect, words: str) -> bool:
        found = self.grammar.result.findall(self.text, clause.start, clause.end)
        return (
            any(word in words for word in found if len(word) > 1)
            or self.text[effect.start : effect.end] in words
        )

    def _proof(self, clause: Clause, effect: Effect | None = None) -> Quantity | NilStatement | None:
        """A figure or stated nil of a clause that can prove an effect."""
        for nil in self.nils:
            if clause.start <= nil.start < clause.end:
                return nil
        place = bisect_left(self.quantities, clause.start, key=lambda figure: figure.start)
        words = self.text[clause.start : clause.end]
        for figure in self.quantities[place:]:
            if figure.start >= clause.end:
                break
            if figure.exact != "vague" and self._proves(figure, clause, words, effect):
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
        tie=re.compile(rf"\s*{either(data['ties'])}"),
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
