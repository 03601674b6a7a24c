"""Cells of an .ods from its XML: how many have a value, and how its numbers are shown: the words stand beside them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from msgspec import Struct, field

from questionnaire.cells import clean_text
from questionnaire.reading.files.archive import Archive
from questionnaire.reading.files.binary import Count
from questionnaire.reading.files.digits import plain
from questionnaire.reading.files.formats import number_of
from questionnaire.reading.files.grid import At
from questionnaire.reading.files.numerals import arabic_day, arabic_number
from questionnaire.reading.files.xml import Depth, Names, attribute, walk

REPEATED_AT_MOST = 1_000  # a value repeated further is a fill, not an answer
_NUMBERS = frozenset({"float", "percentage", "currency", "date", "time"})
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d)(:\d\d)?.*)?")
_DIGITS = re.compile(r"\d+")
_LONG = re.compile(r"-?\d+\.\d{9,}")  # a number without a format, cut to the column's width
_UNSIGNED = re.compile(r"[^\w(（\-−–]*\d[^(（\-−–]*")  # neither a sign nor a word tells that it is negative
_MONTHS = re.compile("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec", re.IGNORECASE)


class _Cell(Struct):
    """The cell that is open."""

    kind: str
    value: str
    repeat: int
    texts: list[str] = field(default_factory=list)
    words: bool = False


class _Tables(Struct):
    """Where the reading stands."""

    count: Count
    sheet: int = -1
    row: int = 0
    column: int = 0
    rows: int = 1  # how often the row stands there
    cell: _Cell | None = None
    in_note: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "table":
            self.sheet, self.row = self.sheet + 1, 0
        elif name == "table-row":
            self.column, self.rows = 0, repeats(attributes, "number-rows-repeated")
        elif name in ("table-cell", "covered-table-cell"):
            value = attribute(attributes, "date-value") or attribute(attributes, "value")
            repeat = repeats(attributes, "number-columns-repeated")
            self.cell = _Cell(attribute(attributes, "value-type"), value, repeat)
        elif name == "annotation":
            self.in_note = True
        elif self.cell is not None and not self.in_note:
            if name == "p" and self.cell.texts:
                self.cell.texts.append("\n")
            elif name == "s":
                self.cell.texts.append(" ")

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "table-row":
            self.row += self.rows
        elif name == "annotation":
            self.in_note = False
        elif name in ("table-cell", "covered-table-cell") and self.cell is not None:
            cell, self.cell = self.cell, None
            if name == "table-cell" and (cell.words or (cell.kind and cell.kind != "string")):
                self.count.present += min(cell.repeat, REPEATED_AT_MOST)
            self._note(cell)
            self.column += cell.repeat

    def text(self, data: str) -> None:
        """Words."""
        if self.cell is not None and not self.in_note:
            self.cell.texts.append(data)
            self.cell.words = self.cell.words or not data.isspace()

    def _note(self, cell: _Cell) -> None:
        """Keeps how a number is shown, at every place where it stands."""
        if cell.kind not in _NUMBERS or cell.repeat * self.rows > REPEATED_AT_MOST:
            return
        shown = _shown(cell.kind, cell.value, clean_text("".join(cell.texts)))
        if shown:
            places: dict[At, str] = self.count.shown.setdefault(self.sheet, {})
            for row in range(self.row, self.row + self.rows):
                for column in range(self.column, self.column + cell.repeat):
                    places[row, column] = shown


def count_open(archive: Archive) -> Count:
    """Counts the cells of all tables that hold a value or words, and keeps how their numbers are shown."""
    tables = _Tables(Count())
    names = Names()
    depth = Depth(archive.file)

    def start(tag: str, attributes: dict[str, str]) -> None:
        depth.down()
        tables.start(names[tag], attributes)

    def end(tag: str) -> None:
        depth.up()
        tables.end(names[tag])

    walk(archive.read("content.xml"), archive.file, start, end, tables.text)
    return tables.count


def repeats(attributes: dict[str, str], name: str) -> int:
    """How often a row, a cell or a blank stands there; ``name`` is the attribute that says so."""
    return max(1, number_of(attribute(attributes, name)))


def _shown(kind: str, value: str, text: str) -> str:
    """A number as the cell shows it, by the same rules as elsewhere; empty where only its value is known."""
    if not any(letter.isalnum() for letter in text):  # a dash or nothing for a number would be no answer
        return "" if kind in ("date", "time") else _plain(value)
    if kind == "date":
        return _day(value, arabic_day(text))
    text = _in_digits(value, text) if kind != "time" else text
    if value.startswith("-") and _UNSIGNED.fullmatch(text):  # by colour alone
        return f"-{text}"
    return _plain(value) if kind == "float" and _LONG.fullmatch(text) else text


def _in_digits(value: str, text: str) -> str:
    try:
        return arabic_number(text, Decimal(f"{float(value):.15g}"))
    except (ValueError, InvalidOperation):
        return text


def _plain(value: str) -> str:
    try:
        return plain(Decimal(f"{float(value):.15g}"))
    except (ValueError, InvalidOperation):
        return value


def _day(value: str, text: str) -> str:
    """2024-12-31 where the whole day is shown, else what is shown."""
    found = _DAY.fullmatch(value)
    if found is None:
        return text
    year, month, day, clock, seconds = found.groups()
    told = _DIGITS.findall(text)
    numbers = [int(digits) for digits in told]
    has_year = year in told or year[2:] in told
    has_month = int(month) in numbers or _MONTHS.search(text) is not None
    if has_year and has_month and len(told) + bool(_MONTHS.search(text)) >= 3 and int(day) in numbers:
        if clock is None or ":" not in text or (clock == "00:00" and seconds in (None, ":00")):
            return f"{year}-{month}-{day}"
        long = text.count(":") > 1 and seconds not in (None, ":00")
        return f"{year}-{month}-{day} {clock}{seconds if long else ''}"
    if has_year and has_month and len(told) <= 2 and text.isascii():
        return f"{year}-{month}"
    return text
