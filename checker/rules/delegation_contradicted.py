"""Delegated, while another answer shows that the company does it itself.

Fires: （供应商一题写"均依托中信戴卡"，另一题写"全年现场审核供应商12家"）
Silent: （供应商一题写"均依托中信戴卡"，别处只说戴卡审核供应商）
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.rules.contract import NotApplicable, Outcome, ReturnContext, Scope
from checker.rules.support.contradictions import contradiction

ID = "delegation-contradicted"
SCOPE: Final = Scope.ITEM
SEVERITY = Severity.WARNING


def check(reading: ItemReading, context: ReturnContext) -> Iterator[Outcome]:
    """Quotes the delegation and the other answer."""
    delegation = reading.delegation
    if delegation.kind not in ("full", "suspected") or not delegation.evidence:
        yield NotApplicable("not-claimed")
    elif (found := contradiction(context.whole, reading)) is not None:
        other, claim = found.reading, delegation.evidence[0].text
        yield context.finding(reading, claim, found.quote, label=other.label, first=other.where)
