"""Percentages that are the share of counted things and are given as an effect on something else."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from checker.text.lexicon import either
from checker.text.ground.passages import Passages
from checker.text.quantities import Quantity
from checker.text.spans import Span, span
from frameworks.yamlfile import load_data

REACH = 120  # characters before the percentage in which the counted things stand
MOST = 4  # counts that are tried

_OPENER = re.compile(r"由此|由于|从而")


@dataclass(frozen=True, slots=True)
class Misuse:
    """An effect whose percentage is a share of counts."""

    claim: Span
    percentage: str
    counted: str  # the first count as written
    of: str  # what it is a share of, as written: 4 台 of 3 台 + 4 台
    start: int  # from the counts to the claim
    end: int


def find_misused(text: str, quantities: tuple[Quantity, ...], passages: Passages) -> tuple[Misuse, ...]:
    """Such percentages, in order."""
    if "%" not in text and "％" not in text:
        return ()
    return tuple(_misused(text, quantities, passages))


def _misused(text: str, quantities: tuple[Quantity, ...], passages: Passages) -> Iterator[Misuse]:
    words = _words()
    starts = [clause.start for clause in passages.clauses]
    for at, quantity in enumerate(quantities):
        if quantity.kind != "share" or quantity.exact not in ("exact", "approx"):
            continue
        place = bisect_right(starts, quantity.start) - 1
        if place < 0 or quantity.start >= passages.clauses[place].end:
            continue
        clause = passages.clauses[place]
        claim = _OPENER.sub("", text[clause.start : clause.end])
        if not (words.change.search(claim) and words.effect.search(claim)) or words.share.search(claim):
            continue
        line = text.rfind("\n", 0, quantity.start) + 1
        first = max(line, quantity.start - REACH)
        counts = [
            other
            for other in quantities[max(0, at - 3 * MOST) : at]
            if other.start >= first and other.kind in words.kinds and other.exact == "exact"
        ][-MOST:]
        hit = _share(quantity.value, counts)
        if hit is not None:
            start = min(count.start for count in hit)
            counted, of = hit[0].text, " + ".join(count.text for count in hit[1:])
            of = f"({of})" if len(hit) > 2 else of
            yield Misuse(span(text, clause.start, clause.end), quantity.text, counted, of, start, clause.end)


def _share(written: str, counts: list[Quantity]) -> tuple[Quantity, ...] | None:
    """The counts whose share a percentage is: part, then the parts of the whole."""
    try:
        share = Decimal(written)
        values = [Decimal(count.value) for count in counts]
    except InvalidOperation:
        return None
    step = Decimal(1).scaleb(-len(written.partition(".")[2])) / 2
    for one, part in enumerate(values):
        for two, other in enumerate(values):
            if one == two or counts[one].unit != counts[two].unit or not part or not other:
                continue
            if abs(part * 100 / (part + other) - share) <= step:
                return counts[one], *((counts[one], counts[two]) if one < two else (counts[two], counts[one]))
            if part < other and abs(part * 100 / other - share) <= step:
                return counts[one], counts[two]
    return None


@dataclass(frozen=True, slots=True)
class _Words:
    change: re.Pattern[str]
    effect: re.Pattern[str]
    share: re.Pattern[str]
    kinds: frozenset[str]


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "ratios.yaml")

    return _Words(
        re.compile(either(data["changes"])),
        re.compile(either(data["effects"])),
        re.compile(either(data["shares"])),
        frozenset(data["kinds"]),
    )
