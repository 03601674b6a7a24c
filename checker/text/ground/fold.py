"""A text as it was meant: simplified script, half-width letters, no blanks inside words, slips of input methods mended.

Every character stays one character, only blanks between single characters go; so places lead back to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache
from typing import NamedTuple

from checker.text.ground.lexicon import either
from frameworks.ground.yaml import load_data

_SPACED = re.compile(r"[一-龥](?:[ \u3000][一-龥]){2,200}(?![一-龥])")


class FoldedText(NamedTuple):
    """A folded text; ``places`` holds where each of its characters stood, None where all stand where they stood."""

    text: str
    places: tuple[int, ...] | None = None

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text stands in the text as written."""
        if self.places is None:
            return start, end
        if start >= end:
            at = self.places[start] if start < len(self.places) else self.places[-1] + 1
            return at, at
        return self.places[start], self.places[end - 1] + 1

    def forth(self, place: int) -> int:
        """Where a place of the text as written stands in the folded one."""
        return place if self.places is None else bisect_left(self.places, place)


def fold(text: str) -> FoldedText:
    """The folded text.

    >>> fold("依 拖 集 團").text
    '依托集团'
    """
    table = _table()
    folded = simplified(text)
    folded = table.slips.sub(lambda match: table.meant[match.group()], folded)
    if _SPACED.search(folded) is None:
        return FoldedText(folded)
    gone = {
        match.start() + at
        for match in _SPACED.finditer(folded)
        for at, character in enumerate(match.group())
        if character in " \u3000"
    }
    places = tuple(place for place in range(len(folded)) if place not in gone)
    closed = "".join(folded[place] for place in places)
    return FoldedText(table.slips.sub(lambda match: table.meant[match.group()], closed), places)


@lru_cache(maxsize=128)  # every reader of an answer asks
def simplified(text: str) -> str:
    """The text in simplified letters, one for one: places stay.

    >>> simplified("公司將")
    '公司将'
    """
    return text.translate(_table().characters)


class _Table(NamedTuple):
    characters: dict[int, str]
    slips: re.Pattern[str]
    meant: dict[str, str]


@cache
def _table() -> _Table:
    data = load_data("checker.data", "script.yaml")
    traditional, simplified = ("".join(data[key].split()) for key in ("traditional", "simplified"))
    characters = {ord(other): meant for other, meant in zip(traditional, simplified, strict=True)}
    characters |= {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()}
    meant = dict(data["slips"])
    return _Table(characters, re.compile(either(meant)), meant)
