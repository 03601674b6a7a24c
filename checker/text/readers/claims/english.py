"""English clauses that claim how something has become, and the figures that prove them.

A claim is a finite verb of change with its subject (scrap fell, has been improved), a comparison or a quality said of
it (is lower than ever, was excellent), or a result reached (led to a clear reduction). Aims, capabilities, denials and
what only stands before a noun (an improved process) are none. Word classes are data (``data/english_claims.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from checker.text.ground.nil import NilStatement
from checker.text.ground.passages import Clause, Passages
from checker.text.ground.quantities import Quantity
from frameworks.ground.yaml import load_data

SUBJECT = 2  # characters that a subject has at least
NEAR = 14  # characters between words of change and the figure that completes them
STEM = 5  # letters by which two words are the same

_WHOLE = (2, 5, 10, 12)  # patterns that hold their subject: fewer … than before
_BARE = ("cut", "set")  # forms that order as well as tell
_DEED = re.compile(r"\W*(?:\w+:\s)?\d[\d ,.]*(?:\s[a-z]+){0,2}\s(?:were\s|was\s|have\sbeen\s)?")
_WORD = re.compile(r"[a-z][a-z-]{3,}")


class EnglishEffect(NamedTuple):
    """Where in a clause words stand that claim a state as reached, and which way it went."""

    start: int
    end: int
    direction: str  # up, down or ""


def find_english_effect(clause: str, *, follows: bool) -> EnglishEffect | None:
    """The claim of a clause; ``follows``: it goes on with a sentence, so that its subject may stand before it."""
    grammar = _grammar()
    words = clause.lower()
    if grammar.purpose.match(words):
        return None  # To have fewer, a plate goes out first
    for rank, pattern in enumerate(grammar.patterns):
        for match in pattern.finditer(words):
            before = words[: match.start()]
            if (
                rank not in _WHOLE
                and len(before.strip()) < SUBJECT
                and (not follows or match.group() in _BARE)
            ):
                continue
            if _DEED.fullmatch(before):
                continue  # 31 persons promoted, 4 dropped: a deed that is counted
            if grammar.silent.search(before) or grammar.aims.search(words, match.start()):
                continue
            if rank == 0 and not _changes(match, words, grammar):
                continue
            direction = (
                "down" if match.groupdict().get("down") else "up" if match.groupdict().get("up") else ""
            )
            return EnglishEffect(*match.span(), direction)
    return None


def _changes(match: re.Match[str], words: str, grammar: _Grammar) -> bool:
    """Whether a verb of change is the clause's predicate and makes its subject better."""
    before, behind = words[: match.start()], words[match.end() :]
    if match["group"] is None and grammar.directly.search(before):
        return False  # an improved process, to improve
    subject = before + behind
    bad, neutral = grammar.bad.search(subject) is not None, grammar.neutral.search(before) is not None
    if match["up"] and bad and not grammar.quality.search(subject):
        return False
    if (bad and match["up"] and grammar.bad.search(before)) or (neutral and not match["degree"]):
        return False
    own = grammar.own.match(words)
    return own is None or match["degree"] is not None or grammar.quality.search(behind) is not None


def proves(
    text: str,
    passages: Passages,
    index: int,
    effect: EnglishEffect,
    quantities: Sequence[Quantity],
    nils: Sequence[NilStatement],
) -> Quantity | NilStatement | None:
    """The figure that proves the effect of a clause: in it, beside it, or on the same subject near it."""
    clauses = passages.clauses
    clause = clauses[index]
    subject = _stems(text[clause.start : clause.end])
    found = _within(text, clause, effect, quantities, subject)
    if found is not None:
        return found
    beside = [place for place in (index + 1, index - 1, index + 2, index - 2) if 0 <= place < len(clauses)]
    for place in beside:
        other = clauses[place]
        words = text[other.start : other.end]
        same = bool(subject & _stems(words))
        together = other.sentence == clause.sentence
        if not (same or (together and abs(place - index) == 1)):
            continue
        for figure in _inside(other, quantities):
            bare = _is_elliptic(text, other, quantities)
            if (figure.kind in _grammar().measures or _counts(figure, subject)) and (same or bare):
                return figure
            if bare and place == index + 1:
                return figure
        if place == index + 1 and together and len(_inside(other, quantities)) > 1:
            return _inside(other, quantities)[0]  # score 91.5 from 88
        if same:
            for nil in nils:
                if other.start <= nil.start < other.end:
                    return nil
    return next((nil for nil in nils if clause.start <= nil.start < clause.end), None)


def _within(
    text: str, clause: Clause, effect: EnglishEffect, quantities: Sequence[Quantity], subject: frozenset[str]
) -> Quantity | None:
    start, end = clause.start + effect.start, clause.start + effect.end
    for figure in _inside(clause, quantities):
        between = text[end : figure.start].lower() if figure.start >= end else ""
        if _grammar().apart.search(between):
            continue
        if 0 <= figure.start - end <= NEAR or (_counts(figure, subject) and figure.start > start):
            return figure
        if figure.kind in _grammar().measures:
            return figure
    return None


def _inside(clause: Clause, quantities: Sequence[Quantity]) -> list[Quantity]:
    return [each for each in quantities if clause.start <= each.start < clause.end and each.exact != "vague"]


def _counts(figure: Quantity, subject: frozenset[str]) -> bool:
    """Whether a count is one of the very thing that has become more or less: complaints fell, 12 complaints."""
    return figure.unit.lower()[:STEM] in subject if figure.kind.startswith("count") else False


def _is_elliptic(text: str, clause: Clause, quantities: Sequence[Quantity]) -> bool:
    words = text[clause.start : clause.end]
    for figure in reversed(_inside(clause, quantities)):
        words = words[: figure.start - clause.start] + words[figure.end - clause.start :]
    return not _grammar().elliptic.sub("", words.lower())


def _stems(words: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in _WORD.findall(words.lower()) if word not in _grammar().common)


class _Grammar(NamedTuple):
    patterns: tuple[re.Pattern[str], ...]
    silent: re.Pattern[str]
    directly: re.Pattern[str]
    aims: re.Pattern[str]
    purpose: re.Pattern[str]
    bad: re.Pattern[str]
    neutral: re.Pattern[str]
    quality: re.Pattern[str]
    own: re.Pattern[str]
    measures: frozenset[str]
    apart: re.Pattern[str]
    elliptic: re.Pattern[str]
    common: frozenset[str]


def _past(words: Iterable[str], irregular: dict[str, str]) -> str:
    """The past forms and participles of some verbs."""
    known = set(words)
    forms = {form for form, plain in irregular.items() if plain in known}
    taken = set(irregular.values())
    for word in known - taken:
        first, _, rest = word.partition(" ")
        behind = f" {rest}" if rest else ""
        stem = first.removesuffix("e")
        forms |= {f"{stem}ed{behind}", f"{first}{first[-1]}ed{behind}"}
        if first.endswith("y"):
            forms.add(f"{first[:-1]}ied{behind}")
    return "|".join(sorted(map(re.escape, forms), key=lambda form: (-len(form), form)))


@cache
def _grammar() -> _Grammar:
    data: dict[str, Any] = load_data("checker.data", "english_claims.yaml")
    degrees = data["degrees"]
    adverb = rf"(?:{degrees}|[a-z]+ly\s)"
    up, down = (_past(data[name], data["irregular"]) for name in ("up", "down"))
    doing = "|".join(
        f"{word.removesuffix('e')}ing" for word in (*data["up"], *data["down"]) if " " not in word
    )
    weak = _past(data["weak"], {"met": "meet", "built": "build", "won": "win", "brought": "bring"})
    auxiliary = r"(?:has|have|had|was|were|is|are|got|been|being)\s"
    late = r"(?:\s(?:very\s|so\s|quite\s)?(?:[a-z]+ly|a\slot|much|a\sgreat\sdeal|a\sbit|further|strongly|again)\b)"
    nouns = rf"(?:{'|'.join(data['nouns'])})\b"
    gained = rf"\b(?:{'|'.join(data['gained'])})\s"
    sources = (
        rf"(?P<group>(?:{auxiliary}(?:{adverb})*)+)?(?P<lead>{adverb})?\b(?:(?P<up>{up})|(?P<down>{down}))\b(?P<degree>{late})?",
        rf"\b(?:is|are|was|were|keeps?|kept|been)\s(?:{adverb})*(?:{doing})\b",
        rf"\b{data['copulas']}\s(?:{adverb})*{data['comparatives']}\b|\bnow\s{data['comparatives']}\b|\b{data['comparatives']}(?:\s\w+){{0,6}}?\sthan\s(?:ever|before|earlier|previously|in\spast|last|in\sthe|the\s(?:year|previous|sector|industry|average))",
        data["states"].replace("@degrees@", degrees),
        rf"\b{data['copulas']}\s(?:{adverb})*{data['praises']}(?=\s*(?:$|[.!)]|\band\b|\bamong\b|\bwith\b|\bacross\b|\bthroughout\b|\bin\b|\bon\b|\bby\b|\bfor\b|\bat\b|\bthanks\b|\bhere\b|\bnow\b))",
        rf"(?:{data['adjectives']}){{1,4}}(?:[a-z-]+\s){{0,2}}?{nouns}\s(?:was|were|has\sbeen|have\sbeen)\s(?:achieved|reached|obtained|made|seen|noted|observed|felt|attained|noticed)\b",
        rf"{gained}(?:{data['adjectives']}){{1,4}}(?:[a-z-]+\s){{0,2}}?{nouns}",
        data["relations"].replace("@degrees@", degrees),
        rf"\b{degrees}(?:{weak})\b|\b(?:{auxiliary})(?:{adverb})+(?:{weak})\b"
        rf"|\b(?:is|are|was|were)\s(?:being\s)?(?:{weak})\s(?:effectively|successfully|well)",
    )
    plain = "|".join(word.replace(" ", r"\s") for word in (*data["up"], *data["down"]))
    good = [word for word in data["qualities"] if not word.startswith(tuple(data["bad"]))]
    doing_well = rf"(?:{'|'.join(good)})\b(?:\s[a-z]+){{0,5}}?\s(?:is|are|was|were|remains?|stays?|stayed)"
    more = (
        rf"\b{data['managed']}\s?(?:{adverb})*(?:{plain}|{doing})\b",
        rf"\b{doing_well}\s(?:{adverb})*(?:high|strong|low|good|solid|stable|excellent)\b",
        r"\b[a-z]{4,}\s(?:much\s|far\s|even\s)?(?:better|faster|safer|quicker|smoother|cleaner)\s(?:now|today|than)\b",
        r"^\s*(?:less|fewer|more|better|cleaner|safer|higher|lower)\s(?:[a-z-]+\s){1,5}?(?:now|today|since|than)\b",
    )
    return _Grammar(
        patterns=tuple(map(re.compile, (*sources, *more))),
        silent=re.compile(data["silent"]),
        directly=re.compile(data["directly"]),
        aims=re.compile(data["aims"]),
        purpose=re.compile(data["purpose"]),
        bad=re.compile(rf"\b(?:{'|'.join(data['bad'])})(?!\w*\s(?:{'|'.join(data['heads'])})\b)"),
        neutral=re.compile(rf"\b(?:{'|'.join(data['neutral'])})"),
        quality=re.compile(rf"\b(?:{'|'.join(data['qualities'])})\b"),
        own=re.compile(r"(?:in\s\S+\s)?(?:we|the\scompany|the\splant|our\s(?:team|plant|company|site))\b"),
        measures=frozenset(data["measures"]),
        apart=re.compile(data["apart"]),
        elliptic=re.compile(data["elliptic"], re.IGNORECASE),
        common=frozenset(data["common"]),
    )
