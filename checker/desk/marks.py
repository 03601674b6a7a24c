"""The words of an answer that findings and proofs quote, marked in the answer itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from checker.finding import AspectState, ItemResult
from checker.report.rows import GapRow

PROOF = "proof"
CUT = "…"  # how a quote ends that was shortened


class Quote(NamedTuple):
    """Quoted words, and what they are quoted for."""

    text: str
    kind: str  # a severity, or ``PROOF``
    number: int = 0  # of the finding under its item, from 1; 0 for none


class Segment(Struct, frozen=True):
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


class Entry(Struct, frozen=True):
    """A finding beside its answer."""

    number: int
    line: GapRow
    marked: bool  # whether the answer holds a mark with its number
    elsewhere: tuple[str, ...]  # quotes that do not stand in the answer


def entries_of(answer: str, lines: Sequence[GapRow]) -> Iterator[Entry]:
    """What was found in an answer, numbered as its marks are."""
    for number, line in enumerate(lines, start=1):
        elsewhere = tuple(quote for quote in line.quotes if not _stands_in(answer, quote))
        yield Entry(number, line, len(elsewhere) < len(line.quotes), elsewhere)


def marked(item: ItemResult, lines: Sequence[GapRow]) -> tuple[Segment, ...]:
    """The answer to an item with what its findings quote, the gravest first, then the proofs."""
    quotes = [
        Quote(text, line.severity.value, number)
        for number, line in enumerate(lines, start=1)
        for text in line.quotes
    ]
    proofs = [
        Quote(aspect.evidence, PROOF) for aspect in item.aspects if aspect.state is AspectState.DISCLOSED
    ]
    return segments(item.answer, [*quotes, *proofs])


def _stands_in(answer: str, text: str) -> bool:
    words = text.removesuffix(CUT)
    return bool(words) and words in answer


def _found(answer: str, quote: Quote) -> list[tuple[int, str]]:
    words = quote.text.removesuffix(CUT)
    start = answer.find(words) if words else -1
    return [(start, words)] if start >= 0 else []
