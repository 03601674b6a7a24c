"""What is counted while a campaign is walked through, some values a company."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from msgspec import Struct, field

from checker.campaign.group_figures import GroupFigures
from checker.campaign.ledger import RelianceCount
from checker.campaign.pages import Campaign, Page
from checker.checking.diff import Change
from checker.finding import Outcome, Severity, WaivedFinding
from checker.report.causes import causes_of
from checker.wording import Wording
from questionnaire.chapters import chapters


class Tally(Struct):
    """What is counted during the walk, some values a company."""

    words: Wording  # know what is one thing to mend
    # company → what to mend: errors, warnings, notices
    counts: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    changes: dict[str, Counter[Change]] = field(default_factory=dict)
    failures: int = 0
    frequent: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # rule, item, aspect → companies
    lacking: Counter[tuple[str, str]] = field(default_factory=Counter)  # rule, item → companies
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    relied: RelianceCount = field(default_factory=RelianceCount)
    disclosures: dict[tuple[str, str, str], Counter[str]] = field(default_factory=dict)
    figures: GroupFigures = field(default_factory=GroupFigures)
    # company, "waived" or "expired", the finding with its waiver
    waivers: list[tuple[str, str, WaivedFinding]] = field(default_factory=list)
    used: set[str] = field(default_factory=set)  # fingerprints of waivers that met a finding

    def add(self, page: Page) -> None:
        """Counts one company."""
        report = page.report
        found = Counter(cause.first.severity for cause in causes_of(report.findings, self.words))
        self.counts[page.entry.company] = tuple(found[each] for each in Severity)  # type: ignore[assignment]
        self.failures += len(report.failures)
        for state, pairs in (("waived", report.waived), ("expired", report.expired)):
            self.waivers += ((page.entry.company, state, pair) for pair in pairs)
        self.figures.add(report, page.entry.company)
        for row in page.closed:
            self.relied.add(row)
        self.used.update(pair.waiver.fingerprint for pair in (*report.waived, *report.expired))
        self.frequent.update({(f.rule, f.item or "", f.aspect or "") for f in report.findings})
        self.lacking.update({(f.rule, f.item or "") for f in report.findings})
        for outcome in report.outcomes:
            self.outcomes[outcome.rule] = _sum(self.outcomes.get(outcome.rule), outcome)

    def merge(self, other: Tally) -> None:
        """Takes in what was counted of the companies behind."""
        self.counts |= other.counts
        self.changes |= other.changes
        self.failures += other.failures
        self.waivers += other.waivers
        self.used |= other.used
        self.figures.merge(other.figures)
        self.relied.merge(other.relied)
        self.frequent.update(other.frequent)
        self.lacking.update(other.lacking)
        for rule, outcome in other.outcomes.items():
            self.outcomes[rule] = _sum(self.outcomes.get(rule), outcome)
        for key, states in other.disclosures.items():
            self.disclosures.setdefault(key, Counter()).update(states)

    @property
    def waived(self) -> int:
        """Gaps that are accepted."""
        return sum(state == "waived" for _, state, _ in self.waivers)

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


def walk(campaign: Campaign, words: Wording, each: Callable[[Page], None]) -> Tally:
    """Every company counted, where no workbook is written; ``each`` gets its page."""
    tally = Tally(words)
    for page in campaign.pages():
        tally.add(page)
        each(page)
    return tally


def states_by_part(campaign: Campaign) -> Iterator[tuple[str, Counter[str]]]:
    """By part, how many items are in which state; a return of another year counts by its own questionnaire."""
    found: dict[int, Counter[str]] = {each.number: Counter() for each in chapters(campaign.schema)}
    for entry in campaign.returns.entries:
        start = 0
        for chapter in chapters(campaign.editions.by_id(entry.head.questionnaire)):
            end = start + len(chapter.items)
            found.setdefault(chapter.number, Counter()).update(entry.head.states[start:end])
            start = end
    titles = {each.number: each.title for schema in reversed(campaign.schemas) for each in chapters(schema)}
    for number, counts in sorted(found.items()):
        yield titles[number], counts
