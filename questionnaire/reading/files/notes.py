"""Footnotes, endnotes and comments of a Word document, read as its body is."""

from __future__ import annotations

from msgspec.structs import replace

from questionnaire.answers import OutsideKind
from questionnaire.cells import clean_text
from questionnaire.reading.files.archive import Archive
from questionnaire.reading.files.document import Aside, DocumentReader, Line
from questionnaire.reading.files.numbering import Numbering
from questionnaire.reading.files.xml import walk

_NOTES = frozenset({"footnote", "endnote", "comment"})


class _NoteReader(DocumentReader):
    """Puts every note aside as one piece."""

    def __init__(self, file: str, kind: OutsideKind) -> None:
        super().__init__(Numbering(), file)
        self.kind = kind

    def end(self, tag: str) -> None:
        """An element ends."""
        super().end(tag)
        if self._names[tag] in _NOTES:
            lines: list[str] = []
            for block in self.body.blocks:
                lines += [block.shown] if isinstance(block, Line) else block.lines()
            self.body.blocks.clear()
            if text := clean_text("\n".join(lines)):
                self.body.aside.append(Aside(self.kind, text))


def read_notes(archive: Archive, part: str, kind: OutsideKind) -> list[Aside]:
    """The notes of a part, one a piece, and what is set aside in them.

    Raises:
        ReturnError: damaged, or beyond a limit.
    """
    reader = _NoteReader(archive.file, kind)
    walk(archive.read(part), archive.file, reader.start, reader.end, reader.text)
    return [replace(found, block=-1) for found in reader.body.aside]
