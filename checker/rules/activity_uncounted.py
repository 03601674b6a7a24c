"""An item reports activities and counts none of them.

Why: trainings, drills and visits are reported by times and persons; judged per item, because one figure shows
that somebody counts.
Fires: P2.S4.I5: 公司组织了安全知识竞赛和消防演练。
Silent: P2.S4.I5: 公司组织消防演练4次，312人次参加。
Source: DOMAIN, quantification; HKEX B3.1, B3.2, B8.2 for training and volunteering.
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.answers import ItemReading
from checker.rules.contract import Context, NotApplicable, Outcome, Scope
from checker.text.readers.claims.activities import find_general

ID = "activity-uncounted"
SCOPE: Final = Scope.SUBSTANCE
SEVERITY = Severity.NOTICE


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """One finding an item, quoting the activities."""
    found = reading.activities
    if not reading.item.activities:
        found = find_general(reading.text, reading.quantities, reading.passages)
        if not found.reported:
            yield NotApplicable("no-activities-asked")
    if found.reported and not found.counted:
        yield context.finding(reading, *(span.text for span in found.reported))
