"""Notes put on cells of one sheet: in the list of comments, and as the boxes that Excel shows them in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr

from questionnaire.reading.files.elements import Element, elements, spliced
from questionnaire.reading.files.formats import number_of
from questionnaire.reading.files.grid import At, cell_at, reference
from questionnaire.reading.files.xml import attribute
from questionnaire.writing.cells import as_stored
from questionnaire.writing.order import place_of
from questionnaire.writing.package import TYPES, Draft, appended

WIDTH, LINE, TALLEST = 340, 17, 620  # pixels of a box, of a line in it, of the tallest box
LETTERS = 52  # letters in one line of a box; a Chinese character takes two
_COLUMN, _ROW = 64, 20  # pixels of a column and a row that say nothing of their size
_SHAPE = re.compile(rb"<v:shape\b.*?</v:shape>", re.DOTALL)
_SHAPE_ID = re.compile(rb"_x0000_s(\d+)")
_BOXES = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" '
    b'data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    b'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" '
    b'o:connecttype="rect"/></v:shapetype></xml>'
)
_BOX = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{id}" type="#_x0000_t202" '
    'style="position:absolute;width:{width}pt;height:{height}pt;z-index:{order};visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" '
    'obscured="t"/><v:path o:connecttype="none"/><v:textbox><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


def put_comments(draft: Draft, sheet: str, notes: Mapping[At, str], author: str) -> tuple[At, ...]:
    """Puts notes on cells; a note of the same author gives way, anybody else's stays.

    Args:
        draft: the copy in the making.
        sheet: the sheet's part.
        notes: texts by cell.
        author: whose they are.

    Returns:
        Cells that have somebody else's comment, and so got none.
    """
    part = draft.linked(sheet, "comments")
    if part:
        _drop_own(draft, sheet, part, author)
    taken = (
        {cell_at(each.attributes.get("ref", "")) for each in draft.elements(part, "comment")}
        if part
        else set()
    )
    new = {at: text for at, text in sorted(notes.items()) if at not in taken}
    if new:
        part = part or _new_list(draft, sheet)
        number = _author(draft, part, author)
        x = draft.elements(part, "commentList")[0].prefix
        lines = "".join(
            f'<{x}comment ref="{reference(*at)}" authorId="{number}"><{x}text><{x}r><{x}rPr><{x}sz val="9"/>'
            f'<{x}color indexed="81"/><{x}rFont val="Microsoft YaHei"/></{x}rPr><{x}t xml:space="preserve">'
            f"{as_stored(text)}</{x}t></{x}r></{x}text></{x}comment>"
            for at, text in new.items()
        )
        draft.write(part, appended(draft.read(part), draft.file, "commentList", lines))
        _put_boxes(draft, sheet, new)
    return tuple(at for at in sorted(notes) if at in taken)


def _drop_own(draft: Draft, sheet: str, part: str, author: str) -> None:
    """Takes out what the author wrote before, with its boxes."""
    data = draft.read(part)
    found = elements(data, draft.file, {"author", "comment"})
    names = [data[each.inner : each.inner_end].decode() for each in found if each.name == "author"]
    own = {str(number) for number, name in enumerate(names) if name == escape(author)}
    gone = [each for each in found if each.name == "comment" and each.attributes.get("authorId") in own]
    draft.write(part, spliced(data, [(each.start, each.end, b"") for each in gone]))
    boxes = _boxes_of(draft, sheet)
    cells = {cell_at(each.attributes.get("ref", "")) for each in gone}
    if boxes and cells:
        kept = _SHAPE.sub(lambda m: b"" if _cell_of(m.group()) in cells else m.group(), draft.read(boxes))
        draft.write(boxes, kept)


def _cell_of(shape: bytes) -> At | None:
    row = re.search(rb"<x:Row>\s*(\d+)", shape)
    column = re.search(rb"<x:Column>\s*(\d+)", shape)
    return (int(row.group(1)), int(column.group(1))) if row and column else None


def _new_list(draft: Draft, sheet: str) -> str:
    part = draft.free("xl/comments{}.xml")
    root = draft.elements(sheet, "worksheet")[0].attributes
    space = next((value for key, value in root.items() if key.startswith("xmlns") and "/main" in value), "")
    empty = f"<comments xmlns={quoteattr(space)}><authors></authors><commentList></commentList></comments>"
    draft.write(part, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{empty}'.encode())
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
    line = f'<Override xmlns="{_types(draft)}" PartName="/{part}" ContentType="{kind}"/>'
    draft.declare(line, lambda each: each.attributes.get("PartName", "").lower() == f"/{part}".lower())
    draft.relate(sheet, "comments", part)
    return part


def _types(draft: Draft) -> str:
    return draft.elements(TYPES, "Types")[0].attributes.get(
        "xmlns", "http://schemas.openxmlformats.org/package/2006/content-types"
    )


def _author(draft: Draft, part: str, author: str) -> int:
    """The number of the author, who is added where he is not listed yet."""
    data = draft.read(part)
    names = [data[each.inner : each.inner_end].decode() for each in draft.elements(part, "author")]
    if escape(author) in names:
        return names.index(escape(author))
    x = draft.elements(part, "authors")[0].prefix
    draft.write(part, appended(data, draft.file, "authors", f"<{x}author>{escape(author)}</{x}author>"))
    return len(names)


def _boxes_of(draft: Draft, sheet: str) -> str:
    """The part that holds the sheet's boxes; empty for none."""
    from questionnaire.reading.files.relations import relations

    place = next(iter(draft.elements(sheet, "legacyDrawing")), None)
    wanted = attribute(place.attributes, "id") if place else ""
    return next((link.target for link in relations(draft.archive, sheet) if link.id == wanted), "")


def _put_boxes(draft: Draft, sheet: str, notes: Mapping[At, str]) -> None:
    part = _boxes_of(draft, sheet) or _new_boxes(draft, sheet)
    data = draft.read(part)
    first = max((int(number) for number in _SHAPE_ID.findall(data)), default=1024) + 1
    widths, heights = _sizes(draft, sheet)
    shapes = []
    for number, ((row, column), text) in enumerate(notes.items()):
        height = min(TALLEST, LINE * (_lines(text) + 1))
        across = _span(column + 1, 12, WIDTH, widths, _COLUMN)
        down = _span(row, 6, height, heights, _ROW)
        anchor = [across[0], across[1], down[0], down[1], across[2], across[3], down[2], down[3]]
        shapes.append(
            _BOX.format(
                id=first + number, width=WIDTH * 3 // 4, height=height * 3 // 4, order=number + 1,
                anchor=", ".join(map(str, anchor)), row=row, column=column,
            )
        )  # fmt: skip
    end = data.rindex(b"</xml>")
    draft.write(part, spliced(data, [(end, end, "".join(shapes).encode())]))


def _new_boxes(draft: Draft, sheet: str) -> str:
    part = draft.free("xl/drawings/vmlDrawing{}.vml")
    draft.write(part, _BOXES)
    kind = "application/vnd.openxmlformats-officedocument.vmlDrawing"
    line = f'<Default xmlns="{_types(draft)}" Extension="vml" ContentType="{kind}"/>'
    draft.declare(line, lambda each: each.attributes.get("Extension", "").lower() == "vml")
    identity = draft.relate(sheet, "vmlDrawing", part)
    data = draft.read(sheet)
    prefix = draft.elements(sheet, "worksheet")[0].prefix
    at = place_of(data, draft.file, "legacyDrawing")
    place = f'<{prefix}legacyDrawing xmlns:r="{draft.base}" r:id="{identity}"/>'
    draft.write(sheet, spliced(data, [(at, at, place.encode())]))
    return part


def _sizes(draft: Draft, sheet: str) -> tuple[dict[int, int], dict[int, int]]:
    """Pixels of the columns and rows whose size the sheet states."""
    widths: dict[int, int] = {}
    heights: dict[int, int] = {}
    for each in draft.elements(sheet, "col", "row"):
        if each.name == "row" and "ht" in each.attributes:
            heights[number_of(each.attributes.get("r", "")) - 1] = round(_number(each, "ht") * 4 / 3)
        elif each.name == "col" and "width" in each.attributes:
            first, last = (number_of(each.attributes.get(name, "")) for name in ("min", "max"))
            widths |= dict.fromkeys(range(first - 1, min(last, 256)), round(_number(each, "width") * 7) + 5)
    return widths, heights


def _number(element: Element, name: str) -> float:
    try:
        return float(element.attributes[name])
    except ValueError:
        return 0.0


def _span(
    first: int, before: int, size: int, sizes: Mapping[int, int], usual: int
) -> tuple[int, int, int, int]:
    """First and last row or column of a box, each with the pixels into it."""
    at, left = first, before + size
    while left > sizes.get(at, usual) and at < first + 100:
        left -= sizes.get(at, usual)
        at += 1
    return first, before, at, left


def _lines(text: str) -> int:
    widths = (sum(2 if east_asian_width(c) in "WFA" else 1 for c in line) for line in text.split("\n"))
    return sum(max(1, -(-width // LETTERS)) for width in widths)
