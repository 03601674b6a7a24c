"""The pictures of a PDF drawn as pixels: whole pages that are scans, and pictures between words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from questionnaire.reading.files import limits
from questionnaire.reading.files.pdf import Box, Page, opened, read_pages
from questionnaire.reading.files.pdf_body import pictures_on
from questionnaire.reading.files.pixels import DRAWN, RESOLUTION, as_pixels


class DrawnPicture(Struct, frozen=True):
    """A picture, by the page that shows it."""

    page: int  # from 1
    scanned: bool  # it is a page of a file that is nothing but pictures
    pixels: Callable[[], Any]


@contextmanager
def pictures_of(content: bytes, file: str) -> Iterator[list[DrawnPicture]]:
    """The pictures in order of the pages, to be drawn while the file is open.

    Raises:
        ReturnError: the file cannot be opened.
    """
    pages = read_pages(content, file)
    places: list[tuple[Page, Box | None]] = [(page, None) for page in pages if page.is_scan]
    scanned = len(places) == len(pages)
    if scanned and len(pages) > limits.SCANS:
        places = places[: limits.FIRST_SCANS]  # it will be refused; its beginning tells what it is
    places += pictures_on(pages)
    places.sort(key=lambda place: place[0].number)
    with opened(content, file) as document:
        yield [DrawnPicture(page.number, scanned, _drawing(document, page, box)) for page, box in places]


def _drawing(document: Any, page: Page, box: Box | None) -> Callable[[], Any]:
    def draw() -> Any:
        shown = document[page.number - 1]
        crop = (box.left, box.bottom, page.width - box.right, page.height - box.top) if box else (0, 0, 0, 0)
        scale = min(RESOLUTION / 72, DRAWN / max(page.width, page.height))
        drawn = shown.render(scale=scale, crop=tuple(max(0.0, side) for side in crop))
        return as_pixels(drawn.to_pil())

    return draw
