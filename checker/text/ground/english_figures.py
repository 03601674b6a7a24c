"""True figures in English sentences: 1,240 MWh, EUR 1.2 million, twice a year, two audits, 4 per cent.

One expression walks a sentence as in ``quantities``: what holds digits and is no figure (dates, standards, labels) is
passed over. Every number that is left is a figure; what stands behind it says what it counts. Tables are data
(``data/english_figures.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from checker.text.ground.numbers import ARABIC, arabic, plain
from frameworks.ground.yaml import load_data

_YEAR = re.compile(r"(?:19|20|25)\d\d")
_ENDS = re.compile(r"\s*(?:[.,;)!]|$)")
_TOLD = re.compile(r"(?::|=|\bwas|\bwere|\bis|\bare|\bat)\s?$")
_OF_THEM = re.compile(r"\s?(?:of\s(?:our|them|us|these|those|the|which|whom)|were|are|have|had)\b")


class EnglishFigure(NamedTuple):
    """A figure with its place; the fields are those of ``Quantity``."""

    start: int
    end: int
    value: str
    unit: str
    kind: str
    exact: str


def find_english_figures(text: str, start: int, end: int) -> Iterator[EnglishFigure]:
    """The figures of an English stretch, in order."""
    for match in _walker().finditer(text, start, end):
        if match["mask"] is not None:
            continue
        if match["rhythm"] is not None:
            yield EnglishFigure(*match.span(), _rhythm(match.group()), "times", "count_times", "exact")
        elif match["fraction"] is not None:
            yield EnglishFigure(*match.span(), "", "", "ratio", "approx")
        else:
            yield from _figures(match)


def _figures(match: re.Match[str]) -> Iterator[EnglishFigure]:
    first, second = match["a"], match["b"]
    values = [value for part in (first, second) if part and (value := _value(part)) is not None]
    unit, kind = _unit_of(match)
    bare = not (unit or second or match["per"])
    if not values or (bare and not first[0].isdigit() and not _stands_alone(match, values[0])):
        return
    if values == [Decimal(1)] and not first[0].isdigit() and (match["noun"] or "").endswith("s"):
        return  # for calamities one turns to the Parent
    if bare and match["hedge"] and _YEAR.fullmatch(first):
        return  # less than 2023
    worth = Decimal(_scale(match["scale"] or match["mscale"] or ""))
    if match["per"] and kind not in ("share", "points"):
        kind = "rate"
    written = [plain(value * worth) for value in values]
    end = match.start() + len(match.group().rstrip())
    if len(written) > 1 and _apart(match):
        # from 12 to 7, 18 of 22: two figures and no range
        yield EnglishFigure(match.start(), match.end("a"), written[0], unit, kind, "exact")
        yield EnglishFigure(match.start("b"), end, written[1], unit, kind, "exact")
        return
    exact = "range" if len(written) > 1 else _hedge(match["hedge"] or match["odd"])
    yield EnglishFigure(match.start(), end, "..".join(written), unit, kind, exact)


def _stands_alone(match: re.Match[str], value: Decimal) -> bool:
    """Whether a number word counts though no noun stands behind it: five of them, two were closed; leaks: zero."""
    behind, before = match.string[match.end() :], match.string[max(0, match.start() - 6) : match.start()]
    if value == 0:
        return _ENDS.match(behind) is not None and _TOLD.search(before) is not None
    return value > 1 and _OF_THEM.match(behind) is not None


def _unit_of(match: re.Match[str]) -> tuple[str, str]:
    """The unit behind a number and its kind; a noun that no table knows is a thing that is counted."""
    if currency := match["sign"] or match["coin"]:
        data = _data()
        written = currency.strip()
        return str(data["signs"].get(written) or data["currencies"].get(written, written)), "money"
    unit = (match["unit"] or match["span"] or "").strip()
    if unit:
        return unit, _kinds().get(unit) or _kinds().get(unit.lower(), "number")
    noun = (match["noun"] or "").strip()
    return noun, _kinds().get(noun.lower(), "count_thing") if noun else "number"


def _apart(match: re.Match[str]) -> bool:
    joint = match.string[match.end("a") : match.start("b")]
    before = match.string[max(0, match.start() - 5) : match.start()]
    return "of" in joint or "in" in joint or "/" in joint or (" to" in joint and before.lower() == "from ")


def _value(written: str) -> Decimal | None:
    if written[0].isdigit() or written[0] in "½¼¾":
        return arabic(written)
    total = Decimal(0)
    numbers, scales = _data()["numbers"], _data()["scales"]
    for word in re.split(r"[\s-]+(?:and\s)?", written.lower()):
        if word in numbers:
            total += numbers[word]
        elif word in scales:
            total = (total or Decimal(1)) * scales[word]
    return total


def _scale(word: str) -> int:
    scales: dict[str, int] = _data()["scales"]
    return scales.get(word.strip().lower(), 1)


def _rhythm(words: str) -> str:
    return {"twice": "2", "thric": "3"}.get(words.lower()[:5], "1")


def _hedge(words: str | None) -> str:
    if not words:
        return "exact"
    return next(
        (exact for exact, known in _data()["hedges"].items() if words.strip().lower() in known), "approx"
    )


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_data("checker.data", "english_figures.yaml")
    return data


@cache
def _kinds() -> dict[str, str]:
    return {unit: kind for kind, units in _data()["units"].items() for unit in units}


def _any(words: Iterable[str]) -> str:
    written = sorted(map(re.escape, words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(word.replace(chr(92) + ' ', chr(92) + 's') for word in written)})"


def _written_out(source: str, parts: Mapping[str, str]) -> str:
    for name, expression in parts.items():
        source = source.replace(name, expression)
    return source


@cache
def _walker() -> re.Pattern[str]:
    data = _data()
    units = _any(_kinds())
    parts = {"@months@": f"(?:{data['months']})", "@units@": rf"{units}(?![A-Za-z])"}
    masks = "|".join(f"(?:{_written_out(mask, parts)})" for mask in data["masks"])
    ones = _any(data["numbers"])
    words = rf"\b(?i:{ones})(?:[\s-](?:and\s)?(?:{ones}|hundred|thousand|million))*\b"
    number = rf"(?:(?:(?<![\w.,])|(?<=(?<![A-Za-z])R)){ARABIC}(?!\d)|[½¼¾]|{words})"
    edge = r"(?![A-Za-z0-9])"
    scale = r"\s?(?:hundred|thousand|million|billion|mn|mio|bn)(?![A-Za-z])"
    money = _any(data["money_scales"])
    coins = _any(data["currencies"])
    spans = _any(data["spans"])
    hedges = _any(word for known in data["hedges"].values() for word in known)
    return re.compile(
        rf"(?P<mask>{masks})"
        rf"|(?P<rhythm>\b(?i:{data['rhythm']}))(?![A-Za-z])"
        rf"|(?P<fraction>\b(?:{data['fractions']}))"
        rf"|(?:(?<![A-Za-z])(?P<hedge>{hedges})\s?)?(?:(?P<sign>{_any(data['signs'])}|(?<![A-Za-z]){coins}(?![A-Za-z]))\s?)?"
        rf"[+−-]?(?P<a>{number})(?:\s?%?\s?(?:-|–|to|and(?<=and)(?=\s\d)|/|out\sof|in\severy|of)\s?(?P<b>\d[\d.,]*(?<=\d)(?![\d])))?"
        rf"(?P<odd>[\s-]odd\b)?(?:(?P<scale>{scale})|(?P<mscale>\s?{money}(?=\s?{coins}{edge})|(?<=\d){money}{edge}(?!\s?{units})))?"
        rf"(?:\s?(?P<coin>€|£|\$|{coins}{edge})|[\s-]?(?P<unit>%|{units}{edge})|-(?P<span>{spans}){edge}"
        rf"|\s(?P<noun>(?![a-z]{{1,2}}\b|the\b|and\b|but\b|for\b|was\b|were\b|are\b|has\b|had\b|from\b|with\b|than\b|that\b|who\b|which\b|when\b|after\b|before\b|during\b|since\b|against\b|versus\b|year\b|then\b|while\b|last\b|this\b|also\b|only\b|each\b|per\b|out\b|not\b|down\b|here\b|there\b)(?:[a-z][a-z-]{{2,18}}|[A-Z]{{2,5}}s|(?:[A-Z][\w’'-]{{0,14}}\s){{1,3}}[a-z]{{2,14}}s){edge}))?"
        rf"(?:(?P<per>\s?(?:/|\bper\s|\ba\s|\ban\s|\beach\s|\bevery\s)\s?(?:\d+\s)?(?:{units}|[a-z]{{3,14}}){edge}))?",
    )
