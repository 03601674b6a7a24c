"""Reads whether an answer says 不涉及 / 不适用, of what, and whether it gives a reason that names a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from msgspec import Struct

from checker.text.ground.english import is_mostly_english
from checker.text.ground.lexicon import either, pattern
from checker.text.ground.passages import split
from checker.text.ground.spans import Span, span
from frameworks.ground.yaml import load_data

_NO_LETTER = re.compile(r"[\W_]+")
_WORD = re.compile(r"[A-Za-z]{2,}")
_COMMA = re.compile("[，,]")
_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d")
_BRACKET = re.compile("[（(][^（）()]{0,60}[）)]")
_LABEL = re.compile("[^，,：:]{1,16}[：:]")
_CAUSES = ("cause", "tells", "lies")  # what a clause is, if it is no fact but the reason
_SENTENCE = re.compile(r"[^。；;！!？?\n]{1,32767}")


class NotApplicable(Struct, frozen=True):
    """What an answer says not to apply.

    ``kind`` is none, with_reason or without_reason; ``whole`` when the whole answer says so, else ``topics`` name
    what does not apply.
    """

    kind: str = "none"
    evidence: tuple[Span, ...] = ()
    topics: tuple[Span, ...] = ()
    whole: bool = False
    names_item: bool = False  # of the item as such (本题, 此项), whatever else the answer says
    reason: str | None = None


@cache
def _words() -> dict[str, Any]:
    data: dict[str, Any] = load_data("checker.data", "applicability.yaml")
    return data


@cache
def _claim() -> re.Pattern[str]:
    claims = "|".join(sorted(_words()["claims"], key=len, reverse=True))
    nil = "|".join(_words()["nil_objects"])
    return re.compile(rf"(?:{claims})(?![品时者])(?![^，,。；;\n]{{0,6}}(?:{nil}))")


def read_not_applicable(text: str) -> NotApplicable:
    """Reads one whole answer."""
    if is_mostly_english(text):
        return _read_english(text)
    sign = pattern("applicability.signs").match(text)
    if sign is None and _claim().search(text) is None:
        return NotApplicable()
    evidence: list[Span] = []
    topics: list[Span] = []
    reason: str | None = None
    rest = 0
    for start, end in _parts(text):
        part = text[start:end]
        match = sign if sign and not start else _claim().search(part)
        if match is None:
            rest += _own_letters(part)
            reason = reason or (_reason(part) if evidence and rest <= 60 else None)
            continue
        before, after = part[: match.start()], part[match.end() :]
        if _is_condition(before, after):
            rest += _own_letters(part)
            continue
        told = _told(before)
        rest += _own_letters(before[:told])
        before, opens = before[told:], start + told
        evidence.append(span(text, opens + _claim_start(before), end))
        topic = _topic(before)
        if topic:
            topics.append(span(text, opens, start + match.end()))
        reason = reason or _reason(after) or _reason_before(before)
    if not evidence:
        return NotApplicable()
    names_item = any(pattern("applicability.item").match(claim.text) for claim in evidence)
    whole = rest <= 60 and not topics if reason else rest <= 12 and not topics
    if topics and rest == 0 and len(topics) == len(evidence) == 1:
        whole, topics = True, []
    kind = "with_reason" if reason else "without_reason"
    return NotApplicable(kind, tuple(evidence), tuple(topics), whole, names_item, reason)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """The sentences, each cut behind the clauses that say so: 海洋不涉及，也没有沙化，荒漠化不涉及."""
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        claims = list(_claim().finditer(text, start, end))
        for claim, following in pairwise(claims):
            comma = _COMMA.search(text, claim.end(), following.start())
            if comma is not None:
                yield start, comma.start()
                start = comma.end()
        yield start, end


def _told(before: str) -> int:
    """Where the facts of one's own end that stand before a claim in its sentence: 光伏占20.6%，碳移除技术不涉及.

    What stands under a label is its reason; what is denied of the fact itself (受罚1起，不涉及环保) belongs to it.
    """
    told, at = 0, 0
    if _LABEL.match(before):
        return 0
    whole = _BRACKET.sub(lambda aside: "〇" * len(aside.group()), before)
    for clause in _COMMA.split(whole)[:-1]:
        at += len(clause) + 1
        figured = _FIGURE.search(_YEAR.sub("", clause), _claim_start(clause)) is not None
        if figured and not any(pattern(f"applicability.{name}").search(clause) for name in _CAUSES):
            told = at
    return told if _own_letters(before[told:]) else 0


def _read_english(text: str) -> NotApplicable:
    """The same of an English answer: its words are counted, not its letters."""
    known = _english()
    evidence: list[Span] = []
    topics: list[Span] = []
    reason: str | None = None
    rest = 0
    for sentence in split(text).sentences:
        words = text[sentence.start : sentence.end]
        match = known.claim.search(words)
        if match is None or known.condition.search(words[: match.start()]):
            rest += len(_WORD.findall(words))
            if evidence and reason is None:
                reason = _english_reason(words)
            continue
        evidence.append(span(text, sentence.start, sentence.end))
        before, after = words[: match.start()], words[match.end() :]
        cause = known.cause.split(before)
        if len(_WORD.findall(known.empty.sub("", cause[-1] if len(cause) > 1 else before))) >= known.topic:
            topics.append(span(text, sentence.start, sentence.start + match.end()))
        reason = reason or _english_reason(after) or (_english_reason(before) if len(cause) > 1 else None)
    if not evidence:
        return NotApplicable()
    opens = not topics and known.claim.search(text[: evidence[0].end]) is not None and not evidence[0].start
    most = known.reasons if opens and reason else known.rest
    whole = rest <= most if not topics else rest == 0 and len(topics) == len(evidence) == 1
    return NotApplicable(
        "with_reason" if reason else "without_reason",
        tuple(evidence),
        () if whole else tuple(topics),
        whole,
        False,
        reason,
    )


def _english_reason(words: str) -> str | None:
    known = _english()
    for clause in re.split(r"[,;:()–-]\s|\sbut\s", words):
        if (
            known.relies.search(clause) is None
            and len(_WORD.findall(known.empty.sub("", clause))) >= known.reason
        ):
            return clause.strip(" .,;:")
    return None


class _English(NamedTuple):
    claim: re.Pattern[str]
    condition: re.Pattern[str]
    empty: re.Pattern[str]
    relies: re.Pattern[str]
    cause: re.Pattern[str]
    topic: int
    reason: int
    rest: int
    reasons: int


@cache
def _english() -> _English:
    data = _words()["english"]
    claim, condition, empty, relies = (
        re.compile(data[name]) for name in ("claim", "condition", "empty", "relies")
    )
    cause = re.compile(r"[,;]\s|(?<=\w)\sso\s")
    return _English(
        claim, condition, empty, relies, cause, data["topic"], data["reason"], data["rest"], data["reasons"]
    )


def _is_condition(before: str, after: str) -> bool:
    """如不涉及请注明, 不适用的情形 — talk about not applying, no claim."""
    if pattern("applicability.rule_says").search(before) and after.startswith("于"):
        return True  # 本办法不适用于劳务派遣人员
    words = _words()
    return before.rstrip().endswith(tuple(words["conditions"])) or after.startswith(tuple(words["cases"]))


def _claim_start(before: str) -> int:
    mark = pattern("applicability.list_mark").match(before)
    return mark.end() if mark else 0


def _topic(before: str) -> str:
    """What stands before 不涉及 and is more than "this item"."""
    bare = pattern("applicability.list_mark").sub("", before)
    return bare if _own_letters(bare) >= 2 else ""


def _reason(words: str) -> str | None:
    """The clause after 不涉及 that names a fact: not a delegation, not an empty phrase."""
    for clause in re.split(r"[，,（()）：:]", words):
        if pattern("applicability.relies").search(clause):
            continue
        if _own_letters(clause) >= (2 if pattern("applicability.denies").search(clause) else 4):
            return clause.strip()
    return None


def _reason_before(before: str) -> str | None:
    """公司无境外业务，本项不涉及."""
    clauses = [clause for clause in re.split(r"[，,：:]", before) if clause.strip()]
    for clause in clauses[:-1] if before.rstrip().endswith(("，", ",")) is False else clauses:
        if (
            not pattern("applicability.relies").search(clause)
            and any(pattern(f"applicability.{name}").search(clause) for name in _CAUSES)
            and _own_letters(clause) >= 2
        ):
            return clause.strip()
    return None


def _own_letters(words: str) -> int:
    """Letters and digits that remain when the empty phrases are taken out."""
    return len(_NO_LETTER.sub("", _phrases().sub("", words)))


@cache
def _phrases() -> re.Pattern[str]:
    phrases = sorted((*_words()["not_a_reason"], *_words()["claims"]), key=len, reverse=True)
    return re.compile(either(phrases))
