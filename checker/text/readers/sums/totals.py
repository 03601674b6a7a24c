"""What a total with its parts is, and the words by which totals and parts are known (``data/figures.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from frameworks.ground.yaml import load_data

SHARES = ("%", "％", "‰")
WHOLE = Decimal("0.5")  # half the worth of the last digit of a whole number
LEAST_SHARE, MOST_SHARE = (
    Decimal("0.5"),
    Decimal(2),
)  # guessed: further off, the parts are not the total's parts


class Sum(Struct, frozen=True):
    """A total with its parts; ``computed`` is what they add up to, ``over`` that they only exceed it."""

    start: int  # of the words that show it: the row, or the prose from its first figure on
    end: int
    label: str
    parts: tuple[str, ...]  # as written
    stated: Decimal
    computed: Decimal
    unit: str
    fits: bool
    at: int  # where the total's figure stands
    over: bool = False

    @property
    def difference(self) -> Decimal:
        """How far the parts are above the total."""
        return self.computed - self.stated


def is_rounded(apart: Decimal, total: Decimal, parts: Iterable[Decimal], unit: str = "") -> bool:
    """Whether a total is that of its parts rounded to whole ones: up, down or cut off; 100 % is no rounded total.

    Args:
        apart: how far both are apart.
        total: half the worth of the total's last digit.
        parts: the same of each part.
        unit: of the total.
    """
    return unit not in SHARES and total == WHOLE and min(parts, default=total) < total and apart < 2 * total


class Words(Struct, frozen=True):
    """Patterns and lists."""

    total: re.Pattern[str]
    weak: re.Pattern[str]
    subtotal: re.Pattern[str]
    part_of: tuple[str, ...]
    not_added: re.Pattern[str]
    trigger: re.Pattern[str]
    before_total: re.Pattern[str]
    opener: re.Pattern[str]
    list_end: re.Pattern[str]
    rest: re.Pattern[str]
    overlapping: re.Pattern[str]
    compared: re.Pattern[str]
    difference: re.Pattern[str]
    apart: re.Pattern[str]
    pairs: tuple[tuple[frozenset[str], frozenset[str]], ...]
    disjoint: frozenset[str]
    whole: re.Pattern[str]
    made_up: re.Pattern[str]
    made_up_in_part: re.Pattern[str]
    in_part: re.Pattern[str]  # a table that lists some
    label_end: re.Pattern[str]
    counted_head: re.Pattern[str]
    counted_units: frozenset[str]
    scope: re.Pattern[str]  # whose tonnes are those of gases
    each: re.Pattern[str]  # before a figure of one of many, no part of their total
    within: re.Pattern[str]  # a part of the part before it


@cache
def words() -> Words:
    """The words, loaded once."""
    data: dict[str, Any] = load_data("checker.data", "figures.yaml")

    return Words(
        total=re.compile(either(data["totals"])),
        weak=re.compile(either(data["weak_totals"])),
        subtotal=re.compile(either(data["subtotals"])),
        part_of=tuple(data["part_of"]),
        not_added=re.compile(
            rf"(?<!{'|'.join(data['not_added_behind'])}){either(data['not_added'])}"
            rf"|\A{either(data['not_added_alone'])}\Z"
        ),
        trigger=re.compile(
            rf"{either([*data['totals'], *data['openers']])}|男|上半年|{either(data['composed'])}"
        ),
        before_total=re.compile(rf"{either(data['totals'])}[^，,、；;。\d（(]{{0,10}}\Z"),
        opener=re.compile(rf"(?<![不未]){either(data['openers'])}(?!在)"),
        list_end=re.compile(either(data["list_ends"])),
        rest=re.compile(either(data["rest"])),
        overlapping=re.compile(rf"{either(data['overlapping'])}|{either(data['overlapping_last'])}\Z"),
        compared=re.compile(either(data["compared"])),
        difference=re.compile(rf"{either(data['differences'])}了?约?\Z"),
        apart=re.compile(either(data["counted_apart"])),
        pairs=tuple((frozenset(one), frozenset(other)) for one, other in data["pairs"]),
        disjoint=frozenset(data["disjoint"]),
        whole=re.compile(either(data["wholes"])),
        made_up=re.compile(rf"由(?!于|此)[^由。；;\n]{{6,160}}?{either(data['composed'])}"),
        in_part=re.compile(either(data["in_part"])),
        made_up_in_part=re.compile(either(data["composed_in_part"])),
        label_end=re.compile(rf"{either(data['label_ends'])}+\Z"),
        counted_head=re.compile(
            rf"{either(data['counted_heads'])}|[（(]{either(data['counted_units'])}[）)]"
        ),
        counted_units=frozenset(data["counted_units"]),
        scope=re.compile(either(data["scopes"])),
        each=re.compile(rf"{either(data['each'])}[^，。；\d]{{0,4}}\Z"),
        within=re.compile(either(data["within"])),
    )
