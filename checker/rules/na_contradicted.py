"""不涉及, while another answer shows that it does apply.

Fires: （新能源一题写"不涉及"，产品一题写"为新能源汽车供货12万件"）
Silent: （公益一题写"不涉及"，别处没有公益活动；或只有一个分项不涉及）
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.rules.contract import NotApplicable, Outcome, ReturnContext, Scope
from checker.rules.support.contradictions import contradiction

ID = "na-contradicted"
SCOPE: Final = Scope.ITEM
SEVERITY = Severity.WARNING


def check(reading: ItemReading, context: ReturnContext) -> Iterator[Outcome]:
    """Quotes both answers; the other one's place stands in the message."""
    claims = reading.applicability.evidence
    if not claims or not reading.applicability.whole or reading.delegation.kind in ("full", "suspected"):
        yield NotApplicable("not-claimed")
    elif (found := contradiction(context.whole, reading)) is not None:
        other = found.reading
        yield context.finding(reading, claims[0].text, found.quote, label=other.label, first=other.where)
