"""Items drafted from a question, of which nothing but the words of the asks is known: states and findings agree there.

Where cues tell what proves an aspect, a state says what is claimed, and findings whether it holds. What is judged by
the words of an ask alone is less sure: what has to be mended is not called answered, and one fault is told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from checker.finding import Finding, ItemState, Severity
from checker.reading.answers import ReturnReading
from checker.reading.items import ItemReading

CONTRADICTED = "option-contradicted"  # by it an item is not answered, though it is no error
COPIED = "copied-within-return"
WHOLE = 95  # per cent of an answer that stand elsewhere: then that is what is wrong with it; guessed
# what is said of words that answer nothing, beside what they leave out
OF_WORDS = frozenset({"vague-claim", "vague-quantity"})
OF_SUBSTANCE = OF_WORDS | {"aspect-missing", "figure-missing", "off-topic", "duty-not-fact"}
EXAMPLES = "possible-example"


def as_found(whole: ReturnReading, findings: Iterable[Finding]) -> ReturnReading:
    """The return with the states that its findings leave such items."""
    open_ = {each.item for each in findings if each.severity is Severity.ERROR or each.rule == CONTRADICTED}
    if not any(reading.item.id in open_ and is_drafted(reading) for reading in whole.items):
        return whole
    items = tuple(
        replace(reading, state=ItemState.PARTIAL)
        if reading.item.id in open_ and reading.state is ItemState.ANSWERED and is_drafted(reading)
        else reading
        for reading in whole.items
    )
    return replace(whole, items=items)


def each_fault_once(whole: ReturnReading, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings less those of such items that are said by another: a copy, or words that answer nothing."""
    findings = tuple(findings)
    missed = {
        reading.item.id
        for reading in whole.items
        if reading.state is ItemState.MISSING and is_drafted(reading)
    }
    copied = {
        each.item
        for each in findings
        if each.rule == COPIED and each.item in missed and each.params.get("share", 0) >= WHOLE
    }
    told = {each.item for each in findings if each.item in missed and each.rule not in OF_WORDS}
    for each in findings:
        if each.item in copied and each.rule in OF_SUBSTANCE:
            continue
        if each.item in told and (each.rule in OF_WORDS or each.variant == EXAMPLES):
            continue
        yield each


def is_drafted(reading: ItemReading) -> bool:
    """Whether no cue tells what proves any aspect of an item."""
    return not any(aspect.cues for aspect in reading.item.judged)
