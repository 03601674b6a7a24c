"""The evidence of a missing aspect stands under another item.

Fires: （举报一题没有写渠道，廉洁一题写"举报电话公布于厂门"）
Silent: （别处也没有写）
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.rules.contract import NotApplicable, Outcome, ReturnContext, Scope
from checker.rules.support.duties import only_duties
from checker.rules.support.elsewhere import elsewhere

ID = "answered-elsewhere"
SCOPE: Final = Scope.SUBSTANCE
SEVERITY = Severity.NOTICE


def check(reading: ItemReading, context: ReturnContext) -> Iterator[Outcome]:
    """One finding an aspect; names the other item and quotes its words."""
    if only_duties(reading):
        yield NotApplicable("duties-only")
        return
    for aspect, other, quote in elsewhere(context.whole, reading):
        yield context.finding(
            reading, quote, aspect=aspect, ask=aspect.ask, label=other.label, first=other.where
        )
