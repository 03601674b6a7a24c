"""OOXML workbooks (.xlsx, .xlsm, Strict) in one pass over each part: every cell with a value, and nothing else.

Other readers lay a sheet out in full, so that one cell at XFD1048576 ends the process; they show error cells and
uncalculated formulas as empty, and drop hidden rows, comments and text boxes. Here cells are sparse, and each cell
with a value in the XML is counted as it passes, so that a lost one is noticed.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from frameworks.ground.errors import ReturnError
from questionnaire.answers import OutsideKind, Problem
from questionnaire.cells import clean_text
from questionnaire.reading.files import limits
from questionnaire.reading.files.archive import Archive, open_archive, too_large
from questionnaire.reading.files.drawings import read_extras
from questionnaire.reading.files.formats import (
    GENERAL,
    Format,
    number_of,
    read_formats,
    show_number,
    show_text,
)
from questionnaire.reading.files.grid import Area, At, Book, Extra, Sheet, cell_at
from questionnaire.reading.files.relations import Relation, main_part, relations
from questionnaire.reading.files.xml import Handlers, Names, attribute, walk
from questionnaire.template import words

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ISO_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::00(?:\.0+)?)?)?")
_CELL_PICTURE = ("=DISPIMG(", "=_xlfn.DISPIMG(")  # WPS: a picture in a cell shows this as its text
_HIDING = frozenset({"hidden", "veryHidden"})
_SHEETS = frozenset({"worksheet", "macrosheet", "xlMacrosheet", "xlIntlMacrosheet", "dialogsheet"})


def read_spreadsheet(content: bytes, file: str) -> Book:
    """A workbook's bytes to its sheets.

    Raises:
        ReturnError: damaged, or beyond a limit.
    """
    with open_archive(content, file) as archive:
        archive.check_declarations()
        part = main_part(archive, "xl/workbook.xml")
        if part not in archive:
            raise ReturnError("damaged", file=file)
        links = relations(archive, part)
        by_kind = {link.kind: link.target for link in links}
        listed, epoch_1904 = _listed(archive, part)
        if len(listed) > limits.SHEETS:
            raise too_large(file, "sheets", len(listed), limits.SHEETS)
        strings = _Strings(archive, by_kind.get("sharedStrings", "xl/sharedStrings.xml"))
        formats = read_formats(archive, by_kind.get("styles", "xl/styles.xml"))
        budget = _Budget(file)
        sheets, present, blank = [], 0, 0
        for name, target, visible in _targets(listed, links, archive):
            reader = _SheetReader(archive, target, strings.texts, formats, epoch_1904, budget)
            sheets.append(reader.sheet(name, visible))
            present += reader.present
            blank += reader.blank
        if not sheets:
            raise ReturnError("damaged", file=file)
        book = Book(tuple(sheets), "own")
        read = sum(len(sheet.cells) for sheet in sheets) + book.errors + blank
        return replace(book, read=read, present=present)


def sheet_parts(archive: Archive) -> dict[str, str]:
    """The part that holds each sheet, by the sheet's name.

    Raises:
        ReturnError: a listed sheet's part is missing.
    """
    part = main_part(archive, "xl/workbook.xml")
    listed, _ = _listed(archive, part)
    found = _targets(listed, relations(archive, part), archive)
    return {name: target for name, target, _ in reversed(found)}


def _listed(archive: Archive, part: str) -> tuple[list[tuple[str, str, bool]], bool]:
    """Name, relation id and visibility of each sheet; whether days count from 1904."""
    names = Names()
    found: list[tuple[str, str, bool]] = []
    epoch_1904 = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal epoch_1904
        name = names[tag]
        if name == "sheet":
            visible = attributes.get("state", "") not in _HIDING
            found.append((clean_text(attributes.get("name", "")), attribute(attributes, "id"), visible))
        elif name == "workbookPr":
            epoch_1904 = attributes.get("date1904", "") in ("1", "true")

    walk(archive.read(part), archive.file, start, lambda tag: None, lambda text: None)
    return found, epoch_1904


def _targets(
    listed: list[tuple[str, str, bool]], links: list[Relation], archive: Archive
) -> list[tuple[str, str, bool]]:
    """Sheets with the part that holds each; charts have no cells and are passed over.

    Raises:
        ReturnError: a listed sheet's part is missing, so its answers would be.
    """
    by_id = {link.id: link for link in links}
    found = []
    for name, identity, visible in listed:
        link = by_id.get(identity)
        if link is not None and link.kind not in _SHEETS:
            continue
        if link is None or link.target not in archive:
            raise ReturnError("damaged", file=archive.file)
        found.append((name, link.target, visible))
    return found


class _Budget:
    """What all sheets together may still hold."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.cells = 0
        self.text = 0

    def take(self, text: str) -> None:
        """Counts one value.

        Raises:
            ReturnError: there are too many, or too long ones.
        """
        self.cells += 1
        self.text += len(text)
        if self.cells > limits.CELLS:
            raise too_large(self.file, "cells", self.cells, limits.CELLS)
        if self.text > limits.TEXT:
            raise too_large(self.file, "text", self.text, limits.TEXT)


class _Strings:
    """The shared strings, clean; pronunciation guides left out."""

    def __init__(self, archive: Archive, part: str) -> None:
        self.texts: list[str] = []
        self.file = archive.file
        self._names = Names()
        self._pieces: list[str] = []
        self._keep = False
        self._guides = 0
        data = archive.read(part)
        if data:
            walk(data, archive.file, self._start, self._end, self._text)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = self._names[tag]
        if name == "t":
            self._keep = not self._guides
        elif name == "si":
            self._pieces.clear()
        elif name == "rPh":
            self._guides += 1

    def _end(self, tag: str) -> None:
        name = self._names[tag]
        if name == "t":
            self._keep = False
        elif name == "si":
            self.texts.append(unescape("".join(self._pieces)))
            if len(self.texts) > limits.STRINGS:
                raise too_large(self.file, "strings", len(self.texts), limits.STRINGS)
        elif name == "rPh":
            self._guides -= 1

    def _text(self, text: str) -> None:
        if self._keep:
            self._pieces.append(text)


class _SheetReader:
    """One sheet's part, as a flat state machine over its events."""

    def __init__(
        self,
        archive: Archive,
        part: str,
        strings: list[str],
        formats: list[Format],
        epoch_1904: bool,
        budget: _Budget,
    ) -> None:
        self.archive, self.part, self.file = archive, part, archive.file
        self.strings, self.formats, self.epoch_1904, self.budget = strings, formats, epoch_1904, budget
        self.dressing = any(form.text is not None for form in formats)  # whether one adds words to texts
        self.cells: dict[At, str] = {}
        self.problems: dict[At, Problem] = {}
        self.extras: list[Extra] = []
        self.merges: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.filled_rows: set[int] = set()
        self.present = 0
        self.blank = 0  # values that are an empty text
        self._row = -1
        self._given, self._steps = "", 0  # the last reference in this row, and cells without one since
        self._cell: dict[str, str] = {}
        self._pieces: list[str] | None = None  # of the value; None outside a cell
        self._inline: list[str] = []  # of the text in place
        self._into = self._inline  # which of the two the text goes to
        self._formula = self._guide = self._in_value = False
        self._starts = Handlers({
            "row": self._row_start, "c": self._cell_start, "v": self._value_start, "t": self._inline_start,
            "f": self._formula_start, "rPh": self._guide_start, "mergeCell": self._merge, "col": self._columns,
        })  # fmt: skip
        self._ends = Handlers(
            {"c": self._cell_end, "v": self._value_end, "t": self._value_end, "rPh": self._guide_end}
        )

    def sheet(self, name: str, visible: bool) -> Sheet:
        """Reads the part."""
        walk(self.archive.read(self.part), self.file, self._start, self._end, self._text)
        self.extras += read_extras(self.archive, self.part)
        return Sheet(
            name=name,
            cells=self.cells,
            merges=tuple(self.merges),
            problems=self.problems,
            extras=tuple(self.extras),
            visible=visible,
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if (act := self._starts[tag]) is not None:
            act(attributes)

    def _end(self, tag: str) -> None:
        if (act := self._ends[tag]) is not None:
            act()

    def _text(self, text: str) -> None:
        if self._in_value and self._pieces is not None:
            self._into.append(text)

    def _row_start(self, attributes: dict[str, str]) -> None:
        given = attributes.get("r")
        self._row = number_of(given) - 1 if given else self._row + 1
        self._given, self._steps = "", 0
        if not 0 <= self._row < limits.LAST_ROW:
            raise ReturnError("out-of-grid", file=self.file)
        if attributes.get("hidden") in ("1", "true"):
            self.hidden_rows.add(self._row)

    def _cell_start(self, attributes: dict[str, str]) -> None:
        self._cell = attributes
        self._pieces = []
        self._inline = []
        self._formula = False
        if "r" in attributes:
            self._given, self._steps = attributes["r"], 0
        else:
            self._steps += 1

    def _value_start(self, attributes: dict[str, str]) -> None:
        self._in_value = not self._guide
        self._into = self._pieces if self._pieces is not None else self._inline

    def _inline_start(self, attributes: dict[str, str]) -> None:
        self._in_value = not self._guide
        self._into = self._inline

    def _value_end(self) -> None:
        self._in_value = False

    def _formula_start(self, attributes: dict[str, str]) -> None:
        self._formula = True

    def _guide_start(self, attributes: dict[str, str]) -> None:
        self._guide = True

    def _guide_end(self) -> None:
        self._guide = False

    def _cell_end(self) -> None:
        pieces, self._pieces = self._pieces, None
        kind = self._cell.get("t", "n")
        # some write both; Excel shows the one of the kind
        if self._inline and (kind == "inlineStr" or not pieces):
            pieces, kind = self._inline, "inlineStr" if kind == "n" else kind
        if not pieces and not self._formula:
            return
        raw = "".join(pieces or ())
        if not raw:
            if kind != "str":
                self.problems[self._place()] = Problem.UNCALCULATED
            return
        if kind == "e":
            self.present += 1
            self.problems[self._place()] = Problem.EXCEL_ERROR
            return
        text = self._shown(kind, raw)
        if text is None:
            self.present += 1  # a value that points nowhere: counted, not read
        elif text:
            self._keep(text)
        else:
            self.present += 1
            self.blank += 1

    def _keep(self, text: str) -> None:
        at = self._place()
        self.present += 1
        if text.startswith(_CELL_PICTURE):
            self.extras.append(Extra(OutsideKind.PICTURE, "", at))
            self.blank += 1
            return
        if at not in self.cells:  # a second cell of one name is counted, not read
            self.budget.take(text)
            self.cells[at] = text
            self.filled_rows.add(at[0])
            if len(self.filled_rows) > limits.ROWS:
                raise too_large(self.file, "rows", len(self.filled_rows), limits.ROWS)

    def _place(self) -> At:
        if not self._given:
            return self._row, self._steps - 1
        row, column = self._at(self._given)
        return row, column + self._steps

    def _shown(self, kind: str, raw: str) -> str | None:
        if kind in ("s", "str", "inlineStr"):
            text = self._words(kind, raw)
            return clean_text(show_text(text, self._format())) if text and self.dressing else text
        if kind == "b":
            return str(words()["no" if raw.strip() in ("0", "false") else "yes"][0])
        if kind == "d" and (found := _ISO_DATE.fullmatch(raw.strip())):
            clock = found.group(2)
            return found.group(1) if clock in (None, "00:00") else f"{found.group(1)} {clock}"
        return clean_text(show_number(raw.strip(), self._format(), self.epoch_1904))

    def _words(self, kind: str, raw: str) -> str | None:
        if kind != "s":
            return unescape(raw)
        index = number_of(raw.strip())
        return self.strings[index] if 0 <= index < len(self.strings) else None

    def _format(self) -> Format:
        style = number_of(self._cell.get("s", "0"))
        return self.formats[style] if 0 <= style < len(self.formats) else GENERAL

    def _merge(self, attributes: dict[str, str]) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        if last:
            top, left = self._at(first)
            bottom, right = self._at(last)
            self.merges.append((min(top, bottom), min(left, right), max(top, bottom), max(left, right)))

    def _columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true"):
            first, last = number_of(attributes.get("min", "")), number_of(attributes.get("max", ""))
            self.hidden_columns.update(range(first - 1, min(last, limits.COLUMNS)))

    def _at(self, given: str) -> At:
        at = cell_at(given)
        if at is None:
            raise ReturnError("out-of-grid", file=self.file)
        return at


def unescape(raw: str) -> str:
    """Clean text of a stored string: ``_x000D_`` and its like stand for a character."""
    if "_x" in raw:
        raw = _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), raw)
        raw = raw.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")  # pairs into one
    return clean_text(raw)
