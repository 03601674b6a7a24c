"""The sentences of an answer that can be somebody else's, masked for comparing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from checker.text.ground.passages import Passages, split
from checker.text.ground.shingles import LEAST, mask


class Passage(NamedTuple):
    """A sentence as it stands and as it is compared."""

    text: str
    masked: str


def passages_of(
    text: str, company: str, relied: tuple[str, ...] = (), known: Passages | None = None
) -> Iterator[Passage]:
    """Sentences long enough to be a passage; tables and what only points to the parent aside.

    Args:
        text: the answer.
        company: its own name, which is masked.
        relied: clauses that leave something to the parent.
        known: the text already split.
    """
    names = (company,) if company else ()
    for sentence in (known or split(text)).sentences:
        if sentence.is_table or sentence.is_heading or sentence.end - sentence.start < LEAST:
            continue
        words = text[sentence.start : sentence.end].strip()
        if any(clause in words for clause in relied):
            continue
        masked = mask(words, names)
        if len(masked) >= LEAST:
            yield Passage(words, masked)
