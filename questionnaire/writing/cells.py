"""Texts put into cells of one sheet's part; every other byte of the part stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from msgspec import Struct

from questionnaire.cells import clean_text
from questionnaire.reading.files.elements import Element, Splice, at_end, elements, spliced
from questionnaire.reading.files.formats import number_of
from questionnaire.reading.files.grid import At, cell_at, reference

_KEPT = ("r", "s", "ph")  # of a cell's attributes: a new text has no type, picture or array of the old value
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class CellText(Struct, frozen=True):
    """What a cell is to hold."""

    text: str  # empty for nothing
    style: int | None = None  # index into the workbook's cell formats; None for the one the cell has


class _Row(Struct):
    """A row of the part and its cells by column."""

    element: Element
    cells: dict[int, Element]


def with_texts(data: bytes, file: str, texts: Mapping[At, CellText]) -> tuple[bytes, tuple[At, ...]]:
    """A sheet's part with texts in some cells, and which of them held a formula.

    A text is always a text, whatever it begins with; a cell keeps its style, a new one has its row's or column's.

    Raises:
        ReturnError: the part is not well-formed.
    """
    found = elements(data, file, {"sheetData", "row", "c", "f", "col", "dimension"})
    whole = next((element for element in found if element.name == "sheetData"), None)
    if whole is None:
        return data, ()
    rows = _rows(found)
    columns = [element for element in found if element.name == "col"]
    by_row: dict[int, dict[int, CellText]] = {}
    for (row, column), text in sorted(texts.items()):
        by_row.setdefault(row, {})[column] = text
    splices: list[Splice] = []
    new_rows: list[tuple[int, bytes]] = []
    for row, cells in by_row.items():
        if row in rows:
            splices += _in_row(data, row, rows[row], cells, columns)
        else:
            inside = b"".join(_cell(whole.prefix, row, c, t, _style(columns, c)) for c, t in cells.items())
            tag = f"{whole.prefix}row"
            new_rows.append((row, f'<{tag} r="{row + 1}">'.encode() + inside + f"</{tag}>".encode()))
    splices += _new_rows(data, whole, rows, new_rows)
    splices += _dimension(data, found, texts)
    formulas = [element for element in found if element.name == "f"]
    return spliced(data, splices), tuple(at for at in sorted(texts) if _holds(rows, at, formulas))


def _rows(found: list[Element]) -> dict[int, _Row]:
    """The rows by number from 0, with their cells; both may come without their names."""
    rows: dict[int, _Row] = {}
    row, column = -1, -1
    for element in found:
        if element.name == "row":
            given = element.attributes.get("r")
            row, column = (number_of(given) - 1 if given else row + 1), -1
            rows.setdefault(row, _Row(element, {}))
        elif element.name == "c" and row in rows:
            at = cell_at(element.attributes.get("r", ""))
            column = at[1] if at else column + 1
            rows[at[0] if at and at[0] in rows else row].cells.setdefault(column, element)
    return rows


def _in_row(
    data: bytes, number: int, row: _Row, texts: Mapping[int, CellText], columns: list[Element]
) -> Iterator[Splice]:
    """The changes inside a row that is there."""
    tag, prefix = row.element, row.element.prefix
    attributes = tag.attributes
    own = number_of(attributes.get("s", "0")) if attributes.get("customFormat") in ("1", "true") else None
    new: dict[int, bytes] = {}
    for column, text in texts.items():
        cell = row.cells.get(column)
        if cell is not None:
            kept = {name: cell.attributes[name] for name in _KEPT if name in cell.attributes}
            yield cell.start, cell.end, _element(prefix, kept, text)
            continue
        style = own if own is not None else _style(columns, column)
        at = next((other.start for c, other in sorted(row.cells.items()) if c > column), None)
        if at is None:
            at = max((other.end for other in row.cells.values()), default=tag.inner)
        new[at] = new.get(at, b"") + _cell(prefix, number, column, text, style)
    if not tag.empty:
        yield from ((at, at, inside) for at, inside in new.items())
    elif new:
        yield from at_end(data, tag, b"".join(new.values()))


def _new_rows(
    data: bytes, whole: Element, rows: Mapping[int, _Row], new: list[tuple[int, bytes]]
) -> Iterator[Splice]:
    if new and whole.empty:
        yield from at_end(data, whole, b"".join(row for _, row in new))
        return
    starts = sorted((number, row.element.start) for number, row in rows.items())
    for number, inside in new:
        at = next((start for other, start in starts if other > number), whole.inner_end)
        yield at, at, inside


def _dimension(data: bytes, found: list[Element], texts: Mapping[At, CellText]) -> Iterator[Splice]:
    """The used area that the part states, widened where a text lies outside it."""
    for element in found:
        first, _, last = element.attributes.get("ref", "").partition(":")
        corners = [at for at in (cell_at(first), cell_at(last or first)) if at]
        if element.name != "dimension" or len(corners) < 2:
            continue
        every = [*corners, *texts]
        top, left = (min(at[axis] for at in every) for axis in (0, 1))
        bottom, right = (max(at[axis] for at in every) for axis in (0, 1))
        if [(top, left), (bottom, right)] != corners:
            area = f"{reference(top, left)}:{reference(bottom, right)}"
            tag = data[element.start : element.inner]
            yield element.start, element.inner, tag.replace(element.attributes["ref"].encode(), area.encode())


def _style(columns: list[Element], column: int) -> int | None:
    for each in columns:
        first, last = (number_of(each.attributes.get(name, "")) for name in ("min", "max"))
        if first - 1 <= column < last and "style" in each.attributes:
            return number_of(each.attributes["style"])
    return None


def _holds(rows: Mapping[int, _Row], at: At, inner: list[Element]) -> bool:
    cell = rows[at[0]].cells.get(at[1]) if at[0] in rows else None
    return cell is not None and any(cell.start < each.start < cell.end for each in inner)


def _cell(prefix: str, row: int, column: int, text: CellText, style: int | None) -> bytes:
    attributes = {"r": reference(row, column)} | ({} if style is None else {"s": str(style)})
    return _element(prefix, attributes, text)


def _element(prefix: str, attributes: Mapping[str, str], text: CellText) -> bytes:
    given = dict(attributes) if text.style is None else {**attributes, "s": str(text.style)}
    shown = "".join(f' {name}="{escape(value)}"' for name, value in given.items())
    if not text.text:
        return f"<{prefix}c{shown}/>".encode()
    return (
        f'<{prefix}c{shown} t="inlineStr"><{prefix}is><{prefix}t xml:space="preserve">{as_stored(text.text)}'
        f"</{prefix}t></{prefix}is></{prefix}c>"
    ).encode()


def at_of(cell: str) -> At:
    """Row and column from 0 of a cell that is known to be one."""
    at = cell_at(cell)
    if at is None:
        raise ValueError(cell)
    return at


def as_stored(text: str) -> str:
    """Text as a workbook stores it: no control characters; ``_x000D_``, typed as such, would stand for one."""
    return escape(_LOOKS_ESCAPED.sub("_x005F_", clean_text(text)))
