"""Tables to questions: which column holds them, which their sections, units and explanations, in whatever order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec.structs import replace

from questionnaire.cells import squeeze
from questionnaire.drafting.choices import choices_in, is_yes_or_no, parted
from questionnaire.drafting.grammar import either, words
from questionnaire.drafting.head import FIELD, fields_in
from questionnaire.drafting.lines import ASKS, Line
from questionnaire.drafting.notes import is_note
from questionnaire.drafting.questions import Listing, Question
from questionnaire.reading.files.grid import Sheet, reference
from questionnaire.reading.layout.labels import label_end

DEPTH = 20  # rows in which a header is looked for
NAME = 20  # letters of a column's name
LEAST = 6  # letters of a question that no header names
TITLE = 20  # letters of a section's name
MANY = 3  # rows from which a column without a name may hold the questions

Columns = Mapping[str, int]


def read_table(sheet: Sheet) -> tuple[Listing, bool]:
    """The questions of a table, and whether a header names their column."""
    top, columns = _header(sheet)
    named = "question" in columns
    if not named:
        columns = _by_content(sheet, top, columns)
    if "question" not in columns:
        return Listing((), left=tuple(_first_words(sheet))), False
    columns = _sections(sheet, top, columns)
    return _read(sheet, top, columns), named


@cache
def _names() -> dict[str, str]:
    return {squeeze(name) or name: kind for kind, names in words()["columns"].items() for name in names}


def _header(sheet: Sheet) -> tuple[int, Columns]:
    """The row below the header and its columns; none where no row has two known names."""
    best: tuple[int, dict[str, int]] = (-1, {})
    for row, cells in list(sheet.rows.items())[:DEPTH]:
        found: dict[str, int] = {}
        for column, text in cells.items():
            kind = _kind(text)
            if kind is not None and (row, column) not in sheet.covered:
                found.setdefault(kind, column)
        better = ("question" in found, len(found)) > ("question" in best[1], len(best[1]))
        if better and (len(found) > 1 or (found and len(cells) == 1 and "question" in found)):
            best = row, found
    return best[0] + 1, best[1]


def _kind(text: str) -> str | None:
    """What a column of a name holds: its whole name, else how it ends."""
    if len(text) > NAME:
        return None
    name = squeeze(text) or text.strip()
    names = _names()
    if name in names:
        return names[name]
    ends = [known for known in names if len(known) > 1 and not known.isascii() and name.endswith(known)]
    return names[max(ends, key=len)] if ends else None


def _by_content(sheet: Sheet, top: int, columns: Columns) -> Columns:
    """The column that says most, where no name tells which holds the questions; one for answers may be full of them."""
    letters: dict[int, int] = {}
    rows: dict[int, set[str]] = {}
    taken = {column for kind, column in columns.items() if kind != "answer"}
    for row, cells in sheet.rows.items():
        for column, text in cells.items():
            if row >= top and column not in taken and len(squeeze(text)) >= LEAST:
                letters[column] = letters.get(column, 0) + len(text)
                rows.setdefault(column, set()).add(text)
    fit = [column for column in letters if len(rows[column]) >= MANY]
    if not fit:
        return columns
    return {**columns, "question": max(fit, key=lambda column: letters[column])}


def _sections(sheet: Sheet, top: int, columns: Columns) -> Columns:
    """Columns of sections that no name tells: short words that hold for several rows; the coarser one is the part."""
    taken = set(columns.values())
    values: dict[int, list[str]] = {}
    for row, cells in sheet.rows.items():
        if row >= top and columns["question"] in cells:
            for column, text in cells.items():
                if column not in taken and column < columns["question"]:
                    values.setdefault(column, []).append(text)
    groups = {
        column: len(set(found))
        for column, found in values.items()
        if len(set(found)) <= max(1, len(found) // 2)
        and all(len(text) <= TITLE for text in found)
        and not all(label_end(text) == len(text) or text.isdigit() for text in found)
    }
    free = [kind for kind in ("section", "part") if kind not in columns]
    by_size = sorted(groups, key=groups.__getitem__, reverse=True)
    found = dict(zip(free, by_size, strict=False))
    if (
        len(free) == 1
        and free == ["part"]
        and by_size
        and groups[by_size[0]] > _count(sheet, columns["section"])
    ):
        found = {}
    return {**columns, **found}


def _count(sheet: Sheet, column: int) -> int:
    return len({cells[column] for cells in sheet.rows.values() if column in cells})


def _read(sheet: Sheet, top: int, columns: Columns) -> Listing:
    found: list[Question] = []
    left: list[str] = []
    headings: list[tuple[str, str]] = []  # shape and words of the open ones
    asked = columns["question"]
    ticked = _has_boxes(sheet, top)
    for row, cells in sheet.rows.items():
        if row < top:
            left += [text for text in dict.fromkeys(cells.values()) if _kind(text) is None]
            continue
        told = set(cells.values())
        text = cells.get(asked, "").strip()
        first = sheet.covered.get((row, asked), (row, asked))
        if _is_header(cells, columns) or (len(told) == 1 and is_note(next(iter(told)))) or _is_aside(text):
            left += [other for other in told if _kind(other) is None]
        elif len(told) == 1 and _is_heading(sheet, row, cells, asked):
            headings = _opened(headings, next(iter(told)))
        elif not text or first[0] != row:
            left += [other for other in told if not text and len(squeeze(other)) >= LEAST]
        else:
            question = _question(sheet, row, cells, columns, [title for _, title in headings])
            found.append(
                replace(question, yes_no=question.yes_no or (ticked and not _is_open(question.text)))
            )
    title = next((text for row, cells in sheet.rows.items() if row < top - 1 for text in cells.values()), "")
    return Listing(tuple(found), title if title in left and len(title) <= 2 * TITLE else "", tuple(left))


def _is_aside(text: str) -> bool:
    """Whether words where a question should stand are a remark with its mark, or name what is to be signed."""
    marked = re.match(r"[*＊※]", text) is not None and ASKS.search(text) is None
    return marked or bool(fields_in(text)) or (len(text) <= FIELD and text.endswith(("：", ":")))


def _is_header(cells: Mapping[int, str], columns: Columns) -> bool:
    """Whether a row names the columns once more, as the first of a new page does."""
    named = [kind for kind, column in columns.items() if column in cells and _kind(cells[column]) == kind]
    return "question" in named and len(named) > 1


def _is_open(text: str) -> bool:
    """Whether a question can be answered by no tick: 请介绍…, …分别是多少."""
    return re.match(either("zh", "leads"), text) is not None or _open_words().search(text) is not None


@cache
def _open_words() -> re.Pattern[str]:
    return re.compile("|".join(words()["open"]), re.IGNORECASE)


def _has_boxes(sheet: Sheet, top: int) -> bool:
    """Whether the header has columns to tick: 是 and 否."""
    names = {squeeze(text) for row, cells in sheet.rows.items() if row < top for text in cells.values()}
    return len(names & set(words()["yes_no"])) > 1


def _is_heading(sheet: Sheet, row: int, cells: Mapping[int, str], asked: int) -> bool:
    """Whether the only words of a row stand across it, or beside the questions, or are a section's name."""
    text = next(iter(cells.values()))
    return (
        (len(cells) > 1 or asked not in cells or label_end(text) > 0)
        and len(text) <= 2 * TITLE
        and not text.endswith(("？", "?", "。"))
        and not (label_end(text) and ASKS.search(text[label_end(text) :]))
        and (
            len(cells) > 1
            or asked not in cells
            or (len(sheet.rows) > 1 and len(text) <= TITLE and _others_wider(sheet, asked))
        )
    )


def _others_wider(sheet: Sheet, asked: int) -> bool:
    """Whether most rows hold more than the question."""
    wide = sum(len(cells) > 1 for cells in sheet.rows.values() if asked in cells)
    return wide * 2 > len(sheet.rows)


def _opened(headings: list[tuple[str, str]], text: str) -> list[tuple[str, str]]:
    end = label_end(text)
    line = Line(text[:end].strip(), text[end:].strip() or text, 0)
    place = next((at for at, (shape, _) in enumerate(headings) if shape == line.shape), len(headings))
    return [*headings[:place], (line.shape, line.text)]


def _question(
    sheet: Sheet, row: int, cells: Mapping[int, str], columns: Columns, headings: list[str]
) -> Question:
    def of(kind: str) -> str:
        return cells.get(columns[kind], "").strip() if kind in columns else ""

    text = of("question")
    end = label_end(text)
    number = of("number") or text[:end].strip()
    part, section = of("part"), of("section")
    if headings:
        section = section or headings[-1]
        part = part or (headings[0] if len(headings) > 1 or section != headings[-1] else "")
    stem, beside = parted(text[end:].strip() or text)
    answers = [
        each
        for column, each in cells.items()
        if column not in columns.values() or column == columns.get("answer")
    ]
    choices = (*beside, *_choices(of("options")), *(each for told in answers for each in choices_in(told)))
    return Question(
        stem,
        part=_bare(part),
        section=_bare(section),
        number=number,
        unit=of("unit"),
        hint=of("hint"),
        yes_no=is_yes_or_no(choices),
        where=f"{sheet.name} {reference(row, columns['question'])}".strip(),
    )


def _choices(text: str) -> Iterator[str]:
    for mark in "/、,，;；|□☐○\n":
        text = text.replace(mark, " ")
    yield from text.split()


def _bare(title: str) -> str:
    """A section's name without its number, which labels print themselves."""
    end = label_end(title)
    return title[end:].strip() or title


def _first_words(sheet: Sheet) -> Iterator[str]:
    for cells in sheet.rows.values():
        yield from dict.fromkeys(text for text in cells.values() if len(squeeze(text)) >= LEAST)
