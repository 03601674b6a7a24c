"""A file with a list of questions (.docx, workbooks, .txt) to the list; read in the guarded worker."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from frameworks.ground.errors import ReturnError
from questionnaire.cells import clean_text
from questionnaire.drafting.filled import rows_of
from questionnaire.drafting.head import fields_of
from questionnaire.drafting.mails import opened
from questionnaire.drafting.mixture import Table, with_tables
from questionnaire.drafting.outline import read_outline
from questionnaire.drafting.questions import Listing, in_part, joined
from questionnaire.drafting.tables import read_table
from questionnaire.drafting.wrapping import unwrapped
from questionnaire.reading import run_isolated
from questionnaire.reading.files.grid import Book, Sheet
from questionnaire.reading.files.sniff import Kind, sniff

_QUOTED = re.compile(r"^(?:\s{0,4}>){1,9}\s?")  # before the lines of a mail that is answered


def read_list(path: Path) -> Listing:
    """The questions of a file.

    Raises:
        ReturnError: it cannot be read, or holds no question.
    """
    return run_isolated(partial(read_content), path)


def read_content(content: bytes, file: str, sha256: str) -> Listing:
    """The same of a file's bytes.

    Raises:
        ReturnError: it cannot be read, or holds no question.
    """
    kind = sniff(content, file)
    if kind is Kind.WORD:
        listing = _of_word(content, file)
    elif kind is Kind.TEXT:
        listing = _of_text(content, file)
    elif kind is Kind.PDF:
        raise ReturnError("list-kind", file=file)
    else:
        from questionnaire.reading.content import read_sheets

        listing = _of_book(read_sheets(content, file, kind))
    if not listing.questions:
        raise ReturnError("list-empty", file=file)
    return listing


def _of_text(content: bytes, file: str) -> Listing:
    from questionnaire.reading.layout.narrative import decode

    lines = [_QUOTED.sub("", line) for line in clean_text(decode(content, file)).split("\n")]
    tabbed = [line for line in lines if "\t" in line]
    if len(tabbed) > len(lines) // 2:
        cells = {
            (row, column): text.strip()
            for row, line in enumerate(lines)
            for column, text in enumerate(line.split("\t"))
            if text.strip()
        }
        return read_table(Sheet("", cells))[0]
    mail = opened(lines)
    listing = read_outline(unwrapped(mail.lines), wrapped=True)
    return replace(listing, title=mail.subject or listing.title)


def _of_word(content: bytes, file: str) -> Listing:
    """A document: its numbered lines and the tables that hold questions."""
    from questionnaire.reading.files.archive import open_archive
    from questionnaire.reading.files.document import Line
    from questionnaire.reading.layout.word import body_of

    with open_archive(content, file) as archive:
        archive.check_declarations()
        body = body_of(archive)
    lines: list[str] = []
    tables: list[Table] = []
    for block in body.blocks:
        if isinstance(block, Line):
            lines.append(block.shown)
        else:
            sheet = Sheet("", block.cells, tuple(block.merges))
            tables.append(Table(len(lines), *read_table(sheet), rows_of(sheet), fields_of(sheet)))
    return with_tables(lines, tables)


def _of_book(book: Book) -> Listing:
    """A workbook: the sheets whose header names the questions, else those that look so."""
    sheets = [sheet for sheet in book.sheets if sheet.visible and sheet.cells]
    read = [(sheet, *read_table(sheet)) for sheet in sheets]
    named = any(is_named for _, _, is_named in read)
    taken: list[tuple[Sheet, Listing]] = []
    left: list[str] = []
    for sheet, listing, is_named in read:
        if len({column for _, column in sheet.cells}) == 1 and not named:
            taken.append((sheet, read_outline([text for _, text in sorted(sheet.cells.items())])))
        elif is_named or not named:
            taken.append((sheet, listing))
        else:
            left += [question.text for question in listing.questions] + list(listing.left)
    several = sum(bool(listing.questions) for _, listing in taken) > 1
    whole = joined(in_part(listing, sheet.name) if several else listing for sheet, listing in taken)
    return Listing(whole.questions, whole.title, (*whole.left, *left))
