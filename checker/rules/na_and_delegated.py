""" "Does not apply" and "the parent does it" in one breath: they exclude each other.

Why: 不涉及 takes the item out of the parent's disclosure, 依托 puts it in; the parent cannot know which.
Fires: 本项目不涉及，依托中信戴卡。
Silent: 本项目不涉及，公司不生产危险化学品。
Source: DOMAIN rule catalogue.
"""

from collections.abc import Iterator

from checker.coverage import ItemReading
from checker.finding import Severity
from checker.rule import Context, NotApplicable, Outcome, Scope

ID = "na-and-delegated"
SCOPE = Scope.ITEM
SEVERITY = Severity.ERROR


def check(reading: ItemReading, context: Context) -> Iterator[Outcome]:
    """Fires when both are claimed for the same thing: the whole answer, or one sentence."""
    if reading.content.value != "text":
        yield NotApplicable(reading.content.value)
        return
    both = (
        reading.delegation.kind in ("full", "partial", "suspected") and reading.applicability.kind != "none"
    )
    if not both:
        return
    whole = reading.delegation.kind != "partial" and reading.applicability.whole
    for absent in reading.applicability.evidence:
        for relied in reading.delegation.evidence:
            gap = reading.text[min(absent.end, relied.end) : max(absent.start, relied.start)]
            if whole or not any(mark in gap for mark in "。；;\n"):
                yield context.finding(reading, absent.text, relied.text)
                return
    if whole:
        yield context.finding(reading, reading.text[:60])
