"""Features as numbers, for all that is trained; which number one has makes no difference."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import count
from typing import NamedTuple

import numpy as np

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
