"""Findings, delegations and outliers of a campaign as rows of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.campaign.outliers import YEAR, Outlier
from checker.campaign.pages import Campaign
from checker.campaign.rounds import trace
from checker.checking.diff import Change, gap_of
from checker.finding import Finding, Severity
from checker.reading.key_figures import figure_name
from checker.report.amounts import readable
from checker.rules.peers import LedgerRow
from checker.wording import FindingText, Wording
from questionnaire.schema import Schema

KEPT = 4096  # sentences
NAMES = 8  # companies that one line names


class RowWording:
    """Puts rows into words; labels are looked up once."""

    def __init__(self, schemas: Sequence[Schema], words: Wording) -> None:
        self.words = words
        # the questionnaire of most returns stands first, and last here: its words hold
        items = [(schema, item) for schema in reversed(schemas) for item in schema.items]
        self.labels = {item.id: schema.label(item.id) for schema, item in items}
        self.asks = {aspect.id: aspect.ask for _, item in items for aspect in item.aspects}
        self.known: dict[tuple[str, str, str], FindingText] = {}  # most companies lack the same
        self.no_item = words.text("report", "no-item")
        self.severities = {each: words.word("severity", each.value) for each in Severity}
        self.changes = {each: words.text("campaign", f"change-{each.value}") for each in Change}

    def gap(self, company: str, finding: Finding, change: Change | None) -> tuple[str, ...]:
        """A row of the gap list, in the order of its columns."""
        key = (finding.rule, finding.variant, repr(finding.params))
        worded = self.known.get(key)
        if worded is None:
            if len(self.known) >= KEPT:
                self.known.clear()
            worded = self.known[key] = self.words.finding(finding)
        where = finding.where
        line = self.words.text("report", "line", number=where.line) if where.line else ""
        return (
            company,
            self.severities[finding.severity],
            self.labels.get(finding.item or "") or self._unasked(finding),
            finding.item or "",
            worded.title,
            self.asks.get(finding.aspect or "", ""),
            worded.message,
            "\n".join(f"「{quote}」" for quote in finding.evidence),
            worded.mend,
            where.sheet or "",
            where.cell or line,
            "、".join(finding.disclosures),
            self.changes[change] if change else "",
            finding.fingerprint,
            trace(gap_of(finding), change),
        )

    def _unasked(self, finding: Finding) -> str:
        """What a finding without an item is about."""
        if finding.variant.startswith("kpi-"):
            return self.words.text("report", "key-figure", figure=finding.params["figure"])
        return self.no_item

    def ledger(self, row: LedgerRow) -> tuple[str, ...]:
        """A row of the ledger."""
        delegated, words = row.delegated, self.words
        return (
            row.company,
            self.labels[delegated.item],
            delegated.item,
            words.text("campaign", f"delegation-{delegated.kind}"),
            delegated.provider,
            "\n".join(f"「{quote}」" for quote in delegated.topics or delegated.quotes),
            words.text("campaign", f"closing-{row.closing.value}"),
            row.said,
            row.cell,
            words.text("campaign", f"closing-mend-{row.closing.value}"),
        )

    def outlier(self, company: str, outlier: Outlier) -> tuple[str, ...]:
        """A row of the outliers."""
        far, figure, words = outlier.far, outlier.figure, self.words
        item = figure.aspect.rpartition(".")[0] if figure.aspect in self.asks else ""
        name = far.base.partition(" ")[0]
        base, unit = words.text("campaign", f"per-{name or 'itself'}"), "" if name == YEAR else figure.unit
        power = f"{'more' if far.power > 0 else 'less'}-{abs(far.power)}" if far.power else "far"
        return (
            company,
            self.labels.get(item, "") if item else words.text("campaign", "sheet-key-figures"),
            item,
            self.asks.get(figure.aspect) or figure_name(figure.aspect),
            readable(figure.value, words, figure.unit),
            readable(far.value, words, unit) + base,
            readable(far.middle, words, unit),
            str(far.peers),
            readable(far.value / far.middle, words),
            words.text("campaign", f"suspect-{power}"),
            f"「{figure.quote}」",
            figure.where.sheet or "",
            figure.where.cell or "",
        )


def questionnaire_lines(campaign: Campaign, words: Wording) -> Iterator[str]:
    """Which companies are of another year, and which are judged by a questionnaire that is not theirs."""
    for key, found in (("other-years", campaign.other_years), ("misjudged", campaign.misjudged)):
        if found:
            names = "、".join(
                words.text("campaign", f"{key}-name", company=entry.company, year=entry.head.year or "",
                           questionnaire=entry.head.questionnaire) for entry in found[:NAMES]
            )  # fmt: skip
            more = words.text("campaign", "more-names") if len(found) > NAMES else ""
            yield words.text("campaign", key, count=len(found), names=names + more)
