"""Word returns (.docx, .docm, .dotx): a report along the questionnaire's headings, a form in tables, or both."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from frameworks.ground.errors import ReturnError
from questionnaire.answers import OutsideKind, OutsideText, Place, Return, Source
from questionnaire.reading.files.archive import Archive, open_archive
from questionnaire.reading.files.document import Aside, Body, Line, read_body
from questionnaire.reading.files.grid import Sheet
from questionnaire.reading.files.notes import read_notes
from questionnaire.reading.files.numbering import read_numbering
from questionnaire.reading.files.relations import main_part, relations
from questionnaire.reading.layout.columns import Keys, find_layout
from questionnaire.reading.layout.headings import HeadingMatcher, matcher_for
from questionnaire.reading.layout.narrative import read_lines
from questionnaire.reading.layout.outside import SHOWN, shorten
from questionnaire.reading.layout.places import heading_above, placed, table_name
from questionnaire.reading.layout.profile import pairs
from questionnaire.reading.layout.rows import SheetAnswers
from questionnaire.reading.layout.size import bounded, clipped
from questionnaire.reading.layout.workbook import LEAST_PAIRS, year_of
from questionnaire.schema import Schema

_NOTES = {
    "footnotes": OutsideKind.FOOTNOTE, "endnotes": OutsideKind.FOOTNOTE, "comments": OutsideKind.COMMENT,
}  # fmt: skip

# letters of a numbered line that may be an edited question; a shorter one may be any entry; guessed
LONG = 20
_MARKS = "（(［[【"  # with which the number of an item begins


def read_word(content: bytes, file: str, sha256: str, schema: Schema) -> Return:
    """A document's bytes to a return.

    Raises:
        ReturnError: damaged, beyond a limit, or without any of the questions.
    """
    with open_archive(content, file) as archive:
        archive.check_declarations()
        body = body_of(archive)
    found = sort_blocks(body, file, schema)
    return gather(found, body, file, sha256, schema, "docx", by_heading=True)


class Sorted(Struct):
    """A body's blocks by what they are."""

    forms: list[SheetAnswers] = field(default_factory=list)  # tables that ask and answer
    lines: list[str] = field(default_factory=list)  # of all else
    owners: list[int] = field(default_factory=list)  # the block of each line
    tables: list[int] = field(default_factory=list)  # the block of each table
    values: dict[str, str] = field(default_factory=dict)  # what tables say about the company


def gather(
    found: Sorted, body: Body, file: str, sha256: str, schema: Schema, kind: str, *, by_heading: bool = False
) -> Return:
    """Forms and lines to one return.

    Args:
        found: the body's blocks, sorted.
        body: the document.
        file: its name.
        sha256: its hash.
        schema: the questionnaire.
        kind: of the file.
        by_heading: places name the heading above instead of the line.

    Raises:
        ReturnError: they hold none of the questions.
    """
    answers = [answer for form in found.forms for answer in form.answers]
    taken = tuple(form.taken() for form in found.forms)
    source = Source(kind, "own", body.paragraphs, body.paragraphs, taken)
    matcher = matcher_for(schema)
    try:
        told = read_lines(found.lines, file, sha256, schema, source)
        if by_heading:
            told = placed(told, found.lines, matcher)
    except ReturnError:
        if not answers:
            raise
        told = Return(file, sha256, "", None, ())
    cut, short = clipped(answers)
    given = {key: value for key, value in found.values.items() if value}
    aside = [record for form in found.forms for record in form.aside()]
    return replace(
        told,
        company=given.get("company") or told.company,
        year=year_of(given) or told.year,
        answers=(*told.answers, *short),
        unmatched=bounded([*told.unmatched, *(block for form in found.forms for block in form.unmatched)]),
        outside=(*told.outside, *cut, *aside, *_outside(body, file, matcher if by_heading else None)),
        source=source,
    )


def body_of(archive: Archive) -> Body:
    """The body of a document with its notes set aside.

    Raises:
        ReturnError: damaged, or beyond a limit.
    """
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
    lines = _Lines(keys)
    for index, block in enumerate(body.blocks):
        shown: list[str] = []
        if isinstance(block, Line):
            shown = [lines.shown(block)]
        else:
            found.tables.append(index)
            sheet = Sheet(table_name(len(found.tables)), block.cells, tuple(block.merges))
            if not _take(sheet, file, keys, found):
                shown = block.lines()
        found.lines += shown
        found.owners += [index] * len(shown)
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


class _Lines:
    """The lines of a report, and what an automatic number before a question must not hide."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._item = ""  # of the numbered question before

    def shown(self, line: Line) -> str:
        """A line as it is shown, but a question without the number of a list: its own words identify it.

        （一） stays: with it a question is known even where it was edited. A long question that was edited gets it in
        the place of its 1., for without it nobody would look for a question there.
        """
        if not line.label or line.label[0] in _MARKS:
            return line.shown
        known = self._keys.matcher.question(line.text, near=len(line.text) >= LONG)
        if known is None or known[0] == self._item:
            return line.shown
        self._item, is_exact = known
        marker = "" if is_exact else self._keys.schema.by_id[self._item].marker
        return marker + line.text


def _form(sheet: Sheet, file: str, keys: Keys) -> SheetAnswers | None:
    layout = find_layout(sheet, keys, least=1)
    if layout is None:
        return None
    form = SheetAnswers(file, sheet, layout, keys)
    form.read()
    return form if form.answers else None


def _outside(body: Body, file: str, matcher: HeadingMatcher | None) -> list[OutsideText]:
    """One record a kind, at the first of it."""
    kinds: dict[OutsideKind, list[Aside]] = {}
    for aside in body.aside:
        kinds.setdefault(aside.kind, []).append(aside)
    return [
        OutsideText(
            kind,
            tuple(dict.fromkeys(shorten(aside.text) for aside in found if aside.text))[:SHOWN],
            len(found),
            Place(file, sheet=heading_above(body.blocks, found[0].block, matcher) or None)
            if matcher is not None
            else Place(file),
        )
        for kind, found in kinds.items()
    ]
