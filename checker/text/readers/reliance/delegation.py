"""Reads whether an answer leaves its subject to the parent, rests on its rules, or only names it.

Composition only: what each clause does is judged in ``reliance``; here the clauses are weighed. Something handed over
and nothing of one's own → full; own substance beside it → partial; own substance that rests on a rule of the parent →
reference. The weights of the four kinds are learned with the clauses' (``python -m tests.bench.training``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import exp, log, log1p

from msgspec import Struct

from checker.text.ground.agents import Agents
from checker.text.ground.fold import FoldedText, fold
from checker.text.ground.lexicon import pattern
from checker.text.ground.linear import Linear, load_model
from checker.text.ground.marks import ABOVE, PARENT, THEIRS, clauses, mark
from checker.text.ground.nil import NilStatement, find_nils
from checker.text.ground.quantities import Quantity, find_quantities
from checker.text.ground.spans import Areas, Span, span
from checker.text.readers.reliance.clauses import SURE, ReadClause, read_clauses

KINDS = ("none", "partial", "full", "reference")
UNSURE = (
    0.65  # what a kind must reach where only 集团, 总部 or HQ are named and the return never names the parent
)
CERTAIN = 0.9  # or what all kinds that rely must reach together
SHORT = 30  # characters; of a longer answer the doubt is not said
WHOLE = 0.76  # what "full" must reach where a clause seems to be of one's own
MOSTLY_OWN = 0.95  # the same where most clauses do, and several
SEVERAL = 2
NAMED = {"full": 0.3, "partial": 0.3}  # an answer in which no clause reaches it only names the parent
DOUBT = 0.6  # a short answer in which no clause reaches it is only suspected
DOUBT_ALONE = 0.635  # the same of an answer of one clause: nothing beside it says what is left to the parent
ANY_ITEM = (log(0.25),) * 4  # how the four kinds are shared where the question is not known
FLOOR = 0.005  # a share is never taken for surer than that

_WORDS = re.compile(r"[一-龥]|[a-z]+|[ⓆⓉⓇ]")


class Explanation(Struct, frozen=True):
    """What an answer says about a delegation; None where it is silent."""

    provider: str | None = None  # a unit of the parent
    scope: str | None = None  # what it provides
    document: str | None = None
    since: str | None = None
    retained: str | None = None  # what stays with the subsidiary


class Delegation(Struct, frozen=True):
    """How an answer relies on the parent.

    ``kind`` is none, partial, full, reference or suspected; ``evidence`` the clauses that rely, ``topics`` what they
    cover with the clause before them where it is their subject, ``residual`` the clauses with own substance;
    ``confidence`` is the share that the kind has of 1.
    """

    kind: str = "none"
    provider: str | None = None
    evidence: tuple[Span, ...] = ()
    topics: tuple[Span, ...] = ()
    residual: tuple[Span, ...] = ()
    explanation: Explanation = Explanation()
    confidence: float = 1.0


def read_delegation(
    text: str,
    agents: Agents,
    quantities: Sequence[Quantity] | None = None,
    nils: Sequence[NilStatement] | None = None,
    *,
    names_parent: bool = False,
    usual: Sequence[float] = ANY_ITEM,
) -> Delegation:
    """Reads one whole answer; its figures and nils can be given where they are known.

    ``usual``: the logarithms of the shares that the four kinds have among answers to the question.
    ``names_parent``: the return names the parent somewhere, so that 集团 and 总部 are likely somebody else.
    """
    read = read_answer(text, agents, quantities, nils)
    if read is None:
        return Delegation()
    folded, found = read
    is_english = found[0].is_english
    model = load_model("delegation_english" if is_english else "delegation")
    kind, confidence = choose(found, model, usual, names_parent=names_parent)
    if (
        kind == "none"
        and len(text.strip()) <= SHORT
        and not any(clause.is_hard or _is_own(clause) for clause in found)
    ):
        # what is usual lifts no doubt about a short answer that says nothing of its own
        kind, confidence = choose(found, model, ANY_ITEM, names_parent=names_parent)
    if kind == "none" or (not is_english and max(_shares(found, kind)) < NAMED.get(kind, 0.0)):
        return Delegation()
    relying = _relying(found, kind)
    heads = {place: _head(found, place) for place in relying}
    covered = {*relying, *(at for head in heads.values() for at in head)}
    residual = [
        clause
        for place, clause in enumerate(found)
        if place not in covered and (clause.own > SURE or clause.is_hard)
    ]
    evidence = tuple(_span(text, folded, found, place, place) for place in relying)
    topics = tuple(_span(text, folded, found, min([place, *heads[place]]), place) for place in relying)
    doubt = DOUBT if len(found) > 1 else DOUBT_ALONE
    doubtful = is_english or len(text.strip()) <= SHORT
    if kind == "full" and doubtful and max(_shares(found, kind)) < doubt:
        kind = "suspected"
    parts = ((clause.start, clause.end) for clause in (found[place].clause for place in relying))
    provider, unit = _provider(text, folded, parts, agents)
    return Delegation(
        kind=kind,
        provider=provider,
        evidence=evidence,
        topics=topics,
        residual=tuple(span(text, *folded.back(each.clause.start, each.clause.end)) for each in residual),
        explanation=_explanation(text, unit, topics),
        confidence=confidence,
    )


def read_answer(
    text: str,
    agents: Agents,
    quantities: Sequence[Quantity] | None = None,
    nils: Sequence[NilStatement] | None = None,
) -> tuple[FoldedText, list[ReadClause]] | None:
    """The clauses of an answer, judged; None where nobody is named who could be the parent."""
    folded = fold(text)
    if not agents.may_name(folded.text):
        return None
    if folded.text != text or quantities is None:
        quantities = find_quantities(folded.text)
    if folded.text != text or nils is None:
        nils = find_nils(folded.text)
    cut = list(clauses(mark(folded.text, agents, quantities)))
    held = Areas(
        [*((figure.start, figure.end) for figure in quantities), *((nil.start, nil.end) for nil in nils)]
    )
    hard = [held.touch(clause.start, clause.end) for clause in cut]
    found = read_clauses(cut, hard)
    return (folded, found) if may_rely(found) else None


def may_rely(found: Sequence[ReadClause]) -> bool:
    """Whether anybody is named who could be the parent; in English, they and them are mostly somebody else."""
    is_english = bool(found) and found[0].is_english
    return any(clause.names_somebody if is_english else clause.names_parent for clause in found)


def weigh(found: Sequence[ReadClause], usual: Sequence[float]) -> list[float]:
    """An answer as figures: how surely it hands over, rests on rules, says something of its own; and what is usual."""
    names = [clause.names_parent for clause in found]
    handles = [clause.handles * (1.0 if named else 0.3) for clause, named in zip(found, names, strict=True)]
    rules = [clause.rule * (1.0 if named else 0.3) for clause, named in zip(found, names, strict=True)]
    rest = [share <= SURE for share in handles]
    lengths = [len(_WORDS.findall(clause.clause.marked)) for clause in found]
    own = [clause.own if free else 0.0 for clause, free in zip(found, rest, strict=True)]
    marked = [clause.clause.marked for clause in found]
    hard_outside = sum(clause.is_hard and free for clause, free in zip(found, rest, strict=True))
    hard_own = max(
        (_odds(clause.own) for clause, free in zip(found, rest, strict=True) if clause.is_hard and free),
        default=-3.0,
    )
    top, top_rule, most_own = _odds(max(handles)), _odds(max(rules)), max(own)
    second = _odds(sorted(handles)[-2]) if len(handles) > 1 else -3.0
    outside = sum(length for length, free in zip(lengths, rest, strict=True) if free)
    weight = sum(share * length for share, length in zip(own, lengths, strict=True))
    by_name = [PARENT in words for words in marked]
    above = [ABOVE in words and not named for words, named in zip(marked, by_name, strict=True)]
    theirs = [THEIRS in words for words in marked]

    def best(shares: Sequence[float], where: Sequence[bool]) -> float:
        return max((_odds(share) for share, here in zip(shares, where, strict=True) if here), default=-5.0)

    return [
        top,
        top_rule,
        second,
        _odds(most_own),
        log1p(weight),
        log1p(hard_outside),
        float(hard_outside > 0),
        float(any(by_name) or any(theirs)),
        log1p(sum(lengths)),
        weight / max(1, outside),
        max(share * clause.is_hard for share, clause in zip(handles, found, strict=True)),
        hard_own,
        top * (hard_own > 0),
        top_rule * (hard_own > 0),
        top * (most_own > SURE),
        top_rule * (most_own > SURE),
        _odds(rules[handles.index(max(handles))]),
        float(any(theirs)),
        float(any(by_name)),
        float(any(above)),
        best(rules, theirs),
        best(handles, by_name),
        best(handles, above),
        *usual,
    ]


def _odds(share: float) -> float:
    share = min(max(share, FLOOR), 1 - FLOOR)
    return log(share / (1 - share))


def choose(
    found: Sequence[ReadClause], model: Linear, usual: Sequence[float], *, names_parent: bool
) -> tuple[str, float]:
    """The likeliest kind and its share of 1; where nobody is named, only a likely one."""
    is_named = names_parent or any(
        sign in clause.clause.marked for clause in found for sign in (PARENT, THEIRS)
    )
    # what is usual was counted over returns that name the parent
    scores = model.weighted(weigh(found, usual if is_named else ANY_ITEM))
    high = max(scores)
    place = scores.index(high)
    confidence = 1 / sum(exp(score - high) for score in scores)
    if found[0].is_english:
        return model.classes[place], confidence
    nothing = exp(scores[KINDS.index("none")] - high) * confidence
    if not is_named and confidence < UNSURE and 1 - nothing < CERTAIN:
        return "none", nothing
    kind = model.classes[place]
    if kind == "full" and confidence < _needed(found):
        return "partial", confidence
    return kind, confidence


def _needed(found: Sequence[ReadClause]) -> float:
    """What "full" must reach: more where clauses seem to be of one's own."""
    count = sum(map(_is_own, found))
    if count >= SEVERAL and 2 * count >= len(found):
        return MOSTLY_OWN
    return WHOLE if count else 0.0


def _is_own(clause: ReadClause) -> bool:
    return clause.own > SURE and max(clause.handles, clause.rule) <= SURE


def _relying(found: Sequence[ReadClause], kind: str) -> list[int]:
    """The clauses that rely: those that are sure, or else the surest."""
    shares = _shares(found, kind)
    named = [place for place, clause in enumerate(found) if clause.names_parent]
    sure = [place for place in named if shares[place] > SURE]
    return sure or [max(named, key=lambda place: (shares[place], -place))]


def _shares(found: Sequence[ReadClause], kind: str) -> list[float]:
    """How surely each clause does what makes a kind."""
    if kind == "reference":
        return [clause.rule for clause in found]
    return [max(clause.handles, clause.rule if kind == "full" else 0.0) for clause in found]


def _head(found: Sequence[ReadClause], place: int) -> list[int]:
    """The clauses before a relying one that are its subject: a list of topics, 均依托 behind it."""
    words = found[place].clause.marked
    at = (
        min(words.index(sign) for sign in (PARENT, THEIRS, ABOVE) if sign in words)
        if any(sign in words for sign in (PARENT, THEIRS, ABOVE))
        else 0
    )
    before = words[:at]
    collective = pattern("delegation.collective").search(before) is not None
    if not collective and len(before) > 4:
        return []
    heads: list[int] = []
    for other in range(place - 1, -1, -1):
        clause = found[other]
        if (
            clause.clause.sentence != found[place].clause.sentence
            or clause.is_hard
            or clause.names_parent
            or (clause.own > SURE and not collective)
        ):
            break
        heads.append(other)
        if not collective:
            break
    return heads


def _span(text: str, folded: FoldedText, found: Sequence[ReadClause], first: int, last: int) -> Span:
    return span(text, *folded.back(found[first].clause.start, found[last].clause.end))


def read_explanation(text: str, agents: Agents) -> Explanation:
    """What words beside a chosen 依托 say about it: they need not say that anything is left to the parent."""
    folded = fold(text)
    _, unit = _provider(text, folded, ((0, len(folded.text)),), agents)
    return _explanation(text, unit, (Span(text, 0, len(text)),))


def _provider(
    text: str, folded: FoldedText, parts: Iterable[tuple[int, int]], agents: Agents
) -> tuple[str | None, str | None]:
    """Who provides: the parent with its unit (中信戴卡采购部), and the same where a unit is told, else None."""
    first: str | None = None
    for begin, until in parts:
        words = folded.text[begin:until]
        for start, end in agents.find(words):
            unit = pattern("delegation.unit").match(words, end)
            name = text[slice(*folded.back(begin + start, begin + (unit.end() if unit else end)))].strip()
            if unit and pattern("delegation.unit_ends").search(unit.group()):
                return name, name
            first = first or name
    return first, None


def _explanation(text: str, unit: str | None, topics: tuple[Span, ...]) -> Explanation:
    document = pattern("delegation.document").search(text)
    since = pattern("delegation.since").search(text)
    retained = pattern("delegation.retained").search(text)
    scope = next((topic.text for topic in topics if len(topic.text) >= 8), None)
    said = (match and match.group() for match in (document, since, retained))
    return Explanation(unit, scope, *said)
