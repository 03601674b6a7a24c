"""Cells of an .xls from its records: how many have a value, which are errors, and how its formats show its numbers.

BIFF8 and BIFF5 are rows of records, each with a number and a length; no more of them is needed than that, a cell's
place, its style and its number, and so the count cannot be led astray by what is inside.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from msgspec import Struct, field

from questionnaire.reading.files.formats import Format, parse_format, show_number
from questionnaire.reading.files.grid import At

_BOF = frozenset({0x0809, 0x0409, 0x0209, 0x0009})
_EOF, _PASSWORD = 0x000A, 0x002F
_WORKSHEET = b"\x10\x00"
_BOUND_SHEET, _FORMAT, _STYLE, _DATE_MODE, _CODE_PAGE = 0x0085, 0x041E, 0x00E0, 0x0022, 0x0042
_NUMBER, _RK = 0x0203, 0x027E
_TEXTS = frozenset({0x00FD, 0x0204, 0x00D6})  # shared string, label, rich label
_VALUES = _TEXTS | {_NUMBER, _RK}
_MANY, _BOOL_OR_ERROR = 0x00BD, 0x0205
_FORMULAS = frozenset({0x0006, 0x0206, 0x0406})
_BIFF8 = b"\x00\x06"
_CODE_PAGES = {936: "gbk", 950: "big5", 932: "shift_jis", 949: "euc_kr", 1200: "utf-16-le"}


class Count(Struct):
    """What the records of a workbook hold; sheets by number from 0, in the order of their list."""

    present: int = 0
    errors: dict[int, set[At]] = field(default_factory=dict)
    protected: bool = False
    shown: dict[int, dict[At, str]] = field(default_factory=dict)  # numbers as their format shows them
    dressed: dict[int, dict[At, Format]] = field(default_factory=dict)  # texts whose format adds words

    def error(self, sheet: int, at: At) -> None:
        """Notes an error cell."""
        self.errors.setdefault(sheet, set()).add(at)

    def number(self, sheet: int, at: At, value: float, form: Format, epoch_1904: bool) -> None:
        """Notes a number."""
        self.shown.setdefault(sheet, {})[at] = show_number(repr(value), form, epoch_1904)

    def words(self, sheet: int, at: At, form: Format) -> None:
        """Notes a text."""
        if form.text is not None:
            self.dressed.setdefault(sheet, {})[at] = form


class _Book(Struct):
    """What the records before the sheets say of all of them."""

    codes: dict[int, str] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)  # of the format, by style
    places: list[int] = field(default_factory=list)  # where each worksheet begins
    epoch_1904: bool = False
    code_page: str = "cp1252"
    wide: bool = True  # BIFF8
    forms: dict[int, Format] = field(default_factory=dict)  # by style, as they are met

    def form(self, style: int) -> Format:
        """The format of a style."""
        if style not in self.forms:
            number = self.numbers[style] if style < len(self.numbers) else 0
            self.forms[style] = parse_format(number, self.codes.get(number, ""))
        return self.forms[style]

    def take(self, number: int, body: bytes) -> None:
        """One record of the workbook's own."""
        if number == _STYLE:
            self.numbers.append(_short(body, 2))
        elif number == _FORMAT:
            self.codes[_short(body, 0)] = self._code(body)
        elif number == _BOUND_SHEET and body[5:6] == b"\0":
            self.places.append(int.from_bytes(body[0:4], "little"))
        elif number == _DATE_MODE:
            self.epoch_1904 = _short(body, 0) == 1
        elif number == _CODE_PAGE:
            self.code_page = _CODE_PAGES.get(_short(body, 0), "cp1252")

    def _code(self, body: bytes) -> str:
        if not self.wide:
            return body[3 : 3 + body[2]].decode(self.code_page, "replace") if len(body) > 2 else ""
        length, wide = _short(body, 2), body[4:5] == b"\x01"
        return (
            body[5 : 5 + 2 * length].decode("utf-16-le", "replace")
            if wide
            else body[5 : 5 + length].decode("latin-1")
        )


def count_old(content: bytes) -> Count | None:
    """Reads the records of an .xls; None where its container cannot be opened."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            name = next((name for name in ("Workbook", "Book") if container.exists(name)), None)
            data = container.openstream(name).read() if name else b""
    except Exception:  # many kinds on broken files
        return None
    count, book = Count(), _Book()
    depth, sheet, sheets = 0, -1, 0  # charts and macro sheets stand between the sheets, charts also in one
    for at, number, body in _records(data):
        if number in _BOF:
            depth += 1
            if depth == 1:
                is_sheet = body[2:4] == _WORKSHEET
                sheet = (book.places.index(at) if at in book.places else sheets) if is_sheet else -1
                sheets += is_sheet
                book.wide = body[0:2] == _BIFF8
        elif number == _EOF:
            depth -= 1
        elif number == _PASSWORD:
            count.protected = True
            return count
        elif depth == 1 and sheet >= 0:
            _old_cell(number, body, sheet, count, book)
        elif depth == 1:
            book.take(number, body)
    return count


def _records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Place, number and body of each record."""
    at = 0
    while at + 4 <= len(data):
        number = int.from_bytes(data[at : at + 2], "little")
        length = int.from_bytes(data[at + 2 : at + 4], "little")
        yield at, number, data[at + 4 : at + 4 + length]
        at += 4 + length


def _old_cell(number: int, body: bytes, sheet: int, count: Count, book: _Book) -> None:
    row, column = _short(body, 0), _short(body, 2)
    form = book.form(_short(body, 4))
    if number in _VALUES:
        count.present += 1
        if number in _TEXTS:
            count.words(sheet, (row, column), form)
        elif (value := _double(body[6:14]) if number == _NUMBER else rk_number(body[6:10])) is not None:
            count.number(sheet, (row, column), value, form, book.epoch_1904)
    elif number == _MANY:
        for index in range((len(body) - 6) // 6):
            count.present += 1
            piece = body[4 + 6 * index : 10 + 6 * index]
            if (value := rk_number(piece[2:6])) is not None:
                count.number(
                    sheet, (row, column + index), value, book.form(_short(piece, 0)), book.epoch_1904
                )
    elif number == _BOOL_OR_ERROR:
        count.present += 1
        if body[7:8] == b"\x01":
            count.error(sheet, (row, column))
    elif number in _FORMULAS and len(body) >= 14:
        _old_formula(body, (row, column), sheet, count, book)


def _old_formula(body: bytes, at: At, sheet: int, count: Count, book: _Book) -> None:
    form = book.form(_short(body, 4))
    special = body[12:14] == b"\xff\xff"
    if special and body[6] == 2:
        count.error(sheet, at)
    if not (special and body[6] == 3):  # 3: the empty text
        count.present += 1
    if special and body[6] == 0:
        count.words(sheet, at, form)
    elif not special and (value := _double(body[6:14])) is not None:
        count.number(sheet, at, value, form, book.epoch_1904)


def _short(body: bytes, at: int) -> int:
    return int.from_bytes(body[at : at + 2], "little")


def _double(body: bytes) -> float | None:
    return float(struct.unpack("<d", body)[0]) if len(body) == 8 else None


def rk_number(body: bytes) -> float | None:
    """A number packed into four bytes: 30 bits of a double or of a whole number, perhaps in hundredths."""
    if len(body) != 4:
        return None
    packed = int.from_bytes(body, "little", signed=True)
    whole = float(packed >> 2)
    value = whole if packed & 2 else float(struct.unpack("<d", bytes(4) + struct.pack("<i", packed & ~3))[0])
    return value / 100 if packed & 1 else value
