"""Passages that stand under two items, or in this year's and last year's answer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize

from msgspec import Struct

from checker.reading.answers import ReturnReading
from checker.reading.items import Content, ItemReading
from checker.text.ground.english import is_mostly_english
from checker.text.ground.fold import simplified
from checker.text.ground.lexicon import either
from checker.text.ground.spans import Areas
from frameworks.ground.yaml import load_data
from questionnaire.cells import squeeze

LEAST = 16  # characters of a sentence that count as a passage
ANCHOR = 8  # characters at a sentence's beginning, middle and end by which near-copies are found
CROWD = 64  # passages with one anchor; a return of 72 items has a few (guessed)
ALIKE = 90  # similarity (0–100) of copied sentences; true copies measured at 96 and above, others at most 68
COPIED = 30  # characters that two answers must share
SHARE = 0.4  # of the shorter answer's characters, unless a whole paragraph is shared
PARAGRAPH = 60  # characters that are a paragraph
# Chinese letters and numbers of one sentence of several clauses, titles and the company's name aside, that nobody
# writes twice
WHOLE = 22

CLAUSE = 3  # letters of a clause that can be part of a run
LABEL = 8  # characters of a label before a sentence (废气：……)
_LABEL = re.compile(rf"^[^，,。；;：:]{{1,{LABEL}}}[：:]\s?")
_MARKS = " 。.；;！!"
_CLAUSE = re.compile(r"(?:[^，,。；;：:！!？?\n.]|(?<![一-龥])\.(?=\d))+")
_YEAR = re.compile(r"(?:19|20)\d\d|(?<!\d)\d\d(?=\s?年)")
_TOLD = re.compile(r"[一-龥]|\d+(?:\.\d+)?")
_WORD = re.compile(r"[A-Za-z]{2,}")  # what is told in English
_COMMA = re.compile(r"[，,；;、：:]")
_LISTED = re.compile(
    r"^\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:[)）、]|[.．](?!\d))\s?", re.MULTILINE
)
_TITLE = re.compile(r"《[^》\n]{1,80}》")


class Copy(Struct, frozen=True):
    """A passage that answers two items."""

    earlier: ItemReading
    later: ItemReading
    quote: str  # in the later answer
    share: int  # per cent of the later answer


class _Passage(NamedTuple):
    item: int
    words: str
    bare: str  # as it is compared


class _Known:
    """The passages so far, by their anchors.

    An anchor that ``CROWD`` passages share is a formula ("2024年，公司组织"), and holding all its sentences against
    each other would cost the square of them; of those beyond, only letter-for-letter copies are found.
    """

    def __init__(self) -> None:
        self._anchors: dict[str, list[_Passage]] = defaultdict(list)
        self._alike: dict[str, list[_Passage]] = defaultdict(list)  # by bare words

    def first_copy(self, passage: _Passage, keys: tuple[str, ...]) -> _Passage | None:
        """The earliest passage of another item that says the same."""
        from rapidfuzz.fuzz import ratio
        from rapidfuzz.process import extract_iter

        if len(passage.bare) < LEAST:
            return None
        near = {other for key in keys for other in self._anchors.get(key, ()) if other.item != passage.item}
        near.update(other for other in self._alike.get(passage.bare, ()) if other.item != passage.item)
        ordered = sorted(near)
        bare = [other.bare for other in ordered]
        found = next(extract_iter(passage.bare, bare, scorer=ratio, processor=None, score_cutoff=ALIKE), None)
        return None if found is None else ordered[found[2]]

    def add(self, passage: _Passage, keys: tuple[str, ...]) -> None:
        """Takes in one passage."""
        crowded = False
        for key in keys:
            bucket = self._anchors[key]
            if len(bucket) < CROWD:
                bucket.append(passage)
            else:
                crowded = True
        alike = self._alike[passage.bare] if crowded else []
        if len(alike) < CROWD:
            alike.append(passage)


def copies_within(whole: ReturnReading) -> Iterator[Copy]:
    """Pairs of items that share a passage, by the later one; delegations, titles and the company's name aside.

    Answers that many items share whole (``checker.rules.support.repeated_answers``) are another finding.
    """
    known = _Known()
    shared: dict[tuple[int, int], list[str]] = defaultdict(list)
    own = whole.source.company
    for place, reading in enumerate(whole.items):
        if reading.content is not Content.TEXT or reading.stands_aside:
            continue
        for words in _passages(reading):
            passage = _Passage(place, words, _bare(words, own))
            keys = _anchors(words)
            found = known.first_copy(passage, keys)
            if found is not None:
                shared[found.item, place].append(words)
            else:
                known.add(passage, keys)
    for pair, words in _runs(whole):
        shared.setdefault(pair, []).append(words)
    for (first, second), passages in sorted(shared.items()):
        copied = sum(map(len, passages))
        later = whole.items[second]
        smaller = min(len(whole.items[first].text), len(later.text))
        whole_one = any(_is_whole(words, own) for words in passages)
        if whole_one or copied >= PARAGRAPH or (copied >= COPIED and copied >= SHARE * smaller):
            share = min(100, round(100 * copied / len(later.text)))
            yield Copy(whole.items[first], later, max(passages, key=len), share)


def _runs(whole: ReturnReading) -> Iterator[tuple[tuple[int, int], str]]:
    """Clauses that stand one behind the other in two answers, wherever their sentences begin and end.

    Two answers are held against each other where one clause ends and the next begins in both alike; of the first
    clause and of the last one a part may be shared.
    """
    known: dict[tuple[str, str], tuple[int, int]] = {}
    read: dict[int, list[str]] = {}
    for place, reading in enumerate(whole.items):
        if reading.content is not Content.TEXT or reading.stands_aside:
            continue
        clauses = _clauses(reading)
        keys = read[place] = [
            "" if is_table else reading.text[start:end].strip() for start, end, is_table in clauses
        ]
        seams = [(one[-CLAUSE:], other[:CLAUSE]) for one, other in pairwise(keys)]
        at = 0
        while at < len(seams):
            found = known.get(seams[at]) if min(map(len, seams[at])) >= CLAUSE else None
            if found is None:
                at += 1
                continue
            here, there = keys[at:], read[found[0]][found[1] :]
            last = min(1 + _alike(here[1:], there[1:]), len(here) - 1, len(there) - 1)
            begun, ended = _alike(here[0][::-1], there[0][::-1]), _alike(here[last], there[last])
            words = reading.text[clauses[at].end - begun : clauses[at + last].start + ended]
            if _is_whole(words, whole.source.company):
                yield (found[0], place), words
            at += last
        for at, seam in enumerate(seams):
            known.setdefault(seam, (place, at))


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many letters, or clauses, two begin with alike; a table is like none."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, pair in pairs if pair[0] != pair[1] or not pair[0]), min(len(one), len(other)))


class _Clause(NamedTuple):
    start: int
    end: int
    is_table: bool


def _clauses(reading: ItemReading) -> list[_Clause]:
    """Where the clauses of an answer stand, without those that rely on the parent."""
    relied = Areas((span.start, span.end) for span in reading.delegation.evidence)
    tables = Areas((part.start, part.end) for part in reading.passages.sentences if part.is_table)
    return [
        _Clause(*found.span(), tables.touch(*found.span()))
        for found in _CLAUSE.finditer(reading.text)
        if not relied.touch(*found.span())
    ]


def _passages(reading: ItemReading) -> Iterator[str]:
    """The sentences of an answer that are long enough, without those that rely on the parent."""
    relied = reading.delegation.evidence if reading.delegation.kind == "partial" else ()
    for sentence in reading.passages.sentences:
        if sentence.is_table or sentence.end - sentence.start < LEAST:
            continue
        if not any(sentence.start <= span.start < sentence.end for span in relied):
            words = reading.text[sentence.start : sentence.end].strip()
            yield _LABEL.sub("", words) if len(words) >= LEAST + LABEL else words


def _is_whole(words: str, own: str) -> bool:
    """Whether a sentence tells enough that standing twice it is a copy: a fact given twice is short."""
    told = _TITLE.sub("", words.replace(own, "") if own else words)
    letters = len(_TOLD.findall(told))
    if is_mostly_english(told):
        letters += len(_WORD.findall(told))
    return letters >= WHOLE and _COMMA.search(told.strip(" ，,。；;")) is not None


def _anchors(words: str) -> tuple[str, ...]:
    bare = words.rstrip(_MARKS)
    middle = (len(bare) - ANCHOR) // 2
    return bare[:ANCHOR], bare[middle : middle + ANCHOR], bare[-ANCHOR:]


def _bare(words: str, own: str) -> str:
    """A sentence as it is compared, titles and the company's name left out."""
    return squeeze(_TITLE.sub("", words.replace(own, "") if own else words))


def same_text(text: str, before: str) -> bool:
    """Whether two answers are the same but for years, script, blanks, punctuation, numbers of a list, and the writer.

    >>> same_text("1、报告期内，我司组织演练4次", "2023年度公司組織演練4次。")
    True
    """
    return _undated(text) == _undated(before)


def _undated(text: str) -> str:
    plain = simplified(normalize("NFKC", text))
    return squeeze(_year_or_writer().sub("", _LISTED.sub("", plain)))


@cache
def _year_or_writer() -> re.Pattern[str]:
    words = load_data("checker.data", "periods.yaml")["same_text"]
    spelled = "[一二]\\s?[〇零○0九]\\s?[〇零○一二三四五六七八九]\\s?[〇零○一二三四五六七八九](?=\\s?年)"
    year = f"(?:{_YEAR.pattern}|{spelled})(?:\\s?年度?)?"
    return re.compile(f"{year}|{either([*words['year'], *words['writer']])}")
