"""The report as a workbook: overview, gap list to be sent back, the state of every aspect, the rules run.

Everything that comes from a return is written as text: no formula, link or markup from it can take effect. The
only links are our own, from a gap to the answer's cell in the workbook beside the report.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from checker.finding import ItemState, Report, Severity
from checker.report.excel.filled import WAY_BACK, Carry
from checker.report.excel.style import (
    ASPECT_FILL,
    CREATED,
    LINE_HEIGHT,
    SEVERITY_FILL,
    SEVERITY_TEXT,
    STATE_FILL,
    STATE_LINE,
    TALLEST,
    Formats,
    line_count,
    print_setup,
    put,
)
from checker.report.kinds import Kind, mark
from checker.report.view import GapRow, View, build_view
from checker.wording import Wording
from questionnaire.schema import Schema

_ILLEGAL = re.compile(r"[\[\]:*?/\\']")

GAP_COLUMNS = (
    ("number", 6), ("severity", 8), ("label", 22), ("item", 11), ("rule", 15), ("aspect", 22), ("message", 36),
    ("quotes", 44), ("mend", 44), ("sheet", 12), ("cell", 9), ("disclosures", 16),
    ("measures", 26), ("supplement", 36), ("owner", 10), ("due", 12),
    ("dispute", 24), ("answer", 24), ("fingerprint", 20),
)  # fmt: skip
ANSWER_COLUMNS = (
    ("label", 22), ("item", 11), ("item-state", 10), ("aspect", 34), ("need", 10), ("state", 9),
    ("evidence", 50), ("sheet", 12), ("cell", 9),
)  # fmt: skip
RULE_COLUMNS = (
    ("rule-id", 22), ("rule", 20), ("severity", 9), ("checked", 9), ("fired", 8), ("failed", 8),
    ("stepped-back", 60),
)  # fmt: skip
WAIVER_COLUMNS = (
    ("waiver-state", 10), ("rule", 16), ("label", 22), ("item", 11), ("message", 40), ("who", 16), ("why", 40),
    ("until", 12), ("fingerprint", 20), ("written", 20),
)  # fmt: skip


def render(
    reports: Sequence[Report],
    schema_of: Callable[[str], Schema],
    words: Wording,
    *,
    kind: Kind = Kind.REPORT,
    carry: Carry | None = None,
) -> bytes:
    """One workbook; with several reports, each company has its own sheets.

    Args:
        reports: one or more.
        schema_of: the questionnaire of each.
        words: in which language.
        kind: by which it is known again.
        carry: what was filled into the list that this one replaces; what finds no finding has a sheet of its own.
    """
    import xlsxwriter

    from checker.report.excel.disclosures import coverage_sheet
    from checker.report.excel.kept import kept_sheet
    from checker.report.excel.said import said_sheet

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(
            {"title": words.text("report", "title"), "category": mark(kind), "created": CREATED}
        )
        formats, carry = Formats(book), carry or Carry()
        for number, report in enumerate(reports, start=1):
            view = build_view(report, schema_of(report.questionnaire), words)
            suffix = "" if len(reports) == 1 else f"{number}"
            sheets = _Sheets(book, formats, view, words, suffix, carry)
            sheets.write()
            if report.frameworks:
                coverage_sheet(
                    sheets.add("coverage"), formats, report, schema_of(report.questionnaire), words
                )
        said_sheet(book, reports)
        if left := carry.left():
            kept_sheet(book.add_worksheet(words.text("report", "sheet-kept")), formats, left, words)
    return buffer.getvalue()


class _Sheets:
    """The sheets of one report."""

    def __init__(
        self, book: Any, formats: Formats, view: View, words: Wording, suffix: str, carry: Carry
    ) -> None:
        self.book = book
        self.formats = formats
        self.view = view
        self.words = words
        self.suffix = suffix
        self.carry = carry

    def write(self) -> None:
        """Adds all sheets."""
        self._overview(self.add("overview"))
        self._gaps(self.add("gaps"))
        self._answers(self.add("answers"))
        self._rules(self.add("rules"))
        if self.view.waivers:
            self._waivers(self.add("waivers"))

    def add(self, name: str) -> Any:
        """A further sheet, by its key in the catalogue."""
        return self.book.add_worksheet(self._say(f"sheet-{name}") + self.suffix)

    def _say(self, key: str, **params: Any) -> str:
        return self.words.text("report", key, **params)

    def _overview(self, sheet: Any) -> None:
        view, formats = self.view, self.formats
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 7, 11)
        put(sheet, 0, 0, self._say("title"), formats.bare(bold=True, font_size=16, font_color="#1F4E5F"))
        sheet.set_row(0, 28)
        row = 1
        for key, value in (
            ("company", view.company or self._say("unnamed")),
            ("year", view.year),
            ("file", view.file),
            ("questionnaire", view.questionnaire),
            ("frameworks", "、".join(view.frameworks)),
            *(("reading", line) for line in view.taken),
        ):
            put(sheet, row, 0, self._say(key), formats.bare(font_color="#5F6B73"))
            put(sheet, row, 1, value, formats.bare())
            row += 1
        colour = "#2E7D46" if view.ready else SEVERITY_TEXT[Severity.ERROR]
        put(sheet, row, 0, self._say("verdict"), formats.bare(font_color="#5F6B73"))
        put(sheet, row, 1, view.verdict, formats.bare(bold=True, font_color=colour))  # fmt: skip
        if view.not_run:
            row += 1
            put(sheet, row, 0, self._say("not-run"), formats.bare(font_color="#5F6B73"))
            put(sheet, row, 1, view.not_run, formats.bare())
        if view.waivers:
            row += 1
            counts = {state: len(view.waivers_in(state)) for state in ("waived", "expired", "unused")}
            put(sheet, row, 0, self._say("sheet-waivers"), formats.bare(font_color="#5F6B73"))
            put(sheet, row, 1, self._say("waivers-overview", **counts), formats.bare())
        row += 2
        for column, key in enumerate(("severity", "severity-count", "severity-meaning")):
            put(sheet, row, column, self._say(key), formats.head)
        for severity, count in view.counts.items():
            row += 1
            style = formats.get(
                bg_color=SEVERITY_FILL[severity], font_color=SEVERITY_TEXT[severity], bold=True
            )
            put(sheet, row, 0, self.words.word("severity", severity.value), style)
            sheet.write_number(row, 1, count, formats.get(align="center"))
            put(sheet, row, 2, self.words.word("severity_hint", severity.value), formats.get())
        self._matrix(sheet, row + 2)
        print_setup(sheet, landscape=True)
        sheet.fit_to_pages(1, 1)

    def _matrix(self, sheet: Any, top: int) -> None:
        """Parts against states, with the chart below."""
        view, formats = self.view, self.formats
        heads = [self._say("coverage-part"), self._say("coverage-items")]
        heads += [self.words.word("states", state.value) for state in ItemState]
        for column, head in enumerate(heads):
            put(sheet, top, column, head, formats.head)
        row = top
        for part in view.parts:
            row += 1
            put(sheet, row, 0, part.title, formats.get())
            sheet.write_number(row, 1, part.items, formats.get(align="center"))
            for column, state in enumerate(ItemState, start=2):
                count = part.counts[state]
                fill = {"bg_color": STATE_FILL[state]} if count else {"font_color": "#A0A8AE"}
                sheet.write_number(row, column, count, formats.get(align="center", **fill))
        total = row + 1
        put(sheet, total, 0, self._say("total"), formats.get(bold=True))
        sheet.write_number(total, 1, view.items, formats.get(bold=True, align="center"))
        for column, state in enumerate(ItemState, start=2):
            sheet.write_number(total, column, view.coverage[state], formats.get(bold=True, align="center"))
        chart = self.book.add_chart({"type": "bar", "subtype": "stacked"})
        name = sheet.get_name()
        for column, state in enumerate(ItemState, start=2):
            chart.add_series(
                {
                    "name": [name, top, column],
                    "categories": [name, top + 1, 0, row, 0],
                    "values": [name, top + 1, column, row, column],
                    "fill": {"color": STATE_LINE[state]},
                    "gap": 60,
                }
            )
        chart.set_title({"name": self._say("chart-title"), "name_font": {"size": 11, "bold": True}})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
        chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": "#E3E7EA"}}, "min": 0})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 780, "height": 320})
        sheet.insert_chart(total + 2, 0, chart)

    def _gaps(self, sheet: Any) -> None:
        formats = self.formats
        put(sheet, 0, 0, self._say("gaps-intro"), formats.bare(font_color="#5F6B73"))
        for column, (key, width) in enumerate(GAP_COLUMNS):
            hidden = {"hidden": True} if key == "fingerprint" else {}
            sheet.set_column(column, column, width, None, hidden)
            back = formats.get(
                bold=True, bg_color="#7A5B00", font_color="#FFFFFF", valign="vcenter", align="center"
            )
            put(sheet, 1, column, self._say(f"column-{key}"), back if key in WAY_BACK else formats.head)
        sheet.set_row(1, 22)
        for index, row in enumerate(self.view.rows, start=2):
            self._gap(sheet, index, row)
        sheet.freeze_panes(2, 4)
        sheet.autofilter(1, 0, max(2, len(self.view.rows) + 1), len(GAP_COLUMNS) - 1)
        sheet.repeat_rows(1)
        print_setup(sheet, landscape=True)

    def _gap(self, sheet: Any, index: int, row: GapRow) -> None:
        formats = self.formats
        values = {
            "severity": row.severity_word,
            "label": row.label,
            "item": row.item,
            "rule": row.title,
            "aspect": row.aspect,
            "message": row.message,
            "quotes": "\n".join(f"「{quote}」" for quote in row.quotes),
            "mend": row.mend,
            "sheet": row.where.sheet or "",
            "cell": row.where.cell or (self._say("line", number=row.where.line) if row.where.line else ""),
            "disclosures": "、".join(row.disclosures),
            "fingerprint": row.fingerprint,
        } | self.carry.take(row.fingerprint)
        lines = 1
        for column, (key, width) in enumerate(GAP_COLUMNS):
            if key == "number":
                sheet.write_number(index, column, row.number, formats.get(align="center"))
                continue
            text = values.get(key, "")
            style = formats.get()
            if key == "severity":
                style = formats.get(
                    bg_color=SEVERITY_FILL[row.severity], font_color=SEVERITY_TEXT[row.severity], bold=True,
                    align="center",
                )  # fmt: skip
            elif key in WAY_BACK:
                style = formats.get(bg_color="#FFFDF0", locked=False)
            if key == "cell" and row.where.cell and row.where.sheet:
                target = f"external:{quote(row.where.file)}#'{row.where.sheet}'!{row.where.cell}"
                link = formats.get(font_color="#1F5C7A", underline=1)
                if (
                    not _ILLEGAL.search(row.where.sheet)
                    and sheet.write_url(index, column, target, link, text) == 0
                ):
                    continue
            put(sheet, index, column, text, style)
            lines = max(lines, line_count(text, width))
        sheet.set_row(index, min(LINE_HEIGHT * lines + 4, TALLEST))

    def _answers(self, sheet: Any) -> None:
        formats = self.formats
        self._heads(sheet, ANSWER_COLUMNS)
        previous = ""
        for index, row in enumerate(self.view.aspects, start=1):
            first = row.item != previous
            previous = row.item
            values = (
                row.label, row.item, row.item_state_word, row.ask, row.need_word, row.state_word, row.evidence,
                (row.where.sheet or "") if row.where else "",
                (row.where.cell or (self._say("line", number=row.where.line) if row.where.line else ""))
                if row.where else "",
            )  # fmt: skip
            for column, value in enumerate(values):
                style = formats.get(font_color="#A0A8AE") if column < 2 and not first else formats.get()
                if column == 2:
                    style = formats.get(bg_color=STATE_FILL[row.item_state], align="center")
                elif column == 5:
                    style = formats.get(bg_color=ASPECT_FILL[row.state], align="center")
                put(sheet, index, column, value, style)
            lines = max(
                line_count(value, width) for value, (_, width) in zip(values, ANSWER_COLUMNS, strict=True)
            )
            sheet.set_row(index, min(LINE_HEIGHT * lines + 4, TALLEST))
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(1, len(self.view.aspects)), len(ANSWER_COLUMNS) - 1)
        print_setup(sheet, landscape=True)

    def _rules(self, sheet: Any) -> None:
        formats = self.formats
        self._heads(sheet, RULE_COLUMNS)
        for index, row in enumerate(self.view.rules, start=1):
            put(sheet, index, 0, row.rule, formats.get())
            put(sheet, index, 1, row.title, formats.get())
            put(sheet, index, 2, row.severity_word, formats.get(align="center"))
            for column, count in enumerate((row.checked, row.fired, row.failed), start=3):
                sheet.write_number(index, column, count, formats.get(align="center"))
            put(sheet, index, 6, row.stepped_back, formats.get())
        for index, failure in enumerate(self.view.failures, start=len(self.view.rules) + 2):
            put(sheet, index, 0, failure, formats.bare(font_color=SEVERITY_TEXT[Severity.ERROR]))
        sheet.freeze_panes(1, 0)
        print_setup(sheet, landscape=True)

    def _waivers(self, sheet: Any) -> None:
        self._heads(sheet, WAIVER_COLUMNS)
        for index, row in enumerate(self.view.waivers, start=1):
            values = (
                row.state_word, row.title, row.label, row.item, row.message, row.who, row.why, row.until,
                row.fingerprint, row.place,
            )  # fmt: skip
            fill = {} if row.state == "waived" else {"bg_color": SEVERITY_FILL[Severity.WARNING]}
            for column, value in enumerate(values):
                put(sheet, index, column, value, self.formats.get(**({} if column else fill)))
            lines = max(
                line_count(value, width) for value, (_, width) in zip(values, WAIVER_COLUMNS, strict=True)
            )
            sheet.set_row(index, min(LINE_HEIGHT * lines + 4, TALLEST))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(self.view.waivers), len(WAIVER_COLUMNS) - 1)
        print_setup(sheet, landscape=True)

    def _heads(self, sheet: Any, columns: Sequence[tuple[str, int]]) -> None:
        for column, (key, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            put(sheet, 0, column, self._say(f"column-{key}"), self.formats.head)
        sheet.set_row(0, 22)
