"""Rows of labels with their numbers between bars that end in their total: 男347｜女65｜计412."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from checker.text.ground.lexicon import either
from checker.text.readers.sums.totals import Sum
from frameworks.ground.yaml import load_data

_ROW = re.compile(r"[^\n]*[｜|][^\n]*")
_BAR = re.compile(r"[｜|]")
_NUMBER = r"(?P<number>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(?P<unit>[^\W\d]{0,3})\s*"
# the number stands at the cell's end: its label may hold others (35岁及以下128)
_CELL = re.compile(
    rf"\s*(?:[^\d｜|]|\d{{1,3}}(?=\s?[岁年级类月寸号至到~～-])){{0,20}}?[^\d.,，｜|-]{_NUMBER}"
)
LEAST = 2  # parts
NEAR, FAR = Decimal("0.75"), Decimal("1.33")  # guessed: further off, the numbers are not the total's parts


def barred_rows(text: str) -> Iterator[Sum]:
    """The totals of such rows, those that fit and those that do not."""
    if _total().search(text) is None:
        return
    for row in _ROW.finditer(text):
        ends = [*(bar.start() for bar in _BAR.finditer(text, *row.span())), row.end()]
        starts = [row.start(), *(end + 1 for end in ends[:-1])]
        *cells, last = zip(starts, ends, strict=True)
        total = _total().fullmatch(text, *last)
        found = [part for cell in cells if (part := _CELL.fullmatch(text, *cell)) is not None]
        if total is None or len(found) < max(LEAST, len(cells)):
            continue
        if {part["unit"] for part in found} - {"", total["unit"]}:
            continue  # of other things
        stated, values = value(total["number"]), [value(part["number"]) for part in found]
        computed = sum(values, Decimal(0))
        fits = abs(computed - stated) <= sum(map(slack, (stated, *values)))
        if fits or (stated and NEAR <= computed / stated <= FAR):
            yield Sum(
                start=row.start(), end=row.end(), label=total["label"], stated=stated, computed=computed,
                parts=tuple(part["number"] for part in found), unit=total["unit"], fits=fits,
                at=total.start("number"),
            )  # fmt: skip


def value(written: str) -> Decimal:
    """A written number."""
    return Decimal(re.sub("[,，]", "", written))


def slack(value: Decimal) -> Decimal:
    """Half the worth of the last digit of a decimal; whole numbers are exact."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) / 2 if isinstance(exponent, int) and exponent < 0 else Decimal(0)


@cache
def _total() -> re.Pattern[str]:
    words = either([*load_data("checker.data", "figures.yaml")["totals"], "计", "共"])
    return re.compile(rf"\s*(?P<label>{words})[：:]?\s?{_NUMBER}[。；;]?\s*")
