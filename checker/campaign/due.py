"""When something is due, as clerks write it: 2025-3-31, 20250331, 2025年3月底, 2025年一季度, Excel's count of days.

A period means its last day.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_TENS = re.compile("([一二三]?)十([一二三四五六七八九]?)")
_WHOLE = (
    re.compile(r"(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)\Z"),
    re.compile(r"(?P<y>20\d\d)\s*[年./-]\s*(?P<m>\d{1,2})\s*[月./-]\s*(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>20\d\d)\Z"),
)
_MONTH = re.compile(r"(?P<y>20\d\d)\s*(?:年\s*(?P<m>\d{1,2})\s*月|[./-]\s*(?P<m2>\d{1,2})(?:月|\Z))")
_QUARTER = re.compile(r"(?P<y>20\d\d)\s*年?\s*(?:第?(?P<q>[1-4])季度?|Q(?P<q2>[1-4]))", re.IGNORECASE)
_HALF = re.compile(r"(?P<y>20\d\d)\s*年?\s*(?P<h>[上下])半年")
_YEAR = re.compile(r"(?P<y>20\d\d)\s*(?:年(?:度|[底末内])?|[底末])?\s*(?:之前|以前|前)?(?:完成)?\Z")
_RANGE = re.compile(r"[至到~—–]")  # from … to …: which of the two is due, nobody says
_BEGINNING = re.compile(r"月\s*(?:初|上旬|(?P<middle>中旬?|15))\s*(?:前|之前|以前)?\Z")


def read_date(value: Any) -> date | None:
    """A cell's value as a date: a date, Excel's count of days, or words; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float):
        return _counted(value)
    text = unicodedata.normalize("NFKC", str(value)).strip()
    text = _TENS.sub(lambda found: f"{found[1] or '一'}{found[2] or '〇'}", text).translate(_DIGITS)
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _counted(float(text))
    return _written(text)


def _counted(days: float) -> date | None:
    return date(1899, 12, 30) + timedelta(days=int(days)) if 30_000 < days < 80_000 else None


def _written(text: str) -> date | None:
    if _RANGE.search(text):
        return None
    for pattern in _WHOLE:
        if found := pattern.search(text):
            year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
            if pattern is _WHOLE[2]:
                if month <= 12 and day <= 12 and month != day:
                    return None  # 03/04/2025 is one day here and another there
                if month > 12:
                    month, day = day, month
            try:
                return date(year, month, day)
            except ValueError:
                return None
    if found := _MONTH.search(text):
        return _last(int(found["y"]), int(found["m"] or found["m2"]), text)
    if found := _QUARTER.search(text):
        return _last(int(found["y"]), 3 * int(found["q"] or found["q2"]))
    if found := _HALF.search(text):
        return _last(int(found["y"]), 6 if found["h"] == "上" else 12)
    if found := _YEAR.search(text):
        return _last(int(found["y"]), 12)
    return None


def _last(year: int, month: int, text: str = "") -> date | None:
    """The last day of a month, or of the part of it that is named."""
    if not 1 <= month <= 12:
        return None
    part = _BEGINNING.search(text)
    if part is not None:
        return date(year, month, 20 if part["middle"] else 10)
    return date(year, month, monthrange(year, month)[1])
