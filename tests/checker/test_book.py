"""A campaign workbook read back, one that reaches to the last cell of a sheet too."""

from __future__ import annotations

import io

from openpyxl import Workbook

from checker.campaign.book import reaches_far, read_rows


def book(*far: str) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "缺口"
    sheet.append(["公司", "题号", "完成期限"])
    sheet.append(["甲公司", "P1.S1.I1", None])
    for cell in far:
        sheet[cell] = "批"
    workbook.create_sheet("空")
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def test_the_rows_of_every_sheet() -> None:
    content = book()
    assert not reaches_far(content)
    assert read_rows(content) == {
        "缺口": [["公司", "题号", "完成期限"], ["甲公司", "P1.S1.I1", ""]],
        "空": [],
    }


def test_a_long_sheet_and_a_wide_one_are_laid_out() -> None:
    assert not reaches_far(book("A1048576"))
    assert not reaches_far(book("XFD2"))


def test_a_note_at_the_far_corner_costs_no_memory() -> None:
    content = book("XFD1048576")
    assert reaches_far(content)
    rows = read_rows(content)["缺口"]
    assert rows[0] == ["公司", "题号", "完成期限"]
    assert rows[1][:2] == ["甲公司", "P1.S1.I1"] and not any(rows[1][2:])
    assert len(rows) == 3 and rows[2][-1] == "批"
