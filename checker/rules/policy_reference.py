"""The answer has substance of its own that rests on the parent's policy.

Fires: 公司按照《中信戴卡供应商管理办法》开展准入评审，2024年评审供应商15家。
Silent: 按照《安全生产法》每季度组织检查，全年检查4次。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.rules.contract import Context, Outcome, Scope

ID = "policy-reference"
SCOPE: Final = Scope.SUBSTANCE
SEVERITY = Severity.NOTICE


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """Fires on class "reference"."""
    if reading.delegation.kind == "reference":
        yield context.finding(reading, *(span.text for span in reading.delegation.evidence))
