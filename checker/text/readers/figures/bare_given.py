"""Amounts at the end of a clause behind a verb of giving or paying, a noun of worth or of duration, without a unit.

捐资助学3.5。 年付430。 总值63。 服务时长612。 每人 24。 Also a total behind two units (9次、214人次，累计640).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from checker.text.ground.lexicon import either
from checker.text.ground.quantities import Quantity
from checker.text.ground.spans import Span, span
from checker.text.readers.figures.bracketed import in_brackets
from frameworks.ground.yaml import load_data

BACK = 60  # characters before a total whose units may be its own
UNITS = 2  # units before a total that make its own unknown

_END = "。；;！？!?\n|｜\t"
_CLOSE = r"(?=\s?(?:[。；;，|｜\n）)]|,(?!\d)|\Z))"
_LEAD = r"[^\d，,。；;：:、\n|｜\t（(）)]"


def find_given(text: str, quantities: tuple[Quantity, ...]) -> Iterator[Span]:
    """Such figures with the words before them."""
    words = _words()
    for match in words.finditer(text):
        begin = max(text.rfind(mark, 0, match.start()) for mark in _END) + 1
        before = [one for one in quantities if begin <= one.start < match.start("number") and one.unit]
        own = max(begin, *(text.rfind(mark, begin, match.start()) + 1 for mark in "，,、"))
        if match["total"]:
            near = {one.unit for one in before if match.start() - one.start <= BACK}
            told = len(near) < UNITS
        elif match["each"]:
            told = bool(before) or _counted().search(text, begin, match.start()) is not None
        else:
            told = any(one.start >= own for one in before)
        if not (told or in_brackets(text, begin, match.end() + 1)):
            yield span(text, *match.span())


@cache
def _words() -> re.Pattern[str]:
    data = _data()
    number = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,3})?|\d{1,6}\.\d{1,4}|\d{2,7}"
    decimal = r"\d{1,6}\.\d{1,4}"
    return re.compile(
        rf"(?:(?<!{'|'.join(data['not_before'])})(?:{either(data['given'])}){_LEAD}{{0,12}}?\s?(?={decimal}{_CLOSE})"
        rf"|(?:{either(data['worth'])})(?:{either(data['links'])}){{0,2}}\s?|(?P<each>{either(data['each'])})\s?"
        rf"|(?P<total>{either(data['totals'])})\s?)"
        rf"(?!(?:19|20)\d\d(?!\d))(?P<number>{number}){_CLOSE}"
    )


@cache
def _counted() -> re.Pattern[str]:
    """A number behind a noun that is its unit (总学时9424)."""
    return re.compile(rf"{either(_data()['counted'])}[^\d，,。；;：:、]{{0,4}}[:：]?\s?\d")


def _data() -> dict[str, list[str]]:
    data: dict[str, Any] = load_data("checker.data", "unitless.yaml")
    given: dict[str, list[str]] = data["given"]
    return given
