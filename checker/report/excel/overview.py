"""The first sheet of a report: verdict, counts, items by state; for several returns a line each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from checker.finding import ItemState, Severity
from checker.report.excel.style import (
    GREY,
    SEVERITY_FILL,
    SEVERITY_TEXT,
    STATE_FILL,
    STATE_LINE,
    Formats,
    print_setup,
    put,
)
from checker.report.rows import View
from checker.wording import Wording

SEVERAL_COLUMNS = (("number", 6), ("company", 34), ("file", 30), ("verdict", 36))


class OverviewSheet:
    """The sheet while it is being written."""

    def __init__(self, book: Any, sheet: Any, formats: Formats, words: Wording) -> None:
        self.book, self.sheet, self.formats, self.words = book, sheet, formats, words
        self.grey = formats.grey

    def _say(self, key: str, **params: Any) -> str:
        return self.words.text("report", key, **params)

    def _title(self) -> None:
        self.sheet.hide_gridlines(2)
        self.sheet.set_row(0, 28)
        title = self.formats.bare(bold=True, font_size=16, font_color="#1F4E5F")
        put(self.sheet, 0, 0, self._say("title"), title)

    def several(self, views: Sequence[View]) -> None:
        """A line a return."""
        sheet, formats = self.sheet, self.formats
        self._title()
        heads = [self._say(key if key != "number" else "column-number") for key, _ in SEVERAL_COLUMNS]
        heads += [self.words.word("severity", severity.value) for severity in Severity]
        heads += [self.words.word("states", state.value) for state in ItemState]
        for column, (_, width) in enumerate(SEVERAL_COLUMNS):
            sheet.set_column(column, column, width)
        sheet.set_column(len(SEVERAL_COLUMNS), len(heads) - 1, 9)
        sheet.set_row(2, 22)
        for column, head in enumerate(heads):
            put(sheet, 2, column, head, formats.head)
        for row, view in enumerate(views, start=3):
            colour = "#2E7D46" if view.ready else SEVERITY_TEXT[Severity.ERROR]
            sheet.write_number(row, 0, row - 2, formats.get(align="center"))
            put(sheet, row, 1, view.company or self._say("unnamed"), formats.get(bold=True))
            put(sheet, row, 2, view.file, formats.get(font_color=GREY))
            said = [view.verdict, self._left_out(view), *view.taken]
            put(sheet, row, 3, "\n".join(filter(None, said)), formats.get(font_color=colour))
            counts = [(count, SEVERITY_FILL[severity]) for severity, count in view.counts.items()]
            counts += [(view.coverage[state], STATE_FILL[state]) for state in ItemState]
            for column, (count, fill) in enumerate(counts, start=len(SEVERAL_COLUMNS)):
                style = formats.get(align="center", bg_color=fill) if count else formats.get(align="center")
                sheet.write_number(row, column, count, style)
        sheet.freeze_panes(3, 2)
        print_setup(sheet, landscape=True)

    def _left_out(self, view: View) -> str:
        return f"{self._say('not-run')} {view.not_run}" if view.not_run else ""

    def one(self, view: View) -> None:
        """One return."""
        sheet, formats = self.sheet, self.formats
        self._title()
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 7, 11)
        row = 1
        for key, value in (
            ("company", view.company or self._say("unnamed")),
            ("year", view.year),
            ("file", view.file),
            ("questionnaire", view.questionnaire),
            *((("frameworks", "、".join(view.frameworks)),) if view.frameworks else ()),
            *(("reading", line) for line in view.taken),
        ):
            put(sheet, row, 0, self._say(key), self.grey)
            put(sheet, row, 1, value, formats.bare())
            row += 1
        colour = "#2E7D46" if view.ready else SEVERITY_TEXT[Severity.ERROR]
        put(sheet, row, 0, self._say("verdict"), self.grey)
        put(sheet, row, 1, view.verdict, formats.bare(bold=True, font_color=colour))  # fmt: skip
        if view.not_run:
            row += 1
            put(sheet, row, 0, self._say("not-run"), self.grey)
            put(sheet, row, 1, view.not_run, formats.bare())
        if view.waivers:
            row += 1
            counts = {state: len(view.waivers_in(state)) for state in ("waived", "expired", "unused")}
            put(sheet, row, 0, self._say("sheet-waivers"), self.grey)
            put(sheet, row, 1, self._say("waivers-overview", **counts), formats.bare())
        if view.pending:
            row += 1
            put(sheet, row, 0, self._say("questions"), self.grey)
            put(sheet, row, 1, self._say("pending", count=len(view.pending)), formats.bare())
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
        self._matrix(view, row + 2)
        print_setup(sheet, landscape=True)
        sheet.fit_to_pages(1, 1)

    def _matrix(self, view: View, top: int) -> None:
        """Parts against states, with the chart below."""
        sheet, formats = self.sheet, self.formats
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
