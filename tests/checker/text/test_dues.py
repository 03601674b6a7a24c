"""The months that words name, and whether what is told stands in the time of what was promised."""

from __future__ import annotations

import pytest

from checker.text.readers.time.dues import Months, are_due, find_months


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("4月20日进场", [(4, 4)]),
        ("十二月验收，下半年结算", [(12, 12), (7, 12)]),
        ("国庆前建成", [(9, 10)]),
        ("Q3上线", [(7, 9)]),
        ("每月度盘点，历时3个月，月均5次", []),
        ("13月", []),
    ],
)
def test_months(text: str, months: list[Months]) -> None:
    assert list(find_months(text)) == months


@pytest.mark.parametrize(
    ("promised", "told", "due"),
    [
        ("6月底前", "5月", True),
        ("6月底前", "8月", True),
        ("6月底前", "11月", False),
        ("下半年", "2月", False),
        ("年内", "2月", True),
        ("6月底前", "已办", False),
        ("6月底前", "3月、6月各一次", False),
    ],
)
def test_due(promised: str, told: str, due: bool) -> None:
    assert are_due(find_months(promised), find_months(told)) is due
