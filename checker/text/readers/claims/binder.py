"""Which figure belongs to which subject: what claims, changes and vague quantities ask alike.

A figure belongs to a subject when its clause names the same thing (a shared noun, a family of words) or names
nothing of its own (由18降到12). What was put in or carried through (coverage, completion, attendance) measures no
effect, and a limit is somebody else's figure. Words are data (``data/binder.yaml``).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from checker.text.ground.passages import Clause, Passages
from checker.text.ground.quantities import Quantity
from frameworks.ground.yaml import load_data

BACK = 3  # clauses between a figure without a subject and the clause that names it
LIMIT_REACH = 14  # characters before a figure in which it is called a limit
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_ENGLISH = re.compile(r"[A-Za-z]{2,}")


class Subject(Struct, frozen=True):
    """What is spoken of: its nouns and the families that they belong to."""

    nouns: frozenset[str]  # pairs of characters, English words
    families: frozenset[str]
    covered: frozenset[str]  # families that are parts of these
    alone: frozenset[str]  # families that say alone what is meant

    def by_name(self) -> Subject:
        """The subject by its nouns alone."""
        return Subject(self.nouns, frozenset(), frozenset(), frozenset())

    def is_same(self, other: Subject) -> bool:
        """Whether both are the same thing, told in different sentences: 用电成本 is no 电耗."""
        return bool(self.alone & other.families) if self.alone else self.shares(other)

    def shares(self, other: Subject) -> bool:
        """Whether the other one can be the same thing, or a part of it."""
        return bool(self.nouns & other.nouns or (self.families | self.covered) & other.families)


class Binder(Struct, frozen=True):
    """The figures of one text and the subjects that they belong to."""

    text: str
    quantities: tuple[Quantity, ...]
    passages: Passages

    def figures(self, start: int, end: int) -> tuple[Quantity, ...]:
        """The figures between two places, vague ones left out."""
        first = bisect_left(self.quantities, start, key=lambda figure: figure.start)
        last = bisect_left(self.quantities, end, key=lambda figure: figure.start)
        return tuple(figure for figure in self.quantities[first:last] if figure.exact != "vague")

    def clause(self, place: int) -> Clause | None:
        """The clause of a place, None outside the text."""
        return self.passages.clauses[place] if 0 <= place < len(self.passages.clauses) else None

    def words(self, clause: Clause) -> str:
        """The words of a clause."""
        return self.text[clause.start : clause.end]

    def is_process(self, clause: Clause, figure: Quantity) -> bool:
        """Whether a share measures what was put in or carried through."""
        if figure.kind not in ("share", "points", "ratio"):
            return False
        start = self.passages.clauses[self.topic_of(self.place(clause))].start
        return words().process.search(self.text, start, clause.end) is not None

    def place(self, clause: Clause) -> int:
        """The index of a clause."""
        return bisect_left(self.passages.clauses, clause.start, key=lambda other: other.start)

    def place_of(self, figure: Quantity) -> int | None:
        """The index of the clause in which a figure stands; None in a table."""
        place = bisect_right(self.passages.clauses, figure.start, key=lambda clause: clause.start) - 1
        return place if place >= 0 and figure.start < self.passages.clauses[place].end else None

    def topic_of(self, place: int) -> int:
        """The clause that names what a clause speaks of: 参检率97%，较上年提高4个百分点."""
        clauses = self.passages.clauses
        first = place
        while first > max(0, place - BACK) and self.is_elliptic(clauses[first]):
            if clauses[first - 1].sentence != clauses[place].sentence:
                break
            first -= 1
        return first

    def topic(self, place: int) -> Subject:
        """What the figures of a clause speak of."""
        clauses = self.passages.clauses
        return read_subject(self.text[clauses[self.topic_of(place)].start : clauses[place].end])

    def counts(self, figure: Quantity) -> bool:
        """Whether a figure counts what happened, and not machines or money."""
        return figure.unit in words().counting

    def is_limit(self, clause: Clause, figure: Quantity) -> bool:
        """Whether a figure is a limit, a target or what others reach."""
        before = self.text[max(clause.start, figure.start - LIMIT_REACH) : figure.start]
        return words().limits.search(before) is not None

    def speaks_for(self, subject: Subject, clause: Clause) -> bool:
        """Whether a clause names the subject, or nothing of its own before its first figure."""
        return self.is_elliptic(clause) or subject.is_same(read_subject(self.words(clause)))

    def is_elliptic(self, clause: Clause) -> bool:
        """Whether the figures of a clause stand without a subject of their own."""
        figures = self.figures(clause.start, clause.end)
        if not figures:
            return False
        opening = self.text[clause.start : figures[0].start]
        return not words().ellipsis.sub("", opening)

    def changes_in(self, clause: Clause) -> bool:
        """Whether a clause tells from where to where (由18降到12)."""
        return words().twice.search(self.text, clause.start, clause.end) is not None

    def measured_twice(self, place: int) -> bool:
        """Whether a clause, with its neighbours in the sentence, gives a measure at two times."""
        clauses = self.passages.clauses
        clause = clauses[place]
        if self.changes_in(clause):
            return True
        beside = [
            other
            for other in (self.clause(place - 2), self.clause(place - 1), clause, self.clause(place + 1))
            if other is not None and other.sentence == clause.sentence
        ]
        first, last = beside[0].start, beside[-1].end
        if not words().before.search(self.text, first, last):
            return False
        kinds = Counter(figure.kind for figure in self.figures(first, last))
        return any(count > 1 for count in kinds.values())


def read_subject(written: str) -> Subject:
    """The nouns and families of some words.

    >>> read_subject("客诉12件").shares(read_subject("外观类投诉下降三成"))
    True
    """
    return _subject(written)


def kinds_of(written: str) -> frozenset[str] | None:
    """The kinds that can be the value of what is spoken of: its last noun decides; None where any measure can."""
    last, found = -1, None
    for nouns, kinds in words().kinds:
        for match in nouns.finditer(written):
            if match.end() > last:
                last, found = match.end(), kinds
    return found


def is_soft(written: str) -> bool:
    """Whether words name a quality of people or of a whole, which has no unit of its own."""
    return words().soft.search(written) is not None


def is_whole(written: str) -> bool:
    """Whether words name the quality of a whole, which what was measured before them sums up to."""
    return words().wholes.search(written) is not None


def _subject(written: str) -> Subject:
    lexicon = words()
    plain = lexicon.generic.sub("〇", written)
    nouns = {run.group()[at : at + 2] for run in _HAN.finditer(plain) for at in range(len(run.group()) - 1)}
    nouns.update(word.group().lower() for word in _ENGLISH.finditer(plain))
    families = {name for name, stems in lexicon.families if stems.search(written)}
    covered = {part for name in families for part in lexicon.covers.get(name, ())}
    return Subject(frozenset(nouns), frozenset(families), frozenset(covered), lexicon.alone & families)


class _Words(Struct, frozen=True):
    families: tuple[tuple[str, re.Pattern[str]], ...]
    covers: Mapping[str, list[str]]
    alone: frozenset[str]
    process: re.Pattern[str]
    generic: re.Pattern[str]
    soft: re.Pattern[str]
    wholes: re.Pattern[str]
    ellipsis: re.Pattern[str]
    limits: re.Pattern[str]
    twice: re.Pattern[str]
    before: re.Pattern[str]
    counting: frozenset[str]
    kinds: tuple[tuple[re.Pattern[str], frozenset[str]], ...]


@cache
def words() -> _Words:
    """The word lists of the binder."""
    data: dict[str, Any] = load_data("checker.data", "binder.yaml")

    def any_of(entries: Iterable[str]) -> re.Pattern[str]:
        return re.compile(either(entries))

    return _Words(
        families=tuple((name, any_of(stems)) for name, stems in data["families"].items()),
        covers=data["covers"],
        alone=frozenset(data["alone"]),
        process=re.compile("|".join(data["process"])),
        generic=any_of(data["generic"]),
        soft=any_of(data["soft"]),
        wholes=any_of(data["wholes"]),
        ellipsis=re.compile(rf"{either(data['ellipsis'])}|[\s\d年月日（(：:、%+−-]|FY\d\d"),
        limits=re.compile(data["limits"]),
        twice=re.compile(data["twice"]),
        before=re.compile(data["before"]),
        counting=frozenset(data["counting"]),
        kinds=tuple((any_of(entry["nouns"]), frozenset(entry["kinds"])) for entry in data["kinds"]),
    )
