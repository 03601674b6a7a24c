"""A text with its brackets and quotes covered, letter for letter, so that it is cut only where it is open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

COVER = "\ue000"
_PAIRS = {
    "（": "）",
    "(": ")",
    "《": "》",
    "“": "”",
    "「": "」",
    "『": "』",
    "[": "]",
    "【": "】",
    "〈": "〉",
}
_ROUND = "（("
_FREE, _KEPT = "、及和与", "\ue010\ue011\ue012\ue013"  # marks and joints, and what stands for them in a name


class Bracket(NamedTuple):
    """What stands in round brackets: its place with them, and its words without."""

    start: int
    end: int
    words: str


def masked(text: str) -> str:
    """The text with all that stands inside brackets and quotes covered, the outer marks too; its length is kept.

    >>> masked("指标（吨）和目标").count(COVER)
    3
    """
    letters = list(text)
    for start, end in _outermost(text):
        letters[start:end] = COVER * (end - start)
    return "".join(letters)


def frozen(text: str, names: str) -> str:
    """The text with the marks of a list covered inside the names that an expression finds: 环境、社会及治理."""
    return re.sub(names, lambda found: found.group().translate(str.maketrans(_FREE, _KEPT)), text)


def thawed(text: str) -> str:
    """What ``frozen`` covered, as it was."""
    return text.translate(str.maketrans(_KEPT, _FREE))


def brackets(text: str) -> Iterator[Bracket]:
    """The outermost round brackets of a text, in order."""
    for start, end in _outermost(text):
        if text[start] in _ROUND:
            yield Bracket(start, end, text[start + 1 : end - 1].strip())


def _outermost(text: str) -> Iterator[tuple[int, int]]:
    """Where brackets and quotes open and end that stand in no other; one that is never closed covers nothing."""
    open_: list[tuple[str, int]] = []
    closed: list[tuple[int, int]] = []
    for at, letter in enumerate(text):
        place = next((n for n in range(len(open_) - 1, -1, -1) if open_[n][0] == letter), None)
        if place is not None:
            closed.append((open_[place][1], at + 1))
            del open_[place:]
        elif letter in _PAIRS:
            open_.append((_PAIRS[letter], at))
    reached = 0
    for start, end in sorted(closed):
        if start >= reached:
            yield start, end
            reached = end


def split(text: str, pattern: re.Pattern[str]) -> list[str]:
    """The parts between what a pattern finds outside brackets, without blanks; empty ones left out."""
    parts: list[str] = []
    at = 0
    for found in pattern.finditer(masked(text)):
        parts.append(text[at : found.start()])
        at = found.end()
    parts.append(text[at:])
    return [part.strip() for part in parts if part.strip()]
