"""How much two texts share, by pairs and triples of characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NO_LETTER = re.compile(r"[\W_]+")


def squeeze(text: str) -> str:
    """Letters and digits alone (NFKC, lower case)."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text).lower())


@lru_cache(maxsize=4096)
def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring letters."""
    letters = squeeze(text)
    return frozenset(letters[index : index + 2] for index in range(len(letters) - 1))


@lru_cache(maxsize=4096)
def trigrams(text: str) -> frozenset[str]:
    """Triples of neighbouring letters."""
    letters = squeeze(text)
    return frozenset(letters[index : index + 3] for index in range(len(letters) - 2))


def bigram_containment(part: str, whole: str) -> float:
    """The share (0–1) of a short text's bigrams that stand in another; 0 for a text without bigrams."""
    pairs = bigrams(part)
    return len(pairs & bigrams(whole)) / len(pairs) if pairs else 0.0


def echo(answer: str, question: str) -> float:
    """The share (0–1) of an answer's trigrams that stand in its question."""
    triples = trigrams(answer)
    return len(triples & trigrams(question)) / len(triples) if triples else 0.0
