"""A change is given in per cent with no base and no absolute value.

Fires: P3.S2.I1: 通过变频改造，车间能耗降低12%。
Silent: P3.S2.I1: 单件电耗由9.3kWh降至8.9kWh，下降4.3%。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.rules.contract import Context, Outcome, Scope
from checker.text.readers.claims.changes import find_changes

ID = "baseline-missing"
SCOPE: Final = Scope.SUBSTANCE
SEVERITY = Severity.WARNING


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """One finding an item for changes without base, one for those without value."""
    misused = [
        (found.claim.start, found.claim.end) for found in reading.misused
    ]  # ratio-misused reports them
    changes = [
        change
        for change in find_changes(reading.text, reading.quantities, reading.passages)
        if not change.absolute and not any(start <= change.at < end for start, end in misused)
    ]
    for based in (False, True):
        quotes = [change.words.text for change in changes if change.based is based]
        if quotes:
            yield context.finding(
                reading,
                *quotes,
                severity=Severity.NOTICE if based else Severity.WARNING,
                variant="value" if based else "",
                count=len(quotes),
            )
