"""Days and times as a sheet shows them.

A whole day is written 2024-12-31 however its format turns it, so that 12/31/24 is no riddle; a format that shows
less (2024年12月, 12月31日, 8:30) is shown as it is: the rest was never told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from questionnaire.reading.files.codes import Piece, Section, Sort

_LAST_DAY = 2_958_465  # 9999-12-31
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEK = "一二三四五六日"


def show_moment(value: float, section: Section, epoch_1904: bool) -> str:
    """A serial day as text; empty where there is no such day (29 February 1900 among them)."""
    if section.has(Sort.ELAPSED):
        return _written(section.pieces, None, round(value * 86_400))
    if not 0 <= value <= _LAST_DAY:
        return ""
    start = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 31) if value < 60 else date(1899, 12, 30)
    try:
        moment = datetime.combine(start, time()) + timedelta(seconds=round(value * 86_400))
    except OverflowError:
        return ""
    shown = _letters(section.pieces)
    year, month, day = bool(set("ye") & shown), "M" in shown, "d" in shown
    if year and month and (day or not section.words.strip("-/. ")):
        return _plain(moment, shown) if day else moment.strftime("%Y-%m")
    return _written(section.pieces, moment, 0)


def _plain(moment: datetime, shown: set[str]) -> str:
    if not shown & set("hs"):
        return moment.strftime("%Y-%m-%d")
    if "s" in shown and moment.second:
        return moment.strftime("%Y-%m-%d %H:%M:%S")
    return moment.strftime("%Y-%m-%d" if moment.time() == time() else "%Y-%m-%d %H:%M")


def _letters(pieces: Sequence[Piece]) -> set[str]:
    """First letters of what is shown; M for months, n for minutes."""
    return {_letter(pieces, at) for at, piece in enumerate(pieces) if piece.sort is Sort.DATE}


def _letter(pieces: Sequence[Piece], at: int) -> str:
    """The first letter; m is a minute behind hours or before seconds."""
    letter = pieces[at].text[0]
    if letter != "m" or len(pieces[at].text) > 2:
        return "M" if letter == "m" else letter
    kinds = (Sort.DATE, Sort.ELAPSED)
    before = next((p.text[0] for p in reversed(pieces[:at]) if p.sort in kinds), "")
    after = next((p.text[0] for p in pieces[at + 1 :] if p.sort in kinds), "")
    return "n" if before == "h" or after == "s" else "M"


def _written(pieces: Sequence[Piece], moment: datetime | None, span: int) -> str:
    """The pieces one after the other.

    Args:
        pieces: of the section.
        moment: None for a span.
        span: seconds.
    """
    noon = any(piece.sort is Sort.NOON for piece in pieces)
    if moment is None:
        clock, sign = abs(span), "-" if span < 0 else ""
        moment = datetime(1900, 1, 1) + timedelta(seconds=clock % 86_400)
    else:
        clock, sign = 0, ""
    found = []
    fraction = False  # behind ss.0
    for at, piece in enumerate(pieces):
        if piece.sort is Sort.DATE:
            found.append(_value(_letter(pieces, at), len(piece.text), moment, noon))
        elif piece.sort is Sort.ELAPSED:
            size = {"h": 3600, "m": 60, "s": 1}[piece.text[0]]
            found.append(str(clock // size).zfill(len(piece.text)))
        elif piece.sort is Sort.NOON:
            first, _, second = piece.text.partition("/")
            found.append(second if moment.hour >= 12 else first)
        elif piece.sort is Sort.POINT and at + 1 < len(pieces) and pieces[at + 1].sort is Sort.DIGIT:
            fraction = True
        elif not (fraction and piece.sort is Sort.DIGIT):
            found.append(piece.text)
    return sign + "".join(found).strip()


def _value(letter: str, width: int, moment: datetime, noon: bool) -> str:
    if letter in "yebg":
        return f"{moment.year % 100:02}" if letter == "y" and width <= 2 else str(moment.year)
    if letter == "M":
        return _MONTHS[moment.month - 1] if width > 2 else str(moment.month).zfill(width)
    if letter == "a" or (letter == "d" and width > 2):
        return ("周" if width == 3 else "星期") + _WEEK[moment.weekday()]
    hour = (moment.hour - 1) % 12 + 1 if noon else moment.hour
    number = {"d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}[letter]
    return str(number).zfill(min(width, 2))
