"""An item reports activities and counts none of them.

Fires: P2.S4.I5: 公司组织了安全知识竞赛和消防演练。
Silent: P2.S4.I5: 公司组织消防演练4次，312人次参加。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.rules.contract import NotApplicable, Outcome, ReturnContext, Scope
from checker.text.ground.spans import Span
from checker.text.readers.claims.activities import find_general, find_listed
from checker.text.readers.claims.vague import find_vague
from checker.text.readers.time.periods import find_stale

ID = "activity-uncounted"
SCOPE: Final = Scope.SUBSTANCE
SEVERITY = Severity.NOTICE


def check(reading: ItemReading, context: ReturnContext) -> Iterator[Outcome]:
    """One finding an item, quoting the activities."""
    asked = bool(reading.item.activities)
    given = reading.text, reading.quantities, reading.passages
    found = reading.activities if asked else find_general(*given)
    spans = (() if found.counted else found.reported) or find_listed(*given)
    if not (asked or found.reported or spans):
        yield NotApplicable("no-activities-asked")
        return
    told = _told_elsewhere(reading, context.whole.source.year)
    if reported := [span for span in spans if not any(_overlap(span, other) for other in told)]:
        yield context.finding(reading, *(span.text for span in reported))


def _told_elsewhere(reading: ItemReading, year: int | None) -> tuple[Span, ...]:
    """What other findings speak of: duties, an earlier year's facts, numbers that say nothing (好多次)."""
    vague = find_vague(reading.text, reading.quantities, reading.passages)
    stale = find_stale(reading.text, reading.passages, year) if year is not None else ()
    return (*reading.idle, *vague, *stale)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
