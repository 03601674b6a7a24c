"""不涉及 with no reason that names a fact of the site, or where it cannot be.

Fires: 本项目不涉及。
Silent: P6.S1.I1: 本项目不涉及，公司无境外业务。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import ItemState, Severity
from checker.reading.items import ItemReading
from checker.rules.contract import NotApplicable, Outcome, ReturnContext, Scope
from checker.rules.support.not_ours import both_claimed
from checker.rules.support.repeated_answers import same_reason
from questionnaire.vocabulary import NotApplicablePolicy

ID = "na-without-reason"
SCOPE: Final = Scope.ITEM
SEVERITY = Severity.WARNING


def check(reading: ItemReading, context: ReturnContext) -> Iterator[Outcome]:
    """Steps back where the answer is also delegated: na-and-delegated says that.

    An error where the whole item is set aside and applies to every company; one reason that stands under many
    items is found once, at the first of them.
    """
    if reading.content.value != "text":
        yield NotApplicable(reading.content.value)
        return
    if reading.delegation.kind in ("full", "suspected") or both_claimed(reading) is not None:
        yield NotApplicable("delegated")
        return
    claim = reading.applicability
    bare = claim.kind == "without_reason"
    quotes = [span.text for span in claim.evidence] or [reading.text]
    always = reading.item.not_applicable is NotApplicablePolicy.NO
    if always and reading.state is ItemState.NOT_APPLICABLE:
        variant = "not-allowed" if bare else "never"
        yield context.finding(reading, *quotes, severity=Severity.ERROR, variant=variant)
    elif bare:
        yield context.finding(reading, *quotes, variant="not-allowed" if always else "")
    if claim.reason and (alike := same_reason(context.whole, reading)):
        yield context.finding(
            reading,
            claim.reason,
            severity=Severity.ERROR,
            variant="repeated",
            count=len(alike),
            labels=[other.label for other in alike],
        )
