"""A line of a list of questions with its number apart, and what its words look like: a heading, a question."""

from __future__ import annotations

import re

from msgspec import Struct, field

from questionnaire.cells import fold
from questionnaire.numerals import NUMERALS, counted

HEADING = 24  # letters of a line that may be a heading; guessed
BULLETS = "-–—•·●◆■*　 "  # before a line of a list that is not numbered
LATIN = 0.4  # what a Latin letter counts beside a Chinese one

CLOSED = re.compile(r"[。？?！!；;：:.…]\s*$")
ASKS = re.compile(r"[？?]|^请|是否|^(?:do|does|is|are|have|has|please|describe|what|how)\b", re.IGNORECASE)
_LAST = re.compile(rf"(\d+|[{NUMERALS}]+)[^\d{NUMERALS}]*$")
_MARKS = re.compile(r"[.、．,，:：)）]")


class Line(Struct):
    """A line with its number apart."""

    label: str
    text: str
    number: int
    as_if: str = ""  # the number of the line beside which one without a number stands
    options: tuple[str, ...] = ()  # of a line that holds nothing but answers to choose from
    children: list[Line] = field(default_factory=list)

    @property
    def shape(self) -> str:
        """How its number looks, whatever it counts: 0.0, （一）."""
        label = (self.label or self.as_if).lstrip(BULLETS + '#>"“')
        if label[:1] in "Qq问":  # Q1., Q4), Q9:, Q8b
            label = re.sub(r"(?<=\d)[a-d]?[\s.:：、)）]*$", "", label)
        counted = re.sub(rf"[{NUMERALS}]+", "一", re.sub(r"\d+", "0", fold(label)))
        return re.sub(r"[a-z]", "a", re.sub(r"\s", "", counted), flags=re.IGNORECASE) if label else ""

    @property
    def count(self) -> int:
        """What its number counts, of several the last; 0 without one."""
        found = _LAST.search(fold(self.label))
        if found is None:
            return 0
        return int(found[1]) if found[1].isdigit() else counted(found[1])

    @property
    def is_title(self) -> bool:
        """Whether it may be a heading."""
        return is_heading(self.text)

    def goes_on_from(self, other: Line) -> bool:
        """Whether it counts on from another line, though its number is closed by another mark: 5、 and 6."""
        alike = _MARKS.sub("", self.shape) == _MARKS.sub("", other.shape)
        return alike and self.count > 1 and self.count == other.count + 1


def width(text: str) -> float:
    """How many Chinese letters a text is as long as."""
    return len(text) - (1 - LATIN) * sum(letter.isascii() for letter in text)


def is_heading(text: str) -> bool:
    """Whether the words of a line may be a heading."""
    return width(text) <= HEADING and not CLOSED.search(text) and not ASKS.search(text)
