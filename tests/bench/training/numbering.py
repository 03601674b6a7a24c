"""Features as numbers, and sets of them as rows of a matrix, for all that is trained.

Which number a feature has makes no difference.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import count
from typing import NamedTuple

import numpy as np
from scipy import sparse

_numbers: dict[str, int] = {}  # every feature that was met
_names: list[str] = []


class Known(NamedTuple):
    """The features that have a column, in order, and the column of each number; -1 where it has none."""

    names: list[str]
    columns: np.ndarray


def numbered(features: Collection[str]) -> np.ndarray:
    """The number of each feature, in their order."""
    new = [feature for feature in features if feature not in _numbers]
    _numbers.update(zip(new, count(len(_numbers))))
    _names.extend(new)
    return np.asarray([_numbers[feature] for feature in features], np.int32)


def known(numbers: Sequence[int]) -> Known:
    """A column each for some numbers."""
    columns = np.full(len(_names), -1)
    columns[numbers] = range(len(numbers))
    return Known([_names[number] for number in numbers], columns)


def often(sets: Sequence[np.ndarray], least: int) -> list[int]:
    """The numbers of the features that at least so many sets have, in the order of their names."""
    numbers, counts = np.unique(np.concatenate(sets), return_counts=True)
    return sorted(numbers[counts >= least].tolist(), key=_names.__getitem__)


def name_of(number: int) -> str:
    """The feature of a number."""
    return _names[number]


def rows(sets: Sequence[np.ndarray], worth: np.ndarray, known: Known) -> sparse.csr_matrix:
    """One row a set: in each known feature's column what it is worth there.

    Args:
        sets: the numbers of each set's features.
        worth: of all sets' features, one behind the other.
        known: the columns.
    """
    columns = known.columns[np.concatenate(sets)]
    kept = columns >= 0
    lengths = [len(each) for each in sets]
    ends = np.concatenate(([0], np.cumsum(kept)))[np.concatenate(([0], np.cumsum(lengths)))]
    made = sparse.csr_matrix((worth[kept], columns[kept], ends), shape=(len(sets), len(known.names)))
    made.sort_indices()  # a set has no order: sums are made in that of the columns
    return made
