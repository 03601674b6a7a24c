"""Findings, delegations and outliers of a campaign as rows of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from checker.campaign.entries import Entry
from checker.campaign.outliers import YEAR, Outlier
from checker.campaign.pages import Campaign
from checker.checking.diff import Change, GapChange
from checker.finding import Finding, Severity
from checker.reading.key_figures import figure_name, shown_unit
from checker.report.amounts import readable
from checker.report.causes import Cause, Weight
from checker.rules import ALL_RULES
from checker.rules.peers import Closing, LedgerRow
from checker.text.ground.unit_words import kind_of
from checker.wording import FindingText, Wording
from questionnaire.schema import Schema

Key = TypeVar("Key", bound=tuple[str, ...])

KEPT = 4096  # sentences
NAMES = 8  # companies that one line names
SHARED = 2  # companies from which a gap is a frequent one


class RowWording:
    """Puts rows into words; labels are looked up once."""

    def __init__(self, schemas: Sequence[Schema], words: Wording) -> None:
        self.words = words
        # the questionnaire of most returns stands first, and last here: its words hold
        items = [(schema, item) for schema in reversed(schemas) for item in schema.items]
        self.labels = {item.id: schema.label(item.id) for schema, item in items}
        self.asks = {aspect.id: aspect.ask for _, item in items for aspect in item.aspects}
        self.known: dict[tuple[str, ...], FindingText] = {}  # most companies lack the same
        self.no_item = words.text("report", "no-item")
        self.severities = {each: words.word("severity", each.value) for each in Severity}
        self.weights = {each: words.word("weights", each.value) for each in Weight}
        self.changes = {each: words.text("campaign", f"change-{each.value}") for each in Change}

    def gap(self, company: str, cause: Cause, weight: Weight, change: Change | None) -> tuple[str, ...]:
        """A row of the gap list, in the order of its columns."""
        finding = cause.first
        key = (finding.rule, finding.variant, *(repr(each.params) for each in cause.findings))
        worded = self.known.get(key)
        if worded is None:
            if len(self.known) >= KEPT:
                self.known.clear()
            worded = self.known[key] = cause.worded(self.words)
        where = finding.where
        line = self.words.text("report", "line", number=where.line) if where.line else ""
        return (
            company,
            self.severities[finding.severity],
            self.weights[weight],
            self.labels.get(finding.item or "") or self._unasked(finding),
            finding.item or "",
            worded.title,
            "\n".join(self.asks[each.aspect] for each in cause.findings if each.aspect in self.asks),
            worded.message,
            "\n".join(f"「{quote}」" for quote in cause.quotes),
            worded.mend,
            where.sheet or "",
            where.cell or line,
            "、".join(cause.disclosures),
            self.changes[change] if change else "",
            cause.gap_ids,
        )

    def gone(self, company: str, changed: GapChange) -> tuple[str, ...]:
        """A row for a gap of the last round that is no longer found, and why."""
        gap = changed.gap
        return (
            company,
            self.changes[changed.change],
            self.labels.get(gap.item, self.no_item),
            gap.item,
            self.words.rule_title(gap.rule) if gap.rule in ALL_RULES else gap.rule,
            self.asks.get(gap.aspect, ""),
        )

    def _unasked(self, finding: Finding) -> str:
        """What a finding without an item is about."""
        if finding.variant.startswith("kpi-"):
            return self.words.text("report", "key-figure", figure=finding.params["figure"])
        return self.no_item

    def ledger(self, row: LedgerRow) -> tuple[str, ...]:
        """A row of the ledger."""
        delegated, words = row.delegated, self.words
        closing = "returned" if row.returned and row.closing is Closing.MET else row.closing.value
        return (
            row.company,
            self.labels[delegated.item],
            delegated.item,
            words.text("campaign", f"delegation-{delegated.kind}"),
            delegated.provider,
            "\n".join(f"「{quote}」" for quote in delegated.topics or delegated.quotes),
            words.text("campaign", f"closing-{closing}"),
            row.said,
            row.cell,
            words.text("campaign", f"closing-mend-{'returned' if row.returned else row.closing.value}"),
        )

    def steps(self, row: LedgerRow) -> tuple[str, str]:
        """Who above passes a delegation on, and who has to answer it."""
        return self.words.text("campaign", "via-separator").join(row.via), row.by

    def outlier(self, company: str, outlier: Outlier) -> tuple[str, ...]:
        """A row of the outliers."""
        far, figure, words = outlier.far, outlier.figure, self.words
        shown = shown_unit(figure.aspect, figure.unit, english=words.english)
        item = figure.aspect.rpartition(".")[0] if figure.aspect in self.asks else ""
        name = far.base.partition(" ")[0]
        base, unit = words.text("campaign", f"per-{name or 'itself'}"), "" if name == YEAR else shown
        power = f"{'more' if far.power > 0 else 'less'}-{abs(far.power)}" if far.power else "far"
        kind = "-money" if abs(far.power) == 4 and kind_of(figure.unit) == "money" else ""
        return (
            company,
            self.labels.get(item, "") if item else words.text("campaign", "sheet-key-figures"),
            item,
            self.asks.get(figure.aspect) or figure_name(figure.aspect, english=words.english),
            readable(figure.value, words, shown),
            readable(far.value, words, unit) + base,
            readable(far.middle, words, unit),
            str(far.peers),
            readable(far.value / far.middle, words),
            words.text("campaign", f"suspect-{power}{kind}"),
            f"「{figure.quote}」",
            figure.where.sheet or "",
            figure.where.cell or "",
        )


def most_first(campaign: Campaign, counts: Counter[Key]) -> list[tuple[Key, int]]:
    """Gaps (rule, item, and aspect where it is told) with their number of companies, most first, then as printed.

    What one company alone lacks is none that many have.
    """
    items = {item.id: number for number, item in enumerate(campaign.schema.items)}
    rules = list(ALL_RULES)
    return sorted(
        (pair for pair in counts.items() if pair[1] >= SHARED),
        key=lambda pair: (-pair[1], items.get(pair[0][1], 999), rules.index(pair[0][0]), *pair[0][2:]),
    )


def questionnaire_lines(campaign: Campaign, words: Wording) -> Iterator[str]:
    """Which companies are of another year, and which are judged by a questionnaire that is not theirs."""
    for key, found in (("other-years", campaign.other_years), ("misjudged", campaign.misjudged)):
        if found:
            yield entries_line(key, found, words)


def entries_line(key: str, found: Sequence[Entry], words: Wording) -> str:
    """Returns that are told by name: of other years, or misjudged."""
    names = "、".join(
        words.text("campaign", f"{key}-name", company=entry.company, year=entry.head.year or "",
                   questionnaire=entry.head.questionnaire) for entry in found[:NAMES]
    )  # fmt: skip
    more = words.text("campaign", "more-names") if len(found) > NAMES else ""
    return words.text("campaign", key, count=len(found), names=names + more)
