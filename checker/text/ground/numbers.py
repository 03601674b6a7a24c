"""Numbers as they are written, in Arabic, Chinese and mixed numerals: what they look like, and their value.

A half-width comma is a thousands mark where groups of three stand behind it, else a decimal comma (12,5 and 1.234,5).
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from frameworks.ground.yaml import load_data

LONGEST_EXPONENT = 18  # what is larger is a code
_BLANK = "[ \u00a0\u2009\u202f]"
POINT = r"(?:\.\d{1,18})"
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_EXPONENT = r"(?:\^\s?[-−]?\d{1,2}|⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})"
_HALVES = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅛": "0.125"}

# ×10^5, ×10⁵, E+05; without sign only behind decimals, as 3E2 is a code
POWER = (
    r"(?:[eE](?:[+\-−]|(?<=\.\d[eE])|(?<=\.\d\d[eE]))\d{1,2}(?![\dA-Za-z])"
    rf"|\s?[×✕xX*]\s?10{_EXPONENT})"
)
# what most numbers are stands first in each part, and a look at the next mark spares the rest
ARABIC = (
    r"(?:(?:\d{1,3}(?=[,，.'’ \u00a0\u2009\u202f])(?:"
    rf"(?:[,，]\d{{3}}){{1,5}}{POINT}?"
    r"|(?:\.\d{3}){1,5},\d{1,18}(?![\d.,])|(?:\.\d{3}){2,5}(?![\d.])"
    r"|(?:['’]\d{3}){1,5}(?![\d'’])(?:[.,]\d{1,18})?"
    rf"|(?:{_BLANK}\d{{3}}){{1,4}}(?!\d){POINT}?"
    r"|(?: [,，] \d{3}){1,4}(?!\d)(?: ?\. ?\d{1,18})?| \. \d{1,18})"
    rf"|10{_EXPONENT}|\d{{1,18}}(?:{POINT}|[½¼¾⅛])?){POWER}?|[½¼¾⅛])"
)
# a decimal comma counts only where a unit of what can be divided follows: the walk looks for that
COMMA = (
    r"(?<![\d.,])(?!20[0-3]\d,)"
    rf"(?:\d{{1,18}},\d{{1,2}}|0,\d{{1,18}}|\d{{1,3}}(?:{_BLANK}\d{{3}}){{1,4}},\d{{1,2}})(?![\d.,]){POWER}?"
)
CHINESE = (
    r"(?:[零〇一二两三四五六七八九十廿卅俩仨][零〇一二两三四五六七八九十廿卅百千万亿]{0,14}"
    r"(?:点[零〇一二三四五六七八九]{1,8}(?![十百]))?)"
)
# 25万6千, 3亿5千万, 3万2: Arabic digits between Chinese units
_UNIT = "(?:[亿万百十]|千(?![瓦克米焦卡赫伏帕])){1,2}"
MIXED = (
    rf"(?:\d{{1,4}}(?:\.\d{{1,4}})?\s?{_UNIT}(?:零?\d{{1,4}}\s?{_UNIT}){{1,4}}(?:零?\d{{1,4}}(?![\d.]))?"
    r"|(?<![\d.,])\d{1,2}[亿万千](?:\d(?!\s?[\d.,年月日天号时点])|零?\d{2,4}(?![\d.,年月日])))"
)

_TOKEN = re.compile(r"\d+(?:\.\d+)?|\D")
_INSIDE = re.compile("[ \u00a0\u2009\u202f'’]")
_CHINESE_UNIT = re.compile("[十百千万亿]")
_POWER = re.compile(f"{POWER}$")
_TEN = re.compile(rf"10({_EXPONENT})")
_GROUPS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d\d)+,\d{3}|0(?:,\d{3})+")


@cache
def table() -> dict[str, Any]:
    """How numbers are written and hedged."""
    data: dict[str, Any] = load_data("checker.data", "numbers.yaml")
    return data


def arabic(text: str) -> Decimal | None:
    """1,236 or 1 200.50 or 1.234,5 or 1.2×10⁵ as a decimal; None for anything else.

    >>> arabic("1,236"), arabic("12,5"), arabic("1.2×10⁵")
    (Decimal('1236'), Decimal('12.5'), Decimal('120000'))
    """
    if text.replace(".", "", 1).isdecimal() and text[0] != "." != text[-1]:  # most are
        return Decimal(text)
    power = _POWER.search(text)
    digits = text[: power.start()] if power else text
    exponent = _exponent(power.group()) if power else 0
    if ten := _TEN.fullmatch(digits):
        digits, exponent = "1", exponent + _exponent("10" + ten[1])
    if digits[-1:] in _HALVES:
        whole, half = digits[:-1], _HALVES[digits[-1]]
        value = Decimal(whole or 0) + Decimal(half)
    else:
        plain_digits = _one_mark(_INSIDE.sub("", digits).replace("，", ","))
        try:
            value = Decimal(plain_digits)
        except InvalidOperation:
            return None
    if not exponent:
        return value
    return None if abs(exponent) > LONGEST_EXPONENT else Decimal(plain(value.scaleb(exponent)))


def _exponent(text: str) -> int:
    behind = re.split(r"10\^?|[eE]", text.strip(), maxsplit=1)[1]
    return int(behind.translate(_RAISED).replace("−", "-").replace(" ", ""))


def _one_mark(digits: str) -> str:
    """The digits with a point as their only mark; as they are where their marks contradict each other."""
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma < 0:
        return digits.replace(".", "") if digits.count(".") > 1 else digits
    if point > comma:
        return digits.replace(",", "")
    if point < 0 and _GROUPS.fullmatch(digits) and not digits.startswith("0,"):
        return digits.replace(",", "")
    return digits.replace(".", "").replace(",", ".")


def chinese(text: str) -> Decimal | None:
    """三千五百, 五百三十六, 十二万, 25万6千, 三点五 as a decimal; 二〇二四 digit by digit; None for what is no numeral.

    >>> chinese("三千五百"), chinese("25万6千"), chinese("零点五")
    (Decimal('3500'), Decimal('256000'), Decimal('0.5'))
    """
    digits = table()["digits"]
    text = "".join(text.split())
    whole, point, decimals = text.partition("点")
    if point:
        value = chinese(whole)
        if value is None or not decimals or any(one not in digits for one in decimals):
            return None
        return value + Decimal(f"0.{''.join(str(digits[one]) for one in decimals)}")
    if len(text) > 1 and all(character in digits for character in text):
        return Decimal("".join(str(digits[character]) for character in text))
    return _added(_TOKEN.findall(text)) if text else None


def _added(tokens: list[str]) -> Decimal | None:
    digits, small, large, tens = (table()[key] for key in ("digits", "small_units", "large_units", "tens"))
    total = section = digit = Decimal(0)
    last_unit = 1
    highest = 0  # the large unit that the total ends with
    for token in tokens:
        if token in digits:
            digit = Decimal(digits[token])
        elif token in tens:
            section += tens[token]
            last_unit = 10
        elif token[0].isdecimal():
            digit = Decimal(token)
        elif token in small:
            section += (digit or 1) * small[token]
            last_unit, digit = small[token], Decimal(0)
        elif token in large:
            if highest and large[token] < highest:  # 一亿二千万
                total += (section + digit) * large[token]
            else:
                total = (total + section + digit) * large[token]
            highest = last_unit = large[token]
            section = digit = Decimal(0)
        else:
            return None
    # 三千五 means 3,500: a digit behind a unit stands for the next lower one, unless 零 stands between
    short = digit and last_unit >= 100 and digit < 10 and "零" not in tokens[-2:]
    return total + section + (digit * (last_unit // 10) if short else digit)


def spread(text: str) -> tuple[Decimal, Decimal] | None:
    """两三, 三四十, 十七八, 七八百 as the lowest and the highest that it means; None for other numerals.

    >>> spread("三四十")
    (Decimal('30'), Decimal('40'))
    """
    digits = table()["digits"]
    if len(text) < 2 or text[0].isdecimal():
        return None
    places = [at for at in range(len(text) - 1) if text[at] in digits and text[at + 1] in digits]
    if len(places) != 1:
        return None
    at = places[0]
    low, high = digits[text[at]], digits[text[at + 1]]
    if not low or (high != low + 1 and (low, high) != (3, 5)):
        return None
    one, other = chinese(text[: at + 1] + text[at + 2 :]), chinese(text[:at] + text[at + 1 :])
    return None if one is None or other is None else (one, other)


def number(text: str) -> Decimal | None:
    """A number in whichever numerals it is written; None for what is none."""
    if text.isdecimal():  # most are
        return Decimal(text)
    if text[:1].isdecimal() and _CHINESE_UNIT.search(text):
        return chinese(text)
    return arabic(text) if text[:1].isdecimal() or text[:1] in _HALVES else chinese(text)


def factor(scales: str) -> int:
    """What the scales behind a number are worth together: 万, 千余万.

    >>> factor("千余万")
    10000000
    """
    worth, rest = 1, scales
    while rest:
        scale = next((word for word in _scales() if rest.startswith(word)), "")
        worth *= table()["scales"].get(scale, 1)
        rest = rest[max(1, len(scale)) :]
    return worth


@cache
def _scales() -> tuple[str, ...]:
    return tuple(sorted(table()["scales"], key=len, reverse=True))


def plain(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros behind the point that scaling made."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text and value == value.to_integral_value() else text
