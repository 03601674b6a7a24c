"""A text with its names, titles, figures and dates as single marks: what is left is who acts, how, on what.

Marks are set before clauses are cut, so that 《办法，试行》 and 1,128 are not split.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from checker.text.ground.agents import Agents, afar, own
from checker.text.ground.quantities import Quantity
from frameworks.ground.yaml import load_data

# One character each, from no script that an answer is written in.
PARENT = "Ⓟ"  # the parent by its name
ABOVE = "Ⓖ"  # 集团, 总部, HQ: perhaps the parent
AFAR = "Ⓐ"  # they, over there
OWN = "Ⓦ"
TITLE = "Ⓣ"  # a document
THEIRS = "Ⓡ"  # a document of the parent
FIGURE = "Ⓠ"
DATE = "Ⓓ"

_TITLE = re.compile(r"《[^》\n]{1,80}》")
_DATE = re.compile(
    r"(?:19|20)\d\d\s?年?度?(?:\s?\d{1,2}\s?月)?(?:\s?\d{1,2}\s?[日号])?(?![\d.])|\d{1,2}\s?月\s?\d{1,2}\s?[日号]"
    r"|(?<!\d)\d{1,2}/\d{1,2}(?:/(?:19|20)?\d\d)?(?!\d)"
)
_DIGITS = re.compile(r"\d+(?:[.,，/]\d+)*")
_CUT = re.compile(r"[^，,。；;！!？?：:\n\t（）()|｜【】→]{1,32767}")
_LETTERS = re.compile(r"[^\W_]")


class MarkedText(NamedTuple):
    """A text in which marks stand for names and figures; ``places`` lead back to it, one more than characters."""

    text: str
    places: tuple[int, ...]

    def forth(self, place: int) -> int:
        """Where a place of the text stands in the marked one."""
        return bisect_left(self.places, place)


class MarkedClause(NamedTuple):
    """A clause as written (``start`` up to ``end``) and with its marks."""

    start: int
    end: int
    marked: str
    sentence: int


def mark(text: str, agents: Agents, quantities: Iterable[Quantity]) -> MarkedText:
    """Sets the marks of a folded text; nils keep their words, they speak for themselves."""
    found: list[tuple[int, int, str]] = []
    taken = bytearray(len(text))

    def take(start: int, end: int, sign: str) -> None:
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append((start, end, sign))

    names = list(agents.named(text))
    superiors = list(agents.superiors(text))
    for match in _TITLE.finditer(text):
        start, end = match.span()
        theirs = any(start < at < end for at, _ in (*names, *superiors))
        take(start, end, THEIRS if theirs else TITLE)
    for start, end in names:
        take(start, end, PARENT)
    for name in agents.own_names:
        for match in re.finditer(re.escape(name), text):
            take(*match.span(), OWN)
    for start, end in superiors:
        take(start, end, ABOVE)
    for match in _DATE.finditer(text):
        take(*match.span(), DATE)
    for figure in quantities:
        take(figure.start, figure.end, FIGURE)
    for start, end in own(text):
        take(start, end, OWN)
    for start, end in afar(text):
        take(start, end, AFAR)
    for match in _DIGITS.finditer(text):
        take(*match.span(), "0")
    return _replaced(text, sorted(found))


def _replaced(text: str, found: list[tuple[int, int, str]]) -> MarkedText:
    small = text.lower()
    if len(small) != len(text):  # a letter whose small form is longer
        small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for start, end, sign in found:
        pieces += [small[at:start], sign]
        places += [*range(at, start), start]
        at = end
    pieces.append(small[at:])
    places += range(at, len(text) + 1)
    return MarkedText("".join(pieces), tuple(places))


def clauses(marked: MarkedText) -> Iterator[MarkedClause]:
    """The clauses of a marked text, in order."""
    text = _western_stop().sub("。", marked.text) if "." in marked.text else marked.text
    sentence, last = 0, 0
    for match in _CUT.finditer(text):
        start, end = match.span()
        if any(stop in text[last:start] for stop in "。；;！!？?\n"):
            sentence += 1
        last = end
        words = match.group().strip()
        if _LETTERS.search(words) or any(sign in words for sign in (PARENT, ABOVE, THEIRS, FIGURE)):
            yield MarkedClause(marked.places[start], marked.places[end], words, sentence)


@cache
def _western_stop() -> re.Pattern[str]:
    short = sorted(load_data("checker.data", "passages.yaml")["abbreviations"])
    behind = "".join(rf"(?<![^a-z]{re.escape(word.lower())}\.)" for word in short)
    return re.compile(rf"\.(?=\s|$)(?<=[^\s.]\.){behind}")
