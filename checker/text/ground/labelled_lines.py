"""Lines that hold a label and one number: 烧嘴改造：143.5万元, 柴油｜186."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

NUMBER = (
    r"(?P<number>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s?(?P<unit>[万亿]?[^\d\s，,。；;、（）()｜|]{0,8})"
)
CLOSED = r"\s*(?:[（(][^（）()\n]{1,40}[）)])?\s*[。；;，,]?\s*"  # a remark in brackets, and a stop
MARK = r"\s*[-•·●*]?\s*"  # of a list

_LINE = re.compile(r"[^\n]+")
_LABELLED = re.compile(
    rf"{MARK}(?P<label>[^\d\n：:｜|，。；（）()]{{1,20}}(?:[（(][^（）()\n]{{1,12}}[）)])?)\s*[：:｜|]\s*{NUMBER}{CLOSED}"
)


class LabelledLine(Struct, frozen=True):
    """One such line."""

    label: str
    number: str  # as written
    unit: str  # empty where the line has none
    start: int  # of the label
    at: int  # of the number
    end: int  # of the number and its unit

    @property
    def value(self) -> Decimal:
        """The number."""
        return Decimal(re.sub("[,，]", "", self.number))


def labelled_lines(text: str) -> Iterator[tuple[int, int, LabelledLine | None]]:
    """Where every line that is not empty begins and ends, and what it holds; None for any other line."""
    for line in _LINE.finditer(text):
        found = _LABELLED.fullmatch(text, *line.span())
        yield *line.span(), found and LabelledLine(
            found["label"].strip(), found["number"], found["unit"],
            found.start("label"), found.start("number"), found.end("unit"),
        )  # fmt: skip
