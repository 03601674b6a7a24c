"""What a file is, by its first bytes; a name proves nothing."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum

from frameworks.errors import ReturnError


class Kind(StrEnum):
    """What can be read."""

    WORKBOOK = "workbook"  # OOXML spreadsheet
    TEXT = "text"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "rtf"),
)


def sniff(content: bytes, file: str) -> Kind:
    """What kind of return the bytes are.

    Raises:
        ReturnError: they are something else; names it and how to save it.
    """
    if not content.strip():
        raise ReturnError("empty-file", file=file)
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise ReturnError("encrypted", file=file)
        raise ReturnError("kind-unsupported", file=file, kind="ole")
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content, file)
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            raise ReturnError("kind-unsupported", file=file, kind=kind)
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table")):
        raise ReturnError("kind-unsupported", file=file, kind="html")
    if start.startswith(b"<?xml"):
        raise ReturnError("kind-unsupported", file=file, kind="xml")
    return Kind.TEXT


def _zipped(content: bytes, file: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ReturnError("not-a-workbook", file=file) from error
    if any(name.startswith("word/") for name in names):
        raise ReturnError("kind-unsupported", file=file, kind="word")
    if any(name.endswith("workbook.bin") for name in names):
        raise ReturnError("kind-unsupported", file=file, kind="xlsb")
    if "content.xml" in names:
        raise ReturnError("kind-unsupported", file=file, kind="ods")
    if any(name.startswith("ppt/") for name in names):
        raise ReturnError("kind-unsupported", file=file, kind="slides")
    if not any(name.lower().endswith("workbook.xml") for name in names):
        raise ReturnError("not-a-workbook", file=file)
    return Kind.WORKBOOK
