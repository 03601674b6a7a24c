"""A PDF's pages as the body of a document: paragraphs and tables in order, over page breaks, with their pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import field

from frameworks.ground.errors import ReturnError
from questionnaire.answers import OutsideKind
from questionnaire.cells import clean_text, squeeze
from questionnaire.reading.files.document import Aside, Body
from questionnaire.reading.files.document import Line as TextLine
from questionnaire.reading.files.pdf import FEW_LETTERS, Box, Page, read_pages
from questionnaire.reading.files.pdf_furniture import without_furniture
from questionnaire.reading.files.pdf_lines import Line, lines_of, paragraphs, words
from questionnaire.reading.files.pdf_tables import PlacedTable, tables_of
from questionnaire.reading.files.word_tables import Table

NEAR = 3.0  # points by which the columns of a table that goes on may differ
ALIGNED = 0.6  # ems by which a cell's next line may stand off it
ROW_GAP = 1.12  # times the distance of a cell's lines by which rows stand apart; guessed


class PagedBody(Body):
    """The body, and on which pages its blocks stand."""

    pages: list[int] = field(default_factory=list)  # of each block
    rows: dict[int, list[int]] = field(default_factory=dict)  # of each row, by the block of its table
    scans: list[int] = field(default_factory=list)  # pages that are pictures only
    pictures: list[int] = field(default_factory=list)  # the page of each other picture
    count: int = 0  # pages of the document
    columns: tuple[float, ...] = ()  # edges of the last table's columns


def read_paged(content: bytes, file: str) -> PagedBody:
    """A PDF's body.

    Raises:
        ReturnError: damaged, beyond a limit, or without a text layer.
    """
    pages = read_pages(content, file)
    body = PagedBody(count=len(pages), scans=[page.number for page in pages if page.is_scan])
    body.pictures = [page.number for page, box in pictures_on(pages)]
    if not any(page.glyphs for page in pages) or len(body.scans) == len(pages):
        raise ReturnError(_without_text(pages), file=file, pages=len(pages))
    _fill(body, pages)
    body.aside += [Aside(OutsideKind.PICTURE)] * (len(body.pictures) + len(body.scans))
    for page in pages:
        for line in lines_of(page.hidden, page.number):
            if text := clean_text(line.text.replace("\t", " ")):
                body.aside.append(Aside(OutsideKind.HIDDEN_TEXT, text))
    return body


def scanned_body(pages: Sequence[Page]) -> PagedBody:
    """The body of pages whose letters were recognised."""
    body = PagedBody(count=len(pages))
    _fill(body, pages)
    return body


def _without_text(pages: Sequence[Page]) -> str:
    """Why there is no text to read; a scanner's own recognition lies invisibly below its pictures."""
    if not any(page.is_scan for page in pages):
        return "pdf-no-text"
    below = sum(len(page.hidden) for page in pages if page.is_scan)
    return "pdf-scanned-layer" if below >= FEW_LETTERS else "pdf-scanned"


def pictures_on(pages: Sequence[Page]) -> Iterator[tuple[Page, Box]]:
    """Pictures that are no scan and do not return on page after page, as a letterhead does."""
    seen: dict[tuple[int, ...], set[int]] = {}
    places = [
        (page, box, tuple(round(side / 4) for side in (box.left, box.bottom, box.right, box.top)))
        for page in pages
        if not page.is_scan
        for box in page.pictures
    ]
    for page, _, key in places:
        seen.setdefault(key, set()).add(page.number)
    for page, box, key in places:
        if len(seen[key]) == 1 or len(seen[key]) < 0.4 * len(pages):
            yield page, box


def _fill(body: PagedBody, pages: Sequence[Page]) -> None:
    """Puts paragraphs and tables into the body."""
    tables: list[list[PlacedTable]] = []
    drawn: list[tuple[Page, list[Line]]] = []
    for page in pages:
        placed, rest = tables_of(page)
        tables.append(placed)
        drawn.append((page, lines_of(rest, page.number)))
    kept = without_furniture(drawn)
    margins = _margins(pages, kept)
    run: list[Line] = []
    width = 0
    for page, lines, placed in zip(pages, kept, tables, strict=True):
        if run and round(page.width) != width:
            _put_lines(body, run, margins[width])
            run = []
        width = round(page.width)
        waiting = list(placed)
        for line in lines:
            while waiting and waiting[0].box.top > line.middle:
                _put_lines(body, run, margins[width])
                run = []
                _put_table(body, waiting.pop(0), page.number)
            run.append(line)
        for table in waiting:
            _put_lines(body, run, margins[width])
            run = []
            _put_table(body, table, page.number)
    if run:
        _put_lines(body, run, margins[width])


def _margins(pages: Sequence[Page], kept: Sequence[Sequence[Line]]) -> dict[int, float]:
    """How far a line may reach, by the width of the page."""
    found: dict[int, float] = {}
    for page, lines in zip(pages, kept, strict=True):
        reach = max((line.right for line in lines if len(line.cells) == 1), default=0.0)
        key = round(page.width)
        found[key] = max(found.get(key, 0.0), reach)
    return found


def _put_lines(body: PagedBody, lines: Sequence[Line], right: float) -> None:
    """Paragraphs; lines with cells that stand one below the other are the rows of a table without lines."""
    pending: list[Line] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if len(line.cells) == 1:
            pending.append(line)
            index += 1
            continue
        _put_paragraphs(body, pending, right)
        pending = []
        end = _end_of_rows(lines, index)
        if end - index >= 2:
            _put_rows(body, lines[index:end])
        else:  # one gap alone is an indent, as in Word
            _put(body, line.text if len(line.cells) > 2 else line.text.replace("\t", " "), line.page)
        index = end
    _put_paragraphs(body, pending, right)


def _end_of_rows(lines: Sequence[Line], start: int) -> int:
    """The index behind a run of lines with cells, and of lines that stand under one of their cells."""
    head = lines[start]
    end = start + 1
    while end < len(lines):
        line = lines[end]
        if len(line.cells) > 1:
            head = line
        else:
            columns = _columns(head, line)
            if columns is None or (0 in columns and not _tight(lines, end)):
                break
        end += 1
    return end


def _tight(lines: Sequence[Line], index: int) -> bool:
    """Whether a line stands nearer to the one above than that one to its own, as the lines of one cell do."""
    if index < 2 or not lines[index].page == lines[index - 1].page == lines[index - 2].page:
        return False
    above = lines[index - 2].middle - lines[index - 1].middle
    return above > ROW_GAP * (lines[index - 1].middle - lines[index].middle)


def _put_paragraphs(body: PagedBody, lines: Sequence[Line], right: float) -> None:
    for text, page in paragraphs(lines, right):
        _put(body, text, page)


def _put_rows(body: PagedBody, lines: Sequence[Line]) -> None:
    """The rows of a table without lines, each with the further lines of its cells."""
    steps = [one.middle - other.middle for one, other in pairwise(lines) if one.page == other.page]
    tight = min(steps, default=0.0)
    parted = max(steps, default=0.0) > ROW_GAP * tight  # rows stand further apart than a cell's lines
    index = 0
    while index < len(lines):
        head = lines[index]
        cells = [words(cell).strip() for cell in head.cells]
        index += 1
        while index < len(lines) and lines[index].page == head.page:
            near = parted and lines[index - 1].middle - lines[index].middle < ROW_GAP * tight
            columns = _columns(head, lines[index])
            if columns is None or not (near or 0 not in columns):
                break
            for column, cell in zip(columns, lines[index].cells, strict=True):
                cells[column] += words(cell).strip()
            index += 1
        _put(body, "\t".join(cells), head.page)


def _columns(head: Line, line: Line) -> list[int] | None:
    """The cells of a row under which the cells of a further line stand; None where one stands under none."""
    starts = [cell[0].left for cell in head.cells]
    found = []
    for cell in line.cells:
        under = [at for at, start in enumerate(starts) if abs(start - cell[0].left) <= ALIGNED * line.size]
        if not under:
            return None
        found.append(under[0])
    return found if len(found) < len(starts) else None


def _put(body: PagedBody, text: str, page: int) -> None:
    if text := clean_text(text):
        body.blocks.append(TextLine(text))
        body.pages.append(page)
        body.paragraphs += 1


def _put_table(body: PagedBody, placed: PlacedTable, page: int) -> None:
    """A table; one that goes on from the page before is joined with it."""
    table = placed.table
    height = 1 + max([row for row, _ in table.cells] + [bottom for _, _, bottom, _ in table.merges])
    number = len(body.blocks) - 1
    before = body.blocks[number] if body.blocks else None
    if (
        isinstance(before, Table)
        and body.rows[number][-1] == page - 1
        and _alike(body.columns, placed.columns)
    ):
        _go_on(before, table, body.rows[number], height, page)
        return
    body.blocks.append(table)
    body.pages.append(page)
    body.rows[number + 1] = [page] * height
    body.paragraphs += sum(text.count("\n") + 1 for text in table.cells.values())
    body.columns = placed.columns


def _alike(columns: tuple[float, ...], others: tuple[float, ...]) -> bool:
    return len(columns) == len(others) and all(
        abs(one - other) <= NEAR for one, other in zip(columns, others, strict=True)
    )


def _go_on(before: Table, table: Table, rows: list[int], height: int, page: int) -> None:
    """Adds the rows of the next page: without a repeated heading; a row that the page broke goes on."""
    skip = 1 if _row(table, 0) == _row(before, 0) else 0
    start = len(rows) - skip
    torn = _row(table, skip) and 0 not in _row(table, skip) and 0 in _row(before, len(rows) - 1)
    if torn:
        start -= 1
    for (row, column), text in sorted(table.cells.items()):
        if row < skip:
            continue
        at = (row + start, column)
        before.cells[at] = _both(before.cells[at], text) if at in before.cells else text
    for top, left, bottom, right in table.merges:
        if top >= skip + bool(torn):
            before.merges.append((top + start, left, bottom + start, right))
    rows += [page] * (height - skip - bool(torn))


def _both(above: str, below: str) -> str:
    """The two halves of a cell; a sentence that broke off goes on."""
    return f"{above}{below}" if squeeze(above[-1:]) else f"{above}\n{below}"


def _row(table: Table, row: int) -> dict[int, str]:
    return {column: text for (at, column), text in table.cells.items() if at == row}
