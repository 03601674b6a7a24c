"""Which aspects an English answer names in the words of their English ask."""

from __future__ import annotations

import re
from collections import Counter

from questionnaire.schema import Item

STEM = 6  # letters by which two English words are the same
_WORD = re.compile(r"[a-z]{4,}")


def asked_in_english(item: Item, text: str) -> set[str]:
    """The aspects of which most words that no other ask of the item has stand in an English answer."""
    asks = {aspect.id: _stems(aspect.ask_en) for aspect in item.judged}
    counts = Counter(stem for stems in asks.values() for stem in stems)
    said = _stems(text)
    told = {name: {stem for stem in stems if counts[stem] == 1} for name, stems in asks.items()}
    return {name for name, stems in told.items() if stems and 2 * len(stems & said) >= len(stems)}


def _stems(words: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in _WORD.findall(words.lower()))
