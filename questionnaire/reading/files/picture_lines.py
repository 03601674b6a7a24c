"""Words that recognition saw at places of a picture, laid into lines in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from msgspec import Struct

from questionnaire.answers import Place

SHARED = 0.5  # share of the lower word's height at which two words stand on one line
COLUMN = 1.5  # heights of a line between two words from which they stand in two columns; guessed


class SeenWord(Struct, frozen=True):
    """Words of one piece of a line; lengths are pixels from the picture's upper left corner."""

    text: str
    sure: float  # 0–1
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


class SeenPicture(Struct, frozen=True):
    """A picture and the words in it."""

    where: Place
    count: int  # how often the file shows it
    width: float
    height: float
    words: tuple[SeenWord, ...] = ()
    page: int = 0  # of a PDF that is nothing but pictures


def read_order(seen: Iterable[SeenWord]) -> list[tuple[str, float]]:
    """The lines from top to bottom: words, columns apart by tabs, and how sure the least sure piece is."""
    lines: list[list[SeenWord]] = []
    for word in sorted(seen, key=lambda word: (word.top + word.bottom, word.left)):
        if lines and _on_line(lines[-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_line(sorted(words, key=lambda word: word.left)) for words in lines]


def _on_line(line: list[SeenWord], word: SeenWord) -> bool:
    """Whether it stands beside the nearest word of a line, as a scan may lean, and below none of them."""
    near = min(line, key=lambda other: max(other.left - word.right, word.left - other.right))
    shared = min(near.bottom, word.bottom) - max(near.top, word.top)
    below = any(
        min(other.right, word.right) - max(other.left, word.left) > SHARED * other.height for other in line
    )
    return shared >= SHARED * min(near.height, word.height) and not below


def _line(words: list[SeenWord]) -> tuple[str, float]:
    text = words[0].text
    for before, word in pairwise(words):
        apart = word.left - before.right > COLUMN * min(before.height, word.height)
        latin = before.text[-1:].isascii() and word.text[:1].isascii()
        text += ("\t" if apart else " " if latin else "") + word.text
    return text, min(word.sure for word in words)
