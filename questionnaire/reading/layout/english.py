"""A form in English is read as the Chinese one: its own words are exchanged cell by cell, what was filled in stays.

Only where the workbook is the English form: a row of it names the columns in English. In the columns that are filled in
nothing is touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from questionnaire.cells import squeeze
from questionnaire.reading.files.grid import Book, Sheet
from questionnaire.schema import Schema
from questionnaire.template import counts, guidance, words
from questionnaire.translation import in_english

HEADER_DEPTH = 60  # rows in which the header row is looked for
NAMED = 4  # columns named in English that make a sheet the English form
FILLED = frozenset({"option", "answer", "reason", "department", "remark"})  # columns that are the clerk's
NAME = 60  # characters of a column's name, blanks and all
LONG = 30  # letters of a text of ours behind which more may have been typed


def as_chinese(book: Book, schema: Schema) -> Book:
    """The workbook with the English form's own words in Chinese; as it is where it is another."""
    headers = [_header(sheet) for sheet in book.sheets]
    if not any(headers):
        return book
    texts = _texts(schema)
    sheets = (_exchanged(sheet, header, texts) for sheet, header in zip(book.sheets, headers, strict=True))
    return replace(book, sheets=tuple(sheets))


def chinese_question(line: str, schema: Schema) -> str:
    """A line of a text in which an English question stands alone, or behind its number, with the Chinese question."""
    if not line or not line.isascii():
        return line
    found = _questions(schema).get(squeeze(line)) or _questions(schema).get(squeeze(line.partition(" ")[2]))
    return found or line


def _header(sheet: Sheet) -> dict[int, str]:
    """The columns of the English form by their number; empty for another sheet."""
    names = {squeeze(column["label"]): column["id"] for column in words(english=True)["columns"]}
    for row, cells in sheet.rows.items():
        if row >= HEADER_DEPTH:
            break
        if len(cells) < NAMED:
            continue
        known = ((column, names.get(squeeze(text))) for column, text in cells.items() if len(text) <= NAME)
        found = {column: name for column, name in known if name is not None}
        if len(found) >= NAMED:
            return found
    return {}


def _exchanged(sheet: Sheet, header: Mapping[int, str], texts: Mapping[str, str]) -> Sheet:
    kept = {column for column, key in header.items() if key in FILLED}
    cells = {
        (row, column): text if column in kept and not _is_label(text) else _in_chinese(text, texts)
        for (row, column), text in sheet.cells.items()
    }
    return replace(sheet, cells=cells)


def _is_label(text: str) -> bool:
    return any(squeeze(text) == squeeze(column["label"]) for column in words(english=True)["columns"])


def _in_chinese(text: str, texts: Mapping[str, str]) -> str:
    letters = squeeze(text)
    if (found := texts.get(letters)) is not None:
        return found
    for ours, chinese in texts.items():
        if len(ours) >= LONG and letters.startswith(ours):
            typed = _behind(text, len(ours))
            return f"{chinese}\n{typed}" if typed else chinese
    return text


def _behind(text: str, letters: int) -> str:
    """What stands behind so many letters of a text."""
    count = 0
    for at, character in enumerate(text):
        count += len(squeeze(character))
        if count >= letters:
            return text[at + 1 :].lstrip(" .;:,)\n")
    return ""


@lru_cache(maxsize=4)
def _questions(schema: Schema) -> Mapping[str, str]:
    return {squeeze(item.question_en): item.question for item in schema.items if item.question_en}


@lru_cache(maxsize=4)
def _texts(schema: Schema) -> Mapping[str, str]:
    return {squeeze(english): chinese for english, chinese in _pairs(schema) if squeeze(english)}


def _counts(schema: Schema, said: Mapping[str, Any]) -> str:
    return f"{schema.edition.title}{counts(schema, said)}"


def _pairs(schema: Schema) -> Iterator[tuple[str, str]]:
    """What the English form says, with the same in Chinese."""
    ours, theirs = words(), words(english=True)
    english = in_english(schema)
    for group in ("choices", "status", "headings"):
        for key, text in theirs[group].items():
            if isinstance(text, str) and "{" not in text:
                yield text, ours[group][key]
    for one, other in zip(theirs["guide"]["lines"], ours["guide"]["lines"], strict=True):
        yield from zip(one, other, strict=True)
    yield from zip(theirs["guide"]["options"], ours["guide"]["options"], strict=True)
    yield _counts(english, theirs), _counts(schema, ours)
    for key in ("title", "progress"):
        yield theirs["guide"][key], ours["guide"][key]
    for key in ("label", "hint"):
        yield theirs["edition"][key], ours["edition"][key]
    for field, shown in zip(schema.edition.profile, english.edition.profile, strict=True):
        yield shown.label, field.label
        yield shown.hint, field.hint
        yield from zip(shown.choices, field.choices, strict=True)
    for part, shown_part in zip(schema.parts, english.parts, strict=True):
        yield shown_part.title, part.title
    for item in schema.items:
        shown_item = english.by_id[item.id]
        yield english.label(item.id), schema.label(item.id)
        yield guidance(shown_item, english=True), guidance(item)
        yield shown_item.question, item.question
    for one, other in zip(theirs["columns"], ours["columns"], strict=True):
        yield one["label"], other["label"]
