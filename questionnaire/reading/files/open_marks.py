"""The words of an .ods whose cells hold tabs, blanks or line breaks, from its own XML.

The reader that gives the sheets drops all three marks: a table in a cell becomes one run of figures.
"""

from __future__ import annotations

import re

from msgspec import Struct, field
from msgspec.structs import replace

from questionnaire.cells import clean_text, squeeze
from questionnaire.reading.files import limits
from questionnaire.reading.files.archive import Archive
from questionnaire.reading.files.grid import At, Book, Sheet
from questionnaire.reading.files.opendocument import REPEATED_AT_MOST, repeats
from questionnaire.reading.files.xml import Depth, Names, attribute, walk

_BLANKS_AT_MOST = 1_000  # of one run
_BLANKS = re.compile(r"[ \t\r\n]+")


def with_marks(book: Book, archive: Archive) -> Book:
    """The book with tabs, runs of blanks and line breaks inside its cells, where the file has them.

    A cell is changed only where letters and digits stay the same.
    """
    data = archive.read("content.xml")
    if not any(mark in data for mark in (b"<text:tab", b"<text:s/", b"<text:s ", b"<text:line-break")):
        return book
    walker = _Tables(archive.file)
    walk(data, archive.file, walker.start, walker.end, walker.text)
    return replace(
        book, sheets=tuple(_marked(sheet, walker.found.get(sheet.name, {})) for sheet in book.sheets)
    )


def _marked(sheet: Sheet, texts: dict[At, str]) -> Sheet:
    changed = {
        at: text for at, text in texts.items() if squeeze(sheet.cells.get(at, "")) == squeeze(text) != ""
    }
    return replace(sheet, cells={**sheet.cells, **changed}) if changed else sheet


class _Cell(Struct):
    """A cell while it is read."""

    pieces: list[str] = field(default_factory=list)
    marked: bool = False  # holds a tab, blanks or a line break
    repeat: int = 1


class _Tables:
    """Texts of cells with marks, by table and place."""

    def __init__(self, file: str) -> None:
        self.found: dict[str, dict[At, str]] = {}
        self._names, self._depth = Names(), Depth(file)
        self._texts: dict[At, str] = {}
        self._row = self._column = 0
        self._rows = 1  # times that the row is repeated
        self._cell: _Cell | None = None
        self._aside = 0  # inside a comment or a pronunciation guide
        self._paragraphs = 0
        self._size = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth.down()
        name = self._names[tag]
        if name == "table":
            self._texts = self.found.setdefault(clean_text(attribute(attributes, "name")), {})
            self._row = 0
        elif name == "table-row":
            self._rows = repeats(attributes, "number-rows-repeated")
            self._column = 0
        elif name in ("table-cell", "covered-table-cell"):
            self._cell = _Cell(repeat=repeats(attributes, "number-columns-repeated"))
        elif name in ("annotation", "ruby-text"):
            self._aside += 1
        elif self._cell is not None and not self._aside:
            self._mark(self._cell, name, attributes)

    def _mark(self, cell: _Cell, name: str, attributes: dict[str, str]) -> None:
        if name == "p":
            if cell.pieces:
                cell.pieces.append("\n")
            self._paragraphs += 1
        elif name in ("tab", "line-break"):
            cell.pieces.append("\t" if name == "tab" else "\n")
            cell.marked = True
        elif name == "s":
            count = min(repeats(attributes, "c"), _BLANKS_AT_MOST)
            cell.pieces.append(" " * count)
            cell.marked = True

    def end(self, tag: str) -> None:
        """An element ends."""
        self._depth.up()
        name = self._names[tag]
        if name in ("annotation", "ruby-text"):
            self._aside -= 1
        elif name == "p" and self._cell is not None and not self._aside:
            self._paragraphs -= 1
        elif name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._keep(self._cell)
            self._column += self._cell.repeat
            self._cell = None
        elif name == "table-row":
            self._row += self._rows

    def text(self, data: str) -> None:
        """Words; blanks and line ends of the XML itself count as one blank."""
        if self._cell is not None and self._paragraphs and not self._aside:
            self._cell.pieces.append(_BLANKS.sub(" ", data))

    def _keep(self, cell: _Cell) -> None:
        text = clean_text("".join(cell.pieces)) if cell.marked else ""
        if not text:
            return
        for row in range(self._row, self._row + min(self._rows, REPEATED_AT_MOST)):
            for column in range(self._column, self._column + min(cell.repeat, REPEATED_AT_MOST)):
                self._size += len(text)
                if self._size > limits.TEXT:
                    return
                self._texts[row, column] = text
