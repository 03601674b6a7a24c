"""One file's bytes to a return, in this process: called by the worker (``isolate``) and by tests of good files."""

from __future__ import annotations

from msgspec.structs import replace

from frameworks.ground.errors import ReturnError
from questionnaire.answers import OutsideKind, Return, Source
from questionnaire.reading.files import limits
from questionnaire.reading.files.grid import Book, Sheet
from questionnaire.reading.files.sniff import Kind, sniff
from questionnaire.reading.pictures import SCANS, Recognised, pictures_at_hand, put_in, scan_refused
from questionnaire.schema import Schema

_BINARY = (Kind.OLD_WORKBOOK, Kind.BINARY_WORKBOOK, Kind.OPEN_WORKBOOK)
# what a second reader may know better; a limit or a declaration is refused for good
_SECOND_CHANCE = frozenset({"damaged"})


def read_content(content: bytes, file: str, sha256: str, schema: Schema) -> Return:
    """Reads one return, with the words of its pictures where they were recognised beforehand.

    Raises:
        ReturnError: the file cannot be read as a return; says why and how to mend it.
    """
    pictures = pictures_at_hand()
    try:
        told = _read(content, file, sha256, schema)
    except ReturnError as error:
        if not pictures or error.code not in SCANS:
            raise
        return _read_scan(error, pictures, sha256, schema)
    return put_in(told, pictures) if pictures else told


def _read_scan(error: ReturnError, found: Recognised, sha256: str, schema: Schema) -> Return:
    """A scan by its recognised pages, if each was recognised: a page left out would make its questions unanswered."""
    from questionnaire.reading.layout.scanned import read_scan

    try:
        if len(found.pages) == error.params["pages"]:
            return read_scan(found.pages, error.file or "", sha256, schema)
    except ReturnError:
        pass  # without questions, or too long: what was seen is told
    raise scan_refused(error, found, schema) from None


def _read(content: bytes, file: str, sha256: str, schema: Schema) -> Return:
    kind = sniff(content, file)
    if kind in (Kind.ENCRYPTED, Kind.OLD_WORKBOOK):
        content, kind = _opened(content, file, kind)
    if kind is Kind.WORD:
        from questionnaire.reading.layout.word import read_word

        return read_word(content, file, sha256, schema)
    if kind is Kind.PDF:
        from questionnaire.reading.layout.paged import read_pdf

        return read_pdf(content, file, sha256, schema)
    if kind is Kind.TEXT:
        return _read_text(content, file, sha256, schema)
    if kind is Kind.PAGE:
        return _read_page(content, file, sha256, schema)
    from questionnaire.reading.layout.workbook import read_book

    return read_book(read_sheets(content, file, kind), file, sha256, schema, kind.value)


def read_rows(content: bytes, file: str, sha256: str) -> list[list[list[str]]]:
    """The rows of every sheet of a workbook that is no return (a roster, a gap list), as texts.

    Raises:
        ReturnError: it is no workbook, or cannot be read.
    """
    kind = sniff(content, file)
    if kind in (Kind.WORD, Kind.TEXT, Kind.PDF, Kind.ENCRYPTED):
        raise ReturnError("not-a-workbook", file=file)
    return [sheet.dense(limits.ROWS) for sheet in read_sheets(content, file, kind).sheets]


def read_sheets(content: bytes, file: str, kind: Kind) -> Book:
    """A workbook's sheets, by the reader of its kind, then by a second one."""
    if kind is Kind.PAGE:
        from questionnaire.reading.layout.tables import read_page

        return read_page(content, file)
    if kind is Kind.WORKBOOK:
        from questionnaire.reading.files.spreadsheet import read_spreadsheet

        try:
            return _without_pictures(read_spreadsheet(content, file))
        except ReturnError as error:
            if error.code not in _SECOND_CHANCE:
                raise
    from questionnaire.reading.files.legacy import read_legacy

    book = read_legacy(content, file, kind)
    return _with_marks(book, content, file) if kind is Kind.OPEN_WORKBOOK else book


def _with_marks(book: Book, content: bytes, file: str) -> Book:
    """Tabs and line breaks inside cells of an .ods, which its reader drops."""
    from questionnaire.reading.files.archive import open_archive
    from questionnaire.reading.files.open_marks import with_marks

    with open_archive(content, file) as archive:
        return with_marks(book, archive)


def _without_pictures(book: Book) -> Book:
    """Cells that hold a picture are blank, not errors."""
    if not (book.errors or book.uncalculated):
        return book
    return replace(book, sheets=tuple(_blank_pictures(sheet) for sheet in book.sheets))


def _blank_pictures(sheet: Sheet) -> Sheet:
    pictures = {extra.at for extra in sheet.extras if extra.kind is OutsideKind.CELL_PICTURE}
    if not pictures:
        return sheet
    return replace(sheet, problems={at: p for at, p in sheet.problems.items() if at not in pictures})


def _opened(content: bytes, file: str, kind: Kind) -> tuple[bytes, Kind]:
    """The file inside an encrypted one, when Excel's built-in password opens it."""
    from questionnaire.reading.files.password import decrypt

    if kind is Kind.OLD_WORKBOOK:
        from questionnaire.reading.files.binary import count_old

        count = count_old(content)
        return (decrypt(content, file), kind) if count is not None and count.protected else (content, kind)
    content = decrypt(content, file)
    kind = sniff(content, file)
    if kind is Kind.ENCRYPTED:
        raise ReturnError("encrypted", file=file)
    return content, kind


def _read_page(content: bytes, file: str, sha256: str, schema: Schema) -> Return:
    """A web page: a form in its tables, else a report in its words.

    Raises:
        ReturnError: it holds neither.
    """
    from questionnaire.reading.layout.narrative import read_lines
    from questionnaire.reading.layout.pages import page_lines
    from questionnaire.reading.layout.workbook import read_book

    book = read_sheets(content, file, Kind.PAGE)
    try:
        return read_book(book, file, sha256, schema, Kind.PAGE.value)
    except ReturnError as error:
        lines = page_lines(content, file)
        try:
            return read_lines(lines, file, sha256, schema, Source(Kind.PAGE.value, "own"))
        except ReturnError as other:
            raise (error if book.present or not lines else other) from other


def _read_text(content: bytes, file: str, sha256: str, schema: Schema) -> Return:
    """A report, or a table with commas or tabs between its cells."""
    from questionnaire.reading.layout.narrative import decode, read_narrative
    from questionnaire.reading.layout.tables import read_delimited

    text = decode(content, file)
    table = read_delimited(text, file, schema)
    if table is not None:
        from questionnaire.reading.layout.workbook import read_book

        return read_book(table, file, sha256, schema, "csv")
    return read_narrative(text, file, sha256, schema)
