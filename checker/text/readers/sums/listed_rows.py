"""Lines of a label with its number each, closed by their total: 烧嘴：143.5万元 / 光伏：36.5万元 / 合计：180.0万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from checker.text.ground.lexicon import either
from checker.text.readers.sums.barred_rows import FAR, LEAST, NEAR, slack, value
from checker.text.readers.sums.totals import Sum, words
from frameworks.ground.yaml import load_data

_LINE = re.compile(r"[^\n]+")
_NUMBER = r"(?P<number>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(?P<unit>[^\W\d]{0,6}³?)"
_CLOSED = r"\s*(?:[（(][^（）()\n]{1,40}[）)])?\s*[。；;，,]?\s*"
_ROW = re.compile(
    rf"\s*[-•·●*]?\s*(?P<label>[^\d\n：:，。；（）()]{{1,20}}(?:[（(][^（）()\n]{{1,12}}[）)])?)[：:]\s*{_NUMBER}{_CLOSED}"
)


def listed_rows(text: str) -> Iterator[Sum]:
    """The totals of such lines, those that fit and those that do not."""
    if "\n" not in text or _total().search(text) is None:
        return
    parts: list[re.Match[str]] = []
    for line in _LINE.finditer(text):
        if (total := _total().fullmatch(text, *line.span())) is not None:
            if len(parts) >= LEAST and len({part["unit"] for part in (*parts, total)}) == 1 and total["unit"]:
                yield from _sum(parts, total)
            parts = []
        elif (part := _ROW.fullmatch(text, *line.span())) is None or words().not_added.search(part["label"]):
            parts = []
        elif not part["label"].strip().startswith(words().part_of):
            parts.append(part)


def _sum(parts: list[re.Match[str]], total: re.Match[str]) -> Iterator[Sum]:
    stated, values = value(total["number"]), [value(part["number"]) for part in parts]
    computed = sum(values, Decimal(0))
    fits = abs(computed - stated) <= sum(map(slack, (stated, *values)))
    if fits or (stated and NEAR <= computed / stated <= FAR):
        yield Sum(
            start=parts[0].start(), end=total.end(), label=total["label"], stated=stated, computed=computed,
            parts=tuple(part["number"] for part in parts), unit=total["unit"], fits=fits, at=total.start("number"),
        )  # fmt: skip


@cache
def _total() -> re.Pattern[str]:
    totals = either([*load_data("checker.data", "figures.yaml")["totals"], "共计", "总共"])
    return re.compile(rf"\s*[-•·●*]?\s*(?P<label>{totals})[：:]?\s*{_NUMBER}{_CLOSED}")
