"""Word returns (.docx, .docm, .dotx): a report along the questionnaire's headings, a form in tables, or both."""

from __future__ import annotations

from dataclasses import replace

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

LONG = (
    20  # letters of a numbered line that may be an edited question; a shorter one may be any entry; guessed
)
_MARKS = "（(［[【"  # with which the number of an item begins


def read_word(content: bytes, file: str, sha256: str, schema: Schema) -> Return:
    """A document's bytes to a return.

    Raises:
        ReturnError: damaged, beyond a limit, or without any of the questions.
    """
    with open_archive(content, file) as archive:
        archive.check_declarations()
        body = _body(archive)
    forms, lines, values = _sorted(body, file, schema)
    answers = [answer for form in forms for answer in form.answers]
    taken = tuple(form.taken() for form in forms)
    source = Source("docx", "own", body.paragraphs, body.paragraphs, taken)
    try:
        told = placed(read_lines(lines, file, sha256, schema, source), lines, matcher_for(schema))
    except ReturnError:
        if not answers:
            raise
        told = Return(file, sha256, "", None, ())
    cut, short = clipped(answers)
    given = {key: value for key, value in values.items() if value}
    return replace(
        told,
        company=given.get("company") or told.company,
        year=year_of(given) or told.year,
        answers=(*told.answers, *short),
        unmatched=bounded([*told.unmatched, *(block for form in forms for block in form.loose)]),
        outside=(*told.outside, *cut, *_outside(body, file, matcher_for(schema))),
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


def _sorted(body: Body, file: str, schema: Schema) -> tuple[list[SheetAnswers], list[str], dict[str, str]]:
    """Tables that ask and answer; the lines of all else; what the tables say about the company."""
    keys = Keys(schema, matcher_for(schema))
    forms: list[SheetAnswers] = []
    lines = _Lines(keys)
    values: dict[str, str] = {}
    number = 0
    for block in body.blocks:
        if isinstance(block, Line):
            lines.add(block)
            continue
        number += 1
        sheet = Sheet(table_name(number), block.cells, tuple(block.merges))
        form = _form(sheet, file, keys)
        found = pairs(sheet, schema)
        if form is not None:
            forms.append(form)
            values.update(pairs(sheet, schema, form.layout.first))
        elif len({key for key, value in found.items() if value}) >= LEAST_PAIRS:
            values.update(found)
        else:
            lines.shown += block.lines()
    return forms, lines.shown, values


class _Lines:
    """The lines of a report, and what an automatic number before a question must not hide."""

    def __init__(self, keys: Keys) -> None:
        self.shown: list[str] = []
        self._keys = keys
        self._item = ""  # of the numbered question before

    def add(self, line: Line) -> None:
        """A line as it is shown, but a question without the number of a list: its own words identify it.

        （一） stays: with it a question is known even where it was edited. A long question that was edited gets it in
        the place of its 1., for without it nobody would look for a question there.
        """
        if not line.label or line.label[0] in _MARKS:
            self.shown.append(line.shown)
            return
        known = self._keys.matcher.question(line.text, near=len(line.text) >= LONG)
        if known is None or known[0] == self._item:
            self.shown.append(line.shown)
            return
        self._item, is_exact = known
        marker = "" if is_exact else self._keys.schema.by_id[self._item].marker
        self.shown.append(marker + line.text)


def _form(sheet: Sheet, file: str, keys: Keys) -> SheetAnswers | None:
    layout = find_layout(sheet, keys, least=1)
    if layout is None:
        return None
    form = SheetAnswers(file, sheet, layout, keys)
    form.read()
    return form if form.answers else None


def _outside(body: Body, file: str, matcher: HeadingMatcher) -> list[OutsideText]:
    """One record a kind, at the first of it."""
    kinds: dict[OutsideKind, list[Aside]] = {}
    for aside in body.aside:
        kinds.setdefault(aside.kind, []).append(aside)
    return [
        OutsideText(
            kind,
            tuple(dict.fromkeys(shorten(aside.text) for aside in found if aside.text))[:SHOWN],
            len(found),
            Place(file, sheet=heading_above(body.blocks, found[0].block, matcher) or None),
        )
        for kind, found in kinds.items()
    ]
