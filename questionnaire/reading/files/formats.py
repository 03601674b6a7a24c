"""Numbers as the sheet shows them: scaled, with the words, the percent and the units of their format.

``0.00"吨"`` keeps the unit in the number format alone, 0.125 under ``0.0%`` is 12.5%, 1234567 under ``0!.0,"万元"`` is
123.5万元, 46022 under ``m/d/yy`` is a day. Two things are not as Excel shows them, for they would lose the value: a
number that its format hides or turns into a dash, and the sign of one whose format tells it by colour alone. A third
is put into Arabic digits: Chinese numerals ([DBNum1]), which no two programs write alike.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache
from math import isfinite

from msgspec import Struct

from questionnaire.reading.files.archive import Archive
from questionnaire.reading.files.codes import BUILT_IN, Section, Sort, sections_of
from questionnaire.reading.files.days import show_moment
from questionnaire.reading.files.digits import plain, show_digits
from questionnaire.reading.files.xml import Names, attribute, walk

_ONLY_TEXT = "@"


class Format(Struct, frozen=True):
    """A number format: the sections for numbers, in the code's order, and the one for texts."""

    numbers: tuple[Section, ...] = ()  # none: as it is stored
    text: Section | None = None  # None: a text stands alone

    def section(self, value: Decimal) -> Section | None:
        """The section that a number is shown by; None where it is shown as it is stored."""
        last = len(self.numbers) - 1
        for at, section in enumerate(self.numbers):
            if section.sign:
                takes = section.takes(value)
            elif at == last:
                takes = True
            else:  # without conditions: above zero, below, zero; of two, the first takes zero too
                takes = value < 0 if at else value > 0 or (value == 0 and last == 1)
            if takes:
                return section
        return None

    def signed(self, section: Section) -> bool:
        """Whether a negative number keeps its sign in a section: it tells of it itself where it takes no others."""
        first = self.numbers[0]
        if section is first or (section.sign and not section.only_negative):
            return not section.only_negative
        if not section.sign and first.sign and not (first.sign in (">", ">=") and first.limit == 0):
            return True
        return section.words == first.words  # by colour alone


GENERAL = Format()


@lru_cache(maxsize=512)
def parse_format(number: int, code: str = "") -> Format:
    """A built-in format by its number, or the format that a code describes."""
    code = code or BUILT_IN.get(number, "")
    if not code or code.lower() in ("general", _ONLY_TEXT):
        return GENERAL
    sections = sections_of(code)
    text = sections[-1] if sections[-1].has(Sort.TEXT) else None
    numbers = sections[:-1] if text else sections[:3]
    return Format(numbers, text if text and text.words else None)


def read_formats(archive: Archive, part: str) -> list[Format]:
    """The format of each cell style, in order."""
    data = archive.read(part)
    codes: dict[int, str] = {}
    found: list[Format] = []
    if not data:
        return found
    names = Names()
    inside = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        name = names[tag]
        if name == "numFmt":
            codes[number_of(attributes.get("numFmtId", ""))] = attribute(attributes, "formatCode")
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            number = number_of(attributes.get("numFmtId", ""))
            found.append(parse_format(number, codes.get(number, "")))

    def end(tag: str) -> None:
        nonlocal inside
        if names[tag] == "cellXfs":
            inside = False

    walk(data, archive.file, start, end, lambda text: None)
    return found


def number_of(text: str) -> int:
    """A small whole number; -1 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else -1


def show_number(raw: str, form: Format, epoch_1904: bool = False) -> str:
    """A stored number as text.

    >>> show_number("1234567", parse_format(164, '0!.0,"万元"'))
    '123.5万元'
    """
    try:
        value = float(raw)
    except ValueError:
        return raw
    if not isfinite(value):
        return raw
    exact = Decimal(f"{value:.15g}")  # a spreadsheet keeps no more
    try:
        section = form.section(exact)
        return plain(exact) if section is None else _in_section(exact, form, section, epoch_1904)
    except (InvalidOperation, OverflowError, ZeroDivisionError):  # a format beyond all digits
        return plain(exact)


def show_text(text: str, form: Format) -> str:
    """A text with the words that its format puts around it."""
    if form.text is None:
        return text
    return "".join(text if piece.sort is Sort.TEXT else piece.text for piece in form.text.pieces)


def _in_section(value: Decimal, form: Format, section: Section, epoch_1904: bool) -> str:
    if section.has(Sort.DATE, Sort.ELAPSED):
        return show_moment(float(value), section, epoch_1904) or plain(value)
    shown = show_digits(abs(value), section)
    if value < 0 and form.signed(section):
        shown = f"-{shown}"
    says = any(letter.isalnum() for letter in shown)  # a dash or nothing for a number would be no answer
    return shown if says else plain(value)
