"""What was planned and what was done lie far apart, with no word on why.

Why: 268 万元 set aside and 130 万元 spent may both be right; the reader needs the reason.
Fires: P2.S4.I1: 2024年计提安全生产费用268余万元。24年累计安全生产费用投入约130余万元。
Silent: P2.S4.I1: 2024年计提安全生产费用268万元，实际投入251万元。
Source: outside 80 to 120 per cent (guessed); 财资〔2022〕136号 keeps setting aside and using apart, so it is no error.
"""

from collections.abc import Iterator

from checker.finding import Severity
from checker.reading.answers import ItemReading
from checker.rules.contract import Context, Outcome, Scope
from checker.text.readers.figures.plans import find_gaps

ID = "plan-actual-gap"
SCOPE = Scope.SUBSTANCE
SEVERITY = Severity.WARNING


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """One finding for each pair of plan and outcome."""
    for gap in find_gaps(reading.text, reading.quantities, reading.passages, reading.tables):
        yield context.finding(reading, gap.plan.text, gap.actual.text, rate=f"{gap.rate:.0f}%")
