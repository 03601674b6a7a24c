"""Figures far from their peers', and units gone wrong."""

from __future__ import annotations

import pytest

from checker.campaign.outliers import LEAST_PEERS, Figures, bases_of, find_outliers
from checker.report.excel.campaign_rows import RowWording
from checker.rules.peers import LabelledFigure
from checker.wording import wording
from questionnaire.answers import Place
from questionnaire.schema import Schema

PLACE = Place("x.xlsx", "问卷", "E10")


def figure(value: float, unit: str = "元") -> LabelledFigure:
    return LabelledFigure(aspect="P1.S3.I3.f", value=value, unit=unit, quote=f"{value}{unit}", where=PLACE)


def plain(each: LabelledFigure) -> tuple[str, str, float]:
    return each.aspect, each.unit, each.value


@pytest.mark.parametrize(
    ("value", "power"),
    [(1.0, None), (3.5, None), (40.0, 0), (10_000.0, 4), (1_000.0, 3), (0.001, -3), (0.0001, -4)],
)
def test_a_figure_among_its_peers(value: float, power: int | None) -> None:
    figures = Figures()
    for number in range(12):
        figures.add(number, [plain(figure((100 + number) * (0.8 + 0.05 * number)))], {"head": 100.0 + number})
    odd = figure(130 * value)
    figures.add(99, [plain(odd)], {"head": 130.0})
    found = find_outliers(figures.far().get(99, ()), [odd])
    assert [each.far.power for each in found] == ([] if power is None else [power])
    assert set(figures.far()) <= {99}


def test_with_few_peers_nothing_is_said() -> None:
    figures = Figures()
    for number in range(LEAST_PEERS):
        figures.add(number, [plain(figure(100.0 if number else 1e7))], {})
    assert not figures.far()
    figures.add(LEAST_PEERS, [plain(figure(100.0))], {})
    ((far,),) = figures.far().values()
    assert (far.peers, far.middle) == (LEAST_PEERS, pytest.approx(100))


def test_shares_are_not_divided_by_heads() -> None:
    figures = Figures()
    for number in range(10):
        figures.add(number, [plain(figure(95.0, "%"))], {"head": 10.0 ** (number % 4 + 1)})
    assert not figures.far()


@pytest.mark.parametrize(
    ("given", "heads"), [("1,204人", 1204.0), ("约 380", 380.0), ("", None), ("不详", None), ("0", None)]
)
def test_heads(given: str, heads: float | None) -> None:
    assert bases_of({"employees": given}).get("head") == heads


@pytest.mark.parametrize(
    ("unit", "value", "shown", "suspicion"),
    [
        ("人次", 6_480_000.0, "648万人次", "约大一万倍，疑似多写了“万”或单位写错"),
        ("元", 6_480_000.0, "648万元", "约大一万倍，疑似元与万元弄混"),
        ("人次", 0.065, "0.065人次", "约小一万倍，疑似漏写“万”或单位写错"),
        ("吨", 648_000.0, "64.8万吨", "约大一千倍，疑似单位写错"),
    ],
)
def test_an_outlier_is_written_as_people_write(
    unit: str, value: float, shown: str, suspicion: str, schema: Schema
) -> None:
    figures = Figures()
    for number in range(12):
        figures.add(number, [plain(figure(648.0, unit))], {"head": 720.0})
    odd = figure(value, unit)
    figures.add(99, [plain(odd)], {"head": 720.0})
    (found,) = find_outliers(figures.far()[99], [odd])
    row = RowWording([schema], wording()).outlier("甲", found)
    assert row[4] == shown
    assert row[9] == suspicion
    assert not any("e+" in cell or "e-" in cell for cell in row[:9])
