"""The campaign workbook: one walk over the pages, each row written as it comes, so that memory stays small.

Everything from a return is written as text. Sheets that list what belongs to single companies fill during the walk;
those that rank and count are written behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checker.campaign.coverage import disclosures_of
from checker.campaign.ledger import RelianceCount
from checker.campaign.pages import Campaign, Page
from checker.campaign.rounds import (
    COUNTED,
    MEMORY,
    Memory,
    Round,
    closed_row,
    digest_of,
    next_round,
    round_row,
)
from checker.checking.diff import Change, gap_of
from checker.finding import Outcome, Severity
from checker.report.campaign_rows import GapColumns, RowWording
from checker.report.campaign_tables import Tables
from checker.report.excel import CREATED, Formats
from checker.wording import Wording
from questionnaire.cells import squeeze
from questionnaire.provenance import MARK


@dataclass
class Tally:
    """What is counted during the walk, some values a company."""

    counts: dict[str, tuple[int, int, int]] = field(
        default_factory=dict
    )  # company → errors, warnings, notices
    changes: dict[str, Counter[Change]] = field(default_factory=dict)
    failures: int = 0
    frequent: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # rule, item, aspect → companies
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    relied: RelianceCount = field(default_factory=RelianceCount)
    disclosures: dict[tuple[str, str, str], Counter[str]] = field(default_factory=dict)
    waived: int = 0
    used: set[str] = field(default_factory=set)  # fingerprints of waivers that met a finding

    def add(self, page: Page) -> None:
        """Counts one company."""
        report = page.report
        self.counts[page.entry.company] = tuple(report.count(each) for each in Severity)  # type: ignore[assignment]
        self.failures += len(report.failures)
        self.waived += len(report.waived)
        for row in page.closed:
            self.relied.add(row)
        self.used.update(pair.waiver.fingerprint for pair in (*report.waived, *report.expired))
        self.frequent.update({(f.rule, f.item or "", f.aspect or "") for f in report.findings})
        for outcome in report.outcomes:
            self.outcomes[outcome.rule] = _sum(self.outcomes.get(outcome.rule), outcome)

    @property
    def total(self) -> tuple[int, int, int]:
        """Gaps of all companies by severity."""
        sums = [sum(each) for each in zip(*self.counts.values(), strict=True)] or [0, 0, 0]
        return sums[0], sums[1], sums[2]


def _sum(first: Outcome | None, second: Outcome) -> Outcome:
    if first is None:
        return second
    aside = Counter(first.not_applicable)
    aside.update(second.not_applicable)
    return Outcome(
        rule=first.rule, checked=first.checked + second.checked, not_applicable=dict(aside),
        fired=first.fired + second.fired, failed=first.failed + second.failed,
    )  # fmt: skip


def write_campaign(
    target: Path,
    campaign: Campaign,
    memory: Memory,
    words: Wording,
    each: Callable[[Page], None] = lambda page: None,
) -> Tally:
    """Writes the workbook; ``each`` sees every page on the way (for JSON lines, lists by company)."""
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(str(target), options) as book:
        title = words.text("campaign", "title")
        book.set_properties({"title": title, "category": MARK, "created": CREATED})
        return _Writer(book, campaign, memory, words).write(each)


def walk(campaign: Campaign, each: Callable[[Page], None]) -> Tally:
    """The same walk without a workbook."""
    tally = Tally()
    for page in campaign.pages():
        tally.add(page)
        each(page)
    return tally


class _Writer:
    """The workbook while it is being written."""

    def __init__(self, book: Any, campaign: Campaign, memory: Memory, words: Wording) -> None:
        self.book, self.campaign, self.memory, self.words = book, campaign, memory, words
        self.tables = Tables(book, Formats(book), words)
        self.digest = digest_of(campaign.returns.entries)
        self.round = next_round(memory, campaign.today, self.digest, len(campaign.returns.entries))
        self.tally = Tally()
        self.worded = RowWording(campaign.schemas, words)
        self.noted = 0

    def write(self, each: Callable[[Page], None]) -> Tally:
        """All sheets, in the order in which they are read."""
        tables, campaign = self.tables, self.campaign
        overview, matrix = tables.sheet("overview"), tables.sheet("matrix")
        roster = tables.sheet("roster") if campaign.standings else None
        gaps = tables.list("gaps", GapColumns.COLUMNS, intro=True)
        frequent = tables.sheet("frequent")
        ledger, reverse = tables.list("ledger", LEDGER), tables.sheet("reverse")
        copies, outliers = tables.sheet("copies"), tables.list("outliers", OUTLIERS)
        coverage = tables.sheet("coverage")
        unread, rounds, rules = tables.sheet("unread"), tables.sheet("rounds"), tables.sheet("rules")
        remembered = self.book.add_worksheet(MEMORY)
        remembered.very_hidden()
        for page in campaign.pages():
            self.tally.add(page)
            self._gaps(gaps, page)
            for row in page.closed:
                ledger.add(self.worded.ledger(row))
            for outlier in page.outliers:
                outliers.add(self.worded.outlier(page.entry.company, outlier))
            for found in disclosures_of(page.covered, page.report, page.schema):
                key = (found.framework, found.code, found.title)
                self.tally.disclosures.setdefault(key, Counter())[found.state] += 1
            each(page)
        for listing in (gaps, ledger, outliers):
            listing.close()
        last = self._finish_round()
        self._remember(remembered, last)
        tables.overview(overview, campaign, self.tally, last)
        tables.matrix(matrix, campaign)
        if roster is not None:
            tables.roster(roster, campaign.standings)
        tables.frequent(frequent, campaign, self.tally)
        tables.reverse(reverse, campaign, self.tally.relied)
        tables.copies(copies, campaign)
        tables.unread(unread, campaign)
        tables.rounds(rounds, [*self._earlier(), last])
        tables.rules(rules, self.tally, campaign)
        tables.coverage(coverage, self.tally)
        overview.activate()
        return self.tally

    def _gaps(self, gaps: Any, page: Page) -> None:
        company = page.entry.company
        now = [gap_of(finding) for finding in page.report.findings]
        changes = self.memory.changes(company, now, self.digest)
        states = {changed.now.fingerprint: changed.change for changed in changes if changed.now}
        if changes:
            self.tally.changes[company] = Counter(changed.change for changed in changes)
        for finding, gap in zip(page.report.findings, now, strict=True):
            gaps.add(self.worded.gap(company, finding, states.get(gap.fingerprint)))
        for changed in changes:
            if changed.change is Change.FIXED:
                self.memory.closed.setdefault(squeeze(company), set()).add(changed.gap.fingerprint)

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


LEDGER = (
    ("company", 26), ("label", 22), ("item", 11), ("delegation-kind", 10), ("provider", 18), ("quotes", 44),
    ("closing", 14), ("parent-said", 44), ("parent-cell", 9), ("closing-mend", 36),
)  # fmt: skip
OUTLIERS = (
    ("company", 26), ("label", 22), ("item", 11), ("aspect", 24), ("figure", 16), ("per-base", 18), ("middle", 18),
    ("peers", 8), ("times", 10), ("suspicion", 26), ("quotes", 40), ("sheet", 12), ("cell", 9),
)  # fmt: skip
