"""The results of a check beside the answers they are about, in a copy of the workbook that was checked."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from msgspec import Struct, field

from questionnaire.reading.files.archive import open_archive
from questionnaire.reading.files.elements import Element, Splice, at_end, elements, spliced
from questionnaire.reading.files.formats import number_of
from questionnaire.reading.files.grid import At, Sheet, letters, reference
from questionnaire.reading.files.spreadsheet import read_spreadsheet, sheet_parts
from questionnaire.reading.layout.annotation import KINDS, headings_in, hers
from questionnaire.writing.cells import CellText, at_of, with_texts
from questionnaire.writing.comments import put_comments
from questionnaire.writing.order import place_of
from questionnaire.writing.package import Copy, Draft
from questionnaire.writing.styles import Look, added

WIDTHS = (16, 80, 44, 12)  # of the columns, in letters
INPUT = "FFFDF0"
HEAD = "D9E5EA"
PLAIN = "FFFFFF"
FARTHEST = 200  # columns; what stands beyond them is none of a form's


class Mark(Struct, frozen=True):
    """What stands in one row."""

    status: str
    fill: str  # RRGGBB, of the status
    findings: str
    question: str = ""  # what the clerk is asked
    reply: str = ""  # what she has answered
    choices: tuple[str, ...] = ()  # what she may answer


class SheetMarks(Struct, frozen=True):
    """What a check says of one sheet."""

    rows: dict[str, Mark] = field(default_factory=dict)  # by any cell of the row
    notes: dict[str, str] = field(default_factory=dict)  # comments by cell


class Headings(Struct, frozen=True):
    """The words above the columns."""

    status: str
    findings: str
    question: str
    reply: str
    author: str


def mark_up(content: bytes, file: str, sheets: dict[str, SheetMarks], headings: Headings) -> Copy:
    """A workbook with our columns on each sheet (those for questions where there are any), and comments.

    What an earlier check wrote gives way.

    Raises:
        ReturnError: the workbook is damaged, or beyond a limit.
    """
    read = {sheet.name: sheet for sheet in read_spreadsheet(content, file).sheets}
    with open_archive(content, file) as archive:
        draft, parts = Draft(archive), sheet_parts(archive)
        fills = {mark.fill for marks in sheets.values() for mark in marks.rows.values()}
        looks = [
            Look(HEAD, bold=True),
            Look(PLAIN),
            Look(INPUT, bold=True),
            *(Look(fill, bold=True) for fill in sorted(fills)),
        ]
        styles = added(draft, looks)
        beside: list[tuple[str, str]] = []
        unseen = [(name, cell) for name in sheets if not read[name].visible for cell in sheets[name].notes]
        for name, marks in sheets.items():
            if not read[name].visible:
                continue
            texts, columns = _texts(read[name], marks, headings, styles)
            data, _ = with_texts(draft.read(parts[name]), file, texts)
            data = _wide(data, file, columns)
            if "reply" in columns:
                data = _listed(data, file, columns["reply"], marks)
            draft.write(parts[name], data)
            notes = {at_of(cell): text for cell, text in marks.notes.items()}
            left = put_comments(draft, parts[name], notes, headings.author)
            beside += [(name, cell) for cell in marks.notes if at_of(cell) in left]
        return Copy(draft.packed(), draft.suffix, draft.signed, commented=tuple(beside), unseen=tuple(unseen))


def _texts(
    sheet: Sheet, marks: SheetMarks, headings: Headings, styles: Mapping[Look, int]
) -> tuple[dict[At, CellText], dict[str, int]]:
    """The texts of our columns, and which columns these are."""
    rows = {at_of(cell)[0]: mark for cell, mark in marks.rows.items()}
    old = headings_in(sheet)
    head = min((row for row, _ in old.values()), default=_head(sheet, min(rows, default=1)))
    asked = any(mark.question for mark in rows.values())
    columns: dict[str, int] = {kind: column for kind, (_, column) in old.items()}
    free = _free(sheet)
    for kind in KINDS if asked else KINDS[:2]:
        if kind not in columns:
            columns[kind], free = free, free + 1
    texts: dict[At, CellText] = {}
    for (row, column), text in sheet.cells.items():  # what stood there goes, but for the clerk's own lines
        if old and column in columns.values() and row > head:
            texts[row, column] = CellText("" if column == columns.get("reply") else hers(text))
    for row, mark in rows.items():
        left = texts.get((row, columns["findings"]), CellText("")).text
        said = "\n".join(text for text in (mark.findings, left) if text)
        texts[row, columns["status"]] = CellText(mark.status, styles.get(Look(mark.fill, bold=True)))
        texts[row, columns["findings"]] = CellText(said, styles.get(Look(PLAIN)))
        if mark.question:
            texts[row, columns["question"]] = CellText(mark.question, styles.get(Look(PLAIN)))
            texts[row, columns["reply"]] = CellText(mark.reply, styles.get(Look(INPUT, bold=True)))
    bold = styles.get(Look(HEAD, bold=True))
    for kind, column in columns.items():
        title: str = getattr(headings, kind)
        below = texts.get((head, column))  # a sheet whose first row is an item's
        texts[head, column] = CellText(f"{title}\n{below.text}" if below else title, bold)
    return texts, columns


def _listed(data: bytes, file: str, column: int, marks: SheetMarks) -> bytes:
    """The part with a list of choices at each reply; those of an earlier check stay where they still fit."""
    by_choices: dict[tuple[str, ...], list[str]] = {}
    for cell, mark in marks.rows.items():
        if mark.question:
            by_choices.setdefault(mark.choices, []).append(reference(at_of(cell)[0], column))
    root, *found = elements(data, file, {"worksheet", "dataValidations", "dataValidation"})
    x = root.prefix
    lines = [
        f'<{x}dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="{" ".join(cells)}">'
        f'<{x}formula1>"{",".join(choices)}"</{x}formula1></{x}dataValidation>'
        for choices, cells in by_choices.items()
    ]
    inside = "".join(lines).encode()
    # lists that refer to other sheets stand once more, among the extensions
    whole = next((e for e in found if e.name == "dataValidations" and e.depth == root.depth + 1), None)
    if whole is None:
        at = place_of(data, file, "dataValidations")
        opened = f'<{x}dataValidations count="{len(lines)}">'.encode()
        return spliced(data, [(at, at, opened + inside + f"</{x}dataValidations>".encode())])
    there = [each for each in found if each.name == "dataValidation" and each.depth == whole.depth + 1]
    gone: list[Splice] = [(each.start, each.end, b"") for each in there if _within(each, letters(column))]
    count = len(there) - len(gone) + len(lines)
    return spliced(data, [*gone, *at_end(data, whole, inside, count)])


def _within(validation: Element, letter: str) -> bool:
    """Whether a list is of cells in one column alone."""
    cells = validation.attributes.get("sqref", "").replace(":", " ").split()
    return bool(cells) and all(cell.rstrip("0123456789") == letter for cell in cells)


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


def _wide(data: bytes, file: str, named: Mapping[str, int]) -> bytes:
    """The part with its new columns as wide as they need; ranges that cover them are cut."""
    found = elements(data, file, {"cols", "col", "sheetData"})
    whole = next((each for each in found if each.name == "cols"), None)
    sheet = next(each for each in found if each.name == "sheetData")
    x = sheet.prefix
    columns = tuple(named.values())
    widths = {named[kind]: width for kind, width in zip(KINDS, WIDTHS, strict=True) if kind in named}
    new = {
        column: f'<{x}col min="{column + 1}" max="{column + 1}" width="{width}" customWidth="1"/>'.encode()
        for column, width in sorted(widths.items())
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
