"""Questions of known editions beside a new one: which ask the same, which nearly, and what of them is taken over."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from questionnaire.cells import squeeze
from questionnaire.schema import Aspect, Item, Schema, question_hash

SAME = 0.9  # share of common letter pairs from which two questions ask the same
NEAR = 0.5  # … from which a known question is shown beside the new one
SAME_ASK = 0.75  # … from which the proof of an ask is taken over


class Likeness(NamedTuple):
    """A known question, and how much of its letters the new one has in common with it."""

    schema: Schema
    item: Item
    overlap: float  # 1: the same letters

    @property
    def is_same(self) -> bool:
        """Whether both ask the same, but for slips and marks."""
        return self.overlap >= SAME


class KnownQuestions(Struct, frozen=True):
    """The questions of some editions."""

    schemas: tuple[Schema, ...] = ()

    def nearest(self, question: str) -> Likeness | None:
        """The question that is most like a new one; None where none comes near."""
        hashed = question_hash(question)
        best: Likeness | None = None
        for schema in self.schemas:
            for item in schema.items:
                overlap = 1.0 if item.question_hash == hashed else likeness(question, item.question)
                if overlap >= NEAR and (best is None or overlap > best.overlap):
                    best = Likeness(schema, item, overlap)
        return best


def likeness(one: str, other: str) -> float:
    """The share of letter pairs that two texts have in common (Dice): 0 to 1."""
    first, second = pairs(one), pairs(other)
    if not first or not second:
        return float(squeeze(one) == squeeze(other))
    return 2 * len(first & second) / (len(first) + len(second))


def alike(ask: str, aspects: Iterable[Aspect]) -> Aspect | None:
    """The known aspect that asks the same as a new one."""
    found = [(likeness(ask, aspect.ask), number, aspect) for number, aspect in enumerate(aspects)]
    best = max(found, key=lambda entry: (entry[0], -entry[1]), default=None)
    return best[2] if best is not None and best[0] >= SAME_ASK else None


@lru_cache(maxsize=4096)
def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters of a text, without marks."""
    letters = squeeze(text)
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1))
