"""A piece of a text with its place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple


class Span(NamedTuple):
    """Words exactly as in the text, from ``start`` up to ``end``."""

    text: str
    start: int
    end: int


def span(text: str, start: int, end: int) -> Span:
    """The span without blanks and punctuation at its ends."""
    while start < end and (text[start].isspace() or text[start] in "，,。；;：:、（()）"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "，,；;：:、（("):
        end -= 1
    return Span(text[start:end], start, end)


class Areas:
    """Stretches of a text, asked thousands of times whether one of them touches another stretch."""

    def __init__(self, areas: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(areas)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))  # the furthest so far

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them shares a letter with what goes from ``start`` up to ``end``.

        >>> Areas([(2, 9), (3, 4)]).touch(8, 12), Areas([(2, 9), (3, 4)]).touch(9, 12)
        (True, False)
        """
        count = bisect_left(self._starts, end)
        return count > 0 and self._ends[count - 1] > start
