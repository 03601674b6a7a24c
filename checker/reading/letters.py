"""An answer as the letters that the models of proof see, and the sums of their weights over any stretch of it.

All weights of a run of letters are one whole number, a lane of bits for every class; sums are running totals over the
answer, so that a piece costs two look-ups, however long it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, repeat
from operator import add
from struct import unpack
from typing import NamedTuple

from checker.text.ground.english import Gloss, english_stretches, in_chinese
from checker.text.ground.english_stems import stem_letters
from questionnaire.proofs import BITS, LONGEST, RunRows

LANE = 32  # bits of a class

_CLAUSE = re.compile(r"[^,.;:!?()|\n\t]+")
_FOLDS = re.compile(r"[\dA-Za-z]")  # with what it begins
_FOLDED = re.compile(
    r"(?P<year>20[12]\d\s?年?)|(?P<number>\d+(?:[.,，]\d+)*)"
    r"|(?P<word>[A-Za-z][A-Za-z&'-]*(?: [A-Za-z][A-Za-z&'-]*){0,3})"
)


class Letters(NamedTuple):
    """A folded answer; ``places`` say where each of its letters stood, so that stretches can be found again."""

    text: str
    places: tuple[int, ...]

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the answer stands in its letters."""
        return bisect_left(self.places, start), bisect_left(self.places, end)


def letters(text: str) -> Letters:
    """Folds a text: small letters, years and figures alike, the Chinese for English terms beside them.

    Its English sentences are read in Chinese words, and in letters that stand for their own.
    """
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for start, end in english_stretches(text):
        _fold(text, at, start, pieces, places)
        _read_english(text, start, end, pieces, places)
        at = end
    _fold(text, at, len(text), pieces, places)
    return Letters("".join(pieces), tuple(places))


def _read_english(text: str, start: int, end: int, pieces: list[str], places: list[int]) -> None:
    """The clauses of an English stretch, each in Chinese words and behind them a letter for each of its own."""
    told = Gloss(text, start, end)
    at = 0
    for clause in _CLAUSE.finditer(text, start, end):
        stop = bisect_left(told.places, clause.end(), at)
        own = stem_letters(clause.group())
        pieces += [told.text[at:stop], own]
        places += [*told.places[at:stop], *repeat(clause.end() - 1, len(own))]
        at = stop
    pieces.append(told.text[at:])
    places += told.places[at:]


def _fold(text: str, begin: int, stop: int, pieces: list[str], places: list[int]) -> None:
    at = begin
    small = text.lower()
    if len(small) != len(text):  # a letter whose small form is longer
        small = "".join(each.lower() if len(each.lower()) == 1 else each for each in text)
    first = _FOLDS.search(text, begin, stop)
    for match in _FOLDED.finditer(text, first.start(), stop) if first else ():
        start, end = match.span()
        if match.lastgroup == "word":
            chinese = in_chinese(match.group())
            if not chinese:
                continue
            pieces += [small[at:end], chinese]
            places += [*range(at, end), *repeat(end - 1, len(chinese))]
        else:
            pieces += [small[at:start], "Y" if match.lastgroup == "year" else "0"]
            places += [*range(at, start), start]
        at = end
    pieces.append(small[at:stop])
    places += range(at, stop)


def runs(words: str) -> list[str]:
    """Every run of up to ``LONGEST`` letters, as often as it stands there."""
    found, last = list(words), list(words)
    for length in range(1, LONGEST):
        last = list(map(add, last, words[length:]))
        found += last
    return found


def count_runs(length: int) -> int:
    """How many runs so many letters hold.

    >>> [count_runs(length) for length in (0, 1, 2, 3, 9)]
    [0, 1, 3, 6, 24]
    """
    return 3 * length - 3 if length > 1 else length


class Rows(dict[int, int]):
    """By the number of a run the rows of all runs with which it begins, itself included, made when first asked for.

    Each letter's code stands in a lane, and the lane behind a model's classes counts its rows. The rows of what proves
    nothing, whatever the item, stand in the lanes behind them.
    """

    def __init__(self, rows: RunRows, hollow: Lanes) -> None:
        super().__init__()
        self._own, self._hollow, self._shift = Lanes(rows), hollow, LANE * (rows.width + 1)

    def __missing__(self, run: int) -> int:
        made = self._own.row(run) + (self._hollow[run] << self._shift)
        if shorter := run >> BITS:
            made += self[shorter]
        self[run] = made
        return made


class Lanes(dict[int, int]):
    """The rows of letters as whole numbers, by the numbers of their runs; made when first asked for."""

    def __init__(self, rows: RunRows) -> None:
        super().__init__()
        self._rows = rows

    def row(self, run: int) -> int:
        """The row of a run, made anew; 0 where there is none."""
        row = self._rows.get(run)
        return 0 if row is None else int.from_bytes(f"{row}\x01".encode("utf-32-le"), "little")

    def __missing__(self, run: int) -> int:
        made = self[run] = self.row(run)
        return made


class Totals(NamedTuple):
    """A folded answer with the running total of the rows of the runs that begin at each of its letters."""

    rows: Rows
    numbers: Sequence[Sequence[int]]  # of its runs, a list a length (``numbers_of``)
    running: Sequence[int]

    @classmethod
    def of(cls, rows: Rows, numbers: Sequence[Sequence[int]]) -> Totals:
        """The totals of some rows over a folded answer."""
        return cls(rows, numbers, tuple(accumulate(map(rows.__getitem__, numbers[-1]), initial=0)))

    def between(self, start: int, end: int) -> int:
        """The sum over the runs that lie within a stretch; those that begin with its last two letters are shorter."""
        ones, twos, _ = self.numbers
        if end - start < 2:
            return self.rows[ones[start]] if end > start else 0
        return (
            self.running[end - 2] - self.running[start] + self.rows[twos[end - 2]] + self.rows[ones[end - 1]]
        )


def lanes(total: int, count: int) -> tuple[int, ...]:
    """The sums of a total, lane by lane."""
    return unpack(f"<{count}I", total.to_bytes(count * LANE // 8, "little"))
