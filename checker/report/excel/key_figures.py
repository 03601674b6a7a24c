"""The sheet of the campaign workbook with the key figures of all companies, side by side and summed up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from checker.campaign.group_figures import GroupFigure, GroupFigures
from checker.report.amounts import readable
from checker.report.excel.style import GREY, LINE_HEIGHT, line_count, print_setup, put, row_height

if TYPE_CHECKING:
    from checker.campaign.pages import Page
    from checker.report.excel.campaign_tables import Tables
    from checker.wording import Wording

MOST = 120  # companies that stand side by side
NAMES = 12  # companies that one cell names
HEADS = (
    ("figure-group", 12), ("figure-name", 34), ("figure-unit", 18), ("total", 16), ("on-last-year", 9),
    ("compared", 9), ("middle", 14), ("filled", 7), ("expected", 7), ("complete", 9), ("aside", 7),
    ("unfilled", 40), ("lost", 30),
)  # fmt: skip
LIST = (
    ("company", 26), ("figure-group", 12), ("figure-name", 30), ("given-value", 14), ("given-unit", 16),
    ("converted", 22), ("given-last", 22), ("on-last-year", 10), ("boundary", 26), ("sheet", 12), ("cell", 9),
)  # fmt: skip
WIDE = 15  # of a company's column
LOW = 0.5  # completeness below which a figure is marked
LARGE = 100_000  # decimals say nothing from here on
FILL, EMPTY = "#F8D9D6", "#F2F5F7"


class FigureTable:
    """The sheet while it is written: one row a figure, its companies to the right."""

    def __init__(self, tables: Tables, sheet: Any, figures: GroupFigures, year: int) -> None:
        self.tables, self.sheet, self.figures, self.year = tables, sheet, figures, year
        self.say = tables.say
        self.plain, self.strong = tables.formats.get(), tables.formats.get(bold=True)
        companies = figures.companies
        self.companies = companies if len(companies) <= MOST else ()

    def write(self, asked: Iterable[str]) -> None:
        """Everything; one sentence alone where nobody gave a figure."""
        rows, count = tuple(self.figures.rows(asked)), len(self.figures.companies)
        if not rows:
            intro = [self.say("key-figures-none", companies=count), *self._others()]
            put(self.sheet, 0, 1, "".join(intro), self.tables.grey)
            return
        intro = [self.say("key-figures-intro", companies=count, year=self.year), *self._others()]
        if count > MOST:
            intro.append(self.say("key-figures-wide", most=MOST))
        put(self.sheet, 0, 1, "".join(intro), self.tables.grey)
        self.tables.heads(self.sheet, HEADS)
        for column, company in enumerate(self.companies, start=len(HEADS)):
            self.sheet.set_column(column, column, WIDE)
            put(self.sheet, 1, column, company, self.tables.formats.head)
        tallest = max((line_count(company, WIDE) for company in self.companies), default=1)
        self.sheet.set_row(1, LINE_HEIGHT * max(tallest, 1.5))
        for number, row in enumerate(rows, start=2):
            self._row(number, row)
        self.sheet.freeze_panes(2, 3)
        self.sheet.autofilter(1, 0, len(rows) + 1, len(HEADS) - 1)
        self.sheet.repeat_rows(1)
        self.sheet.repeat_columns(0, 2)
        print_setup(self.sheet, landscape=True)

    def _others(self) -> Iterator[str]:
        """That companies of other years are left out."""
        if self.figures.others:
            yield self.say("key-figures-others", count=self.figures.others)

    def _row(self, at: int, row: GroupFigure) -> None:
        from frameworks.figures import load_figures

        lost = [f"{self._name(number)} {given}" for number, given in row.lost.items()]
        nobody = len(row.missing) > 1 and len(row.missing) == row.expected
        missing = self.say("key-figures-nobody", count=row.expected) if nobody else self._names(row.missing)
        known, english, figure = load_figures(), self.tables.words.english, row.figure
        unit = known.in_english(figure, row.unit) if english else row.unit
        texts = {
            0: known.group(figure, english=english), 1: figure.name(english=english), 2: unit,
            11: missing, 12: self._joined(lost),
        }  # fmt: skip
        done = len(row.values) / row.expected if row.expected else None
        lines = max(line_count(texts[column], HEADS[column][1]) for column in texts)
        self.sheet.set_row(at, row_height(lines))
        for column, text in texts.items():
            put(self.sheet, at, column, text, self.strong if column == 1 else self.plain)
        self._number(at, 3, row.total, bold=True)
        self._share(at, 4, row.change)
        self._number(at, 6, row.middle)
        for column, count in (
            (5, row.compared),
            (7, len(row.values)),
            (8, row.expected),
            (10, len(row.aside)),
        ):
            self.sheet.write_number(at, column, count, self.tables.number)
        self._share(at, 9, done, bg_color=FILL if done is not None and done < LOW else None)
        for number in range(len(self.companies)):
            self._cell(at, len(HEADS) + number, row, number)

    def _cell(self, at: int, column: int, row: GroupFigure, company: int) -> None:
        if company in row.values:
            self._number(at, column, row.values[company])
        elif company in row.lost:
            text = self.say("key-figure-lost", given=row.lost[company])
            put(self.sheet, at, column, text, self.tables.formats.get(bg_color=FILL))
        elif company in row.aside:
            grey = self.tables.formats.get(font_color=GREY, align="center")
            put(self.sheet, at, column, self.say("key-figure-aside"), grey)
        else:
            self.sheet.write_blank(at, column, None, self.tables.formats.get(bg_color=EMPTY))

    def _number(self, at: int, column: int, value: float | None, *, bold: bool = False) -> None:
        if value is None:
            self.sheet.write_blank(at, column, None, self.plain)
            return
        style = self.tables.formats.get(num_format=_format(value), align="right", bold=bold)
        self.sheet.write_number(at, column, value, style)

    def _share(self, at: int, column: int, value: float | None, bg_color: str | None = None) -> None:
        look = {"num_format": "0%", "align": "center"} | ({"bg_color": bg_color} if bg_color else {})
        if value is None:
            self.sheet.write_blank(at, column, None, self.plain)
        else:
            self.sheet.write_number(at, column, value, self.tables.formats.get(**look))

    def _name(self, company: int) -> str:
        return self.figures.companies[company]

    def _names(self, companies: tuple[int, ...]) -> str:
        return self._joined([self._name(number) for number in companies])

    def _joined(self, names: list[str]) -> str:
        separator = self.tables.words.text("report", "pairs-separator")
        more = self.say("more-names") if len(names) > NAMES else ""
        return separator.join(names[:NAMES]) + more


def figure_rows(page: Page, words: Wording) -> Iterator[tuple[str, ...]]:
    """One row a figure of one company: as it was given, and converted."""
    from frameworks.figures import load_figures

    known = load_figures()
    for each in page.report.figures:
        figure = known.by_id[each.id]
        unit = known.own_unit(figure, each.kind) if each.kind else ""
        unit = known.in_english(figure, unit) if words.english else unit
        now, then = each.amount, each.last
        yield (
            page.entry.company, known.group(figure, english=words.english), figure.name(english=words.english),
            each.value, each.unit,
            readable(float(now), words, unit) if now is not None else "",
            readable(float(then), words, unit) if then is not None else "",
            f"{(now - then) / abs(then):+.0%}" if now is not None and then else "",
            each.boundary, each.where.sheet or "", each.where.cell or "",
        )  # fmt: skip


def _format(value: float) -> str:
    """A number format that shows what matters of a number."""
    if value == int(value) or abs(value) >= LARGE:
        return "#,##0"
    return "#,##0.00" if abs(value) >= 1 else "0.0000"
