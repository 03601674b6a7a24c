"""Cells with a value in binary workbooks, counted from their records: what the other reader must have found.

BIFF8 and its predecessors (.xls) and BIFF12 (.xlsb) are rows of records, each with a number and a length; the count
needs no more of them than that, and so cannot be led astray by what is inside.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from questionnaire.reading.files.archive import Archive
from questionnaire.reading.files.grid import At

_BOF = frozenset({0x0809, 0x0409, 0x0209, 0x0009})
_EOF, _PASSWORD = 0x000A, 0x002F
_WORKSHEET = b"\x10\x00"
_VALUES = frozenset({0x00FD, 0x0204, 0x0203, 0x027E, 0x00D6})  # shared string, label, number, RK, rich label
_MANY, _BOOL_OR_ERROR = 0x00BD, 0x0205
_FORMULAS = frozenset({0x0006, 0x0206, 0x0406})


@dataclass
class Count:
    """What the records of a workbook hold."""

    present: int = 0
    errors: dict[int, set[At]] = field(default_factory=dict)  # by sheet, in the order of the file
    protected: bool = False


def count_old(content: bytes) -> Count | None:
    """Counts an .xls; None where its container cannot be opened."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            name = next((name for name in ("Workbook", "Book") if container.exists(name)), None)
            data = container.openstream(name).read() if name else b""
    except Exception:  # many kinds on broken files
        return None
    count = Count()
    depth, sheet, sheets = (
        0,
        -1,
        0,
    )  # charts and macro sheets stand between the sheets, charts also inside one
    for number, body in _records(data):
        if number in _BOF:
            depth += 1
            if depth == 1:
                is_sheet = body[2:4] == _WORKSHEET
                sheet = sheets if is_sheet else -1
                sheets += is_sheet
        elif number == _EOF:
            depth -= 1
        elif number == _PASSWORD:
            count.protected = True
            return count
        elif depth == 1 and sheet >= 0:
            _old_cell(number, body, sheet, count)
    return count


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(data):
        number = int.from_bytes(data[at : at + 2], "little")
        length = int.from_bytes(data[at + 2 : at + 4], "little")
        yield number, data[at + 4 : at + 4 + length]
        at += 4 + length


def _old_cell(number: int, body: bytes, sheet: int, count: Count) -> None:
    at = (int.from_bytes(body[0:2], "little"), int.from_bytes(body[2:4], "little"))
    if number in _VALUES:
        count.present += 1
    elif number == _MANY:
        count.present += max(0, (len(body) - 6) // 6)
    elif number == _BOOL_OR_ERROR:
        count.present += 1
        if body[7:8] == b"\x01":
            count.errors.setdefault(sheet, set()).add(at)
    elif number in _FORMULAS and len(body) >= 14:
        special = body[12:14] == b"\xff\xff"
        if special and body[6] == 2:
            count.errors.setdefault(sheet, set()).add(at)
        if not (special and body[6] == 3):  # 3: the empty text
            count.present += 1


_BINARY_CELLS = range(2, 12)  # BrtCellRk … BrtFmlaError; 1 is a blank


def count_binary(archive: Archive) -> Count:
    """Counts an .xlsb."""
    count = Count()
    for name in archive.names():
        if "/worksheets/" in name and name.endswith(".bin"):
            data = archive.read(name)
            count.present += sum(number in _BINARY_CELLS for number in _numbers(data))
    return count


def _numbers(data: bytes) -> Iterator[int]:
    """Record numbers of BIFF12: number and length are in groups of seven bits, the low ones first."""
    at = 0
    while at < len(data):
        number, at = _group(data, at, 2)
        length, at = _group(data, at, 4)
        yield number
        at += length


def _group(data: bytes, at: int, most: int) -> tuple[int, int]:
    value = 0
    for place in range(most):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            break
    return value, at
