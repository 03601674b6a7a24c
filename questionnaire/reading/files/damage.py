"""What a second reader may be believed about an OOXML workbook that our own refused: parts that are whole, counted.

calamine compares no checksum and reads on behind a broken tag, so that one flipped bit is another digit in an answer.
It serves where all bytes are those that were packed and every part with values is well-formed.
"""

from __future__ import annotations

from frameworks.ground.errors import ReturnError
from questionnaire.reading.files.archive import Archive
from questionnaire.reading.files.binary import Count
from questionnaire.reading.files.xml import Names, walk

_VALUES = ("/worksheets/", "/sharedstrings", "/styles", "/workbook")  # parts that an answer depends on


def count_parts(archive: Archive) -> tuple[Count, str]:
    """The cells with a value in all sheets, and the first part that is damaged ("" where none is)."""
    damaged = archive.first_damaged()
    count = Count()
    for key, member in archive.members.items():
        if not key.endswith(".xml") or not any(part in "/" + key for part in _VALUES):
            continue
        try:
            count.present += _values(archive, key) if "/worksheets/" in key else _walked(archive, key)
        except ReturnError as error:
            if error.code != "damaged":
                raise
            damaged = damaged or member.filename
    return count, damaged


def _values(archive: Archive, key: str) -> int:
    """Cells of a sheet with a value of their own or a text in place."""
    names = Names()
    found, filled, inside = 0, False, False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal filled, inside
        name = names[tag]
        if name == "c":
            filled = False
        inside = name in ("v", "t")

    def end(tag: str) -> None:
        nonlocal found, inside
        inside = False
        if names[tag] == "c":
            found += filled

    def text(data: str) -> None:
        nonlocal filled
        filled = filled or inside

    walk(archive.read(key), archive.file, start, end, text)
    return found


def _walked(archive: Archive, key: str) -> int:
    """Nothing to count, but well-formed.

    Raises:
        ReturnError: it is not.
    """
    walk(archive.read(key), archive.file, lambda tag, attributes: None, lambda tag: None, lambda text: None)
    return 0
