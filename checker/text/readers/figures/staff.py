"""How many work there, as written without measure words: headcount 421, 男287/女39, 女工37人."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from checker.text.ground.stops import with_stops
from frameworks.ground.yaml import load_data

_NUMBER = r"(?P<number>\d{1,3}(?:[,，]\d{3})+|\d{2,6})(?![\d.%％]|\s?[-—–~至到]\s?\d)"
_SENTENCE = re.compile(r"[。；;！？!?\n]|\.\s")


class Staff(Struct, frozen=True):
    """All who work there (``women`` False) or the women among them, with the whole that a pair makes."""

    women: bool
    number: int
    whole: int  # men and women together; 0 where no men are named beside
    start: int
    end: int


def find_staff(text: str) -> tuple[Staff, ...]:
    """Such numbers of an answer, in order of kind."""
    words = _words()
    found: list[Staff] = []
    if words.trigger.search(text) is None:
        return ()
    cut = with_stops(text)
    for match in (*words.total.finditer(cut), *words.everybody.finditer(cut)):
        if not _is_narrow(cut, match):
            found.append(Staff(False, _value(_number(match)), 0, *match.span()))
    for match in words.pair.finditer(cut):
        men, women = _value(match["men"]), _value(match["women"])
        found.append(Staff(True, women, men + women, *match.span()))
    for match in (*words.women.finditer(cut), *words.women_behind.finditer(cut)):
        if not _is_narrow(cut, match):
            found.append(Staff(True, _value(match["number"]), 0, *match.span()))
    return tuple(found)


def find_everyone(text: str) -> Iterator[Staff]:
    """All of a plant, said in passing: of whom some (421人里367人), or what all have (参保421人)."""
    words = _words()
    if words.passing.search(text) is None:
        return
    cut = with_stops(text)
    for match in words.everyone.finditer(cut):
        if not _is_narrow(cut, match):
            yield Staff(False, _value(_number(match)), 0, *match.span())


def _is_narrow(text: str, match: re.Match[str]) -> bool:
    """Whether the words of the sentence before it, or its own, speak of a part, a plan or another year."""
    begin = max(
        (found.end() for found in _SENTENCE.finditer(text, max(0, match.start() - 60), match.start())),
        default=0,
    )
    begin = max(begin, match.start() - 60)
    return _words().narrow.search(text, begin, match.start()) is not None


def _number(match: re.Match[str]) -> str:
    """The number of whichever way of saying it."""
    return next(text for name, text in match.groupdict().items() if name.startswith("number") and text)


def _value(written: str) -> int:
    return int(re.sub(r"[,，]", "", written))


class _Words(Struct, frozen=True):
    trigger: re.Pattern[str]
    total: re.Pattern[str]
    everybody: re.Pattern[str]  # 全厂1,046名职工
    pair: re.Pattern[str]
    women: re.Pattern[str]
    women_behind: re.Pattern[str]
    everyone: re.Pattern[str]
    passing: re.Pattern[str]  # what such a number stands beside
    narrow: re.Pattern[str]


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "facts.yaml")
    staff: dict[str, list[str]] = data["staff"]
    men, women = either(staff["men"]), either(staff["women"])
    persons, link = either(staff["persons"]), either(staff["links"])
    date = r"(?:\(?[（]?(?:\d{1,2}[-./月]\s?)?(?:\d{1,2}|[A-Za-z]{3,4})[-./日]?\s?(?:20\d\d)?[)）]?\s?[：:])?"
    day = r"(?:20\d\d\s?[-./年]\s?12\s?[-./月]\s?31\s?日?[，,]?\s?)?"
    company = r"(?<=有限公司)(?<!股份有限公司)"
    opened = (
        rf"(?:(?<=[，,。；;\n|\t：:（(）)])|(?<=[，,。；;：:]\s)|(?<=\d[.、])|(?<=\d[.、]\s)|{company}|\A)\s?"
    )
    return _Words(
        trigger=re.compile(
            f"女|{either([*staff['totals'], *staff['ends'], *staff['whole'], *staff['all']])}"
        ),
        total=re.compile(
            rf"(?:{either(staff['totals'])}\s?{link}{{0,2}}{date}\s?"
            rf"|{opened}{either(staff['before_ends'])}?\s?{day}(?:{either(staff['ends'])}\s?{either(staff['whole'])}?|{either(staff['alone'])})\s?{link}?\s?)"
            rf"{_NUMBER}(?!\s?[-.%％个只家台份件套辆])"
        ),
        everybody=re.compile(
            rf"(?:{either(staff['all'])}){either(staff['before_number'])}{{0,2}}\s?{_NUMBER}"
            rf"\s?[名位个]{either(staff['enrolled'])}?{persons}(?!代表)"
            rf"|{opened}{_NUMBER.replace('number', 'number2')}\s?[名位]{persons}{either(staff['each'])}"
        ),
        pair=re.compile(
            rf"{men}{link}{{0,2}}(?P<men>\d[\d,]{{0,6}})\s?[人名]?[^\d女。；;\n]{{0,14}}?{women}{link}{{0,2}}(?P<women>\d[\d,]{{0,6}})(?![\d.%％])"
        ),
        women=re.compile(
            rf"{opened}{either(staff['before_women'])}{{0,2}}(?:{either(staff['women_alone'])}){link}{{0,2}}{_NUMBER}\s?[人名]"
        ),
        women_behind=re.compile(
            rf"(?:{either(staff['everybody'])})的?\s?{_NUMBER}\s?[人名位]\s?(?:{either(staff['women_alone'])})"
        ),
        passing=re.compile(
            rf"[人名位]{persons}?{either(staff['among'])}|{either(staff['everyones'])}[：:]?\s?\d|{either(staff['ours'])}{link}?\s?\d"
        ),
        everyone=re.compile(
            rf"(?:{opened}(?:{either(staff['ours'])})?|(?<=公司的)|(?<=厂的)){_NUMBER}\s?[人名位]{persons}?{either(staff['among'])}"
            rf"|{either(staff['everyones'])}[：:]?\s?{_NUMBER.replace('number', 'number2')}\s?[人名位份]"
            rf"|{opened}{either(staff['ours'])}{link}?\s?{_NUMBER.replace('number', 'number3')}"
            r"\s?[人名位](?=[，,。；;])"
        ),
        narrow=re.compile(either([*data["scopes"], *data["clause_scopes"], *staff["narrow"]])),
    )
