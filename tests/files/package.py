"""A writer of small Office packages: text of the parts in, bytes out; it writes what no office program would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/></Types>'
)

Parts = dict[str, str | bytes]


def zipped(parts: Parts | Iterable[tuple[str, str | bytes]]) -> bytes:
    """Parts to a zip; a list may hold a name twice."""
    import warnings

    pairs = parts.items() if isinstance(parts, dict) else parts
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in pairs:
            archive.writestr(name, data)
    return buffer.getvalue()


def streamed(parts: Parts, name: str, chunks: Iterable[bytes]) -> bytes:
    """Parts, one of them written in chunks, so that a gigabyte of it needs no memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for other, data in parts.items():
            if other != name:
                archive.writestr(other, data)
        with archive.open(name, "w", force_zip64=True) as stream:
            for chunk in chunks:
                stream.write(chunk)
    return buffer.getvalue()


def relationships(links: Iterable[tuple[str, str, str]]) -> str:
    """Id, last word of the type, target."""
    lines = "".join(
        f'<Relationship Id="{identity}" Type="{REL}/{kind}" Target={quoteattr(target)}/>'
        for identity, kind, target in links
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}">{lines}</Relationships>'


def book(
    sheet_data: str | bytes,
    *,
    strings: str | None = None,
    styles: str | None = None,
    after: str = "",
    names: str = "",
    more: Parts | None = None,
) -> Parts:
    """The parts of a workbook with one sheet; ``sheet_data`` is what stands between <sheetData> tags."""
    body = sheet_data.decode() if isinstance(sheet_data, bytes) else sheet_data
    links = [("rId1", "worksheet", "worksheets/sheet1.xml")]
    parts: Parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relationships([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
        f'<sheet name="问卷" sheetId="1" r:id="rId1"/></sheets>{names}</workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}" xmlns:r="{REL}"><sheetData>{body}</sheetData>'
        f"{after}</worksheet>",
    }
    if strings is not None:
        links.append(("rId2", "sharedStrings", "sharedStrings.xml"))
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    if styles is not None:
        links.append(("rId3", "styles", "styles.xml"))
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    parts["xl/_rels/workbook.xml.rels"] = relationships(links)
    return parts | (more or {})


def inline(reference: str, text: str) -> str:
    """A cell with its text in place."""
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def rows(table: Iterable[Iterable[str]], first: int = 1) -> str:
    """A table of texts as rows."""
    return "".join(
        f'<row r="{number}">'
        + "".join(inline(f"{chr(65 + at)}{number}", text) for at, text in enumerate(line) if text)
        + "</row>"
        for number, line in enumerate(table, start=first)
    )


def word(
    body: str | bytes, *, more: Parts | None = None, links: Iterable[tuple[str, str, str]] = ()
) -> Parts:
    """The parts of a Word document; ``body`` is what stands between <w:body> tags."""
    text = body.decode() if isinstance(body, bytes) else body
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relationships([("rId1", "officeDocument", "word/document.xml")]),
        "word/document.xml": f'<w:document xmlns:w="{WORD}" xmlns:mc="mc" xmlns:r="{REL}"><w:body>{text}</w:body>'
        "</w:document>",
        "word/_rels/document.xml.rels": relationships(links),
    } | (more or {})


def paragraph(text: str, properties: str = "") -> str:
    """A Word paragraph."""
    lines = text.split("\n")
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{runs}</w:r></w:p>"


def word_table(table: Iterable[Iterable[str]]) -> str:
    """A Word table."""
    lines = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraphs(cell)}</w:tc>" for cell in line) + "</w:tr>" for line in table
    )
    return f"<w:tbl>{lines}</w:tbl>"


def paragraphs(text: str) -> str:
    """A text with a paragraph a line."""
    return "".join(paragraph(line) for line in text.split("\n"))


def repeat(piece: bytes, size: int, chunk: int = 1 << 20) -> Iterator[bytes]:
    """A piece over and over, up to a size."""
    block = piece * max(1, chunk // len(piece))
    written = 0
    while written < size:
        yield block[: size - written]
        written += len(block)
