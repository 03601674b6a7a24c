"""Chinese and Arabic numerals to decimals."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from frameworks.ground.yaml import load_data


@cache
def table() -> dict[str, Any]:
    """How numbers are written and hedged."""
    data: dict[str, Any] = load_data("checker.data", "numbers.yaml")
    return data


def arabic(text: str) -> Decimal | None:
    """1,236 or 1 200.50 as a decimal; None for anything else.

    >>> arabic("1,236")
    Decimal('1236')
    """
    try:
        return Decimal(text.replace(",", "").replace("，", "").replace(" ", "").replace("\u00a0", ""))
    except InvalidOperation:
        return None


def chinese(text: str) -> Decimal | None:
    """三千五百, 五百三十六, 十二万 as a decimal; 二〇二四 digit by digit; None for what is no numeral.

    >>> chinese("三千五百")
    Decimal('3500')
    """
    digits, small, large = table()["digits"], table()["small_units"], table()["large_units"]
    if not text:
        return None
    if len(text) > 1 and all(character in digits for character in text):
        return Decimal("".join(str(digits[character]) for character in text))
    total = section = digit = 0
    last_unit = 1
    for character in text:
        if character in digits:
            digit = digits[character]
        elif character in small:
            section += (digit or 1) * small[character]
            last_unit, digit = small[character], 0
        elif character in large:
            total = (total + section + digit) * large[character]
            last_unit, section, digit = large[character], 0, 0
        else:
            return None
    # 三千五 means 3,500: a digit behind a unit stands for the next lower one, unless 零 stands between
    tail = digit * (last_unit // 10) if digit and last_unit >= 100 and "零" not in text[-2:] else digit
    return Decimal(total + section + tail)


def plain(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros behind the point that scaling made."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text and value == value.to_integral_value() else text
