"""Last year's text, with at most the year changed.

Fires: （去年写"2023年组织演练4次"，今年写"2024年组织演练4次"，其余一字未改）
Silent: （制度未变而数据已更新；依托、不涉及和空白）
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.items import ItemReading
from checker.rules.contract import NotApplicable, Outcome, ReturnContext, Scope
from checker.rules.support.repeated_passages import same_text
from checker.text.ground.openings import opening

ID = "copied-from-last-year"
SCOPE: Final = Scope.ITEM
SEVERITY = Severity.WARNING

LEAST = 20  # characters; shorter answers are alike by nature


def check(reading: ItemReading, context: ReturnContext) -> Iterator[Outcome]:
    """Fires where this year's and last year's answer say the same, whatever the year is called and the writer."""
    before = context.whole.last_year.get(reading.item.id, "")
    if not context.whole.last_year:
        yield NotApplicable("no-last-year")
    elif reading.stands_aside or len(reading.text) < LEAST:
        yield NotApplicable(reading.stands_aside or "short")
    elif same_text(reading.text, before):
        yield context.finding(reading, opening(reading.text))
