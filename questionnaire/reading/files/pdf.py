"""A PDF's pages as glyphs with their places, ruled lines and pictures; nothing in it is run or fetched.

Lengths are points (1/72 inch) on the page as it is shown: x from the left, y from the bottom edge upwards.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct, field

from frameworks.ground.errors import ReturnError
from questionnaire.reading.files import limits
from questionnaire.reading.files.archive import too_large

INVISIBLE = 3  # text render mode; scanners lay the words that they recognised under the picture so
UNMAPPED = 0.2  # share of letters without a meaning from which a text layer is useless; guessed
SEGMENTS = 20_000  # of ruled lines on a page; more of them are a drawing
SHORTEST = 4.0  # of a ruled line
SLANT = 1.0  # by which a ruled line may be off its axis
FEW_LETTERS = 30  # a stamp or a page number on a scan
LEAST_PICTURE = 36.0  # width and height; smaller ones are marks and bullets
_NO_MEANING = frozenset({0, 0xFFFD, 0xFFFE, 0xFFFF})
_SPACES = frozenset(" \u00a0\t")


class Glyph(Struct, frozen=True):
    """One letter as it is drawn."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """Height of its centre."""
        return (self.bottom + self.top) / 2

    @property
    def size(self) -> float:
        """Height of the line that its font asks for, about one em."""
        return self.top - self.bottom

    @property
    def is_space(self) -> bool:
        """Whether it shows nothing."""
        return self.text in _SPACES


class Box(Struct, frozen=True):
    """A rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom


class Page(Struct):
    """What one page shows."""

    number: int  # from 1
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    hidden: list[Glyph] = field(default_factory=list)  # drawn invisibly, or beside the page
    across: list[Box] = field(default_factory=list)  # ruled lines without height
    upright: list[Box] = field(default_factory=list)  # ruled lines without width
    pictures: list[Box] = field(default_factory=list)

    @property
    def is_scan(self) -> bool:
        """Whether pictures cover most of the page and hardly a letter stands on it."""
        covered = sum(box.width * box.height for box in self.pictures)
        return len(self.glyphs) < FEW_LETTERS and covered > 0.5 * self.width * self.height


def read_pages(content: bytes, file: str) -> list[Page]:
    """All pages of a document.

    Raises:
        ReturnError: damaged, with a password, with too many pages, or with letters that mean nothing.
    """
    pages = []
    total = unmapped = 0
    with _Document(content, file) as document:
        for number, page in enumerate(document, start=1):
            reader = _PageReader(page, number)
            pages.append(reader.read())
            total += reader.letters
            unmapped += reader.unmapped
            if total > limits.NARRATIVE:
                raise too_large(file, "text", total, limits.NARRATIVE)
    if unmapped > UNMAPPED * max(1, total):
        raise ReturnError("pdf-unmapped", file=file)
    return pages


@contextmanager
def opened(content: bytes, file: str) -> Iterator[Any]:
    """The library's own document, to draw its pages.

    Raises:
        ReturnError: damaged, with a password, or with too many pages.
    """
    with _Document(content, file) as document:
        yield document.plain


class _Document:
    """A document while it is open."""

    def __init__(self, content: bytes, file: str) -> None:
        try:
            import pypdfium2
        except ImportError as error:
            raise ReturnError("pdf-no-reader", file=file) from error
        try:
            self.plain = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            # the code may be another file's: the library keeps the last one
            locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD and b"/Encrypt" in content
            raise ReturnError("pdf-encrypted" if locked else "pdf-damaged", file=file) from error
        self._errors = pypdfium2.PdfiumError
        self.file = file
        count = len(self.plain)
        if count > limits.PAGES:
            self.plain.close()
            raise too_large(file, "pages", count, limits.PAGES)
        if not count:
            self.plain.close()
            raise ReturnError("pdf-damaged", file=file)

    def __enter__(self) -> _Document:
        return self

    def __exit__(self, *_: object) -> None:
        self.plain.close()

    def __iter__(self) -> Iterator[Any]:
        for index in range(len(self.plain)):
            try:
                page = self.plain[index]
            except self._errors as error:  # a lost page may hold answers
                raise ReturnError("pdf-damaged", file=self.file) from error
            yield page
            page.close()


class _PageReader:
    """Reads one page by the library's plain functions: a call for each letter is what costs."""

    def __init__(self, page: Any, number: int) -> None:
        from pypdfium2 import raw

        self._raw, self._page = raw, page
        self._turn = page.get_rotation() % 360
        self._left, self._bottom, right, top = page.get_bbox()
        self._width, self._height = right - self._left, top - self._bottom
        sides = (self._width, self._height)
        self._found = Page(number, *(sides if self._turn in (0, 180) else sides[::-1]))
        self.letters = self.unmapped = 0

    def read(self) -> Page:
        """Letters, lines and pictures."""
        text = self._page.get_textpage()
        try:
            self._letters(text.raw)
        finally:
            text.close()
        self._objects()
        return self._found

    def _letters(self, text: Any) -> None:
        raw, found = self._raw, self._found
        box = raw.FS_RECTF()
        for index in range(raw.FPDFText_CountChars(text)):
            code = raw.FPDFText_GetUnicode(text, index)
            if code in (10, 13, 2) or raw.FPDFText_IsGenerated(text, index) == 1:
                continue  # line ends and blanks that the library guesses
            self.letters += 1
            if (
                code in _NO_MEANING
                or 0xE000 <= code < 0xF900
                or raw.FPDFText_HasUnicodeMapError(text, index) == 1
            ):
                self.unmapped += 1
            if code in _NO_MEANING or code < 32 or not raw.FPDFText_GetLooseCharBox(text, index, box):
                continue
            area = self._turned(box.left, box.bottom, box.right, box.top)
            glyph = Glyph(_letter(code), area.left, area.bottom, area.right, area.top)
            shown = self._shown(text, index) and _inside(glyph, found)
            (found.glyphs if shown else found.hidden).append(glyph)

    def _shown(self, text: Any, index: int) -> bool:
        drawn = self._raw.FPDFText_GetTextObject(text, index)
        return not drawn or self._raw.FPDFTextObj_GetTextRenderMode(drawn) != INVISIBLE

    def _objects(self) -> None:
        raw = self._raw
        for drawn in self._page.get_objects(
            filter=(raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE), max_depth=2
        ):
            if drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
                box = self._turned(*drawn.get_bounds())
                if min(box.width, box.height) >= LEAST_PICTURE:
                    self._found.pictures.append(box)
            elif len(self._found.across) + len(self._found.upright) < SEGMENTS:
                self._rules(drawn)

    def _rules(self, drawn: Any) -> None:
        """The straight pieces of a path that run along an axis."""
        raw = self._raw
        matrix = drawn.get_matrix()
        x, y = ctypes.c_float(), ctypes.c_float()
        start: tuple[float, float] | None = None
        before: tuple[float, float] | None = None
        for index in range(min(raw.FPDFPath_CountSegments(drawn.raw), SEGMENTS)):
            segment = raw.FPDFPath_GetPathSegment(drawn.raw, index)
            if not raw.FPDFPathSegment_GetPoint(segment, x, y):
                return
            point = matrix.on_point(x.value, y.value)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == raw.FPDF_SEGMENT_LINETO and before is not None:
                self._rule(before, point)
            before = point
            if start is not None and raw.FPDFPathSegment_GetClose(segment):
                self._rule(point, start)

    def _rule(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        box = self._turned(
            min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
        )
        if box.height <= SLANT and box.width >= SHORTEST:
            self._found.across.append(box)
        elif box.width <= SLANT and box.height >= SHORTEST:
            self._found.upright.append(box)

    def _turned(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of the file on the page as it is shown."""
        left, right, bottom, top = (
            left - self._left,
            right - self._left,
            bottom - self._bottom,
            top - self._bottom,
        )
        if self._turn == 90:
            return Box(bottom, self._width - right, top, self._width - left)
        if self._turn == 180:
            return Box(self._width - right, self._height - top, self._width - left, self._height - bottom)
        if self._turn == 270:
            return Box(self._height - top, left, self._height - bottom, right)
        return Box(left, bottom, right, top)


def _letter(code: int) -> str:
    """A letter; radicals that fonts give instead of the letters they look like are put back."""
    import unicodedata

    letter = chr(code) if code <= 0x10FFFF else "\ufffd"
    if 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB07:
        return unicodedata.normalize("NFKC", letter)
    return letter


def _inside(glyph: Glyph, page: Page) -> bool:
    return -1 <= (glyph.left + glyph.right) / 2 <= page.width + 1 and -1 <= glyph.middle <= page.height + 1
