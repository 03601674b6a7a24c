"""Figures in English answers with the words beside them, for finding one that is told with two digits swapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.quantities import Quantity
from checker.text.ground.slips import digits
from checker.text.ground.spans import Span, span
from frameworks.ground.yaml import load_data

LEAST = 3  # digits of a number that does not come twice by chance
BESIDE = 40  # characters on either side of a figure whose words say what it is of
STEM = 5  # letters by which two words are the same
EMISSION = "emission"  # the kind of a figure that names its thing by its unit
EVERYBODY = "everybody"  # what all people of the company are of

_WORD = re.compile(r"[a-z]{4,}")
_EMITTED = re.compile(r"\bt?CO2e?\W{1,3}\Z", re.IGNORECASE)
_END = re.compile(r"[.;!?](?=\s|$)|[\n()]")


class NamedFigure(Struct, frozen=True):
    """A figure with the stems of the words beside it."""

    text: str
    kind: str
    things: frozenset[str]
    quote: Span


def find_named(text: str, quantities: Sequence[Quantity]) -> Iterator[NamedFigure]:
    """The figures of prose that words beside them name; people only where they are all of the company."""
    data = _data()
    for figure in quantities:
        kind = _kind(text, figure)
        people = kind in ("count_person", "number")
        if not (people or kind in data["swapped"]) or len(digits(figure.text).strip("0.")) < LEAST:
            continue
        low, high = max(0, figure.start - BESIDE), min(len(text), figure.end + BESIDE)
        begin = max((stop.end() for stop in _END.finditer(text, low, figure.start)), default=low)
        stop = _END.search(text, figure.end, high)
        end = stop.start() if stop is not None else high
        before, behind = text[begin : figure.start].lower(), text[figure.end : end].lower()
        if people:
            everybody = _everybody().search(f"{before} {figure.text.lower()} {behind}") is not None
            things = frozenset((EVERYBODY,)) if everybody else frozenset[str]()
        else:
            found = _WORD.findall(before) + _WORD.findall(behind)
            things = frozenset(word[:STEM] for word in found) - _common()
            things |= {EMISSION} if kind == EMISSION else set()
        if things:
            yield NamedFigure(
                figure.text, "count_person" if people else kind, things, span(text, begin, figure.end)
            )


def _kind(text: str, figure: Quantity) -> str:
    """What a figure measures, by a word before it where it has no unit: CO2e 45,370."""
    if figure.kind == "number" and _EMITTED.search(text, max(0, figure.start - 8), figure.start):
        return EMISSION
    return figure.kind


@cache
def _everybody() -> re.Pattern[str]:
    return re.compile(_data()["everybody"])


@cache
def _common() -> frozenset[str]:
    words: list[str] = load_data("checker.data", "english_claims.yaml")["common"]
    return frozenset(word[:STEM] for word in words)


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_data("checker.data", "english_faults.yaml")
    return data
