"""The company under two names in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from checker.reading.answers import ReturnReading
from checker.reading.items import ItemReading
from checker.text.ground.lexicon import either
from frameworks.ground.yaml import load_data

STEM = 4  # letters by which two words are one: Forge, Forging
ALIKE = 0.6  # share of the company's words that a name must hold to be meant for it; guessed
WORDS = 2  # of a name at least
_WORD = re.compile(r"[^\W\d_][\w'’&-]*")


def latin_variants(whole: ReturnReading) -> Iterator[tuple[ItemReading, str]]:
    """Names that end like a company's and hold most words of its own, but not all; its words in another order."""
    own = _words(_forms().sub("", whole.source.company))
    if len(own) < WORDS or not all(map(str.isascii, "".join(own[:1]))):
        return
    order = re.compile(rf"\b{own[0]}(?:\s[A-Z][\w'’-]*){{{len(own) - 1}}}\b", re.IGNORECASE)
    seen: set[tuple[str, ...]] = {own}
    for reading in whole.items:
        found = [match.group("name") for match in _full().finditer(reading.text)]
        found += [
            name
            for match in order.finditer(reading.text)
            if sorted(_words(name := match.group())) == sorted(own)
        ]
        for name in found:
            words = _words(_forms().sub("", name))
            if words not in seen and _is_meant(words, own):
                seen.add(words)
                yield reading, name.strip(" ,")


def _is_meant(words: tuple[str, ...], own: tuple[str, ...]) -> bool:
    """Whether a name is meant for the company and is another: a short form leaves words out and changes none."""
    if sorted(words) == sorted(own):
        return words != own
    stems = {word[:STEM] for word in own}
    held = [word for word in words if word[:STEM] in stems]
    letters = iter(own)
    is_short = all(word in letters for word in words)
    return words[0] == own[0] and len(held) >= ALIKE * len(own) and len(words) >= WORDS and not is_short


def _words(name: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORD.findall(name))


@cache
def _forms() -> re.Pattern[str]:
    """What a company's name ends in, by the law of its country."""
    return re.compile(rf"(?:,?\s?(?<![^\W\d_]){either(_data())}(?![^\W\d_]))+\.?\s*$")


@cache
def _full() -> re.Pattern[str]:
    word = r"[A-Z][\w'’&-]*"
    return re.compile(
        rf"(?P<name>{word}(?:\s(?:{word}|\({word}\))){{0,5}},?\s(?:{either(_data())}(?![^\W\d_])[,\s]{{0,2}})+\.?)"
    )


@cache
def _data() -> tuple[str, ...]:
    return tuple(load_data("checker.data", "names.yaml")["latin_forms"])
