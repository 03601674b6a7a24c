"""Numbers that a format shows in Chinese numerals, in Arabic digits: no two programs write one number alike."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from msgspec import Struct

from frameworks.ground.yaml import load_data

_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF0D, 0xFF0E)}


def arabic_number(text: str, value: Decimal) -> str:
    """The text with the numeral that means its value in digits (壹拾万元整 → 100000元整); as it is where none does.

    Args:
        text: what a cell shows.
        value: what it holds; of a percentage, a hundred times that is shown.
    """
    text = text.translate(_WIDE)
    if any(letter.isdecimal() for letter in text):
        return text
    wanted = {abs(value): value, abs(value * 100): value * 100}

    def written(found: re.Match[str]) -> str:
        number = _number(found.group())
        return format(number.normalize(), "f") if number in wanted else found.group()

    return _numerals().run.sub(written, text)


def arabic_day(text: str) -> str:
    """A day in digits: 二〇二四年十二月三日 → 2024年12月3日."""

    def written(found: re.Match[str]) -> str:
        number = _number(found.group())
        return found.group() if number is None else format(number, "f")

    return _numerals().run.sub(written, text.translate(_WIDE))


def _number(run: str) -> Decimal | None:
    """二千零五 by its units, 二〇二四 digit by digit, both with decimals; None for what is no number."""
    known = _numerals()
    whole, point, decimals = (run, "", "")
    for mark in known.points:
        if mark in run:
            whole, point, decimals = run.partition(mark)
            break
    if not whole or not set(decimals) <= known.digits.keys() or bool(point) != bool(decimals):
        return None
    if set(whole) <= known.digits.keys():
        number = int("".join(str(known.digits[letter]) for letter in whole))
    else:
        number = _by_units(whole, known.digits, known.units, known.large)
    behind = "".join(str(known.digits[letter]) for letter in decimals)
    return Decimal(f"{number}.{behind}" if behind else number)


def _by_units(whole: str, digits: dict[str, int], units: dict[str, int], large: dict[str, int]) -> int:
    total = section = digit = 0
    for letter in whole:
        if letter in digits:
            digit = digits[letter]
        elif letter in units:
            section, digit = section + (digit or 1) * units[letter], 0
        else:
            part = section + digit
            worth = large[letter]
            total = (total + part) * worth if total < worth else total + part * worth  # 一亿二千万
            section = digit = 0
    return total + section + digit


class _Numerals(Struct, frozen=True):
    digits: dict[str, int]
    units: dict[str, int]
    large: dict[str, int]
    points: str
    run: re.Pattern[str]


@cache
def _numerals() -> _Numerals:
    data = load_data("questionnaire.data", "numerals.yaml")
    letters = "".join((*data["digits"], *data["units"], *data["large"]))
    run = re.compile(f"[{letters}]+(?:[{re.escape(data['points'])}][{''.join(data['digits'])}]+)?")
    return _Numerals(data["digits"], data["units"], data["large"], data["points"], run)
