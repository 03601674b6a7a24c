"""The campaign workbook: one walk over the pages, each row written as it comes, so that memory stays small.

Everything from a return is written as text. Sheets that list what belongs to single companies fill during the walk;
those that rank and count are written behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from checker.campaign.coverage import disclosures_of
from checker.campaign.pages import Campaign, Page
from checker.campaign.record import STATES
from checker.campaign.rounds import (
    MEMORY,
    Memory,
    Round,
    closed_row,
    digest_of,
    gone_row,
    next_round,
    round_row,
    said_row,
)
from checker.checking.diff import COUNTED, Change, gap_of
from checker.report.causes import causes_of
from checker.report.excel.campaign_overview import Overview
from checker.report.excel.campaign_rows import RowWording
from checker.report.excel.campaign_tables import Tables
from checker.report.excel.groups import write_groups
from checker.report.excel.key_figures import LIST, FigureTable, list_figures
from checker.report.excel.style import AS_TEXT, CREATED, Formats
from checker.report.excel.years import NOTES, list_notes
from checker.report.kinds import Kind, mark
from checker.report.tally import Tally
from checker.wording import Wording
from questionnaire.cells import squeeze
from questionnaire.figure_sheet import chosen

STATE_OF = {letter: state for state, letter in STATES.items()}


def write_campaign(
    target: Path,
    campaign: Campaign,
    memory: Memory,
    words: Wording,
    each: Callable[[Page], None] = lambda page: None,
) -> Tally:
    """Writes the workbook; ``each`` sees every page on the way (for JSON lines, lists by company).

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
            return _Writer(book, campaign, memory, words).write(each)
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
        self.worded = RowWording(campaign.schemas, words)
        self.noted = 0
        # gaps that are no longer found; of the same returns, those of the last time
        self.gone = list(memory.gone) if memory.again(self.digest) else []
        self.said: list[tuple[str, ...]] = []

    def write(self, each: Callable[[Page], None]) -> Tally:
        """All sheets, in the order in which they are read."""
        tables, campaign = self.tables, self.campaign
        overview = self.book.add_worksheet(tables.say("sheet-overview"))
        companies, matrix = tables.sheet("companies"), tables.sheet("matrix")
        roster = tables.sheet("roster") if campaign.standings else None
        groups = tables.sheet("groups") if campaign.superiors else None
        gaps = tables.list("gaps", GAPS)
        frequent = tables.sheet("frequent")
        steps = STEPS if campaign.superiors else ()
        ledger, reverse = tables.list("ledger", (*LEDGER, *steps)), tables.sheet("reverse")
        copies, outliers = tables.sheet("copies"), tables.list("outliers", OUTLIERS)
        key_figures, figure_list = tables.sheet("key-figures"), tables.list("figure-list", LIST)
        yearly = tables.list("last-year", NOTES) if campaign.past else None
        coverage = tables.sheet("coverage")
        fixed = tables.sheet("fixed") if self.round.number > 1 else None
        unread, rounds, rules = tables.sheet("unread"), tables.sheet("rounds"), tables.sheet("rules")
        remembered = self.book.add_worksheet(MEMORY)
        remembered.very_hidden()
        for page in campaign.pages():
            self.tally.add(page)
            self._gaps(gaps, page)
            for row in page.closed:
                ledger.add(self.worded.ledger(row) + (self.worded.steps(row) if steps else ()))
            for outlier in page.outliers:
                outliers.add(self.worded.outlier(page.entry.company, outlier))
            list_figures(figure_list, page, self.words)
            if yearly is not None:
                list_notes(yearly, campaign, page, self.words)
            for found in disclosures_of(page.covered, page.report, page.schema):
                key = (found.framework, found.code, found.title)
                self.tally.disclosures.setdefault(key, Counter())[found.state] += 1
            each(page)
        for listing in (gaps, ledger, outliers, figure_list, *([yearly] if yearly else [])):
            listing.close()
        last = self._finish_round()
        self._remember(remembered, last)
        every = [*self._earlier(), last]
        Overview(tables, overview, campaign, self.tally).write(every)
        tables.companies(companies, campaign, self.tally)
        tables.matrix(matrix, campaign)
        self._roster(roster, groups)
        tables.frequent(frequent, campaign, self.tally)
        tables.reverse(reverse, campaign, self.tally.relied)
        tables.copies(copies, campaign)
        tables.unread(unread, campaign)
        tables.rounds(rounds, every)
        if fixed is not None:
            tables.rows(fixed, GONE, (self.worded.gone(company, changed) for company, changed in self.gone))
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

    def _gaps(self, gaps: Any, page: Page) -> None:
        company = page.entry.company
        now = [gap_of(finding) for finding in page.report.findings]
        changes = self.memory.changes(company, now, self.digest, page.said, page.judged)
        called = {changed.now.fingerprint: changed.change for changed in changes if changed.now}
        if changes:
            self.tally.changes[company] = Counter(changed.change for changed in changes)
        items = zip(page.schema.items, page.entry.head.states, strict=True)
        states = {item.id: STATE_OF[letter] for item, letter in items}
        causes = causes_of(page.report.findings, self.words, lambda found: called.get(found.fingerprint))
        for cause in sorted(causes, key=lambda cause: cause.urgency(states.get(cause.first.item or ""))):
            weight = cause.weight(states.get(cause.first.item or ""))
            gaps.add(self.worded.gap(company, cause, weight, called.get(cause.first.fingerprint)))
        for changed in changes:
            if changed.change is Change.FIXED:
                self.memory.closed.setdefault(squeeze(company), set()).add(changed.gap.fingerprint)
            if changed.now is None:
                self.gone.append((company, changed))
        self.said.append(said_row(company, page.said))

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

    def _remember(self, sheet: Any, last: Round) -> None:
        for each in (*self._earlier(), last):
            self._note(sheet, round_row(each))
        for company, fingerprints in sorted(self.memory.closed.items()):
            for fingerprint in sorted(fingerprints):
                self._note(sheet, closed_row(company, fingerprint))
        for row in (*self.said, *(gone_row(company, changed) for company, changed in self.gone)):
            self._note(sheet, row)


GAPS = (
    ("company", 26), ("severity", 8), ("weight", 8), ("label", 22), ("item", 11), ("rule", 15),
    ("aspect", 22), ("message", 36), ("quotes", 44), ("mend", 44), ("sheet", 12), ("cell", 9),
    ("disclosures", 16), ("change", 10),
    ("fingerprint", 20), ("trace", 20),
)  # fmt: skip
GONE = (("company", 26), ("change", 12), ("label", 24), ("item", 11), ("rule", 16), ("aspect", 44))
LEDGER = (
    ("company", 26), ("label", 22), ("item", 11), ("delegation-kind", 10), ("provider", 18), ("quotes", 44),
    ("closing", 14), ("parent-said", 44), ("parent-cell", 9), ("closing-mend", 36),
)  # fmt: skip
STEPS = (("via", 30), ("answered-by", 26))  # where there are several above
OUTLIERS = (
    ("company", 26), ("label", 22), ("item", 11), ("aspect", 24), ("figure", 16), ("per-base", 18), ("middle", 18),
    ("peers", 8), ("times", 10), ("suspicion", 26), ("quotes", 40), ("sheet", 12), ("cell", 9),
)  # fmt: skip
