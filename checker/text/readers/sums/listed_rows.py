"""Lines of a label with its number each, closed by their total: 烧嘴：143.5万元 / 光伏：36.5万元 / 合计：180.0万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from checker.text.ground.labelled_lines import CLOSED, MARK, NUMBER, LabelledLine, labelled_lines
from checker.text.ground.lexicon import either
from checker.text.readers.sums.barred_rows import FAR, LEAST, NEAR, slack, value
from checker.text.readers.sums.totals import Sum, words
from frameworks.ground.yaml import load_data


def listed_rows(text: str) -> Iterator[Sum]:
    """The totals of such lines, those that fit and those that do not."""
    if "\n" not in text or _total().search(text) is None:
        return
    parts: list[LabelledLine] = []
    for start, end, line in labelled_lines(text):
        if (total := _total().fullmatch(text, start, end)) is not None:
            units = {total["unit"], *(part.unit for part in parts)}
            if len(parts) >= LEAST and len(units) == 1 and total["unit"]:
                yield from _sum(parts, total)
            parts = []
        elif line is None or words().not_added.search(line.label):
            parts = []
        elif not line.label.startswith(words().part_of):
            parts.append(line)


def _sum(parts: list[LabelledLine], total: re.Match[str]) -> Iterator[Sum]:
    stated, values = value(total["number"]), [part.value for part in parts]
    computed = sum(values, Decimal(0))
    fits = abs(computed - stated) <= sum(map(slack, (stated, *values)))
    if fits or (stated and NEAR <= computed / stated <= FAR):
        yield Sum(
            start=parts[0].start, end=total.end("unit"), label=total["label"], stated=stated, computed=computed,
            parts=tuple(part.number for part in parts), unit=total["unit"], fits=fits, at=total.start("number"),
        )  # fmt: skip


@cache
def _total() -> re.Pattern[str]:
    data = load_data("checker.data", "figures.yaml")
    totals = either([*data["totals"], *data["running"]["totals"]])
    return re.compile(rf"{MARK}(?P<label>{totals})\s*[：:｜|]?\s*{NUMBER}{CLOSED}")
