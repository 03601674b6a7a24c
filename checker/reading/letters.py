"""An answer as the letters that the models of proof see, and the sums of their weights over any stretch of it.

All weights of a run of letters are one whole number, a lane of bits for every class; sums are running totals over the
answer, so that a piece costs two look-ups, however long it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, repeat
from typing import NamedTuple

from checker.text.ground.english import Gloss, english_stretches, in_chinese
from questionnaire.proofs import LONGEST, RunRows

LANE = 32  # bits of a class

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

    Its English sentences are read in Chinese words alone.
    """
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for start, end in english_stretches(text):
        _fold(text, at, start, pieces, places)
        told = Gloss(text, start, end)
        pieces.append(told.text)
        places += told.places
        at = end
    _fold(text, at, len(text), pieces, places)
    return Letters("".join(pieces), tuple(places))


def _fold(text: str, begin: int, stop: int, pieces: list[str], places: list[int]) -> None:
    at = begin
    small = text.lower()
    if len(small) != len(text):  # a letter whose small form is longer
        small = "".join(each.lower() if len(each.lower()) == 1 else each for each in text)
    for match in _FOLDED.finditer(text, begin, stop):
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
    return [
        words[at : at + length] for length in range(1, LONGEST + 1) for at in range(len(words) - length + 1)
    ]


def count_runs(length: int) -> int:
    """How many runs so many letters hold."""
    return sum(max(0, length - less) for less in range(LONGEST))


class Totals(NamedTuple):
    """Running totals of weights over an answer, one list a length of run."""

    lists: tuple[Sequence[int], ...]

    def between(self, start: int, end: int) -> int:
        """The sum over the runs that lie within a stretch."""
        total = 0
        for less, running in enumerate(self.lists):
            if end - less > start:
                total += running[end - less] - running[start]
        return total


class Rows(dict[int, int]):
    """Rows of letters as whole numbers, by the numbers of their runs; made when first asked for.

    Each letter's code stands in a lane, and the lane behind them counts the rows.
    """

    def __init__(self, rows: RunRows) -> None:
        super().__init__()
        self._rows = rows

    def __missing__(self, run: int) -> int:
        row = self._rows.get(run)
        made = 0 if row is None else int.from_bytes(f"{row}\x01".encode("utf-32-le"), "little")
        self[run] = made
        return made


def totals(numbers: Sequence[Sequence[int]], rows: Rows) -> Totals:
    """The running totals of some rows over a folded answer, by the numbers of its runs (``numbers_of``)."""
    return Totals(tuple(tuple(accumulate(map(rows.__getitem__, each), initial=0)) for each in numbers))


def lanes(total: int, count: int) -> list[int]:
    """The classes' sums of a total."""
    mask = (1 << LANE) - 1
    return [(total >> (LANE * place)) & mask for place in range(count)]
