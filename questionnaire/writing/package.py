"""A workbook's file with some parts replaced, added or taken out; every other part byte for byte."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from questionnaire.reading.files.archive import Archive
from questionnaire.reading.files.elements import elements, in_utf8, spliced
from questionnaire.reading.files.relations import main_part, relations

TYPES = "[Content_Types].xml"
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
# what stands before the settings of calculation, in the schema's order
_BEFORE_CALCULATION = {"sheets", "functionGroups", "externalReferences", "definedNames"}
_SUFFIXES = (
    (b"ms-excel.sheet.macroEnabled", ".xlsm"),
    (b"ms-excel.template.macroEnabled", ".xltm"),
    (b"spreadsheetml.template", ".xltx"),
)
_SIGNED = "_xmlsignatures/"


def repacked(archive: Archive, changes: Mapping[str, bytes | None]) -> bytes:
    """The file with the parts of ``changes`` instead of its own; None takes one out, a new name adds one."""
    left = {name.lower(): (name, content) for name, content in changes.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for info in archive.zip.infolist():
            name = info.filename.replace("\\", "/").lstrip("/").lower()
            content = left.pop(name)[1] if name in left else archive.zip.read(info)
            if content is None:
                continue
            copy = zipfile.ZipInfo(info.filename, info.date_time)
            copy.compress_type = info.compress_type
            copy.external_attr, copy.create_system = info.external_attr, info.create_system
            target.writestr(copy, content)
        for name, content in left.values():
            if content is not None:
                target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def suffix_of(archive: Archive) -> str:
    """How the name of this workbook must end, for Excel opens no other."""
    part = main_part(archive, "xl/workbook.xml").lower()
    types = archive.read(TYPES)
    for element in elements(in_utf8(types, archive.file), archive.file, {"Override"}):
        if element.attributes.get("PartName", "").lstrip("/").lower() == part:
            kind = element.attributes.get("ContentType", "").encode()
            return next((suffix for word, suffix in _SUFFIXES if word in kind), ".xlsx")
    return ".xlsx"


def is_signed(archive: Archive) -> bool:
    """Whether somebody signed the file; a copy that was changed is not what was signed."""
    return any(name.startswith(_SIGNED) for name in archive.names())


def recalculated(archive: Archive, sheets: Mapping[str, bytes]) -> dict[str, bytes | None]:
    """What makes Excel calculate anew when it opens the copy; nothing where nothing is calculated.

    Args:
        archive: the workbook.
        sheets: parts of sheets that were changed.
    """
    parts = [name for name in archive.names() if "worksheets/" in name and name.endswith(".xml")]
    if not any(_FORMULA.search(archive.read(name)) for name in [*parts, *sheets]):
        return {}
    part = main_part(archive, "xl/workbook.xml")
    data = in_utf8(archive.read(part), archive.file)
    found = elements(data, archive.file, {"calcPr", *_BEFORE_CALCULATION})
    for element in found:
        if element.name == "calcPr":
            if element.attributes.get("fullCalcOnLoad") in ("1", "true"):
                return {}
            at = element.start + 1 + len(element.tag.encode())
            tag = data[at : element.inner].replace(b' fullCalcOnLoad="0"', b"")
            return {part: spliced(data, [(at, element.inner, b' fullCalcOnLoad="1"' + tag)])}
    last = max(found, key=lambda element: element.end)
    return {
        part: spliced(data, [(last.end, last.end, f'<{last.prefix}calcPr fullCalcOnLoad="1"/>'.encode())])
    }


def without_chain(archive: Archive) -> dict[str, bytes | None]:
    """What takes out the order of calculation, which names cells that hold no formula any more; Excel makes it anew."""
    part = main_part(archive, "xl/workbook.xml")
    chain = next((link for link in relations(archive, part) if link.kind == "calcChain"), None)
    if chain is None or chain.target not in archive:
        return {}
    folder, _, name = part.rpartition("/")
    links = f"{folder}/_rels/{name}.rels"
    rels = in_utf8(archive.read(links), archive.file)
    types = in_utf8(archive.read(TYPES), archive.file)
    cut = [
        (each.start, each.end, b"")
        for each in elements(rels, archive.file, {"Relationship"})
        if each.attributes.get("Id") == chain.id
    ]
    listed = [
        (each.start, each.end, b"")
        for each in elements(types, archive.file, {"Override"})
        if each.attributes.get("PartName", "").lstrip("/").lower() == chain.target.lower()
    ]
    return {links: spliced(rels, cut), TYPES: spliced(types, listed), chain.target: None}
