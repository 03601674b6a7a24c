"""Quantities that say nothing (一定比例, 多次, 一系列活动) and ranges that cannot be meant (1-2000 元)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from checker.text.ground.passages import Passages
from checker.text.quantities import Quantity
from checker.text.spans import Span
from frameworks.yamlfile import load_data

_PLANNED = re.compile(
    r"(?:拟|计划|将|准备|预计|应当|(?<![供对响反适])应(?![急用对聘])|须|可以|如果|若(?!干))"
)
_NAMED = re.compile(r"《[^》\n]{1,80}》|“[^”\n]{1,40}”|\"[^\"\n]{1,40}\"")


def find_vague(text: str, quantities: tuple[Quantity, ...], passages: Passages) -> tuple[Span, ...]:
    """Such words and ranges, in order."""
    found = [*_ranges(quantities)]
    trigger, entries = _words()
    if trigger.search(text):
        masked = _NAMED.sub(lambda match: "〇" * len(match.group()), text)
        starts = [sentence.start for sentence in passages.sentences]
        for pattern, kinds in entries:
            for match in pattern.finditer(masked):
                place = bisect_right(starts, match.start()) - 1
                if place < 0 or _precise(place, kinds, quantities, passages):
                    continue
                act = "vague" in match.re.groupindex  # an act with its measure
                if act and _PLANNED.search(text, passages.sentences[place].start, match.start()):
                    continue
                start, end = match.span("vague") if act else match.span()
                if not any(other.start < end and start < other.end for other in found):
                    found.append(Span(text[start:end], start, end))
    return tuple(sorted(found, key=lambda entry: entry.start))


def _precise(place: int, kinds: frozenset[str], quantities: tuple[Quantity, ...], passages: Passages) -> bool:
    """Whether the sentence or the next one holds a figure of one of the kinds."""
    first = passages.sentences[place].start
    last = passages.sentences[min(place + 1, len(passages.sentences) - 1)].end
    at = bisect_right(quantities, first - 1, key=lambda quantity: quantity.start)
    for quantity in quantities[at : at + 40]:
        if quantity.start >= last:
            break
        if quantity.kind in kinds and quantity.exact != "vague":
            return True
    return False


def _ranges(quantities: tuple[Quantity, ...]) -> Iterator[Span]:
    data = _data()
    for quantity in quantities:
        if quantity.exact == "vague":
            if quantity.text.startswith(tuple(data["vague_figures"])):
                yield Span(quantity.text, quantity.start, quantity.end)
        elif quantity.exact == "range" and quantity.kind in data["range_kinds"]:
            low, _, high = quantity.value.partition("..")
            try:
                wide = Decimal(low) > 0 and Decimal(high) >= data["times"] * Decimal(low)
            except InvalidOperation:
                continue
            if wide:
                yield Span(quantity.text, quantity.start, quantity.end)


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_data("checker.data", "vague.yaml")
    return data


@cache
def _words() -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], frozenset[str]], ...]]:
    entries = tuple((re.compile(entry["re"]), frozenset(entry["kinds"])) for entry in _data()["words"])
    return re.compile(
        "一定|相当|一系列|多次|数次|若干|大量|一批|一些|部分|不少|较多|许多|众多|多名|多个"
    ), entries
