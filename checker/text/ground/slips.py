"""Numbers as they are written, and by which slip of the pen one becomes another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

LONG = 5  # significant digits of a number that does not come twice by chance

_DIGITS = re.compile(r"\d[\d,，]{0,24}(?:\.\d{1,8})?")
_WHOLE = re.compile(r"\d[\d,，]*")


@lru_cache(maxsize=16_384)  # of one figure it is asked for every pair
def digits(written: str) -> str:
    """The number of a figure as written, without marks: 1,286 人 → 1286."""
    found = _DIGITS.search(written)
    return _plain(found.group()) if found else ""


def whole_numbers(text: str) -> frozenset[str]:
    """All runs of digits of a text, without marks; what stands behind a point is a number of its own."""
    return frozenset(_plain(found) for found in _WHOLE.findall(text))


def is_long(number: str, least: int = LONG) -> bool:
    """Whether a number has so many significant digits that it does not come twice by chance."""
    return len(number.replace(".", "").strip("0")) >= least


def is_slip(one: str, other: str) -> bool:
    """Whether two numbers as written differ by one digit, or by two neighbours in the wrong order.

    >>> is_slip("18930.70", "18938.70"), is_slip("502", "520"), is_slip("12", "13.5")
    (True, True, False)
    """
    if len(one) != len(other) or one == other:
        return False
    odd = [at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    if any(not (one[at] + other[at]).isdigit() for at in odd):
        return False
    swapped = len(odd) == 2 and odd[1] == odd[0] + 1
    return len(odd) == 1 or (swapped and one[odd[0]] == other[odd[1]] and one[odd[1]] == other[odd[0]])


def slip_keys(number: str) -> Iterator[tuple[object, ...]]:
    """Of two numbers that differ by a slip, one of these is the same: all but one digit, or but two neighbours' order.

    >>> bool(set(slip_keys("18930.70")) & set(slip_keys("18938.70")))
    True
    """
    for at in range(len(number)):
        yield (at, number[:at], number[at + 1 :])
    for at in range(1, len(number)):
        yield (-at, number[: at - 1], *sorted(number[at - 1 : at + 1]), number[at + 1 :])


def is_swap(one: str, other: str) -> bool:
    """Whether two numbers differ by two digits that changed places.

    >>> is_swap("9680", "9860"), is_swap("502", "503")
    (True, False)
    """
    return is_slip(one, other) and sorted(one) == sorted(other)


def is_garbled(one: str, other: str) -> bool:
    """Whether two long numbers begin alike and are made of the same digits.

    >>> is_garbled("25373", "25737"), is_garbled("25373", "26310")
    (True, False)
    """
    return len(one) == len(other) >= LONG and one[:2] == other[:2] and set(one) == set(other)


def _plain(number: str) -> str:
    return number.replace(",", "").replace("，", "")
