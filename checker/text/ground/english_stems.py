"""English words as letters: one for every stem, so that what is learned of runs of letters is learned of words.

The letters lie where no text has any, by the checksum of the stem; no table of words is kept.
"""

from __future__ import annotations

import re
from functools import cache
from zlib import crc32

from frameworks.ground.yaml import load_data

FIRST, MANY = 0xF0000, 65521  # private letters; two stems of a thousand share one
LONGEST, LEAST = 8, 3  # letters of a stem
_WORD = re.compile(r"[a-z][a-z'&-]*[a-z]")


def stem_letters(words: str) -> str:
    """A letter for each word that is no particle.

    >>> stem_letters("The trainings of employees") == stem_letters("training employee"), len(stem_letters("by us"))
    (True, 0)
    """
    particles, _ = _words()
    return "".join(_letter(word) for word in _WORD.findall(words.lower()) if word not in particles)


def is_stem(letter: str) -> bool:
    """Whether a letter stands for an English word."""
    return FIRST <= ord(letter) < FIRST + MANY


@cache
def _letter(word: str) -> str:
    _, endings = _words()
    ending = next((each for each in endings if word.endswith(each) and len(word) - len(each) >= LEAST), "")
    return chr(FIRST + crc32(word.removesuffix(ending)[:LONGEST].encode()) % MANY)


@cache
def _words() -> tuple[frozenset[str], tuple[str, ...]]:
    data = load_data("checker.data", "english_words.yaml")["stems"]
    return frozenset(data["particles"]), tuple(data["endings"])
