"""Beginnings of texts, cut where a reader would."""

from __future__ import annotations

import pytest

from checker.text.ground.openings import opening


@pytest.mark.parametrize(
    ("text", "limit", "begins"),
    [
        ("短的", 10, "短的"),
        ("公司通过ISO45001体系认证", 8, "公司通过"),
        ("耗电 1,204,500 千瓦时", 8, "耗电"),
        ("全年培训12次，参训三百人次，覆盖全员", 15, "全年培训12次，参训三百人次"),
        ("一句话（说到一半", 6, "一句话（说到"),
        ("A" * 30, 10, "A" * 10),
        ("", 5, ""),
    ],
)
def test_a_beginning_is_part_of_its_text_and_breaks_no_word(text: str, limit: int, begins: str) -> None:
    assert opening(text, limit) == begins
    assert text.startswith(begins)
