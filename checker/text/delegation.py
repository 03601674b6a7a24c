"""Reads whether an answer leaves its subject to the parent: a small grammar of reliance.

Clause by clause: which trigger (依托, 由, 参照, 纳入, 同 …) governs the parent's name, and what follows it. Then what
remains when the delegating clauses are taken away decides: nothing of one's own → full; own substance beside a
delegated topic → partial; own substance that rests on the parent's policy → reference. Any true figure or stated
nil of one's own blocks "full". Word classes are data (``data/delegation.yaml``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from checker.text.agents import Agents, grammar
from checker.text.lexicon import either, pattern
from checker.text.nil import NilStatement, find_nils
from checker.text.quantities import Quantity, find_quantities
from checker.text.reliance import (
    Clause,
    ending,
    negated,
    own_verb,
    past_unit,
    policy,
    rule_follows,
    rule_names,
    unit_pattern,
    verdict_of,
)
from checker.text.spans import Span, span

SHORT = 30  # characters; a longer answer that fits no pattern is not suspected

_CLAUSE = re.compile(r"[^，,。；;！!？?：:\n\t（）()]{1,32767}")
_BREAK = re.compile(r"[。；;！!？?\n]")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What an answer says about a delegation; None where it is silent."""

    provider: str | None = None  # a unit of the parent
    scope: str | None = None  # what it provides
    document: str | None = None
    since: str | None = None
    retained: str | None = None  # what stays with the subsidiary


@dataclass(frozen=True, slots=True)
class Delegation:
    """How an answer relies on the parent.

    ``kind`` is none, partial, full, reference or suspected; ``evidence`` the clauses that rely, ``topics`` what they
    cover with the clause before them where it is their subject, ``residual`` the clauses with own substance.
    """

    kind: str = "none"
    provider: str | None = None
    evidence: tuple[Span, ...] = ()
    topics: tuple[Span, ...] = ()
    residual: tuple[Span, ...] = ()
    explanation: Explanation = Explanation()


def read_delegation(
    text: str,
    agents: Agents,
    quantities: tuple[Quantity, ...] | None = None,
    nils: tuple[NilStatement, ...] | None = None,
) -> Delegation:
    """Reads one whole answer; its figures and nils can be given where they are known."""
    named = list(agents.find(text))
    if not named:
        return Delegation()
    hard = [
        (found.start, found.end)
        for found in (find_quantities(text) if quantities is None else quantities)
        if not (found.kind == "count_thing" and pattern("delegation.topics").match(text, found.end))
    ]
    hard += [(found.start, found.end) for found in (find_nils(text) if nils is None else nils)]
    clauses = _clauses(text, named, sorted(hard))
    delegating: list[int] = []
    relying: list[int] = []
    for index, clause in enumerate(clauses):
        if not clause.agents:
            continue
        verdict = verdict_of(clause)
        if (
            not verdict
            and index + 1 < len(clauses)
            and pattern("delegation.accordingly").search(clauses[index + 1].text)
        ):
            verdict = "policy" if rule_follows(clause) else ""
        if verdict == "relies":
            verdict = "" if _is_means(clause, clauses, index) else "delegates"
        if verdict == "delegates":
            delegating.append(index)
        elif verdict == "policy":
            relying.append(index)
    if not delegating and not relying:
        return _suspected(text, clauses)
    taken = set(delegating) | set(relying)
    heads = {index: _head(clauses, index) for index in (*delegating, *relying)}
    covered = {at for head in heads.values() for at in head}
    residual = [
        clause
        for index, clause in enumerate(clauses)
        if index not in taken and (clause.hard or (index not in covered and not _hollow(clause)))
    ]
    own = any(clause.hard for clause in residual) or _soft(residual) >= grammar()["SOFT_LIMIT"]
    own = own or any(clauses[index].hard for index in relying)
    own = own or any(_inner_substance(clauses[index]) for index in relying)
    if delegating:
        kind = "partial" if own else "full"
        if not own and relying:
            delegating = sorted(taken)
    else:
        kind, delegating = ("reference", relying) if own else ("full", relying)
    evidence = tuple(span(text, clauses[index].start, clauses[index].end) for index in delegating)
    topics = tuple(
        span(text, clauses[min([*heads.get(index, ()), index])].start, clauses[index].end)
        for index in delegating
    )
    return Delegation(
        kind=kind,
        provider=_provider(text, [clauses[index] for index in delegating]),
        evidence=evidence,
        topics=topics,
        residual=tuple(span(text, clause.start, clause.end) for clause in residual),
        explanation=_explanation(text, [clauses[index] for index in delegating], topics),
    )


def _clauses(text: str, named: list[tuple[int, int]], hard: list[tuple[int, int]]) -> list[Clause]:
    clauses: list[Clause] = []
    sentence = last = at_agent = at_hard = 0
    for match in _CLAUSE.finditer(text):
        if not match.group().strip():
            continue
        if _BREAK.search(text, last, match.start()):
            sentence += 1
        last = match.end()
        start, end = match.start() + pattern("delegation.list_mark").match(match.group()).end(), match.end()  # type: ignore[union-attr]
        while at_agent < len(named) and named[at_agent][1] <= start:
            at_agent += 1
        inside = []
        within = at_agent
        while within < len(named) and named[within][0] < end:
            inside.append((named[within][0] - start, named[within][1] - start))
            within += 1
        while at_hard < len(hard) and hard[at_hard][1] <= start:
            at_hard += 1
        is_hard = at_hard < len(hard) and hard[at_hard][0] < end
        is_hard = is_hard or (not inside and bool(pattern("delegation.own_agent").search(text, start, end)))
        clauses.append(Clause(start, end, text[start:end], sentence, tuple(inside), is_hard))
    return clauses


def _is_means(clause: Clause, clauses: list[Clause], index: int) -> bool:
    """The parent's bus, lab or system is used, and the company goes on to say what it does itself."""
    # the parent's unit is no resource: 人力资源部
    used = " ".join(past_unit(clause.text[end:]) for _, end in clause.agents)
    if not any(noun in used for noun in grammar()["means_nouns"]):
        return False
    following = clauses[index + 1 :]
    same = [other for other in following if other.sentence == clause.sentence]
    return bool(same) or any(
        verb in clause.text[clause.agents[-1][1] :] for verb in ("鼓励", "方便", "完成", "实现")
    )


def _hollow(clause: Clause) -> bool:
    if clause.hard:
        return False
    if clause.agents:  # it only says who the parent is
        return any(word in clause.text for word in grammar()["identity"])
    text = clause.text.strip(" “”\"'")
    return len(text) < 2 or _hollow_pattern().search(text) is not None


@cache
def _hollow_pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{source})" for source in grammar()["hollow"]))


def _soft(residual: list[Clause]) -> float:
    """Chinese characters of clauses with a verb of one's own; others count half, bare topics not at all."""
    weight = 0.0
    for clause in residual:
        letters = len(pattern("delegation.han").findall(clause.text))
        acts = own_verb().search(clause.text) or pattern("delegation.we_did").search(clause.text)
        weight += letters if acts else letters / 2
    return weight


def _inner_substance(clause: Clause) -> bool:
    """A policy clause that goes on to say what the company does: 执行集团制度开展危废处置并建立台账."""
    after = clause.text[clause.agents[-1][1] :]
    if (named := rule_names().match(after)) is not None:
        rest = after[named.end() :]
    else:
        nouns = [
            after.rfind(noun) + len(noun) for noun in (*grammar()["policy_nouns"], "》") if noun in after
        ]
        rest = after[max(nouns) :] if nouns else after
    rest = re.sub(
        r"^(?:的)?(?:要求|规定|标准|精神)?(?:统一|严格|认真|具体)?(?:执行|实施|办理|管理|开展|落实|处理|要求|进行管理)?",
        "",
        rest,
    )
    return len(pattern("delegation.han").findall(rest)) >= 5 and own_verb().search(rest) is not None


def _head(clauses: list[Clause], index: int) -> list[int]:
    """The clauses before a delegating one that are its subject: a list of topics, 均依托 behind it."""
    clause = clauses[index]
    before = clause.text[: clause.agents[0][0]]
    collective = pattern("delegation.collective").search(before) is not None
    bare = len(re.sub(_triggers(), "", pattern("delegation.quantifier").sub("", before)).strip()) == 0
    found: list[int] = []
    if not (collective or bare):
        return found
    for at in range(index - 1, -1, -1):
        other = clauses[at]
        if other.sentence != clause.sentence or other.hard or other.agents:
            break
        if any(verb in other.text for verb in _FINITE) and not collective:
            break
        if any(mark in other.text for mark in ("公司", "我司", "我厂", "本厂")) and not collective:
            break
        found.append(at)
        if not collective:
            break
    return found


_FINITE = ("制定了", "建立了", "开展了", "完成", "组织了", "设立", "每年", "每月", "每季", "定期", "已")


@cache
def _triggers() -> str:
    words = grammar()["rely"] + grammar()["by"] + grammar()["under"] + grammar()["same"] + grammar()["policy"]
    return either(words)


def _suspected(text: str, clauses: list[Clause]) -> Delegation:
    """A short answer that only names the parent, with nothing of its own and no innocent reading."""
    if (
        len(text.strip()) > SHORT
        or any(clause.hard for clause in clauses)
        or pattern("delegation.honoured").search(text)
    ):
        return Delegation()
    named = [clause for clause in clauses if clause.agents]
    if any(_innocent(clause) for clause in named):
        return Delegation()
    others = [clause for clause in clauses if not clause.agents and not _hollow(clause)]
    if others and _soft(others) >= grammar()["SOFT_LIMIT"] / 2:
        return Delegation()
    evidence = tuple(span(text, clause.start, clause.end) for clause in named)
    return Delegation("suspected", _provider(text, named), evidence, evidence)


def _innocent(clause: Clause) -> bool:
    """Whether the parent is named as a guest, an owner or a tool, or somebody else acts."""
    words = grammar()
    start, end = clause.agents[0]
    before, after = clause.text[:start], clause.text[end:]
    if negated(before, after, clause) or ending(before, words["innocent"], slack=12) is not None:
        return True
    if ending(before, words["means"], slack=8) is not None or policy(before, after, clause) == "no":
        return True
    if any(word in after for word in (*words["means_nouns"], *words["visiting"])):
        return True
    acts = any(verb in after for verb in words["own_verbs"])
    return acts and not past_unit(after).startswith(tuple(words["by_verbs"]))


def _provider(text: str, clauses: list[Clause]) -> str | None:
    for clause in clauses:
        for start, end in clause.agents:
            unit = unit_pattern().match(clause.text[end:])
            stop = end + unit.end() if unit else end
            return text[clause.start + start : clause.start + stop].strip()
    return None


def _explanation(text: str, clauses: list[Clause], topics: tuple[Span, ...]) -> Explanation:
    unit = None
    for clause in clauses:
        for _, end in clause.agents:
            match = unit_pattern().match(clause.text[end:])
            if match and match.group().strip("的 ") not in ("公司", "集团", "总部", "本部", "股份公司"):
                unit = _provider(text, [clause])
    document = pattern("delegation.document").search(text)
    since = pattern("delegation.since").search(text)
    retained = pattern("delegation.retained").search(text)
    scope = next((topic.text for topic in topics if len(topic.text) >= 8), None)
    said = (match and match.group() for match in (document, since, retained))
    return Explanation(unit, scope, *said)
