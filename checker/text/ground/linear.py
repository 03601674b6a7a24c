"""Small linear models over character n-grams: their features, their weights, their scores.

A model is a data file, made by ``python -m tests.bench.training`` and read here in plain Python: whole numbers, so that
the same text gives the same score everywhere.
"""

from __future__ import annotations

import gzip
import json
import sys
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.resources import files
from itertools import repeat
from math import exp
from operator import add
from typing import Final

from msgspec import Struct

from frameworks.ground.cache import kept
from frameworks.ground.parts import join, join_words, split, split_words

LONGEST = 4  # characters of an n-gram
FORM = f"model 2 {sys.byteorder} ".encode()  # of what is kept of a model
_WORD: Final = "i"  # how a weight is kept
WIDE = 8  # classes from which on few rows of many numbers are asked for
EDGE = "\u241f"  # stands at both ends of a text, so that an n-gram can say where it stands


class Linear(Struct, frozen=True, eq=False):
    """Classes and, for every feature, one weight a class; ``scale`` turns whole numbers into log-odds."""

    classes: tuple[str, ...]
    scale: float
    bias: tuple[int, ...]
    weights: Mapping[str, Sequence[int]]

    def scores(self, features: Collection[str]) -> list[float]:
        """One score a class: the features' weights over the root of the features' number."""
        rows = [(0,) * len(self.classes), *filter(None, map(self.weights.get, features))]
        totals = map(sum, zip(*rows, strict=True))
        norm = self.scale / max(len(features), 1) ** 0.5
        return [total * norm + bias * self.scale for total, bias in zip(totals, self.bias, strict=True)]

    def score(self, features: Collection[str]) -> float:
        """The same of a model of one class."""
        total = sum(map(_only(self).get, features, repeat(0)))
        norm: float = self.scale / max(len(features), 1) ** 0.5
        return total * norm + self.bias[0] * self.scale

    def weighted(self, values: Iterable[float]) -> list[float]:
        """One score a class for figures that stand in the order of the features."""
        scale = self.scale
        totals = [bias * scale for bias in self.bias]
        if len(totals) == 1:
            (total,) = totals
            for value, weight in zip(values, _only(self).values(), strict=True):
                total += value * weight * scale
            return [total]
        for value, found in zip(values, self.weights.values(), strict=True):
            for place, weight in enumerate(found):
                totals[place] += value * weight * scale
        return totals

    def heaviest(self, features: Iterable[str], label: str, count: int = 3) -> tuple[str, ...]:
        """The features that speak loudest for a class: what an explanation quotes."""
        place = self.classes.index(label)
        known = {feature for feature in features if feature in self.weights}
        ordered = sorted(known, key=lambda feature: (-self.weights[feature][place], feature))
        return tuple(feature for feature in ordered[:count] if self.weights[feature][place] > 0)


@lru_cache(maxsize=32)
def _only(model: Linear) -> dict[str, int]:
    """The weights of a model of one class."""
    return {feature: weight for feature, (weight,) in model.weights.items()}


def n_grams(text: str, longest: int = LONGEST) -> set[str]:
    """Every run of up to ``longest`` characters, once; the edges count as one.

    >>> sorted(n_grams("同上", 2))
    ['␟', '␟同', '上', '上␟', '同', '同上']
    """
    edged = f"{EDGE}{text}{EDGE}"
    last = list(edged)
    seen = set(last)
    for length in range(1, longest):
        last = list(map(add, last, edged[length:]))
        seen.update(last)
    return seen


def share(score: float) -> float:
    """Log-odds as a share of 1."""
    return 1 / (1 + exp(-score)) if score > -60 else 0.0


class _Rows(Mapping[str, Sequence[int]]):
    """Rows that are cut out when they are asked for."""

    def __init__(self, places: Mapping[str, int], numbers: memoryview[int], width: int) -> None:
        self._places, self._numbers, self._width = places, numbers, width

    def __getitem__(self, feature: str) -> Sequence[int]:
        at = self._places[feature]
        return self._numbers[at : at + self._width]

    def __contains__(self, feature: object) -> bool:
        return feature in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def load_model(name: str) -> Linear:
    """A model of the package by its name."""
    return _instead.get(name) or _load(name)


_instead: dict[str, Linear] = {}


@contextmanager
def instead(models: Mapping[str, Linear]) -> Iterator[None]:
    """Reads with other models than the package's: how a reader does on authors whom his models do not know."""
    before = dict(_instead)
    _instead.update(models)
    try:
        yield
    finally:
        _instead.clear()
        _instead.update(before)


@cache
def _load(name: str) -> Linear:
    source = files("checker.data").joinpath(f"models/{name}.json.gz").read_bytes()
    head, features, weights = split(kept(FORM + source, lambda: _packed(source)))
    data = json.loads(bytes(head))
    words, numbers, width = split_words(features), weights.cast(_WORD), len(data["classes"])
    known: Mapping[str, Sequence[int]]
    if width > WIDE:
        known = _Rows(dict(zip(words, range(0, len(numbers), width), strict=True)), numbers, width)
    else:
        known = dict(zip(words, zip(*[iter(numbers.tolist())] * width, strict=True), strict=True))
    return Linear(tuple(data["classes"]), data["scale"], tuple(data["bias"]), known)


def _packed(source: bytes) -> bytes:
    """A model's file in the form that is loaded fast: features and weights as two blocks."""
    data = json.loads(gzip.decompress(source))
    features = data.pop("weights")
    numbers = array(_WORD, [weight for row in features.values() for weight in row])
    return join((json.dumps(data).encode(), join_words(features), numbers.tobytes()))
