"""Trains what English words tell of the aspects, beside the Chinese words that stand for them.

An English answer is read in Chinese words and in letters for its own (``english_stems``). What the Chinese runs weigh
is left as it was learned on Chinese answers; what those letters weigh besides is learned on English ones. So nothing
that is written in Chinese is read otherwise for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from checker.text.ground.english_stems import is_stem
from checker.text.ground.linear import Linear
from questionnaire.proofs import MIDDLE, STEPS, letter, read_proofs, read_tables, write_tables
from questionnaire.schema import Schema
from tests.bench.material import Piece
from tests.bench.training.judges import Row as Weighed
from tests.bench.training.judges import model_of, of_composed, of_return
from tests.bench.training.numbering import Known, known, name_of, numbered, often
from tests.bench.training.proofs import (
    BANK_LEAST,
    HOLLOW_LEAST,
    ReadReturn,
    bank_rows,
    return_rows,
)
from tests.bench.training.softmax import Block, Row, best_weights, columns, wanted

MODEL = "proof_english"
LEAST_WEIGHT = 0.16  # share of the largest weight of its model below which a word is dropped


def with_english(content: bytes, pieces: Iterable[Piece], returns: Sequence[ReadReturn]) -> bytes:
    """The models of a file, English words learned anew: from pieces, then from returns too."""
    written = bank_rows(pieces)
    learned = _learned(content, written)
    return _learned(content, [*written, *return_rows(read_proofs(learned), returns)])


def judge(
    schema: Schema, content: bytes, pieces: Sequence[Piece], returns: Sequence[ReadReturn], folds: int
) -> Linear:
    """How the pieces of an English answer add up, learned on authors of whom the models know no word."""
    rows: list[Weighed] = []
    writers = sorted({piece.author for piece in pieces})
    readers = sorted({whole.labels.author for whole in returns})
    for number in range(folds):
        aside = {*writers[number::folds], *readers[number::folds]}
        known = [piece for piece in pieces if piece.author not in aside]
        models = read_proofs(with_english(content, known, _without(returns, aside)))
        for whole in returns:
            if whole.labels.author in aside:
                longer, _ = of_return(models, whole)
                rows += longer
        rows += of_composed(schema, models, [piece for piece in pieces if piece.author in aside])
    return model_of(rows)


def _without(returns: Iterable[ReadReturn], aside: Collection[str]) -> list[ReadReturn]:
    return [whole for whole in returns if whole.labels.author not in aside]


def _learned(content: bytes, rows: Iterable[Row]) -> bytes:
    data = read_tables(content)
    for table in (data["hollow"], *(model["weights"] for model in data["items"].values())):
        for run in [run for run in table if is_stem(max(run))]:
            del table[run]
    by_item: dict[str, list[Row]] = defaultdict(list)
    for each in rows:
        by_item[each.item].append(each)
    hollow = _own([each for here in by_item.values() for each in here], HOLLOW_LEAST)
    blocks: list[Block] = []
    start = 0
    for item, here in sorted(by_item.items()):
        blocks.append(_block(data, item, here, hollow, start))
        start = blocks[-1].stop
    shared = hollow.names
    best = best_weights(blocks, len(shared))
    for block in blocks:
        model = data["items"][block.item]
        weights = best[block.start : block.stop].reshape(block.shape)
        model["weights"] |= _kept(block.names, weights, model["scale"])
    data["hollow"] |= _kept(shared, best[start:].reshape(len(shared), 1), data["hollow_scale"])
    return write_tables(data)


def _own(rows: Sequence[Row], least: int) -> Known:
    """The runs of at least so many pieces that hold letters of English words alone.

    Beside others such a letter only tells where those begin.
    """
    numbers = often([each.runs for each in rows], least)
    return known([number for number in numbers if is_stem(min(name_of(number)))])


def _block(data: Mapping[str, Any], item: str, rows: Sequence[Row], hollow: Known, start: int) -> Block:
    """The pieces of an item: what Chinese words make of them is given, their English words are weighed."""
    model = data["items"][item]
    weighed = _own(rows, BANK_LEAST)
    given = np.asarray(model["bias"]) + _weighed(rows, model["weights"], model["scale"])
    given[:, -1:] += _weighed(rows, data["hollow"], data["hollow_scale"])
    own, shared = columns(rows, weighed), columns(rows, hollow)
    due = wanted(rows, model["classes"][:-1])
    shape = (len(weighed.names), len(model["classes"]))
    return Block(item, weighed.names, own, own.T.tocsr(), shared, shared.T.tocsr(), given, due, start, shape)


def _weighed(rows: Sequence[Row], table: Mapping[str, str], scale: float) -> np.ndarray:
    """What the runs of a table make of every piece."""
    letters = np.frombuffer("".join(table.values()).encode("latin-1"), np.uint8).reshape(len(table), -1)
    made: np.ndarray = columns(rows, known(numbered(table).tolist())) @ ((letters - float(MIDDLE)) * scale)
    return made


def _kept(names: Sequence[str], weights: np.ndarray, scale: float) -> dict[str, str]:
    """The rows that weigh something, in the letters of the model to which they are added."""
    least = LEAST_WEIGHT * STEPS * scale
    return {
        run: "".join(letter(weight, scale) for weight in row.tolist())
        for run, row in zip(names, weights, strict=True)
        if np.abs(row).max() >= least
    }
