"""What lies over or beside a sheet's cells: comments, text boxes, pictures, embedded files. Noted, never opened."""

from __future__ import annotations

from questionnaire.answers import OutsideKind
from questionnaire.cells import clean_text
from questionnaire.reading.files.archive import Archive
from questionnaire.reading.files.formats import number_of
from questionnaire.reading.files.grid import At, Extra, cell_at
from questionnaire.reading.files.relations import relations
from questionnaire.reading.files.xml import Names, walk

MOST = 10_000  # of one kind; more say nothing new
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
    return found


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
