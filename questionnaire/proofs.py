"""What an edition knows of how its aspects are proved: one small linear model an item, learned from answers.

A weight is one printable letter, so that a thousand of them load as one string; the middle letter stands for nothing.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

FILE = "proofs.json.gz"
MIDDLE = 79  # the letter that weighs nothing
STEPS = 46  # letters on each side of it


@dataclass(frozen=True, eq=False)
class Hollow:
    """The weights of words that prove nothing, whatever the item."""

    scale: float
    weights: Mapping[str, str]


@dataclass(frozen=True)
class Habits:
    """How answers to an item usually are, counted over many authors; natural logarithms.

    ``left_out`` and ``handed`` have one value an aspect: the odds that an answer leaves it out, and the share of the
    answers relying in part that hand it over; ``kinds`` the shares of none, partial, full and reference.
    """

    left_out: tuple[float, ...]
    handed: tuple[float, ...]
    kinds: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class ItemProofs:
    """The model of an item: for every run of letters a row, one letter a class; the last class is "nothing"."""

    classes: tuple[str, ...]
    scale: float
    bias: tuple[float, ...]
    weights: Mapping[str, str]
    hollow: Hollow
    habits: Habits


_instead: dict[str, Mapping[str, ItemProofs]] = {}


@contextmanager
def instead(edition: str, models: Mapping[str, ItemProofs]) -> Iterator[None]:
    """Reads with other models than the edition's: how a reader does on authors whom his models do not know."""
    _instead[edition] = models
    try:
        yield
    finally:
        del _instead[edition]


def replaced(edition: str) -> Mapping[str, ItemProofs] | None:
    """The models that stand for an edition's own just now; None where they are its own."""
    return _instead.get(edition)


def read_proofs(content: bytes) -> dict[str, ItemProofs]:
    """The models by item, from the content of a file."""
    data = json.loads(gzip.decompress(content))
    hollow = Hollow(data["hollow_scale"], data["hollow"])
    return {
        item: ItemProofs(
            tuple(model["classes"]),
            model["scale"],
            tuple(model["bias"]),
            model["weights"],
            hollow,
            Habits(**{name: tuple(values) for name, values in model["habits"].items()}),
        )
        for item, model in data["items"].items()
    }


def letter(weight: float, scale: float) -> str:
    """The letter of a weight."""
    return chr(MIDDLE + max(-STEPS, min(STEPS, round(weight / scale))))
