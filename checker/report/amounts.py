"""Amounts as people read them: 648万元, 2.505万吨, 0.0105 — never 6.48e+06."""

from __future__ import annotations

from decimal import Context, Decimal

from checker.wording import Wording

DIGITS = 4  # that count
ROOM = 10  # how often a step must fit: 18,786 stays as it is


def readable(value: float, words: Wording, unit: str = "") -> str:
    """A number with its unit; large ones in the language's own steps (万, 亿), a step before the unit taken in."""
    amount = Decimal(repr(value))
    steps = _steps(words)
    for name, size in steps:
        if unit.startswith(name):  # 万元: 6480000万元 are 648亿元
            amount, unit = amount * size, unit.removeprefix(name)
            break
    if not amount.is_finite():
        return f"{value} {unit}".strip()
    mark = ""
    for name, size in steps:
        if abs(amount) >= ROOM * size:
            amount, mark = amount / size, name
            break
    rounded = Context(prec=DIGITS).plus(amount)
    text = f"{amount:,.0f}" if abs(amount) >= 10**DIGITS else f"{rounded:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return words.text("campaign", "amount", number=text + mark, unit=unit).strip()


def _steps(words: Wording) -> list[tuple[str, int]]:
    """The language's steps with their sizes, the largest first."""
    pairs = (each.split("=") for each in words.text("campaign", "amount-steps").split())
    return [(name, int(size)) for name, size in pairs]
