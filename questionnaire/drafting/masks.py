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
    found: list[str] = []
    open_: list[str] = []
    for letter in text:
        if letter in _PAIRS and (open_ or _closes(text, letter, len(found))):
            open_.append(_PAIRS[letter])
            found.append(COVER)
        elif open_ and letter == open_[-1]:
            open_.pop()
            found.append(COVER)
        else:
            found.append(COVER if open_ else letter)
    return "".join(found)


def _closes(text: str, letter: str, at: int) -> bool:
    """Whether a bracket is closed again: one left open would cover all the rest."""
    return text.find(_PAIRS[letter], at) >= 0


def brackets(text: str) -> Iterator[Bracket]:
    """The outermost round brackets of a text, in order."""
    covered = masked(text)
    for found in re.finditer(f"{COVER}+", covered):
        start = found.start()
        # two that touch are one run of covers
        while start < found.end():
            end = _end(text, start, found.end())
            if text[start] in _ROUND:
                yield Bracket(start, end, text[start + 1 : end - 1].strip())
            start = end


def _end(text: str, start: int, stop: int) -> int:
    depth, closing = 0, _PAIRS[text[start]]
    for at in range(start, stop):
        depth += (text[at] == text[start]) - (text[at] == closing)
        if depth == 0:
            return at + 1
    return stop


def split(text: str, pattern: re.Pattern[str]) -> list[str]:
    """The parts between what a pattern finds outside brackets, without blanks; empty ones left out."""
    parts: list[str] = []
    at = 0
    for found in pattern.finditer(masked(text)):
        parts.append(text[at : found.start()])
        at = found.end()
    parts.append(text[at:])
    return [part.strip() for part in parts if part.strip()]
