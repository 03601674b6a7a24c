"""A writer of small PDFs: words at places, ruled lines, pictures.

No font is embedded, readers know its letters; how high they stand is said, else the fonts of the machine would tell.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595.0, 842.0  # A4, points
LEFT, RIGHT, TOP, BOTTOM = 72.0, 523.0, 770.0, 72.0
SIZE, PITCH = 12.0, 20.0
_CLOSING = "，。、；：？！）》」』】”’,.;:?!)%"
_OPENING = "（《「『【“("


@dataclass
class Sheet:
    """The drawing of one page."""

    parts: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)  # names
    turn: int = 0

    def write(self, x: float, y: float, text: str, size: float = SIZE, mode: int = 0) -> None:
        """Words from a place to the right; mode 3 is invisible."""
        code = text.encode("utf-16-be").hex()
        self.parts.append(f"BT {mode} Tr /F {size} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{code}> Tj ET")

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A ruled line."""
        self.parts.append(f"0.5 w {x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S")

    def picture(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """A picture in a rectangle."""
        self.images.append(name)
        self.parts.append(f"q {width} 0 0 {height} {x} {y} cm /{name} Do Q")


def advance(text: str, size: float = SIZE) -> float:
    """The width of words: Latin letters take half an em."""
    return sum(size / 2 if letter < "\x7f" else size for letter in text)


def broken(text: str, width: float, size: float = SIZE) -> list[str]:
    """A paragraph as lines no wider than a width: no mark begins a line that may not, no number is broken."""
    units: list[str] = []
    for letter in text:
        latin = letter.isascii() and not letter.isspace()
        if units and (
            (latin and units[-1][-1].isascii() and not units[-1][-1].isspace())
            or letter in _CLOSING
            or units[-1][-1] in _OPENING
        ):
            units[-1] += letter
        else:
            units.append(letter)
    lines = [""]
    for unit in units:
        if lines[-1] and advance(lines[-1] + unit.rstrip(), size) > width:
            lines.append("")
        lines[-1] += unit
    return lines


class Writer:
    """Sets a report as an office program would: paragraphs, tables, a header and page numbers on each page."""

    def __init__(self, header: str = "", *, numbers: bool = True, indent: int = 0) -> None:
        self.header, self.numbers, self.indent = header, numbers, indent
        self.pages: list[Sheet] = []
        self.y = 0.0
        self.turn()

    def turn(self) -> None:
        """A new page."""
        self.pages.append(Sheet())
        self.y = TOP
        if self.header:
            self.pages[-1].write(LEFT, 800, self.header, 9)
        if self.numbers:
            self.pages[-1].write(290, 40, f"- {len(self.pages)} -", 9)

    def paragraph(self, text: str) -> None:
        """One paragraph."""
        for line in broken("\u3000" * self.indent + text, RIGHT - LEFT):
            bare = line.lstrip("\u3000")
            self.room(PITCH)
            self.pages[-1].write(LEFT + advance(line) - advance(bare), self.y, bare)
            self.y -= PITCH

    def room(self, height: float) -> None:
        """Turns the page where a height has no room."""
        if self.y - height < BOTTOM:
            self.turn()

    def table(self, rows: Sequence[Sequence[str]], *, ruled: bool = True) -> None:
        """A table over the width; a row stays on one page."""
        count = max(map(len, rows))
        width = (RIGHT - LEFT) / count
        for row in rows:
            cells = [
                [line for piece in text.split("\n") for line in broken(piece, width - (11 if ruled else 26))]
                for text in row
            ]
            height = PITCH * max(map(len, cells)) + 4
            self.room(height)
            sheet, top, base = self.pages[-1], self.y + PITCH - 4, self.y + PITCH - 4 - height
            for at, lines in enumerate(cells):
                for number, line in enumerate(lines):
                    sheet.write(LEFT + width * at + 5.4, self.y - PITCH * number, line)
            if ruled:
                for y in (top, base):
                    sheet.line(LEFT, y, RIGHT, y)
                for at in range(count + 1):
                    sheet.line(LEFT + width * at, top, LEFT + width * at, base)
            self.y -= height
        self.y -= 4

    def bytes(self, pictures: dict[str, bytes] | None = None) -> bytes:
        """The file."""
        return pdf(self.pages, pictures)


def pdf(pages: Iterable[Sheet], pictures: dict[str, bytes] | None = None) -> bytes:
    """A file of pages; pictures are JPEG bytes by name."""
    pages = list(pages)
    objects: list[bytes] = []
    names = {name: 6 + at for at, name in enumerate(pictures or {})}
    first = 6 + len(names)
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    objects.append(b"<</Type/Catalog/Pages 2 0 R>>")
    objects.append(f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode())
    objects.append(
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>"
    )
    objects.append(
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500 814 939 500]"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor 5 0 R>>"
    )
    objects.append(
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
        b"/Ascent 880/Descent -120/CapHeight 880/StemV 93>>"
    )
    for data in (pictures or {}).values():
        width, height = jpeg_size(data)
        objects.append(
            f"<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceRGB/BitsPerComponent 8"
            f"/Filter/DCTDecode/Length {len(data)}>>stream\n".encode()
            + data
            + b"\nendstream"
        )
    xobjects = "/XObject<<" + "".join(f"/{name} {number} 0 R" for name, number in names.items()) + ">>"
    for at, page in enumerate(pages):
        body = zlib.compress("\n".join(page.parts).encode("latin-1"), 9)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Rotate {page.turn}"
            f"/Resources<</Font<</F 3 0 R>>{xobjects if names else ''}>>/Contents {first + 2 * at + 1} 0 R>>".encode()
        )
        objects.append(f"<</Filter/FlateDecode/Length {len(body)}>>stream\n".encode() + body + b"\nendstream")
    return assembled(objects)


def assembled(objects: Iterable[bytes], trailer: str = "") -> bytes:
    """Objects numbered from 1 to a file; the first is the catalogue."""
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, data in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + data + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer<</Size {len(places) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the frame header."""
    at = 2
    while data[at + 1] not in (0xC0, 0xC1, 0xC2):
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
