"""A workbook's sheets to a return: sheets, header and columns are found by what they say, never by address.

An item is known by its id, else by its question, else by its printed label; so inserted rows, moved columns, merged
cells and renamed sheets do no harm. Every cell with content that no item took is listed, and where the layout is
not the template's own, what was taken from where is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from msgspec import Struct

from frameworks.ground.errors import ReturnError
from questionnaire import aspect_sheet
from questionnaire.answers import (
    Answer,
    AspectLine,
    KeyFigure,
    OutsideKind,
    OutsideText,
    Place,
    Profile,
    Return,
    SheetLayout,
    Source,
    UnmatchedText,
)
from questionnaire.figure_sheet import HEADER_DEPTH, read_sheet
from questionnaire.reading.files import limits
from questionnaire.reading.files.grid import At, Book, Sheet, reference
from questionnaire.reading.layout.annotation import confirmations, without_annotation
from questionnaire.reading.layout.columns import Keys, Layout, find_layout
from questionnaire.reading.layout.english import as_chinese
from questionnaire.reading.layout.front import companies_in, year_in
from questionnaire.reading.layout.headings import matcher_for
from questionnaire.reading.layout.misplaced import in_guide, in_profile
from questionnaire.reading.layout.outside import each, hidden_sheet, outside_of
from questionnaire.reading.layout.profile import flags, pairs
from questionnaire.reading.layout.rows import SheetAnswers
from questionnaire.reading.layout.size import bounded, clipped
from questionnaire.schema import Schema
from questionnaire.template import words

_YEAR = re.compile(r"20\d\d")
LEAST_PAIRS = 2  # profile fields that make a sheet the company's profile
COVER = 12  # cells of a sheet that is but a cover
TITLE = 80  # letters of a line that may be a title


class _Found(Struct):
    """What the sheets gave so far."""

    answers: list[Answer]
    unmatched: list[UnmatchedText]
    outside: list[OutsideText]
    taken: list[SheetLayout]
    values: dict[str, str]
    figures: list[KeyFigure]
    lines: list[AspectLine]
    loose: list[Sheet]  # sheets that are no questionnaire
    titles: list[str]  # what stands above the questions


def read_book(book: Book, file: str, sha256: str, schema: Schema, kind: str = "xlsx") -> Return:
    """A workbook to a return.

    Raises:
        ReturnError: it holds no questionnaire.
    """
    confirmed = confirmations(book, file)
    book = as_chinese(without_annotation(book), schema)
    found = _read_sheets([sheet for sheet in book.sheets if sheet.visible], file, schema)
    hidden = [sheet for sheet in book.sheets if not sheet.visible]
    if found.answers:
        for sheet in hidden:
            if not _is_guide_or_list(sheet):
                found.outside += hidden_sheet(sheet, file)
    else:  # a form may lie on a hidden sheet alone
        found = _read_sheets(list(book.sheets), file, schema)
    if not found.answers:
        raise _emptied(book, file) or _nothing(book, file)
    for sheet in found.loose:
        found.outside += outside_of(sheet, file)
        if _is_guide_or_list(sheet):
            found.outside += _strays(in_guide(sheet), file, sheet)
        else:
            found.unmatched += _loose_sheet(sheet, file)
    _complete(found, schema)
    year = year_of(found.values)
    # a year that cannot be read is kept as it is
    known = ("company",) if year is None else ("company", "year")
    kept = tuple((key, value) for key, value in found.values.items() if key not in known)
    cut, short = clipped(found.answers)
    return Return(
        file=file,
        sha256=sha256,
        company=found.values.get("company", ""),
        year=year,
        answers=tuple(short),
        profile=Profile(kept, flags(found.values, schema)),
        unmatched=bounded(found.unmatched),
        outside=(*found.outside, *cut),
        source=Source(kind, book.reader, book.read, book.present, tuple(found.taken)),
        figures=tuple(found.figures),
        lines=tuple(found.lines),
        confirmed=confirmed,
    )


def year_of(values: Mapping[str, str]) -> int | None:
    """The reporting year that the profile gives."""
    year = _YEAR.search(values.get("year", ""))
    return int(year.group()) if year else None


def _read_sheets(sheets: Iterable[Sheet], file: str, schema: Schema) -> _Found:
    keys = Keys(schema, matcher_for(schema))
    found = _Found([], [], [], [], {}, [], [], [], [])
    for sheet in sheets:
        if _take_lines(sheet, file, schema, found):
            continue
        layout = find_layout(sheet, keys) if sheet.cells else None
        if layout is not None and _take(sheet, layout, keys, file, found):
            continue
        if _take_figures(sheet, file, found):
            continue
        given = pairs(sheet, schema)
        if len(given) >= LEAST_PAIRS:
            found.values.update({key: value for key, value in given.items() if value})
            found.outside += outside_of(sheet, file, range(3))
            found.outside += _strays(in_profile(sheet, schema, matcher_for(schema).fields), file, sheet)
        else:
            found.loose.append(sheet)
    return found


def _take(sheet: Sheet, layout: Layout, keys: Keys, file: str, found: _Found) -> bool:
    """Reads a questionnaire sheet; False when its rows hold no item after all."""
    reader = SheetAnswers(file, sheet, layout, keys)
    reader.read()
    if not reader.answers:
        return False
    if len(found.answers) + len(reader.answers) > limits.ANSWERS:
        raise ReturnError("file-too-large", file=file, what="limit-answers", size=len(reader.answers),
                          limit=limits.ANSWERS)  # fmt: skip
    found.answers += reader.answers
    found.unmatched += reader.unmatched
    found.outside += outside_of(sheet, file, reader.known_columns, reader.item_rows)
    found.outside += reader.aside()
    found.values.update({k: v for k, v in pairs(sheet, keys.schema, layout.first).items() if v})
    found.titles += _titles(sheet, layout.first)
    if not reader.is_template:
        found.taken.append(reader.taken())
    return True


def _titles(sheet: Sheet, first: int) -> list[str]:
    """What stands above the questions, and the sheet's name."""
    rows = [cells for row, cells in sheet.rows.items() if row < first]
    return [text.strip() for cells in rows for text in cells.values() if len(text) <= TITLE] + [sheet.name]


def _complete(found: _Found, schema: Schema) -> None:
    """Company and year from a title or a cover, where no field gives them."""
    covers = [sheet for sheet in found.loose if len(sheet.cells) <= COVER and not _is_guide_or_list(sheet)]
    texts = found.titles + [t.strip() for sheet in covers for t in sheet.cells.values() if len(t) <= TITLE]
    if not found.values.get("company"):
        group = schema.edition.parent.names
        named = companies_in(texts, group)
        found.values["company"] = next((name for name in named if name not in group), "")
    if not found.values.get("year") and (year := year_in(texts)):
        found.values["year"] = str(year)


def _strays(found: Iterable[tuple[At, str]], file: str, sheet: Sheet) -> list[OutsideText]:
    """Text among the form's own words, a record each."""
    return each(((OutsideKind.STRAY, text, at) for at, text in found), file, sheet.name)


def _take_figures(sheet: Sheet, file: str, found: _Found) -> bool:
    """Reads the sheet of key figures; False for a sheet that is another."""
    if read_sheet(file, sheet.name, sheet.dense(HEADER_DEPTH), lambda cell: None, reference) is None:
        return False
    problems = {reference(*at): problem for at, problem in sheet.problems.items()}
    figures = read_sheet(file, sheet.name, sheet.dense(limits.ANSWERS), problems.get, reference)
    if figures is not None:
        found.figures += figures[0]
        found.unmatched += figures[1]
    found.outside += outside_of(sheet, file, range(limits.COLUMNS))
    return True


def _take_lines(sheet: Sheet, file: str, schema: Schema, found: _Found) -> bool:
    """Reads the sheet of aspects; False for a sheet that is another."""
    if aspect_sheet.read_sheet(file, sheet.name, sheet.dense(HEADER_DEPTH), schema, reference) is None:
        return False
    told = aspect_sheet.read_sheet(file, sheet.name, sheet.dense(limits.ANSWERS), schema, reference)
    if told is not None:
        found.lines += told[0]
        found.unmatched += told[1]
    found.outside += outside_of(sheet, file, range(limits.COLUMNS))
    return True


def _nothing(book: Book, file: str) -> ReturnError:
    """Why there are no answers: the file is empty, was never calculated, or holds something else."""
    if not book.present and book.uncalculated:
        return ReturnError("uncalculated-book", file=file, count=book.uncalculated)
    if not book.present:
        return ReturnError("workbook-empty", file=file)
    code = "no-questionnaire-formulas" if book.uncalculated else "no-questionnaire-cells"
    code = "no-questionnaire-lost" if book.read < book.present else code
    return ReturnError(code, file=file, read=book.read, present=book.present, uncalculated=book.uncalculated)


def _emptied(book: Book, file: str) -> ReturnError | None:
    """That the template's own sheet of questions is there and nothing stands on it."""
    name = words()["sheets"]["questionnaire"]
    sheet = next((each for each in book.sheets if each.name == name and not each.cells), None)
    return (
        None
        if sheet is None or not book.present
        else ReturnError("no-questionnaire-emptied", file=file, sheet=name)
    )


def _is_guide_or_list(sheet: Sheet) -> bool:
    """Whether a sheet is the template's own and asks nothing: the guide, the list of choices."""
    texts = set(sheet.cells.values())
    guide, lines = _our_words()
    return not texts or bool(texts & guide) or len(texts & lines) >= 2


@cache
def _our_words() -> tuple[frozenset[str], frozenset[str]]:
    guide = frozenset({words()["guide"]["title"], *words()["choices"].values()})
    return guide, frozenset(part for line in words()["guide"]["lines"] for part in line)


def _loose_sheet(sheet: Sheet, file: str) -> list[UnmatchedText]:
    """A sheet that no item took, as one piece."""
    if not sheet.cells:
        return []
    whole = "\n".join("\t".join(dict.fromkeys(cells.values())) for cells in sheet.rows.values())
    return [UnmatchedText(whole, Place(file, sheet.name, reference(*min(sheet.cells))))]
