"""Trains how the aspects of every item are proved: on pieces that stand alone, then on whole returns.

A piece proves an aspect or nothing: one softmax an item, in which the words of "nothing" are shared by all items, so
that the hollow is learned once. A return says only which aspects its answer discloses; which of its pieces do so is
guessed by the model that knows the bank, and learned with it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from checker.reading.answers import ReturnReading, read_answers
from checker.reading.asking import FEATURES, MODEL
from checker.reading.facts import Facts
from checker.reading.letters import letters, runs
from checker.reading.proof import shares_of
from checker.text.ground.linear import Linear
from checker.text.ground.linear import instead as linear_instead
from questionnaire.answers import Answer, Place, Return
from questionnaire.proofs import STEPS, ItemProofs, instead, letter, read_proofs, write_tables
from questionnaire.schema import Schema
from tests.bench.material import LabelledReturn, Piece
from tests.bench.training.fitting import rounded, yes_or_no
from tests.bench.training.habits import habits
from tests.bench.training.numbering import known, often
from tests.bench.training.softmax import Block, Row, best_weights, columns, wanted

ROUNDS = 1  # times that the pieces of returns are guessed and learned
BANK_LEAST, HOLLOW_LEAST = 3, 4  # pieces in which a feature must stand
SURE = 0.3  # share from which a piece of a return proves an aspect that the answer is known to disclose
NOTHING = "nothing"
UNDECIDED = Linear(("proved",), 0.001, (0,), {f"{place:02d}": [0] for place in range(FEATURES)})
BIAS = 0.3  # worth of the feature that always stands there
HOLLOW_SMALL = 0.01  # the same in the model of hollow words
SMALL = 0.05  # share of the largest weight below which a feature is dropped


class ReadReturn(NamedTuple):
    """A labelled return, read."""

    labels: LabelledReturn
    reading: ReturnReading
    found: Mapping[str, list[Counter[str]]]  # the runs of letters of every piece, by item


def bank_rows(pieces: Iterable[Piece]) -> list[Row]:
    """The pieces of banks."""
    rows = []
    for piece in pieces:
        rows.append(Row.of(piece.item, Counter(runs(letters(piece.text).text)), piece.proves))
    return rows


def read(schema: Schema, labels: LabelledReturn) -> ReadReturn:
    """A labelled return as the program reads it."""
    place = Place(f"{labels.author}.txt")
    given = tuple(Answer(item, text, place) for item, text in labels.answers.items() if text.strip())
    source = Return(place.file, "0" * 64, labels.company, labels.year, given)
    # nothing that is trained here has a say in it
    with instead(schema.edition.id, {}), linear_instead({MODEL: UNDECIDED}):
        reading = read_answers(schema, source)
    found = {each.item.id: _runs(each.facts) for each in reading.items}
    return ReadReturn(labels, reading, found)


def _runs(facts: Facts) -> list[Counter[str]]:
    folded = letters(facts.own)
    return [
        Counter(run for span in piece.spans for run in runs(folded.text[slice(*folded.stretch(*span))]))
        for piece in facts.pieces
    ]


def fit(
    rows: Sequence[Row],
    classes: Mapping[str, tuple[str, ...]],
    usual: Mapping[str, Mapping[str, tuple[float, ...]]],
) -> bytes:
    """The models of all items, as their file holds them."""
    by_item: dict[str, list[Row]] = defaultdict(list)
    for each in rows:
        by_item[each.item].append(each)
    hollow = known(often([each.runs for each in rows], HOLLOW_LEAST))
    blocks: list[Block] = []
    start = 0
    for item, here in sorted(by_item.items()):
        weighed = known(often([each.runs for each in here], BANK_LEAST))
        found = columns(here, weighed)
        matrix = sparse.hstack([found, np.full((len(here), 1), BIAS)]).tocsr()
        shared = columns(here, hollow)
        names = weighed.names
        shape = (len(names) + 1, len(classes[item]) + 1)
        turned = (matrix.T.tocsr(), shared.T.tocsr())
        due = wanted(here, classes[item])
        blocks.append(Block(item, names, matrix, turned[0], shared, turned[1], 0.0, due, start, shape))
        start = blocks[-1].stop
    best = best_weights(blocks, len(hollow.names))
    return _as_bytes(blocks, best, hollow.names, best[start:], classes, usual)


def _as_bytes(
    blocks: Sequence[Block],
    best: np.ndarray,
    hollow: Sequence[str],
    shared: np.ndarray,
    classes: Mapping[str, tuple[str, ...]],
    usual: Mapping[str, Mapping[str, tuple[float, ...]]],
) -> bytes:
    items: dict[str, Any] = {}
    for block in blocks:
        weights = best[block.start : block.stop].reshape(block.shape)
        largest = float(np.abs(weights[:-1]).max())
        scale = float(f"{largest / STEPS:.6g}")
        kept = {
            name: "".join(letter(weight, scale) for weight in weights[at].tolist())
            for at, name in enumerate(block.names)
            if np.abs(weights[at]).max() >= SMALL * largest
        }
        bias = [float(f"{BIAS * each:.4f}") for each in weights[-1].tolist()]
        items[block.item] = {
            "classes": [*classes[block.item], NOTHING],
            "scale": scale,
            "bias": bias,
            "habits": usual[block.item],
            "weights": kept,
        }
    largest = float(np.abs(shared).max())
    scale = float(f"{largest / STEPS:.6g}")
    kept = {
        name: letter(float(shared[at]), scale)
        for at, name in enumerate(hollow)
        if abs(shared[at]) >= SMALL * largest
    }
    return write_tables({"hollow_scale": scale, "hollow": kept, "items": items})


def return_rows(models: Mapping[str, ItemProofs], returns: Iterable[ReadReturn]) -> list[Row]:
    """The pieces of returns with the aspects that each proves, guessed among those that its answer discloses."""
    rows: list[Row] = []
    for whole in returns:
        gold = whole.labels.gold
        doubtful = set(gold.get("arguable_aspects", ()))
        for item, found in whole.found.items():
            model = models[item]
            disclosed = [
                place
                for place, aspect in enumerate(model.classes[:-1])
                if gold["aspects"].get(aspect) == "disclosed"
            ]
            facts = whole.reading.by_id[item].facts
            table = shares_of(model, facts.own, facts.pieces) if found else []
            proves: list[set[int]] = [
                {place for place in disclosed if shares[place] > SURE} for shares in table
            ]
            for chosen, shares in zip(proves, table, strict=True):
                place = max([*disclosed, len(shares) - 1], key=lambda at: shares[at])
                if place < len(shares) - 1:
                    chosen.add(place)
            for place in disclosed:
                if table and not any(place in chosen for chosen in proves):
                    proves[max(range(len(table)), key=lambda at: table[at][place])].add(place)
            is_open = any(aspect in doubtful for aspect in model.classes)
            rows += [
                Row.of(item, each, frozenset(model.classes[place] for place in chosen))
                for each, chosen in zip(found, proves, strict=True)
                if chosen or not is_open
            ]
    return rows


def train(schema: Schema, bank: Sequence[Row], returns: Sequence[ReadReturn], rounds: int = ROUNDS) -> bytes:
    """The models of all items."""
    written = {aspect for each in bank for aspect in each.proves}
    classes = {
        item.id: tuple(aspect.id for aspect in item.aspects if aspect.id in written) for item in schema.items
    }
    usual = habits([whole.labels for whole in returns], classes)
    content = fit(bank, classes, usual)
    for _ in range(rounds):
        models = read_proofs(content)
        content = fit([*bank, *return_rows(models, returns)], classes, usual)
    return content


def hollow_model(pieces: Iterable[Piece]) -> Linear:
    """Slogans, duties, plans and echoes against everything else that was written."""
    written = [piece for piece in pieces if piece.author != "examples"]
    weights, bias = yes_or_no(
        [set(runs(letters(piece.text).text)) for piece in written],
        [int(piece.kind == "h") for piece in written],
        [1.0] * len(written),
        strength=40.0,
        least=3,
    )
    return rounded(("hollow",), {run: [weight] for run, weight in weights.items()}, [bias], drop=HOLLOW_SMALL)
