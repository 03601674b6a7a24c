"""Where another answer of a return shows what an item denies or leaves to the parent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct

from checker.reading.answers import ReturnReading
from checker.reading.facts import Unit
from checker.reading.items import Content, ItemReading
from checker.text.ground.lexicon import either, pattern
from checker.text.ground.spans import Span, span
from frameworks.ground.yaml import load_data
from questionnaire.cues import Cue, compile_cue

BEFORE = 8  # characters before a word in which it is denied or put off
CLAUSE = 16  # the same within its clause
NAMED = 4  # letters at the end of what is denied that name it
TOGETHER = 60  # characters within which the words of one deed stand

_LINE = re.compile(r"[^\n]+")
_RUN = re.compile(r"[一-龥]+")
_SHORT = re.compile(r"(?<![A-Za-z])[A-Z]{2,4}(?![A-Za-z])")
_EDGE = re.compile(r"[，,。；;：:！!\n]")


class Contradiction(Struct, frozen=True):
    """The answer that contradicts, and its words."""

    reading: ItemReading
    quote: str


def contradiction(whole: ReturnReading, item: ItemReading) -> Contradiction | None:
    """The first answer of another item that shows one of the item's counter-evidence cues as the company's own deed.

    A sentence outside delegations and 不涉及 clauses, that denies nothing, is no mere duty and no deed of others.
    """
    cues = tuple(cue for cue in map(compile_cue, item.item.counter_evidence) if cue.can_hit(whole.spoken))
    return (_by_cues(whole, item, cues) if cues else None) or _by_words(whole, item)


def _by_cues(whole: ReturnReading, item: ItemReading, cues: tuple[Cue, ...]) -> Contradiction | None:
    for other in whole.items:
        if other is item or other.content is not Content.TEXT or other.stands_aside:
            continue
        hitting = [cue for cue in cues if cue.can_hit(other.text)]
        for unit in other.facts.units if hitting else ():
            if unit.is_idle:
                continue
            for found in _shown(unit, hitting, other.text):
                if not _of_others(found.text, whole):
                    return Contradiction(other, found.text)
    return None


def _by_words(whole: ReturnReading, item: ItemReading) -> Contradiction | None:
    """The first clause of another item that counts the very thing which the item denies.

    亦不对供应商做现场审核 beside 对其中9家做了现场审核; 不造EV beside EV平台占38%.
    """
    things = [thing for thing in _denied_things(item) if thing in whole.spoken]
    if not things:
        return None
    for other in whole.items:
        if other is item or other.content is not Content.TEXT or other.stands_aside:
            continue
        if not any(thing in other.text for thing in things):
            continue
        for clause in other.passages.clauses:
            words = other.text[clause.start : clause.end]
            if (
                not any(thing in words for thing in things)
                or other.passages.sentences[clause.sentence].is_table
            ):
                continue
            if not any(clause.start <= figure.start < clause.end for figure in other.quantities):
                continue
            if (
                _words_of("denied").search(words)
                or pattern("deeds.planned").search(words)
                or _of_others(words, whole)
            ):
                continue
            if not any(span.start < clause.end and clause.start < span.end for span in other.idle):
                return Contradiction(other, words.strip())
    return None


def _denied_things(item: ItemReading) -> Iterator[str]:
    """What an answer says that the company has or does not: the last letters of each run behind a denial."""
    for clause in item.passages.clauses:
        denial = _words_of("denied").search(item.text, clause.start, clause.end)
        if denial is None:
            continue
        rest = item.text[denial.end() : clause.end]
        for run in _RUN.findall(rest):
            if len(run) >= NAMED and not _words_of("loose").search(run[-NAMED:]):
                yield run[-NAMED:]
        yield from _SHORT.findall(rest)


def _shown(unit: Unit, cues: Iterable[Cue], text: str) -> Iterator[Span]:
    """The clauses of a sentence or of a table's row in which a cue hits undenied."""
    for cue in cues:
        if not cue.can_hit(unit.searched):
            continue
        is_line = "\t" not in unit.quoted
        for line in _LINE.finditer(unit.searched):
            words = line.group()
            bare = words.partition("\t")[0] if is_line else words  # without the Chinese for English terms
            found = cue.find(bare, bare) or cue.find(words, words)
            if not found or any(_denied(words, word) for word in found):
                continue
            places = [words.index(word) for word in found]
            first, last = min(places), max(at + len(word) for at, word in zip(places, found, strict=True))
            if last - first > TOGETHER:
                continue
            start, end = unit.start + line.start() + first, unit.start + line.start() + last
            if end > unit.end:  # it stands in Chinese for an English term
                start, end = unit.start, unit.end
            yield _clauses(text, start, end, unit)


def _clauses(text: str, start: int, end: int, unit: Unit) -> Span:
    """The clauses from one place to another, within their sentence, with a figure right behind them."""
    while start > unit.start and not _EDGE.match(text[start - 1]):
        start -= 1
    while end < unit.end and not _EDGE.match(text[end]):
        end += 1
    return span(text, start, end)


def _of_others(words: str, whole: ReturnReading) -> bool:
    """Whether a clause names the parent, or somebody to whom the company only lends a hand."""
    names = whole.schema.edition.parent.names
    own = whole.source.company
    bare = words.replace(own, "") if own else words
    return any(name in bare for name in names) or _words_of("agents").search(bare) is not None


@cache
def _words_of(kind: str) -> re.Pattern[str]:
    return re.compile(either(load_data("checker.data", "deeds.yaml")[kind]))


def _denied(sentence: str, word: str) -> bool:
    """Whether a word is denied or put off right before it, or at the head of its clause (未对其中9家做现场审核)."""
    place = sentence.index(word)
    head = max((edge.end() for edge in _EDGE.finditer(sentence, 0, place)), default=0)
    before = sentence[max(0, min(place - BEFORE, max(head, place - CLAUSE))) : place]
    return _denial().search(before) is not None or pattern("deeds.planned").search(before) is not None


@cache
def _denial() -> re.Pattern[str]:
    return re.compile(either(load_data("checker.data", "claims.yaml")["negations"]))
