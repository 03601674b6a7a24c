"""Files of subsidiaries to a ``Return``: one way in, whatever the form."""

from __future__ import annotations

import hashlib
from pathlib import Path

from frameworks.errors import ReturnError
from questionnaire.answers import Return
from questionnaire.reading.sniff import Kind, sniff
from questionnaire.schema import Schema

SUFFIXES = (".xlsx", ".txt", ".md")  # what a folder is searched for; what a file is, its bytes say


def read_return(path: Path, schema: Schema) -> Return:
    """Reads one return.

    Raises:
        ReturnError: the file cannot be read as a return; says why and how to mend it.
    """
    content = read_bytes(path)
    return read_content(content, path.name, hashlib.sha256(content).hexdigest(), schema)


def read_content(content: bytes, name: str, sha256: str, schema: Schema) -> Return:
    """Reads one return from its bytes.

    Raises:
        ReturnError: they cannot be read as a return.
    """
    if sniff(content, name) is Kind.WORKBOOK:
        from questionnaire.reading.workbook import read_workbook

        return read_workbook(content, name, sha256, schema)
    from questionnaire.reading.narrative import read_narrative

    return read_narrative(content, name, sha256, schema)


def read_bytes(path: Path) -> bytes:
    """The bytes of a user's file; the file itself is only ever opened for reading.

    Raises:
        ReturnError: it is not there, or may not be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReturnError("file-missing", file=str(path)) from error
    except OSError as error:
        raise ReturnError("file-unreadable", file=str(path), reason=error.strerror or "") from error


def find_returns(path: Path) -> list[Path]:
    """The file itself, or the returns of a folder by name; Excel's lock files (~$) are none.

    Raises:
        ReturnError: there is no such file.
    """
    if not path.is_dir():
        return [path]
    return sorted(
        entry
        for entry in path.iterdir()
        if entry.suffix.lower() in SUFFIXES and entry.is_file() and not entry.name.startswith(("~$", "."))
    )
