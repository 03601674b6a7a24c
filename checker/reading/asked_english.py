"""Which aspects an English answer names in the words of their English ask."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from questionnaire.schema import Item

STEM = 6  # letters by which two English words are the same
NAMED = 0.5  # share of its words from which an ask is named
_WORD = re.compile(r"[a-z]{4,}")


def asked_in_english(item: Item, text: str) -> set[str]:
    """The aspects of which most words that no other ask of the item has stand in an English answer."""
    said = _stems(text)
    asks = _own_stems(tuple((aspect.id, aspect.ask_en) for aspect in item.judged))
    return {name for name, stems in asks.items() if len(stems & said) >= NAMED * len(stems)}


@lru_cache(maxsize=1024)
def _own_stems(asks: tuple[tuple[str, str], ...]) -> Mapping[str, frozenset[str]]:
    found = {name: _stems(ask) for name, ask in asks}
    counts = Counter(stem for stems in found.values() for stem in stems)
    own = {name: frozenset(stem for stem in stems if counts[stem] == 1) for name, stems in found.items()}
    return {name: stems for name, stems in own.items() if stems}


def _stems(words: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in _WORD.findall(words.lower()))
