"""Text that was typed beside a blank answer: in the column for remarks, hints, departments, reasons or choices.

It is shown with its cell and asked about, never taken for the answer: a remark may be a remark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from questionnaire.cells import is_placeholder, squeeze
from questionnaire.likeness import likeness
from questionnaire.reading.files.grid import At, Sheet
from questionnaire.reading.layout import hints
from questionnaire.reading.layout.columns import Layout
from questionnaire.reading.layout.labels import after_letters
from questionnaire.schema import Item, Schema
from questionnaire.status import is_shown
from questionnaire.template import words

SYSTEMATIC = 0.5  # share of the answered rows from which a column has a use of its own; guessed
NAME = 20  # letters that a department or another short entry may have
NEAR = 50  # similarity (0–100) from which a line of the guide is the form's own, edited; guessed
LEAST = 2  # letters of a text that can be an answer


def says_something(text: str) -> bool:
    """Whether a short text is more than a name, a date or a title."""
    return len(squeeze(text)) > NAME or _sentence().search(text) is not None


@cache
def _sentence() -> re.Pattern[str]:
    """A measured quantity, or the marks of a sentence."""
    return re.compile(rf"[。；;！]|[，,].*[，,]|\d[\d,.]*\s?(?:%|％|{'|'.join(words()['measures'])}|t\b)")


@cache
def _instruction() -> re.Pattern[str]:
    return re.compile("|".join(words()["instruction_words"]), re.IGNORECASE)


def beside_blanks(
    sheet: Sheet,
    layout: Layout,
    items: Mapping[int, Item],
    blank: Collection[int],
    *,
    written: Collection[int],
    form: bool,
) -> Iterator[tuple[At, str]]:
    """What stands beside blank answers, in columns that are known: others are listed as extra ones.

    Args:
        sheet: the sheet.
        layout: its plan.
        items: by row.
        blank: the rows without answer, choice and problem.
        written: the rows with words for an answer.
        form: whether the sheet is the template's own.
    """
    used = _used(sheet, items.keys(), written)
    known = set(layout.columns.values()) | layout.others
    for row in blank:
        for column, text in _beside_blank(sheet, layout.columns, row, items[row], used, form=form):
            if column in known:
                yield (row, column), text


def _used(sheet: Sheet, rows: Collection[int], answered: Collection[int]) -> dict[int, float]:
    """Share of answered rows that fill each column; empty where too few are answered to tell."""
    filled = Counter(column for row in answered for column in sheet.rows[row])
    everywhere = {column for row in rows for column in sheet.rows[row]}
    return {column: filled[column] / len(answered) for column in everywhere} if len(answered) > 1 else {}


def _beside_blank(
    sheet: Sheet, columns: Mapping[str, int], row: int, item: Item, used: Mapping[int, float], *, form: bool
) -> Iterator[tuple[int, str]]:
    """Column and text of what stands beside a blank answer and is none of the form's own words.

    Args:
        sheet: the sheet.
        columns: what is known of its columns, by the template's ids.
        row: the item's row, without answer, choice and problem.
        item: the item.
        used: share (0–1) of the answered rows that fill a column too.
        form: whether the sheet is the template's own.
    """
    keys = {columns[key]: key for key in columns}
    skipped = {columns[key] for key in ("id", "label", "answer") if key in columns}
    for column, text in sheet.rows[row].items():
        first = sheet.covered.get((row, column))
        if column in skipped or (first is not None and first != (row, column)):
            continue
        key = keys.get(column, "")
        if key == "guidance":
            text = hints.without(text, item) if form else ""  # noqa: PLW2901
        elif key == "question":
            text = behind_question(text, item)  # noqa: PLW2901
        elif key == "status":
            text = "" if is_shown(text, words()) else text  # noqa: PLW2901
        elif key == "department":
            text = text if says_something(text) else ""  # noqa: PLW2901
        elif not (form and key in ("reason", "choice")):
            text = text if used.get(column, 0.0 if form or key == "remark" else 1.0) <= SYSTEMATIC else ""  # noqa: PLW2901
        if len(squeeze(text)) >= LEAST and not is_placeholder(text):
            yield column, text


def behind_question(text: str, item: Item) -> str:
    """What was typed into the cell of a question, behind it."""
    letters, question = squeeze(text), squeeze(item.question)
    at = letters.find(question)
    if at < 0 or len(letters) == at + len(question):
        return ""
    return after_letters(text, at + len(question)).lstrip("。．.；;？?：:，,）)】]”\"' \t\n\u3000")


def in_guide(sheet: Sheet) -> Iterator[tuple[tuple[int, int], str]]:
    """What somebody typed into the sheet of instructions."""
    guide = words()["guide"]
    known = (*guide["lines"], guide["options"], guide["earlier"])
    lines = [squeeze(part) for line in known for part in line]
    for at, text in sorted(sheet.cells.items()):
        if at in sheet.covered or not says_something(text) or _instruction().search(text):
            continue
        letters = squeeze(text)
        if all(likeness(letters, line) < NEAR for line in lines) and not _is_count(text):
            yield at, text


def _is_count(text: str) -> bool:
    """Whether it is the line that says how many items the form has."""
    return all(word in text for word in words()["count_words"])


def in_profile(
    sheet: Sheet, schema: Schema, fields: Mapping[str, str]
) -> Iterator[tuple[tuple[int, int], str]]:
    """What somebody typed into the company's sheet beside its fields, or over a field's hint."""
    known_hints = [squeeze(field.hint) for field in schema.edition.profile]
    known_hints.append(squeeze(words()["edition"]["hint"]))
    for (row, column), text in sorted(sheet.cells.items()):
        if (row, column) in sheet.covered or not says_something(text) or _instruction().search(text):
            continue
        known = fields.get(squeeze(sheet.text(row, 0)))
        if squeeze(text) in fields or (known and column == 1):
            continue
        if all(likeness(squeeze(text), hint) < NEAR for hint in known_hints if hint):
            yield (row, column), text
