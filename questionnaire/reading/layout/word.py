"""Word returns (.docx, .docm, .dotx): a report along the questionnaire's headings, a form in tables, or both."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from frameworks.ground.errors import ReturnError
from questionnaire.answers import OutsideKind, OutsideText, Place, Return, Source
from questionnaire.reading.files.archive import Archive, open_archive
from questionnaire.reading.files.document import Body, read_body, read_notes
from questionnaire.reading.files.grid import Sheet
from questionnaire.reading.files.numbering import read_numbering
from questionnaire.reading.files.relations import main_part, relations
from questionnaire.reading.layout.columns import Keys, find_layout
from questionnaire.reading.layout.headings import matcher_for
from questionnaire.reading.layout.narrative import read_lines
from questionnaire.reading.layout.outside import SHOWN, shorten
from questionnaire.reading.layout.profile import pairs
from questionnaire.reading.layout.rows import SheetAnswers
from questionnaire.reading.layout.size import bounded, clipped
from questionnaire.reading.layout.workbook import LEAST_PAIRS, year_of
from questionnaire.schema import Schema
from questionnaire.template import words

_NOTES = {
    "footnotes": OutsideKind.FOOTNOTE, "endnotes": OutsideKind.FOOTNOTE, "comments": OutsideKind.COMMENT,
}  # fmt: skip


def read_word(content: bytes, file: str, sha256: str, schema: Schema) -> Return:
    """A document's bytes to a return.

    Raises:
        ReturnError: damaged, beyond a limit, or without any of the questions.
    """
    with open_archive(content, file) as archive:
        archive.check_declarations()
        body = _body(archive)
    return gather(sort_blocks(body, file, schema), body, file, sha256, schema, "docx")


@dataclass
class Sorted:
    """A body's blocks by what they are."""

    forms: list[SheetAnswers] = field(default_factory=list)  # tables that ask and answer
    lines: list[str] = field(default_factory=list)  # of all else
    owners: list[int] = field(default_factory=list)  # the block of each line
    tables: list[int] = field(default_factory=list)  # the block of each table
    values: dict[str, str] = field(default_factory=dict)  # what tables say about the company


def gather(found: Sorted, body: Body, file: str, sha256: str, schema: Schema, kind: str) -> Return:
    """Forms and lines to one return.

    Raises:
        ReturnError: they hold none of the questions.
    """
    answers = [answer for form in found.forms for answer in form.answers]
    taken = tuple(form.taken() for form in found.forms)
    source = Source(kind, "own", body.paragraphs, body.paragraphs, taken)
    try:
        told = read_lines(found.lines, file, sha256, schema, source)
    except ReturnError:
        if not answers:
            raise
        told = Return(file, sha256, "", None, ())
    cut, short = clipped(answers)
    given = {key: value for key, value in found.values.items() if value}
    return replace(
        told,
        company=given.get("company") or told.company,
        year=year_of(given) or told.year,
        answers=(*told.answers, *short),
        unmatched=bounded([*told.unmatched, *(block for form in found.forms for block in form.loose)]),
        outside=(*told.outside, *cut, *_outside(body, file)),
        source=source,
    )


def _body(archive: Archive) -> Body:
    part = main_part(archive, "word/document.xml")
    if part not in archive:
        raise ReturnError("damaged", file=archive.file)
    links = relations(archive, part)
    by_kind = {link.kind: link.target for link in links}
    numbering = read_numbering(
        archive, by_kind.get("numbering", ""), by_kind.get("styles", "word/styles.xml")
    )
    body = read_body(archive, part, numbering)
    for link in links:
        if link.kind in _NOTES and link.target in archive:
            body.aside += read_notes(archive, link.target, _NOTES[link.kind])
    return body


def sort_blocks(body: Body, file: str, schema: Schema) -> Sorted:
    """Tables that ask and answer; the lines of all else; what the tables say about the company."""
    found = Sorted()
    keys = Keys(schema, matcher_for(schema))
    for index, block in enumerate(body.blocks):
        lines = [block] if isinstance(block, str) else []
        if not isinstance(block, str):
            found.tables.append(index)
            name = words()["table"].format(number=len(found.tables))
            if not _take(Sheet(name, block.cells, tuple(block.merges)), file, keys, found):
                lines = block.lines()
        found.lines += lines
        found.owners += [index] * len(lines)
    return found


def _take(sheet: Sheet, file: str, keys: Keys, found: Sorted) -> bool:
    """Takes a table as a form or as the company's profile; False for one that is part of the text."""
    form = _form(sheet, file, keys)
    given = pairs(sheet, keys.schema)
    if form is not None:
        found.forms.append(form)
        found.values.update(pairs(sheet, keys.schema, form.layout.first))
        return True
    if len({key for key, value in given.items() if value}) < LEAST_PAIRS:
        return False
    found.values.update(given)
    return True


def _form(sheet: Sheet, file: str, keys: Keys) -> SheetAnswers | None:
    layout = find_layout(sheet, keys, least=1)
    if layout is None:
        return None
    form = SheetAnswers(file, sheet, layout, keys)
    form.read()
    return form if form.answers else None


def _outside(body: Body, file: str) -> list[OutsideText]:
    kinds: dict[OutsideKind, list[str]] = {}
    for kind, text in body.aside:
        kinds.setdefault(kind, []).append(text)
    return [
        OutsideText(
            kind, tuple(dict.fromkeys(shorten(t) for t in texts if t))[:SHOWN], len(texts), Place(file)
        )
        for kind, texts in kinds.items()
    ]
