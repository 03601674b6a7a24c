"""Finds the activities that an answer reports (培训, 演练, 走访), and whether any of them is counted.

Judged per answer: one count of times or persons shows that somebody counts. A frequency (每年一次) says how often,
not how many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from msgspec import Struct

from checker.text.ground.english import is_mostly_english
from checker.text.ground.headings import names_only
from checker.text.ground.lexicon import either
from checker.text.ground.passages import Passages
from checker.text.ground.quantities import Quantity
from checker.text.ground.spans import Span, span
from checker.text.ground.stops import split_at_points
from checker.text.readers.claims.english_activities import find_reported
from frameworks.ground.yaml import load_data

LEAST_NAMED = 2  # activities of an item that asks for none by name
QUOTED = 30  # characters of a quoted name
NEAR = 1  # sentences between an activity and the persons or sessions that count it


class Activities(Struct, frozen=True):
    """The clauses that report activities, and whether a figure counts them."""

    reported: tuple[Span, ...] = ()
    counted: bool = False


class _Words(Struct, frozen=True):
    verb: re.Pattern[str]
    silent: re.Pattern[str]
    frequency: re.Pattern[str]
    noun_after: str
    kinds: frozenset[str]
    near_kinds: frozenset[str]
    units: frozenset[str]
    unnamed: re.Pattern[str]
    listed: re.Pattern[str]
    caption: re.Pattern[str]
    routine: re.Pattern[str]
    means: re.Pattern[str]
    manner: re.Pattern[str]
    general: re.Pattern[str]
    others: re.Pattern[str]
    general_kinds: frozenset[str]


def find_activities(
    text: str, quantities: tuple[Quantity, ...], passages: Passages, words: tuple[str, ...]
) -> Activities:
    """The activities of an answer that are named by one of ``words``."""
    if not words:
        return Activities()
    if is_mostly_english(text):
        kinds = _lexicon().general_kinds
        places = [quantity.start for quantity in quantities if quantity.kind in kinds]
        return Activities(find_reported(text, passages, places))
    found = list(_reports(text, passages, words))
    if not found:
        return Activities()
    counted = any(_counts(text, quantity, passages, found) for quantity in quantities)
    return Activities(tuple(report for _, report in found), counted)


def find_general(text: str, quantities: tuple[Quantity, ...], passages: Passages) -> Activities:
    """The activities of an answer whose item names none: what is an activity everywhere, two of them or one in full.

    >>> from checker.text.ground.passages import split
    >>> answer = "员工到敬老院慰问老人，参加社区义务清扫。"
    >>> bool(find_general(answer, (), split(answer)).reported)
    True
    """
    if is_mostly_english(text):
        return Activities()  # English nouns of activities are no sign of them where nobody asks
    lexicon = _lexicon()
    passages = split_at_points(text, passages)
    found: list[Span] = []
    named: set[str] = set()
    for clause in passages.clauses:
        words = [match.group() for match in lexicon.general.finditer(text, clause.start, clause.end)]
        sentence = passages.sentences[clause.sentence]
        if not words or sentence.is_table or names_only(text, sentence):
            continue
        if lexicon.silent.search(text, sentence.start, clause.end) or lexicon.others.search(
            text, sentence.start, clause.end
        ):
            continue
        found.append(span(text, clause.start, clause.end))
        named.update(words)
    reported = tuple(found) if len(named) >= LEAST_NAMED else ()
    counted = any(quantity.kind in lexicon.general_kinds for quantity in quantities)
    return Activities(reported, counted)


def find_listed(text: str, quantities: tuple[Quantity, ...], passages: Passages) -> tuple[Span, ...]:
    """Several activities told in one breath (办了歌会、棋赛等活动) in a sentence without a figure of any of them."""
    lexicon = _lexicon()
    passages = split_at_points(text, passages)
    found = []
    for sentence in passages.sentences:
        listed = None if sentence.is_table else lexicon.listed.search(text, sentence.start, sentence.end)
        if listed is None or lexicon.silent.search(text, sentence.start, listed.end()):
            continue
        if lexicon.others.search(text, sentence.start, listed.start()) or _in_title(text, listed.start()):
            continue
        near = (each for each in quantities if sentence.start <= each.start < sentence.end)
        if not any(each.kind in lexicon.general_kinds for each in near):
            found.append(span(text, *listed.span()))
    return tuple(found)


def _reports(text: str, passages: Passages, words: tuple[str, ...]) -> Iterator[tuple[int, Span]]:
    lexicon, named = _lexicon(), _named(words)
    for clause in passages.clauses:
        unnamed = lexicon.unnamed.search(text, clause.start, clause.end)
        if not (match := unnamed or named.search(text, clause.start, clause.end)):
            continue
        sentence = passages.sentences[clause.sentence]
        if names_only(text, sentence) or lexicon.caption.match(text, sentence.start):
            continue
        if lexicon.silent.search(text, sentence.start, clause.end) or _in_title(text, match.start()):
            continue
        if _is_by_the_way(
            text[clause.start : clause.end], match.start() - clause.start, match.end() - clause.start
        ):
            continue
        if unnamed or lexicon.verb.search(text, clause.start, clause.end):
            yield clause.sentence, span(text, clause.start, clause.end)
    for place, sentence in enumerate(passages.sentences):
        if sentence.is_table and named.search(text, sentence.start, sentence.end):
            yield place, span(text, sentence.start, sentence.end)


def _is_by_the_way(words: str, start: int, end: int) -> bool:
    """Whether a clause names an activity as routine (逐月检查), as a means (通过培训) or only says how it is done."""
    lexicon = _lexicon()
    if lexicon.routine.search(words[:start]) or lexicon.manner.search(words.rstrip()):
        return True
    return not words[end:].strip() and lexicon.means.match(words[:start]) is not None


def _counts(text: str, quantity: Quantity, passages: Passages, found: list[tuple[int, Span]]) -> bool:
    lexicon = _lexicon()
    if _is_quoted(text, quantity.start):
        return False
    if lexicon.frequency.search(text, max(0, quantity.start - 10), quantity.start):
        return False
    if quantity.kind in lexicon.kinds:
        return True
    if quantity.unit in lexicon.units or quantity.kind == "money":
        return any(report.start <= quantity.start < report.end for _, report in found)
    if quantity.kind not in lexicon.near_kinds:
        return False
    places = {place for place, _ in found}
    here = next(
        (
            place
            for place, sentence in enumerate(passages.sentences)
            if sentence.start <= quantity.start < sentence.end
        ),
        None,
    )
    return here is not None and any(abs(here - place) <= NEAR for place in places)


def _is_quoted(text: str, position: int) -> bool:
    """Whether a place stands in a quoted name: “地球一小时”活动 counts nothing."""
    opened = text.rfind("“", max(0, position - QUOTED), position)
    return opened > text.rfind("”", 0, position)


def _in_title(text: str, position: int) -> bool:
    opened = text.rfind("《", 0, position)
    return opened > text.rfind("》", 0, position)


@lru_cache(maxsize=256)
def _named(words: tuple[str, ...]) -> re.Pattern[str]:
    names = either(words)
    return re.compile(rf"(?:{names})(?!{_lexicon().noun_after})")


@cache
def _lexicon() -> _Words:
    data = load_data("checker.data", "activities.yaml")

    return _Words(
        verb=re.compile(either(data["verbs"])),
        silent=re.compile(either(data["silent"])),
        frequency=re.compile(rf"{either(data['frequency'])}[^，,。；;\n]{{0,8}}$"),
        noun_after=either(data["nouns_after"]),
        kinds=frozenset(data["kinds"]),
        near_kinds=frozenset(data["near_kinds"]),
        units=frozenset(data["units"]),
        unnamed=re.compile(data["unnamed"]),
        listed=re.compile(data["listed"]),
        general=re.compile(either(data["general"])),
        others=re.compile(either(data["others"])),
        general_kinds=frozenset(data["general_kinds"]),
        caption=re.compile(data["caption"]),
        routine=re.compile(data["routine"]),
        means=re.compile(data["means"]),
        manner=re.compile(data["manner"]),
    )
