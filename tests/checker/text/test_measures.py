"""What a written number leaves open, and the dates with years of two digits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from checker.text.ground.dates import find_dates, find_years
from checker.text.ground.measures import measure
from checker.text.ground.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("投入25万6千元", "255500", "256500"),
        ("投入25.6万元", "255500", "256500"),
        ("产生12,5吨", "12450", "12550"),
        ("产生1.2×10^5吨", "115000000", "125000000"),
        ("亏损率为-3.2%", "-3.25", "-3.15"),
        (
            "产生33.3333333333333吨",
            "33333.3333283333",
            "33333.3333383333",
        ),  # no precision behind eight places
    ],
)
def test_how_far_the_digits_let_a_value_stray(text: str, low: str, high: str) -> None:
    (quantity,) = find_quantities(text)
    found = measure(quantity)
    assert found is not None
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


def test_one_amount_in_three_hands_agrees() -> None:
    texts = ("投入3千余万元", "投入3000余万元", "投入叁仟万元整")
    first, *others = (measure(find_quantities(text)[0]) for text in texts)
    assert first is not None
    assert all(other is not None and first.agrees(other) for other in others)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("24年3月5日完成", [(2024, 3, 5)]),
        ("自24年3月起", [(2024, 3, None)]),
        ("2024年3月5日", [(2024, 3, 5)]),
        ("为期12年3个月", []),
    ],
)
def test_years_of_two_digits(text: str, dates: list[tuple[int, int, int | None]]) -> None:
    assert [(found.year, found.month, found.day) for found in find_dates(text)] == dates
    assert find_years(text, 2024) == tuple(dict.fromkeys(year for year, _, _ in dates))
