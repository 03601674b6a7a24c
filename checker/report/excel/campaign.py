"""The campaign workbook: one walk over the pages, each row written as it comes, so that memory stays small.

Everything from a return is written as text. Sheets that list what belongs to single companies fill during the walk;
those that rank and count are written behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from checker.campaign.forks import in_order
from checker.campaign.pages import FEW, Campaign, Page
from checker.campaign.rounds import MEMORY, Memory, Round, company_row, digest_of, next_round, round_row
from checker.checking.diff import COUNTED, Change
from checker.report.excel.campaign_block import BlockWriter
from checker.report.excel.campaign_overview import Overview
from checker.report.excel.campaign_tables import Listing, Tables
from checker.report.excel.groups import write_groups
from checker.report.excel.key_figures import LIST, FigureTable
from checker.report.excel.style import AS_TEXT, CREATED, Formats
from checker.report.excel.waived import write_waived
from checker.report.excel.years import NOTES
from checker.report.kinds import Kind, mark
from checker.report.tally import Tally
from checker.wording import Wording
from questionnaire.cells import squeeze
from questionnaire.figure_sheet import chosen


def write_campaign(
    target: Path,
    campaign: Campaign,
    memory: Memory,
    words: Wording,
    each: Callable[[Page], None] | None = None,
    forks: int = 1,
) -> Tally:
    """Writes the workbook.

    Args:
        target: where to.
        campaign: open.
        memory: of the last round.
        words: in which language.
        each: sees every page on the way, in this process (for JSON lines, lists by company).
        forks: how many put companies into rows at once, where nobody wants to see the pages.

    Raises:
        OSError: it cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    options = {"constant_memory": True, **AS_TEXT}
    try:
        with xlsxwriter.Workbook(str(target), options) as book:
            title = words.text("campaign", "title")
            book.set_properties({"title": title, "category": mark(Kind.CAMPAIGN), "created": CREATED})
            return _Writer(book, campaign, memory, words).write(each, forks)
    except FileCreateError as error:  # it hides what the system said
        raise error.args[0] from error


class _Writer:
    """The workbook while it is being written."""

    def __init__(self, book: Any, campaign: Campaign, memory: Memory, words: Wording) -> None:
        self.book, self.campaign, self.memory, self.words = book, campaign, memory, words
        self.tables = Tables(book, Formats(book), words)
        self.digest = digest_of(campaign.returns.entries)
        self.round = next_round(memory, campaign.today, self.digest, len(campaign.returns.entries))
        self.tally = Tally(words)
        self.noted = 0

    def write(self, each: Callable[[Page], None] | None, forks: int) -> Tally:
        """All sheets, in the order in which they are read."""
        tables, campaign = self.tables, self.campaign
        overview = self.book.add_worksheet(tables.say("sheet-overview"))
        companies, matrix = tables.sheet("companies"), tables.sheet("matrix")
        roster = tables.sheet("roster") if campaign.standings else None
        groups = tables.sheet("groups") if campaign.superiors else None
        lists = {"gaps": tables.list("gaps", GAPS)}
        frequent = tables.sheet("frequent")
        lists["ledger"] = tables.list("ledger", (*LEDGER, *STEPS) if campaign.superiors else LEDGER)
        reverse, copies = tables.sheet("reverse"), tables.sheet("copies")
        lists["outliers"] = tables.list("outliers", OUTLIERS)
        key_figures = tables.sheet("key-figures")
        lists["figure-list"] = tables.list("figure-list", LIST)
        if campaign.past is not None:
            lists["last-year"] = tables.list("last-year", NOTES)
        coverage = tables.sheet("coverage")
        if self.round.number > 1:
            lists["fixed"] = tables.list("fixed", GONE)
        waivers = tables.sheet("waivers") if campaign.settings.waivers else None
        unread, rounds, rules = tables.sheet("unread"), tables.sheet("rounds"), tables.sheet("rules")
        remembered = self.book.add_worksheet(MEMORY)
        remembered.very_hidden()
        self._walk(lists, remembered, each, forks)
        last = self._finish_round()
        for line in (*self._earlier(), last):
            self._note(remembered, round_row(line))
        every = [*self._earlier(), last]
        Overview(tables, overview, campaign, self.tally).write(every)
        tables.companies(companies, campaign, self.tally)
        tables.matrix(matrix, campaign)
        self._roster(roster, groups)
        tables.frequent(frequent, campaign, self.tally)
        tables.reverse(reverse, campaign, self.tally.relied)
        tables.copies(copies, campaign)
        if waivers is not None:
            write_waived(tables, waivers, campaign, self.tally.waivers)
        tables.unread(unread, campaign)
        tables.rounds(rounds, every)
        tables.rules(rules, self.tally)
        tables.coverage(coverage, self.tally)
        year = self.tally.figures.year or campaign.schema.edition.year
        asked = chosen(campaign.schema, year)
        FigureTable(tables, key_figures, self.tally.figures, year).write(
            figure.id for figure in asked if not figure.sets
        )
        overview.activate()
        return self.tally

    def _roster(self, roster: Any, groups: Any) -> None:
        """Who has sent, and how the sub-groups stand; on sheets that are there only for a roster."""
        if roster is not None:
            self.tables.roster(roster, self.campaign.standings)
        if groups is not None:
            write_groups(self.tables, groups, self.campaign, self.tally.counts)

    def _walk(
        self, lists: dict[str, Listing], remembered: Any, each: Callable[[Page], None] | None, forks: int
    ) -> None:
        """Company by company: the long lists, what the next round has to know, and what is counted."""
        entries = self.campaign.returns.entries
        shapes = {name: listing.shape for name, listing in lists.items()}
        writer = BlockWriter(self.campaign, self.memory, self.words, shapes, each)
        for block in in_order(
            writer.block, writer.count, forks if each is None and len(entries) >= FEW else 1
        ):
            self.tally.merge(block.tally)
            for name, listing in lists.items():
                listing.add(block.text(name))
            for company, packed in block.packed:
                self._note(remembered, company_row(company, packed))
        for listing in lists.values():
            listing.close()
        here = {squeeze(entry.company) for entry in entries}
        for company, packed in self.memory.companies.items():  # who sent nothing this time is not forgotten
            if company not in here:
                self._note(remembered, company_row(company, packed))

    def _note(self, sheet: Any, values: Iterable[str]) -> None:
        for column, value in enumerate(values):
            sheet.write_string(self.noted, column, value)
        self.noted += 1

    def _earlier(self) -> Sequence[Round]:
        rounds = self.memory.rounds
        return rounds[:-1] if self.memory.again(self.digest) else rounds

    def _finish_round(self) -> Round:
        sums: Counter[Change] = Counter()
        for changes in self.tally.changes.values():
            sums.update(changes)
        this = self.round
        changed = tuple(sums[change] for change in COUNTED)
        if self.memory.again(self.digest):
            changed = this.changes
        return Round(this.number, this.day, this.digest, this.returns, self.tally.total, changed)


GAPS = (
    ("company", 26), ("severity", 8), ("weight", 8), ("label", 30), ("item", 11), ("rule", 15),
    ("aspect", 22), ("message", 36), ("quotes", 44), ("mend", 44), ("sheet", 12), ("cell", 9),
    ("disclosures", 16), ("change", 10),
    ("fingerprint", 20),
)  # fmt: skip
GONE = (("company", 26), ("change", 12), ("label", 30), ("item", 11), ("rule", 16), ("aspect", 44))
LEDGER = (
    ("company", 26), ("label", 30), ("item", 11), ("delegation-kind", 10), ("provider", 18), ("quotes", 44),
    ("closing", 14), ("parent-said", 44), ("parent-cell", 9), ("closing-mend", 36),
)  # fmt: skip
STEPS = (("via", 30), ("answered-by", 26))  # where there are several above
OUTLIERS = (
    ("company", 26), ("label", 30), ("item", 11), ("aspect", 24), ("figure", 16), ("per-base", 18), ("middle", 18),
    ("peers", 8), ("times", 10), ("suspicion", 26), ("quotes", 40), ("sheet", 12), ("cell", 9),
)  # fmt: skip
