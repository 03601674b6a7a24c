"""What is kept of each company of a campaign while its pages are open: counts, and a line for each thing to mend.

The lines hold no words: those come from the company's page when a list shows them.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from checker.campaign.entries import Entry
from checker.campaign.pages import Page
from checker.campaign.record import STATES
from checker.campaign.rounds import Memory
from checker.checking.diff import Change, gap_of
from checker.finding import ItemState, Severity, Waiver
from checker.report.causes import Cause, Weight, causes_of
from checker.wording import Wording

STATE_OF = {letter: state for state, letter in STATES.items()}


class Gap(NamedTuple):
    """One thing to mend, as it stands in the lists; ``waiver`` for one that is accepted."""

    cause: Cause
    weight: Weight
    change: Change | None
    waiver: Waiver | None = None


class Line(NamedTuple):
    """One thing to mend, as filters know it."""

    company: int
    number: int  # in the company's gaps
    severity: Severity
    weight: Weight
    item: str  # empty for what belongs to no item
    rule: str
    change: Change | None
    waived: bool


class Company(Struct, frozen=True):
    """One company's counts."""

    number: int  # among the entries
    entry: Entry
    counts: tuple[int, int, int]  # what is to be mended: errors, warnings, notices
    lines: tuple[Line, ...]
    changes: Counter[Change]
    lacking: frozenset[tuple[str, str]]  # rule, item
    failures: int

    @property
    def waived(self) -> int:
        """How many of its lines are accepted."""
        return sum(line.waived for line in self.lines)

    def items(self, state: ItemState) -> int:
        """How many items are in a state."""
        return self.entry.head.states.count(STATES[state])


def gaps_of(page: Page, memory: Memory, digest: str, words: Wording) -> tuple[list[Gap], Counter[Change]]:
    """All there is to mend in a company's return, the most urgent first, then what is accepted; and the changes."""
    report = page.report
    changes = memory.changes(page.entry.company, map(gap_of, report.findings), digest, page.said, page.judged)
    called = {changed.now.fingerprint: changed.change for changed in changes if changed.now}
    items = zip(page.schema.items, page.entry.head.states, strict=True)
    states = {item.id: STATE_OF[letter] for item, letter in items}
    causes = causes_of(report.findings, words, lambda found: called.get(found.fingerprint))
    causes.sort(key=lambda cause: cause.urgency(states.get(cause.first.item or "")))
    gaps = [
        Gap(cause, cause.weight(states.get(cause.first.item or "")), called.get(cause.first.fingerprint))
        for cause in causes
    ]
    waivers = {pair.finding.fingerprint: pair.waiver for pair in report.waived}
    accepted = causes_of(
        (pair.finding for pair in report.waived), words, lambda found: _settled(waivers[found.fingerprint])
    )
    gaps += [
        Gap(
            cause, cause.weight(states.get(cause.first.item or "")), None, waivers[cause.first.fingerprint]
        ) for cause in accepted
    ]  # fmt: skip
    return gaps, Counter(changed.change for changed in changes)


def _settled(waiver: Waiver) -> tuple[str, str, date]:
    """Who accepted, why and until when: the findings of one cause that say the same are one line."""
    return waiver.who, waiver.why, waiver.until


def count(number: int, page: Page, memory: Memory, digest: str, words: Wording) -> Company:
    """One company counted."""
    gaps, changes = gaps_of(page, memory, digest, words)
    lines = tuple(
        Line(
            number, at, gap.cause.first.severity, gap.weight, gap.cause.first.item or "",
            gap.cause.first.rule, gap.change, gap.waiver is not None,
        ) for at, gap in enumerate(gaps)
    )  # fmt: skip
    severities = Counter(line.severity for line in lines if not line.waived)
    return Company(
        number,
        page.entry,
        (severities[Severity.ERROR], severities[Severity.WARNING], severities[Severity.NOTICE]),
        lines,
        changes,
        frozenset((line.rule, line.item) for line in lines if not line.waived),
        len(page.report.failures),
    )
