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

from checker.text.effects import Effect, State, find_effects
from checker.text.lexicon import either
from checker.text.nil import NilStatement
from checker.text.ground.passages import Clause, Passages
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
    claims: list[Claim] = []
    place, frame = -1, _Frame(None, None, False)
    for effect in effects:
        if passages.clauses[effect.clause].sentence != place:
            place = passages.clauses[effect.clause].sentence
            frame = binder.frame(place)
        claims.append(binder.record(text, effect, frame))
    return tuple(claims)


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
class _Frame:
    """What a sentence says for all its claims."""

    period: str | None
    base: str | None
    points_to_table: bool


@dataclass(frozen=True, slots=True)
class _Binder:
    """Binds figures, periods and bases to the effects of one text."""

    text: str  # titles and quoted names blanked
    quantities: tuple[Quantity, ...]
    passages: Passages
    nils: tuple[NilStatement, ...]
    grammar: _Grammar

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
            words = self.text[before.start : before.end]
            measured = self.grammar.change.search(words) and (
                not _INPUT.search(words) or self._shares_object(clause, effect, words)
            )
            if measured and (found := self._proof(before)) is not None:
                return found
        sentence = self.passages.sentences[clause.sentence]
        if frame.points_to_table:
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
        """Whether other words speak of what is effected: by name, by verb, or a general word stands for it."""
        found = self.grammar.result.findall(self.text, clause.start, clause.end)
        return bool(
            any(word in words for word in found if len(word) > 1)
            or self.text[effect.start : effect.end] in words
            or (_FROM_TO.search(words) is not None and _GENERAL.search(self.text, clause.start, clause.end))
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
        if _FROM_TO.search(words):
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


# what was put in, no measure of what came out: 自动化率达到80%，人工成本大幅降低
_INPUT = re.compile(
    r"(?:自动化|覆盖|参训|参与|普及|安装|投用|检测|执行|完成|签订|配备|开机)(?:率|比例|面)|全检|100\s?[%％]\s?自动"
)
_FROM_TO = re.compile(r"[由从][^，,]{1,20}?\d[^，,]{0,8}?(?:降|升|增|减|缩|提)[^，,]{0,3}?\d")
_GENERAL = re.compile(r"效果|成效|水平|质量|情况|形势|状况")


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
