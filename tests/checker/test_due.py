"""When a gap is due, as it stands in the gap lists that come back."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from checker.campaign.due import read_date


@pytest.mark.parametrize(
    ("value", "due"),
    [
        (datetime(2025, 3, 31, 17, 30), date(2025, 3, 31)),
        (date(2025, 3, 31), date(2025, 3, 31)),
        (45747, date(2025, 3, 31)),
        ("45747", date(2025, 3, 31)),
        ("20250331", date(2025, 3, 31)),
        ("2025-3-31", date(2025, 3, 31)),
        ("31/03/2025", date(2025, 3, 31)),
        ("2025年12月15日前", date(2025, 12, 15)),
        ("二〇二五年三月三十一日", date(2025, 3, 31)),
        ("２０２５年２月", date(2025, 2, 28)),
        ("2024年2月底", date(2024, 2, 29)),
        ("2025年3月初", date(2025, 3, 10)),
        ("2025年3月中旬", date(2025, 3, 20)),
        ("2025年十一月", date(2025, 11, 30)),
        ("2025.6", date(2025, 6, 30)),
        ("2025年第三季度", date(2025, 9, 30)),
        ("2025Q1", date(2025, 3, 31)),
        ("2025年上半年", date(2025, 6, 30)),
        ("2025年底前", date(2025, 12, 31)),
        ("2026年内完成", date(2026, 12, 31)),
    ],
)
def test_a_period_means_its_last_day(value: object, due: date) -> None:
    assert read_date(value) == due


@pytest.mark.parametrize(
    "value",
    [
        "",
        "尽快",
        "十二月",
        "2025年二十日",
        12,
        "12",
        "03/04/2025",
        "2025年3月至6月",
        "2025-13-45",
        "2025/13/1",
        "2025/2/30",
    ],
)
def test_what_names_no_one_day_is_no_date(value: object) -> None:
    assert read_date(value) is None
