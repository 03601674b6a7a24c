"""Text of the file that belongs to no item.

Fires: （一段不属于任何条目的文字）
Silent: （报告标题和第一部分之前的前言）
"""

from collections.abc import Iterator
from typing import Final

from checker.finding import Severity
from checker.reading.answers import ReturnReading
from checker.rules.contract import Context, NotApplicable, Outcome, Scope

ID = "unmatched-text"
SCOPE: Final = Scope.RETURN
SEVERITY = Severity.WARNING


def check(reading: ReturnReading, context: Context) -> Iterator[Outcome]:
    """One finding a block."""
    if not reading.source.unmatched:
        yield NotApplicable("all-matched")
    for block in reading.source.unmatched:
        yield context.finding(None, block.text[:120], where=block.where, length=len(block.text))
