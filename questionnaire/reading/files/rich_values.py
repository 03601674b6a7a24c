"""Which rich values of a workbook are pictures: Excel's "place in cell" stores an error with one of them beside it."""

from __future__ import annotations

from questionnaire.reading.files.archive import Archive
from questionnaire.reading.files.formats import number_of
from questionnaire.reading.files.xml import Names, attribute, walk

_IMAGES = frozenset({"_localImage", "_webimage"})
_METADATA = "xl/metadata.xml"
_VALUES = "xl/richData/rdrichvalue.xml"
_STRUCTURES = "xl/richData/rdrichvaluestructure.xml"


def pictures_of(archive: Archive) -> frozenset[int] | None:
    """The cells' numbers (``vm``, from 1) of values that are pictures; None where the file does not tell.

    Others are errors with more behind them (#SPILL!, #FIELD!), or linked data.
    """
    if not all(part in archive for part in (_METADATA, _VALUES, _STRUCTURES)):
        return None
    kinds = dict(enumerate(_attributes(archive, _STRUCTURES, "s", "t")))
    values = dict(enumerate(map(number_of, _attributes(archive, _VALUES, "rv", "s"))))
    rich, cells = _metadata(archive)
    return frozenset(
        number
        for number, cell in enumerate(cells, start=1)
        if kinds.get(values.get(rich.get(cell, -1), -1)) in _IMAGES
    )


def _attributes(archive: Archive, part: str, element: str, local: str) -> list[str]:
    """One attribute of every element of a name, in order."""
    names = Names()
    found: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if names[tag] == element:
            found.append(attribute(attributes, local))

    walk(archive.read(part), archive.file, start, lambda tag: None, lambda text: None)
    return found


def _metadata(archive: Archive) -> tuple[dict[int, int], list[int]]:
    """Rich values by the block that names each, and the block of each cell's number."""
    names = Names()
    rich: dict[int, int] = {}
    cells: list[int] = []
    inside = ""
    block = -1

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside, block
        name = names[tag]
        if name in ("futureMetadata", "valueMetadata", "cellMetadata"):
            is_rich = name != "futureMetadata" or attribute(attributes, "name") == "XLRICHVALUE"
            inside, block = (name if is_rich else ""), -1
        elif name == "bk":
            block += 1
        elif name == "rvb" and inside == "futureMetadata":
            rich[block] = number_of(attribute(attributes, "i"))
        elif name == "rc" and inside == "valueMetadata":
            cells.append(number_of(attribute(attributes, "v")))

    walk(archive.read(_METADATA), archive.file, start, lambda tag: None, lambda text: None)
    return rich, cells
