"""The report as a workbook: overview, gap list to be sent back, the state of every aspect, the rules run.

Everything that comes from a return is written as text: no formula, link or markup from it can take effect. The
only links are our own, from a gap to the answer's cell in the return. Several returns share the sheets.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from itertools import chain, repeat
from typing import Any

from checker.finding import Report, Severity
from checker.report.excel.filled import Carry
from checker.report.excel.gap_list import COMPANY, GapList
from checker.report.excel.overview import OverviewSheet
from checker.report.excel.paper import Paper
from checker.report.excel.style import (
    AS_TEXT,
    ASPECT_FILL,
    CREATED,
    SEVERITY_FILL,
    SEVERITY_TEXT,
    STATE_FILL,
    Formats,
    line_count,
    print_setup,
    put,
    row_height,
)
from checker.report.kinds import Kind, mark
from checker.report.rows import AspectRow, Audience
from checker.report.view import build_view
from checker.wording import Wording
from questionnaire.schema import Schema

ANSWER_COLUMNS = (
    ("label", 30), ("item", 11), ("item-state", 10), ("aspect", 34), ("need", 10), ("state", 9),
    ("evidence", 50), ("sheet", 12), ("cell", 9),
)  # fmt: skip
RULE_COLUMNS = (
    ("rule-id", 22), ("rule", 20), ("severity", 9), ("checked", 9), ("fired", 8), ("failed", 8),
    ("stepped-back", 60),
)  # fmt: skip
QUESTION_COLUMNS = (("label", 30), ("asked", 80), ("reply", 12), ("where", 40))
WAIVER_COLUMNS = (
    ("waiver-state", 10), ("rule", 16), ("label", 30), ("item", 11), ("message", 40), ("who", 16), ("why", 40),
    ("until", 12), ("fingerprint", 20), ("written", 20),
)  # fmt: skip


def render(
    reports: Sequence[Report],
    schema_of: Callable[[str], Schema],
    words: Wording,
    *,
    audience: Audience = Audience.OFFICE,
    links: Sequence[str] = (),
    kind: Kind = Kind.REPORT,
    carry: Carry | None = None,
) -> bytes:
    """One workbook; in that of several reports, the company stands in a column of its own.

    Args:
        reports: one or more.
        schema_of: the questionnaire of each.
        words: in which language.
        audience: who reads it; the office also gets disclosures.
        links: for each report the path of its return as seen from the workbook; empty for one that is not there.
        kind: by which it is known again.
        carry: what was filled into the list that this one replaces; what finds no finding has a sheet of its own.
    """
    import xlsxwriter

    from checker.report.excel.disclosures import coverage_sheet
    from checker.report.excel.kept import kept_sheet
    from checker.report.excel.said import said_sheet

    buffer = io.BytesIO()
    options = {"in_memory": True, **AS_TEXT}
    papers = []
    for report, link in zip(reports, chain(links, repeat("")), strict=False):
        schema = schema_of(report.questionnaire)
        papers.append(Paper(report, schema, build_view(report, schema, words, audience), link))
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(
            {"title": words.text("report", "title"), "category": mark(kind), "created": CREATED}
        )
        sheets, carry = _Sheets(book, Formats(book), papers, words), carry or Carry()
        sheets.write(carry)
        covered = [paper for paper in papers if paper.view.frameworks]
        if covered:
            coverage_sheet(sheets.add("coverage"), sheets.formats, covered, words)
        said_sheet(book, reports)
        if left := carry.left():
            kept_sheet(book.add_worksheet(words.text("report", "sheet-kept")), sheets.formats, left, words)
    return buffer.getvalue()


class _Sheets:
    """The sheets of a workbook."""

    def __init__(self, book: Any, formats: Formats, papers: Sequence[Paper], words: Wording) -> None:
        self.book, self.formats, self.papers, self.words = book, formats, papers, words
        self.several = len(papers) > 1

    def write(self, carry: Carry) -> None:
        """Adds all sheets."""
        overview = OverviewSheet(self.book, self.add("overview"), self.formats, self.words)
        if self.several:
            overview.several([paper.view for paper in self.papers])
        else:
            overview.one(self.papers[0].view)
        GapList(self.add("gaps"), self.formats, self.words, carry).write(self.papers)
        self._answers(self.add("answers"))
        self._rules(self.add("rules"))
        if any(paper.view.waivers for paper in self.papers):
            self._waivers(self.add("waivers"))
        if any(paper.view.questions for paper in self.papers):
            self._questions(self.add("questions"))

    def add(self, name: str) -> Any:
        """A further sheet, by its key in the catalogue."""
        return self.book.add_worksheet(self._say(f"sheet-{name}"))

    def _say(self, key: str, **params: Any) -> str:
        return self.words.text("report", key, **params)

    def _questions(self, sheet: Any) -> None:
        """What the clerk is asked and has said; what waits stands first."""
        shift, waiting = self._heads(sheet, QUESTION_COLUMNS), self._say("reply-waiting")
        rows = [(paper, row) for paper in self.papers for row in paper.view.questions]
        rows.sort(key=lambda pair: bool(pair[1].reply))
        for index, (paper, row) in enumerate(rows, start=1):
            values = (row.label, row.text, row.reply or waiting, row.place)
            self._company(sheet, index, paper, shift)
            for column, value in enumerate(values):
                style = self.formats.get(bold=True) if column == 2 else self.formats.get()
                put(sheet, index, column + shift, value, style)
            self._height(sheet, index, values, QUESTION_COLUMNS)
        sheet.freeze_panes(1, 0)
        self._finish(sheet, len(rows), len(QUESTION_COLUMNS) + shift)

    def _answers(self, sheet: Any) -> None:
        shift = self._heads(sheet, ANSWER_COLUMNS)
        previous = ("", "")
        rows = [(paper, row) for paper in self.papers for row in paper.view.aspects]
        for index, (paper, row) in enumerate(rows, start=1):
            here = (paper.view.file, row.item)
            self._answer(sheet, index, row, paper, first=here != previous, shift=shift)
            previous = here
        sheet.freeze_panes(1, 2 + shift)
        self._finish(sheet, len(rows), len(ANSWER_COLUMNS) + shift)

    def _answer(
        self, sheet: Any, index: int, row: AspectRow, paper: Paper, *, first: bool, shift: int
    ) -> None:
        formats, where = self.formats, row.where
        line = self._say("line", number=where.line) if where and where.line else ""
        values = (
            row.label, row.item, row.item_state_word, row.ask, row.need_word, row.state_word, row.evidence,
            (where.sheet or "") if where else "", (where.cell or line) if where else "",
        )  # fmt: skip
        self._company(sheet, index, paper, shift)
        for column, value in enumerate(values):
            style = formats.get(font_color="#A0A8AE") if column < 2 and not first else formats.get()
            if column == 2:
                style = formats.get(bg_color=STATE_FILL[row.item_state], align="center")
            elif column == 5:
                style = formats.get(bg_color=ASPECT_FILL[row.state], align="center")
            put(sheet, index, column + shift, value, style)
        self._height(sheet, index, values, ANSWER_COLUMNS)

    def _rules(self, sheet: Any) -> None:
        formats = self.formats
        shift = self._heads(sheet, RULE_COLUMNS)
        rows = [(paper, row) for paper in self.papers for row in paper.view.rules]
        for index, (paper, row) in enumerate(rows, start=1):
            self._company(sheet, index, paper, shift)
            for column, text in enumerate((row.rule, row.title)):
                put(sheet, index, column + shift, text, formats.get())
            put(sheet, index, 2 + shift, row.severity_word, formats.get(align="center"))
            for column, count in enumerate((row.checked, row.fired, row.failed), start=3 + shift):
                sheet.write_number(index, column, count, formats.get(align="center"))
            put(sheet, index, 6 + shift, row.stepped_back, formats.get())
        failures = chain.from_iterable(paper.view.failures for paper in self.papers)
        for row_number, failure in enumerate(failures, start=len(rows) + 2):
            put(sheet, row_number, 0, failure, formats.bare(font_color=SEVERITY_TEXT[Severity.ERROR]))
        sheet.freeze_panes(1, shift)
        if self.several:
            self._finish(sheet, len(rows), len(RULE_COLUMNS) + shift)
        print_setup(sheet, landscape=True)

    def _waivers(self, sheet: Any) -> None:
        shift = self._heads(sheet, WAIVER_COLUMNS)
        rows = [(paper, row) for paper in self.papers for row in paper.view.waivers]
        for index, (paper, row) in enumerate(rows, start=1):
            values = (
                row.state_word, row.title, row.label, row.item, row.message, row.who, row.why, row.until,
                row.fingerprint, row.place,
            )  # fmt: skip
            fill = {} if row.state == "waived" else {"bg_color": SEVERITY_FILL[Severity.WARNING]}
            self._company(sheet, index, paper, shift)
            for column, value in enumerate(values):
                put(sheet, index, column + shift, value, self.formats.get(**({} if column else fill)))
            self._height(sheet, index, values, WAIVER_COLUMNS)
        sheet.freeze_panes(1, 1)
        self._finish(sheet, len(rows), len(WAIVER_COLUMNS) + shift)

    def _company(self, sheet: Any, index: int, paper: Paper, shift: int) -> None:
        if shift:
            put(sheet, index, 0, paper.view.company or paper.view.file, self.formats.get())

    def _height(
        self, sheet: Any, index: int, values: Sequence[str], columns: Sequence[tuple[str, int]]
    ) -> None:
        lines = max(line_count(value, width) for value, (_, width) in zip(values, columns, strict=True))
        sheet.set_row(index, row_height(lines))

    def _finish(self, sheet: Any, last: int, columns: int) -> None:
        sheet.autofilter(0, 0, max(1, last), columns - 1)
        sheet.repeat_rows(0)
        print_setup(sheet, landscape=True)

    def _heads(self, sheet: Any, columns: Sequence[tuple[str, int]]) -> int:
        """Writes the heads; returns by how many columns the company in front shifts the others."""
        named = [(f"column-{key}", width) for key, width in columns]
        if self.several:
            named.insert(0, COMPANY)
        for column, (key, width) in enumerate(named):
            sheet.set_column(column, column, width)
            put(sheet, 0, column, self._say(key), self.formats.head)
        sheet.set_row(0, 22)
        return len(named) - len(columns)
