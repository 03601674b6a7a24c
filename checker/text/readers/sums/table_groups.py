"""Sums that a table shows without a total row: groups of rows that split one whole, a total in the line beside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from checker.text.ground.tables import Row, Table
from checker.text.readers.sums.totals import Sum, words

SLIP = Decimal("0.1")  # guessed: a group that splits the same whole comes this near
SLIP_BESIDE = Decimal("0.25")  # guessed: a total in the line beside says what it is
LABEL = 10  # characters before a figure that hold its total's word
LEAST_GROUPS = 2

_FIGURE = re.compile(
    r"(?P<number>\d{1,3}(?:[,，]\d{3}){1,4}|\d{1,9})(?P<decimals>\.\d{1,4})?\s?(?P<unit>[^\d\s/／，,、；;。：:|（()）]{0,6})"
)


def grouped_sums(table: Table) -> Iterator[Sum]:
    """性别 男 … 性别 女 … 年龄 …: groups by the first column whose sums differ from what the others make."""
    groups = _groups(table)
    if sum(len(rows) > 1 for _, rows in groups) < LEAST_GROUPS:
        return
    width = max(len(row.cells) for row in table.rows)
    for column in range(1, width):
        sums = [(name, rows, _column(rows, column)) for name, rows in groups]
        known = [(name, rows, value) for name, rows, value in sums if value is not None]
        if len(known) < LEAST_GROUPS:
            continue
        whole = _whole(table, column, [value for _, rows, value in known if len(rows) > 1])
        if whole is None:
            continue
        for name, rows, value in known:
            if len(rows) > 1 and abs(value - whole) <= SLIP * whole:
                parts = tuple(row.cells[column].text for row in rows)
                at = rows[-1].cells[column].start
                yield Sum(rows[0].start, rows[-1].end, name, parts, whole, value, "", value == whole, at)


def _groups(table: Table) -> list[tuple[str, list[Row]]]:
    """Neighbouring rows with one first cell, an empty one taken for that above; totals left out."""
    named: list[tuple[str, Row]] = []
    for row in table.rows:
        first = row.cells[0]
        if first.value is not None or words().total.search(re.sub(r"\s", "", row.label)):
            continue
        named.append((named[-1][0] if first.is_empty and named else first.text, row))
    return [(name, [row for _, row in rows]) for name, rows in groupby(named, key=lambda entry: entry[0])]


def _column(rows: list[Row], column: int) -> Decimal | None:
    """What the whole numbers of a group make in a column; None where one is missing."""
    cells = [row.cells[column] for row in rows if column < len(row.cells)]
    if len(cells) < len(rows) or any(
        cell.value is None or cell.percent or cell.half != Decimal("0.5") or not cell.text[-1:].isdigit()
        for cell in cells
    ):
        return None
    return sum((cell.value for cell in cells if cell.value is not None), Decimal(0))


def _whole(table: Table, column: int, sums: list[Decimal]) -> Decimal | None:
    """The total row's value if a group makes it, else what two groups agree on."""
    for row in table.rows:
        if words().total.search(re.sub(r"\s", "", row.label)) and column < len(row.cells):
            value = row.cells[column].value
            if value is not None:
                return value if value in sums else None
    agreed = [value for value in sums if sums.count(value) > 1]
    return (
        agreed[0] if agreed and all(value in agreed[:1] or sums.count(value) == 1 for value in sums) else None
    )


def total_beside(text: str, table: Table) -> Iterator[Sum]:
    """合计：3场/349人次 in the line above or below a table with a column 人次 and no total row."""
    known = words()
    if any(known.total.search(row.label) for row in table.rows):
        return
    end = text.rfind("\n", 0, table.start)
    above = text.rfind("\n", 0, max(end, 0)) + 1
    if end > 0 and not known.in_part.search(text, above, end):
        counted = (found for found in _FIGURE.finditer(text, above, end) if _is_total(text, above, found))
        yield from _column_sums(text, table, above, end, counted)
    below = text.find("\n", table.end) + 1
    stop = text.find("\n", below)
    stop = stop if stop >= 0 else len(text)
    if below and known.total.match(text[below:stop].strip()):
        yield from _column_sums(text, table, below, stop, _FIGURE.finditer(text, below, stop))


def _is_total(text: str, begin: int, found: re.Match[str]) -> bool:
    """Whether a word of a total stands right before a figure."""
    return words().before_total.search(text[max(begin, found.start() - LABEL) : found.start()]) is not None


def _column_sums(
    text: str, table: Table, begin: int, end: int, totals: Iterable[re.Match[str]]
) -> Iterator[Sum]:
    """Figures of a line and what the column of their unit makes."""
    for found in totals:
        columns = [at for at, head in enumerate(table.heads) if found["unit"] and found["unit"] in head]
        if len(columns) != 1 or found["decimals"]:
            continue
        cells = [row.cells[columns[0]] for row in table.rows if columns[0] < len(row.cells)]
        values = [cell.value for cell in cells if cell.value is not None and not cell.percent]
        if len(values) < 2 or len(values) < len(table.rows):
            continue
        stated = Decimal(re.sub(r"[,，]", "", found["number"]))
        computed = sum(values, Decimal(0))
        fits = stated == computed
        if fits or abs(stated - computed) <= SLIP_BESIDE * computed:
            yield Sum(
                begin, begin + len(text[begin:end].rstrip()), found["unit"], tuple(cell.text for cell in cells),
                stated, computed, found["unit"], fits, found.start(),
            )  # fmt: skip
