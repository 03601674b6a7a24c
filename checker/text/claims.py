"""Finds effects that are claimed without the figure that proves them (大大降低了污染物的排放).

A claim is a clause in which an effect is stated as reached: a verb of change with a word of degree or an achievement
mark (大大降低了, 得到改善, 有所提升), a bare verb of change behind an action (聘请专家授课，提高员工意识), or a state
(深入人心, 成效显著). Purposes, capabilities, duties and plans are no claims. A figure binds to an effect by clause
and by kind: counts of equipment, dimensions, persons and years prove none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from checker.text.nil import NilStatement
from checker.text.passages import Clause, Passages, Sentence
from checker.text.quantities import Quantity
from checker.text.spans import span
from frameworks.yamlfile import load_data

BEHIND = 8  # characters between a verb of change and the figure that completes it (降低了约 12 %)


@dataclass(frozen=True, slots=True)
class VagueClaim:
    """A clause that claims an effect, the words that claim it, and the fields that are missing."""

    text: str
    start: int
    end: int
    cue: str
    missing: tuple[str, ...]  # of value, base, period


@dataclass(frozen=True, slots=True)
class _Effect:
    """Words that claim an effect, at their place in the text."""

    start: int
    end: int
    is_state: bool


@dataclass(frozen=True, slots=True)
class _Grammar:
    effect: re.Pattern[str]
    weak: re.Pattern[str]
    state: re.Pattern[str]
    masks: re.Pattern[str]
    silent: re.Pattern[str]
    purpose_opener: re.Pattern[str]
    not_plan: re.Pattern[str]
    denial: re.Pattern[str]
    noun_after: re.Pattern[str]
    degree: re.Pattern[str]
    result: re.Pattern[str]
    abstract: re.Pattern[str]
    action: re.Pattern[str]
    opener: re.Pattern[str]
    tie: re.Pattern[str]
    table: re.Pattern[str]
    money: re.Pattern[str]
    counts: re.Pattern[str]
    processes: frozenset[str]
    no_proof: frozenset[str]


def find_vague_claims(
    text: str, quantities: tuple[Quantity, ...], passages: Passages, nils: tuple[NilStatement, ...] = ()
) -> tuple[VagueClaim, ...]:
    """The claims of a text that no figure proves, in order, one a clause."""
    grammar = _grammar()
    if not (grammar.effect.search(text) or grammar.state.search(text) or grammar.weak.search(text)):
        return ()
    masked = grammar.masks.sub(lambda match: "〇" * len(match.group()), text)
    reader = _Reader(masked, quantities, passages, nils, grammar)
    found = []
    for index, clause in enumerate(passages.clauses):
        effect = reader.effect(index)
        if effect is None or reader.is_proved(index, effect):
            continue
        quote = span(text, clause.start, clause.end)
        missing = ("value",) if effect.is_state else ("value", "period", "base")
        found.append(VagueClaim(quote.text, quote.start, quote.end, text[effect.start : effect.end], missing))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str  # titles and quoted names blanked
    quantities: tuple[Quantity, ...]
    passages: Passages
    nils: tuple[NilStatement, ...]
    grammar: _Grammar

    def effect(self, index: int) -> _Effect | None:
        """What a clause claims as reached, or None."""
        clause = self.passages.clauses[index]
        words = self.text[clause.start : clause.end]
        if self.passages.sentences[clause.sentence].is_heading:
            return None
        for match in self.grammar.effect.finditer(words):
            if self._claims(index, words, match):
                return _Effect(clause.start + match.start(), clause.start + match.end(), is_state=False)
        for match in self.grammar.weak.finditer(words):
            if not self._is_silent(index, words, match.start()):
                return _Effect(clause.start + match.start(), clause.start + match.end(), is_state=False)
        for match in self.grammar.state.finditer(words):
            if words[match.end() : match.end() + 1] == "的":
                continue  # 表现突出的团队: the state only describes
            if not self._is_silent(index, words, match.start()) and not self._is_aim(words, match.end()):
                return _Effect(clause.start + match.start(), clause.start + match.end(), is_state=True)
        return None

    def _claims(self, index: int, words: str, match: re.Match[str]) -> bool:
        grammar = self.grammar
        verb = match.group("verb")
        behind = words[match.end() :]
        done = bool(match.group("done")) or behind.startswith(("了", "明显", "显著", "较大", "较快"))
        noun = grammar.noun_after.match(behind.lstrip("类性"))
        if noun and not done:
            return False
        if behind.startswith(("的", "型", "类")) and not grammar.result.search(behind):
            return False
        if self._is_silent(index, words, match.start("verb")) or self._is_aim(words, match.end()):
            return False
        if verb in grammar.processes and not grammar.result.search(words.replace(verb, "", 1)):
            return False
        if done or (match.group("degree") and grammar.degree.search(match.group("degree"))):
            return bool(grammar.result.search(words)) or done
        return self._follows_action(index, words, match, behind)

    def _follows_action(self, index: int, words: str, match: re.Match[str], behind: str) -> bool:
        """A bare verb claims a result when an action stands before it and it opens the clause."""
        grammar = self.grammar
        if match.group("verb") in grammar.processes or not grammar.abstract.search(behind):
            return False
        opening = words[: match.start()].strip()
        if opening and not grammar.opener.fullmatch(opening):
            return False
        if index == 0:
            return False
        before = self.passages.clauses[index - 1]
        if before.sentence != self.passages.clauses[index].sentence:
            return False
        action = self.text[before.start : before.end].lstrip()
        return bool(grammar.action.search(action)) and not grammar.purpose_opener.match(action)

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
        start = grammar.not_plan.sub("〇", self.text[sentence.start : min(clause.start, sentence.start + 40)])
        return bool(_RULING.search(start))

    def _is_aim(self, words: str, end: int) -> bool:
        """……的目的, ……为目标: the clause names an aim."""
        return bool(_AIM.search(words, end))

    def is_proved(self, index: int, effect: _Effect) -> bool:
        """Whether a figure of the right kind belongs to the effect."""
        clauses, sentences = self.passages.clauses, self.passages.sentences
        clause = clauses[index]
        if self._has_proof(clause.start, clause.end, effect):
            return True
        neighbours = [
            clauses[place]
            for place in (index + 1, index + 2)
            if place < len(clauses) and clauses[place].sentence == clause.sentence
        ]
        if any(self._has_proof(other.start, other.end, None) for other in neighbours[:1]):
            return True
        if (
            len(neighbours) > 1
            and self._ties(neighbours[1])
            and self._has_proof(neighbours[1].start, neighbours[1].end, None)
        ):
            return True
        if index and clauses[index - 1].sentence == clause.sentence and self._measured(clauses[index - 1]):
            return True
        sentence = sentences[clause.sentence]
        if self.grammar.table.search(self.text, sentence.start, sentence.end):
            return any(quantity.start >= sentence.end for quantity in self.quantities)
        return self._next_sentence_proves(clause, effect)

    def _next_sentence_proves(self, clause: Clause, effect: _Effect) -> bool:
        following = clause.sentence + 1
        if following >= len(self.passages.sentences):
            return False
        after: Sentence = self.passages.sentences[following]
        tied = bool(self.grammar.tie.match(self.text, after.start, after.end))
        place = self._first_clause(following)
        while place < len(self.passages.clauses) and self.passages.clauses[place].sentence == following:
            other = self.passages.clauses[place]
            related = tied or self._shares_object(clause, effect, self.text[other.start : other.end])
            if related and self._has_proof(other.start, other.end, None):
                return True
            place += 1
        return False

    def _first_clause(self, sentence: int) -> int:
        return bisect_left(self.passages.clauses, sentence, key=lambda clause: clause.sentence)

    def _shares_object(self, clause: Clause, effect: _Effect, words: str) -> bool:
        found = self.grammar.result.findall(self.text[clause.start : clause.end])
        return (
            any(word in words for word in found if len(word) > 1)
            or self.text[effect.start : effect.end] in words
        )

    def _ties(self, clause: Clause) -> bool:
        return bool(self.grammar.tie.match(self.text[clause.start : clause.end].lstrip()))

    def _measured(self, clause: Clause) -> bool:
        """The clause before states a level or a change with its figure (由 12.4 吨降至 9.8 吨, 合格率 98 %)."""
        words = self.text[clause.start : clause.end]
        return bool(_CHANGE.search(words)) and self._has_proof(clause.start, clause.end, None)

    def _has_proof(self, start: int, end: int, effect: _Effect | None) -> bool:
        if any(start <= nil.start < end for nil in self.nils):
            return True
        words = self.text[start:end]
        for quantity in _within(self.quantities, start, end):
            if quantity.kind not in self.grammar.no_proof:
                return True
            if quantity.kind == "money" and self.grammar.money.search(words) and not _SPENT.search(words):
                return True
            before = self.text[max(start, quantity.start - 2 * BEHIND) : quantity.start]
            if quantity.kind != "money" and (
                _LEVEL.search(before[-BEHIND:]) or (quantity.kind != "count_thing" and _SAVED.search(before))
            ):
                return True
            if quantity.kind == "time" and self.grammar.counts.search(words) and quantity.unit != "年":
                return True
            if effect and 0 <= quantity.start - effect.end <= BEHIND // 2:
                return True
        return False


def _within(quantities: Iterable[Quantity], start: int, end: int) -> Iterable[Quantity]:
    return (
        quantity for quantity in quantities if start <= quantity.start < end and quantity.exact != "vague"
    )


_SPENT = re.compile(r"投资|投入|耗资|计提|支出|出资|花费")
# a saving names what is saved before its figure (节约天然气 12 万立方米)
_SAVED = re.compile(r"(?:节约|节省|节电|节水|节能|减少|降低|下降|缩短|增加|提高|减排)[^，,。；;]{0,10}$")
_CHANGE = re.compile(
    r"节约|节省|节电|节水|节能|减少|降低|下降|提升|提高|缩短|增长|同比|较上|较去|比上|降至|升至|减排|率(?:为|达到|达|约|均为|均达)?\s?\d|(?:由|从)[^，,]{1,20}(?:降|升|增|减)|为\s?\d|达到?\s?\d"
)
# a level or a change is stated: the figure behind it completes the effect
_LEVEL = re.compile(
    r"(?:降至|降到|升至|提高到|提升到|提升至|提高至|减至|减少到|缩短至|缩短到|缩短了?|减少了?|降低了?|下降了?|节约了?|节省了?|增加了?|为|达到?|同比|环比|较|比上|提升了?|提高了?|由|从|超过)\s?(?:约|近|了|至|到)?$|(?:由|从)[^，。]{1,20}(?:降|升|增|减|提高|缩短|提升)|同比|较上年|较去年|比上年|环比"
)
_AIM = re.compile(r"的目的|的目标|为目标|的要求|为目的|为宗旨|为导向|的作用|的能力建设")
_RULING = re.compile(
    r"下一步|未来|今后|明年|下一年|拟|计划(?:在|于|到|通过|将|投|建|开)|力争|争取|应当|必须|(?<![反响对适效供相])应(?![急用对届收付])|20\d\d年(?:将|计划|拟|力争)|要求各|要求所|将(?:进一步|继续|持续|不断|加大|加强|逐步|努力|通过|在|于|积极|全面|深入|围绕)|为(?:了|进一步|切实|有效|不断|持续|更好|提高|提升|增强|降低|减少|改善|促进|保障|规范|加强)[^，,]{0,40}$"
)


@cache
def _grammar() -> _Grammar:
    data = load_data("checker.data", "claims.yaml")

    def words(*keys: str) -> str:
        entries = {re.escape(word) for key in keys for word in data[key]}
        return "(?:" + "|".join(sorted(entries, key=lambda word: (-len(word), word))) + ")"

    effects, degrees = words("effects"), words("degrees")
    return _Grammar(
        effect=re.compile(
            rf"(?P<degree>(?:(?:{degrees})(?:地|的|了)?){{1,3}})?(?P<verb>{effects})(?P<done>了)?"
        ),
        weak=re.compile(
            rf"(?:{words('strong_degrees')})(?:地|的|了)?(?:{words('weak')})(?![^，,]{{0,4}}(?:工作|管理制度))"
            rf"(?=了|和|与|及|、)[^，,。；;]{{2,}}"
            rf"|(?:有力|有效|切实|极大|显著|大大|充分)(?:地)?(?:促进|推动|保障|带动|激发|调动|遏制|控制|杜绝|化解)[^，,。；;]{{2,}}"
            rf"|(?:保障|遏制|避免|杜绝|激发|调动|促进|推动|带动|防止|防范|维护|化解|解决|满足|保护|控制)了[^，,。；;]{{3,}}"
            rf"|得到(?:了)?(?:进一步|有效|明显|显著|切实|全面|充分|较好|良好|根本|持续|大幅|很大|较大|极大)*(?:的)?(?:提升|提高|增强|改善|保障|控制|遏制|解决|降低|落实|缓解|优化|加强|巩固|保护|维护)"
        ),
        state=re.compile("|".join(f"(?:{pattern})" for pattern in data["states"])),
        masks=re.compile(r"《[^》\n]{1,60}》|“[^”\n]{1,30}”|\"[^\"\n]{1,30}\""),
        silent=re.compile(words("purpose", "capability", "plans")),
        purpose_opener=re.compile(rf"(?:{words('purpose_openers')})"),
        not_plan=re.compile(words("not_plans")),
        denial=re.compile(words("denials")),
        noun_after=re.compile(words("nouns_after")),
        degree=re.compile(words("strong_degrees")),
        result=re.compile(words("results")),
        abstract=re.compile(words("abstract_results")),
        action=re.compile(words("actions")),
        opener=re.compile(rf"(?:{words('openers', 'strong_degrees')})+"),
        tie=re.compile(rf"\s*{words('ties')}"),
        table=re.compile(words("tables")),
        money=re.compile(words("money_context")),
        counts=re.compile(words("count_context")),
        processes=frozenset(data["processes"]),
        no_proof=frozenset(data["no_proof"]),
    )
