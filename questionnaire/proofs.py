"""What an edition knows of how its aspects are proved: one small linear model an item, learned from answers.

A weight is one printable letter, so that a thousand of them load as one string; the middle letter stands for nothing.
"""

from __future__ import annotations

import gzip
import json
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from msgspec import Struct

from frameworks.ground.cache import kept
from frameworks.ground.parts import join, split

FILE = "proofs.json.gz"
FORM = f"proofs 3 {sys.byteorder} ".encode()  # of what is kept of a file
_NUMBER: Final = "Q"  # how a run of letters is kept
BITS = 21  # of a letter: three have room
MIDDLE = 79  # the letter that weighs nothing
MARK = "\x7f"  # between the runs of a file: no text that was read holds it
LONGEST = 3  # letters of a run
STEPS = 46  # letters on each side of it


class RunRows(Struct, frozen=True, eq=False):
    """A row of letters for every run of letters, searched where it lies: a check asks for a tenth of them."""

    runs: Sequence[int]  # in order, each as one number
    letters: str  # the rows, one behind the other
    width: int  # letters of a row

    def get(self, number: int) -> str | None:
        """The row of a run, by its number."""
        at = bisect_left(self.runs, number)
        if at == len(self.runs) or self.runs[at] != number:
            return None
        return self.letters[at * self.width : (at + 1) * self.width]


def number_of(run: str) -> int:
    """A run as one number: another for every run of so few letters."""
    number = 0
    for each in run:
        number = number << BITS | ord(each)
    return number


def numbers_of(text: str) -> list[list[int]]:
    """The numbers of all runs of a text, a list a length, in order.

    >>> [len(numbers) for numbers in numbers_of("节能降耗")], numbers_of("能")[0] == [number_of("能")]
    ([4, 3, 2], True)
    """
    ones = list(map(ord, text))
    found = [ones]
    for length in range(1, LONGEST):
        found.append([head << BITS | last for head, last in zip(found[-1], ones[length:], strict=False)])
    return found


class Hollow(Struct, frozen=True, eq=False):
    """The weights of words that prove nothing, whatever the item."""

    scale: float
    weights: RunRows


class Habits(Struct, frozen=True):
    """How answers to an item usually are, counted over many authors; natural logarithms.

    ``left_out`` and ``handed`` have one value an aspect: the odds that an answer leaves it out, and the share of the
    answers relying in part that hand it over; ``kinds`` the shares of none, partial, full and reference.
    """

    left_out: tuple[float, ...]
    handed: tuple[float, ...]
    kinds: tuple[float, ...]


class ItemProofs(Struct, frozen=True, eq=False):
    """The model of an item: for every run of letters a row, one letter a class; the last class is "nothing"."""

    classes: tuple[str, ...]
    scale: float
    bias: tuple[float, ...]
    weights: RunRows
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
    head, *blocks = split(kept(FORM + content, lambda: _packed(content)))
    data = json.loads(bytes(head))
    widths = [1, *map(_width, data["items"].values())]
    rows = [
        RunRows(runs.cast(_NUMBER), str(letters, "latin-1"), width)
        for runs, letters, width in zip(blocks[::2], blocks[1::2], widths, strict=True)
    ]
    hollow = Hollow(data["hollow_scale"], rows[0])
    return {
        item: ItemProofs(
            tuple(model["classes"]),
            model["scale"],
            tuple(model["bias"]),
            weights,
            hollow,
            Habits(**{name: tuple(values) for name, values in model["habits"].items()}),
        )
        for (item, model), weights in zip(data["items"].items(), rows[1:], strict=True)
    }


def _packed(content: bytes) -> bytes:
    """A file in the form that is loaded fast: for every model its runs and its rows as two blocks."""
    data = read_tables(content)
    tables = [data.pop("hollow"), *(model.pop("weights") for model in data["items"].values())]
    blocks: list[bytes] = []
    for rows in tables:
        ordered = sorted((number_of(run), row) for run, row in rows.items())
        blocks.append(array(_NUMBER, [number for number, _ in ordered]).tobytes())
        blocks.append("".join(row for _, row in ordered).encode("latin-1"))
    return join((json.dumps(data).encode(), *blocks))


def read_tables(content: bytes) -> dict[str, Any]:
    """A file as data: ``hollow`` and the ``weights`` of every item are rows by their runs."""
    data: dict[str, Any] = json.loads(gzip.decompress(content))
    data["hollow"] = _rows(data["hollow"], 1)
    for model in data["items"].values():
        model["weights"] = _rows(model["weights"], _width(model))
    return data


def write_tables(data: Mapping[str, Any]) -> bytes:
    """Such data as a file: all runs, then all rows one behind the other, which packs better than pairs do."""
    told = {**data, "hollow": _parted(data["hollow"])}
    told["items"] = {
        item: {**model, "weights": _parted(model["weights"])} for item, model in data["items"].items()
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode("utf-8"), mtime=0)


def _parted(table: Mapping[str, str]) -> list[str]:
    return [MARK.join(table), "".join(table.values())]


def _rows(parted: Sequence[str], width: int) -> dict[str, str]:
    runs, rows = parted
    starts = range(0, len(rows), width)
    named = runs.split(MARK) if runs else []
    return {run: rows[at : at + width] for run, at in zip(named, starts, strict=True)}


def _width(model: dict[str, Any]) -> int:
    return len(model["classes"])


def letter(weight: float, scale: float) -> str:
    """The letter of a weight."""
    return chr(MIDDLE + max(-STEPS, min(STEPS, round(weight / scale))))
