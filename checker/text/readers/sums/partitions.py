"""Wholes that are divided and leave nothing out: 按岗位分, age brackets from below to above, shares with a rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.lexicon import either
from checker.text.readers.sums.totals import Sum
from frameworks.ground.yaml import load_data

LEAST, MOST = Decimal("0.85"), Decimal("1.15")  # guessed: further off, the whole is another one
LEAST_SHARE, MOST_SHARE = Decimal(75), Decimal(130)  # per cent; guessed
LEAST_PARTS = 2
WHOLE = Decimal(100)

_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"[^。！？!?\n]{8,32767}")
_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d{1,7}(?:\.\d+)?"
STAFF = 12  # characters before a number in which it is called that of the staff
_BRACKET = r"\d{1,2}岁?(?:[（(]?含[）)]?|及)?以[下上]|\d{1,2}岁?\s?[-—–~～至到]\s?\d{1,2}岁?"
_AGE = re.compile(_BRACKET)
_SHARE = re.compile(r"(?<![\d.])(?P<number>\d{1,2}(?:\.\d)?)\s?[%％]")
_GOES_ON = re.compile(r"\s?等|\s?[、和及][^，,。；;：:、\d]{1,20}\d")


def find_partitions(text: str) -> Iterator[Sum]:
    """Such wholes with their parts, those that add up and those that do not."""
    words = _words()
    if _DIGIT.search(text) is None:
        return
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        for match in words.divided.finditer(text, start, end):
            yield from _whole_of(text, start, match.start(), match.start("parts"), match.end())
        for match in words.ages.finditer(text, start, end):
            if "以下" in match.group() and "以上" in match.group():
                first = start if _words().figure.search(text, start, match.start()) else 0
                yield from _whole_of(text, first, match.start(), match.start(), match.end(), staff=not first)
        yield from _shares(text, start, end)


def _whole_of(
    text: str, sentence: int, before: int, start: int, end: int, *, staff: bool = False
) -> Iterator[Sum]:
    """The parts between two places against the figures of their unit before them in the sentence.

    ``staff``: against the whole staff alone, wherever it stands before them.
    """
    spoken = _AGE.sub(lambda found: "〇" * len(found.group()), text[start:end])
    parts = list(_words().figure.finditer(spoken))
    units = {part["unit"] for part in parts if part["unit"]}
    if len(parts) < LEAST_PARTS or len(units) != 1 or _GOES_ON.match(text, end):
        return
    wholes = [found for found in _words().figure.finditer(text, sentence, before) if found["unit"] in units]
    if staff:
        wholes = [
            found
            for found in wholes
            if _words().staff.search(text, max(0, found.start() - STAFF), found.start())
        ]
    computed = sum((_value(part) for part in parts), Decimal(0))
    fitting = [found for found in wholes if _value(found) == computed]
    if not wholes:
        return
    whole = fitting[0] if fitting else wholes[0]
    stated = _value(whole)
    if not fitting and not (stated and LEAST <= computed / stated <= MOST):
        return
    texts = tuple(part.group() for part in parts)
    label = text[before:start].strip("，,：: ")
    yield Sum(
        start, end, label, texts, stated, computed, next(iter(units)), bool(fitting), whole.start("number")
    )  # fmt: skip


def _shares(text: str, start: int, end: int) -> Iterator[Sum]:
    """质量占40%、安全占30%，剩下40%看产量: shares with a rest make the whole."""
    words = _words()
    rest = words.rest.search(text, start, end)
    if rest is None:
        return
    begin = max(text.rfind(mark, start, rest.start()) for mark in "；;：:") + 1
    begin = max(begin, start)
    if words.changed.search(text, begin, rest.end()):
        return
    shares = list(_SHARE.finditer(text, begin, rest.start()))
    computed = sum((Decimal(share["number"]) for share in shares), Decimal(rest["number"]))
    if len(shares) < LEAST_PARTS or not LEAST_SHARE <= computed <= MOST_SHARE:
        return
    texts = (*(share.group() for share in shares), rest["share"])
    at = shares[0].start()
    first = max(text.rfind(mark, begin, at) for mark in "，,、") + 1
    yield Sum(max(first, begin), rest.end(), "", texts, WHOLE, computed, "%", computed == WHOLE, at)


def _value(found: re.Match[str]) -> Decimal:
    return Decimal(re.sub(r"[,，]", "", found["number"]))


class _Words(Struct, frozen=True):
    figure: re.Pattern[str]
    divided: re.Pattern[str]  # a word that a whole is divided, and its parts
    ages: re.Pattern[str]
    rest: re.Pattern[str]
    staff: re.Pattern[str]  # before the number of the whole staff
    changed: re.Pattern[str]  # what makes shares no parts of a whole


@cache
def _words() -> _Words:
    figures: dict[str, Any] = load_data("checker.data", "figures.yaml")
    data: dict[str, list[str]] = figures["partitions"]
    unit, ways = f"{either(data['units'])}?", either(data["ways"])
    part = rf"[^\d，,、；;。：:（）()|｜\t]{{1,14}}(?:{_NUMBER})\s?{unit}"
    bracketed = rf"(?:{_BRACKET})(?:的|有|：|:|\s){{0,2}}(?:{_NUMBER})\s?{unit}"
    rest = either([*figures["rest"], *data["rest"]])
    return _Words(
        figure=re.compile(rf"(?<![\d.A-Za-z])(?P<number>{_NUMBER})\s?(?P<unit>{unit})(?![\d.%％])"),
        divided=re.compile(
            rf"(?:按[^，,。；;：:\d]{{1,8}}(?:分|划分)(?:类|布|为)?|从[^，,。；;：:\d]{{1,8}}看|{ways}[为是]?)[，,：:]?\s?"
            rf"(?P<parts>{part}(?:[、，,；;]{part}){{1,12}})"
        ),
        ages=re.compile(rf"{bracketed}(?:[，,、；;]\s?{bracketed}){{1,6}}"),
        rest=re.compile(rf"{rest}[^\d，,。；;%％]{{0,6}}(?P<share>(?P<number>\d{{1,2}}(?:\.\d)?)\s?[%％])"),
        staff=re.compile(
            rf"{either(data['staff'])}{either(data['persons'])}?{either(data['counted'])}?[为有]?\s?\Z"
        ),
        changed=re.compile(either(word for word in figures["list_ends"] if word not in data["shares"])),
    )
