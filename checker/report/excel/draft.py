"""The workbook of what must be decided: every question with its parts, beside the known one that is most like it."""

from __future__ import annotations

import io
from typing import Any

from checker.finding import ItemState
from checker.report.draft import like_of, points_of
from checker.report.excel.part_lines import shown_part
from checker.report.excel.style import (
    AS_TEXT,
    CREATED,
    STATE_FILL,
    Formats,
    line_count,
    print_setup,
    put,
    row_height,
)
from checker.report.kinds import Kind, mark
from checker.wording import Wording
from questionnaire.drafting.drafts import Draft, DraftItem
from questionnaire.schema import Edition
from questionnaire.vocabulary import Delegable, EditionDraft, NotApplicablePolicy

COLUMNS = (
    ("id", 11), ("section", 14), ("question", 36), ("aspects", 40), ("decide", 32), ("parts", 34), ("delegable", 18),
    ("not-applicable", 18), ("known", 20), ("known-question", 32), ("known-aspects", 32), ("overlap", 8),
)  # fmt: skip
EDITION_COLUMNS = (("point", 16), ("now", 36), ("decided", 36), ("how", 70))
CHOICES = {
    "parts": ("keep",),
    "delegable": ("keep", *(f"delegable-{each.value}" for each in Delegable)),
    "not-applicable": ("keep", *(f"not-applicable-{each.value}" for each in NotApplicablePolicy)),
}  # what the list of a column offers; other words are understood too, so that nothing is refused by Excel
A3 = 8  # so many columns on A4 nobody can read
HEAD = 2  # the row of heads, below the title and the sentence on what to do


def decisions(draft: Draft, edition: Edition, words: Wording) -> bytes:
    """The workbook as bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **AS_TEXT}) as book:
        book.set_properties({"title": edition.title, "created": CREATED, "category": mark(Kind.DECISIONS)})
        formats = Formats(book)
        sheet = _sheet(book, "sheet", edition.title, COLUMNS, formats, words)
        for row, each in enumerate(draft.items, HEAD + 1):
            _row(sheet, row, each, draft, formats, words)
        for column, (name, _) in enumerate(COLUMNS):
            if name in CHOICES:
                _offer(sheet, column, len(draft.items), CHOICES[name], words)
        _whole(
            _sheet(book, "sheet-edition", edition.title, EDITION_COLUMNS, formats, words),
            edition,
            formats,
            words,
        )
        if draft.left:
            _left(book.add_worksheet(words.text("drafting", "sheet-left")), draft, formats, words)
        sheet.freeze_panes(HEAD + 1, 3)
        sheet.autofilter(HEAD, 0, HEAD + len(draft.items), len(COLUMNS) - 1)
    return buffer.getvalue()


def _sheet(
    book: Any, key: str, title: str, columns: tuple[tuple[str, int], ...], formats: Formats, words: Wording
) -> Any:
    """A sheet with its title, what to do, and the heads of its columns; those that are filled in stand out."""
    sheet = book.add_worksheet(words.text("drafting", key))
    sheet.hide_gridlines(2)
    put(sheet, 0, 0, title, formats.bare(bold=True, font_size=14, font_color="#1F4E5F"))
    put(sheet, 1, 0, words.text("drafting", f"{key}-hint"), formats.grey)
    group = "columns" if key == "sheet" else "edition-columns"
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        filled = name in CHOICES or name == "decided"
        put(
            sheet,
            HEAD,
            column,
            words.entry("drafting", group, name),
            formats.back_head if filled else formats.head,
        )
    sheet.repeat_rows(HEAD)
    print_setup(sheet, landscape=True)
    sheet.set_paper(A3)
    return sheet


def _offer(sheet: Any, column: int, rows: int, choices: tuple[str, ...], words: Wording) -> None:
    source = [words.entry("drafting", "choices", each) for each in choices]
    offered = {"validate": "list", "source": source, "show_error": False}
    sheet.data_validation(HEAD + 1, column, HEAD + rows, column, offered)


def _row(sheet: Any, row: int, each: DraftItem, draft: Draft, formats: Formats, words: Wording) -> None:
    known, question, overlap = like_of(each)
    section = next(
        section.title for part in draft.parts for section in part.sections if each.item in section.items
    )
    others = [] if each.like is None else [f"· {aspect.ask}" for aspect in each.like.item.judged]
    texts = {
        "id": each.item.id,
        "section": section,
        "question": each.item.question,
        "aspects": "\n".join(shown_part(aspect, words) for aspect in each.item.judged),
        "decide": "\n".join(points_of(each.item, words)),
        "known": known,
        "known-question": question,
        "known-aspects": "\n".join(others),
        "overlap": overlap,
    }
    fill = STATE_FILL[ItemState.PARTIAL if each.item.draft else ItemState.ANSWERED]
    for column, (name, _) in enumerate(COLUMNS):
        style = (
            formats.back
            if name in CHOICES
            else formats.get(bg_color=fill)
            if name == "decide"
            else formats.get()
        )
        put(sheet, row, column, texts.get(name, ""), style)
    lines = max(line_count(texts.get(name, ""), width) for name, width in COLUMNS)
    sheet.set_row(row, row_height(lines))


def _whole(sheet: Any, edition: Edition, formats: Formats, words: Wording) -> None:
    """What holds for the whole questionnaire; what nobody has decided yet is coloured."""
    now = {
        EditionDraft.PARENT: "、".join(edition.parent.names),
        EditionDraft.YEAR: str(edition.year),
        EditionDraft.SECTIONS: "",
    }
    points = [each for each in EditionDraft if each is not EditionDraft.SECTIONS or each in edition.draft]
    for row, point in enumerate(points, HEAD + 1):
        fill = STATE_FILL[ItemState.PARTIAL if point in edition.draft else ItemState.ANSWERED]
        put(sheet, row, 0, words.entry("drafting", "points", point.value), formats.get(bg_color=fill))
        put(sheet, row, 1, now[point], formats.get())
        put(sheet, row, 2, "", formats.back)
        put(sheet, row, 3, words.entry("drafting", "how", point.value), formats.get())


def _left(sheet: Any, draft: Draft, formats: Formats, words: Wording) -> None:
    """The lines of the list that were taken for no question."""
    sheet.set_column(0, 0, 100)
    put(sheet, 0, 0, words.text("drafting", "sheet-left-hint"), formats.head)
    for row, line in enumerate(draft.left, 1):
        put(sheet, row, 0, line, formats.get())
