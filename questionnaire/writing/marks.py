"""The results of a check beside the answers they are about, in a copy of the workbook that was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from questionnaire.reading.files.archive import open_archive
from questionnaire.reading.files.elements import Splice, elements, spliced
from questionnaire.reading.files.formats import number_of
from questionnaire.reading.files.grid import At, Sheet
from questionnaire.reading.files.spreadsheet import read_spreadsheet, sheet_parts
from questionnaire.reading.layout.annotation import headings_in, hers
from questionnaire.writing.cells import CellText, at_of, with_texts
from questionnaire.writing.comments import put_comments
from questionnaire.writing.package import Copy, Draft
from questionnaire.writing.styles import Look, added

WIDTHS = (16, 80)  # of the two columns, in letters
HEAD = "D9E5EA"
PLAIN = "FFFFFF"
FARTHEST = 200  # columns; what stands beyond them is none of a form's


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands in one row."""

    status: str
    fill: str  # RRGGBB, of the status
    findings: str


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """What a check says of one sheet."""

    rows: dict[str, Mark] = field(default_factory=dict)  # by any cell of the row
    notes: dict[str, str] = field(default_factory=dict)  # comments by cell


@dataclass(frozen=True, slots=True)
class Headings:
    """The words above the two columns."""

    status: str
    findings: str
    author: str


def mark_up(content: bytes, file: str, sheets: dict[str, SheetMarks], headings: Headings) -> Copy:
    """A workbook with two columns more on each sheet, and comments; what an earlier check wrote gives way.

    Raises:
        ReturnError: the workbook is damaged, or beyond a limit.
    """
    read = {sheet.name: sheet for sheet in read_spreadsheet(content, file).sheets}
    with open_archive(content, file) as archive:
        draft, parts = Draft(archive), sheet_parts(archive)
        fills = {mark.fill for marks in sheets.values() for mark in marks.rows.values()}
        looks = [Look(HEAD, bold=True), Look(PLAIN), *(Look(fill, bold=True) for fill in sorted(fills))]
        styles = added(draft, looks)
        beside: list[tuple[str, str]] = []
        unseen = [(name, cell) for name in sheets if not read[name].visible for cell in sheets[name].notes]
        for name, marks in sheets.items():
            if not read[name].visible:
                continue
            texts, columns = _texts(read[name], marks, headings, styles)
            data, _ = with_texts(draft.read(parts[name]), file, texts)
            draft.write(parts[name], _wide(data, file, columns))
            notes = {at_of(cell): text for cell, text in marks.notes.items()}
            left = put_comments(draft, parts[name], notes, headings.author)
            beside += [(name, cell) for cell in marks.notes if at_of(cell) in left]
        return Copy(draft.packed(), draft.suffix, draft.signed, commented=tuple(beside), unseen=tuple(unseen))


def _texts(
    sheet: Sheet, marks: SheetMarks, headings: Headings, styles: Mapping[Look, int]
) -> tuple[dict[At, CellText], tuple[int, int]]:
    """The texts of the two columns, and which columns these are."""
    rows = {at_of(cell)[0]: mark for cell, mark in marks.rows.items()}
    head = _head(sheet, min(rows, default=1))
    old = headings_in(sheet)
    free = _free(sheet)
    columns = (old["status"][1], old["findings"][1]) if len(old) == 2 else (free, free + 1)
    texts: dict[At, CellText] = {}
    if len(old) == 2:  # what stood there before goes, but for the clerk's own lines
        head = old["status"][0]
        for (row, column), text in sheet.cells.items():
            if column in columns and row > head:
                texts[row, column] = CellText(hers(text))
    bold = styles.get(Look(HEAD, bold=True))
    for row, mark in rows.items():
        texts[row, columns[0]] = CellText(mark.status, styles.get(Look(mark.fill, bold=True)))
        left = texts.get((row, columns[1]), CellText("")).text
        said = "\n".join(text for text in (mark.findings, left) if text)
        texts[row, columns[1]] = CellText(said, styles.get(Look(PLAIN)))
    for column, title in zip(columns, (headings.status, headings.findings), strict=True):
        below = texts.get((head, column))  # a sheet whose first row is an item's
        texts[head, column] = CellText(f"{title}\n{below.text}" if below else title, bold)
    return texts, columns


def _head(sheet: Sheet, first: int) -> int:
    """The row above the marked ones that has the most words in it: the sheet's own headings."""
    filled: dict[int, int] = {}
    for row, _ in sheet.cells:
        if row < first:
            filled[row] = filled.get(row, 0) + 1
    return min(filled, key=lambda row: (-filled[row], row), default=max(0, first - 1))


def _free(sheet: Sheet) -> int:
    """The first column right of everything that the sheet holds."""
    used = [column for _, column in sheet.cells if column < FARTHEST]
    used += [area[3] for area in sheet.merges if area[3] < FARTHEST]
    return max(used, default=0) + 1


def _wide(data: bytes, file: str, columns: tuple[int, int]) -> bytes:
    """The part with its new columns as wide as they need; ranges that cover them are cut."""
    found = elements(data, file, {"cols", "col", "sheetData"})
    whole = next((each for each in found if each.name == "cols"), None)
    sheet = next(each for each in found if each.name == "sheetData")
    x = sheet.prefix
    new = {
        column: f'<{x}col min="{column + 1}" max="{column + 1}" width="{width}" customWidth="1"/>'.encode()
        for column, width in zip(columns, WIDTHS, strict=True)
    }
    if whole is None or whole.empty:
        place = whole or sheet
        start, end = (place.start, place.end) if whole else (place.start, place.start)
        inside = b"".join(new[column] for column in sorted(new))
        return spliced(data, [(start, end, f"<{x}cols>".encode() + inside + f"</{x}cols>".encode())])
    splices: list[Splice] = []
    ranges = [each for each in found if each.name == "col"]
    for each in ranges:
        first, last = (number_of(each.attributes.get(name, "")) - 1 for name in ("min", "max"))
        inner = sorted(column for column in columns if first <= column <= last)
        if not inner:
            continue
        pieces, at = [], first
        for column in [*inner, last + 1]:
            if at < column:
                given = {**each.attributes, "min": str(at + 1), "max": str(column)}
                shown = "".join(f" {name}={quoteattr(value)}" for name, value in given.items())
                pieces.append(f"<{each.tag}{shown}/>".encode())
            pieces.append(new.pop(column, b""))
            at = column + 1
        splices.append((each.start, each.end, b"".join(pieces)))
    for column, text in sorted(new.items()):
        later = (e.start for e in ranges if number_of(e.attributes.get("min", "")) - 1 > column)
        at = next(later, whole.inner_end)
        splices.append((at, at, text))
    return spliced(data, splices)
