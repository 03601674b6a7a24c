"""An item has no answer at all.

Fires: （答案为空）
Silent: 2024年未发生贪污诉讼案件。
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import Content, ItemReading
from checker.rules.contract import Context, Outcome, Scope
from checker.rules.support.unanswered import otherwise

ID = "blank-answer"
SCOPE: Final = Scope.ITEM
SEVERITY = Severity.ERROR


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """Fires on every item without text, choice or problem; the gaps inside it are listed in this one finding."""
    if reading.content is Content.BLANK:
        asks = [aspect.ask for aspect in reading.item.judged]
        variant = "" if reading.answers else "absent"
        yield context.finding(reading, variant=variant, asks=asks, otherwise=otherwise(reading.item))
