"""The key figures of all companies: what is added up and what is not, who gave it, and who is far from the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace

from checker.campaign.group_figures import GroupFigure, GroupFigures
from checker.campaign.ledger import ParentReturn
from checker.campaign.pages import gather
from checker.campaign.rounds import Memory
from checker.checking.engine import check
from checker.report.amounts import readable
from checker.report.excel.campaign import write_campaign
from checker.wording import Language, wording
from questionnaire.editions import Editions
from questionnaire.schema import Schema
from tests.conftest import make_return, make_returns
from tests.files.figures import figures_of

Given = dict[str, dict[str, Any]]  # company → figures
Group = Callable[..., dict[str, GroupFigure]]


@pytest.fixture
def group(schema: Schema) -> Group:
    def run(given: Given, years: dict[str, int] | None = None, asked: tuple[str, ...] = ()) -> Any:
        found = GroupFigures()
        for company, figures in given.items():
            year = (years or {}).get(company, 2024)
            source = replace(make_return({}, company), year=year, figures=figures_of(figures))
            found.add(check(schema, source, strict=True), company)
        return {f"{row.figure.id} {row.unit}": row for row in found.rows(asked)}

    return run


def test_amounts_are_added_whatever_their_unit(group: Group) -> None:
    rows = group(
        {
            "甲": {"waste.hazardous": 12.6, "energy.gas": [10, "万立方米"]},
            "乙": {"waste.hazardous": [900, "千克"], "energy.gas": [1000, "吉焦"]},
        }
    )
    assert rows["waste.hazardous 吨"].total == pytest.approx(13.5)
    assert rows["energy.gas 兆瓦时"].total == pytest.approx((3893.1 + 1000) / 3.6)


@pytest.mark.parametrize(
    ("figure", "unit"),
    [("trained.share", "%"), ("ghg.intensity", "吨二氧化碳当量/万件"), ("safety.rate", "每百万工时"),
     ("training.average", "小时/人"), ("factor.gas", "吉焦/万立方米")],
)  # fmt: skip
def test_ratios_are_never_added(group: Group, figure: str, unit: str) -> None:
    row = group({"甲": {figure: 90}, "乙": {figure: 60}, "丙": {figure: 95}})[f"{figure} {unit}"]
    assert (row.total, row.change) == (None, None)
    assert row.middle == 90


def test_who_gave_it_who_did_not_and_to_whom_it_does_not_apply(group: Group) -> None:
    given: Given = {
        "甲": {"energy.oil": 12}, "乙": {"energy.oil": [900, "升"]}, "丙": {"energy.oil": "不涉及"}, "丁": {"staff": 5},
    }  # fmt: skip
    row = group(given)["energy.oil 兆瓦时"]
    assert (row.values, row.lost, row.aside, row.missing) == ({0: 12}, {1: "900 升"}, {2}, (3,))
    assert (row.total, row.expected) == (12, 3)


def test_what_is_asked_and_nobody_gave_is_listed(group: Group) -> None:
    rows = group({"甲": {"staff": 5}, "乙": {}}, asked=("staff", "air.nox"))
    assert rows["air.nox 千克"].missing == (0, 1)
    assert rows["air.nox 千克"].total is None
    assert rows["staff 人"].missing == (1,)
    assert not group({"甲": {}}, asked=("staff",))


def test_a_figure_of_two_kinds_stands_in_two_rows(group: Group) -> None:
    rows = group({"甲": {"output": 120}, "乙": {"output": [8000, "吨"]}, "丙": {"staff": 5}})
    assert (rows["output 万件"].total, rows["output 吨"].total) == (120, 8000)
    assert rows["output 万件"].missing == rows["output 吨"].missing == (2,)


def test_a_change_is_of_those_that_can_be_compared(group: Group) -> None:
    row = group(
        {
            "甲": {"water.withdrawn": {"value": 1200, "last": 1000}},
            "乙": {"water.withdrawn": {"value": 900, "last": 1000}},
            "丙": {"water.withdrawn": {"value": 9000}},
            "丁": {"water.withdrawn": {"value": 5000, "last": 1000, "boundary": "本年起含二厂"}},
        }
    )["water.withdrawn 立方米"]
    assert (row.total, row.compared) == (16100, 2)
    assert row.change == pytest.approx(0.05)


def test_another_year_is_in_no_sum(group: Group) -> None:
    given = {name: {"staff": 100} for name in "甲乙丙"}
    assert group(given, {"丙": 2023})["staff 人"].total == 200


PEERS = ["青禾", "白杨", "衡川", "临渊", "石步", "西岑", "云梯"]


def test_the_campaign_workbook(schema: Schema, tmp_path: Path) -> None:
    """Sums, names and far figures, as the group office sees them."""
    figures: Given = {
        name: {
            "water.withdrawn": {"value": 9000 + 100 * number, "last": 8900 + 90 * number},
            "trained.share": 90 + number,
            "output": 120,
            "ghg.scope1": {"value": 5000 + 10 * number, "last": 5000},
        }
        for number, name in enumerate(PEERS)
    }
    figures["西岑"]["water.withdrawn"] = 6481234
    figures["石步"]["ghg.scope1"] = {"value": 17000, "last": 5000}
    del figures["云梯"]["trained.share"]
    read = {name: figures_of(given) for name, given in figures.items()}
    returns = make_returns({name: {"P1.S1.I1": "召开股东会2次。"} for name in PEERS}, schema, tmp_path, read)
    target = tmp_path / "汇总.xlsx"
    for language, sheets, names in (
        (
            Language.ZH,
            ("关键绩效", "指标明细", "离群数据"),
            ("取水量", "受训员工占比", "范围1温室气体排放量"),
        ),
        (
            Language.EN,
            ("Key figures", "Figures by company", "Outliers"),
            ("Water withdrawn", "Share of employees trained", "Scope 1 emissions"),
        ),
    ):
        campaign = gather(Editions(), returns, ParentReturn(schema), date(2025, 3, 1), strict=True)
        write_campaign(target, campaign, Memory(), wording(language))
        book = openpyxl.load_workbook(target)
        table, listed, far = (list(book[name].iter_rows(values_only=True)) for name in sheets)
        heads, rows = table[1], {row[1]: row for row in table[2:]}
        water, share = rows[names[0]], rows[names[1]]
        assert water[3] == sum(9000 + 100 * n for n in range(7) if PEERS[n] != "西岑") + 6481234
        assert (share[3], share[7], share[8], share[9]) == (None, 6, 7, pytest.approx(6 / 7))
        assert share[11] == "云梯"
        assert set(heads[13:]) == set(PEERS)
        assert water[heads.index("西岑")] == 6481234
        assert len(listed) == 2 + 7 * 4 - 1
        told = {(row[0], row[3]): row for row in far[2:]}
        assert told.keys() == {("西岑", names[0]), ("石步", names[2])}
        assert not [cell for row in (*far, *listed) for cell in row if cell and "e+" in str(cell)]
        number = {Language.ZH: "648.1万立方米", Language.EN: "6,481,234 m³"}[language]
        assert told["西岑", names[0]][4] == number
        assert told["西岑", names[0]][7] == "6"


def test_a_campaign_without_key_figures_says_so(schema: Schema, tmp_path: Path) -> None:
    returns = make_returns({"甲": {}, "乙": {}}, schema, tmp_path)
    campaign = gather(Editions(), returns, ParentReturn(schema), date(2025, 3, 1), strict=True)
    write_campaign(tmp_path / "汇总.xlsx", campaign, Memory(), wording(Language.ZH))
    sheet = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["关键绩效"]
    (first,) = sheet.iter_rows(values_only=True)
    assert first[1:] == ("2 家公司都没有填「关键绩效」表。",)


@pytest.mark.parametrize(
    ("value", "unit", "chinese", "english"),
    [
        (6.48e6, "元", "648万元", "6,480,000 元"),
        (6.4812e6, "万元", "648.1亿元", "6,481,200 万元"),
        (18786, "兆瓦时", "18,786兆瓦时", "18,786 兆瓦时"),
        (1234.56, "吨", "1,235吨", "1,235 吨"),
        (0.0105, "千克/件", "0.0105千克/件", "0.0105 千克/件"),
        (1.2e-7, "吨", "0.00000012吨", "0.00000012 吨"),
        (99999.6, "", "100,000", "100,000"),
        (3e21, "吨", "30,000,000,000,000亿吨", "3,000,000,000,000,000,000,000 吨"),
        (0, "件", "0件", "0 件"),
        (-35.2, "吨", "-35.2吨", "-35.2 吨"),
        (95, "%", "95%", "95 %"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_they_are_read(value: float, unit: str, chinese: str, english: str) -> None:
    assert readable(value, wording(Language.ZH), unit) == chinese
    assert readable(value, wording(Language.EN), unit) == english
