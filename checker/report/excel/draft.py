"""The workbook of what must be decided: every question with its parts, beside the known one that is most like it."""

from __future__ import annotations

import io
from typing import Any

from checker.finding import ItemState
from checker.report.draft import like_of, points_of
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
from questionnaire.schema import Aspect, Edition, EvidenceKind, Need

COLUMNS = (
    ("id", 11), ("section", 14), ("question", 38), ("aspects", 40), ("decide", 26), ("known", 22),
    ("known-question", 34), ("known-aspects", 34), ("overlap", 8),
)  # fmt: skip
HEAD = 2  # the row of heads, below the title and the sentence on what to do


def decisions(draft: Draft, edition: Edition, words: Wording) -> bytes:
    """The workbook as bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **AS_TEXT}) as book:
        book.set_properties({"title": edition.title, "created": CREATED, "category": mark(Kind.DECISIONS)})
        formats = Formats(book)
        sheet = book.add_worksheet(words.text("drafting", "sheet"))
        sheet.hide_gridlines(2)
        put(sheet, 0, 0, edition.title, formats.bare(bold=True, font_size=14, font_color="#1F4E5F"))
        put(sheet, 1, 0, words.text("drafting", "sheet-hint"), formats.grey)
        for column, (name, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            put(sheet, HEAD, column, words.entry("drafting", "columns", name), formats.head)
        for row, each in enumerate(draft.items, HEAD + 1):
            _row(sheet, row, each, draft, formats, words)
        if draft.left:
            _left(book.add_worksheet(words.text("drafting", "sheet-left")), draft, formats, words)
        sheet.freeze_panes(HEAD + 1, 3)
        sheet.autofilter(HEAD, 0, HEAD + len(draft.items), len(COLUMNS) - 1)
        sheet.repeat_rows(HEAD)
        print_setup(sheet, landscape=True)
    return buffer.getvalue()


def _row(sheet: Any, row: int, each: DraftItem, draft: Draft, formats: Formats, words: Wording) -> None:
    known, question, overlap = like_of(each)
    section = next(
        section.title for part in draft.parts for section in part.sections if each.item in section.items
    )
    others = [] if each.like is None else [f"· {aspect.ask}" for aspect in each.like.item.judged]
    texts = (
        each.item.id,
        section,
        each.item.question,
        "\n".join(_aspect(aspect, words) for aspect in each.item.judged),
        "\n".join(points_of(each.item, words)),
        known,
        question,
        "\n".join(others),
        overlap,
    )
    fill = STATE_FILL[ItemState.PARTIAL if each.item.draft else ItemState.ANSWERED]
    for column, text in enumerate(texts):
        put(sheet, row, column, text, formats.get(bg_color=fill) if column == 4 else formats.get())
    lines = max(line_count(text, width) for text, (_, width) in zip(texts, COLUMNS, strict=True))
    sheet.set_row(row, row_height(lines))


def _aspect(aspect: Aspect, words: Wording) -> str:
    """An aspect with what proves it, where that is not just words."""
    told = []
    if aspect.need is not Need.REQUIRED:
        told.append(words.word("needs", aspect.need.value))
    if aspect.evidence is not EvidenceKind.TEXT:
        told.append(words.entry("drafting", "evidence", aspect.evidence.value))
    unit = "/".join(each for each in aspect.unit if each not in ("date", "case-specific"))
    if unit:
        told.append(unit)
    return f"· {aspect.ask}" + (words.text("drafting", "beside", told=told) if told else "")


def _left(sheet: Any, draft: Draft, formats: Formats, words: Wording) -> None:
    """The lines of the list that were taken for no question."""
    sheet.set_column(0, 0, 100)
    put(sheet, 0, 0, words.text("drafting", "sheet-left-hint"), formats.head)
    for row, line in enumerate(draft.left, 1):
        put(sheet, row, 0, line, formats.get())
