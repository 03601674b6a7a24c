"""One answer, or one reason, that stands under many items of several sections: nothing fits them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from checker.finding import ItemState
from checker.reading.answers import ReturnReading
from checker.reading.items import Content, ItemReading
from questionnaire.cells import squeeze

ITEMS, SECTIONS = 5, 3  # a reason can hold for the neighbouring items of a section or two (公司无境外业务)
READ = 200  # characters of an answer that are compared


def same_answers(whole: ReturnReading) -> Iterator[tuple[ItemReading, ...]]:
    """Groups of items with one answer; delegations and 不涉及 aside."""
    given = (
        item
        for item in whole.items
        if item.content is Content.TEXT and (item.names_nothing or not item.stands_aside)
    )
    return _many(whole, ((item, item.text[:READ]) for item in given))


def same_reason(whole: ReturnReading, reading: ItemReading) -> tuple[ItemReading, ...]:
    """The items that are all set aside for this item's reason, when it is the first of many."""
    aside = (item for item in whole.items if item.state is ItemState.NOT_APPLICABLE)
    groups = _many(whole, ((item, item.applicability.reason or "") for item in aside))
    return next((group for group in groups if group[0] is reading), ())


def _many(
    whole: ReturnReading, given: Iterable[tuple[ItemReading, str]]
) -> Iterator[tuple[ItemReading, ...]]:
    groups: dict[str, list[ItemReading]] = defaultdict(list)
    for item, words in given:
        groups[squeeze(words)].append(item)
    for key, items in groups.items():
        sections = {id(whole.schema.sections[item.item.id][1]) for item in items}
        if key and len(items) >= ITEMS and len(sections) >= SECTIONS:
            yield tuple(items)
