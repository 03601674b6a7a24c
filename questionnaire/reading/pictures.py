"""Recognised words of a file's pictures: had in a worker of their own, then laid beside the answers."""

from __future__ import annotations

from contextlib import closing, suppress
from contextvars import ContextVar
from functools import cache, partial
from importlib.util import find_spec
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from frameworks.ground.errors import InputError, ReturnError
from questionnaire.answers import OutsideKind, OutsideText, Picture, Return, Source
from questionnaire.reading.files import limits
from questionnaire.reading.files.picture_lines import SeenPicture, read_order
from questionnaire.schema import Schema

SHOWN = 20  # pictures whose words are quoted
SHOWN_LENGTH = 200  # characters quoted of each
LINES = 500  # kept of one picture
SCANS = ("pdf-scanned", "pdf-scanned-layer")  # refusals of files that are nothing but pictures
_AT_HAND: ContextVar[Recognised | None] = ContextVar("pictures", default=None)


class Recognised(Struct, frozen=True):
    """What the pictures of one file say."""

    pictures: tuple[Picture, ...]
    pages: tuple[SeenPicture, ...] = ()  # those that are pages of a scan, with the places of their words


@cache
def can_recognise() -> bool:
    """Whether the extra ``ocr`` is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "PIL"))


@cache
def installed() -> tuple[str, ...]:
    """The optional readers that are there: what a file gives depends on them."""
    return tuple(name for name in ("pypdfium2", "rapidocr") if find_spec(name) is not None)


def recognised(content: bytes, file: str) -> Recognised | None:
    """The words of a file's pictures; None where nothing is installed that could read them.

    A picture that ends its worker costs its own words and those of the pictures after it, and nothing else.

    Raises:
        WorkerFault: the file ends its worker before any picture is looked at.
    """
    if not can_recognise():
        return None
    from questionnaire.reading.files.isolate import Worker, WorkerFault
    from questionnaire.reading.files.pictures import count_pictures, may_hold, read_picture

    found: list[SeenPicture] = []
    if may_hold(content):
        total = 0
        # what is wrong with a file, its own reader says
        with suppress(InputError), closing(Worker(count_pictures)) as counter:
            total = counter.run(content, file)
        reader = Worker(read_picture, limits.PICTURE_CLOCK, limits.PICTURE_MEMORY)
        with suppress(WorkerFault, InputError), closing(reader):
            for index in range(total):
                if sum(not picture.page for picture in found) >= limits.PICTURES:
                    break
                picture: SeenPicture | None = reader.run(content, file, index)
                found += [picture] if picture is not None else []
    pictures = tuple(
        Picture(picture.where, tuple(read_order(picture.words)[:LINES]), picture.count) for picture in found
    )
    return Recognised(pictures, tuple(picture for picture in found if picture.page))


def with_pictures(task: partial[Any], pictures: Recognised | None, *inputs: object) -> Any:
    """Runs a task that reads a file whose pictures were recognised already."""
    token = _AT_HAND.set(pictures)
    try:
        return task(*inputs)
    finally:
        _AT_HAND.reset(token)


def pictures_at_hand() -> Recognised | None:
    """What was recognised for the file that is being read."""
    return _AT_HAND.get()


def put_in(told: Return, found: Recognised) -> Return:
    """The return with its pictures' words beside the answers, and an account of which were read."""
    noted = [entry for entry in told.outside if entry.kind is OutsideKind.PICTURE]
    if not noted:
        return replace(told, pictures=found.pictures)
    shown = sum(entry.count for entry in noted)
    read = sum(picture.count for picture in found.pictures)
    where = noted[0].where
    pictures = found.pictures
    if len(noted) == 1:  # an Office file's own account knows the sheet, and the cell of a single picture
        sheet = where if shown == 1 else replace(where, cell=None)
        pictures = tuple(replace(p, where=sheet) if p.where.sheet is None else p for p in pictures)
    texts = tuple(picture.text[:SHOWN_LENGTH] for picture in found.pictures if picture.text)[:SHOWN]
    counted = (
        [OutsideText(OutsideKind.PICTURE_READ, texts, len(found.pictures), where)] if found.pictures else []
    )
    if shown > read:
        counted.append(OutsideText(OutsideKind.PICTURE_LEFT, (), shown - read, where))
    rest = [entry for entry in told.outside if entry.kind is not OutsideKind.PICTURE]
    return replace(told, pictures=pictures, outside=(*rest, *counted))


def scan_refused(error: ReturnError, found: Recognised, schema: Schema) -> ReturnError:
    """The refusal of a scan, with how much of it was recognised."""
    if not found.pictures:
        return error
    from questionnaire.reading.layout.narrative import read_lines

    lines = [words for picture in found.pictures for words, _ in picture.lines]
    try:
        items = len(read_lines(lines, error.file or "", "", schema, Source("pdf")).answers)
    except ReturnError:
        items = 0
    letters, pages = sum(map(len, lines)), error.params["pages"]
    return ReturnError("pdf-scanned-read", file=error.file, pages=pages, letters=letters, items=items,
                       recognised=len(found.pictures))  # fmt: skip
