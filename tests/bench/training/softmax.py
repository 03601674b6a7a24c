"""The search for weights by which a piece proves one aspect of its item, or nothing: one softmax an item.

The weights of "nothing" that are shared by all items lie behind those of the items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import minimize
from threadpoolctl import threadpool_limits

from tests.bench.training import numbering

PULL, HOLLOW_PULL = 0.1, 0.02  # how strongly weights are drawn to nothing; those of hollow words less
STEPS_AT_MOST = 1000  # of the search; it ends by itself after some 150
SURE = 1e-9  # share of the loss below which a step counts for nothing: so the end hangs on no early step


class Row(NamedTuple):
    """A piece with the aspects that it proves."""

    item: str
    runs: np.ndarray  # of letters, by their numbers
    counts: np.ndarray  # how often each stands there
    proves: frozenset[str]

    @classmethod
    def of(cls, item: str, found: Counter[str], proves: frozenset[str]) -> Row:
        """A piece of which runs are found."""
        return cls(item, numbering.numbered(found), np.asarray(list(found.values())), proves)


class Block(NamedTuple):
    """The pieces of one item as matrices, a row a piece."""

    item: str
    names: list[str]  # of the runs that are weighed, in the order of the columns
    here: sparse.csr_matrix
    turned: sparse.csr_matrix
    shared: sparse.csr_matrix
    shared_turned: sparse.csr_matrix
    given: np.ndarray | float  # what is known of the scores before
    wanted: np.ndarray
    start: int  # where its weights begin
    shape: tuple[int, int]

    @property
    def stop(self) -> int:
        """Where they end."""
        return self.start + self.shape[0] * self.shape[1]


def columns(rows: Sequence[Row], known: numbering.Known) -> sparse.csr_matrix:
    """One row a piece: how often each of the known runs stands there, over the root of all."""
    norms = [1 / max(1, int(each.counts.sum())) ** 0.5 for each in rows]
    worth = np.concatenate([each.counts * norm for each, norm in zip(rows, norms, strict=True)])
    return numbering.rows([each.runs for each in rows], worth, known)


def wanted(rows: Sequence[Row], aspects: Sequence[str]) -> np.ndarray:
    """The share of each aspect, and last of "nothing", that every piece should have."""
    return np.asarray([_shares(each, aspects) for each in rows])


def _shares(each: Row, aspects: Sequence[str]) -> list[float]:
    proved = [aspect in each.proves for aspect in aspects]
    count = sum(proved)
    return [float(is_so) / max(1, count) for is_so in proved] + [0.0 if count else 1.0]


def best_weights(blocks: Sequence[Block], shared: int) -> np.ndarray:
    """The weights of all blocks, and behind them the ``shared`` ones of "nothing"."""
    start = blocks[-1].stop
    pull = np.full(start + shared, PULL)
    pull[start:] = HOLLOW_PULL

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        slope = pull * weights
        total = 0.5 * float((pull * weights * weights).sum())
        for block in blocks:
            scores = block.here @ weights[block.start : block.stop].reshape(block.shape) + block.given
            scores[:, -1] += block.shared @ weights[start:]
            scores -= scores.max(1, keepdims=True)
            shares = np.exp(scores)
            shares /= shares.sum(1, keepdims=True)
            total -= float((block.wanted * np.log(shares + 1e-12)).sum())
            off = shares * block.wanted.sum(1, keepdims=True) - block.wanted
            slope[block.start : block.stop] += (block.turned @ off).ravel()
            slope[start:] += block.shared_turned @ off[:, -1]
        return total, slope

    with threadpool_limits(1):  # sums in one order, whatever the machine
        found = minimize(
            loss,
            np.zeros(len(pull)),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": STEPS_AT_MOST, "maxfun": 2 * STEPS_AT_MOST, "maxcor": 8, "ftol": SURE},
        )
    best: np.ndarray = found.x
    return best
