""" "Does not apply" and "the parent does it" in one breath: they exclude each other.

Fires: 本项目不涉及，依托中信戴卡。
Silent: 本项目不涉及，公司不生产危险化学品。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import AspectState, Severity
from checker.reading.items import ItemReading
from checker.rules.contract import Context, NotApplicable, Outcome, Scope
from checker.rules.support.not_ours import both_claimed

ID = "na-and-delegated"
SCOPE: Final = Scope.ITEM
SEVERITY = Severity.ERROR


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """Fires when both are claimed for the same thing, with the parts of the question that stay open inside."""
    if reading.content.value != "text":
        yield NotApplicable(reading.content.value)
    elif (quotes := both_claimed(reading)) is not None:
        asks = [found.aspect.ask for found in reading.aspects if found.state is not AspectState.DISCLOSED]
        yield context.finding(reading, *quotes, asks=asks)
