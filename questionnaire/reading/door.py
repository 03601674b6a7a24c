"""The door for workbooks: what a zip may hold before any reader sees it, and what readers lose.

No reader guards itself: a 1 KB file with one cell at XFD1048576 ends the process, a 1 MB file inflates to 1 GB.
And the fast reader shows error cells and uncalculated formulas as empty, which would be reported as blank answers.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from frameworks.errors import ReturnError
from questionnaire.answers import Problem

# Honest books measured: highest ratio 97, largest 4.1 MB inflated, most parts 1,033
MAX_PARTS = 5_000
MAX_RATIO = 100
RATIO_FROM = 100 * 1024  # bytes; below this a high ratio means nothing
MAX_PART = 50 * 1024 * 1024
MAX_TOTAL = 200 * 1024 * 1024
MAX_ROWS = 20_000

_ROW = re.compile(rb'<(?:\w{1,8}:)?row [^>]{0,400}?r="(\d{1,10})"')
_FAR_COLUMN = re.compile(
    rb'<(?:\w{1,8}:)?c [^>]{0,200}?r="[A-Z]{3,}\d{1,10}"[^>]{0,200}>\s{0,20}<(?:\w{1,8}:)?(?:v|is|f)\b'
)
_CELL = re.compile(
    rb"<(?:\w{1,8}:)?c (?P<attributes>[^>]{0,400}?)(?<!/)>(?P<body>.{0,40000}?)</(?:\w{1,8}:)?c>", re.DOTALL
)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3}\d{1,7})"')
_VALUE = re.compile(rb"<(?:\w{1,8}:)?v(?: [^>]{0,100})?>[^<]|<(?:\w{1,8}:)?is[ >]")
_MAIN = "{*}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Problems:
    """Cells whose value cannot be read, by sheet name and reference."""

    cells: dict[tuple[str, str], Problem]


def inspect(content: bytes, file: str) -> Problems:
    """Lets a workbook in, or refuses it; notes the cells that readers lose.

    Raises:
        ReturnError: damaged, too large, or with a declaration that Excel never writes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = dict(_parts(archive, file))
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, RuntimeError) as error:
        raise ReturnError("not-a-workbook", file=file) from error
    sheets = _sheet_names(parts, file)
    cells: dict[tuple[str, str], Problem] = {}
    for part, name in sheets.items():
        data = parts.get(part)
        if data is not None:
            _check_extent(data, file)
            cells.update({(name, reference): problem for reference, problem in _problems(data)})
    return Problems(cells)


def _parts(archive: zipfile.ZipFile, file: str) -> Iterator[tuple[str, bytes]]:
    members = archive.infolist()
    if len(members) > MAX_PARTS:
        raise ReturnError("file-too-large", file=file, what="parts", size=len(members), limit=MAX_PARTS)
    total = 0
    for member in members:
        if not member.filename.endswith((".xml", ".rels")):
            continue
        with archive.open(member) as stream:
            data = stream.read(MAX_PART + 1)
        total += len(data)
        squeezed = max(1, member.compress_size)
        bomb = len(data) > RATIO_FROM and len(data) / squeezed > MAX_RATIO
        if len(data) > MAX_PART or total > MAX_TOTAL or bomb:
            raise ReturnError("file-too-large", file=file, what="bytes", size=len(data), limit=MAX_PART)
        if b"<!DOCTYPE" in data or b"<\x00!\x00D\x00O\x00C" in data:
            raise ReturnError("doctype", file=file)
        yield member.filename.lstrip("/"), data


def _sheet_names(parts: dict[str, bytes], file: str) -> dict[str, str]:
    """Worksheet parts with the names that their tabs show."""
    try:
        book = fromstring(parts["xl/workbook.xml"])
        relations = fromstring(parts["xl/_rels/workbook.xml.rels"])
    except KeyError:
        return {}  # other part names are legal; the reader copes, only the notes on lost cells are missing
    except (ParseError, DefusedXmlException) as error:
        raise ReturnError("not-a-workbook", file=file) from error
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    names: dict[str, str] = {}
    for sheet in book.iter():
        if not sheet.tag.endswith("}sheet"):
            continue
        relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
        target = targets.get(relation, "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        names[path] = sheet.get("name", "")
    return names


def _check_extent(data: bytes, file: str) -> None:
    rows = max((int(found) for found in _ROW.findall(data)), default=0)
    if rows > MAX_ROWS:
        raise ReturnError("file-too-large", file=file, what="rows", size=rows, limit=MAX_ROWS)
    if _FAR_COLUMN.search(data):
        raise ReturnError("file-too-large", file=file, what="columns", size="> ZZ", limit="ZZ")


def _problems(data: bytes) -> Iterator[tuple[str, Problem]]:
    if b't="e"' not in data and b"<f" not in data and b":f>" not in data:
        return
    for cell in _CELL.finditer(data):
        reference = _REFERENCE.search(cell["attributes"])
        if reference is None:
            continue
        if b't="e"' in cell["attributes"]:
            yield reference.group(1).decode(), Problem.EXCEL_ERROR
        elif b"<f" in cell["body"] and not _VALUE.search(cell["body"]):
            yield reference.group(1).decode(), Problem.UNCALCULATED
