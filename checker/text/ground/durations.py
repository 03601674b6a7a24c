"""Figures in two parts: minutes and seconds (4分10秒), hours and minutes (2小时30分), and a half behind (3天半)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, NamedTuple

from checker.text.ground.lexicon import either
from checker.text.ground.numbers import plain
from frameworks.ground.yaml import load_data

REACH = 12  # characters before points that say that they are points (得分6分半)
_CLAUSE = re.compile("[，,。；;、\n]")
_MAY_HAVE = re.compile("[时头分][0-9零〇一二三四五六七八九十]|半")


class Measure(NamedTuple):
    """Value and unit of a figure at its place, and of which of the figures it is made."""

    start: int
    end: int
    value: str
    unit: str
    kind: str
    first: int
    last: int


def may_have_parts(text: str) -> bool:
    """Whether a text can hold a figure in two parts: cheap, and asked first."""
    return _MAY_HAVE.search(text) is not None


def with_parts(found: Sequence[Measure], text: str) -> list[Measure]:
    """The figures in order, those that are parts of one as one, in the unit of the last part."""
    whole: list[Measure] = []
    for each in found:
        joined = _together(whole[-1], each) if whole and whole[-1].end == each.start else None
        if joined is None:
            whole.append(each)
        else:
            whole[-1] = joined
    return [_halved(each, text) for each in whole]


def _together(first: Measure, second: Measure) -> Measure | None:
    """Hours with minutes, minutes with seconds; None for what is no such pair."""
    larger, smaller = _units().get(first.unit), _units().get(second.unit)
    if larger is None or smaller is None or larger != 60 * smaller:
        return None
    try:
        value = plain(Decimal(first.value) * 60 + Decimal(second.value))
    except InvalidOperation:  # a range
        return None
    unit = "分钟" if second.unit == "分" else second.unit
    return second._replace(start=first.start, value=value, unit=unit, kind="time", first=first.first)


def _halved(figure: Measure, text: str) -> Measure:
    """A figure with the half behind its unit, or within it (两个半小时)."""
    if "半" not in figure.unit and not text.startswith("半", figure.end):
        return figure
    try:
        value = plain(Decimal(figure.value) + Decimal("0.5"))
    except InvalidOperation:
        return figure
    if "个半" in figure.unit:
        return figure._replace(value=value, unit=figure.unit.replace("个半", "个"))
    if figure.unit == "个" and text.startswith("半月", figure.end):
        return figure._replace(end=figure.end + 2, value=value, unit="个月", kind="time")
    half = _half().match(text, figure.end)
    before = _CLAUSE.split(text[max(0, figure.start - REACH) : figure.start])[-1]
    minutes = figure.unit == "分" and _points().search(before) is None
    if half is None or not (minutes or figure.unit in _data()["halved"]):
        return figure
    unit, kind = ("分钟", "time") if minutes else (figure.unit, figure.kind)
    return figure._replace(end=half.end(), value=value, unit=unit, kind=kind)


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_data("checker.data", "durations.yaml")
    return data


@cache
def _units() -> dict[str, int]:
    return {unit: int(seconds) for seconds, units in _data()["seconds"].items() for unit in units}


@cache
def _half() -> re.Pattern[str]:
    return re.compile(_data()["half"])


@cache
def _points() -> re.Pattern[str]:
    return re.compile(either(_data()["points"]))
