"""Totals in tables: labelled rows and columns, or an unlabelled last column that the other rows show to be the sum.

Where several readings of a total are possible (subtotals, 其中) one that fits is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from checker.text.ground.tables import Cell, Row, Table
from checker.text.readers.sums.totals import LEAST_SHARE, MOST_SHARE, Sum, is_rounded, words

SLIP = Decimal("0.05")  # guessed: a loosely labelled total must come this near


def table_sums(table: Table) -> Iterator[Sum]:
    """The totals of a table: in its rows, then in its columns."""
    yield from _rows(table)
    yield from _columns(table)


def _is_total(label: str) -> bool:
    return len(label) <= 24 and words().total.search(re.sub(r"\s", "", label)) is not None


def _rows(table: Table) -> Iterator[Sum]:
    """Totals at the end (or the beginning) of rows."""
    known = words()
    heads = table.heads
    added = [not known.not_added.search(head) for head in heads]
    named = [at for at, head in enumerate(heads) if added[at] and _is_total(head)]
    loose = not named
    if loose:
        last = len(heads) - 1
        if last < 2 or not added[last]:
            return
        named = [last]
    for place in named:
        sums = [
            entry
            for row in table.rows
            if not known.not_added.search(row.label) and (entry := _row(row, place, named, added, heads))
        ]
        fitting = sum(entry.fits for entry in sums)
        if (
            loose
            and not known.weak.search(heads[place])
            and (fitting < 2 or 2 * (len(sums) - fitting) > fitting)
        ):
            continue
        first = place <= 1  # a total before its parts: they may be divided in several ways
        for entry in sums:
            near = abs(entry.difference) <= SLIP * abs(entry.stated)
            sure = near or (fitting and _likely(entry)) or fitting > 1
            if entry.fits or sure or (not loose and not first and _likely(entry)):
                yield entry


def _row(row: Row, place: int, totals: list[int], added: list[bool], heads: Sequence[str]) -> Sum | None:
    if place >= len(row.cells) or row.cells[place].value is None or row.cells[place].percent:
        return None
    before = [at for at in totals if at < place]
    columns = [at for at in range(len(row.cells)) if at < len(added) and added[at] and at not in totals]
    since = [at for at in columns if (before[-1] if before else -1) < at < place]
    choices = [since, [at for at in columns if at < place]]
    if not any(row.cells[at].value is not None for at in since):
        choices = [[at for at in columns if at > place]]
    unit = _unit(heads[place])
    readings = []
    for choice in choices:
        if len({kind for at in choice if (kind := tuple(words().apart.findall(heads[at])))}) > 1:
            continue  # 场次 beside 人次
        cells = [row.cells[at] for at in choice if not unit or unit.endswith(_unit(heads[at]))]
        readings.append([cell for cell in cells if cell.value is not None and not cell.percent])
    exact = _counts(heads[place]) or _counts(unit)
    label = _plain(f"{row.label} {heads[place]}")
    return _judge(row.cells[place], readings, label, (row.start, row.end), unit, exact=exact)


def _columns(table: Table) -> Iterator[Sum]:
    """Totals in rows labelled 合计."""
    known = words()
    rows = list(table.rows)
    totals = [at for at, row in enumerate(rows) if _is_total(row.label)]
    if not totals or any(row.label.startswith(known.part_of) for row in rows):
        return
    for place in totals:
        for column in range(len(rows[place].cells)):
            head = table.heads[column] if column < len(table.heads) else ""
            entry = _column(rows, totals, place, column, head)
            if entry is not None and (entry.fits or _likely(entry)):
                yield entry


def _column(rows: list[Row], totals: list[int], place: int, column: int, head: str) -> Sum | None:
    known = words()
    total = rows[place].cells[column]
    share = total.percent or "%" in head or "占比" in head or "比例" in head
    if total.value is None or (known.not_added.search(head) and not share):
        return None
    if share and total.value != 100 and not known.subtotal.search(rows[place].label):
        return None

    def cells(places: Iterable[int]) -> list[Cell]:
        return [
            rows[at].cells[column]
            for at in places
            if column < len(rows[at].cells)
            and rows[at].cells[column].value is not None
            and not known.not_added.search(rows[at].label)
            and not _YEAR.match(rows[at].cells[column].text)  # the heads of a table in a row of their own
        ]

    plain = [at for at in range(len(rows)) if at not in totals]
    before = [at for at in totals if at < place]
    subs = [at for at in before if known.subtotal.search(rows[at].label)]
    since = [at for at in plain if (before[-1] if before else -1) < at < place]
    readings = [cells(since), cells(at for at in plain if at < place)]
    if subs:
        readings.append(cells([*subs, *(at for at in plain if subs[-1] < at < place)]))
    if not since:
        readings = [*readings[1:], cells(at for at in plain if at > place)]
    if len({_listed(rows[at].label) for at in plain}) > 1:
        return None  # 一、 beside 1.: levels that are not all to be added
    unit = "%" if share else _unit(head)
    exact = _counts(head) or _counts(unit) or _counts(total.unit)
    label = _plain(f"{head} {rows[place].label}" if head != rows[place].label else head)
    return _judge(total, readings, label, (rows[place].start, rows[place].end), unit, exact=exact)


def _listed(label: str) -> str:
    """The kind of list mark before a label."""
    found = re.match(r"[（(]?([一二三四五六七八九十]|\d)[^、．.)）]?[、．.)）]", label)
    return "" if found is None else "digit" if found.group(1).isdigit() else "numeral"


def _judge(
    total: Cell, readings: list[list[Cell]], label: str, place: tuple[int, int], unit: str, *, exact: bool
) -> Sum | None:
    """The reading that fits, else the first with two parts or more."""
    first: Sum | None = None
    if total.value is None:
        return None
    for cells in readings:
        units = {cell.unit for cell in cells if cell.unit}
        if len(cells) < 2 or len(units) > 1 or (total.unit and units and units != {total.unit}):
            continue
        computed = sum((cell.value for cell in cells if cell.value is not None), Decimal(0))
        whole = all(cell.half == Decimal("0.5") for cell in (*cells, total))
        stray = sum((cell.half for cell in cells), Decimal(0))
        if whole:
            stray = Decimal(0) if exact else Decimal(len(cells) - 1) / 2
        apart = abs(computed - total.value)
        share = "%" if total.percent else total.unit or unit
        fits = apart <= stray or is_rounded(apart, total.half, (cell.half for cell in cells), share)
        parts = tuple(cell.text for cell in cells)
        entry = Sum(*place, label, parts, total.value, computed, unit or total.unit, fits, total.start)
        if fits:
            return entry
        first = first or entry
    return first


def _likely(entry: Sum) -> bool:
    """Whether the parts come near enough to be the total's."""
    return entry.stated > 0 and LEAST_SHARE < entry.computed / entry.stated < MOST_SHARE


def _plain(label: str) -> str:
    """A label without its brackets and numbers."""
    return re.sub(r"\s{1,9}", " ", re.sub(r"[（(][^（）()]{0,24}[）)]|\d[\d.,]{0,20}", "", label)).strip()


_YEAR = re.compile(r"\s?(?:19|20)\d\d\s?年")
_IN_BRACKETS = re.compile(r"[（(]([^（）()]{1,16})[）)]")


def _unit(head: str) -> str:
    """What stands in a head's last brackets."""
    found = _IN_BRACKETS.findall(head)
    return re.sub(r"\s|单位[:：]?", "", found[-1]) if found else ""


def _counts(head: str) -> bool:
    """Whether a head, or a unit, is of what is counted."""
    known = words()
    return head in known.counted_units or known.counted_head.search(head) is not None
