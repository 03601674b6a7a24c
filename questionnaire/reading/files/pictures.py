"""The pictures of a file to the words in them, by the models that the extra ``ocr`` brings; nothing is fetched.

Runs in a worker of its own: recognition takes seconds a picture and about a gigabyte of addresses.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from msgspec import Struct

from frameworks.ground.errors import ReturnError
from questionnaire.answers import Place
from questionnaire.cells import clean_text
from questionnaire.reading.files.archive import Archive, open_archive
from questionnaire.reading.files.picture_lines import SeenPicture, SeenWord
from questionnaire.reading.files.pixels import as_pixels
from questionnaire.reading.files.relations import relations
from questionnaire.template import words

WORDS = 2_000  # pieces of lines kept of one picture
_RASTER = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp")


class _Source(Struct, frozen=True):
    """Where a picture is, and how to have its pixels."""

    where: Place
    count: int
    pixels: Callable[[], Any]
    page: int = 0  # of a scan


def may_hold(content: bytes) -> bool:
    """Whether a file may hold pictures, by what stands in it uncompressed: the names of a zip's parts."""
    if content.startswith(b"PK"):
        return b"media/" in content
    return content.startswith(b"%PDF")


def count_pictures(content: bytes, file: str) -> int:
    """How many pictures a file has that might be recognised.

    Raises:
        ReturnError: the file itself cannot be opened.
    """
    with _sources(content, file) as sources:
        return len(sources)


def read_picture(content: bytes, file: str, index: int) -> SeenPicture | None:
    """Recognises the picture of this number, from 0; None where it cannot be read.

    Raises:
        ReturnError: the file itself cannot be opened.
    """
    with _sources(content, file) as sources:
        return _reading(sources[index])


@contextmanager
def _sources(content: bytes, file: str) -> Iterator[list[_Source]]:
    if content.startswith(b"PK"):
        with open_archive(content, file) as archive:
            yield list(_parts(archive))
        return
    from questionnaire.reading.files.pdf_pictures import pictures_of

    name = words()["page"]
    with pictures_of(content, file) as drawn:
        yield [
            _Source(
                Place(file, name.format(number=entry.page)),
                1,
                entry.pixels,
                entry.page if entry.scanned else 0,
            )
            for entry in drawn
        ]


def _reading(source: _Source) -> SeenPicture | None:
    try:
        pixels = source.pixels()
        found = _recogniser()(pixels) if pixels is not None else None
    except (OSError, ValueError, SyntaxError, ReturnError):  # what the picture's reader raises on broken ones
        found = None
    if found is None:
        return None
    height, width = pixels.shape[:2]
    seen = zip(found.boxes if found.txts else (), found.txts or (), found.scores or (), strict=True)
    words = tuple(
        SeenWord(text, round(float(sure), 3), *box.min(axis=0).tolist(), *box.max(axis=0).tolist())
        for box, raw, sure in seen
        if (text := clean_text(raw).replace("\t", " ").replace("\n", " "))
    )
    return SeenPicture(source.where, source.count, width, height, words[:WORDS], source.page)


def _parts(archive: Archive) -> Iterator[_Source]:
    """The pictures that the parts of an Office file refer to, each once, in the order of the names."""
    counts: dict[str, int] = {}
    for name in sorted(archive.names()):
        if not name.endswith(".xml") or "/_rels/" in name:
            continue
        for link in relations(archive, name):
            if link.kind == "image" and link.target in archive:
                shown = archive.read(name).count(f'"{link.id}"'.encode())
                counts[link.target] = counts.get(link.target, 0) + max(1, shown)
    for target, count in sorted(counts.items()):
        yield _Source(Place(archive.file), count, lambda target=target: _pixels(archive, target))  # type: ignore[misc]


def _pixels(archive: Archive, target: str) -> Any:
    """The picture as rows of colours; None for a drawing made of shapes."""
    if not target.lower().endswith(_RASTER):
        return None
    from PIL import Image

    return as_pixels(Image.open(io.BytesIO(archive.read(target))))


@cache
def _recogniser() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})
