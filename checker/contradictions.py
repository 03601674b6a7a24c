"""Where another answer of a return shows what an item denies or leaves to the parent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from checker.coverage import Content, ItemReading, ReturnReading
from checker.text.spans import span
from frameworks.yamlfile import load_data


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The answer that contradicts, and its words."""

    reading: ItemReading
    quote: str


def contradiction(whole: ReturnReading, item: ItemReading) -> Contradiction | None:
    """The first answer of another item that holds one of the item's counter-evidence words as a fact.

    A fact is a sentence outside delegations and 不涉及 clauses that denies nothing and is no mere duty.
    """
    words = item.item.counter_evidence
    if not words:
        return None
    for other in whole.items:
        if other is item or other.content is not Content.TEXT or other.stands_aside:
            continue
        if not any(word in other.text for word in words):
            continue
        for unit in other.facts.units:
            word = next((word for word in words if word in unit.searched), None)
            if word is None or unit.is_idle or _denied(unit.searched, word):
                continue
            return Contradiction(other, span(other.text, unit.start, unit.end).text)
    return None


def _denied(sentence: str, word: str) -> bool:
    before = sentence[max(0, sentence.index(word) - 8) : sentence.index(word)]
    return _denial().search(before) is not None


@cache
def _denial() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, load_data("checker.data", "claims.yaml")["negations"])))
