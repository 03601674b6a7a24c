"""Recognised pages of a scan as pages of letters, so that they are laid into lines as any other PDF's are."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from questionnaire.reading.files.pdf import Glyph, Page
from questionnaire.reading.files.picture_lines import SeenPicture, SeenWord

WIDTH = 595.0  # points of a page: A4, whatever was scanned
HALF = 0.55  # ems that a Latin letter is wide


def as_pages(seen: Sequence[SeenPicture]) -> list[Page]:
    """The pages with their letters; how wide each is, the width of its line tells."""
    return [_page(picture) for picture in seen]


def _page(picture: SeenPicture) -> Page:
    scale = WIDTH / picture.width
    page = Page(picture.page, WIDTH, picture.height * scale)
    for word in picture.words:
        page.glyphs += _glyphs(word, scale, page.height)
    return page


def _glyphs(word: SeenWord, scale: float, height: float) -> Iterator[Glyph]:
    """The letters of one piece, side by side; one em high, for the frame of a piece is no measure of its type."""
    widths = [1.0 if unicodedata.east_asian_width(letter) in "WF" else HALF for letter in word.text]
    em = (word.right - word.left) * scale / sum(widths)
    middle = height - (word.top + word.bottom) / 2 * scale
    left = word.left * scale
    for letter, width in zip(word.text, widths, strict=True):
        yield Glyph(letter, left, middle - em / 2, left + width * em, middle + em / 2)
        left += width * em
