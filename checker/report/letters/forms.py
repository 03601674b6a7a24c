"""A letter as a Word document and as plain text.

The document is the smallest that Word, WPS and LibreOffice open: a body, its type, and the properties by which it is
known again. No library for Word is needed for that.
"""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files
from xml.sax.saxutils import escape

from checker.report.excel.style import CREATED
from checker.report.kinds import Kind, mark
from checker.report.letters.letter import Letter
from checker.wording import Wording

WIDTHS = {  # of a table's columns, in twentieths of a point, by their number
    4: (560, 1900, 800, 6030),
    5: (560, 1900, 800, 2600, 3430),
}
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # same letter, same bytes
_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/docProps/core.xml"
 ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="word/document.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>
<Relationship Id="rId2" Target="docProps/core.xml"
 Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"/>
</Relationships>"""
_CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<dc:title>{title}</dc:title><cp:category>{mark}</cp:category>
<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>
<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified>
</cp:coreProperties>"""


def as_document(letter: Letter, words: Wording) -> bytes:
    """The letter for Word."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    source = files("checker.report.letters").joinpath("document.xml.jinja").read_text(encoding="utf-8")
    body = environment.from_string(source).render(letter=letter, widths=WIDTHS, number=_number(letter, words))
    core = _CORE.format(title=escape(letter.title), mark=mark(Kind.LETTER), day=f"{CREATED.isoformat()}Z")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("[Content_Types].xml", _TYPES), ("_rels/.rels", _RELATIONS), ("word/document.xml", body),
            ("docProps/core.xml", core),
        ):  # fmt: skip
            part = zipfile.ZipInfo(name, _NO_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, content.encode("utf-8", "replace"))
    return buffer.getvalue()


def as_text(letter: Letter, words: Wording) -> bytes:
    """The letter for a mail; the mark in front lets old editors know that it is UTF-8."""
    lines = "\n".join((*letter.lines(), "", _number(letter, words)))
    return f"\ufeff{lines}\n".encode("utf-8", "replace")


def _number(letter: Letter, words: Wording) -> str:
    return words.text("letters", "number", number=letter.number)
