"""Numbers as the sheet shows them, as far as an answer's meaning hangs on it: dates, percent, units in the format.

``0.00"吨"`` keeps the unit in the number format alone, 0.125 under ``0%`` is 12.5%, 46022 under ``m/d/yy`` is a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import isfinite

from questionnaire.reading.files.archive import Archive
from questionnaire.reading.files.xml import Names, attribute, walk

# built-in formats; 27–36 and 50–58 are the dates of Chinese Excel
_DATES = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58})
_TIMES = frozenset({18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56})
_PERCENTS = frozenset({9, 10})
_QUOTED = re.compile(r'"([^"]{0,40})"|\\(.)')
_DROPPED = re.compile(r"\[[^\]]{0,60}\]|_.|\*.")
_LAST_DAY = 2_958_465  # 9999-12-31


@dataclass(frozen=True, slots=True)
class Format:
    """What a number format does to a number's meaning."""

    date: bool = False
    time: bool = False
    percent: bool = False
    before: str = ""  # literal words of the format
    after: str = ""


GENERAL = Format()


@lru_cache(maxsize=512)
def parse_format(number: int, code: str = "") -> Format:
    """A built-in format by its number, or the format that a code describes."""
    if not code:
        return Format(number in _DATES, number in _TIMES or number == 22, number in _PERCENTS)
    first = _DROPPED.sub("", code[:255].partition(";")[0])
    literals = [(match.start(), match.group(1) or match.group(2) or "") for match in _QUOTED.finditer(first)]
    bare = _QUOTED.sub("", first).lower()
    if "general" in bare or "@" in bare:
        return GENERAL
    has_digits = re.search("[0#?]", bare) is not None
    is_date = bool(re.search("[yd]|e", bare)) and not has_digits
    is_time = bool(re.search("[hs]", bare)) and (is_date or not re.search("[#?]", bare))
    if is_date or is_time:
        return Format(is_date or bool(re.search("m", bare) and not is_time), is_time)
    digit = re.search("[0#?]", first)
    middle = digit.start() if digit else len(first)
    before = "".join(text for at, text in literals if at < middle)
    after = "".join(text for at, text in literals if at >= middle)
    return Format(False, False, "%" in bare, before, after)


def read_formats(archive: Archive, part: str) -> list[Format]:
    """The format of each cell style, in order."""
    data = archive.read(part)
    codes: dict[int, str] = {}
    found: list[Format] = []
    if not data:
        return found
    names = Names()
    inside = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        name = names[tag]
        if name == "numFmt":
            codes[number_of(attributes.get("numFmtId", ""))] = attribute(attributes, "formatCode")
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            number = number_of(attributes.get("numFmtId", ""))
            found.append(parse_format(number, codes.get(number, "")))

    def end(tag: str) -> None:
        nonlocal inside
        if names[tag] == "cellXfs":
            inside = False

    walk(data, archive.file, start, end, lambda text: None)
    return found


def number_of(text: str) -> int:
    """A small whole number; -1 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else -1


def show_number(raw: str, form: Format, epoch_1904: bool = False) -> str:
    """A stored number as text.

    >>> show_number("0.125", Format(percent=True))
    '12.5%'
    """
    try:
        value = float(raw)
    except ValueError:
        return raw
    if not isfinite(value):
        return raw
    if form.date or form.time:
        return _date(value, form, epoch_1904) or _plain(value)
    text = _plain(round(value * 100, 10)) + "%" if form.percent else _plain(value)
    return f"{form.before}{text}{form.after}"


def _plain(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _date(value: float, form: Format, epoch_1904: bool) -> str:
    """A serial day; empty where there is no such day (the 29 February 1900 of Excel among them)."""
    if not 0 <= value <= _LAST_DAY:
        return ""
    if form.time and not form.date and value < 1:
        seconds = min(86_399, round(value * 86_400))
        return time(seconds // 3600, seconds // 60 % 60, seconds % 60).isoformat("auto")
    if form.time and not form.date:
        return str(timedelta(seconds=round(value * 86_400)))
    start = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 31) if value < 60 else date(1899, 12, 30)
    try:
        moment = datetime.combine(start, time()) + timedelta(seconds=round(value * 86_400))
    except OverflowError:
        return ""
    return moment.strftime("%Y-%m-%d" if moment.time() == time() else "%Y-%m-%d %H:%M")
