"""Where another answer of a return shows what an item denies or leaves to the parent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from checker.coverage import Content, ItemReading, ReturnReading
from checker.subjects import is_of_one_item
from checker.text.lexicon import either
from checker.text.spans import span
from frameworks.yamlfile import load_data

_PLANNED = re.compile("将(?!近)|拟|计划于|预计")
TOPICAL = 2  # words of an item's topic that make a sentence its subject's
LONG = 4  # letters of a word that names one thing


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The answer that contradicts, and its words."""

    reading: ItemReading
    quote: str


def contradiction(whole: ReturnReading, item: ItemReading) -> Contradiction | None:
    """The first answer of another item that holds one of the item's counter-evidence words as a fact.

    A fact is a sentence outside delegations and 不涉及 clauses that denies nothing and is no mere duty.
    """
    words = tuple(word for word in item.item.counter_evidence if word in whole.spoken)
    return (_counter_evidence(whole, item, words) if words else None) or _own_deed(whole, item)


def _counter_evidence(
    whole: ReturnReading, item: ItemReading, words: tuple[str, ...]
) -> Contradiction | None:
    for other in whole.items:
        if other is item or other.content is not Content.TEXT or other.stands_aside:
            continue
        if not _holds(other.text, words):
            continue
        for unit in other.facts.units:
            word = next((word for word in words if word in unit.searched), None)
            if word is None or unit.is_idle or _denied(unit.searched, word):
                continue
            return Contradiction(other, span(other.text, unit.start, unit.end).text)
    return None


def _holds(text: str, words: tuple[str, ...]) -> bool:
    for word in words:  # noqa: SIM110 - a plain loop: all answers are tried for every item
        if word in text:
            return True
    return False


def _own_deed(whole: ReturnReading, item: ItemReading) -> Contradiction | None:
    """A sentence in which the company itself does what the item asks: two words of its topic and a cue, or 自行 and
    a cue that no other item has."""
    words = [word for word in item.item.topic if len(word) > 1 and word in whole.spoken]
    topic = [word for word in words if word not in _common()]
    for other, unit, stressed in whole.own_deeds:
        if other is item:
            continue
        named = sum(word in unit.searched for word in words)
        topical = named >= TOPICAL and sum(word in unit.searched for word in topic) >= (
            1 if stressed else TOPICAL
        )
        if not topical and not stressed:
            continue
        for aspect in item.item.judged:
            for cue in aspect.compiled_cues:
                found = cue.find(unit.searched, unit.searched)
                if found and (
                    topical or any(len(word) >= LONG and is_of_one_item(whole.schema, word) for word in found)
                ):
                    return Contradiction(other, span(other.text, unit.start, unit.end).text)
    return None


@cache
def _common() -> frozenset[str]:
    return frozenset(load_data("checker.data", "deeds.yaml")["common"])


def _denied(sentence: str, word: str) -> bool:
    before = sentence[max(0, sentence.index(word) - 8) : sentence.index(word)]
    return _denial().search(before) is not None or _PLANNED.search(before) is not None


@cache
def _denial() -> re.Pattern[str]:
    return re.compile(either(load_data("checker.data", "claims.yaml")["negations"]))
