"""Figures whose unit cannot be told from their cell, column, row or caption, or from the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from msgspec import Struct

from checker.text.ground.english import is_mostly_english
from checker.text.ground.lexicon import either
from checker.text.ground.passages import STOP
from checker.text.ground.quantities import Quantity, between
from checker.text.ground.spans import Areas, Span
from checker.text.ground.stops import with_stops
from checker.text.ground.table_figures import find_lists
from checker.text.ground.tables import Cell, Row, Table
from checker.text.readers.figures.bare_ends import find_bare_ends, opened_by_an_amount
from checker.text.readers.figures.bare_given import find_given
from checker.text.readers.figures.bare_rows import find_bare_rows
from checker.text.readers.figures.english_figures import find_without_unit
from checker.text.readers.figures.told_above import told_above
from frameworks.ground.yaml import load_data

WHOLE = Decimal("0.5")  # half the last digit of a whole number
LABEL = 16  # characters before a bare number that say what it measures
KINDS = 2  # units of a table whose rows bring their own
ROWS = 4  # of a table in which one row without a unit is a slip
LARGE = 100  # a smaller number may count cases
BEHIND = 14  # characters behind it in which a second figure may bring the unit (由 1200 降至 1100 吨)

_AMOUNT = re.compile(
    r"(?<![\d.,])(?:\d[\d,]{0,12}\.\d{1,4}|\d[\d,]{0,12}(?:\.\d{1,4})?[  ]?(?P<scale>[万亿]))"
    r"(?=[。；;]|[，,](?!\s?\d)|\n|\Z)"
)
_POINT = re.compile(r"\.(?=\s|\Z)(?<=[\d%)）\u4e00-\u9fff]\.)")
_CURRENCY = re.compile(
    r"(?<![A-Za-z])[A-Z]{3}\s?\d|\d\s?(?:million|thousand|billion)?\s?[A-Z]{3}(?![A-Za-z])"
)
_ENDS = "。；;！？!?\n|\t"
_COMMA = re.compile("[，,]")
_BARE = re.compile(r"(?<![\d.A-Za-z])\d[\d,]*(?:\.\d+)?(?=\s?(?:[、，。；;＋+／/）)\n|]|\Z))")
_YEAR = re.compile(r"\s?(?:19|20)\d\d(?!\d)")
_DIGIT = re.compile(r"\d")


def find_unitless(text: str, quantities: tuple[Quantity, ...], tables: tuple[Table, ...]) -> tuple[Span, ...]:
    """Such figures: the cell with its row in a table, the figure with its label in prose."""
    found = [span for table in tables for span in _of_table(text, table)]
    found += (
        Span(text[place.start : place.end], place.start, place.end)
        for place in _of_prose(ended(text), quantities, tables)
    )
    if _said().search(text) is None and _amounts().told.search(text) is None:
        known = [(one.start, one.end) for one in found]
        words = ended(text)
        bares = (*find_bare_ends(words, quantities), *find_given(words, quantities), *find_bare_rows(text))
        found += (
            bare for bare in bares if not any(start < bare.end and bare.start < end for start, end in known)
        )
    if is_mostly_english(text):
        taken = {one.end for one in found}
        found += (one for one in find_without_unit(text, quantities) if one.end not in taken)
    told = Areas((listed.start, listed.end) for listed in find_lists(text))
    return tuple(
        one for one in found if not (_per_head(text, one, quantities) or told.touch(one.start, one.end))
    )


def _per_head(text: str, figure: Span, quantities: tuple[Quantity, ...]) -> bool:
    """Whether a figure is the share of one (每人22.0, 单件0.068) of an amount whose unit stands just before it."""
    if _each().search(figure.text) is None:
        return False
    begin = max(text.rfind(mark, 0, figure.start) for mark in "。；;\n") + 1
    return any(begin <= one.start < figure.start and one.unit for one in quantities)


def ended(text: str) -> str:
    """The text, as long as it was, with Western full stops as 。"""
    return _POINT.sub(STOP, with_stops(text)) if "." in text else text


def _of_table(text: str, table: Table) -> Iterator[Span]:
    """The first row of each table whose column or row needs a unit and names none."""
    measured, units = _words()
    if (
        _said().search(table.caption)
        or _said().search(text, table.start, table.end)
        or units.search(table.caption)
    ):
        return
    for row in table.rows:
        if units.search(row.label):
            continue
        for at, cell in enumerate(row.cells):
            if cell.value is None or cell.percent or cell.unit:
                continue
            head = table.heads[at] if at < len(table.heads) else ""
            amount = cell.half != WHOLE and _amounts().column.search(re.sub(r"\s", "", head)) is not None
            if any(_is_told(other) for other in row.cells):
                continue
            if units.search(head) or not (amount or measured.search(head) or measured.search(row.label)):
                continue
            yield Span(text[row.start : row.end], row.start, row.end)
            return
    yield from _bare_rows(text, table, units)


def _bare_rows(text: str, table: Table, units: re.Pattern[str]) -> Iterator[Span]:
    """The first row of numbers alone in a table whose other rows bring units of several kinds in their cells.

    A small number may count cases, unless every other row of the table brings a unit.
    """
    told = {cell.unit for row in table.rows for cell in row.cells if cell.unit}
    if len(told) < KINDS or any(units.search(head) for head in table.heads):
        return
    bare = [row for row in table.rows if _is_bare(row, units)]
    alone = len(bare) == 1 and len(table.rows) > ROWS and _told_else(table, bare[0])
    for row in bare:
        if alone or all(cell.value > LARGE for cell in row.cells if cell.value):
            yield Span(text[row.start : row.end], row.start, row.end)
            return


def _is_bare(row: Row, units: re.Pattern[str]) -> bool:
    """Whether a row holds numbers, and nothing that tells their unit or does without."""
    numbers = [cell for cell in row.cells if cell.value is not None]
    return bool(
        row.label
        and any(cell.value for cell in numbers)
        and not any(cell.unit or cell.percent for cell in numbers if cell.value)
        and not any(_YEAR.match(cell.text) for cell in numbers)
        and not any(_is_told(cell) for cell in row.cells)
        and not units.search(row.label)
        and not _amounts().no_unit.search(row.label)
    )


def _told_else(table: Table, bare: Row) -> bool:
    """Whether all other rows bring a unit."""
    return all(any(cell.unit for cell in row.cells) for row in table.rows if row is not bare)


def _is_told(cell: Cell) -> bool:
    """Whether a cell brings the unit of its row (12.0 kgce/只)."""
    return bool(cell.unit) or re.search(r"\d\s?[A-Za-z]{1,6}/", cell.text) is not None


def _of_prose(text: str, quantities: tuple[Quantity, ...], tables: tuple[Table, ...]) -> Iterator[Span]:
    measured, _ = _words()
    if _DIGIT.search(text) is None:
        return
    for match in _listed().finditer(text):
        yield Span(match["figure"], match.start("figure"), match.end("figure"))
    seen = []
    for match in _bare().finditer(text):
        seen.append(match.end())
        yield Span(match.group(), match.start(), match.end())
    listed = () if _told().search(text) else _labelled(text, tables)
    for start, end in (*listed, *_unsaid(text, quantities, tables), *_scaled(text)):
        if end not in seen:
            seen.append(end)
            yield Span(text[start:end], start, end)
    for at, quantity in enumerate(quantities):
        if quantity.unit or quantity.kind != "number" or quantity.value in ("0", ""):
            continue
        before = re.split(r"[，,。；;、\n\t]", text[max(0, quantity.start - LABEL) : quantity.start])[-1]
        label = list(measured.finditer(before))
        if not label or not _link().fullmatch(before[label[-1].end() :]):
            continue
        following = quantities[at + 1] if at + 1 < len(quantities) else None
        if following is not None and following.unit and following.start - quantity.end <= BEHIND:
            continue
        if quantity.end in seen:
            continue
        start = quantity.start - len(before.lstrip())
        yield Span(text[start : quantity.end], start, quantity.end)


@cache
def _listed() -> re.Pattern[str]:
    """铝灰60吨、废耐火砖210、废油12吨: one of a list whose neighbour has a unit of mass, volume, energy or money."""
    data: dict[str, Any] = load_data("checker.data", "unitless.yaml")
    return re.compile(
        rf"\d\s?万?{either(data['listed'])}[、，](?!{either(data['members'])})(?P<figure>[\u4e00-\u9fff]{{1,9}}(?<![第号约型级类年月日为至到比])"
        r"[  ]?(?!0\d)\d{1,3}(?:,?\d{3}){0,4}(?:\.\d{1,6})?)(?!\d)"
        r"(?=[。；;\n]|[，,](?!\d)|\Z|、(?!\D{1,10}\d[\d.,]*(?:[、。；;，\n]|\Z)))"
    )


@cache
def _link() -> re.Pattern[str]:
    data: dict[str, Any] = load_data("checker.data", "unitless.yaml")
    return re.compile(rf"量?(?:{either(data['value_links'])}|[:：]|\s){{1,6}}")


@cache
def _bare() -> re.Pattern[str]:
    """用水量 118200。: a number right behind its label and before a stop."""
    data: dict[str, Any] = load_data("checker.data", "unitless.yaml")
    labels = either(data["measured"])
    return re.compile(
        rf"(?:{labels})量?[:：]?[  ]?(?!(?:19|20)\d\d\b)\d[\d,]{{2,15}}(?:\.\d{{1,6}})?(?=[，。；;、]|\n|\Z)"
    )


def _labelled(text: str, tables: tuple[Table, ...]) -> Iterator[tuple[int, int]]:
    """经费26.8。 用水量3.2万，: decimals or ten thousands behind a label, before a stop and no further number.

    Ten thousands of money (投入800万) are said without their unit.
    """
    label, money = _labels()
    for match in _AMOUNT.finditer(text):
        if _table_at(tables, match.start()) is not None:
            continue
        begin = max(0, match.start() - LABEL)
        found = label.search(text, begin, match.start())
        if found and not (match["scale"] and money.match(found["label"])):
            yield found.start(), match.end()


def _unsaid(
    text: str, quantities: tuple[Quantity, ...], tables: tuple[Table, ...]
) -> Iterator[tuple[int, int]]:
    """全年发放慰问金12.8。 缠绕膜用46。 VOCs≤4.0: an amount behind a noun, no unit near that could be its."""
    amounts = _amounts()
    if _said().search(text) or amounts.told.search(text):
        return
    for match in amounts.figure.finditer(text):
        begin, end = _around(text, match.start())
        table = _table_at(tables, match.start())
        heads = " ".join((table.caption, *(head.partition(" ")[0] for head in table.heads))) if table else ""
        if table is not None and (not match["limit"] or amounts.bracket.search(heads)):
            continue
        found = amounts.label.search(text, max(begin, match.start() - LABEL), match.start())
        if found is None or amounts.no_unit.search(found["label"]) or amounts.scored.search(text, begin, end):
            continue
        label, exact = found["label"], "." in match["number"]
        said = amounts.ends.search(label) is not None
        weighed = exact and label.isascii() and _weighed(quantities, begin, end)
        if label.isascii() and not (match["limit"] or said or weighed):
            continue
        told = _told_ahead(text, match.start()) or told_above(text, tables, match.start(), amounts.bracket)
        if told or opened_by_an_amount(text, quantities, begin, match.start()):
            continue
        if not exact and not said:
            continue
        stop = _COMMA.search(text, match.end(), end)
        close = stop.start() if stop is not None else end
        if weighed or not _has_unit(text, quantities, match, label, begin, close):
            yield found.start(), match.end()


def _has_unit(
    text: str, quantities: tuple[Quantity, ...], match: re.Match[str], label: str, begin: int, close: int
) -> bool:
    """Whether another figure between two places may bring the unit, or brackets do."""
    amounts = _amounts()
    exact = "." in match["number"]
    for number in _BARE.finditer(text, begin, close):
        if not match.start() <= number.start() < match.end():
            return True
    first = begin
    if amounts.spent.search(label):
        first = max(begin, *(text.rfind(mark, begin, match.start()) for mark in "，,"))
    carried = any(
        quantity.unit and (not exact or quantity.kind not in amounts.countable)
        for quantity in between(quantities, first, close)
    )
    return carried or amounts.bracket.search(text, begin, close) is not None


def _weighed(quantities: tuple[Quantity, ...], begin: int, end: int) -> bool:
    """Whether two neighbours of a sentence are weighed: VOCs 6.30 beside NOx 9.86吨 and SO2 620千克."""
    kinds = _amounts().weighed
    return sum(one.kind in kinds for one in between(quantities, begin, end)) > 1


def _told_ahead(text: str, position: int) -> bool:
    """Whether the head of the line or of the sentence names a unit for what follows (Million THB, 2024 付款: …)."""
    money = _amounts().money
    for begin in {text.rfind("\n", 0, position) + 1, _around(text, position)[0]}:
        head = re.search("[:：]", text[begin:position])
        if head is not None and money.search(text, begin, begin + head.start()):
            return True
    return False


def _scaled(text: str) -> Iterator[tuple[int, int]]:
    """Gas natural：4.12 million。: millions of something, no money named in the sentence."""
    amounts = _amounts()
    for match in amounts.scaled.finditer(text):
        begin, end = _around(text, match.start())
        if (
            amounts.money.search(text, begin, end) is None
            and _CURRENCY.search(text, begin, end) is None
            and amounts.bracket.search(text, begin, match.start()) is None
        ):
            yield match.span()


def _table_at(tables: tuple[Table, ...], position: int) -> Table | None:
    return next((table for table in tables if table.start <= position < table.end), None)


def _around(text: str, position: int) -> tuple[int, int]:
    """The sentence, or the cell, of a place."""
    begin = max(text.rfind(mark, 0, position) for mark in _ENDS) + 1
    ends = [found for mark in _ENDS if (found := text.find(mark, position)) >= 0]
    return begin, min(ends, default=len(text))


class _Amounts(Struct, frozen=True):
    figure: re.Pattern[str]  # a number before a stop
    label: re.Pattern[str]  # the noun before it
    ends: re.Pattern[str]  # nouns and verbs whose whole numbers need a unit, too
    no_unit: re.Pattern[str]  # what has no unit, or compares
    bracket: re.Pattern[str]  # a unit in brackets or below a line
    scored: re.Pattern[str]  # what makes the figures of a sentence scores
    told: re.Pattern[str]  # that one unit holds for all
    countable: frozenset[str]  # kinds of units that carry to no decimals
    weighed: frozenset[str]  # kinds of weights
    spent: re.Pattern[str]  # verbs of spending at the end of a label
    money: re.Pattern[str]  # currencies
    scaled: re.Pattern[str]  # a label with millions behind it
    column: re.Pattern[str]  # heads of amounts


@cache
def _amounts() -> _Amounts:
    data: dict[str, Any] = load_data("checker.data", "unitless.yaml")["amounts"]
    behind = either(data["behind"])
    return _Amounts(
        re.compile(
            rf"(?P<limit>[≤≥＜＞]\s?)?(?<![\d.,A-Za-z/~～—–-])(?!(?:19|20)\d\d(?!\d)|0\d)"
            rf"(?P<number>\d{{1,3}}(?:,\d{{3}}){{1,3}}(?:\.\d{{1,4}})?|\d{{2,9}}(?:\.\d{{1,4}})?|\d\.\d{{1,4}})"
            rf"(?:{behind})?(?=\s?(?:[。；;\n]|[，,](?!\d)|\|))"
        ),
        re.compile(rf"(?P<label>[A-Za-z\u4e00-\u9fff]{{1,16}}?)(?:{either(data['links'])}|[:： ]){{0,3}}\Z"),
        re.compile(rf"{either(data['ends'])}\Z"),
        re.compile(rf"{either(data['no_unit'])}|{either(data['no_unit_last'])}\Z"),
        re.compile(rf"[（(][^（）()]{{0,8}}{either(data['units'])}[^（）()]{{0,4}}[）)]|[A-Za-z元吨度]/"),
        re.compile(either(data["scored"])),
        re.compile(either(data["told"])),
        frozenset(data["countable"]),
        frozenset(data["weighed"]),
        re.compile(rf"{either(data['spent'])}\Z"),
        re.compile(either(data["currencies"])),
        re.compile(
            r"[A-Za-z\u4e00-\u9fff][A-Za-z\u4e00-\u9fff ]{0,20}[:： ]\s?\d[\d,.]{0,9}"
            rf"\s?{either(data['scales'])}(?=\s?(?:[。，,；;.\n]|\Z))"
        ),
        re.compile(rf"(?<!{'|'.join(data['no_column'])}){either(data['columns'])}\Z"),
    )


@cache
def _labels() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data: dict[str, Any] = load_data("checker.data", "unitless.yaml")
    labels = either((*data["measured"], *data["prose"]))
    links = either(data["links"])
    return (
        re.compile(rf"(?P<label>{labels})量?(?:{links}){{0,3}}[:：]?[  ]?\Z"),
        re.compile(either(data["money"])),
    )


@cache
def _each() -> re.Pattern[str]:
    data: dict[str, Any] = load_data("checker.data", "unitless.yaml")
    return re.compile(rf"{either(data['each'])}[^\d]{{0,4}}[\d.,]{{1,12}}\Z")


@cache
def _said() -> re.Pattern[str]:
    """A heading under which units stand, or a remark that names one for all."""
    data: dict[str, Any] = load_data("checker.data", "unitless.yaml")
    head = rf"(?:(?<![\u4e00-\u9fff])|{either(data['which_unit'])})单位"
    return re.compile(rf"{head}\s?(?:[:：]|[）)]?\s?(?:[\t|]|$))", re.MULTILINE)


@cache
def _told() -> re.Pattern[str]:
    data: dict[str, Any] = load_data("checker.data", "unitless.yaml")
    return re.compile(either(data["told"]))


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data: dict[str, Any] = load_data("checker.data", "unitless.yaml")
    return (
        re.compile(either(data["measured"])),
        re.compile(either(data["units"])),
    )
