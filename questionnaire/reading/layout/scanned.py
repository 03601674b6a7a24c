"""Scans whose pages were recognised: read as other PDFs are, and every answer says that it was, and how surely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from questionnaire.answers import Answer, OutsideKind, OutsideText, Place, Return
from questionnaire.cells import squeeze
from questionnaire.reading.files.pdf_body import scanned_body
from questionnaire.reading.files.picture_lines import SeenPicture, SeenWord
from questionnaire.reading.files.scans import as_pages
from questionnaire.reading.layout.paged import page_name, read_body
from questionnaire.schema import Schema
from questionnaire.template import words

DOUBTED = 0.9  # how sure recognition is of a piece at most that is quoted to be looked at; guessed
QUOTED = 5
LEAST = 2  # letters of a piece that tell which answer it is of


def read_scan(pages: Sequence[SeenPicture], file: str, sha256: str, schema: Schema) -> Return:
    """All pages of a scan, in order, to a return.

    Raises:
        ReturnError: they hold none of the questions.
    """
    told = read_body(scanned_body(as_pages(pages)), file, sha256, schema)
    seen = {page_name(page.page): page.words for page in pages}
    answers = tuple(_marked(answer, seen) for answer in told.answers)
    given = [answer for answer in answers if answer.text]
    said = [squeeze(answer.text) for answer in given]
    doubted = tuple(
        word.text
        for page in pages
        for word in page.words
        if word.sure < DOUBTED and any(_is_part(squeeze(word.text), text) for text in said)
    )
    scanned = OutsideText(OutsideKind.SCANNED, doubted[:QUOTED], len(given), Place(file))
    return replace(
        told,
        answers=answers,
        unmatched=tuple(replace(block, where=_seen_at(block.where, seen)) for block in told.unmatched),
        outside=(*told.outside, scanned),
    )


def _marked(answer: Answer, seen: Mapping[str, Sequence[SeenWord]]) -> Answer:
    """An answer with how sure its least sure piece is; it may go on over the pages behind its first."""
    text = squeeze(answer.text)
    pages = list(seen)
    shown = answer.where.sheet or ""
    first = pages.index(shown) if shown in seen else 0
    sure = min(
        (word.sure for page in pages[first:] for word in seen[page] if _is_part(squeeze(word.text), text)),
        default=min((word.sure for word in seen.get(shown, ())), default=0.0),
    )
    where = replace(answer.where, sheet=_recognised(shown, sure))
    # a question with a wrong letter is recognition's fault and not the clerk's
    return replace(answer, where=where, question=None, sure=sure if answer.text else None)


def _is_part(piece: str, text: str) -> bool:
    return piece == text or (len(piece) >= LEAST and piece in text)


def _seen_at(where: Place, seen: Mapping[str, Sequence[SeenWord]]) -> Place:
    sure = min((word.sure for word in seen.get(where.sheet or "", ())), default=0.0)
    return replace(where, sheet=_recognised(where.sheet, sure))


def _recognised(sheet: str | None, sure: float) -> str:
    return str(words()["recognised"].format(page=sheet or "", percent=int(sure * 100)))
