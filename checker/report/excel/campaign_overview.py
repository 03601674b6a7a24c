"""The first sheet of the campaign workbook, for who manages it: who has sent, how it stands, what most lack.

It is written from what the walk over the pages has counted; no return is opened again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from checker.campaign.folder import SkipReason
from checker.campaign.pages import Campaign
from checker.campaign.record import STATES
from checker.campaign.roster import CompanyStanding, Standing
from checker.campaign.rounds import Round
from checker.checking.diff import COUNTED
from checker.finding import ItemState, Severity
from checker.report.excel.campaign_rows import NAMES, most_first, questionnaire_lines
from checker.report.excel.campaign_tables import STANDING_FILL, Tables
from checker.report.excel.style import SEVERITY_FILL, STATE_FILL, STATE_LINE, print_setup, put
from checker.report.folding import shorten
from checker.report.tally import Tally, states_by_part

MOST = 10  # of the most frequent gaps
QUESTION = 28  # characters of a question beside them
WIDTHS = (30, 12, 12, 12, 12, 12, 12, 3)
CHART = len(WIDTHS)  # the column in which charts begin
SEVERITY_LINE = {Severity.ERROR: "#D2505D", Severity.WARNING: "#E5B93C", Severity.NOTICE: "#6FA8C4"}


class Overview:
    """The sheet while it is being written, row by row from the top."""

    def __init__(self, tables: Tables, sheet: Any, campaign: Campaign, tally: Tally) -> None:
        self.tables, self.sheet, self.campaign, self.tally = tables, sheet, campaign, tally
        self.words, self.formats, self.say = tables.words, tables.formats, tables.say
        self.name = sheet.get_name()
        self.row = 0

    def write(self, rounds: Sequence[Round]) -> None:
        """All of it; ``rounds`` end with this one."""
        sheet = self.sheet
        sheet.hide_gridlines(2)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.set_row(0, 28)
        title = self.formats.bare(bold=True, font_size=16, font_color="#1F4E5F")
        put(sheet, 0, 0, self.say("title"), title)
        for line in self._lines(rounds[-1]):
            self.row += 1
            put(sheet, self.row, 0, line, self.formats.bare())
        self._received()
        self._states()
        self._frequent()
        self._rounds(rounds)
        self._sheets()
        print_setup(sheet, landscape=True)
        sheet.fit_to_pages(1, 1)

    def _lines(self, last: Round) -> Iterator[str]:
        campaign, tally = self.campaign, self.tally
        errors, warnings, notices = tally.total
        aside = campaign.returns.skipped
        unread = sum(each.reason in (SkipReason.UNREADABLE, SkipReason.LOST) for each in aside)
        yield self.say("overview-returns", count=len(campaign.returns.entries), round=last.number,
                       questionnaire=campaign.schema.edition.id, day=campaign.today.isoformat())  # fmt: skip
        yield self.say(
            "overview-gaps", errors=errors, warnings=warnings, notices=notices, waived=tally.waived
        )
        yield self.say("overview-copies", clusters=len(campaign.clusters), unread=unread, aside=len(aside))
        yield from questionnaire_lines(campaign, self.words)
        if len(last.changes) == len(COUNTED) and last.number > 1:
            named = {change.name.lower(): count for change, count in zip(COUNTED, last.changes, strict=True)}
            yield self.say("overview-changes", **named)

    def _heading(self, key: str) -> None:
        self.row += 2
        put(
            self.sheet,
            self.row,
            0,
            self.say(key),
            self.formats.bare(bold=True, font_size=12, font_color="#1F4E5F"),
        )

    def _line(self, values: Sequence[str | int], fills: Sequence[str] = (), *, head: bool = False) -> None:
        """A row of a table; a number of 0 has no colour."""
        self.row += 1
        for column, value in enumerate(values):
            fill = {"bg_color": fills[column]} if column < len(fills) and fills[column] and value else {}
            if isinstance(value, int):
                self.sheet.write_number(self.row, column, value, self.formats.get(align="center", **fill))
            else:
                put(
                    self.sheet,
                    self.row,
                    column,
                    value,
                    self.formats.head if head else self.formats.get(**fill),
                )

    def _received(self) -> None:
        """How many are to be sent back; with a roster, who has sent and who has not."""
        self._heading("overview-received")
        back = sum(errors > 0 for errors, _, _ in self.tally.counts.values())
        heads = [self.say("column-returns"), self.say("overview-back"), self.say("overview-fine")]
        counts: list[int] = [len(self.tally.counts), back, len(self.tally.counts) - back]
        fills = ["", SEVERITY_FILL[Severity.ERROR], STATE_FILL[ItemState.ANSWERED]]
        standings = Counter(each.standing for each in self.campaign.standings)
        if standings:
            heads += [self.say(f"standing-{each.value}") for each in Standing]
            counts += [standings[each] for each in Standing]
            fills += [STANDING_FILL[each] for each in Standing]
        if len(heads) > len(WIDTHS) - 1:  # two short tables instead of one that runs into the charts
            for part in (slice(0, 3), slice(3, None)):
                self._line(heads[part], head=True)
                self._line(counts[part], fills[part])
        else:
            self._line(heads, head=True)
            self._line(counts, fills)
        for standing in (Standing.MISSING, Standing.LATE):
            found = [each for each in self.campaign.standings if each.standing is standing]
            if found:
                self.row += 1
                line = self.say(
                    "standing-names",
                    standing=self.say(f"standing-{standing.value}"),
                    names=self._names(found),
                )
                put(self.sheet, self.row, 0, line, self.formats.bare())

    def _names(self, found: Sequence[CompanyStanding]) -> str:
        separator = self.words.text("report", "pairs-separator")
        names = (
            self.say("company-contact", company=each.listed.company, contact=each.listed.contact)
            if each.listed.contact
            else each.listed.company
            for each in found[:NAMES]
        )  # fmt: skip
        return separator.join(names) + (self.say("more-names") if len(found) > NAMES else "")

    def _states(self) -> None:
        """Items of all companies by part and state, with the chart."""
        self._heading("overview-states")
        top = self.row + 1
        heads = [self.say("coverage-part"), self.say("coverage-items")]
        self._line([*heads, *(self.words.word("states", state.value) for state in ItemState)], head=True)
        fills = ["", "", *(STATE_FILL[state] for state in ItemState)]
        totals: Counter[str] = Counter()
        for title, counts in states_by_part(self.campaign):
            totals.update(counts)
            self._line([title, counts.total(), *(counts[letter] for letter in STATES.values())], fills)
        last = self.row
        self._line([self.say("total"), totals.total(), *(totals[letter] for letter in STATES.values())])
        chart = self.tables.book.add_chart({"type": "bar", "subtype": "stacked"})
        for column, state in enumerate(ItemState, start=2):
            chart.add_series({
                "name": [self.name, top, column], "categories": [self.name, top + 1, 0, last, 0],
                "values": [self.name, top + 1, column, last, column], "fill": {"color": STATE_LINE[state]}, "gap": 50,
            })  # fmt: skip
        chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
        chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": "#E3E7EA"}}, "min": 0})
        self._place(chart, "overview-states", 1)

    def _place(self, chart: Any, title: str, row: int) -> None:
        chart.set_title({"name": self.say(title), "name_font": {"size": 11, "bold": True}})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 620, "height": 300})
        self.sheet.insert_chart(row, CHART, chart)

    def _frequent(self) -> None:
        found = most_first(self.campaign, self.tally.lacking)[:MOST]
        if not found:
            return
        self._heading("overview-frequent")
        heads = ("column-label", "column-companies", "column-rule")
        self._line([self.say(head) for head in heads], head=True)
        questions = {item.id: item.question for schema in self.campaign.schemas for item in schema.items}
        self._wide(self.say("column-question"), self.formats.head)
        for (rule, item), count in found:
            label = self.campaign.label(item) if item else self.say("no-item")
            self._line([label, count, self.words.rule_title(rule)])
            self._wide(shorten(questions.get(item, ""), QUESTION), self.formats.get(text_wrap=False))

    def _wide(self, text: str, style: Any) -> None:
        """The last cell of a row, over all columns that are left."""
        self.sheet.merge_range(self.row, 3, self.row, CHART - 2, "", style)
        put(self.sheet, self.row, 3, text, style)

    def _rounds(self, rounds: Sequence[Round]) -> None:
        """How the gaps become fewer from round to round."""
        self._heading("overview-rounds")
        top = self.row + 1
        heads = [self.say("column-round"), self.say("column-day"), self.say("column-returns")]
        heads += [self.words.word("severity", severity.value) for severity in Severity]
        self._line([*heads, self.say("column-fixed")], head=True)
        for each in rounds:
            changes = dict(zip(COUNTED, each.changes, strict=False))
            self._line([each.number, each.day, each.returns, *each.counts, changes.get(COUNTED[0], 0)])
        if len(rounds) < 2:
            return
        chart = self.tables.book.add_chart({"type": "line"})
        for column, severity in enumerate(Severity, start=3):
            chart.add_series({
                "name": [self.name, top, column], "categories": [self.name, top + 1, 0, self.row, 0],
                "values": [self.name, top + 1, column, self.row, column],
                "line": {"color": SEVERITY_LINE[severity], "width": 2.25}, "marker": {"type": "circle", "size": 5},
            })  # fmt: skip
        chart.set_y_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#E3E7EA"}}})
        self._place(chart, "overview-rounds", 18)

    def _sheets(self) -> None:
        """The way to every other sheet."""
        self._heading("overview-sheets")
        link = self.formats.bare(font_color="#1F5C7A", underline=1)
        for name in self.tables.names:
            self.row += 1
            title = self.say(f"sheet-{name}")
            self.sheet.write_url(self.row, 0, f"internal:'{title}'!A1", link, title)
            put(self.sheet, self.row, 1, self.tables.intro(name), self.tables.grey)
