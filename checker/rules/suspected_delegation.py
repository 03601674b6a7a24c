"""A short answer names the parent and holds nothing of its own, and no clause of it surely hands over.

Fires: 戴卡有一份。
Silent: 中信戴卡为公司唯一股东。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.rules.contract import Context, NotApplicable, Outcome, Scope
from checker.rules.support.not_ours import both_claimed

ID = "suspected-delegation"
SCOPE: Final = Scope.ITEM
SEVERITY = Severity.WARNING


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """Fires on the text layer's "suspected"."""
    if reading.delegation.kind == "suspected" and both_claimed(reading) is not None:
        yield NotApplicable("not-applicable-too")
    elif reading.delegation.kind == "suspected":
        yield context.finding(reading, *(span.text for span in reading.delegation.evidence))
    elif reading.stands_aside:
        yield NotApplicable(reading.stands_aside)
