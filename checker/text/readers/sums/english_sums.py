"""Totals in English answers with their parts in brackets, behind a colon, in the lines above, or by age and sex."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise

from checker.text.readers.sums.totals import Sum
from frameworks.ground.yaml import load_data

NEAR = Decimal(
    "0.1"
)  # share of a total by which the sum of its parts may miss it; guessed: else they are not its parts
REACH = 24  # characters before a total in which the word for it stands
LIST = 200  # characters of a list that its total closes
ENTRIES = 600  # the same of one whose entries are lines or sentences
LEAST, LEAST_BRACKET = 3, 2  # parts of a list, and of one in brackets

_NUMBER = r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = (
    r"(?:\s?(?:t|kg|m3|m³|MWh|kWh|GWh|GJ|tCO2e|t\sCO2e|h|persons?|people|employees|workers|staff|pcs|cases))?"
)
_LISTED = re.compile(
    rf"(?<![\d.,])(?P<total>{_NUMBER})(?P<unit>{_UNIT})\s?(?:\((?P<bracket>[^()]{{8,160}})\)|(?:[a-z]{{3,20}})?:\s(?P<list>[^.;:()\n]{{12,160}})(?=[.;\n]|$))"
)
_PART = re.compile(
    rf"^\D{{0,40}}?(?<![\d.,])(?P<number>{_NUMBER})(?P<unit>{_UNIT})(?![\d%]|\s?%)(?P<rest>\D{{0,60}}|\s(?:under|above|over|below|from|between|aged?)\s\d\d[^,;]{{0,20}})$"
)
_ON_A_DAY = re.compile(r"\s(?:on|by|at|since|until)\s\d{1,2}\s[A-Z][a-z]+(?:\s20\d\d)?")
_LINE = re.compile(
    rf"^(?P<label>[A-Za-z][A-Za-z ,/&()-]{{1,40}}?)\s?[:|]?\s?(?P<number>{_NUMBER})(?P<unit>{_UNIT})\s?\|?\s*$"
)
_CLOSING = re.compile(rf"(?<![\d.,])(?P<total>{_NUMBER})(?P<unit>{_UNIT}|\s?%)(?![\d%])")
_BRACKET = re.compile(r"\([^()\n]{0,80}\)")
_STATED = re.compile(
    rf"(?<![\d.,])(?P<total>{_NUMBER})\s[a-z]{{3,20}}(?:\s[a-z]{{3,20}})?\.\s(?P<list>[^.;:()\n]{{8,120}})(?=[.;\n]|$)"
)
_OF_WHICH = re.compile(
    rf"(?<![\d.,])(?P<total>{_NUMBER})\s(?:[a-z-]{{2,20}}\s){{0,3}}?[a-z-]{{3,20}},?\s(?:\(\s?)?of\s(?:which|these|them|whom)[:,]?\s"
    r"(?P<list>[^.;:()\n]{8,120})(?=[.;)\n]|$)"
)
_ENTRY = re.compile(
    rf"^\s*(?:[-•*]\s)?[^:\n]{{2,80}}:\s(?:[A-Z]{{1,3}}\s|[€$£₹]\s?)?(?P<number>{_NUMBER})(?![\d%]|\s?%|\.\d)"
)
_STOP = re.compile(r"(?<=[.;])\s+|\n")
_JOINTS = re.compile(
    r"[,;](?!\d{3})|\sand\s(?=[^,;]{0,40}\d)|\splus\s"
)  # not within a label (picnic and sports)
_PERSONS = re.compile(
    rf"(?<![\d.,])(?P<total>{_NUMBER})\s(?:persons?|people|employees|workers|staff|colleagues)\b"
)


def find_english_sums(text: str) -> Iterator[Sum]:
    """Such totals, those that fit and those that do not."""
    for match in _LISTED.finditer(text):
        told = _ON_A_DAY.sub("", match["bracket"] or match["list"])
        least = LEAST_BRACKET if match["bracket"] else LEAST
        parts = _parts(told, match["unit"].strip())
        if parts is not None and len(parts) >= least:
            yield from _sum(text, match.start("total"), match.end(), match["total"], match["unit"], parts)
    yield from _lines(text)
    yield from _closed(text)
    yield from _by_state(text)
    for by in _expression("by").finditer(text):
        end = min(
            found for found in (text.find(".", by.end()), text.find("\n", by.end()), len(text)) if found >= 0
        )
        parts = _parts(text[by.end() : end], "")
        whole = _PERSONS.search(text, 0, by.start())
        if parts is not None and len(parts) >= LEAST and whole is not None:
            yield from _sum(text, by.start(), end, whole["total"], "", parts, at=whole.start())


def _closed(text: str) -> Iterator[Sum]:
    """A list that ends in its total, in its own sentence or in the next: PPE 40; fire 30; other 8. Total 90."""
    for match in _CLOSING.finditer(text):
        near = max(0, match.start("total") - REACH)
        closing = _expression("closing").search(text[near : match.start("total")])
        if closing is None:
            continue
        end = near + closing.start()
        first = max(0, end - LIST)
        start = max(text.rfind(mark, first, end) for mark in ("\n", ". ", "|", ": ")) + 1
        if first and not start:
            continue  # it begins too far off
        told = _BRACKET.sub("", text[start:end]).strip(" .")
        parts = _parts(told, match["unit"].strip())
        if parts is None or len(parts) < LEAST:
            start, parts = _entries(text, end)
        if len(parts) >= LEAST:
            start += len(text[start:end]) - len(text[start:end].lstrip())
            yield from _sum(text, start, match.end(), match["total"], match["unit"], parts)


def _entries(text: str, end: int) -> tuple[int, list[str]]:
    """The numbers of the lines or sentences before a place that each give one behind their label, and where they begin.

    Education: R 210,000 for lessons. Culture: R 30,000 to a choir. All told …
    """
    first = max(0, end - ENTRIES)
    stops = [first, *(stop.end() for stop in _STOP.finditer(text, first, end))]
    numbers: list[str] = []
    start = end
    for begin, close in reversed([*pairwise(stops), (stops[-1], end)]):
        if not text[begin:close].strip():
            continue
        found = _ENTRY.match(text[begin:close])
        if found is None or _expression("some").search(text[begin:close]) is not None:
            break
        numbers.insert(0, found["number"])
        start = begin
    return start, numbers


def _by_state(text: str) -> Iterator[Sum]:
    """So many of a thing, and how many are in which state: 19 findings. Closed 11, open 8.

    Behind "of which" two of them may leave out a third.
    """
    told = [(match, LEAST - 1) for match in _STATED.finditer(text)]
    told += [(match, LEAST) for match in _OF_WHICH.finditer(text)]
    for match, least in told:
        pieces = [_state().fullmatch(piece.strip()) for piece in _JOINTS.split(match["list"])]
        parts = [piece["behind"] or piece["before"] for piece in pieces if piece is not None]
        if least <= len(parts) == len(pieces):
            yield from _sum(text, match.start("total"), match.end(), match["total"], "", parts)


def _lines(text: str) -> Iterator[Sum]:
    """A line that gives the total of the lines before it."""
    rows: list[tuple[str, str, str]] = []
    at = 0
    for line in text.split("\n"):
        match = _LINE.match(line.strip().strip("|").strip())
        start, at = at, at + len(line) + 1
        if match is None:
            rows = []
            continue
        unit = match["unit"].strip()
        if _expression("total").search(match["label"]) is not None:
            parts = [number for _, number, of in rows if of == unit]
            if len(parts) >= LEAST - 1 and len(parts) == len(rows):
                yield from _sum(text, start, start + len(line), match["number"], unit, parts)
            rows = []
        else:
            rows.append((match["label"], match["number"], unit))


def _parts(told: str, unit: str) -> list[str] | None:
    """The numbers of a list, each with a word of its own and of the unit of the total; None where one is not."""
    if _expression("some").search(told) is not None:
        return None
    numbers = []
    for piece in _JOINTS.split(told):
        found = _PART.match(piece.strip())
        if found is None or found["unit"].strip() not in ("", unit) or not re.search("[A-Za-z]{3}", piece):
            return None
        numbers.append(found["number"])
    return numbers


def _sum(
    text: str, start: int, end: int, stated: str, unit: str, parts: list[str], *, at: int | None = None
) -> Iterator[Sum]:
    total, values = _value(stated), [_value(part) for part in parts]
    computed = sum(values, Decimal(0))
    if not total or abs(computed - total) > NEAR * total:
        return
    digits = max((-int(value.as_tuple().exponent) for value in (total, *values)), default=0)
    slack = Decimal(1).scaleb(-digits) * (len(values) if digits else 0)
    yield Sum(
        start, end, text[start:end].split(":", maxsplit=1)[0][:20], tuple(parts), total, computed, unit.strip(),
        abs(computed - total) <= slack, start if at is None else at,
    )  # fmt: skip


def _value(written: str) -> Decimal:
    return Decimal(re.sub("[, ]", "", written))


@cache
def _state() -> re.Pattern[str]:
    """How many are in a state: closed 11, 8 are open."""
    state = _expression("states").pattern
    when = r"(?:\s(?:at|by|in|on|within|before)\s[A-Za-z0-9 -]{3,24})?"
    counted = (
        rf"{state}\s(?P<behind>\d+)|(?P<before>\d+)\s(?:(?:are|were|is|was)\s)?(?:still\s)?{state}{when}"
    )
    return re.compile(counted, re.IGNORECASE)


@cache
def _expression(name: str) -> re.Pattern[str]:
    lists: dict[str, str] = load_data("checker.data", "english_faults.yaml")["lists"]
    return re.compile(lists[name], re.IGNORECASE)
