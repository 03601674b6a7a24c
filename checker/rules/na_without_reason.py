"""不涉及 with no reason that names a fact of the site.

Why: a bare 不涉及 is the cheapest way to empty a report; "why not" is what the disclosure has to say.
Fires: 本项目不涉及。
Silent: 本项目不涉及，公司无境外业务。
Source: DOMAIN rule catalogue; HKEX ESG code, "comply or explain" asks for considered reasons.
"""

from collections.abc import Iterator

from checker.coverage import ItemReading
from checker.finding import Severity
from checker.rule import Context, NotApplicable, Outcome, Scope

ID = "na-without-reason"
SCOPE = Scope.ITEM
SEVERITY = Severity.WARNING


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """Steps back where the answer is also delegated: na-and-delegated says that."""
    if reading.content.value != "text":
        yield NotApplicable(reading.content.value)
    elif reading.delegation.kind in ("full", "suspected"):
        yield NotApplicable("delegated")
    elif reading.applicability.kind == "without_reason":
        yield context.finding(
            reading,
            *(span.text for span in reading.applicability.evidence),
            variant="not-allowed" if reading.item.not_applicable.value == "no" else "",
        )
