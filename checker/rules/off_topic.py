"""The answer belongs to another subject.

Fires: P1.S2.I2: 公司位于工业园区内，占地五万平方米，交通便利，主要生产汽车轮毂。
Silent: P1.S2.I2: 2024年内审部开展采购与工程审计2次，覆盖5个部门，整改问题7项。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.rules.contract import NotApplicable, Outcome, ReturnContext, Scope
from checker.rules.support.elsewhere import is_astray
from checker.text.ground.openings import opening

ID = "off-topic"
SCOPE: Final = Scope.ITEM
SEVERITY = Severity.WARNING

LEAST = 15  # characters; a shorter answer names no subject


def check(reading: ItemReading, context: ReturnContext) -> Iterator[Outcome]:
    """Fires on an answer that proves at most a third of its aspects and speaks of another item's subject."""
    if reading.stands_aside or len(reading.text) < LEAST:
        yield NotApplicable(reading.stands_aside or "short")
        return
    if is_astray(context.whole.schema, reading):
        yield context.finding(reading, opening(reading.text))
