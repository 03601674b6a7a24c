"""Conversions of units: there and back, by any way round, and only where there is one."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frameworks.figures import Figure, load_figures
from frameworks.units import Substance, Units, load_units

UNITS, FIGURES = load_units(), load_figures()
AMOUNTS = st.fractions(min_value=Fraction(1, 10**6), max_value=10**12)
DIMENSIONS = st.sampled_from(sorted(UNITS.dimensions))
SUBSTANCES = st.sampled_from(sorted(UNITS.substances))


def size(kind: str, unit: str) -> Fraction:
    found = UNITS.size(kind, unit)
    assert found is not None, (kind, unit)
    return found


@given(st.data(), DIMENSIONS, AMOUNTS)
def test_there_and_back_is_the_same_amount(data: st.DataObject, kind: str, amount: Fraction) -> None:
    one, other = (size(kind, data.draw(st.sampled_from(sorted(UNITS.dimensions[kind])))) for _ in range(2))
    assert amount * one / other * other / one == amount


@given(st.data(), DIMENSIONS, AMOUNTS)
def test_by_way_of_a_third_unit_is_the_same(data: st.DataObject, kind: str, amount: Fraction) -> None:
    a, b, c = (size(kind, data.draw(st.sampled_from(sorted(UNITS.dimensions[kind])))) for _ in range(3))
    assert (amount * a / b) * b / c == amount * a / c


@given(st.data(), SUBSTANCES, AMOUNTS)
def test_substances_convert_there_and_back_and_by_a_third(
    data: st.DataObject, name: str, amount: Fraction
) -> None:
    kinds = [each.kind for each in UNITS.substances[name].equal]
    a, b, c = (data.draw(st.sampled_from(kinds)) for _ in range(3))
    to, back, on, straight = (UNITS.exchange(name, *pair) for pair in ((a, b), (b, a), (b, c), (a, c)))
    assert to and back and on and straight
    assert amount * to.factor * back.factor == amount
    assert to.factor * on.factor == straight.factor
    assert to.least <= to.factor <= to.most
    assert to.least * back.most == 1


@given(st.data(), st.sampled_from(FIGURES.figures), AMOUNTS)
def test_every_offered_unit_converts_to_the_figures_own_and_back(
    data: st.DataObject, figure: Figure, amount: Fraction
) -> None:
    unit = data.draw(st.sampled_from(FIGURES.offer(figure)))
    conversion = FIGURES.conversion(figure, unit)
    assert conversion is not None
    back = FIGURES.conversion(figure, FIGURES.own_unit(figure, conversion.kind))
    assert back is not None
    assert (back.kind, back.factor) == (conversion.kind, 1)
    assert amount * conversion.factor / conversion.factor == amount


@given(st.data(), AMOUNTS)
def test_a_quotient_converts_like_its_parts(data: st.DataObject, amount: Fraction) -> None:
    upper, lower = data.draw(DIMENSIONS), data.draw(DIMENSIONS)
    above, below = (data.draw(st.sampled_from(sorted(UNITS.dimensions[kind]))) for kind in (upper, lower))
    if "/" not in above + below:
        assert size(f"{upper}/{lower}", f"{above}/{below}") == size(upper, above) / size(lower, below)


@pytest.mark.parametrize(
    ("kind", "unit", "amount"),
    [
        ("energy", "万千瓦时", 36000), ("energy", "tce", Decimal("29307.6")), ("energy", " GJ ", 1000),
        ("volume", "万 m³", 10000), ("mass", "克", Decimal("0.001")), ("money", "亿元", 100000000),
        ("carbon/money", "tCO2e/百万元", Decimal("0.000001")), ("energy/mass", "kgce/吨产品", Decimal("0.0293076")),
        ("mass/piece", "克／件", Decimal("0.001")),
    ],
)  # fmt: skip
def test_units_are_known_as_they_are_written(kind: str, unit: str, amount: float | Decimal) -> None:
    assert UNITS.size(kind, unit) == Fraction(amount)


@pytest.mark.parametrize(
    ("kind", "unit"),
    [
        ("energy", "吨"),
        ("mass", "立方米"),
        ("carbon/piece", "吨"),
        ("money", "万美元"),
        ("energy", ""),
        ("mass", "/"),
    ],
)
def test_a_unit_of_another_kind_is_none(kind: str, unit: str) -> None:
    assert UNITS.size(kind, unit) is None


@pytest.mark.parametrize(
    ("figure", "unit", "own", "amount"),
    [
        ("air.nox", "吨", {}, 1000),
        ("air.nox", " KG", {}, 1),
        ("energy.electricity", "万千瓦时", {}, 10),
        ("energy.gas", "万立方米", {}, Fraction("389.31") / Fraction("3.6")),
        ("energy.gas", "立方米", {"natural-gas": {"energy": Fraction(360)}}, Fraction(1, 100)),
        ("energy.heat", "吨", {}, Fraction("3.763") / Fraction("3.6")),
        ("energy.total", "吨标准煤", {}, Fraction("29.3076") / Fraction("3.6")),
        ("water.withdrawn", "万吨", {}, 10000),
        ("water.intensity", "吨/万件", {}, 1),
    ],
)
def test_units_convert_to_the_figures_own(
    figure: str, unit: str, own: dict[str, dict[str, Fraction]], amount: float | Fraction
) -> None:
    conversion = FIGURES.conversion(FIGURES.by_id[figure], unit, own)
    assert conversion is not None
    assert conversion.factor == amount


def test_what_no_factor_converts_stays_as_it_is() -> None:
    for figure, unit in (("air.nox", "人"), ("energy.oil", "升"), ("energy.electricity", "立方米")):
        assert FIGURES.conversion(FIGURES.by_id[figure], unit) is None


def test_every_factor_says_where_it_is_from() -> None:
    for substance in UNITS.substances.values():
        first, *others = substance.equal
        assert first.value == 1
        assert all(each.source and each.edition for each in others)


def test_a_plants_own_factor_is_stated_in_the_tables_units() -> None:
    """Its figure's own unit is that of the amount, for each of the substance's first unit."""
    for figure in FIGURES.figures:
        if (setting := figure.sets) is not None:
            first, *others = UNITS.substances[setting.substance].equal
            stated = next(each for each in others if each.kind == setting.kind)
            assert FIGURES.offer(figure)[0] == f"{stated.unit}/{first.unit}"
            limits = FIGURES.limits(figure)
            assert limits.least is not None and limits.most is not None
            assert limits.least <= stated.value <= limits.most


def test_a_plant_can_state_its_own_value_of_every_fuel() -> None:
    stated = {figure.sets.substance for figure in FIGURES.figures if figure.sets}
    fuels = {name for name, found in UNITS.substances.items() if any(e.kind == "energy" for e in found.equal)}
    assert stated == fuels


def test_every_unit_has_an_english_name_that_is_the_same_amount() -> None:
    """The sheet's list: no Chinese, and no comma, at which Excel would cut it."""
    for figure in FIGURES.figures:
        shown = FIGURES.offer(figure, english=True)
        assert not re.search("[\u4e00-\u9fff,]", "".join(shown))
        for unit, english in zip(FIGURES.offer(figure), shown, strict=True):
            assert FIGURES.conversion(figure, english) == FIGURES.conversion(figure, unit)
        assert FIGURES.group(figure, english=True) != figure.group


def test_a_table_with_an_unknown_unit_is_refused() -> None:
    mud = Substance.built_from(
        {"zh": "泥", "en": "Mud", "equal": [{"kind": "mass", "unit": "吨", "value": 1},
                                           {"kind": "volume", "unit": "桶", "value": 2}]}
    )  # fmt: skip
    with pytest.raises(ValueError, match="桶"):
        Units(
            dimensions={"mass": {"吨": Decimal(1)}, "volume": {"升": Decimal(1)}}, substances={"mud": mud}
        ).consistent()
