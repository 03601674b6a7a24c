"""Filled workbooks (.xlsx): sheets, header row and columns are found by what they say, never by address.

An item is known by its id, else by its question, else by its printed label; so inserted rows, moved columns,
merged cells and renamed sheets do no harm. Every cell with content that no item took is listed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from frameworks.errors import ReturnError
from questionnaire.answers import Answer, Choice, KeyFigure, Place, Problem, Profile, Return, Unmatched
from questionnaire.cells import clean_text, fold, squeeze
from questionnaire.keyfigures import read_sheet
from questionnaire.reading.door import Problems, inspect
from questionnaire.reading.headings import HeadingMatcher, without_marker
from questionnaire.schema import ProfileFlag, Schema
from questionnaire.template import words

HEADER_DEPTH = 60  # rows in which a header row is looked for
_ID = re.compile(r"P\d{1,2}\.S\d{1,2}\.I\d{1,2}")
_YEAR = re.compile(r"20\d\d")

Row = list[Any]


@dataclass(frozen=True)
class _Sheet:
    name: str
    rows: list[Row]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...]  # 0-based (row, column) corners

    @cached_property
    def filled(self) -> list[list[str]]:
        """All cells as clean text, merged areas filled with their one value."""
        texts = [[_text(value) for value in row] for row in self.rows]
        for (top, left), (bottom, right) in self.merged:
            if top >= len(texts) or left >= len(texts[top]):
                continue
            for row in range(top, min(bottom + 1, len(texts))):
                for column in range(left, min(right + 1, len(texts[row]))):
                    texts[row][column] = texts[top][left]
        return texts


def read_workbook(content: bytes, file: str, sha256: str, schema: Schema) -> Return:
    """A workbook's bytes to a return.

    Raises:
        ReturnError: it cannot be read, or holds no questionnaire.
    """
    problems = inspect(content, file)
    sheets = _sheets(content, file)
    matcher = HeadingMatcher(schema)
    answers: list[Answer] = []
    unmatched: list[Unmatched] = []
    figures: list[KeyFigure] = []
    values: dict[str, str] = {}
    found = False
    for sheet in sheets:
        header = _header(sheet)
        if header is not None:
            reader = _Questionnaire(file, sheet, header[1], problems, schema, matcher)
            read, loose = reader.read(header[0])
            found = found or bool(read)
            answers += read
            unmatched += loose
        elif (sheet_of_figures := _figures(file, sheet, problems)) is not None:
            figures += sheet_of_figures[0]
            unmatched += sheet_of_figures[1]
        elif (given := _profile(sheet, schema)) is not None:
            values.update({key: value for key, value in given.items() if value})
        elif not _is_ours(sheet):
            unmatched += _loose_sheet(sheet, file)
    if not found:
        raise ReturnError("no-questionnaire", file=file)
    year = _YEAR.search(values.get("year", ""))
    kept = tuple((key, value) for key, value in values.items() if key not in ("company", "year"))
    return Return(
        file=file,
        sha256=sha256,
        company=values.get("company", ""),
        year=int(year.group()) if year else None,
        answers=tuple(answers),
        profile=Profile(kept, _flags(values, schema)),
        unmatched=tuple(unmatched),
        figures=tuple(figures),
    )


def _figures(file: str, sheet: _Sheet, problems: Problems) -> tuple[list[KeyFigure], list[Unmatched]] | None:
    return read_sheet(
        file, sheet.name, sheet.filled, lambda cell: problems.cells.get((sheet.name, cell)), reference
    )


def _sheets(content: bytes, file: str) -> list[_Sheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = []
        for meta in book.sheets_metadata:
            if meta.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            merged = tuple(sheet.merged_cell_ranges or ())
            found.append(_Sheet(meta.name, sheet.to_python(skip_empty_area=False), merged))
    except Exception as error:  # the reader raises many kinds on damaged files; all mean the same to a clerk
        raise ReturnError("not-a-workbook", file=file) from error
    return found


def _header(sheet: _Sheet) -> tuple[int, dict[str, int]] | None:
    """The header row and the columns it names: an answer column, and one that tells the item."""
    for index, row in enumerate(sheet.rows[:HEADER_DEPTH]):
        columns: dict[str, int] = {}
        for at, value in enumerate(row):
            column = _columns().get(squeeze(value)) if isinstance(value, str) else None
            if column is not None:
                columns.setdefault(column, at)
        if "answer" in columns and columns.keys() & {"id", "question", "label"}:
            return index, columns
    return None


def _columns() -> dict[str, str]:
    return {squeeze(name): column["id"] for column in words()["columns"] for name in column["names"]}


class _Questionnaire:
    """Reads the rows below a header."""

    def __init__(
        self,
        file: str,
        sheet: _Sheet,
        columns: dict[str, int],
        problems: Problems,
        schema: Schema,
        matcher: HeadingMatcher,
    ) -> None:
        self.file = file
        self.sheet = sheet
        self.columns = columns
        self.problems = problems
        self.schema = schema
        self.matcher = matcher
        self.labels = {squeeze(schema.label(item.id)): item.id for item in schema.items}
        self.titles = {squeeze(part.title) for part in schema.parts} | {
            squeeze(section.title) for part in schema.parts for section in part.sections
        }

    def read(self, header: int) -> tuple[list[Answer], list[Unmatched]]:
        """Answers and what no item took."""
        answers: list[Answer] = []
        loose: list[Unmatched] = []
        part_of = dict(self._continued())
        for index in range(header + 1, len(self.sheet.rows)):
            item, question = self._item(index)
            if item is None:
                loose += self._loose(index)
            elif index in part_of and answers and answers[-1].item == item:
                answers[-1] = self._join(answers[-1], index)
            else:
                answers.append(self._answer(index, item, question))
                loose += self._odd_choice(index)
        return answers, loose

    def _continued(self) -> Iterator[tuple[int, int]]:
        """Rows that a merged id, label or question cell spans besides its first: one answer over several rows."""
        keys = [self.columns[key] for key in ("id", "label", "question") if key in self.columns]
        for (top, left), (bottom, right) in self.sheet.merged:
            if any(left <= key <= right for key in keys):
                yield from ((row, top) for row in range(top + 1, bottom + 1))

    def _cell(self, row: int, key: str) -> str:
        column = self.columns.get(key)
        texts = self.sheet.filled[row]
        return texts[column] if column is not None and column < len(texts) else ""

    def _item(self, row: int) -> tuple[str | None, str | None]:
        """The item of a row and its question as it stands there."""
        question = self._cell(row, "question")
        asked = without_marker(question) or None
        code = fold(self._cell(row, "id")).upper().replace(" ", "")
        if (found := _ID.fullmatch(code)) and found.group() in self.schema.by_id:
            return found.group(), asked
        if question and (match := self.matcher.question(question)) is not None:
            return match[0], asked
        return self.labels.get(squeeze(self._cell(row, "label"))), asked

    def _answer(self, row: int, item: str, question: str | None) -> Answer:
        place = self._place(row, self.columns["answer"])
        return Answer(
            item=item,
            text=self._cell(row, "answer"),
            where=place,
            choice=_choice(self._cell(row, "choice")),
            reason=self._cell(row, "reason"),
            department=self._cell(row, "department"),
            remark=self._cell(row, "remark"),
            question=question,
            problem=self.problems.cells.get((self.sheet.name, place.cell or "")),
        )

    def _join(self, answer: Answer, row: int) -> Answer:
        from dataclasses import replace

        more = self._cell(row, "answer")
        merged_answer = any(
            left <= self.columns["answer"] <= right and top < row <= bottom
            for (top, left), (bottom, right) in self.sheet.merged
        )
        if not more or merged_answer:
            return answer
        return replace(answer, text=f"{answer.text}\n{more}" if answer.text else more)

    def _odd_choice(self, row: int) -> list[Unmatched]:
        given = self._cell(row, "choice")
        if not given or _choice(given) is not None:
            return []
        return [Unmatched(given, self._place(row, self.columns["choice"]))]

    def _loose(self, row: int) -> list[Unmatched]:
        """The content of a row without an item; headings of parts and sections are none."""
        texts = self.sheet.filled[row]
        cells = [
            (column, text)
            for column, text in enumerate(texts)
            if text and not any(squeeze(text).endswith(title) for title in self.titles)
        ]
        if not cells:
            return []
        column = next((at for at, _ in cells if at == self.columns["answer"]), cells[0][0])
        return [Unmatched("\t".join(dict.fromkeys(text for _, text in cells)), self._place(row, column))]

    def _place(self, row: int, column: int) -> Place:
        return Place(self.file, self.sheet.name, reference(row, column))


def _profile(sheet: _Sheet, schema: Schema) -> dict[str, str] | None:
    """Label and value pairs of a profile sheet; None for a sheet that is none."""
    known = {
        squeeze(name): field.id for field in schema.edition.profile for name in (field.label, *field.aliases)
    }
    values: dict[str, str] = {}
    for texts in sheet.filled:
        for column, text in enumerate(texts[:-1]):
            field = known.get(squeeze(text)) if text else None
            if field is not None:
                values.setdefault(field, texts[column + 1])
    return values if len(values) >= 2 else None


def _flags(values: dict[str, str], schema: Schema) -> tuple[tuple[ProfileFlag, bool], ...]:
    flags = []
    for field in schema.edition.profile:
        given = squeeze(values.get(field.id, ""))
        if field.flag is not None and given in words()["yes"] + words()["no"]:
            flags.append((field.flag, given in words()["yes"]))
    return tuple(flags)


def _is_ours(sheet: _Sheet) -> bool:
    """The guide and the list of choices: what the template itself wrote."""
    texts = {text for row in sheet.filled for text in row if text}
    guide = {words()["guide"]["title"], *words()["choices"].values()}
    lines = {part for line in words()["guide"]["lines"] for part in line}
    return not texts or bool(texts & guide) or len(texts & lines) >= 2


def _loose_sheet(sheet: _Sheet, file: str) -> list[Unmatched]:
    for row, texts in enumerate(sheet.filled):
        for column, text in enumerate(texts):
            if text:
                whole = "\n".join(
                    "\t".join(part for part in line if part) for line in sheet.filled if any(line)
                )
                return [Unmatched(whole, Place(file, sheet.name, reference(row, column)))]
    return []


def _choice(text: str) -> Choice | None:
    key = squeeze(text)
    for choice, names in words()["choice_names"].items():
        if any(key == squeeze(name) for name in names):
            return Choice(choice)
    return None


def _text(value: Any) -> str:
    """A cell's value as the clerk sees it, clean."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, bool):
        return str(words()["yes" if value else "no"][0])
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M")
    if isinstance(value, date | time | timedelta | int):
        return str(value)
    return ""


def reference(row: int, column: int) -> str:
    """A cell's name as Excel shows it, from 0-based row and column.

    >>> reference(16, 3)
    'D17'
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


__all__ = ["Problem", "read_workbook", "reference"]
