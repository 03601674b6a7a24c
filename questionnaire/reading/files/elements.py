"""Where the elements of an XML part stand, in bytes: what lets one be replaced and every other byte be kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from xml.parsers import expat

from msgspec import Struct

from frameworks.ground.errors import ReturnError
from questionnaire.reading.files.xml import Names

# one tag: attribute values may hold ">"
_TAG = re.compile(rb"<[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*(/?)>")
_ENCODING = re.compile(rb"\A(<\?xml[^>]{0,80}?encoding\s*=\s*[\"'])([A-Za-z0-9._-]+)([\"'])")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_COUNT = re.compile(rb'\bcount="\d+"')

Splice = tuple[int, int, bytes]  # first byte, the one behind the last, what comes instead


class Element(Struct):
    """One element, its tags included."""

    tag: str  # as it stands, prefix included
    attributes: dict[str, str]
    start: int
    inner: int  # first byte behind the start tag
    inner_end: int = -1  # first byte of the end tag; ``inner`` where there is none
    end: int = -1
    empty: bool = False  # <c/>
    depth: int = 0  # elements around it

    @property
    def name(self) -> str:
        """The name without its prefix."""
        return self.tag.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """``x:``, or nothing."""
        return self.tag[: len(self.tag) - len(self.name)]


def elements(data: bytes, file: str, wanted: Collection[str]) -> list[Element]:
    """The elements of some names (prefixes left out) in the order in which they begin.

    Args:
        data: a part in UTF-8 (``in_utf8``).
        file: its file, for errors.
        wanted: local names.

    Raises:
        ReturnError: not well-formed.
    """
    names = Names()
    found: list[Element] = []
    open_: list[Element] = []
    parser = expat.ParserCreate()
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if names[tag] not in wanted:
            return
        at = parser.CurrentByteIndex
        match = _TAG.match(data, at)
        if match is None:
            raise ReturnError("damaged", file=file)
        element = Element(tag, attributes, at, match.end(), empty=bool(match.group(1)), depth=depth - 1)
        found.append(element)
        open_.append(element)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if names[tag] not in wanted:
            return
        element = open_.pop()
        if element.empty:
            element.inner_end = element.end = element.inner
        else:
            element.inner_end = parser.CurrentByteIndex
            element.end = data.index(b">", element.inner_end) + 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, UnicodeError, ValueError) as error:
        raise ReturnError("damaged", file=file) from error
    return found


def in_utf8(data: bytes, file: str) -> bytes:
    """A part as UTF-8, which nearly all are already.

    Raises:
        ReturnError: in an encoding that nobody knows.
    """
    declared = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf"))
    encoding = "utf-16" if data.startswith(_WIDE) else declared.group(2).decode() if declared else "utf-8"
    if encoding.lower() in ("utf-8", "utf8", "us-ascii", "ascii"):
        return data
    try:
        return _ENCODING.sub(rb"\1UTF-8\3", data.decode(encoding).encode())
    except (LookupError, UnicodeError) as error:
        raise ReturnError("damaged", file=file) from error


def at_end(data: bytes, element: Element, inside: bytes, count: int | None = None) -> list[Splice]:
    """What puts something at the end of an element, be it an empty one (``<row/>``).

    Args:
        data: the part.
        element: where.
        inside: what is put there.
        count: how many entries it then has, where it states that.
    """
    tag = data[element.start : element.inner]
    if count is not None:
        tag = _COUNT.sub(f'count="{count}"'.encode(), tag)
    if not element.empty:
        return [(element.start, element.inner, tag), (element.inner_end, element.inner_end, inside)]
    opened = tag.rstrip(b" \t\r\n/>") + b">"
    return [(element.start, element.end, opened + inside + f"</{element.tag}>".encode())]


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """Bytes with pieces replaced that do not overlap; pieces of one place keep their order."""
    parts, at = [], 0
    for start, end, new in sorted(splices, key=lambda splice: splice[:2]):
        parts += [data[at:start], new]
        at = end
    return b"".join([*parts, data[at:]])
