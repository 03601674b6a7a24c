"""Writers of the smallest .xls (BIFF8 in its container) and .xlsb that a reader opens: one sheet of numbers."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from tests.files.package import PACKAGE, REL, relationships, zipped

Numbers = Sequence[tuple[float, str]]  # value and format code, one a row in column A
_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def old_book(numbers: Numbers, text_code: str = "") -> bytes:
    """An .xls; below the numbers stands the label 1200 with a format of its own."""
    codes = [code for _, code in numbers] + [text_code or "@"]
    formats = b"".join(
        _old(0x041E, struct.pack("<HHB", 164 + at, len(code), 1) + code.encode("utf-16-le"))
        for at, code in enumerate(codes)
    )
    styles = b"".join(_old(0x00E0, struct.pack("<HH16x", 0, 164 + at)) for at in range(len(codes)))
    cells = b"".join(
        _old(0x0203, struct.pack("<HHHd", row, 0, row, value)) for row, (value, _) in enumerate(numbers)
    )
    label = _old(0x0204, struct.pack("<HHHHB", len(numbers), 0, len(numbers), 4, 0) + b"1200")
    name = "甲".encode("utf-16-le")
    front = _old(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0)) + formats + styles
    bound = len(_old(0x0085, bytes(8) + name))
    start = len(front) + bound + 4
    front += _old(0x0085, struct.pack("<IHBB", start, 0, 1, 1) + name) + _old(0x000A, b"")
    sheet = _old(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0)) + cells + label + _old(0x000A, b"")
    return _container(front + sheet)


def _old(number: int, body: bytes) -> bytes:
    return struct.pack("<HH", number, len(body)) + body


def _container(stream: bytes) -> bytes:
    """A compound file with the one stream Workbook, too long for the small sectors."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // _SECTOR)
    stream = stream.ljust(count * _SECTOR, b"\0")
    chain = [_FAT, _END, *range(3, 2 + count), _END]
    table = struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack(
        "<109I", 0, *[_FREE] * 108
    )
    entries = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream))
    return header + table + entries.ljust(_SECTOR, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, _FREE, _FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def binary_book(numbers: Numbers) -> bytes:
    """An .xlsb; below the numbers stands the error #N/A."""
    formats = b"".join(
        _new(44, struct.pack("<H", 164 + at) + _wide(code)) for at, (_, code) in enumerate(numbers)
    )
    styles = b"".join(_new(47, struct.pack("<HH12x", 0, 164 + at)) for at in range(len(numbers)))
    count = struct.pack("<I", len(numbers))
    rows = b"".join(
        _new(0, struct.pack("<I", row) + bytes(13)) + _new(5, struct.pack("<IId", 0, row, value))
        for row, (value, _) in enumerate(numbers)
    )
    rows += _new(0, struct.pack("<I", len(numbers)) + bytes(13)) + _new(3, struct.pack("<IIB", 0, 0, 0x2A))
    last = len(numbers)
    return zipped({
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relationships([("rId1", "officeDocument", "xl/workbook.bin")]),
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="rId1" Type="{REL}/worksheet" Target="worksheets/sheet1.bin"/>'
        f'<Relationship Id="rId2" Type="{REL}/styles" Target="styles.bin"/></Relationships>',
        "xl/workbook.bin": _new(131, b"") + _new(153, bytes(12)) + _new(143, b"")
        + _new(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("甲")) + _new(144, b"") + _new(132, b""),
        "xl/styles.bin": _new(278, b"") + _new(615, count) + formats + _new(616, b"") + _new(617, count) + styles
        + _new(618, b"") + _new(279, b""),
        "xl/worksheets/sheet1.bin": _new(129, b"") + _new(148, struct.pack("<IIII", 0, last, 0, 0)) + _new(145, b"")
        + rows + _new(146, b"") + _new(130, b""),
    })  # fmt: skip


def _new(number: int, body: bytes) -> bytes:
    return _groups(number) + _groups(len(body)) + body


def _groups(value: int) -> bytes:
    """Seven bits a byte, the low ones first."""
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
