"""A workbook's file with some parts replaced, added or taken out; every other part byte for byte."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable

from msgspec import Struct

from questionnaire.reading.files.archive import Archive
from questionnaire.reading.files.elements import Element, at_end, elements, in_utf8, spliced
from questionnaire.reading.files.relations import main_part, relations

TYPES = "[Content_Types].xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
# what stands before the settings of calculation, in the schema's order
_BEFORE_CALCULATION = {"sheets", "functionGroups", "externalReferences", "definedNames"}
_SUFFIXES = (
    ("ms-excel.sheet.macroEnabled", ".xlsm"),
    ("ms-excel.template.macroEnabled", ".xltm"),
    ("spreadsheetml.template", ".xltx"),
)
_SIGNED = "_xmlsignatures/"


Cells = tuple[tuple[str, str], ...]  # sheet and cell


class Copy(Struct, frozen=True):
    """A changed workbook, and what of the original it could not keep."""

    content: bytes
    suffix: str  # how its name must end
    signed: bool  # the original was
    formulas: Cells = ()  # whose place a text took
    commented: Cells = ()  # that got no note, since they have somebody else's
    unseen: Cells = ()  # that got none, since their sheet is hidden


class Draft:
    """The parts of a copy in the making: those of the original until they are changed."""

    def __init__(self, archive: Archive) -> None:
        self.archive, self.file = archive, archive.file
        self.workbook = main_part(archive, "xl/workbook.xml")
        self._changes: dict[str, tuple[str, bytes | None]] = {}  # by lower-case name; None for one taken out

    def __contains__(self, name: str) -> bool:
        if name.lower() in self._changes:
            return self._changes[name.lower()][1] is not None
        return name in self.archive

    def read(self, name: str) -> bytes:
        """A part as it now is, in UTF-8; empty where there is none."""
        if name.lower() in self._changes:
            return self._changes[name.lower()][1] or b""
        return in_utf8(self.archive.read(name), self.file)

    def write(self, name: str, content: bytes | None) -> None:
        """Replaces or adds a part; None takes it out."""
        self._changes[name.lower()] = (name, content)

    def free(self, pattern: str) -> str:
        """The first name of a pattern (``xl/comments{}.xml``) that no part has."""
        return next(name for number in range(1, 100_000) if (name := pattern.format(number)) not in self)

    def elements(self, name: str, *wanted: str) -> list[Element]:
        """The elements of some names in a part."""
        data = self.read(name)
        return elements(data, self.file, set(wanted)) if data else []

    def linked(self, part: str, kind: str) -> str:
        """The part of a kind that another names; empty for none."""
        return next((link.target for link in relations(self.archive, part) if link.kind == kind), "")

    def relate(self, part: str, kind: str, target: str) -> str:
        """Names a part in another's relations and returns the relation's id."""
        folder, name = posixpath.split(part)
        links = posixpath.join(folder, "_rels", f"{name}.rels")
        taken = {each.attributes.get("Id") for each in self.elements(links, "Relationship")}
        identity = next(given for number in range(1, 100_000) if (given := f"rId{number}") not in taken)
        line = (
            f'<Relationship xmlns="{_PACKAGE}" Id="{identity}" Type="{self.base}/{kind}" Target="/{target}"/>'
        )
        blank = f'<Relationships xmlns="{_PACKAGE}"></Relationships>'.encode()
        self.write(links, appended(self.read(links) or blank, self.file, "Relationships", line))
        return identity

    @property
    def base(self) -> str:
        """How the types of relations begin; a Strict workbook has its own."""
        folder, name = posixpath.split(self.workbook)
        for each in self.elements(posixpath.join(folder, "_rels", f"{name}.rels"), "Relationship"):
            kind = each.attributes.get("Type", "")
            if kind.endswith("/worksheet"):
                return kind.removesuffix("/worksheet")
        return RELATIONS

    def declare(self, line: str, is_it: Callable[[Element], bool]) -> None:
        """Adds a line on a part's content type, unless there is one already."""
        if not any(is_it(each) for each in self.elements(TYPES, "Default", "Override")):
            self.write(TYPES, appended(self.read(TYPES), self.file, "Types", line))

    def packed(self) -> bytes:
        """The whole file."""
        left = dict(self._changes)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
            for info in self.archive.zip.infolist():
                name = info.filename.replace("\\", "/").lstrip("/").lower()
                content = left.pop(name)[1] if name in left else self.archive.zip.read(info)
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

    @property
    def suffix(self) -> str:
        """How the name of this workbook must end, for Excel opens no other."""
        for element in self.elements(TYPES, "Override"):
            if element.attributes.get("PartName", "").lstrip("/").lower() == self.workbook.lower():
                kind = element.attributes.get("ContentType", "")
                return next((suffix for word, suffix in _SUFFIXES if word in kind), ".xlsx")
        return ".xlsx"

    @property
    def signed(self) -> bool:
        """Whether somebody signed the file; a copy that was changed is not what was signed."""
        return any(name.startswith(_SIGNED) for name in self.archive.names())


def appended(data: bytes, file: str, name: str, inside: str) -> bytes:
    """A part with something put at the end of its first element of a name."""
    return spliced(data, at_end(data, elements(data, file, {name})[0], inside.encode()))


def calculate_anew(draft: Draft) -> None:
    """Makes Excel calculate the copy when it opens it, where anything is calculated at all."""
    parts = [name for name in draft.archive.names() if "worksheets/" in name and name.endswith(".xml")]
    if not any(_FORMULA.search(draft.read(name)) for name in parts):
        return
    data = draft.read(draft.workbook)
    found = draft.elements(draft.workbook, "calcPr", *_BEFORE_CALCULATION)
    for element in found:
        if element.name == "calcPr":
            if element.attributes.get("fullCalcOnLoad") not in ("1", "true"):
                at = element.start + 1 + len(element.tag.encode())
                tag = re.sub(rb'\sfullCalcOnLoad="\w+"', b"", data[at : element.inner])
                data = spliced(data, [(at, element.inner, b' fullCalcOnLoad="1"' + tag)])
                draft.write(draft.workbook, data)
            return
    last = max(found, key=lambda element: element.end)
    line = f'<{last.prefix}calcPr fullCalcOnLoad="1"/>'.encode()
    draft.write(draft.workbook, spliced(data, [(last.end, last.end, line)]))


def drop_chain(draft: Draft) -> None:
    """Takes out the order of calculation, which names cells that hold no formula any more; Excel makes it anew."""
    chain = draft.linked(draft.workbook, "calcChain")
    if not chain or chain not in draft:
        return
    folder, name = posixpath.split(draft.workbook)
    for part, tag in ((posixpath.join(folder, "_rels", f"{name}.rels"), "Relationship"), (TYPES, "Override")):
        cut = [
            (each.start, each.end, b"")
            for each in draft.elements(part, tag)
            if "calcChain" in each.attributes.get("Type", each.attributes.get("PartName", ""))
        ]
        draft.write(part, spliced(draft.read(part), cut))
    draft.write(chain, None)
