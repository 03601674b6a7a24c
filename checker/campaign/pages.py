"""A campaign put together: every return among the others, one page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, partial

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from checker.campaign.copies import Cluster, find_clusters
from checker.campaign.entries import Entry, Returns
from checker.campaign.handed_down import HandedDown, handed_down, inherited
from checker.campaign.last_year import PastReturns
from checker.campaign.ledger import ParentReturn, close_all
from checker.campaign.outliers import FarFigure, Figures, Outlier, bases_of, find_outliers
from checker.campaign.record import Record, read_compared
from checker.campaign.roster import CompanyStanding
from checker.campaign.steps import Superiors
from checker.checking.diff import Judged, unjudged_rules
from checker.checking.engine import check_among
from checker.checking.settings import Settings
from checker.checking.waivers import apply
from checker.finding import ItemResult, Report
from checker.rules import CAMPAIGN_RULES
from checker.rules.contract import CampaignRule
from checker.rules.peers import LedgerRow, Peers, SharedPassage
from checker.translation import shown_report, shown_schema
from checker.wording import Wording, wording
from questionnaire.cells import squeeze
from questionnaire.editions import ChosenBy, Editions
from questionnaire.schema import Schema

FEW = 64  # returns; with fewer, this process has done all before a fork had begun
MISJUDGED = (ChosenBy.NEAR, ChosenBy.FOREIGN, ChosenBy.OVERRIDE)


class Page(Struct, frozen=True):
    """One company: its report with what the other returns add to it."""

    entry: Entry
    schema: Schema
    report: Report
    closed: tuple[LedgerRow, ...]
    outliers: tuple[Outlier, ...]
    covered: Mapping[str, str]  # states of disclosures, for ``disclosures_of``
    read_items: Callable[[], tuple[ItemResult, ...]]
    said: Mapping[str, str]  # by item, a digest of its answer

    @property
    def judged(self) -> Judged:
        """What could be found in it, and what is accepted."""
        outcomes = [asdict(outcome) for outcome in self.report.outcomes]
        waived = frozenset(pair.finding.fingerprint for pair in self.report.waived)
        return Judged(unjudged=unjudged_rules(outcomes), waived=waived)

    @property
    def whole(self) -> Report:
        """The report with its items; most of what is written does without them."""
        return replace(self.report, items=self.read_items())


class Campaign(Struct, frozen=True, dict=True):
    """All returns of one call, and what was found between them. Pages are made anew at each walk."""

    editions: Editions
    returns: Returns
    parent: ParentReturn
    today: date
    standings: tuple[CompanyStanding, ...] = ()
    settings: Settings = field(default_factory=Settings)
    rules: Mapping[str, CampaignRule] = field(default_factory=lambda: dict(CAMPAIGN_RULES))
    strict: bool = False  # let a crashing rule raise
    clusters: tuple[Cluster, ...] = ()
    shared: Mapping[int, tuple[SharedPassage, ...]] = field(default_factory=dict)  # by entry
    far: Mapping[int, list[FarFigure]] = field(default_factory=dict)
    past: PastReturns | None = None  # of the year before, where they were given
    superiors: Superiors | None = None  # the companies above, where the roster is a tree
    words: Wording = field(default_factory=wording)  # in whose language questions and reports are shown

    def shown_in(self, words: Wording) -> Campaign:
        """The same for readers of another language."""
        return replace(self, words=words)

    @property
    def schema(self) -> Schema:
        """The questionnaire of most of its returns."""
        return self.schemas[0]

    @cached_property
    def schemas(self) -> tuple[Schema, ...]:
        """The questionnaires of its returns: that of most first, of as many the newest."""
        return tuple(shown_schema(each, self.words) for each in self.returns.schemas(self.editions))

    def label(self, item: str) -> str:
        """The printed label of an item, in the questionnaire that asks for it."""
        return next(schema for schema in self.schemas if item in schema.by_id).label(item)

    @property
    def other_years(self) -> tuple[Entry, ...]:
        """Returns of another year than that of most, judged by their own year's questionnaire."""
        year = self.schema.edition.year
        return tuple(
            entry
            for entry in self.returns.entries
            if entry.head.year not in (None, year) and entry.head.chosen_by not in MISJUDGED
        )

    @property
    def misjudged(self) -> tuple[Entry, ...]:
        """Returns that no questionnaire of their own judges: it is not here, or the user named another."""
        return tuple(entry for entry in self.returns.entries if entry.head.chosen_by in MISJUDGED)

    def pages(self) -> Iterator[Page]:
        """Every company, in the order of entries."""
        for number, entry in enumerate(self.returns.entries):
            yield self.page(number, entry)

    @cached_property
    def _down(self) -> HandedDown:
        """The waivers that hold below, by company above."""
        if self.superiors is None or not any(waiver.below for waiver in self.settings.waivers):
            return {}
        inner = self.superiors.tree.below
        return handed_down(
            self.settings.waivers,
            (
                (entry.company, self._among(number, entry, self.returns.record(entry))[0])
                for number, entry in enumerate(self.returns.entries)
                if squeeze(entry.company) in inner
            ),
        )

    def page(self, number: int, entry: Entry) -> Page:
        """One company."""
        record = self.returns.record(entry)
        report, closed = self._among(number, entry, record)
        schema = self.editions.by_id(report.questionnaire)
        outliers = tuple(find_outliers(self.far.get(number, ()), record.figures))
        waivers = self.settings.waivers
        if self.superiors is not None and self._down:
            waivers = (*inherited(self._down, self.superiors.tree, entry.company, report), *waivers)
        report = apply(report, waivers, self.today)
        # a waiver that met nothing here may be another company's: none of this company's business
        report = shown_report(replace(report, unused=()), schema, self.words)
        shown = shown_schema(schema, self.words)
        return Page(
            entry,
            shown,
            report,
            closed,
            outliers,
            record.covered,
            partial(self.returns.items, entry, shown),
            self.returns.said(entry, schema),
        )

    def _among(self, number: int, entry: Entry, record: Record) -> tuple[Report, tuple[LedgerRow, ...]]:
        """A company's report with what the others add to it, nothing waived yet, and its part of the ledger."""
        report = record.report
        schema = self.editions.by_id(report.questionnaire)
        closed = tuple(close_all(self.superiors or self.parent, entry.company, report.year, record.delegated))
        peers = Peers(
            schema,
            report,
            entry.company,
            self.shared.get(number, ()),
            closed,
            others=len(self.returns.entries) - 1,
            with_parent=self.parent.whole is not None or self.superiors is not None,
        )
        report = check_among(
            report,
            peers,
            schema.links(report.year),
            self.rules,
            strict=self.strict,
            settings=self.settings.rules,
        )
        return replace(report, company=entry.company), closed


def gather(
    editions: Editions,
    returns: Returns,
    parent: ParentReturn,
    today: date,
    *,
    standings: Iterable[CompanyStanding] = (),
    settings: Settings = Settings(),  # noqa: B008
    rules: Mapping[str, CampaignRule] = CAMPAIGN_RULES,
    strict: bool = False,
    past: PastReturns | None = None,
    superiors: Superiors | None = None,
    forks: int = 1,
) -> Campaign:
    """Compares the returns with each other; ``forks`` processes do what can be parted."""
    forks = forks if len(returns.entries) >= FEW else 1
    clusters = find_clusters(returns, editions.by_id, forks) if "copied-across-returns" in rules else ()
    figures = Figures()
    for number, entry in enumerate(returns.entries):
        if entry.head.figures:
            compared = read_compared(returns.blob(entry))
            figures.add(number, compared.figures, bases_of(compared.profile, compared.figures))
            figures.add_changes(number, compared.changes)
    return Campaign(
        editions, returns, parent, today, tuple(standings), settings, dict(rules), strict, clusters,
        _shared(clusters), figures.far(), past, superiors,
    )  # fmt: skip


def _shared(clusters: Iterable[Cluster]) -> dict[int, tuple[SharedPassage, ...]]:
    found: dict[int, list[SharedPassage]] = {}
    for cluster in clusters:
        for member in cluster.members:
            others = tuple(
                dict.fromkeys(other.company for other in cluster.members if other.entry != member.entry)
            )
            if others:
                found.setdefault(member.entry, []).append(
                    SharedPassage(
                        member.item, member.where, member.quotes, member.share, others, cluster.figures_differ
                    )
                )
    return {entry: tuple(shared) for entry, shared in found.items()}
