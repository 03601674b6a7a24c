"""Some companies of a campaign put into the rows of its workbook; a fork may do it, for all that comes out is text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property

from msgspec import Struct, field

from checker.campaign.company_memory import pack
from checker.campaign.coverage import disclosures_of
from checker.campaign.pages import Campaign, Page
from checker.campaign.record import STATES
from checker.campaign.rounds import Memory, digest_of
from checker.checking.diff import GapChange, gap_of
from checker.report.causes import causes_of
from checker.report.excel.campaign_rows import RowWording
from checker.report.excel.key_figures import figure_rows
from checker.report.excel.raw_rows import RowShape
from checker.report.excel.years import note_rows
from checker.report.tally import Tally
from checker.wording import Wording

COMPANIES = 8  # in one block
STATE_OF = {letter: state for state, letter in STATES.items()}


class Block(Struct):
    """Some companies after each other, as the workbook takes them in."""

    tally: Tally
    rows: dict[str, list[str]]  # by list, in its shape
    packed: list[tuple[str, bytes]] = field(default_factory=list)  # company, what the next round has to know

    def text(self, name: str) -> str:
        """All rows of a list."""
        return "".join(self.rows[name])


class BlockWriter(Struct, frozen=True, dict=True):
    """Makes blocks.

    Attributes:
        shapes: of the lists that are filled company by company; that of gaps no longer found only from round two on.
        each: sees every page on the way.
    """

    campaign: Campaign
    memory: Memory
    words: Wording
    shapes: Mapping[str, RowShape]
    each: Callable[[Page], None] | None = None

    @property
    def count(self) -> int:
        """How many blocks there are."""
        return -(-len(self.campaign.returns.entries) // COMPANIES)

    def block(self, number: int) -> Block:
        """One of them."""
        made = Block(Tally(self.words), {name: [] for name in self.shapes})
        entries = self.campaign.returns.entries
        begin = number * COMPANIES
        for at, entry in enumerate(entries[begin : begin + COMPANIES], start=begin):
            page = self.campaign.page(at, entry)
            self._take(made, page)
            if self.each is not None:
                self.each(page)
        return made

    @cached_property
    def _worded(self) -> RowWording:
        return RowWording(self.campaign.schemas, self.words)

    @cached_property
    def _again(self) -> bool:
        return self.memory.again(digest_of(self.campaign.returns.entries))

    def _take(self, made: Block, page: Page) -> None:
        made.tally.add(page)
        self._gaps(made, page)
        company, worded = page.entry.company, self._worded
        steps = worded.steps if self.campaign.superiors else lambda row: ()
        self._add(made, "ledger", *((*worded.ledger(row), *steps(row)) for row in page.closed))
        self._add(made, "outliers", *(worded.outlier(company, outlier) for outlier in page.outliers))
        self._add(made, "figure-list", *figure_rows(page, self.words))
        if "last-year" in self.shapes:
            self._add(made, "last-year", *note_rows(self.campaign, page, self.words))
        for found in disclosures_of(page.covered, page.report, page.schema):
            key = (found.framework, found.code, found.title)
            made.tally.disclosures.setdefault(key, Counter())[found.state] += 1

    def _add(self, made: Block, name: str, *rows: tuple[str, ...]) -> None:
        made.rows[name] += map(self.shapes[name].row, rows)

    def _gaps(self, made: Block, page: Page) -> None:
        company, before = page.entry.company, self.memory.of(page.entry.company)
        now = [gap_of(finding) for finding in page.report.findings]
        changes: list[GapChange] = []
        if self.memory.rounds:
            changes = before.changes(now, page.said, page.judged, again=self._again)
        called = {changed.now.fingerprint: changed.change for changed in changes if changed.now}
        if changes:
            made.tally.changes[company] = Counter(changed.change for changed in changes)
        items = zip(page.schema.items, page.entry.head.states, strict=True)
        states = {item.id: STATE_OF[letter] for item, letter in items}
        causes = causes_of(page.report.findings, self.words, lambda found: called.get(found.fingerprint))
        for cause in sorted(causes, key=lambda cause: cause.urgency(states.get(cause.first.item or ""))):
            weight = cause.weight(states.get(cause.first.item or ""))
            row = self._worded.gap(company, cause, weight, called.get(cause.first.fingerprint))
            self._add(made, "gaps", row)
        after = before.after(now, page.said, changes, again=self._again)
        if "fixed" in self.shapes:
            self._add(made, "fixed", *(self._worded.gone(company, changed) for changed in after.gone))
        made.packed.append((company, pack(after)))
