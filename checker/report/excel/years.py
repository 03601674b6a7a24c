"""The years side by side as a workbook, and as one sheet of the campaign's."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from checker.campaign.history import History, against_last_year
from checker.campaign.pages import Campaign, Page
from checker.finding import ItemState, Severity
from checker.reading.key_figures import shown_unit
from checker.report.excel.style import (
    AS_TEXT,
    CREATED,
    SEVERITY_FILL,
    STATE_FILL,
    Formats,
    line_count,
    print_setup,
    put,
    row_height,
)
from checker.report.history import HistoryWording, percent
from checker.report.kinds import Kind, mark
from checker.rules.peers import LabelledFigure
from checker.wording import Wording

NOTES = (
    ("company", 28), ("kind", 16), ("year", 7), ("label", 22), ("item", 11), ("what", 26), ("before", 44), ("now", 44),
    ("reason", 24),
)  # fmt: skip
KIND_FILL = {
    "promise": SEVERITY_FILL[Severity.WARNING], "restated": SEVERITY_FILL[Severity.WARNING],
    "copied": SEVERITY_FILL[Severity.WARNING], "worse": SEVERITY_FILL[Severity.ERROR],
    "back": SEVERITY_FILL[Severity.ERROR], "lasting": SEVERITY_FILL[Severity.NOTICE],
    "jump": SEVERITY_FILL[Severity.NOTICE],
}  # fmt: skip


def render(found: Sequence[History], words: Wording) -> bytes:
    """The workbook of the years: overview, states, what to explain, figures."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **AS_TEXT}) as book:
        title = words.text("years", "title")
        book.set_properties({"title": title, "category": mark(Kind.HISTORY), "created": CREATED})
        sheets = _Sheets(book, words)
        years = sorted({year.year for each in found for year in each.years})
        sheets.overview(found)
        sheets.notes(found)
        sheets.states(found, years)
        sheets.figures(found, years)
    return buffer.getvalue()


class _Sheets:
    """The workbook while it is being written."""

    def __init__(self, book: Any, words: Wording) -> None:
        self.book, self.words, self.formats = book, words, Formats(book)
        self.centred = self.formats.get(align="center")

    def say(self, key: str) -> str:
        return self.words.text("years", key)

    def sheet(self, name: str, heads: Sequence[str], widths: Sequence[int], frozen: int) -> Any:
        """A sheet with what it says in the first row and heads in the third."""
        sheet = self.book.add_worksheet(self.say(f"sheet-{name}"))
        put(sheet, 0, 0, self.say(f"sheet-{name}"), self.formats.bare(bold=True, font_size=14))
        put(sheet, 1, 0, self.say(f"intro-{name}"), self.formats.grey)
        sheet.set_row(0, 26)
        sheet.set_row(2, 22)
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            put(sheet, 2, column, head, self.formats.head)
        sheet.freeze_panes(3, frozen)
        sheet.repeat_rows(2)
        print_setup(sheet, landscape=True)
        return sheet

    def close(self, sheet: Any, last: int, columns: int) -> None:
        sheet.autofilter(2, 0, max(last, 3), columns - 1)

    def row(
        self, sheet: Any, row: int, cells: Iterable[tuple[str | float, Any]], widths: Sequence[int]
    ) -> None:
        lines = 1
        for column, (value, style) in enumerate(cells):
            if isinstance(value, str):
                put(sheet, row, column, value, style)
                lines = max(lines, line_count(value, widths[column]))
            else:
                sheet.write_number(row, column, value, style)
        sheet.set_row(row, row_height(lines))

    def overview(self, found: Sequence[History]) -> None:
        """A row a company and year."""
        states = [self.words.word("states", state.value) for state in ItemState]
        severities = [self.words.word("severity", each.value) for each in Severity]
        heads = [*map(self.say, ("column-company", "column-year")), *states, *severities,
                 *map(self.say, ("column-edition", "column-file"))]  # fmt: skip
        widths = [34, 8, *[9] * len(states), *[9] * len(severities), 18, 34]
        sheet = self.sheet("years", heads, widths, 2)
        row = 2
        for each in found:
            for year in each.years:
                row += 1
                counts = Counter(year.states.values())
                cells: list[tuple[str | float, Any]] = [
                    (each.company, self.formats.get(bold=True)), (str(year.year), self.centred),
                ]  # fmt: skip
                cells += [
                    (counts[state], self._filled(STATE_FILL[state], counts[state])) for state in ItemState
                ]
                cells += [
                    (count, self._filled(SEVERITY_FILL[severity], count))
                    for severity in Severity
                    for count in (year.report.count(severity),)
                ]
                cells += [(year.schema.edition.id, self.formats.get()), (year.entry.name, self.formats.get())]
                self.row(sheet, row, cells, widths)
        self.close(sheet, row, len(heads))

    def _filled(self, fill: str, count: int) -> Any:
        return self.formats.get(align="center", bg_color=fill) if count else self.centred

    def _number(self, value: float) -> Any:
        return self.formats.get(align="right", num_format="#,##0" if value == int(value) else "#,##0.####")

    def notes(self, found: Sequence[History]) -> None:
        """What the years show, a row each."""
        widths = [width for _, width in NOTES]
        sheet = self.sheet("notes", [self.say(f"column-{key}") for key, _ in NOTES], widths, 2)
        plain = self.formats.get()
        row = 2
        for each in found:
            worded = HistoryWording.of(each, self.words)
            for note in each.notes():
                row += 1
                coloured = self.formats.get(bg_color=KIND_FILL[note.kind.value], bold=True)
                cells = [
                    (text, coloured if column == 1 else plain) for column, text in enumerate(worded.row(note))
                ]
                self.row(sheet, row, cells, widths)
        self.close(sheet, row, len(NOTES))

    def states(self, found: Sequence[History], years: Sequence[int]) -> None:
        """A row an item, the states of the years side by side."""
        heads = [self.say(f"column-{key}") for key in ("company", "label", "item")]
        heads += [*map(str, years), self.say("column-trend")]
        widths = [34, 28, 12, *[11] * len(years), 9]
        sheet = self.sheet("states", heads, widths, 3)
        row, plain = 2, self.formats.get()
        for each in found:
            worded = HistoryWording.of(each, self.words)
            for item, states in each.states().items():
                row += 1
                cells: list[tuple[str | float, Any]] = [
                    (each.company, plain), (worded.labels[item], plain), (item, plain),
                ]  # fmt: skip
                for year in years:
                    state = states.get(year)
                    style = self.formats.get(align="center", bg_color=STATE_FILL[state]) if state else plain
                    cells.append((self.words.word("states", state.value) if state else "", style))
                cells.append((worded.trend(states), self.centred))
                self.row(sheet, row, cells, widths)
        self.close(sheet, row, len(heads))

    def figures(self, found: Sequence[History], years: Sequence[int]) -> None:
        """A row a figure, its values side by side."""
        heads = [self.say(f"column-{key}") for key in ("company", "figure", "unit")]
        heads += [*map(str, years), self.say("column-change"), self.say("column-reason")]
        widths = [34, 34, 14, *[14] * len(years), 22, 40]
        sheet = self.sheet("figures", heads, widths, 3)
        row, plain = 2, self.formats.get()
        far = self.formats.get(bg_color=KIND_FILL["jump"])
        for each in found:
            worded = HistoryWording.of(each, self.words)
            told = {(note.figure, note.year): note.reason for note in each.notes() if note.figure}
            for (name, unit), values in each.figures().items():
                row += 1
                jumps = [year for year in sorted(values) if (name, year) in told]
                reasons = "\n".join(f"{year} {told[name, year]}" for year in jumps if told[name, year])
                cells: list[tuple[str | float, Any]] = [
                    (text, plain)
                    for text in (
                        each.company,
                        worded.name(name),
                        shown_unit(name, unit, english=self.words.english),
                    )
                ]
                for year in years:
                    value = values[year].value if year in values else None
                    cells.append(("", plain) if value is None else (value, self._number(value)))
                cells += [(_largest(values), far if jumps else plain), (reasons, plain)]
                self.row(sheet, row, cells, widths)
        self.close(sheet, row, len(heads))


def _largest(values: Mapping[int, LabelledFigure]) -> str:
    """Between which years a figure changed most, and by how much: 2023–2024 +35%."""
    steps = [
        ((values[now].value - values[before].value) / abs(values[before].value), before, now)
        for before, now in pairwise(sorted(values))
        if values[before].value
    ]
    rate, before, now = max(steps, key=lambda step: abs(step[0]), default=(0.0, 0, 0))
    return f"{before}–{now} {percent(rate)}" if rate else ""


def note_rows(campaign: Campaign, page: Page, words: Wording) -> Iterator[tuple[str, ...]]:
    """What a company's last year shows, as rows of the campaign's sheet; none without one."""
    found = against_last_year(campaign, page)
    if found is not None:
        worded = HistoryWording.of(found, words)
        yield from (worded.row(note) for note in found.notes())
