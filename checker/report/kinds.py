"""The kinds of files that we write, and the mark by which each is known again."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path
from typing import IO

from questionnaire.provenance import MARK, is_letter, is_ours

HTML_MARK = f'<meta name="generator" content="{MARK}">'
HTML_HEAD = 2_000  # bytes in which the mark stands
JSON_FORMAT = "esgcheck-report/"
_CORE, _BOOK = "docProps/core.xml", "xl/workbook.xml"
_PART = 200_000  # bytes of a part that are looked at
_STAMP = re.compile(r"<dcterms:(created|modified)\b[^>]*>([^<]*)<")
_NO_TIME = (1980, 1)  # year and month of parts that XlsxWriter and Excel write
_MEMORY = b'name="_memory"'  # the sheet of a campaign written before kinds were told apart


class Kind(StrEnum):
    """A kind of file; its value is the word's key in the catalogues."""

    TEMPLATE = "file-template"
    REPORT = "file-report"  # of one or more returns, with its gap list
    GAP_LIST = "file-gap-list"  # one company's, of a campaign
    CAMPAIGN = "file-campaign"
    FOLLOWUP = "file-followup"  # of gap lists that came back, with the office's answers
    HISTORY = "file-history"  # the years of companies side by side
    DECISIONS = "file-decisions"  # what is open in a draft questionnaire
    COVERAGE = "file-coverage"
    JSON = "file-json"
    HTML = "file-html"
    LETTER = "file-letter"
    LETTER_TEXT = "file-letter-text"


WITH_GAPS = frozenset({Kind.REPORT, Kind.GAP_LIST, Kind.FOLLOWUP})  # kinds that are filled in and come back


def mark(kind: Kind) -> str:
    """What a workbook of ours says in its property "category"."""
    return f"{MARK} {kind.value}"


def kinds_of(content: bytes) -> frozenset[Kind]:
    """What a file of ours may be; empty for a file that is not marked as ours.

    A workbook marked before kinds were told apart may be either of those with a gap list.
    """
    if content.startswith(b"PK"):
        return _of_workbook(io.BytesIO(content)) if is_ours(content) else frozenset()
    if is_letter(content):
        return frozenset({Kind.LETTER_TEXT})
    if HTML_MARK.encode() in content[:HTML_HEAD]:
        return frozenset({Kind.HTML})
    return frozenset({Kind.JSON}) if _is_report(content) else frozenset()


def is_untouched(content: bytes) -> bool:
    """Whether a file is as we wrote it.

    Who saves a workbook or a document again sets a time of change, or times on its parts; who changes a letter's text
    does not know its number.
    """
    if is_letter(content):
        text = content.decode("utf-8", "replace").removeprefix("\ufeff").rstrip()
        body, _, last = text.rpartition("\n\n")
        return last.endswith(f"-{digest(body)}")
    return _is_unsaved(io.BytesIO(content))


def large_kinds(path: Path) -> tuple[frozenset[Kind], bool]:
    """The kinds of a workbook too large to be held, and whether it is untouched: a campaign of 10,000 companies.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        if MARK.encode() not in _part(stream, _CORE):
            return frozenset(), False
        return _of_workbook(stream), _is_unsaved(stream)


def digest(text: str) -> str:
    """Eight hex digits of a text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def _is_unsaved(book: IO[bytes]) -> bool:
    """Whether no program saved a workbook or document again."""
    stamps = dict(_STAMP.findall(_part(book, _CORE).decode("utf-8", "replace")))
    if not stamps or stamps.get("created") != stamps.get("modified"):
        return False
    with zipfile.ZipFile(book) as archive:
        return all(part.date_time[:2] == _NO_TIME for part in archive.infolist())


def _of_workbook(book: IO[bytes]) -> frozenset[Kind]:
    core = _part(book, _CORE)
    named = [kind for kind in Kind if mark(kind).encode() in core]
    if named:
        return frozenset({max(named, key=len)})
    return (
        frozenset({Kind.CAMPAIGN})
        if _MEMORY in _part(book, _BOOK)
        else frozenset({Kind.REPORT, Kind.GAP_LIST})
    )


def _part(book: IO[bytes], name: str) -> bytes:
    """The beginning of a part; empty where it cannot be read."""
    try:
        with zipfile.ZipFile(book) as archive, archive.open(name) as stream:
            return stream.read(_PART)
    except (zipfile.BadZipFile, KeyError, zlib.error, ValueError, RuntimeError, EOFError, OSError):
        return b""


def _is_report(content: bytes) -> bool:
    """Whether it is a JSON report, or lines of them."""
    if content.lstrip()[:1] != b"{":
        return False
    for text in (content, content.lstrip().partition(b"\n")[0]):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            continue
        return isinstance(found, dict) and str(found.get("format", "")).startswith(JSON_FORMAT)
    return False
