"""Sentences whose only year is an earlier one: what was done then, whatever the verb, and no comparison with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.english import is_mostly_english
from checker.text.ground.lexicon import either
from checker.text.ground.passages import Passages
from checker.text.ground.spans import Span, span
from checker.text.ground.stops import split_at_points
from frameworks.ground.yaml import load_data

NEAR = 80  # characters before a sentence that hold what it compares with
LATEST = 5  # years back; what is older is history

_YEAR = re.compile(r"(?<![\d.〔\[A-Za-z/-])(?:(?P<month>\d{1,2})/)?(?P<year>20\d\d)(?!\d)")
_FIGURE = re.compile(
    r"(?<![\d.])\d[\d,]*(?:\.\d+)?\s?(?P<unit>[%％℃]|[A-Za-z][A-Za-z0-9₂³/]{0,7}|[\u4e00-\u9fff]{1,3})"
)
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}/)?(?:19|20)\d\d(?!\d)"
    r"(?:\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?|\s?[./-]\s?\d{1,2}(?:[./-]\d{1,2})?(?![\d.])|\s?年)?"
    r"|\d{1,2}\s?[月日]"
)
_SPAN = re.compile(r"20\d\d\s?年?\s?[-—–~～至到]\s?(?:20)?(?P<last>\d\d)(?!\d|\s?月)")
_BEFORE = re.compile(r"[比较]\s?20\d\d")
_NUMBER = re.compile(r"\d")
_IN_YEAR = re.compile(r"\b[Ii]n\s(?:[A-Z][a-z]+\s)?20\d\d\b")
_BESIDE = re.compile(
    r"[，,、]\s?20\d\d\s?年?度?(?:同期)?(?:的|为|是|[:：])?\s?\d"
)  # 13.95 kg/pc, 2023 年为 14.62
_BRACKET = re.compile(r"[（(][^（）()]{0,60}[）)]")
_OPENED = re.compile(r"\s?20\d\d\s?年?度?(?:同期)?(?:合计|是|为|则为|[:：])?\s?\d")


def is_compared(sentence: str, earlier: int) -> bool:
    """Whether a figure of the earlier year stands beside one of the same unit without it.

    >>> is_compared("单件19.7kWh，2023年为20.6kWh", 2023), is_compared("2023年捐款5万元，帮扶8户", 2023)
    (True, False)
    """
    at = sentence.find(str(earlier))
    before, behind = _units(sentence[:at]), _units(sentence[at:])
    beside = _BESIDE.search(sentence, max(0, at - 2)) if at > 0 else None
    return at >= 0 and bool(before & behind or (beside and _NUMBER.search(_DATE.sub(" ", sentence[:at]))))


def find_dated(text: str, masked: str, passages: Passages, year: int) -> Iterator[Span]:
    """Such sentences, in an answer that says nothing else of the matter for the reporting year."""
    words = _words()
    english = is_mostly_english(text)
    named = rf"{year}|(?<!\d){year % 100}\s?年"
    only = words.current.search(text) is None and re.search(named, masked) is None
    passages = split_at_points(text, passages)
    for part in passages.sentences:
        if part.is_table or part.is_heading:
            continue
        sentence = masked[part.start : part.end]
        told = _BRACKET.sub(lambda found: found.group() if _is_date(found.group()) else "", sentence)
        years = [int(found["year"]) for found in _YEAR.finditer(told)]
        if not years or not year - LATEST <= max(years) < year or words.standing.search(told):
            continue
        if _BEFORE.search(told) or any(int(found["last"]) >= year % 100 for found in _SPAN.finditer(told)):
            continue  # 比 2023 少; 2023-2026
        if only and words.once.search(told):
            yield span(text, part.start, part.end)
            continue
        if _is_beside(told, masked[max(0, part.start - NEAR) : part.start]):
            continue
        if english and words.english.search(told):
            continue
        if english and only and _is_deed(told):
            yield span(text, part.start, part.end)
            continue
        if words.compared.search(told) or is_compared(told, max(years)) or re.search(named, told):
            continue
        if words.past.search(told) or (only and _measured(told) and not words.history.search(told)):
            yield span(text, part.start, part.end)


def _is_deed(sentence: str) -> bool:
    """Whether an English sentence tells what was done in a year, and not what has lasted since."""
    data = load_data("checker.data", "english_faults.yaml")
    return (
        _IN_YEAR.search(sentence) is not None
        and re.search(data["deed"], sentence) is not None
        and re.search(data["lasting"], sentence, re.IGNORECASE) is None
    )


def _is_beside(sentence: str, before: str) -> bool:
    """Whether a sentence is the earlier year's figure of what stands before it (7起、90天。2023年是5起。)."""
    return _OPENED.match(sentence) is not None and bool(_units(sentence) & _units(before.rpartition("\n")[2]))


def without_asides(sentence: str) -> str:
    """The sentence, as long as it was, without brackets that hold more than a date."""
    return _BRACKET.sub(
        lambda found: found.group() if _is_date(found.group()) else " " * len(found.group()), sentence
    )


def _is_date(bracket: str) -> bool:
    return not re.sub(r"[\s（()），,]", "", _DATE.sub("", bracket))


def _measured(sentence: str) -> bool:
    return _NUMBER.search(_DATE.sub(" ", sentence)) is not None


def _units(words: str) -> set[str]:
    return {found["unit"][:2] for found in _FIGURE.finditer(_DATE.sub(" ", words))}


class _Words(Struct, frozen=True):
    standing: re.Pattern[str]
    compared: re.Pattern[str]
    current: re.Pattern[str]
    past: re.Pattern[str]
    once: re.Pattern[str]
    history: re.Pattern[str]
    english: re.Pattern[str]


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "periods.yaml")
    deeds: dict[str, list[str]] = data["deeds"]
    dated: dict[str, list[str]] = data["dated"]
    return _Words(
        standing=re.compile(f"{either([*deeds['standing'], *dated['standing']])}|[年月日]起"),
        compared=re.compile(f"{either([*deeds['compared'], *dated['compared']])}|{data['spans']}"),
        current=re.compile(either([*data["current"], *dated["current"]])),
        history=re.compile(either(data["history"])),
        english=re.compile(data["english"], re.IGNORECASE),
        past=re.compile(
            rf"{either(dated['past'])}|20\d\d\s?年[^，,。；;\n\d]{{0,6}}?[过好完]了?(?=[，,。；;]|\Z)"
            r"|20\d\d\s?年[^，,。；;\n\d]{0,12}?过[一两]\s?[次回场遍]"
        ),
        once=re.compile(rf"{either(dated['once'])}[^，,。；;\n]{{0,40}}?{either(data['activities'])}"),
    )
