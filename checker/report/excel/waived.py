"""The sheet of a campaign that lists what was accepted, by whom, why and until when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from checker.campaign.pages import Campaign
from checker.finding import Severity, WaivedFinding
from checker.report.excel.campaign_tables import Tables
from checker.report.excel.style import SEVERITY_FILL

COLUMNS = (
    ("waiver-state", 10), ("company", 34), ("rule", 16), ("label", 30), ("item", 11), ("message", 44), ("who", 18),
    ("why", 44), ("until", 12),
)  # fmt: skip


def write_waived(
    tables: Tables, sheet: Any, campaign: Campaign, waived: Iterable[tuple[str, str, WaivedFinding]]
) -> None:
    """Writes company by company what was accepted; what was and is due again stands out."""
    words = tables.words

    def row(company: str, state: str, pair: WaivedFinding) -> tuple[str, ...]:
        said, item = words.finding(pair.finding), pair.finding.item or ""
        return (
            words.text("report", f"waiver-{state}"), company, said.title, campaign.label(item) if item else "", item,
            said.message, pair.waiver.who, pair.waiver.why, pair.waiver.until.isoformat(),
        )  # fmt: skip

    fill = {0: {words.text("report", "waiver-expired"): SEVERITY_FILL[Severity.WARNING]}}
    tables.rows(sheet, COLUMNS, (row(*each) for each in waived), fill)
