"""Years and dates that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from checker.text.ground.english import is_mostly_english

NEAR = 5  # years: a two-digit year further off is a quantity of years

_YEAR = re.compile(
    r"(?<![\d.A-Za-z〔\[/-])((?:19|20)\d\d)(?=\s?年|\s?[-—~～至到]\s?(?:19|20)\d\d|\s?[./-]\s?\d{1,2}(?!\d))"
)
_SECOND = re.compile(r"(?:19|20)\d\d\s?年?\s?[-—~～至到]\s?((?:19|20)\d\d)(?=\s?年)")
_SHORT = re.compile(r"(?<!\d)(\d\d)\s?年(?=度|累计|全年|初|底|末|上半年|下半年|\s?\d{1,2}\s?月(?!个))")
_DATE = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)\s?[年./-]\s?(?P<month>\d{1,2})\s?(?:月份?|[./-](?=\s?\d))?\s?(?P<day>\d{1,2})?\s?[日号]?"
    r"(?:\s?[-—–~～至到]\s?(?:\d{1,4}\s?[年月./-]\s?){0,2}\d{1,2}\s?[月日号]?)?"
    r"|(?<![\d.])(?P<short>[12]\d)\s?年\s?(?P<month4>\d{1,2})\s?月(?:份|\s?(?P<day4>\d{1,2})\s?[日号])?"
    r"|(?<![\d.])(?P<month2>\d{1,2})\s?月\s?(?P<day2>\d{1,2})?\s?[日号]?(?:\s?[-—–~～至到]\s?(?:\d{1,2}\s?月)?\s?\d{1,2}\s?[日号]?)?"
    r"|(?P<year3>(?:19|20)\d\d)\s?年(?:第?[一二三四1-4]季度|[上下]半年|[初底末]|[春夏秋冬]季?)"
    r"|第?[一二三四]季度|[上下]半年|每[年季月周]"
)


_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}})?\s(?:of\s)?(?P<month>{_MONTH})\b\.?(?:,?\s(?P<year>(?:19|20)\d\d))?"
    rf"|\b(?P<month2>{_MONTH})\b\.?\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:\s?[-–]\s?\d{{1,2}})?(?:,?\s(?P<year2>(?:19|20)\d\d))?"
    rf"|\b(?P<month3>{_MONTH})\b(?:[\s-](?:of\s)?(?P<year3>(?:19|20)\d\d))?"
    r"|\b(?:[QH][1-4]|week\s\d{1,2})\b(?:[\s/](?P<year4>(?:19|20)\d\d))?|\b(?:every|each)\s(?:year|quarter|month|week)\b"
)


class DateMention(Struct, frozen=True):
    """A date, a period, or a rhythm (每月) as written; parts that are not given are None."""

    text: str
    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None


_CHINESE_YEAR = re.compile("[一二][〇零九][〇零一二三四五六七八九]{2}(?=年)")
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def find_years(text: str, reporting_year: int | None = None) -> tuple[int, ...]:
    """Years in order of appearance, each once; 24年度 and 24年累计 count when near the reporting year."""
    text = text.translate(_WIDTH)
    found = [(match.start(), int(match.group(1))) for match in _YEAR.finditer(text)]
    found += [(match.start(1), int(match.group(1))) for match in _SECOND.finditer(text)]
    found += _spelled(text)
    if reporting_year is not None:
        for match in _SHORT.finditer(text):
            year = reporting_year // 100 * 100 + int(match.group(1))
            if abs(year - reporting_year) <= NEAR:
                found.append((match.start(), year))
    return tuple(dict.fromkeys(year for _, year in sorted(found)))


def spelled_years(text: str) -> tuple[int, ...]:
    """Years in letters alone, in order: 二〇二四年."""
    return tuple(year for _, year in _spelled(text))


def _spelled(text: str) -> Iterator[tuple[int, int]]:
    for match in _CHINESE_YEAR.finditer(text):
        yield match.start(), int(match.group().translate(_DIGITS))


def find_dates(text: str) -> tuple[DateMention, ...]:
    """Dates and periods in order; English ones where the whole text is English."""
    if is_mostly_english(text):
        return tuple(map(_in_english, _ENGLISH.finditer(text)))
    found = []
    for match in _DATE.finditer(text):
        groups = match.groupdict()
        short = groups["short"]
        year = groups["year"] or groups["year3"] or (f"20{short}" if short else None)
        month = groups["month"] or groups["month2"] or groups["month4"]
        if month and not 1 <= int(month) <= 12:
            continue
        day = groups["day"] or groups["day2"] or groups["day4"]
        end = match.end() - (len(match.group()) - len(match.group().rstrip()))
        found.append(
            DateMention(
                text[match.start() : end], match.start(), end,
                int(year) if year else None, int(month) if month else None, int(day) if day else None,
            )
        )  # fmt: skip
    return tuple(found)


def _in_english(match: re.Match[str]) -> DateMention:
    groups = match.groupdict()
    year, month, day = (
        next((value for key, value in groups.items() if key.startswith(name) and value), None)
        for name in ("year", "month", "day")
    )
    return DateMention(
        match.group(), match.start(), match.end(),
        int(year) if year else None, _MONTHS.index(month[:3].lower()) + 1 if month else None,
        int(day) if day else None,
    )  # fmt: skip
