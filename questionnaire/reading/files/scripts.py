"""Raised and lowered letters as plain text that still means the same: m³ and 3.2×10⁵ must not become m3 and 3.2×105."""

from __future__ import annotations

LONGEST = 20  # letters that are shown raised

_RAISED = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_CAN_RISE = frozenset(map(chr, _RAISED))
_DIGITS = frozenset("0123456789")
# a mark of a note, which cannot be taken for a part of the number before it
_OPENING = "([（［〔【①②③④⑤⑥⑦⑧⑨⑩"


def raised(text: str) -> str:
    """Letters set as superscript.

    >>> raised("3"), raised("-1"), raised("th"), raised("1,2"), raised("[1]")
    ('³', '⁻¹', 'th', '^(1,2)', '[1]')
    """
    bare = text.strip()
    if not bare:
        return text
    if len(bare) <= LONGEST and _CAN_RISE.issuperset(bare):
        return text.translate(_RAISED)
    return f"^({bare})" if _DIGITS.intersection(bare) and bare[0] not in _OPENING else text


def lowered(text: str, before: str) -> str:
    """Letters set as subscript: everybody types CO2; only behind a digit must they not look like another one.

    >>> lowered("2", "CO"), lowered("2", "log10")
    ('2', '₂')
    """
    return text.translate(_LOWERED) if before[-1:] in _DIGITS else text


def power(text: str) -> str:
    """An exponent in a formula.

    >>> power("5"), power("x+1")
    ('⁵', '^(x+1)')
    """
    bare = text.strip()
    if not bare:
        return ""
    if len(bare) <= LONGEST and _CAN_RISE.issuperset(bare):
        return bare.translate(_RAISED)
    return f"^{bare}" if len(bare) == 1 else f"^({bare})"
