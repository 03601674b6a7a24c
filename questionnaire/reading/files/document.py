"""A Word document's body as lines and tables, in order, with the automatic numbers written out.

Text in content controls, tracked insertions and nested tables is kept where it stands; deleted and hidden text,
text boxes, notes and pictures are set aside and named.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from frameworks.ground.errors import ReturnError
from questionnaire.answers import OutsideKind
from questionnaire.cells import clean_text
from questionnaire.reading.files import limits
from questionnaire.reading.files.archive import Archive, too_large
from questionnaire.reading.files.formats import number_of
from questionnaire.reading.files.grid import Area, At
from questionnaire.reading.files.numbering import Numbering
from questionnaire.reading.files.xml import Depth, Names, attribute, walk

_OFF = frozenset({"0", "false", "off", "none"})
_CLOSING = "、）)】】．"  # behind these no blank follows a number
_TICKS = {"F0FE": "☑", "F052": "☑", "F0FD": "☒", "F0A8": "☐", "F0A3": "☐", "F06F": "☐"}  # Wingdings
_PICTURES = frozenset({"pic", "imagedata", "chart", "relIds"})
_SET_ASIDE = {
    "txbxContent": OutsideKind.TEXT_BOX,
    "del": OutsideKind.DELETED,
    "moveFrom": OutsideKind.DELETED,
}


@dataclass
class Table:
    """One table: cells by row and column."""

    cells: dict[At, str] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)

    def lines(self) -> list[str]:
        """A row a line, cells parted by tabs."""
        rows: dict[int, list[str]] = {}
        for (row, _), text in sorted(self.cells.items()):
            rows.setdefault(row, []).append(" ".join(text.split("\n")))
        return ["\t".join(cells) for cells in rows.values()]


@dataclass
class Body:
    """What a document holds, in order."""

    blocks: list[str | Table] = field(default_factory=list)
    aside: list[tuple[OutsideKind, str]] = field(default_factory=list)
    paragraphs: int = 0  # all that were met, blank ones too


@dataclass
class _Paragraph:
    pieces: list[str] = field(default_factory=list)
    style: str = ""
    number: str = ""
    level: int | None = None
    in_properties: bool = False


@dataclass
class _Run:
    pieces: list[str] = field(default_factory=list)
    hidden: bool = False


@dataclass
class _Row:
    """A table while it is read."""

    table: Table = field(default_factory=Table)
    row: int = -1
    column: int = 0
    span: int = 1
    joined: bool = False  # the cell goes on with the one above
    lines: list[str] = field(default_factory=list)
    open_merges: dict[int, tuple[int, int]] = field(default_factory=dict)  # column → first row, width


class _Walker:
    """Follows the document's elements."""

    def __init__(self, numbering: Numbering, file: str) -> None:
        self.body = Body()
        self.file = file
        self.numbering = numbering
        self._names, self._depth = Names(), Depth(file)
        self._paragraphs: list[_Paragraph] = []
        self._tables: list[_Row] = []
        self._aside: list[tuple[OutsideKind, list[str], int]] = []  # kind, words, tables outside it
        self._runs: list[_Run] = []  # a text box stands inside a run, and holds runs
        self._in_run_properties = False
        self._keep = ""  # the element whose text is wanted
        self._skip = 0  # inside a fallback or a placeholder
        self._placeholders: list[bool] = []
        self._size = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: PLR0912 - a flat table of elements
        """An element begins."""
        self._depth.down()
        name = self._names[tag]
        if name in ("t", "delText"):
            self._keep = name
        elif name == "p":
            self._paragraphs.append(_Paragraph())
            self.body.paragraphs += not self._skip
        elif name == "r":
            self._runs.append(_Run())
        elif name == "pPr" and self._paragraphs:
            self._paragraphs[-1].in_properties = True
        elif name == "rPr":
            self._in_run_properties = True
        elif name in ("pStyle", "numId", "ilvl"):
            self._property(name, attribute(attributes, "val"))
        elif name == "vanish" and self._in_run_properties and self._runs:
            self._runs[-1].hidden = attribute(attributes, "val") not in _OFF
        elif name in ("tab", "br", "cr", "noBreakHyphen", "sym"):
            self._mark(name, attributes)
        elif name in ("tbl", "tr", "tc", "gridSpan", "vMerge"):
            self._table_start(name, attributes)
        elif name in _SET_ASIDE and not self._in_run_properties:
            self._aside.append((_SET_ASIDE[name], [], len(self._tables)))
        elif name == "Fallback":
            self._skip += 1
        elif name == "sdt":
            self._placeholders.append(False)
        elif name == "showingPlcHdr" and self._placeholders:
            self._placeholders[-1] = attribute(attributes, "val") not in _OFF
        elif name == "sdtContent":
            self._skip += bool(self._placeholders and self._placeholders[-1])
        elif not self._skip and name in _PICTURES:
            self.body.aside.append((OutsideKind.PICTURE, ""))
        elif not self._skip and name in ("OLEObject", "altChunk"):
            self.body.aside.append((OutsideKind.OBJECT, ""))

    def end(self, tag: str) -> None:
        """An element ends."""
        self._depth.up()
        name = self._names[tag]
        if name == self._keep:
            self._keep = ""
        elif name == "p" and self._paragraphs:
            self._paragraph_end()
        elif name == "r" and self._runs:
            self._run_end(self._runs.pop())
        elif name == "pPr" and self._paragraphs:
            self._paragraphs[-1].in_properties = False
        elif name == "rPr":
            self._in_run_properties = False
        elif name in ("tbl", "tc"):
            self._table_end(name)
        elif name in _SET_ASIDE and self._aside and not self._in_run_properties:
            kind, words, _ = self._aside.pop()
            if text := clean_text("\n".join(words) if kind is OutsideKind.TEXT_BOX else "".join(words)):
                self.body.aside.append((kind, text))
        elif name == "Fallback":
            self._skip -= 1
        elif name == "sdtContent":
            self._skip -= bool(self._placeholders and self._placeholders[-1])
        elif name == "sdt" and self._placeholders:
            self._placeholders.pop()

    def text(self, data: str) -> None:
        """Words."""
        if not self._keep or self._skip:
            return
        self._size += len(data)
        if self._size > limits.NARRATIVE:
            raise too_large(self.file, "text", self._size, limits.NARRATIVE)
        if self._keep == "delText":
            if self._aside:
                self._aside[-1][1].append(data)
        elif self._runs:
            self._runs[-1].pieces.append(data)

    def _property(self, name: str, value: str) -> None:
        if not self._paragraphs or not self._paragraphs[-1].in_properties:
            return
        paragraph = self._paragraphs[-1]
        if name == "pStyle":
            paragraph.style = value
        elif name == "numId":
            paragraph.number = value
        else:
            paragraph.level = number_of(value)

    def _mark(self, name: str, attributes: dict[str, str]) -> None:
        if self._skip or not self._runs or not self._paragraphs or self._paragraphs[-1].in_properties:
            return
        pieces = self._runs[-1].pieces
        if name == "tab":
            pieces.append("\t")
        elif name == "noBreakHyphen":
            pieces.append("-")
        elif name == "sym":
            pieces.append(_TICKS.get(attribute(attributes, "char").upper(), ""))
        elif attribute(attributes, "type") in ("", "textWrapping"):
            pieces.append("\n")

    def _run_end(self, run: _Run) -> None:
        words = "".join(run.pieces)
        if not words:
            return
        if self._aside and self._aside[-1][0] is OutsideKind.DELETED:
            self._aside[-1][1].append(words)
        elif run.hidden:
            self.body.aside.append((OutsideKind.HIDDEN_TEXT, clean_text(words)))
        elif self._paragraphs:
            self._paragraphs[-1].pieces.append(words)

    def _paragraph_end(self) -> None:
        paragraph = self._paragraphs.pop()
        text = "".join(paragraph.pieces)
        if text.count("\t") < 2:
            text = text.replace("\t", " ")  # an indent; more of them make a table
        text = clean_text(text)
        if text:
            label = self.numbering.label(paragraph.style, paragraph.number, paragraph.level)
            text = f"{label}{'' if not label or label[-1] in _CLOSING else ' '}{text}"
            self._put(text)

    def _put(self, text: str) -> None:
        """A finished paragraph goes into the text box, the cell or the body that it stands in."""
        if (
            self._aside
            and self._aside[-1][0] is OutsideKind.TEXT_BOX
            and (len(self._tables) == self._aside[-1][2])
        ):
            self._aside[-1][1].append(text)
        elif self._tables:
            self._tables[-1].lines.append(text)
        else:
            self.body.blocks.extend(text.split("\n"))

    def _table_start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "tbl":
            self._tables.append(_Row())
            return
        if not self._tables:
            return
        table = self._tables[-1]
        if name == "tr":
            table.row += 1
            table.column = 0
            if table.row > limits.ROWS:
                raise too_large(self.file, "rows", table.row, limits.ROWS)
        elif name == "tc":
            table.span, table.joined, table.lines = 1, False, []
        elif name == "gridSpan":
            table.span = max(1, min(number_of(attribute(attributes, "val")), limits.COLUMNS))
        else:
            table.joined = attribute(attributes, "val") != "restart"
            if not table.joined:
                table.open_merges[table.column] = (table.row, table.span)

    def _table_end(self, name: str) -> None:
        if not self._tables:
            return
        if name == "tc":
            self._cell_end(self._tables[-1])
            return
        table = self._tables.pop().table
        if not table.cells:
            return
        if self._tables:  # a table inside a cell: its rows are lines of that cell
            self._tables[-1].lines.extend(table.lines())
        elif self._aside and self._aside[-1][0] is OutsideKind.TEXT_BOX:
            self._aside[-1][1].extend(table.lines())
        else:
            self.body.blocks.append(table)

    def _cell_end(self, table: _Row) -> None:
        at = (table.row, table.column)
        text = "\n".join(table.lines)
        if text:
            table.table.cells[at] = text
        last = table.column + table.span - 1
        if table.joined and table.column in table.open_merges:
            first, width = table.open_merges[table.column]
            table.table.merges.append((first, table.column, table.row, table.column + width - 1))
        elif table.span > 1:
            table.table.merges.append((table.row, table.column, table.row, last))
        table.column = min(last + 1, limits.LAST_COLUMN)
        if len(table.table.cells) > limits.CELLS:
            raise too_large(self.file, "cells", len(table.table.cells), limits.CELLS)


def read_body(archive: Archive, part: str, numbering: Numbering) -> Body:
    """The body of a document.

    Raises:
        ReturnError: damaged, or beyond a limit.
    """
    walker = _Walker(numbering, archive.file)
    data = archive.read(part)
    if not data:
        raise ReturnError("damaged", file=archive.file)
    walk(data, archive.file, walker.start, walker.end, walker.text)
    return walker.body


def read_notes(archive: Archive, part: str, kind: OutsideKind) -> list[tuple[OutsideKind, str]]:
    """Footnotes, endnotes or comments, one a piece."""
    names = Names()
    depth = Depth(archive.file)
    found: list[tuple[OutsideKind, str]] = []
    pieces: list[str] = []
    keep = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal keep
        depth.down()
        keep = names[tag] == "t"

    def end(tag: str) -> None:
        nonlocal keep
        depth.up()
        keep = False
        if names[tag] in ("footnote", "endnote", "comment"):
            if text := clean_text("".join(pieces)):
                found.append((kind, text))
            pieces.clear()

    def text(data: str) -> None:
        if keep:
            pieces.append(data)

    walk(archive.read(part), archive.file, start, end, text)
    return found
