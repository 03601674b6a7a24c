"""The workbook of what must be decided: every question with its parts and policy filled in as drafted.

What a cell held is kept in hidden columns, so that only what is changed is a decision; one cell confirms the rest.
"""

from __future__ import annotations

import io
from typing import Any

from checker.finding import ItemState
from checker.report.draft import like_of
from checker.report.excel.part_lines import shown_part
from checker.report.excel.style import (
    AS_TEXT,
    CREATED,
    STATE_FILL,
    Formats,
    label_width,
    line_count,
    print_setup,
    put,
    row_height,
)
from checker.report.kinds import Kind, mark
from checker.wording import Wording
from questionnaire.drafting.drafts import Draft, DraftItem
from questionnaire.drafting.grammar import words as drafting_words
from questionnaire.schema import Edition, Schema
from questionnaire.vocabulary import Delegable, EditionDraft, ItemDraft, NotApplicablePolicy

COLUMNS = (
    ("id", 10), ("label", 14), ("question", 40), ("parts", 46), ("delegable", 15), ("not-applicable", 15),
    ("confirm", 8),
)  # fmt: skip
KNOWN_COLUMNS = (
    ("known", 20),
    ("known-question", 32),
    ("known-aspects", 32),
)  # where any question is like one
EDITION_COLUMNS = (("point", 12), ("decided", 44), ("how", 74))
LEFT_COLUMNS = (("text", 90), ("is-question", 18), ("behind", 24))
CHANGED = ("parts", "delegable", "not-applicable")  # as drafted in hidden columns behind the others
CHOICES = {
    "delegable": tuple(f"delegable-{each.value}" for each in Delegable),
    "not-applicable": tuple(f"not-applicable-{each.value}" for each in NotApplicablePolicy),
    "confirm": ("keep",),
}  # what the list of a column offers; other words are understood too, so that nothing is refused by Excel
CONFIRM, HEAD = 2, 3  # the rows of the cell that confirms all, and of heads; above them title and what to do
SLACK = 9.0  # points of a row beyond those reckoned: other programs break lines earlier


def decisions(draft: Draft, edition: Edition, words: Wording) -> bytes:
    """The workbook as bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **AS_TEXT}) as book:
        book.set_properties({"title": edition.title, "created": CREATED, "category": mark(Kind.DECISIONS)})
        formats = Formats(book)
        _items(book, draft, edition, formats, words)
        _whole(book, edition, formats, words)
        if draft.left:
            _left(book, draft, edition, formats, words)
    return buffer.getvalue()


def _items(book: Any, draft: Draft, edition: Edition, formats: Formats, words: Wording) -> None:
    """The sheet of the questions."""
    schema = Schema(edition=edition, parts=draft.parts)
    wide = label_width([schema.label(each.item.id) for each in draft.items], 8)
    columns = [(name, min(wide, 24) if name == "label" else width) for name, width in COLUMNS]
    columns += KNOWN_COLUMNS if any(each.like for each in draft.items) else ()
    sheet = _sheet(book, "sheet", "columns", edition.title, columns, formats, words)
    put(sheet, CONFIRM, 0, words.text("drafting", "confirm-all"), formats.back_head)
    put(sheet, CONFIRM, 1, "", formats.get(bg_color="#FFF3CD", bold=True, align="center", valign="vcenter"))
    put(
        sheet,
        CONFIRM,
        2,
        words.text("drafting", "confirm-all-hint"),
        formats.bare(bold=True, valign="vcenter"),
    )
    sheet.set_row(CONFIRM, 24)
    _offer(sheet, CONFIRM, CONFIRM, 1, ("all",), words)
    last = len(columns) - 1
    for column in range(len(CHANGED)):
        put(sheet, HEAD, last + 1 + column, words.entry("drafting", "drafted", CHANGED[column]), formats.grey)
    sheet.set_column(last + 1, last + len(CHANGED), 4, None, {"hidden": True})
    for row, each in enumerate(draft.items, HEAD + 1):
        _row(sheet, row, each, schema, columns, formats, words)
    below = HEAD + len(draft.items)
    for column, (name, _) in enumerate(columns):
        if name in CHOICES:
            _offer(sheet, HEAD + 1, below, column, CHOICES[name], words)
    sheet.freeze_panes(HEAD + 1, 2)
    sheet.autofilter(HEAD, 0, below, last)
    sheet.print_area(0, 0, below, last)


def _sheet(
    book: Any,
    key: str,
    group: str,
    title: str,
    columns: list[tuple[str, int]] | tuple[tuple[str, int], ...],
    formats: Formats,
    words: Wording,
) -> Any:
    """A sheet with its title, what to do, and the heads of its columns; those that are filled in stand out."""
    sheet = book.add_worksheet(words.text("drafting", key))
    sheet.hide_gridlines(2)
    put(sheet, 0, 0, title, formats.bare(bold=True, font_size=14, font_color="#1F4E5F"))
    sheet.set_row(0, 24)
    hint = words.text("drafting", f"{key}-hint")
    sheet.merge_range(1, 0, 1, len(columns) - 1, "", formats.bare(font_color="#5F6B73", text_wrap=True))
    put(sheet, 1, 0, hint, formats.bare(font_color="#5F6B73", text_wrap=True))
    sheet.set_row(1, row_height(line_count(hint, sum(width for _, width in columns))))
    heads = [words.entry("drafting", group, name) for name, _ in columns]
    tallest = max(line_count(head, width) for head, (_, width) in zip(heads, columns, strict=True))
    sheet.set_row(HEAD, row_height(tallest) + 4)
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        filled = name in (*CHANGED, "confirm", "decided", "is-question", "behind")
        style = formats.back_head if filled else formats.head
        put(sheet, HEAD, column, heads[column], style)
    sheet.repeat_rows(HEAD)
    print_setup(sheet, landscape=True)
    return sheet


def _offer(sheet: Any, first: int, last: int, column: int, choices: tuple[str, ...], words: Wording) -> None:
    source = [words.entry("drafting", "choices", each) for each in choices]
    offered = {"validate": "list", "source": source, "show_error": False}
    sheet.data_validation(first, column, last, column, offered)


def _row(
    sheet: Any,
    row: int,
    each: DraftItem,
    schema: Schema,
    columns: list[tuple[str, int]],
    formats: Formats,
    words: Wording,
) -> None:
    known, question, overlap = like_of(each)
    others = [] if each.like is None else [f"· {aspect.ask}" for aspect in each.like.item.judged]
    item = each.item
    slips = [words.entry("drafting", "item", ItemDraft.LIKE.value)] if ItemDraft.LIKE in item.draft else []
    texts = {
        "id": item.id,
        "label": schema.label(item.id),
        "question": item.question,
        "parts": "\n".join(shown_part(aspect, words) for aspect in item.judged),
        "delegable": words.entry("drafting", "choices", f"delegable-{item.delegable.value}"),
        "not-applicable": words.entry("drafting", "choices", f"not-applicable-{item.not_applicable.value}"),
        "known": "\n".join(filter(None, (known, overlap, *slips))),
        "known-question": question,
        "known-aspects": "\n".join(others),
    }
    settled = formats.get(
        bg_color=STATE_FILL[ItemState.ANSWERED]
    )  # a known question's own: nothing to decide
    for column, (name, _) in enumerate(columns):
        filled = name in (*CHANGED, "confirm")
        style = formats.get() if not filled else formats.back if item.draft else settled
        put(sheet, row, column, texts.get(name, ""), style)
    for column, name in enumerate(CHANGED, len(columns)):
        put(sheet, row, column, texts[name], formats.grey)
    lines = max(line_count(texts.get(name, ""), width) for name, width in columns)
    sheet.set_row(row, row_height(lines) + SLACK)


def _whole(book: Any, edition: Edition, formats: Formats, words: Wording) -> None:
    """What holds for the whole questionnaire, as drafted; what is unknown is blank."""
    sheet = _sheet(book, "sheet-edition", "edition-columns", edition.title, EDITION_COLUMNS, formats, words)
    unknown = drafting_words()["draft"]["parent"]
    now = {
        EditionDraft.PARENT: "、".join(name for name in edition.parent.names if name != unknown),
        EditionDraft.YEAR: str(edition.year),
        EditionDraft.SECTIONS: words.entry("drafting", "choices", "undivided"),
    }
    hidden = len(EDITION_COLUMNS)
    put(sheet, HEAD, hidden, words.entry("drafting", "drafted", "decided"), formats.grey)
    sheet.set_column(hidden, hidden, 4, None, {"hidden": True})
    points = [each for each in EditionDraft if each is not EditionDraft.SECTIONS or each in edition.draft]
    for row, point in enumerate(points, HEAD + 1):
        how = words.entry("drafting", "how", point.value)
        fill = STATE_FILL[ItemState.PARTIAL if point in edition.draft else ItemState.ANSWERED]
        put(sheet, row, 0, words.entry("drafting", "points", point.value), formats.get(bg_color=fill))
        put(sheet, row, 1, now[point], formats.back)
        put(sheet, row, 2, how, formats.get())
        put(sheet, row, hidden, now[point], formats.grey)
        sheet.set_row(row, row_height(line_count(how, EDITION_COLUMNS[-1][1])) + SLACK)
    sheet.print_area(0, 0, HEAD + len(points), hidden - 1)


def _left(book: Any, draft: Draft, edition: Edition, formats: Formats, words: Wording) -> None:
    """The lines of the list that were taken for no question, each of which may be said to be one."""
    sheet = _sheet(book, "sheet-left", "left-columns", edition.title, LEFT_COLUMNS, formats, words)
    for row, line in enumerate(draft.left, HEAD + 1):
        put(sheet, row, 0, line, formats.get())
        put(sheet, row, 1, "", formats.back)
        put(sheet, row, 2, "", formats.back)
        sheet.set_row(row, row_height(line_count(line, LEFT_COLUMNS[0][1])) + SLACK)
    _offer(sheet, HEAD + 1, HEAD + len(draft.left), 1, ("all",), words)
    sheet.freeze_panes(HEAD + 1, 0)
