"""What a check of ours wrote into a copy of a return: no answer of hers, but for what she says to our questions.

Its columns are known by their headings, its comments by their first line; what a clerk added below our lines is hers.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec.structs import replace

from questionnaire.answers import Confirmation, OutsideKind, Place, Reply
from questionnaire.cells import squeeze
from questionnaire.reading.files.grid import At, Book, Extra, Sheet, reference
from questionnaire.template import words

KINDS = ("status", "findings", "question", "reply")
_IDENTITY = re.compile(r"〔([a-z]+:[\w.\-]+:[0-9a-f]{6})〕")  # behind the words of a question


def without_annotation(book: Book) -> Book:
    """A workbook without what we wrote into it."""
    return replace(book, sheets=tuple(map(_without, book.sheets)))


def headings_in(sheet: Sheet) -> dict[str, At]:
    """Where our columns begin on a sheet, by the ids of ``KINDS``; empty for a sheet without them."""
    found: dict[str, At] = {}
    ours = mark()
    for at, text in sheet.cells.items():
        if text.startswith(ours) and (kind := _headings().get(text.split("\n", 1)[0])):
            found.setdefault(kind, at)
    return found


def confirmations(book: Book, file: str) -> tuple[Confirmation, ...]:
    """What she chose beside our questions."""
    return tuple(
        Confirmation(identity, reply, Place(file, sheet.name, reference(*at)))
        for sheet in book.sheets
        for at, (identity, reply) in _replied(sheet, headings_in(sheet)).items()
    )


def _replied(sheet: Sheet, starts: dict[str, At]) -> dict[At, tuple[str, Reply]]:
    """The cells that hold an answer to the question beside them."""
    if not {"question", "reply"} <= starts.keys():
        return {}
    found: dict[At, tuple[str, Reply]] = {}
    for (row, column), text in sheet.cells.items():
        if column == starts["reply"][1] and row > starts["reply"][0]:
            asked = _IDENTITY.search(sheet.text(row, starts["question"][1]))
            reply = _replies().get(squeeze(text))
            if asked and reply:
                found[row, column] = asked.group(1), reply
    return found


def hers(text: str) -> str:
    """The lines of a text that are none of ours."""
    return "\n".join(line for line in text.split("\n") if not line.startswith(mark())).strip()


def mark() -> str:
    """What each line of ours begins with."""
    return str(words()["annotation"]["mark"])


@cache
def _headings() -> dict[str, str]:
    return {name: kind for kind in KINDS for name in words()["annotation"][kind]}


@cache
def _replies() -> dict[str, Reply]:
    given = words()["annotation"]["replies"].items()
    return {squeeze(name): Reply(reply) for reply, names in given for name in names}


def _without(sheet: Sheet) -> Sheet:
    starts = headings_in(sheet)
    extras = tuple(kept for kept in map(_comment, sheet.extras) if kept is not None)
    if not starts and len(extras) == len(sheet.extras):
        return sheet
    first = {column: row for row, column in starts.values()}
    replied = _replied(sheet, starts)
    cells = {
        (row, column): left
        for (row, column), text in sheet.cells.items()
        if (row, column) not in replied
        and (left := hers(text) if row >= first.get(column, row + 1) else text)
    }
    return replace(sheet, cells=cells, extras=extras)


def _comment(extra: Extra) -> Extra | None:
    """A comment without our lines; None for one that holds nothing else."""
    if extra.kind is not OutsideKind.COMMENT or extra.text.split("\n", 1)[0] not in _headings():
        return extra
    left = hers(extra.text)
    return replace(extra, text=left) if left else None
