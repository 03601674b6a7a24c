"""Amounts at the end of a clause whose clause and neighbours bring no unit: 补水压到每月1,850。 单轮包材0.31→0.28。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from checker.text.ground.lexicon import either
from checker.text.ground.quantities import Quantity, between
from checker.text.ground.spans import Span, span
from checker.text.readers.figures.bracketed import in_brackets
from frameworks.ground.yaml import load_data

LEAST = 3  # digits of a whole number that needs its unit wherever it stands
HEAD = 24  # characters before a colon in which the total of a list stands
BACK = 30  # characters before a figure that may bring its unit

_MARKS = "。；;！？!?\n|｜\t"


def find_bare_ends(text: str, quantities: tuple[Quantity, ...]) -> Iterator[Span]:
    """Such figures with their nouns."""
    pattern, measured, satisfied, scale = _words()
    if measured.search(text) is None:  # found faster than the nouns that end in such words
        return
    for match in pattern.finditer(text):
        begin = max(text.rfind(mark, 0, match.start()) for mark in _MARKS) + 1
        stops = [found for mark in _MARKS if (found := text.find(mark, match.end())) >= 0]
        end = min(stops, default=len(text))
        if satisfied.search(match["noun"]):
            if scale.search(text, max(begin, match.start() - BACK), end):
                continue
        elif (
            _plain(match)
            or _headed(text, match.start())
            or _brought(text, quantities, match, begin, end)
            or opened_by_an_amount(text, quantities, begin, match.start())
        ):
            continue
        yield span(text, *match.span())


def opened_by_an_amount(text: str, quantities: tuple[Quantity, ...], begin: int, position: int) -> bool:
    """Whether an amount and a colon open the list of a figure (59.2 tons in all: VOC 11.2, PM 18.6)."""
    colon = max(text.rfind(mark, begin, position) for mark in ":：")
    if colon < 0:
        return False
    near = max(begin, colon - HEAD, text.rfind(". ", 0, colon) + 1)
    return any(one.unit for one in between(quantities, near, colon))


def _plain(match: re.Match[str]) -> bool:
    """Whether a short whole number stands right behind its noun: it may count posts or days."""
    return (
        match["link"] == "" and len(re.sub(r"\D", "", match["number"])) < LEAST and "." not in match["number"]
    )


def _headed(text: str, position: int) -> bool:
    """Whether the head of the line (废气 t: …), or brackets before the figure, name the unit of what follows."""
    line = text[text.rfind("\n", 0, position) + 1 : position]
    head = re.match(r"[^:：|｜\t。，,]{0,30}[:：|｜\t]", line)
    return in_brackets(line, 0, len(line)) or (
        head is not None and _unit_word().search(head.group()) is not None
    )


def _brought(text: str, quantities: tuple[Quantity, ...], match: re.Match[str], begin: int, end: int) -> bool:
    """Whether a figure of the noun's own clause, or of a list that it belongs to, may bring the unit."""
    first = max(text.rfind(mark, begin, match.start()) for mark in "，,、")
    listed = first >= 0 and text[first] == "、"
    own = max(first + 1, begin) if not listed else begin
    stop = min((at for mark in "，," if (at := text.find(mark, match.end(), end)) >= 0), default=end)
    stop = end if text[match.end() : match.end() + 1] == "、" else stop
    return any(own <= one.start < stop and one.unit for one in quantities)


@cache
def _words() -> tuple[re.Pattern[str], ...]:
    data: dict[str, list[str]] = _data()
    number = r"(?:\d{1,3},\d(?!\d)|\d{1,3}(?:,\d{3})+(?:\.\d{1,3})?|\d{1,6}\.\d{1,4}|\d{2,7})"
    measured = either(data["measured"])
    return (
        re.compile(
            rf"(?<![A-Za-z])(?P<noun>(?:[\u4e00-\u9fff]{{0,6}}){measured})[:： ]?"
            rf"(?P<link>{either(data['links'])}{{0,2}})\s?(?!(?:19|20)\d\d(?!\d))(?:{number}\s?(?:→|->|➜)\s?)?(?P<number>{number})"
            r"(?=\s?(?:[。；;，、|｜\n]|,(?!\d)|\Z))"
        ),
        re.compile(measured),
        re.compile(either(data["satisfied"])),
        re.compile(either(data["scale"])),
    )


@cache
def _unit_word() -> re.Pattern[str]:
    units = either(load_data("checker.data", "unitless.yaml")["amounts"]["units"])
    return re.compile(rf"(?<![A-Za-z]){units}(?![A-Za-z])")


def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_data("checker.data", "unitless.yaml")["bare_ends"]
    return data
