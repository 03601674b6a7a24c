"""Content of the file that stands outside the answers: comments, text boxes, pictures, hidden and extra cells.

Fires: （批注里写了"培训 503 人次"）
Silent: （答案以外没有批注、文本框、图片和隐藏内容）
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.answers import ReturnReading
from checker.rules.contract import Context, NotApplicable, Outcome, Scope

ID = "outside-answer"
SCOPE: Final = Scope.RETURN
SEVERITY = Severity.NOTICE

QUOTES = 5  # texts quoted of one kind


def check(reading: ReturnReading, context: Context) -> Iterator[Outcome]:
    """One finding for each kind on each sheet."""
    if not reading.source.outside:
        yield NotApplicable("nothing-outside")
    for found in reading.source.outside:
        yield context.finding(
            None, *found.texts[:QUOTES], where=found.where, variant=found.kind.value, count=found.count
        )
