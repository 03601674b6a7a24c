"""What a check of ours wrote into a copy of a return: no answer, and nothing that anybody has to look at.

Its columns are known by their headings, its comments by their first line; what a clerk added below our lines is hers.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from questionnaire.answers import OutsideKind
from questionnaire.reading.files.grid import At, Book, Extra, Sheet
from questionnaire.template import words


def without_annotation(book: Book) -> Book:
    """A workbook without what we wrote into it."""
    return replace(book, sheets=tuple(map(_without, book.sheets)))


def headings_in(sheet: Sheet) -> dict[str, At]:
    """Where our columns begin on a sheet: ``status`` and ``findings``; empty for a sheet without them."""
    found: dict[str, At] = {}
    for at, text in sheet.cells.items():
        if text.startswith(mark()) and (kind := _headings().get(text.split("\n", 1)[0])):
            found.setdefault(kind, at)
    return found


def hers(text: str) -> str:
    """The lines of a text that are none of ours."""
    return "\n".join(line for line in text.split("\n") if not line.startswith(mark())).strip()


def mark() -> str:
    """What each line of ours begins with."""
    return str(words()["annotation"]["mark"])


@cache
def _headings() -> dict[str, str]:
    return {name: kind for kind in ("status", "findings") for name in words()["annotation"][kind]}


def _without(sheet: Sheet) -> Sheet:
    starts = headings_in(sheet)
    extras = tuple(kept for kept in map(_comment, sheet.extras) if kept is not None)
    if not starts and len(extras) == len(sheet.extras):
        return sheet
    first = {column: row for row, column in starts.values()}
    cells = {
        (row, column): left
        for (row, column), text in sheet.cells.items()
        if (left := hers(text) if row >= first.get(column, row + 1) else text)
    }
    return replace(sheet, cells=cells, extras=extras)


def _comment(extra: Extra) -> Extra | None:
    """A comment without our lines; None for one that holds nothing else."""
    if extra.kind is not OutsideKind.COMMENT or extra.text.split("\n", 1)[0] not in _headings():
        return extra
    left = hers(extra.text)
    return replace(extra, text=left) if left else None
