"""Wholes that are divided and leave nothing out: 按岗位分, age brackets from below to above, shares with a rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from checker.text.ground.lexicon import either
from checker.text.readers.sums.totals import Sum
from frameworks.ground.yaml import load_data

LEAST, MOST = Decimal("0.85"), Decimal("1.15")  # guessed: further off, the whole is another one
LEAST_SHARE, MOST_SHARE = Decimal(75), Decimal(130)  # per cent; guessed
LEAST_PARTS = 2
WHOLE = Decimal(100)

_SENTENCE = re.compile(r"[^。！？!?\n]{8,32767}")
_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d{1,7}(?:\.\d+)?"
_UNIT = r"(?:人次|人|名|万元|吨|家|项|件|份|次)?"
_FIGURE = re.compile(rf"(?<![\d.A-Za-z])(?P<number>{_NUMBER})\s?(?P<unit>{_UNIT})(?![\d.%％])")
_PART = rf"[^\d，,、；;。：:（）()|｜\t]{{1,14}}(?:{_NUMBER})\s?{_UNIT}"
_BRACKET = r"\d{1,2}岁?(?:[（(]?含[）)]?|及)?以[下上]|\d{1,2}岁?\s?[-—–~～至到]\s?\d{1,2}岁?"
_BRACKETED = rf"(?:{_BRACKET})(?:的|有|：|:|\s){{0,2}}(?:{_NUMBER})\s?{_UNIT}"
_AGES = re.compile(rf"{_BRACKETED}(?:[，,、；;]\s?{_BRACKETED}){{1,6}}")
_AGE = re.compile(_BRACKET)
_SHARE = re.compile(r"(?<![\d.])(?P<number>\d{1,2}(?:\.\d)?)\s?[%％]")
_GOES_ON = re.compile(r"\s?等|\s?[、和及][^，,。；;：:、\d]{1,20}\d")


def find_partitions(text: str) -> Iterator[Sum]:
    """Such wholes with their parts, those that add up and those that do not."""
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        for match in _divided().finditer(text, start, end):
            yield from _whole_of(text, start, match.start(), match.start("parts"), match.end())
        for match in _AGES.finditer(text, start, end):
            words = match.group()
            if "以下" in words and "以上" in words:
                yield from _whole_of(text, start, match.start(), match.start(), match.end())
        yield from _shares(text, start, end)


def _whole_of(text: str, sentence: int, before: int, start: int, end: int) -> Iterator[Sum]:
    """The parts between two places against the figures of their unit before them in the sentence."""
    spoken = _AGE.sub(lambda found: "〇" * len(found.group()), text[start:end])
    parts = list(_FIGURE.finditer(spoken))
    units = {part["unit"] for part in parts if part["unit"]}
    if len(parts) < LEAST_PARTS or len(units) != 1 or _GOES_ON.match(text, end):
        return
    wholes = [found for found in _FIGURE.finditer(text, sentence, before) if found["unit"] in units]
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
    rest = _rest().search(text, start, end)
    if rest is None:
        return
    begin = max(text.rfind(mark, start, rest.start()) for mark in "；;：:") + 1
    begin = max(begin, start)
    if _changed().search(text, begin, rest.end()):
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


@cache
def _divided() -> re.Pattern[str]:
    """A word that a whole is divided, and its parts."""
    ways = either(_data()["ways"])
    return re.compile(
        rf"(?:按[^，,。；;：:\d]{{1,8}}(?:分|划分)(?:类|布|为)?|从[^，,。；;：:\d]{{1,8}}看|{ways}[为是]?)[，,：:]?\s?"
        rf"(?P<parts>{_PART}(?:[、，,；;]{_PART}){{1,12}})"
    )


@cache
def _rest() -> re.Pattern[str]:
    figures: dict[str, Any] = load_data("checker.data", "figures.yaml")
    rest = either([*figures["rest"], *_data()["rest"]])
    return re.compile(rf"{rest}[^\d，,。；;%％]{{0,6}}(?P<share>(?P<number>\d{{1,2}}(?:\.\d)?)\s?[%％])")


@cache
def _changed() -> re.Pattern[str]:
    figures: dict[str, Any] = load_data("checker.data", "figures.yaml")
    ends = [word for word in figures["list_ends"] if word not in _data()["shares"]]
    return re.compile(either(ends))


def _data() -> dict[str, list[str]]:
    data: dict[str, list[str]] = load_data("checker.data", "figures.yaml")["partitions"]
    return data
