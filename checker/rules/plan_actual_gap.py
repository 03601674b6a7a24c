"""What was planned and what was done lie far apart, with no word on why.

Fires: P2.S4.I1: 2024年计提安全生产费用268余万元。24年累计安全生产费用投入约130余万元。
Silent: P2.S4.I1: 2024年计提安全生产费用268万元，实际投入251万元。
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.reading.key_figures import FigureSheet
from checker.rules.contract import Context, Option, Outcome, Scope
from checker.rules.support.figure_limits import fault_of
from checker.text.readers.figures.plans import find_gaps

ID = "plan-actual-gap"
SCOPE: Final = Scope.SUBSTANCE
SEVERITY = Severity.WARNING
OPTIONS = {"change": Option(0.3, 0.01, 10), "few": Option(10, 0, 1000)}


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """One finding for each pair of plan and outcome."""
    for gap in find_gaps(reading.text, reading.quantities, reading.passages, reading.tables):
        yield context.finding(reading, gap.plan.text, gap.actual.text, rate=f"{gap.rate:.0f}%")


def check_figures(sheet: FigureSheet, context: Context) -> Iterator[Outcome]:
    """One finding a figure that is far from last year's, without a reason beside it and within one boundary."""
    limit = Decimal(str(context.options["change"]))
    for reading in sheet.usable.values():
        now, last = reading.value, reading.last
        if now is None or last is None or not last.value:
            continue
        if fault_of(reading, now) or fault_of(reading, last):
            continue  # figure-out-of-range says it
        if reading.given.reason or sheet.boundary_changed(reading):
            continue
        few = max(abs(now.value), abs(last.value)) < Decimal(str(context.options["few"]))
        change = (now.value - last.value) / abs(last.value)
        if abs(change) > limit and not (few and reading.figure.unit != "percent"):
            yield context.finding(
                reading, reading.given.value, reading.given.last, variant="kpi-change",
                percent=f"{change * 100:+.0f}%", limit=f"{limit * 100:.0f}%",
            )  # fmt: skip
