"""Trains how the pieces of an answer add up to the proof of an aspect.

Learned from what the models of proofs say of authors whom they do not know: of whole returns; of answers composed of an
author's pieces, since a short answer is no bad one, though in returns the short ones mostly are; and of single pieces,
held against their own question and against another one.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from checker.reading.aspects import cued
from checker.reading.proof import distinct_words, evidence, lay_out
from checker.reading.units import pieces_of
from checker.text.ground.english import in_chinese
from checker.text.ground.linear import Linear, instead
from checker.text.ground.passages import split
from questionnaire.proofs import ItemProofs, read_proofs
from questionnaire.schema import Item, Schema
from tests.bench.material import Piece
from tests.bench.training.proofs import ReadReturn, bank_rows, hollow_model, train

SPOKEN = ("answered", "partial", "missing")  # states of an item whose words are weighed
VARIANTS = 3  # answers composed for an item by each author
KEPT = (0.5, 0.7, 0.9, 1.0)  # shares of its aspects that a composed answer proves
SPOILT = 0.4  # share of the others about which it says something that proves nothing
COMPOSED = 0.1  # what a composed answer counts beside a real one
EVERY = 3  # each so-manieth piece is held against aspects for which it was not written
BESIDE = 0.3  # what such an aspect counts beside that for which a piece was written
SHORT = 3.0  # what a short answer of a return counts beside a piece

Models = Mapping[str, ItemProofs]


class Row(NamedTuple):
    """What speaks for an aspect, whether it is proved, and what the row counts."""

    values: list[float]
    is_proved: bool
    worth: float


def of_return(models: Models, whole: ReadReturn) -> tuple[list[Row], list[Row]]:
    """Every aspect that an answer itself must prove: in answers of some length, and in those of one piece."""
    longer: list[Row] = []
    short: list[Row] = []
    gold = whole.labels.gold
    doubtful = set(gold.get("arguable_aspects", ()))
    for reading in whole.reading.items:
        item, facts = reading.item, reading.facts
        if gold["states"][item.id] not in SPOKEN or not facts.pieces:
            continue
        model = models[item.id]
        laid = lay_out(model, facts.own, facts.pieces, whole.labels.year)
        hits = cued(item, facts)
        asked = {aspect.id: aspect for aspect in item.aspects}
        distinct = distinct_words(item)
        for place, name in enumerate(model.classes[:-1]):
            state = gold["aspects"].get(name)
            if name in doubtful or state not in ("disclosed", "missing"):
                continue
            values = evidence(
                asked[name], place, laid, distinct[name], model.habits.left_out[place], name in hits
            )
            row = Row(values, state == "disclosed", SHORT if laid.is_alone else 1.0)
            (short if laid.is_alone else longer).append(row)
    return longer, short


def of_text(
    schema: Schema, models: Models, item: Item, text: str, proves: Collection[str]
) -> Iterator[tuple[str, list[float], bool]]:
    """Every aspect of an item to which some words are the answer: what speaks for it, and whether they prove it."""
    model = models[item.id]
    parts = pieces_of(text, split(text))
    if not parts:
        return
    laid = lay_out(model, text, parts, schema.edition.year)
    words = f"{text}\t{in_chinese(text)}"
    asked = {aspect.id: aspect for aspect in item.aspects}
    distinct = distinct_words(item)
    for place, name in enumerate(model.classes[:-1]):
        is_cued = any(cue.find(words, words) for cue in asked[name].compiled_cues)
        values = evidence(asked[name], place, laid, distinct[name], model.habits.left_out[place], is_cued)
        yield name, values, name in proves


def of_pieces(schema: Schema, models: Models, pieces: Sequence[Piece]) -> Iterator[Row]:
    """Single pieces as answers: to their own question, and each so-manieth to another one too."""
    for number, piece in enumerate(pieces):
        is_beside = number % EVERY == 0
        item = schema.by_id[piece.item]
        for name, values, is_proved in of_text(schema, models, item, piece.text, piece.proves):
            if name == piece.first or is_beside:
                yield Row(values, is_proved, 1.0 if name == piece.first else BESIDE)
        if is_beside:
            others = [other for other in schema.items if other.id != piece.item]
            other = others[number * 7 % len(others)]
            for _, values, _ in of_text(schema, models, other, piece.text, ()):
                yield Row(values, False, BESIDE)


def of_composed(schema: Schema, models: Models, pieces: Iterable[Piece]) -> Iterator[Row]:
    """Answers put together from the pieces that one author wrote for an item."""
    written: dict[tuple[str, str], dict[str, list[Piece]]] = defaultdict(lambda: defaultdict(list))
    for piece in pieces:
        written[piece.author, piece.item][piece.first].append(piece)
    for (author, item), aspects in written.items():
        for number in range(VARIANTS):
            text, proves = compose(random.Random(f"{author}/{item}/{number}"), aspects)
            for _, values, is_proved in of_text(schema, models, schema.by_id[item], text, proves):
                yield Row(values, is_proved, COMPOSED)


def compose(chance: random.Random, aspects: Mapping[str, Sequence[Piece]]) -> tuple[str, set[str]]:
    """An answer put together from pieces by the aspect that they were written for, and the aspects that it proves."""
    kept = chance.choice(KEPT)
    chosen: list[Piece] = []
    for pieces in aspects.values():
        proving = [piece for piece in pieces if piece.kind == "p"]
        idle = [piece for piece in pieces if piece.kind != "p"]
        if proving and chance.random() < kept:
            chosen.append(chance.choice(proving))
        elif idle and chance.random() < SPOILT:
            chosen.append(chance.choice(idle))
    chance.shuffle(chosen)
    text = chance.choice("。。；").join(piece.text.rstrip("。；") for piece in chosen)
    return text, {aspect for piece in chosen for aspect in piece.proves}


def model_of(rows: Sequence[Row]) -> Linear:
    """One model over the figures that speak for an aspect."""
    values = np.asarray([row.values for row in rows])
    worth = np.asarray([row.worth for row in rows])
    middle = np.average(values, axis=0, weights=worth)
    spread = np.average((values - middle) ** 2, axis=0, weights=worth) ** 0.5 + 1e-6
    model = LogisticRegression(C=1.0, max_iter=3000, tol=1e-8)
    model.fit((values - middle) / spread, [row.is_proved for row in rows], sample_weight=worth)
    slopes = model.coef_[0] / spread
    bias = float(model.intercept_[0] - slopes @ middle)
    weights = {f"{place:02d}": [round(each * 1000)] for place, each in enumerate(slopes.tolist())}
    return Linear(("proved",), 0.001, (round(bias * 1000),), weights)


def judges(
    schema: Schema, pieces: Sequence[Piece], returns: Sequence[ReadReturn], folds: int
) -> tuple[Linear, Linear]:
    """The two models: for answers of some length, and for those of one piece."""
    writers = sorted({piece.author for piece in pieces})
    longer: list[Row] = []
    short: list[Row] = []
    for number in range(folds):
        aside = set(writers[number::folds])
        known = [each for at, each in enumerate(returns) if at % folds != number]
        others = [piece for piece in pieces if piece.author not in aside]
        unseen = [piece for piece in pieces if piece.author in aside and piece.author != "examples"]
        models = read_proofs(train(schema, bank_rows(others), known))
        with instead({"hollow": hollow_model(others)}):
            for whole in returns[number::folds]:
                of_longer, of_short = of_return(models, whole)
                longer += of_longer
                short += of_short
            longer += of_composed(schema, models, unseen)
            short += of_pieces(schema, models, unseen)
    return model_of(longer), model_of(short)
