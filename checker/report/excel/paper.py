"""One return's report on its way into a workbook."""

from __future__ import annotations

from msgspec import Struct

from checker.finding import Report
from checker.report.rows import View
from questionnaire.schema import Schema


class Paper(Struct, frozen=True):
    """A report, its rows, and where its return is."""

    report: Report
    schema: Schema
    view: View
    link: str = ""  # the return's path as seen from the workbook; empty where it is not there to be opened
