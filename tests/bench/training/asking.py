"""Trains how the words of an ask alone tell what proves it: one small model for all asks.

Learned from whole returns, and from answers composed of an author's pieces and single pieces, since a short answer is
no bad one, though in returns the short ones mostly are.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from checker.reading.asking import MODEL, features
from checker.reading.units import pieces_of
from checker.text.ground.linear import Linear
from checker.text.ground.passages import split
from questionnaire.schema import Schema
from tests.bench.material import Piece
from tests.bench.training.judges import SPOKEN, VARIANTS, compose, model_of
from tests.bench.training.judges import Row as Weighed
from tests.bench.training.proofs import ReadReturn

__all__ = ["MODEL", "AskedRow", "model", "of_bank", "of_returns"]

BESIDE = 0.3  # what a composed answer or a single piece counts beside an answer of a return
ELSEWHERE = 0.05  # … one that is held against another question
APART = 29  # items between the two
SINGLE = 4  # single pieces of an author for an item


class AskedRow(NamedTuple):
    """An aspect of an answer: who wrote it, what speaks for it, whether it is disclosed."""

    author: str
    item: str
    values: list[float]
    is_proved: bool
    worth: float = 1.0


def of_returns(returns: Iterable[ReadReturn]) -> Iterator[AskedRow]:
    """Every aspect that an answer itself must prove; those on which careful readers differ are left out."""
    for whole in returns:
        gold = whole.labels.gold
        doubtful = set(gold.get("arguable_aspects", ()))
        for reading in whole.reading.items:
            if gold["states"][reading.item.id] not in SPOKEN:
                continue
            for name, (values, _) in features(reading.item, reading.facts.pieces).items():
                state = gold["aspects"].get(name)
                if name not in doubtful and state in ("disclosed", "missing"):
                    yield AskedRow(whole.labels.author, reading.item.id, values, state == "disclosed")


def of_bank(schema: Schema, pieces: Iterable[Piece]) -> Iterator[AskedRow]:
    """Answers put together from the pieces that one author wrote for an item, and single pieces."""
    written: dict[tuple[str, str], dict[str, list[Piece]]] = defaultdict(lambda: defaultdict(list))
    for piece in pieces:
        written[piece.author, piece.item][piece.first].append(piece)
    items = [item.id for item in schema.items]
    for (author, item), aspects in written.items():
        other = items[(items.index(item) + APART) % len(items)]
        for number in range(VARIANTS):
            text, proves = compose(random.Random(f"{author}/{item}/{number}"), aspects)
            for name, (values, _) in features(schema.by_id[item], pieces_of(text, split(text))).items():
                yield AskedRow(author, item, values, name in proves, BESIDE)
            for values, _ in features(schema.by_id[other], pieces_of(text, split(text))).values():
                yield AskedRow(author, other, values, is_proved=False, worth=ELSEWHERE)
        pool = [piece for own in aspects.values() for piece in own]
        for piece in random.Random(f"{author}{item}").sample(pool, min(SINGLE, len(pool))):
            found = features(schema.by_id[item], pieces_of(piece.text, split(piece.text))).get(piece.first)
            if found is not None:
                yield AskedRow(author, item, found[0], piece.first in piece.proves, BESIDE)


def model(known: Sequence[AskedRow]) -> Linear:
    """The model of some rows."""
    return model_of([Weighed(row.values, row.is_proved, row.worth) for row in known])
