"""The answer only says what should or will be done.

Fires: P1.S3.I5: 公司应当定期检查员工行为守则执行情况，今后将进一步完善审计办法。
Silent: P1.S3.I5: 公司规定员工应遵守行为守则，2024年检查2次，未发现违规。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import AspectState, Severity
from checker.reading.items import ItemReading
from checker.rules.contract import Context, Outcome, Scope

ID = "duty-not-fact"
SCOPE: Final = Scope.SUBSTANCE
SEVERITY = Severity.WARNING


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """Fires once an item, quoting the duties; the parts of the question that stay open stand inside."""
    if reading.duties and reading.is_idle:
        missing = [found.aspect for found in reading.of_state(AspectState.MISSING)]
        asks = [aspect.ask for aspect in missing or reading.item.judged]
        yield context.finding(reading, *(span.text for span in reading.duties), asks=asks)
