"""One answer as it is searched for proof: its sentences, the figures in them, and which of them may prove anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from msgspec import Struct

from checker.reading.amounts import Stated, WrittenFigure, figures_of
from checker.reading.disputed import ASTRAY, HOLLOW, MISPLACED, STALE, Dispute
from checker.reading.quotes import is_row
from checker.reading.wanted import AMOUNTS, SHARES, lexicon
from checker.text.ground.lexicon import either
from checker.text.ground.nil import find_nils
from checker.text.ground.passages import split
from checker.text.ground.quantities import find_quantities
from checker.text.readers.claims.duties import find_duties

BARE = 8  # letters that a clause which only reports an amount has besides; guessed
STATED = 4  # letters from which a clause without a figure says something
LISTED = 8  # the same of all its short clauses together: 叉车、测量、质量、语言; guessed
PARTS = "，,（(）)"
_SEGMENT = re.compile(r"(?:[^。；;！\n.]|\.(?!\s+[A-Z一-龥（(]))+")  # also 12 t. Then, as English writes
_CLAUSE = re.compile(r"[^，,、：:\t|｜]+")
_MARK = re.compile(rf"[{re.escape(PARTS)}](?<!\d,(?=\d{{3}}))")  # and not 2,150
_HAN = re.compile(r"[一-龥]")
_LATIN = re.compile(r"[A-Za-z]{2,}")


class Placed(NamedTuple):
    """A figure in a sentence of one's own."""

    figure: WrittenFigure
    segment: tuple[int, int]
    clause: str  # in which it stands there


class Text(Struct, frozen=True, dict=True):
    """One answer, as it is searched for proof."""

    answer: str
    handed: tuple[str, ...] = ()  # quotes of what is left to the parent or does not apply
    disputes: tuple[Dispute, ...] = ()
    year: int | None = None  # of the report
    told: Sequence[Stated] | None = None  # its figures and stated nils, where they are known

    @cached_property
    def _stated(self) -> dict[tuple[int, int], bool]:
        """What was worked out for a span."""
        return {}

    @cached_property
    def segments(self) -> tuple[tuple[int, int], ...]:
        """The sentences that are the company's own."""
        spans = [match.span() for match in _SEGMENT.finditer(self.answer)]
        away = [
            (at, at + len(quote)) for quote in self.handed if quote and (at := self.answer.find(quote)) >= 0
        ]
        return tuple(
            (start, end)
            for start, end in spans
            if not any(begin < end and start < stop for begin, stop in away)
        )

    def segments_of(self, start: int, end: int) -> list[tuple[int, int]]:
        """The sentences that hold some words."""
        return [(a, b) for a, b in self.segments if a < end and start < b]

    def disputed(self, start: int, end: int, *rules: str) -> tuple[str, ...]:
        """The rules that dispute some words."""
        met = [
            each.rule
            for each in self.disputes
            if each.meets(start, end) and (not rules or each.rule in rules)
        ]
        return tuple(dict.fromkeys(met))

    def states(self, segment: tuple[int, int]) -> bool:
        """Whether a sentence of it states something, and does not only report an amount."""
        if segment not in self._stated:
            self._stated[segment] = _states(self, segment)
        return self._stated[segment]

    def stands(self, segment: tuple[int, int]) -> bool:
        """Whether a sentence of it may prove anything: not one of another year or subject, nor a bare claim."""
        if self.disputed(*segment, STALE, ASTRAY, MISPLACED):
            return False
        start, end = segment
        claimed = [each for each in self.disputes if each.rule == HOLLOW and each.meets(start, end)]
        words = self.answer[start:end]
        for each in claimed:
            words = words.replace(self.answer[max(each.start, start) : min(each.end, end)], "")
        return not claimed or letters_of(words) >= BARE

    def is_ahead(self, segment: tuple[int, int]) -> bool:
        """Whether a sentence tells what should or will be done, or is not done yet."""
        words = self.answer[slice(*segment)]
        if is_duty(words):
            return True
        within = [each for each in self.figures if segment[0] <= each.start < segment[1]]
        return not within and any(word in words for word in lexicon()["pending"])

    @cached_property
    def figures(self) -> tuple[WrittenFigure, ...]:
        """Its figures and stated nils, in order."""
        return figures_of(self.answer, self.told)

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Those of them that stand in sentences of one's own, each in the first that holds some of it."""
        return tuple(
            Placed(figure, segment, clause_of(self.answer, segment, figure))
            for figure in self.figures
            for segment in self.segments_of(figure.start, figure.end)[:1]
        )


def _states(text: Text, segment: tuple[int, int]) -> bool:
    """Whether a sentence states more than an amount: 全部交有资质单位处置, and not 产生危险废物12.6吨."""
    words = text.answer[segment[0] : segment[1]]
    if is_row(words) and not any(character.isdigit() for character in words):
        return False  # the head of a table
    if any(word in words for word in lexicon()["stated"]):
        return True  # a target is told by its figure
    listed = 0
    for match in _CLAUSE.finditer(text.answer, *segment):
        clause = match.group()
        within = [each for each in text.figures if match.start() <= each.start < match.end()]
        if not any(each.quantity and each.quantity.kind in AMOUNTS | SHARES for each in within):
            listed += letters_of(clause)
            if letters_of(clause) >= STATED or any(each.quantity is None for each in within):
                return True
            if listed >= LISTED:
                return True
        elif letters_of(_reports().sub("", _without(clause, match.start(), within))) > BARE:
            return True
    return False


def letters_of(words: str) -> int:
    """How much is said, in Chinese letters; a word in Latin ones says as much as two."""
    return len(_HAN.findall(words)) or 2 * len(_LATIN.findall(words))


def _without(clause: str, offset: int, figures: Sequence[WrittenFigure]) -> str:
    kept = clause
    for each in reversed(figures):
        kept = kept[: each.start - offset] + kept[each.end - offset :]
    return kept


@lru_cache(maxsize=1024)
def is_duty(words: str) -> bool:
    """Whether a sentence tells what ought to be done, and nothing that was."""
    return bool(find_duties(words, split(words), find_quantities(words), find_nils(words)))


@cache
def _reports() -> re.Pattern[str]:
    return re.compile(either(lexicon()["reports"]))


def clause_of(answer: str, segment: tuple[int, int], figure: WrittenFigure) -> str:
    """The clause of a figure; of a table's cell its line."""
    words = answer[segment[0] : segment[1]]
    if is_row(words):
        return words
    at = figure.start - segment[0]
    start = max((mark.end() for mark in _MARK.finditer(words, 0, at)), default=0)
    ends = _MARK.search(words, figure.end - segment[0])
    return words[start : ends.start() if ends else len(words)]
