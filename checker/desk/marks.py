"""The words of an answer that findings and proofs quote, marked in the answer itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

CUT = "…"  # how a quote ends that was shortened


class Quote(NamedTuple):
    """Quoted words, and what they are quoted for."""

    text: str
    kind: str  # a severity, or "proof"
    number: int = 0  # of the finding under its item, from 1; 0 for none


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of an answer that is marked alike."""

    text: str
    kind: str = ""  # of the gravest mark; empty for none
    numbers: tuple[int, ...] = ()  # of the findings whose quotes begin here


def segments(answer: str, quotes: Iterable[Quote]) -> tuple[Segment, ...]:
    """The answer in pieces, which together are the answer.

    Args:
        answer: the whole text.
        quotes: the gravest first; those that do not stand in the answer are passed over.
    """
    spans = [(start, start + len(words), quote) for quote in quotes for start, words in _found(answer, quote)]
    edges = sorted({0, len(answer), *(edge for start, end, _ in spans for edge in (start, end))})
    pieces = []
    for start, end in pairwise(edges):
        over = [quote for first, last, quote in spans if first <= start and end <= last]
        begun = {quote.number for first, _, quote in spans if first == start and quote.number}
        pieces.append(Segment(answer[start:end], over[0].kind if over else "", tuple(sorted(begun))))
    return tuple(pieces)


def stands_in(answer: str, text: str) -> bool:
    """Whether quoted words stand in the answer."""
    words = text.removesuffix(CUT)
    return bool(words) and words in answer


def _found(answer: str, quote: Quote) -> list[tuple[int, str]]:
    words = quote.text.removesuffix(CUT)
    start = answer.find(words) if words else -1
    return [(start, words)] if start >= 0 else []
