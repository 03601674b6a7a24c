"""Finds where a text claims an effect as reached, and where it only aims at one.

A claim is a verb of change with a word of degree or an achievement mark (大大降低了, 得到改善, 有所提升), a bare
verb of change behind an action (聘请专家授课，提高员工意识), or a state (深入人心, 成效显著). Purposes, capabilities,
duties and plans are no claims. Word classes and expressions are data (``data/claims.yaml``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from checker.text.ground.english import is_mostly_english
from checker.text.ground.headings import names_only
from checker.text.ground.lexicon import either
from checker.text.ground.passages import Passages
from checker.text.ground.quantities import Quantity
from checker.text.readers.claims.clause_judge import features, judge, may_claim
from checker.text.readers.claims.english import find_english_effect
from checker.text.readers.claims.english_judge import is_claim
from checker.text.readers.claims.mixed import find_mixed
from checker.text.readers.claims.predicates import find_predicate, is_worse
from frameworks.ground.yaml import load_data

DEGREE_REACH = 16  # characters before a verb of change in which its words of degree stand
CLAUSE_END = r"(?=[，,。；;：:！!？?\\n]|\\Z)"  # what $ stands for at the end of an expression
SURE = 0.25  # log-odds from which the judge alone makes a claim
SHORTEST, LONGEST = 4, 24  # characters of a clause that is judged
_NOT_JUDGED = re.compile(r"[\d\t、〇]")
ACTION_REACH = 3  # clauses before a bare verb of change in which the action stands
RULING_REACH = 40  # characters at a sentence's head that rule all its clauses (为了…, 2025年将…)


class State(StrEnum):
    """Whether an effect has been reached."""

    DONE = "done"
    PLANNED = "planned"


class Effect(Struct, frozen=True):
    """Words that claim an effect, at their place in the text."""

    start: int
    end: int
    clause: int  # index into the passages' clauses
    state: State
    is_condition: bool  # a state of things (深入人心), not a change
    direction: str  # up, down, or "" where the words do not say
    is_judged: bool = False  # the whole clause, by the trained judge


class LedWords:
    """Expressions that begin with one of many words: the words are looked for in one pass, then the rest is tried."""

    def __init__(self, entries: Iterable[Mapping[str, Any]], classes: Mapping[str, list[str]]) -> None:
        tails: dict[str, list[re.Pattern[str]]] = {}
        for entry in entries:
            tail = re.compile(_written_out(entry.get("tail", ""), classes))
            for head in entry["heads"]:
                for word in classes[head[1:]] if head.startswith("@") else (head,):
                    tails.setdefault(word, []).append(tail)
        self._tails = tails
        self._heads = re.compile(either(tails))

    def finditer(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of every match, in order of their heads."""
        for head in self._heads.finditer(text):
            for tail in self._tails[head.group()]:
                if (found := tail.match(text, head.end())) is not None:
                    yield head.start(), found.end()
                    break


def find_effects(
    text: str, passages: Passages, quantities: Sequence[Quantity] = (), *, judged: bool = True
) -> list[Effect]:
    """The effects that a text claims or aims at, in order, at most one a clause.

    ``text`` has its titles and quoted names blanked; ``judged`` lets the trained judge speak where the rules do not,
    he of English asks for the figures, too.
    """
    grammar = _grammar()
    starts = [clause.start for clause in passages.clauses]
    if not starts:
        return []
    reader = _Reader(text, passages, grammar)
    if is_mostly_english(text):
        return list(_in_english(reader, quantities, judged=judged))
    found: dict[int, Effect] = {}
    verbs = ((match.start(), match.end()) for match in grammar.verb.finditer(text))
    for rank, hits in enumerate((verbs, grammar.weak.finditer(text), grammar.states.finditer(text))):
        for start, end in hits:
            index = bisect_right(starts, start) - 1
            known = found.get(index)
            if index < 0 or (known is not None and known.state is State.DONE):
                continue
            clause = passages.clauses[index]
            if start >= clause.end or names_only(text, passages.sentences[clause.sentence]):
                continue
            effect = (reader.change, reader.weak, reader.condition)[rank](index, start, min(end, clause.end))
            if effect is not None and (known is None or effect.state is State.DONE):
                found[index] = effect
    for index, clause in enumerate(passages.clauses):
        if index not in found and not names_only(text, passages.sentences[clause.sentence]):
            effect = (
                reader.predicate(index) or reader.mixed(index) or (reader.judged(index) if judged else None)
            )
            if effect is not None:
                found[index] = effect
    return [found[index] for index in sorted(found)]


def _in_english(reader: _Reader, quantities: Sequence[Quantity], *, judged: bool) -> Iterator[Effect]:
    for index, clause in enumerate(reader.passages.clauses):
        effect = reader.english(index)
        if effect is not None:
            yield effect
        elif judged and is_claim(reader.text, reader.passages, index, quantities):
            yield Effect(clause.start, clause.end, index, State.DONE, True, "", is_judged=True)


class _Grammar(Struct, frozen=True):
    verb: re.Pattern[str]
    degrees: re.Pattern[str]
    strong: re.Pattern[str]
    weak: LedWords
    states: LedWords
    silent: re.Pattern[str]
    purpose_opener: re.Pattern[str]
    not_plan: re.Pattern[str]
    denial: re.Pattern[str]
    noun_after: re.Pattern[str]
    result: re.Pattern[str]
    abstract: re.Pattern[str]
    action: re.Pattern[str]
    opener: re.Pattern[str]
    aim: re.Pattern[str]
    ruling: re.Pattern[str]
    wish: re.Pattern[str]
    suffered: re.Pattern[str]
    attitude: re.Pattern[str]
    fixed: re.Pattern[str]
    undergone: re.Pattern[str]
    some: re.Pattern[str]
    slogan: re.Pattern[str]
    reached: tuple[str, ...]
    closing: frozenset[str]
    processes: frozenset[str]
    falling: frozenset[str]


class _Reader(Struct, frozen=True):
    text: str
    passages: Passages
    grammar: _Grammar

    def change(self, index: int, start: int, end: int) -> Effect | None:
        """A verb of change: claimed by degree, by an achievement mark, or by the action before it."""
        grammar, clause = self.grammar, self.passages.clauses[index]
        words = self.text[clause.start : clause.end]
        verb = self.text[start:end]
        at = start - clause.start
        degree = grammar.degrees.search(words, max(0, at - DEGREE_REACH), at)
        behind = words[end - clause.start :]
        done = behind.startswith(grammar.reached)
        behind = behind.removeprefix("了")
        first = degree.start() if degree else at
        if not done and grammar.noun_after.match(behind.lstrip("类性")):
            return None
        if behind.startswith(("的", "型", "类")) and not grammar.result.search(behind):
            return None
        if verb in grammar.processes and not grammar.result.search(words.replace(verb, "", 1)):
            return None
        if is_worse(words) or (
            grammar.attitude.match(behind) and not words[words.rfind("、", 0, at) + 1 : first]
        ):
            return None
        strong = degree is not None and grammar.strong.search(degree.group()) is not None
        closes = not behind or behind in grammar.closing
        claimed = done or (strong and (closes or grammar.result.search(words) is not None))
        if not claimed and not self._follows_action(index, words[:at], verb, behind):
            return None
        planned = self._is_silent(index, words, at) or self._is_aim(words, end - clause.start)
        direction = "down" if verb in grammar.falling else "up"
        return Effect(
            clause.start + first, end, index, State.PLANNED if planned else State.DONE, False, direction
        )

    def weak(self, index: int, start: int, end: int) -> Effect | None:
        """A verb that claims only with an achievement mark (有力促进, 保障了); 通过增开班车得到解决 is a deed."""
        if self.grammar.fixed.match(self.text, self.passages.clauses[index].start, end):
            return None
        return self._marked(index, start, end, is_condition=False)

    def condition(self, index: int, start: int, end: int) -> Effect | None:
        """A state of things; 表现突出的团队 only describes one."""
        clause = self.passages.clauses[index]
        if self.text[end : end + 1] == "的" and end < clause.end:
            return None
        if self.grammar.some.search(self.text, clause.start, start):
            return None  # 一大批员工脱颖而出 is a vague quantity
        if self._is_slogan(index) or (
            self.grammar.wish.match(self.text, clause.start)
            and not self.grammar.verb.search(self.text, start, end)
        ):
            return None  # 让职工的权利落到实处 wishes it, 让归属感节节攀升 claims it
        return self._marked(index, start, end, is_condition=True)

    def predicate(self, index: int) -> Effect | None:
        """A change or a state at the end of a clause: 车间温度下降, 邻里信任日渐加深."""
        clause = self.passages.clauses[index]
        words = self.text[clause.start : clause.end]
        found = find_predicate(words)
        if found is None or self._is_slogan(index) or (found.is_bare and not self._tells(index)):
            return None
        if self.grammar.some.search(words, 0, found.start) or self.grammar.undergone.search(words):
            return None
        effect = self._marked(index, clause.start + found.start, clause.start + found.end, is_condition=True)
        return replace(effect, direction=found.direction, is_condition=not found.direction)

    def mixed(self, index: int) -> Effect | None:
        """A change or a comparison told in English, or in both languages: engagement 明显 improve."""
        clause = self.passages.clauses[index]
        found = find_mixed(self.text[clause.start : clause.end])
        if found is None:
            return None
        return self._marked(index, clause.start + found[0], clause.start + found[1], is_condition=True)

    def english(self, index: int) -> Effect | None:
        """A change or a quality that an English clause claims."""
        clauses = self.passages.clauses
        clause = clauses[index]
        follows = index > 0 and clauses[index - 1].sentence == clause.sentence
        found = find_english_effect(self.text[clause.start : clause.end], follows=follows)
        if found is None:
            return None
        start, end = clause.start + found.start, clause.start + found.end
        return Effect(start, end, index, State.DONE, not found.direction, found.direction)

    def _is_slogan(self, index: int) -> bool:
        """推动企业发展再上新台阶。 A sentence that opens without any subject and tells nothing before it."""
        clauses = self.passages.clauses
        opens = index == 0 or clauses[index - 1].sentence != clauses[index].sentence
        return opens and self.grammar.slogan.match(self.text, clauses[index].start) is not None

    def judged(self, index: int) -> Effect | None:
        """A clause without figures that only the judge takes for a claim."""
        clause = self.passages.clauses[index]
        words = self.text[clause.start : clause.end]
        if not SHORTEST <= len(words) <= LONGEST or not may_claim(words) or _NOT_JUDGED.search(words):
            return None
        if self._is_slogan(index) or not self._tells(index) or is_worse(words):
            return None
        if self.grammar.undergone.search(words) or self.grammar.fixed.match(words):
            return None
        if judge(features(self.text, self.passages, index)) < SURE:
            return None
        effect = self._marked(index, clause.start, clause.end, is_condition=True)
        if effect.state is not State.DONE or self._is_silent(index, words, len(words)):
            return None
        return replace(effect, is_judged=True)

    def _tells(self, index: int) -> bool:
        """Whether a clause is part of a sentence that tells, and no label or name that stands alone."""
        clauses = self.passages.clauses
        clause = clauses[index]
        beside = [
            other
            for other in (index - 1, index + 1)
            if 0 <= other < len(clauses) and clauses[other].sentence == clause.sentence
        ]
        return bool(beside) and self.text[clause.end : clause.end + 1] not in ("：", ":")

    def _marked(self, index: int, start: int, end: int, *, is_condition: bool) -> Effect:
        clause = self.passages.clauses[index]
        words = self.text[clause.start : clause.end]
        planned = self._is_silent(index, words, start - clause.start)
        planned = planned or (is_condition and self._is_aim(words, end - clause.start))
        return Effect(start, end, index, State.PLANNED if planned else State.DONE, is_condition, "")

    def _follows_action(self, index: int, opening: str, verb: str, behind: str) -> bool:
        """A bare verb claims a result when an action stands before it and it opens the clause."""
        grammar = self.grammar
        if index == 0 or verb in grammar.processes or not grammar.abstract.search(behind):
            return False
        opening = opening.strip()
        if opening and not grammar.opener.fullmatch(opening):
            return False
        clauses = self.passages.clauses
        for place in range(index - 1, max(-1, index - 1 - ACTION_REACH), -1):
            if clauses[place].sentence != clauses[index].sentence:
                return False
            action = self.text[clauses[place].start : clauses[place].end].lstrip()
            if grammar.action.search(action):
                aims = grammar.purpose_opener.match(action) is not None
                if not (aims and self._has_purpose(index)):
                    return not aims
        return False

    def _has_purpose(self, index: int) -> bool:
        """Whether the next clause gives a purpose: what stands before it is told as done (减少占用，以达到降本目的)."""
        clauses = self.passages.clauses
        behind = clauses[index + 1] if index + 1 < len(clauses) else None
        if behind is None or behind.sentence != clauses[index].sentence:
            return False
        words = self.text[behind.start : behind.end].lstrip()
        return self.grammar.purpose_opener.match(words) is not None

    def _is_silent(self, index: int, words: str, position: int) -> bool:
        """Purposes, capabilities, plans, duties and denials before the verb; a plan rules the clauses behind it."""
        grammar = self.grammar
        head = grammar.not_plan.sub("〇", words[:position])
        if grammar.silent.search(head) or grammar.purpose_opener.match(words.lstrip(), 0, position + 4):
            return True
        if grammar.denial.search(words, max(0, position - 6), position):
            return True
        clause = self.passages.clauses[index]
        sentence = self.passages.sentences[clause.sentence]
        if grammar.suffered.search(self.text[sentence.start : clause.start]):
            return True
        start = self.text[sentence.start : min(clause.start, sentence.start + RULING_REACH)]
        return bool(start and grammar.ruling.search(grammar.not_plan.sub("〇", start)))

    def _is_aim(self, words: str, end: int) -> bool:
        """……的目的, ……为目标: the clause names an aim."""
        return self.grammar.aim.search(words, end) is not None


def _written_out(source: str, classes: Mapping[str, list[str]]) -> str:
    source = re.sub(r"\$\Z", CLAUSE_END, source)
    return re.sub(r"@(\w+)@", lambda name: either(classes[name.group(1)]), source)


@cache
def _grammar() -> _Grammar:
    data: dict[str, Any] = load_data("checker.data", "claims.yaml")
    expressions = data["expressions"]

    def words(*keys: str) -> str:
        return either(word for key in keys for word in data[key])

    return _Grammar(
        verb=re.compile(words("effects")),
        degrees=re.compile(rf"(?:{words('degrees')}(?:地|的|了)?){{1,3}}\Z"),
        strong=re.compile(words("strong_degrees")),
        weak=LedWords(data["weak_claims"], data),
        states=LedWords(data["states"], data),
        silent=re.compile(words("purpose", "capability", "plans")),
        purpose_opener=re.compile(words("purpose_openers")),
        not_plan=re.compile(words("not_plans")),
        denial=re.compile(words("denials")),
        noun_after=re.compile(words("nouns_after")),
        result=re.compile(words("results")),
        abstract=re.compile(words("abstract_results")),
        action=re.compile(words("actions")),
        opener=re.compile(rf"(?:{words('openers', 'strong_degrees')})+"),
        aim=re.compile(expressions["aim"]),
        ruling=re.compile(expressions["ruling"]),
        slogan=re.compile(expressions["slogan"]),
        wish=re.compile(expressions["wish"]),
        suffered=re.compile(expressions["suffered"]),
        attitude=re.compile(expressions["attitude"]),
        fixed=re.compile(expressions["fixed"]),
        undergone=re.compile(expressions["undergone"]),
        some=re.compile(expressions["some"]),
        reached=tuple(data["reached"]),
        closing=frozenset(data["closing"]),
        processes=frozenset(data["processes"]),
        falling=frozenset(data["falling"]),
    )
