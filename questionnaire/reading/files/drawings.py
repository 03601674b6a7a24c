"""What lies over, beside or in a sheet's cells: comments, text boxes, pictures, embedded files. Noted, never opened."""

from __future__ import annotations

from questionnaire.answers import OutsideKind
from questionnaire.cells import clean_text
from questionnaire.reading.files.archive import Archive
from questionnaire.reading.files.formats import number_of
from questionnaire.reading.files.grid import At, Extra, cell_at
from questionnaire.reading.files.relations import relations
from questionnaire.reading.files.rich_values import pictures_of
from questionnaire.reading.files.xml import Names, walk

MOST = 10_000  # of one kind; more say nothing new
_RICH, _WPS = b" vm=", b"DISPIMG("
_OBJECTS = frozenset({"oleObject", "package", "control"})


def read_extras(archive: Archive, part: str) -> list[Extra]:
    """What hangs on a sheet's part."""
    found: list[Extra] = []
    for relation in relations(archive, part):
        if relation.kind == "comments" and relation.target in archive:
            found += _comments(archive, relation.target)
        elif relation.kind == "drawing" and relation.target in archive:
            found += _drawing(archive, relation.target)
        elif relation.kind in _OBJECTS:
            found.append(Extra(OutsideKind.OBJECT, "", (0, 0)))
    return found + _in_cells(archive, part)


def _in_cells(archive: Archive, part: str) -> list[Extra]:
    """Pictures that are a cell's value: Excel stores an error with a rich value, WPS a formula that Excel cannot
    calculate. A cell in which WPS left a text instead is noted with the cells themselves.
    """
    data = archive.read(part)
    rich = pictures_of(archive) if _RICH in data else frozenset()
    if rich == frozenset() and _WPS not in data:
        return []
    cells = _PictureCells(rich)
    walk(data, archive.file, cells.start, cells.end, cells.text)
    return cells.found


class _PictureCells:
    """Cells without a readable value that show a picture."""

    def __init__(self, rich: frozenset[int] | None) -> None:
        self.found: list[Extra] = []
        self._rich = rich  # rich values that are pictures, from 1; None where the file does not tell
        self._names = Names()
        self._cell: dict[str, str] = {}
        self._formula: list[str] = []
        self._value: list[str] = []
        self._into: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = self._names[tag]
        if name == "c":
            self._cell = attributes
            self._formula, self._value = [], []
        elif name in ("f", "v"):
            self._into = self._formula if name == "f" else self._value

    def end(self, tag: str) -> None:
        """An element ends."""
        name = self._names[tag]
        if name in ("f", "v"):
            self._into = None
        elif name == "c" and len(self.found) < MOST and self._shows_picture():
            at = cell_at(self._cell.get("r", ""))
            if at is not None:
                self.found.append(Extra(OutsideKind.CELL_PICTURE, "", at))

    def text(self, data: str) -> None:
        """A formula or a value."""
        if self._into is not None:
            self._into.append(data)

    def _shows_picture(self) -> bool:
        is_error = self._cell.get("t") == "e"
        if not is_error and self._value:
            return False
        if _WPS.decode() in "".join(self._formula):
            return True
        value = number_of(self._cell.get("vm", ""))
        return is_error and value > 0 and (self._rich is None or value in self._rich)


def _comments(archive: Archive, part: str) -> list[Extra]:
    names = Names()
    found: list[Extra] = []
    pieces: list[str] = []
    at: At = (0, 0)
    keep = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal at, keep
        name = names[tag]
        if name == "comment":
            at = cell_at(attributes.get("ref", "")) or (0, 0)
            pieces.clear()
        elif name == "t":
            keep = True

    def end(tag: str) -> None:
        nonlocal keep
        name = names[tag]
        if name == "t":
            keep = False
        elif name == "comment" and len(found) < MOST and (text := clean_text("".join(pieces))):
            found.append(Extra(OutsideKind.COMMENT, text, at))

    def text(data: str) -> None:
        if keep:
            pieces.append(data)

    walk(archive.read(part), archive.file, start, end, text)
    return found


class _Drawing:
    """Shapes with words, and pictures, each at the cell under its corner."""

    def __init__(self) -> None:
        self.found: list[Extra] = []
        self._names = Names()
        self._row = self._column = 0
        self._keep = ""  # the element whose text is wanted
        self._from = False
        self._pieces: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = self._names[tag]
        if name == "from":
            self._from = True
        elif name in ("row", "col") and self._from:
            self._keep = name
        elif name == "t":
            self._keep = "t"
        elif name in ("sp", "pic"):
            self._pieces.clear()

    def end(self, tag: str) -> None:
        """An element ends."""
        name = self._names[tag]
        if name == "from":
            self._from = False
        elif name == self._keep:
            self._keep = ""
        elif name == "p":
            self._pieces.append("\n")
        elif name in ("sp", "pic") and len(self.found) < MOST:
            text = clean_text("".join(self._pieces))
            kind = OutsideKind.TEXT_BOX if name == "sp" else OutsideKind.PICTURE
            if text or name == "pic":
                self.found.append(Extra(kind, text if name == "sp" else "", (self._row, self._column)))

    def text(self, data: str) -> None:
        """Words, or the number of a row or column."""
        if self._keep == "row":
            self._row = max(0, number_of(data.strip()))
        elif self._keep == "col":
            self._column = max(0, number_of(data.strip()))
        elif self._keep == "t":
            self._pieces.append(data)


def _drawing(archive: Archive, part: str) -> list[Extra]:
    drawing = _Drawing()
    walk(archive.read(part), archive.file, drawing.start, drawing.end, drawing.text)
    return drawing.found
