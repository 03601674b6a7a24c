"""How long something runs (为期3年) against its own dates; when a certificate ends; when a body met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from checker.text.ground.numbers import chinese
from checker.text.ground.spans import Span, span
from checker.text.ground.stops import with_stops
from frameworks.ground.yaml import load_data

Day = tuple[int, ...]  # year, month, day as far as given

NEAR = 14  # characters between a term and its dates
STRAY = 1.6  # months by which a term may differ from its dates; guessed
MONTHS = 12

_DAY = (
    r"(?:(?P<year{0}>20\d\d)\s?[年./-]\s?(?P<month{0}>\d{{1,2}})(?:\s?[月./-]\s?(?P<day{0}>\d{{1,2}})\s?[日号]?|\s?月)?"
    r"|(?P<dayb{0}>\d{{1,2}})/(?P<monthb{0}>\d{{1,2}})/(?P<yearb{0}>20\d\d))"
)
_MET = (
    r"(?:(?P<year{0}>20\d\d)\s?[年./-]\s?)?(?<![\d.])(?P<month{0}>\d{{1,2}})\s?"
    r"(?:月\s?(?:(?P<day{0}>\d{{1,2}})\s?[日号]?)?|[./-]\s?(?P<dayb{0}>\d{{1,2}})(?!\d)[日号]?)"
)
_RANGE = re.compile(_DAY.format("1") + r"\s?(?:起|起至)?\s?[-—–~～至到]{1,2}\s?" + _DAY.format("2"))
_ONE = re.compile(_DAY.format("1"))
_SENTENCE = re.compile(r"[^。；;！？!?\n]{1,32767}")
_STANDARD = re.compile(r"(?:ISO|IATF|OHSAS|SA|GB/T)\s?(?:/IEC)?\s?-?\s?(?P<number>\d{4,5})")


class Term(Struct, frozen=True):
    """A thing with its date, to be compared with what another answer says of it."""

    key: tuple[str, str]
    name: str
    day: Day
    start: int
    end: int
    alone: bool  # the only one of its kind that the answer knows


def find_wrong_terms(text: str) -> Iterator[Span]:
    """Terms that their own dates deny: 为期 3 年: 01/01/2024-31/12/2025."""
    if _words().term.search(text) is None:
        return
    yield from _until(text)
    for dates in _RANGE.finditer(text):
        begin = max((text.rfind(mark, 0, dates.start()) for mark in "。；;\n"), default=-1) + 1
        ahead = list(_words().term.finditer(text, max(begin, dates.start() - 3 * NEAR), dates.start()))
        behind = _words().term.search(text, dates.end(), dates.end() + NEAR)
        term = ahead[-1] if ahead and dates.start() - ahead[-1].end() <= NEAR else behind
        if term is None:
            continue
        stated = _stated(term)
        first, last = _day(dates, "1"), _day(dates, "2")
        lasted = (last[0] - first[0]) * MONTHS + last[1] - first[1]
        whole = len(first) == len(last) == len(("year", "month", "day"))
        months = lasted + ((last[2] - first[2] + 1) / 30 if whole else 0.5)
        if stated and months > 0 and abs(months - stated) > STRAY:
            yield span(text, min(term.start(), dates.start()), max(term.end(), dates.end()))


def _until(text: str) -> Iterator[Span]:
    """2023年6月1日签订，有效期三年，到2025年5月31日止: the only two dates of a sentence, its term between them."""
    for sentence in _SENTENCE.finditer(text):
        dates = list(_ONE.finditer(text, *sentence.span()))
        terms = list(_words().term.finditer(text, *sentence.span()))
        if len(dates) != 2 or len(terms) != 1 or not dates[0].end() <= terms[0].start() < dates[1].start():
            continue
        if not _words().closing.search(text, terms[0].end(), dates[1].start()):
            continue
        stated = _stated(terms[0])
        first, last = _day(dates[0], "1"), _day(dates[1], "1")
        months = (last[0] - first[0]) * MONTHS + last[1] - first[1]
        if stated and months > 0 and abs(months - stated) > STRAY:
            yield span(text, dates[0].start(), dates[1].end())


def find_ends(text: str) -> Iterator[Term]:
    """Until when the certificate of a standard holds, one standard a sentence."""
    if _STANDARD.search(text) is None or _words().until.search(text) is None:
        return
    for sentence in _SENTENCE.finditer(with_stops(text)):
        standards = {found["number"] for found in _STANDARD.finditer(sentence.group())}
        ends = list(_words().until.finditer(sentence.group())) if len(standards) == 1 else []
        if len(ends) == 1:
            (number,) = standards
            date = _ONE.match(sentence.group(), ends[0].end())
            if date is not None:
                yield Term(("ends", number), f"ISO {number}", _day(date, "1"), *sentence.span(), True)


def find_assemblies(text: str, year: int | None) -> Iterator[Term]:
    """When the body that meets once a year met in the reporting year."""
    words = _words()
    if words.assembly.search(text) is None:
        return
    found: list[tuple[Day, int, int]] = []
    for match in words.met.finditer(with_stops(text)):
        which = "1" if match["month1"] else "2"
        if _is_number_of_list(text, match, which):
            continue
        named, month = match[f"year{which}"], int(match[f"month{which}"])
        if (named is None or int(named) == year) and 1 <= month <= MONTHS:
            day = match[f"day{which}"] or match[f"dayb{which}"]
            found.append(((year or 0, month, *([int(day)] if day else [])), match.start(), match.end()))
    days = {day for day, _, _ in found}
    told = (one.group() for one in _SENTENCE.finditer(with_stops(text)) if words.assembly.search(one.group()))
    alone = len(days) == 1 and not any(words.again.search(sentence) for sentence in told)
    for day, start, end in found:
        yield Term(("assembly", ""), words.name, day, start, end, alone)


def _is_number_of_list(text: str, match: re.Match[str], which: str) -> bool:
    """Whether what looks like a date opens its line as the number of an entry: 4.1 职代会."""
    if match[f"year{which}"] or not match[f"dayb{which}"] or text[match.end(f"dayb{which}")] in "日号":
        return False
    return not text[: match.start(f"month{which}")].rpartition("\n")[2].strip()


def _stated(term: re.Match[str]) -> int:
    """The months that a term says (有效期三年, 三年期)."""
    written, unit = term["number"] or term["alone"], term["unit"] or term["alone_unit"]
    return _number(written) * (1 if "月" in unit else MONTHS)


def _number(written: str) -> int:
    return int(written) if written.isdigit() else int(chinese(written.replace("两", "二")) or 0)


def _day(match: re.Match[str], which: str) -> Day:
    groups = match.groupdict()
    year = groups[f"year{which}"] or groups[f"yearb{which}"]
    month, day = (
        groups[f"month{which}"] or groups[f"monthb{which}"],
        groups[f"day{which}"] or groups[f"dayb{which}"],
    )
    if groups[f"monthb{which}"] and int(month) > MONTHS:
        month, day = day, month
    return (int(year), int(month), int(day)) if day else (int(year), int(month))


class _Words(Struct, frozen=True):
    term: re.Pattern[str]
    until: re.Pattern[str]
    closing: re.Pattern[str]
    assembly: re.Pattern[str]
    met: re.Pattern[str]
    again: re.Pattern[str]
    name: str


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "dates.yaml")["terms"]
    assembly = either(data["assemblies"])
    return _Words(
        term=re.compile(
            rf"{either(data['terms'])}[^\d，,。；;\n]{{0,3}}?(?P<number>\d{{1,2}}|[一二两三四五十])\s?(?P<unit>年|个月)(?!度|[初末底])"
            r"|(?<!\d)(?P<alone>\d{1,2}|[一二两三四五十])\s?(?P<alone_unit>年|个月)期(?![间内限末初])"
        ),
        until=re.compile(rf"{either(data['until'])}\s?[:：为是]?\s?(?=20\d\d|\d{{1,2}}/\d{{1,2}}/20)"),
        closing=re.compile(rf"{either(data['until'])}\s?\Z"),
        assembly=re.compile(assembly),
        met=re.compile(
            rf"{_MET.format('1')}[^，,。；;\n\d《]{{0,8}}?{assembly}"
            rf"|{assembly}已?[于在]?\s?{_MET.format('2')}[^，,。；;\n\d《]{{0,12}}?[召举]?[开行]"
        ),
        again=re.compile(r"(?:[两二三四五2-9]\s?[次回届]|再次|分别|[首头]一?[次回]|第[二三四五]次)"),
        name=data["assemblies"][0],
    )
