"""Cells of an .xlsb from the records of its parts (BIFF12): counted, errors noted, numbers as formats show them."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from questionnaire.reading.files.archive import Archive
from questionnaire.reading.files.binary import Count, rk_number
from questionnaire.reading.files.formats import GENERAL, Format, parse_format
from questionnaire.reading.files.relations import Relation, main_part, relations

_ROW = 0
_RK, _ERROR, _REAL, _TEXT, _SHARED = 2, 3, 5, 6, 7  # BrtCellRk …
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_ERROR = 8, 9, 11
_CELLS = range(2, 12)  # 1 is a blank
_RICH = 62  # BrtCellRString
_FORMAT, _STYLES, _STYLE, _STYLES_END = 44, 617, 47, 618
_SHEET, _BOOK = 156, 153  # BrtBundleSh, BrtWbProp


def count_binary(archive: Archive) -> Count:
    """Reads the records of an .xlsb; sheets that the workbook does not list are only counted."""
    count = Count()
    part = main_part(archive, "xl/workbook.bin")
    links = {link.id: link for link in relations(archive, part)}
    styles = next((link.target for link in links.values() if link.kind == "styles"), "xl/styles.bin")
    formats = _formats(archive.read(styles))
    listed, epoch_1904 = _listed(archive.read(part))
    worksheets = [links[identity].target.lower() for identity in listed if _is_sheet(links, identity)]
    for key in archive.names():
        if "/worksheets/" in key and key.endswith(".bin"):
            sheet = worksheets.index(key) if key in worksheets else -1
            _cells(archive.read(key), sheet, formats, epoch_1904, count)
    return count


def _is_sheet(links: dict[str, Relation], identity: str) -> bool:
    return identity in links and links[identity].kind == "worksheet"


def _listed(data: bytes) -> tuple[list[str], bool]:
    """The relation of each sheet, and whether days count from 1904."""
    found: list[str] = []
    epoch_1904 = False
    for number, body in _records(data):
        if number == _SHEET:
            found.append(_wide(body, 8))
        elif number == _BOOK:
            epoch_1904 = bool(body[:1] and body[0] & 1)
    return found, epoch_1904


def _formats(data: bytes) -> list[Format]:
    """The format of each cell style, in order."""
    codes: dict[int, str] = {}
    found: list[Format] = []
    inside = False
    for number, body in _records(data):
        if number == _FORMAT:
            codes[int.from_bytes(body[0:2], "little")] = _wide(body, 2)
        elif number in (_STYLES, _STYLES_END):
            inside = number == _STYLES
        elif number == _STYLE and inside:
            form = int.from_bytes(body[2:4], "little")
            found.append(parse_format(form, codes.get(form, "")))
    return found


def _cells(data: bytes, sheet: int, formats: list[Format], epoch_1904: bool, count: Count) -> None:
    row = 0
    for number, body in _records(data):
        if number == _ROW:
            row = int.from_bytes(body[0:4], "little")
        if number not in _CELLS and number != _RICH:
            continue
        count.present += 1
        at = (row, int.from_bytes(body[0:4], "little"))
        style = int.from_bytes(body[4:7], "little")
        form = formats[style] if style < len(formats) else GENERAL
        if number in (_ERROR, _FORMULA_ERROR):
            count.error(sheet, at)
        elif number in (_TEXT, _SHARED, _FORMULA_TEXT, _RICH):
            count.words(sheet, at, form)
        elif (value := _number(number, body[8:])) is not None:
            count.number(sheet, at, value, form, epoch_1904)


def _number(number: int, body: bytes) -> float | None:
    if number == _RK:
        return rk_number(body[:4])
    if number in (_REAL, _FORMULA_NUMBER) and len(body) >= 8:
        return float(struct.unpack_from("<d", body)[0])
    return None


def _wide(body: bytes, at: int) -> str:
    """A text behind its length in characters."""
    length = int.from_bytes(body[at : at + 4], "little")
    return body[at + 4 : at + 4 + 2 * length].decode("utf-16-le", "replace")


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and body of each record: number and length are in groups of seven bits, the low ones first."""
    at = 0
    while at < len(data):
        number, at = _group(data, at, 2)
        length, at = _group(data, at, 4)
        yield number, data[at : at + length]
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
