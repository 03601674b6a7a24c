"""Claims as records: an effect with direction, subject, state, figure, period and base.

Every flag of a rule is a field that is missing. Which figure proves an effect: proofs.py.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.english import is_mostly_english
from checker.text.ground.fold import simplified
from checker.text.ground.lexicon import either
from checker.text.ground.nil import NilStatement
from checker.text.ground.passages import Passages
from checker.text.ground.quantities import Quantity
from checker.text.ground.spans import span
from checker.text.readers.claims.binder import Binder
from checker.text.readers.claims.effects import Effect, State, find_effects
from checker.text.readers.claims.english_judge import is_doubted
from checker.text.readers.claims.proofs import Prover
from frameworks.ground.yaml import load_data


class Claim(Struct, frozen=True):
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
    effects = find_effects(masked, passages, quantities, judged=judged)
    if not effects:
        return ()
    prover = Prover(masked, quantities, passages, nils, Binder(masked, quantities, passages))
    reader = _Reader(masked, passages, grammar, prover)
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
    vague = tuple(claim for claim in find_claims(text, quantities, passages, nils) if claim.is_vague)
    if not vague or not is_mostly_english(text):
        return vague
    starts = [clause.start for clause in passages.clauses]
    return tuple(
        claim
        for claim in vague
        if not is_doubted(text, passages, bisect_right(starts, claim.start) - 1, quantities)
    )


class _Grammar(Struct, frozen=True):
    masks: re.Pattern[str]
    result: re.Pattern[str]
    table: re.Pattern[str]
    period: re.Pattern[str]
    base: re.Pattern[str]


class _Frame(Struct, frozen=True):
    """What a sentence says for all its claims."""

    period: str | None
    base: str | None
    points_to_table: bool


class _Reader(Struct, frozen=True):
    """Makes records of the effects of one text."""

    text: str  # titles and quoted names blanked
    passages: Passages
    grammar: _Grammar
    prover: Prover

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
        done = effect.state is State.DONE
        return Claim(
            text=quote.text,
            start=quote.start,
            end=quote.end,
            cue=text[effect.start : effect.end],
            direction=effect.direction,
            subject=subject.group() if subject else None,
            state=effect.state,
            figure=self.prover.figure(effect, points_to_table=frame.points_to_table) if done else None,
            period=frame.period,
            base=frame.base,
            is_condition=effect.is_condition,
        )


@cache
def _grammar() -> _Grammar:
    data: dict[str, Any] = load_data("checker.data", "claims.yaml")
    expressions = data["expressions"]
    return _Grammar(
        masks=re.compile(r"《[^》\n]{1,60}》|“[^”\n]{1,30}”|\"[^\"\n]{1,30}\""),
        result=re.compile(either(data["results"])),
        table=re.compile(either(data["tables"])),
        period=re.compile(expressions["period"]),
        base=re.compile(expressions["base"]),
    )


@cache
def _spellings() -> tuple[tuple[str, str], ...]:
    data: dict[str, Any] = load_data("checker.data", "claims.yaml")
    return tuple(data["spellings"].items())
