"""Cells with a value in an .ods, counted from its XML: what the other reader must have found."""

from __future__ import annotations

from questionnaire.reading.files.archive import Archive
from questionnaire.reading.files.binary import Count
from questionnaire.reading.files.formats import number_of
from questionnaire.reading.files.xml import Depth, Names, attribute, walk

_REPEATED_AT_MOST = 1_000  # a value repeated further is a fill, not an answer


def count_open(archive: Archive) -> Count:
    """Counts the cells of all tables that hold a value or words."""
    count = Count()
    names = Names()
    depth = Depth(archive.file)
    value, repeat, words = "", 1, False
    in_cell = in_note = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal value, repeat, words, in_cell, in_note
        depth.down()
        name = names[tag]
        if name == "table-cell":
            in_cell, words = True, False
            value = attribute(attributes, "value-type")
            repeat = max(1, number_of(attribute(attributes, "number-columns-repeated")))
        elif name == "annotation":
            in_note = True

    def end(tag: str) -> None:
        nonlocal in_cell, in_note
        depth.up()
        name = names[tag]
        if name == "table-cell" and in_cell:
            in_cell = False
            if words or (value and value != "string"):
                count.present += min(repeat, _REPEATED_AT_MOST)
        elif name == "annotation":
            in_note = False

    def text(data: str) -> None:
        nonlocal words
        words = words or (in_cell and not in_note and not data.isspace())

    walk(archive.read("content.xml"), archive.file, start, end, text)
    return count
