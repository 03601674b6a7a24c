"""The list of companies that owe a return."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from checker.campaign.folder import SkippedFile
from checker.campaign.roster import ListedCompany, Standing, read_roster, stand
from frameworks.ground.errors import InputError


def _roster(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)
    return path


def test_a_roster_is_read_by_what_its_columns_say(tmp_path: Path) -> None:
    path = _roster(
        tmp_path / "名单.xlsx",
        [["应报名单"], [], ["序号", "联系人", "子公司名称", "截止日期"], [1, "李", "甲公司", date(2025, 3, 31)],
         [2, 13800000000, "乙公司", "2025年4月1日"], [3, None, "丙公司", None]],
    )  # fmt: skip
    assert read_roster(path) == (
        ListedCompany("甲公司", contact="李", due=date(2025, 3, 31)),
        ListedCompany("乙公司", contact="13800000000", due=date(2025, 4, 1)),
        ListedCompany("丙公司"),
    )
    standings = stand(read_roster(path), (), date(2025, 3, 31))
    assert [each.standing for each in standings] == [Standing.AWAITED, Standing.AWAITED, Standing.MISSING]


@pytest.mark.parametrize(
    ("file", "company", "is_its_own"),
    [
        ("连山物流（加密）.xlsx", "连山物流有限公司", True),
        ("子目录/连山物流.docx", "连山物流有限公司", True),
        ("南湖铸造.xlsx", "连山物流有限公司", False),
        ("甲.xlsx", "甲公司", False),
    ],
)
def test_an_unreadable_file_named_after_a_missing_company_is_told(
    file: str, company: str, is_its_own: bool
) -> None:
    skipped = [SkippedFile.refused(file, "damaged")]
    (found,) = stand([ListedCompany(company)], (), date(2025, 3, 31), skipped)
    assert (found.standing, found.file) == (Standing.MISSING, file if is_its_own else "")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["序号", "电话"], [1, 2]], "roster-no-company"),
        ([["公司"], ["甲公司"], ["甲 公司"]], "roster-twice"),
        ([["公司", "期限"], ["甲公司", "月底"]], "roster-bad-date"),
    ],
)
def test_a_roster_that_cannot_be_read_says_why(tmp_path: Path, rows: list[list[object]], code: str) -> None:
    with pytest.raises(InputError) as error:
        read_roster(_roster(tmp_path / "名单.xlsx", rows))
    assert error.value.code == code
