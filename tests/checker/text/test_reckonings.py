"""Shares, changes and means that do not come out of the figures beside them, and those that do."""

from __future__ import annotations

import pytest

from checker.text.ground.passages import split
from checker.text.ground.quantities import find_quantities
from checker.text.readers.figures.reckonings import Reckoning, find_reckonings


def reckonings(text: str) -> tuple[Reckoning, ...]:
    return find_reckonings(text, find_quantities(text), split(text))


@pytest.mark.parametrize(
    ("text", "stated", "reckoned"),
    [
        ("全年收到员工意见12件，办结9件，办结率100%。", "100%", "75%"),
        ("收到举报5件，其中已办结3件，办结率80%。", "80%", "60%"),
        ("在岗员工420人，参训378人，培训覆盖率95%。", "95%", "90%"),
        ("合格供应商86家，年内审核43家，审核比例60%。", "60%", "50%"),
        ("单位产值能耗由2023年的0.32吨标准煤/万元降至0.28吨标准煤/万元，下降22%。", "22%", "12.5%"),
        ("废气排放量从上年的12.5吨降到10.0吨，同比下降30%。", "30%", "20%"),
        ("从120件降到150件，下降25%。", "25%", "25%"),
        ("女员工96人，占员工总数480人的30%。", "30%", "20%"),
        ("人均培训20小时，在岗300人，全年培训总学时4500小时。", "20小时", "15小时"),
        ("固废产生量300吨，综合利用270吨，综合利用率85%。", "85%", "90%"),
        ("投入安全费用180万元，比上年的150万元增长30%。", "30%", "20%"),
        ("廉洁培训6场、240人次，平均每场60人次。", "60人次", "40人次"),
        ("Of the drivers 189 of 210 passed, 95 %.", "95 %", "90%"),
        ("Waste fell from 12.5 t to 10 t, down 30 %.", "30 %", "20%"),
        ("Recovered 270 t of 300 t of solid waste, 85 %.", "85 %", "90%"),
    ],
)
def test_what_does_not_come_out(text: str, stated: str, reckoned: str) -> None:
    (found,) = reckonings(text)
    assert (found.stated, found.reckoned) == (stated, reckoned)


@pytest.mark.parametrize(
    "text",
    [
        "全年收到员工意见12件，办结9件，办结率75%，其余3件正在办理。",
        "全年收到举报5件，应办结3件，按期办结率100%。",
        "年末在册员工418人，其中男职工331人、女职工87人，合同签订率100%。",
        "全年受理客户投诉18起，上半年11起，下半年7起，办结率100%。",
        "合格供应商86家，年内审核43家，审核比例50%；审核合格率98%。",
        "全年客诉19件，比2023年的31件下降近四成。",
        "单位产值能耗由0.32吨标准煤/万元降至0.28吨标准煤/万元，下降12.5%。",
        "废气排放量从上年的12.5吨降到10.0吨，同比下降20%；废水下降30%。",
        "一次合格率由92.5%提高到95%，提高2.5%。",
        "人均培训15小时，在岗300人，全年培训总学时4500小时。",
        "抽检1,200件，合格1,140件，合格率95%；一次交检合格率98%。",
        "满意度调查发放问卷400份，回收360份，满意率95%。",
        "女员工96人，占员工总数480人的20%，占管理人员的30%。",
        "由1,000件降到667件，下降33%。",
        "389 of 412 finished it, 94.4 %.",
        "3 of 12 requests are closed; satisfaction is 95 %.",
        "389 of 412 finished it, up 5 %.",
    ],
)
def test_what_comes_out_or_is_of_something_else(text: str) -> None:
    assert reckonings(text) == ()
