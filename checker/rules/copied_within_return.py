"""One passage answers two items.

Why: two questions ask two things; a pasted paragraph leaves one of them open.
Fires: （同一段文字出现在两题）
Silent: （两题都写"依托中信戴卡"；两题引用同一份制度）
Source: TEXT, near-copies: sentence ratio at least 90, paragraph containment at least 0.75.
"""

from collections.abc import Iterator

from checker.copies import copies_within
from checker.coverage import Content, ReturnReading
from checker.finding import Severity
from checker.rule import Context, NotApplicable, Outcome, Scope

ID = "copied-within-return"
SCOPE = Scope.RETURN
SEVERITY = Severity.WARNING


def check(reading: ReturnReading, context: Context) -> Iterator[Outcome]:
    """One finding a pair of items, at the later one."""
    if sum(item.content is Content.TEXT for item in reading.items) < 2:
        yield NotApplicable("nothing-to-compare")
        return
    for copy in copies_within(reading):
        yield context.finding(
            copy.later, copy.quote, label=copy.earlier.label, first=copy.earlier.where, share=copy.share
        )
