"""The pieces of an answer that are tried as proof: sentences, clauses, rows of a table, entries under their heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from checker.text.ground.passages import Passages
from checker.text.ground.spans import Span

LONGEST = 200  # characters of a piece
TABLE = 300  # characters of a whole table
ENTRY = 60  # characters of an entry that is read together with its heading
SHORT = 80  # characters of an answer that is a piece by itself
LEAST = 4  # characters of a clause

_WORD = re.compile(r"\w")


class Piece(NamedTuple):
    """Words that may prove something: the stretches in which they stand, the last of them without its heading."""

    spans: tuple[tuple[int, int], ...]
    words: str
    is_idle: bool = False  # a duty, or an echo of the question

    @property
    def place(self) -> tuple[int, int]:
        """Where the words stand, the heading left out."""
        return self.spans[-1]


Spans = tuple[tuple[int, int], ...]


def pieces_of(own: str, passages: Passages, idle: Iterable[Span] = ()) -> tuple[Piece, ...]:
    """All pieces of an answer, each once; ``own`` has what is handed over or does not apply blanked."""
    still = [(span.start, span.end) for span in idle]
    found: list[Piece] = []
    for spans in dict.fromkeys(_spans(own, passages)):
        words = " ".join(own[start:end].strip() for start, end in spans)
        if _WORD.search(words):
            start, end = spans[-1]
            found.append(Piece(spans, words, any(first < end and start < last for first, last in still)))
    return tuple(found)


def _spans(own: str, passages: Passages) -> Iterator[Spans]:
    heading: tuple[int, int] | None = None
    table: list[tuple[int, int]] = []
    clauses: dict[int, list[tuple[int, int]]] = {}
    for clause in passages.clauses:
        if own[clause.start : clause.end].strip():
            clauses.setdefault(clause.sentence, []).append((clause.start, clause.end))
    for number, sentence in enumerate(passages.sentences):
        place = (sentence.start, min(sentence.end, sentence.start + LONGEST))
        if sentence.is_table:
            yield (table[0], place) if table else (place,)
            table.append((sentence.start, sentence.end))
            continue
        if table:
            yield ((table[0][0], min(table[-1][1], table[0][0] + TABLE)),)
            table = []
        yield (place,)
        if sentence.is_heading:
            heading = place
            continue
        if heading is not None and len(own[sentence.start : sentence.end].strip()) < ENTRY:
            yield (heading, place)
        within = clauses.get(number, [])
        if len(within) > 1:
            yield from ((part,) for part in within if len(own[slice(*part)].strip()) >= LEAST)
        if len(within) > 2:
            yield from (
                ((first, min(behind, first + LONGEST)),) for (first, _), (_, behind) in pairwise(within)
            )
    if table:
        yield ((table[0][0], min(table[-1][1], table[0][0] + TABLE)),)
    if 0 < len(own.strip()) <= SHORT:
        yield ((0, len(own)),)
