"""One passage answers two items.

Fires: （同一段文字出现在两题）
Silent: （两题都写"依托中信戴卡"；两题引用同一份制度）
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.answers import ReturnReading
from checker.reading.items import Content
from checker.rules.contract import Context, NotApplicable, Outcome, Scope
from checker.rules.support.repeated_answers import same_answers
from checker.rules.support.repeated_passages import copies_within

ID = "copied-within-return"
SCOPE: Final = Scope.RETURN
SEVERITY = Severity.WARNING


def check(reading: ReturnReading, context: Context) -> Iterator[Outcome]:
    """One finding a pair of items, at the later one; one answer under many items is one error, at the first."""
    if sum(item.content is Content.TEXT for item in reading.items) < 2:
        yield NotApplicable("nothing-to-compare")
        return
    many: set[str] = set()
    for alike in same_answers(reading):
        many.update(item.item.id for item in alike)
        labels = [item.label for item in alike]
        yield context.finding(
            alike[0],
            alike[0].text,
            severity=Severity.ERROR,
            variant="repeated",
            count=len(alike),
            labels=labels,
        )
    for copy in copies_within(reading):
        if not {copy.earlier.item.id, copy.later.item.id} <= many:
            yield context.finding(
                copy.later, copy.quote, label=copy.earlier.label, first=copy.earlier.where, share=copy.share
            )
