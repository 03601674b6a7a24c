"""Chinese numerals of headings: 一 to 九十九."""

from __future__ import annotations

NUMERALS = "一二三四五六七八九十"  # with which headings count
_DIGITS = "〇" + NUMERALS[:9]


def numeral(number: int) -> str:
    """1–99 as a Chinese numeral, the way headings print it (十二).

    >>> numeral(12)
    '十二'
    """
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "") or _DIGITS[0]


def counted(numeral: str) -> int:
    """一 to 九十九 as a number; 0 for anything else.

    >>> counted("十二")
    12
    """
    tens, _, ones = numeral.rpartition("十")
    if "十" not in numeral:
        return NUMERALS.find(numeral) + 1 if len(numeral) == 1 else 0
    return (NUMERALS.find(tens) + 1 if tens else 1) * 10 + (NUMERALS.find(ones) + 1 if ones else 0)
