"""One return's report on its way into a workbook."""

from __future__ import annotations

from dataclasses import dataclass

from checker.finding import Report
from checker.report.rows import View
from questionnaire.schema import Schema


@dataclass(frozen=True, slots=True)
class Paper:
    """A report, its rows, and where its return is."""

    report: Report
    schema: Schema
    view: View
    link: str = ""  # the return's path as seen from the workbook; empty where it is not there to be opened
