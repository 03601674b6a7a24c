"""A table to be filled in below a question: every row is a part of the question, its unit beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from questionnaire.cells import squeeze
from questionnaire.drafting.grammar import words
from questionnaire.drafting.kinds import units_beside, units_in
from questionnaire.reading.files.grid import Sheet

MOST = 24  # parts of one table
NAME = 30  # letters of a row's name
_PERIOD = re.compile(r"20\d\d|[本上去前]年|[本上]期|年度|当年")


class TableRow(NamedTuple):
    """What a row asks for."""

    ask: str
    unit: str = ""
    is_figure: bool = True


def rows_of(sheet: Sheet) -> tuple[TableRow, ...]:
    """The rows of a table with blank columns, as parts; none where it is no such table."""
    rows = list(sheet.rows.items())
    if len(rows) < 2 or len(rows[0][1]) < 2:
        return ()
    (top, heads), body = rows[0], rows[1:]
    blank = [
        column
        for column in heads
        if (top, column) not in sheet.covered and not any(column in c for _, c in body)
    ]
    told = [column for column in heads if column not in blank]
    unit = next((column for column in told if _is(heads[column], "unit")), None)
    names = [column for column in told if column != unit and not _counts(heads[column], column, body)]
    if not blank or not names or any(len(text) > NAME for _, cells in body for text in cells.values()):
        return ()
    values = [column for column in blank if not _is(heads[column], "hint")] or blank
    plain = all(_is_amount(heads[column]) for column in values)
    found: list[TableRow] = []
    for _, cells in body:
        name = _joined([cells[column].strip() for column in names if column in cells])
        if not name:
            continue
        own = cells.get(unit, "").strip() if unit is not None else ""
        if plain:
            own = own or next((u for c in values for u in units_beside(heads[c])), "")
            found.append(TableRow(f"{name}（{own}）" if own and not units_beside(name) else name, own))
        else:
            found += [_crossed(name, heads[column].strip(), own) for column in values]
    return tuple(found[:MOST])


def _crossed(name: str, head: str, unit: str) -> TableRow:
    own = unit if units_in(unit) and not units_beside(head) else ""
    return TableRow(f"{name}{'' if name.endswith('的') else '的'}{head}", own, is_figure=False)


def _is(head: str, kind: str) -> bool:
    return squeeze(head) in map(squeeze, words()["columns"][kind])


def _counts(head: str, column: int, body: list[tuple[int, dict[int, str]]]) -> bool:
    """Whether a column only numbers the rows."""
    texts = [cells[column] for _, cells in body if column in cells]
    return _is(head, "number") or all(squeeze(text).isdigit() for text in texts)


def _is_amount(head: str) -> bool:
    """Whether a column is filled with the amounts of the rows: of a year, or without another name."""
    bare = squeeze(re.sub(r"[（(][^（）()]*[)）]", "", head))
    return _PERIOD.search(bare) is not None or bare in map(squeeze, words()["amount_columns"])


def _joined(names: list[str]) -> str:
    found = ""
    for name in dict.fromkeys(names):
        found = name if found in name else found + name
    return found


def is_pointer(ask: str) -> bool:
    """Whether an ask only sends to the table."""
    return any(word in ask for word in words()["table_pointers"])


def by_name(rows: tuple[TableRow, ...]) -> Mapping[str, TableRow]:
    """The rows by what they ask."""
    return {row.ask: row for row in rows}
