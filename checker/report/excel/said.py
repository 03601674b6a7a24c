"""What the answers said when a gap list was written: so a list that comes back tells rewritten answers from others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from checker.campaign.followup import said_row
from checker.checking.diff import digest_of
from checker.finding import Report

SHEET = "_said"  # very hidden


def said_sheet(book: Any, reports: Iterable[Report]) -> None:
    """Adds the hidden sheet, a row a return."""
    sheet = book.add_worksheet(SHEET)
    sheet.very_hidden()
    for row, report in enumerate(reports):
        said = {item.id: digest_of(item.answer) for item in report.items}
        for column, value in enumerate(said_row(report.company, said)):
            sheet.write_string(row, column, value)
