"""The sheets of the campaign workbook that rank, count and colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from checker.campaign.folder import SkipReason
from checker.campaign.ledger import RelianceCount
from checker.campaign.pages import Campaign
from checker.campaign.record import STATES
from checker.campaign.roster import CompanyStanding, Standing
from checker.campaign.rounds import Round
from checker.checking.diff import COUNTED
from checker.finding import ItemState, Severity
from checker.reading.carriers import DisclosureState
from checker.report.excel.campaign_rows import most_first
from checker.report.excel.raw_rows import END, OPEN, RawRows, RowShape, cell
from checker.report.excel.style import (
    GREY,
    SEVERITY_FILL,
    SEVERITY_TEXT,
    STATE_FILL,
    Formats,
    line_count,
    print_setup,
    put,
    row_height,
)
from checker.rules import ALL_RULES
from checker.wording import Wording

if TYPE_CHECKING:
    from checker.report.tally import Tally

MAX_ROWS = 1_000_000  # of one sheet; Excel ends at 1,048,576
STANDING_FILL = {
    Standing.SENT: STATE_FILL[ItemState.ANSWERED],
    Standing.LATE: STATE_FILL[ItemState.PARTIAL],
    Standing.MISSING: STATE_FILL[ItemState.MISSING],
    Standing.AWAITED: STATE_FILL[ItemState.NOT_APPLICABLE],
    Standing.UNKNOWN: STATE_FILL[ItemState.DELEGATED],
}
TOP = 200  # of the most frequent gaps
HEAD = 1  # the row of heads, below the way back
ONE_PAGE = 60  # companies whose states are readable on one page of A3
HIDDEN = "fingerprint"  # the column of gap ids
UNSEEN = 10_000  # a width in which everything finds room

EXPLAINED = ("outliers", "figure-list", "coverage")  # lists of which it is not plain why they are empty


class Listing:
    """A long list with heads and filters, written row by row; a full sheet is followed by another."""

    def __init__(self, tables: Tables, name: str, columns: Sequence[tuple[str, int]]) -> None:
        self.tables, self.name, self.columns = tables, name, columns
        self.pages = 0
        plain = tables.formats.get()
        coloured = {
            tables.words.word("severity", each.value): tables.formats.get(
                bg_color=SEVERITY_FILL[each], font_color=SEVERITY_TEXT[each], bold=True, align="center"
            )
            for each in Severity
        }
        self.shape = RowShape(
            tuple(UNSEEN if key == HIDDEN else width for key, width in columns),
            plain._get_xf_index(),
            {word: style._get_xf_index() for word, style in coloured.items()},
        )
        self._begin()

    def _begin(self) -> None:
        self.pages += 1
        self.sheet = self.tables.sheet(self.name, "" if self.pages == 1 else str(self.pages))
        self.row = HEAD
        self.tables.heads(self.sheet, self.columns)
        self.rows = RawRows(self.sheet, len(self.columns), self.row)

    def add(self, rows: str) -> None:
        """Writes rows of its shape."""
        for xml in rows.split(END)[:-1]:
            if self.row >= MAX_ROWS:
                self.close()
                self._begin()
            self.row += 1
            self.rows.add(self.row, xml)

    def close(self) -> None:
        """Sets the filter over what was written; where nothing was, the list says so and why."""
        if self.row == HEAD:
            put(self.sheet, HEAD + 1, 0, self.tables.nothing(self.name), self.tables.grey)
        self.sheet.freeze_panes(HEAD + 1, 1)
        self.sheet.autofilter(HEAD, 0, max(self.row, HEAD + 1), len(self.columns) - 1)
        self.sheet.repeat_rows(HEAD)
        print_setup(self.sheet, landscape=True)


class Tables:
    """Sheets and how they look."""

    def __init__(self, book: Any, formats: Formats, words: Wording) -> None:
        self.book, self.formats, self.words = book, formats, words
        self.grey = formats.grey
        self.number = formats.get(align="center")
        self.names: list[str] = []  # of the sheets so far, in their order

    def say(self, key: str, **params: Any) -> str:
        """A sentence of the campaign's catalogue, or of the reports'."""
        try:
            return self.words.text("campaign", key, **params)
        except KeyError:
            return self.words.text("report", key, **params)

    def sheet(self, name: str, suffix: str = "") -> Any:
        """A new sheet; above its heads the way back to the first one, and what it says."""
        title = self.say(f"sheet-{name}") + suffix
        sheet = self.book.add_worksheet(title)
        if not suffix:
            self.names.append(name)
        back = self.formats.bare(font_color="#1F5C7A", underline=1)
        sheet.write_url(0, 0, f"internal:'{self.say('sheet-overview')}'!A1", back, self.say("back"))
        put(sheet, 0, 1, self.intro(name), self.grey)
        return sheet

    def intro(self, name: str) -> str:
        """What a sheet says."""
        legend = [
            f"{self.say(f'letter-{state.value}')} {self.words.word('states', state.value)}"
            for state in ItemState
        ]
        legend.append(f"{self.say('letter-missed')} {self.words.text('report', 'state-missed')}")
        return self.say(f"intro-{name}", legend="　".join(legend))

    def list(self, name: str, columns: Sequence[tuple[str, int]]) -> Listing:
        """A new sheet that is filled row by row."""
        return Listing(self, name, columns)

    def heads(self, sheet: Any, columns: Sequence[tuple[str, int]]) -> None:
        """Column heads, widths, and the gap id out of sight."""
        plain = self.formats.get()
        for column, (key, width) in enumerate(columns):
            hidden = {"hidden": True} if key == HIDDEN else {}
            sheet.set_column(column, column, width, plain, hidden)
        sheet.set_row(HEAD, 22)
        for column, (key, _) in enumerate(columns):
            put(sheet, HEAD, column, self.say(f"column-{key}"), self.formats.head)

    def nothing(self, name: str) -> str:
        """That a list has no line, and why where that is not plain."""
        return self.say(f"empty-{name}" if name in EXPLAINED else "empty")

    def rows(
        self, sheet: Any, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]],
        fill: dict[int, dict[str, str]] | None = None, name: str = "",
    ) -> None:  # fmt: skip
        """A small table; ``fill`` gives a column's colours by its words, ``name`` says which one it is."""
        self.heads(sheet, columns)
        count = HEAD
        for count, values in enumerate(rows, start=HEAD + 1):
            lines = max(
                line_count(str(value), width) for value, (_, width) in zip(values, columns, strict=True)
            )
            sheet.set_row(count, row_height(lines))
            for column, value in enumerate(values):
                colour = (fill or {}).get(column, {}).get(str(value))
                style = self.formats.get(bg_color=colour) if colour else self.formats.get()
                if isinstance(value, int):
                    sheet.write_number(count, column, value, self.number)
                else:
                    put(sheet, count, column, value, style)
        if count == HEAD:
            put(sheet, HEAD + 1, 0, self.nothing(name), self.grey)
        sheet.freeze_panes(HEAD + 1, 1)
        sheet.autofilter(HEAD, 0, max(count, HEAD + 1), len(columns) - 1)
        sheet.repeat_rows(HEAD)
        print_setup(sheet, landscape=True)

    def companies(self, sheet: Any, campaign: Campaign, tally: Tally) -> None:
        """The companies, those with most to send back first."""
        formats, entries, top = self.formats, campaign.returns.entries, HEAD
        widths = (6, 34, 10, 10, 10, 9, 9, 9, 9, 9, 9, 9, 9, 9, 34)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        heads = [self.say("column-rank"), self.say("column-company")]
        heads += [self.words.word("severity", each.value) for each in Severity]
        heads += [self.words.word("states", each.value) for each in ItemState]
        heads += [self.say("column-fixed"), self.say("column-still"), self.say("column-new"),
                  self.say("column-year"), self.say("column-file")]  # fmt: skip
        sheet.set_row(top, 22)
        for column, head in enumerate(heads):
            put(sheet, top, column, head, formats.head)
        ranked = sorted(
            entries,
            key=lambda entry: (
                tuple(-count for count in tally.counts[entry.company]),
                entry.company,
                entry.name,
            ),
        )
        for rank, entry in enumerate(ranked, start=1):
            self._company(sheet, top + rank, rank, entry, tally)
        sheet.freeze_panes(top + 1, 2)
        sheet.autofilter(top, 0, max(top + len(ranked), top + 1), len(heads) - 1)
        sheet.repeat_rows(top)
        print_setup(sheet, landscape=True)

    def _company(self, sheet: Any, row: int, rank: int, entry: Any, tally: Tally) -> None:
        formats = self.formats
        sheet.write_number(row, 0, rank, self.number)
        put(sheet, row, 1, entry.company, formats.get(bold=True))
        for column, (severity, count) in enumerate(
            zip(Severity, tally.counts[entry.company], strict=True), start=2
        ):
            style = formats.get(align="center", bg_color=SEVERITY_FILL[severity]) if count else self.number
            sheet.write_number(row, column, count, style)
        for column, (state, letter) in enumerate(STATES.items(), start=5):
            count = entry.head.states.count(letter)
            style = formats.get(align="center", bg_color=STATE_FILL[state]) if count else self.number
            sheet.write_number(row, column, count, style)
        changes = tally.changes.get(entry.company, Counter())
        named = {change.value: count for change, count in changes.items()}
        for column, keys in enumerate(
            (("fixed",), ("open", "moved", "words-only"), ("new", "reopened")), start=10
        ):
            sheet.write_number(row, column, sum(named.get(key, 0) for key in keys), self.number)
        put(sheet, row, 13, str(entry.head.year or ""), self.number)
        put(sheet, row, 14, entry.name, formats.get(font_color=GREY))

    def matrix(self, sheet: Any, campaign: Campaign) -> None:
        """Companies by items; a letter and a colour in each cell."""
        formats, schema = self.formats, campaign.schema
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, len(schema.items), 3)
        turned = formats.get(
            bold=True, bg_color="#1F4E5F", font_color="#FFFFFF", rotation=90, font_size=8, valign="bottom"
        )
        for row, height in ((1, 130), (2, 70)):
            sheet.set_row(row, height)
            put(sheet, row, 0, self.say("column-company") if row == 2 else "", formats.head)
            for column, item in enumerate(schema.items, start=1):
                put(sheet, row, column, schema.label(item.id) if row == 1 else item.id, turned)
        styles = {
            letter: (
                self.say(f"letter-{state.value}"),
                formats.get(bg_color=STATE_FILL[state], align="center")._get_xf_index(),
            )
            for state, letter in STATES.items()
        }
        missed = (self.say("letter-missed"), styles[STATES[ItemState.MISSING]][1])
        name = formats.get(bold=True, text_wrap=False)._get_xf_index()
        columns = {item.id: column for column, item in enumerate(schema.items, start=1)}
        lines = RawRows(sheet, len(columns) + 1, 2)
        row = 2
        for row, entry in enumerate(campaign.returns.entries, start=3):
            own = campaign.editions.by_id(entry.head.questionnaire)
            states = [
                (columns[item.id], *(missed if at in entry.head.missed else styles[letter]))
                for at, (item, letter) in enumerate(zip(own.items, entry.head.states, strict=True))
                if item.id in columns
            ]
            cells = (cell(0, entry.company, name), *(cell(*each) for each in sorted(states)))
            lines.add(row, f'<row r="{OPEN}">{"".join(cells)}</row>')
        sheet.freeze_panes(3, 1)
        sheet.autofilter(2, 0, max(row, 3), len(schema.items))
        sheet.repeat_rows(1, 2)
        sheet.repeat_columns(0)
        print_setup(sheet, landscape=True)
        sheet.set_paper(8)  # A3
        if len(campaign.returns.entries) <= ONE_PAGE:
            sheet.fit_to_pages(1, 1)

    def roster(self, sheet: Any, standings: Sequence[CompanyStanding]) -> None:
        """Who has sent, who is late, who is missing, who was not expected."""
        columns = (
            ("company", 34), ("standing", 12), ("kind", 14), ("contact", 20), ("due-date", 12), ("received", 12),
            ("file", 34), ("near", 30), ("profile", 30),
        )  # fmt: skip
        order = list(Standing)
        ranked = sorted(standings, key=lambda each: -_urgency(each.standing, order))
        fill = {1: {self.say(f"standing-{each.value}"): colour for each, colour in STANDING_FILL.items()}}
        self.rows(sheet, columns, (
            (
                each.listed.company, self.say(f"standing-{each.standing.value}"), each.listed.kind,
                each.listed.contact, each.listed.due.isoformat() if each.listed.due else "",
                each.came.isoformat() if each.came else "", each.file,
                self.say("near-company", name=each.near) if each.near else "", each.listed.profile,
            ) for each in ranked
        ), fill)  # fmt: skip

    def frequent(self, sheet: Any, campaign: Campaign, tally: Tally) -> None:
        """The gaps that most companies share: where the questionnaire or its guidance is to blame."""
        columns = (("companies", 10), ("of-companies", 10), ("rule", 18), ("label", 30), ("item", 11), ("aspect", 36),
                   ("question", 60))  # fmt: skip
        total = len(campaign.returns.entries)
        asked = [item for schema in reversed(campaign.schemas) for item in schema.items]
        questions = {item.id: item.question for item in asked}
        asks = {aspect.id: aspect.ask for item in asked for aspect in item.aspects}
        found = most_first(campaign, tally.frequent)
        self.rows(sheet, columns, (
            (
                count, total, self.words.rule_title(rule),
                campaign.label(item) if item else self.say("no-item"), item, asks.get(aspect, ""),
                questions.get(item, ""),
            ) for (rule, item, aspect), count in found[:TOP]
        ))  # fmt: skip
        if not found:
            put(sheet, HEAD + 1, 0, self.say("frequent-none"), self.grey)
        if len(found) > TOP:
            put(sheet, HEAD + TOP + 1, 0, self.say("frequent-more", count=len(found) - TOP), self.grey)

    def reverse(self, sheet: Any, campaign: Campaign, relied: RelianceCount) -> None:
        """What the subsidiaries rely on, by whom, and what the parent has not answered."""
        columns = (("label", 30), ("item", 11), ("parent-state", 12), ("relying", 10), ("unanswered", 12),
                   ("relying-companies", 60), ("parent-said", 60))  # fmt: skip
        separator = self.words.text("report", "pairs-separator")
        fill = {2: {self.words.word("states", state.value): STATE_FILL[state] for state in ItemState}}
        self.rows(sheet, columns, (
            (
                campaign.label(view.item), view.item,
                self.words.word("states", view.state.value) if view.state else self.say("closing-no-parent"),
                len(view.companies), view.unanswered, separator.join(view.companies), view.said,
            ) for view in relied.views(campaign.parent)
        ), fill)  # fmt: skip

    def copies(self, sheet: Any, campaign: Campaign) -> None:
        """Passages that companies share, cluster by cluster."""
        columns = (("cluster", 8), ("companies", 10), ("company", 34), ("label", 30), ("item", 11), ("share", 12),
                   ("figures", 14), ("quotes", 80))  # fmt: skip
        self.rows(sheet, columns, (
            (
                cluster.number, len({each.company for each in cluster.members}), member.company,
                campaign.label(member.item), member.item, member.share,
                self.say("figures-differ" if cluster.figures_differ else "figures-same"), "\n".join(member.quotes),
            ) for cluster in campaign.clusters for member in cluster.members
        ))  # fmt: skip

    def unread(self, sheet: Any, campaign: Campaign) -> None:
        """Files that count for no company, and why."""
        columns = (("file", 44), ("why-aside", 24), ("counts-instead", 44), ("detail", 80))
        bad = STATE_FILL[ItemState.MISSING]
        fill = {1: {self.say(f"aside-{why.value}"): bad for why in (SkipReason.UNREADABLE, SkipReason.LOST)}}
        self.rows(sheet, columns, (
            (each.name, self.say(f"aside-{each.reason.value}"), each.other,
             self.words.error(each.error) if each.error else "")
            for each in campaign.returns.skipped
        ), fill)  # fmt: skip

    def rounds(self, sheet: Any, rounds: Sequence[Round]) -> None:
        """The rounds so far."""
        columns: tuple[tuple[str, int], ...] = (("round", 8), ("day", 12), ("returns", 10))
        columns += tuple((f"severity-{each.value}", 10) for each in Severity)
        columns += tuple((f"change-{each.value}", 12) for each in COUNTED)
        self.rows(sheet, columns, (
            (each.number, each.day, each.returns, *each.counts, *(each.changes or (0,) * len(COUNTED)))
            for each in rounds
        ))  # fmt: skip

    def rules(self, sheet: Any, tally: Tally) -> None:
        """What each rule did over all returns."""
        columns = (("rule-id", 24), ("rule", 20), ("severity", 9), ("checked", 9), ("fired", 8), ("failed", 8),
                   ("stepped-back", 70))  # fmt: skip
        separator = self.words.text("report", "pairs-separator")

        def row(rule: str) -> tuple[Any, ...]:
            outcome = tally.outcomes.get(rule)
            severity = self.words.word("severity", ALL_RULES[rule].SEVERITY.value)
            if outcome is None:
                aside = self.say("rule-not-run")
                return rule, self.words.rule_title(rule), severity, 0, 0, 0, aside
            aside = separator.join(
                f"{self.words.word('reasons', reason)} {count}"
                for reason, count in outcome.not_applicable.items()
            )
            title = self.words.rule_title(rule)
            return rule, title, severity, outcome.checked, outcome.fired, outcome.failed, aside

        self.rows(sheet, columns, (row(rule) for rule in ALL_RULES))

    def coverage(self, sheet: Any, tally: Tally) -> None:
        """Disclosures by framework: how many companies in which state."""
        columns = (
            ("framework", 16), ("code", 14), ("title", 50), *((f"disclosure-{s}", 10) for s in DisclosureState)
        )  # fmt: skip
        families = list(dict.fromkeys(key[0] for key in tally.disclosures))  # in the questionnaire's order
        rows = sorted(tally.disclosures.items(), key=lambda each: families.index(each[0][0]))
        self.rows(sheet, columns, (
            (framework, code.partition(":")[2], title, *(counts[state] for state in DisclosureState))
            for (framework, code, title), counts in rows
        ), name="coverage")  # fmt: skip


def _urgency(standing: Standing, order: list[Standing]) -> int:
    return (0, 3, 4, 1, 2)[order.index(standing)]
