"""PDF returns with a text layer: read as Word returns are, with places that say the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from msgspec.structs import replace

from frameworks.ground.errors import ReturnError
from questionnaire.answers import Answer, OutsideKind, OutsideText, Place, Return, UnmatchedText
from questionnaire.reading.files.grid import cell_at
from questionnaire.reading.files.pdf_body import PagedBody, read_paged
from questionnaire.reading.layout.word import Sorted, gather, sort_blocks
from questionnaire.schema import Schema
from questionnaire.template import words

_NUMBER = re.compile(r"\d+")
Placed = TypeVar("Placed", Answer, UnmatchedText, OutsideText)


def read_pdf(content: bytes, file: str, sha256: str, schema: Schema) -> Return:
    """A PDF's bytes to a return.

    Raises:
        ReturnError: damaged, beyond a limit, without a text layer, or without any of the questions.
    """
    body = read_paged(content, file)
    try:
        told = read_body(body, file, sha256, schema)
    except ReturnError as error:
        if not body.scans:
            raise
        raise ReturnError("pdf-partly-scanned", file=file, pages=body.count, scans=len(body.scans)) from error
    pictures = [*body.scans, *body.pictures]
    return replace(
        told,
        outside=tuple(
            replace(found, where=_on_page(found.where, min(pictures)))
            if found.kind is OutsideKind.PICTURE and pictures
            else found
            for found in told.outside
        ),
    )


def read_body(body: PagedBody, file: str, sha256: str, schema: Schema) -> Return:
    """The blocks of a document's pages to a return.

    Raises:
        ReturnError: they hold none of the questions.
    """
    found = sort_blocks(body, file, schema)
    told = gather(found, body, file, sha256, schema, "pdf")
    page_of = _pages(found, body)

    def placed(entry: Placed) -> Placed:
        return replace(entry, where=_on_page(entry.where, page_of(entry.where)))

    taken = tuple(
        replace(layout, sheet=page_name(page_of(Place(file, layout.sheet, f"{layout.answers[:1] or 'A'}1"))))
        for layout in told.source.taken
    )
    return replace(
        told,
        answers=tuple(placed(answer) for answer in told.answers),
        unmatched=tuple(placed(block) for block in told.unmatched),
        outside=tuple(placed(found) for found in told.outside),
        source=replace(told.source, taken=taken),
    )


def page_name(page: int) -> str:
    """A page as places show it."""
    return str(words()["page"].format(number=page))


def _pages(found: Sorted, body: PagedBody) -> Callable[[Place], int]:
    """From a place in the body's lines or tables to its page; 0 for one that has none."""

    def page_of(where: Place) -> int:
        if where.line and where.line <= len(found.owners):
            return body.pages[found.owners[where.line - 1]]
        number = _NUMBER.search(where.sheet or "")
        if number is None:
            return 0
        block = found.tables[int(number.group()) - 1]
        rows = body.rows[block]
        row = (cell_at(where.cell or "") or (0, 0))[0]
        return rows[min(row, len(rows) - 1)]

    return page_of


def _on_page(where: Place, page: int) -> Place:
    return Place(where.file, page_name(page)) if page else Place(where.file)
