"""What a file is, by its bytes from the first one on; a name proves nothing.

A zip is one only when it begins as one: old Word files often carry a zip at their end.
"""

from __future__ import annotations

import re
from enum import StrEnum

from frameworks.ground.errors import ReturnError
from questionnaire.reading.files.archive import Archive, open_archive


class Kind(StrEnum):
    """What can be read."""

    WORKBOOK = "xlsx"  # OOXML, Strict and with macros too
    BINARY_WORKBOOK = "xlsb"
    OLD_WORKBOOK = "xls"
    OPEN_WORKBOOK = "ods"
    WORD = "docx"
    ENCRYPTED = "encrypted"  # to be opened by the built-in password, else refused
    PAGE = "html"
    PDF = "pdf"
    TEXT = "text"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"MSCF", "archive"),
    (b"\x00\x00\x1a\x00", "other-sheet"),
    (b"\x00\x00\x02\x00", "other-sheet"),
    (b"ID;P", "other-sheet"),
    (b"TABLE\r\n0,1", "other-sheet"),
    (b"TABLE\n0,1", "other-sheet"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
_WORD_SIGNATURES = ((b"{\\rtf", "rtf"), (b"\xdb\xa5", "old-word"), (b"\x31\xbe\x00\x00", "old-word"))
_RAW_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")
# streams of a compound file: name, what that makes the file
_STREAMS = (
    ("EncryptedPackage", Kind.ENCRYPTED),
    ("Workbook", Kind.OLD_WORKBOOK),
    ("Book", Kind.OLD_WORKBOOK),
    ("WordDocument", "old-word"),
    ("PowerPoint Document", "slides"),
)
# how a kind comes to be read: opened in Excel and saved anew, or not at all, so that the original is asked for
_ORIGINALS = frozenset({"image", "slides", "program", "ofd", "open-document", "apple"})
_EXPORTS = {".numbers": "numbers", ".pages": "pages"}
_DOCUMENTS = (".xlsx", ".docx", ".xls", ".doc", ".et", ".wps", ".txt", ".pdf", ".csv", ".zip", ".jpg", ".png")
_MIME = b"mime-version:"
PDF_HEAD = 1024  # bytes in which a PDF must say what it is; mail programs put lines before it


def sniff(content: bytes, file: str) -> Kind:
    """What kind of return the bytes are.

    Raises:
        ReturnError: they are something else; names it and how to save it.
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise ReturnError("empty-file", file=file)
    if content.startswith(_OLE):
        return _compound(content, file)
    if content.startswith(b"%PDF"):
        return Kind.PDF
    if content.startswith(b"PK"):
        with open_archive(content, file) as archive:
            return _zipped(archive)
    for signature, kind in _WORD_SIGNATURES:
        if content.startswith(signature):
            raise ReturnError("kind-unsupported-word", file=file, kind=kind)
    if _RAW_BIFF.match(content):
        raise _unsupported(file, "older-excel")
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            if kind == "archive":
                raise ReturnError("kind-archive", file=file, kind=kind)
            raise _unsupported(file, kind)
    return _textual(content, file)


def _textual(content: bytes, file: str) -> Kind:
    if b"\n%PDF-1." in content[:PDF_HEAD]:
        return Kind.PDF
    start = content[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<style", b"<meta")):
        return Kind.PAGE
    if start.startswith(b"<?xml") and b"<html" in start:
        return Kind.PAGE
    if start.startswith((b"<?xml", b"<!doctype", b"<workbook", b"<ss:workbook", b"<office:", b"<w:")):
        raise _unsupported(file, "xml")
    if _MIME in start[:1024] and b"content-" in start:
        raise _unsupported(file, "mail-page")
    return Kind.TEXT


def _compound(content: bytes, file: str) -> Kind:
    """By the streams' names; a directory too broken to be read still tells by its bytes."""
    names = _stream_names(content)
    for name, kind in _STREAMS:
        known = name.lower() in names if names else name.encode("utf-16-le") in content
        if not known:
            continue
        if isinstance(kind, Kind):
            return kind
        if kind == "old-word":
            raise ReturnError("kind-unsupported-word", file=file, kind=kind)
        raise _unsupported(file, kind)
    raise _unsupported(file, "ole")


def _stream_names(content: bytes) -> set[str]:
    import io

    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            return {path[0].lower() for path in container.listdir()}
    except Exception:  # the library raises many kinds on broken files; the bytes decide then
        return set()


def _zipped(archive: Archive) -> Kind:
    names = archive.names()
    if "ofd.xml" in names:
        raise _unsupported(archive.file, "ofd")
    if _is_apple(names):
        suffix = archive.file.lower()
        raise _unsupported(
            archive.file, next((k for end, k in _EXPORTS.items() if suffix.endswith(end)), "apple")
        )
    if any(name.endswith("workbook.bin") for name in names):
        return Kind.BINARY_WORKBOOK
    if any(name.endswith("workbook.xml") for name in names):
        return Kind.WORKBOOK
    if any(name.startswith("word/") or name.endswith("/document.xml") for name in names):
        return Kind.WORD
    if "content.xml" in names:
        return _open_document(archive)
    if any(name.startswith("ppt/") for name in names):
        raise _unsupported(archive.file, "slides")
    if any(name.endswith(_DOCUMENTS) for name, info in archive.members.items() if info.file_size):
        raise ReturnError("kind-archive", file=archive.file)
    raise ReturnError("damaged", file=archive.file)


def _open_document(archive: Archive) -> Kind:
    kind = archive.read("mimetype")
    if b"opendocument.text" in kind:
        raise ReturnError("kind-unsupported-word", file=archive.file, kind="odt")
    if b"opendocument.spreadsheet" in kind or not kind:
        return Kind.OPEN_WORKBOOK
    raise _unsupported(archive.file, "open-document")


def _is_apple(names: list[str]) -> bool:
    """Whether the parts are those of Numbers, Pages or Keynote, of today or before 2013."""
    if any(name.endswith(".iwa") for name in names):
        return True
    inner = "index.zip" in names and any(name.startswith("metadata/") for name in names)
    old = any(name in ("index.xml", "index.xml.gz", "index.apxl") for name in names)
    return inner or (old and "buildversionhistory.plist" in names)


def _unsupported(file: str, kind: str) -> ReturnError:
    """The refusal of a kind, with the way to mend it that is true for this kind."""
    mend = kind if kind in _EXPORTS.values() else "original" if kind in _ORIGINALS else "excel"
    return ReturnError("kind-unsupported", file=file, kind=kind, mend=f"save-{mend}")
