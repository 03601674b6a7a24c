"""Figures of the reporting year with the words that name them, for comparing two answers.

Two figures are of one thing when their unit is one and the words that name the one are among those of the other; no
list of facts is needed. What stands under a plan, a part or another year is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from checker.text.ground.lexicon import either
from checker.text.ground.measures import Measure, measure
from checker.text.ground.numbers import plain
from checker.text.ground.quantities import Quantity, find_quantities
from checker.text.ground.slips import digits, is_long, is_swap
from checker.text.ground.stops import with_stops
from checker.text.ground.tables import Cell, Table
from checker.text.readers.figures.facts import PERSONS, PIECE
from frameworks.ground.yaml import load_data

BACK = 90  # characters before a figure that can set its scope
LABEL = 24  # characters before a figure that can name it
MOST = 250  # figures of one answer that are compared
APART = Decimal("1.6")  # guessed: further apart, two values are hardly of one thing
LEAST_TOLD = 2  # names that a figure named by its sentence alone must share
SHORT = 4  # digits of a swap that does not happen by chance
BARE = 3  # the same of what bare words tell (实际, 用水) of a kind of which a return has few

_CUT = tuple("0123456789.")
_SENTENCE = re.compile(r"[。；;！？!?\n]|\.\s")
_CLAUSE = re.compile(r"[，,、：:（(）)。；;！？!?\n|\t／]|\.\s")
_YEAR = re.compile(r"(?<!\d)(?:(?P<full>(?:19|20)\d\d)|(?P<short>\d\d)(?=\s?年)|FY(?P<fiscal>\d\d))(?!\d)")
_HEAD_YEAR = re.compile(r"\s*(?:FY)?(?:20)?(?P<year>\d\d)\s?年?度?\s*")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.]*[A-Za-z0-9]|[A-Z]")
_UNIT_AT_END = re.compile(r"(?:(?<=\s)|[（(])(?P<unit>[^\s（()）]{1,10})[)）]?\s*\Z")


class Mention(Struct, frozen=True):
    """A figure with its names."""

    measure: Measure
    unit: str
    label: str
    names: frozenset[str]  # pairs of characters and Latin words
    averaged: bool
    named: bool  # whether its own words name it, not those of its sentence
    start: int
    end: int


def find_mentions(
    text: str, quantities: tuple[Quantity, ...], tables: tuple[Table, ...], year: int | None
) -> tuple[Mention, ...]:
    """The figures of the reporting year that nothing narrows, in order of prose, then of tables."""
    found = list(_of_prose(with_stops(text), quantities[:MOST], tables, year))
    for table in tables:
        found += _of_table(table, year)
    return tuple(found)


def same_thing(one: Mention, other: Mention) -> bool:
    """Whether the words of one name are all among the other's; of persons and things, only a slip of the pen."""
    if one.measure.dimension != other.measure.dimension or one.averaged != other.averaged:
        return False
    swapped = is_swap(digits(one.measure.text), digits(other.measure.text))
    if one.measure.counted:
        return swapped and bool(one.names & other.names)
    if swapped and one.measure.dimension in _words().telling and is_long(digits(one.measure.text), SHORT):
        return True
    if swapped and one.measure.dimension in _words().few and is_long(digits(one.measure.text), BARE):
        return bool(one.names & other.names) or not (one.named or other.named)
    short, long = sorted((one.names, other.names), key=len)
    if not (one.named and other.named) and len(short) < LEAST_TOLD:
        return False
    return bool(short) and short <= long and not _is_waste_of(long - short, short)


def _is_waste_of(more: frozenset[str], names: frozenset[str]) -> bool:
    """Whether one name is the waste of the other (废木托, 木托采购)."""
    return any(
        pair.startswith(_words().waste) and any(name[0] == pair[1:] for name in names) for pair in more
    )


def differ(one: Mention, other: Mention) -> bool:
    """Whether two values of one thing cannot both hold, and lie so near that one of them is a slip or is stale."""
    low, high = sorted((one.measure.value, other.measure.value))
    return not one.measure.agrees(other.measure) and high <= low * APART


def _of_prose(
    text: str, quantities: tuple[Quantity, ...], tables: tuple[Table, ...], year: int | None
) -> Iterator[Mention]:
    words = _words()
    starts, sizes = [table.start for table in tables], words.sizes
    last, sized = 0, False  # whether the figure before is a size
    for quantity in quantities:
        begin, last = last, quantity.end
        of_size, sized = sized, quantity.unit in sizes
        place = bisect_right(starts, quantity.start) - 1
        if place >= 0 and quantity.start < tables[place].end:
            continue
        if quantity.kind in words.bare or (value := measure(quantity)) is None or not value.value:
            continue
        if text[quantity.start - 1 : quantity.start] in _CUT:
            continue  # 范围一2.03: the end of another number
        low = max(0, quantity.start - BACK)
        opened = max((found.end() for found in _SENTENCE.finditer(text, low, quantity.start)), default=low)
        sentence = text[opened : quantity.start]
        cut = max(
            (found.end() for found in _CLAUSE.finditer(text, max(opened, begin), quantity.start)),
            default=max(opened, begin),
        )
        if of_size and cut == begin:
            continue  # 19寸单只171.3千克: of that size alone
        label = text[max(cut, quantity.start - LABEL) : quantity.start]
        behind = re.split(r"[，,、。；;\n（(/|\d]", text[quantity.end : quantity.end + 8])[0]
        if (
            words.narrow.search(f"{label}\t{behind}")
            or words.scope.search(sentence)
            or _other_year(sentence, year)
        ):
            continue
        names = _names(label) or (_names(behind) if value.counted else frozenset())
        named = bool(names)
        names = names or _names(sentence[: cut - opened])
        if quantity.unit == PIECE and behind.startswith(words.persons):
            value = replace(value, dimension=PERSONS)
        start = quantity.start - len(label.lstrip())
        averaged = words.averaged.search(label) is not None
        yield Mention(value, quantity.unit, label.strip(), names, averaged, named, start, quantity.end)


def _of_table(table: Table, year: int | None) -> Iterator[Mention]:
    """Rows with one figure of the reporting year: the only one, or the one under its year."""
    words = _words()
    heads, rows = table.heads, table.rows
    if not any(heads) and rows:  # 项 | 24 | 23
        heads, rows = tuple(cell.text for cell in rows[0].cells), rows[1:]
    years = [_HEAD_YEAR.fullmatch(head) for head in heads]
    dated = [at for at, found in enumerate(years) if found]
    for row in rows:
        numbers = [at for at, cell in enumerate(row.cells) if cell.value is not None]
        if dated:
            numbers = [at for at in numbers if year is not None and at in dated and _is(years[at], year)]
        if (
            len(numbers) != 1
            or not row.label
            or words.narrow.search(row.label)
            or words.scope.search(row.label)
        ):
            continue
        cell = row.cells[numbers[0]]
        head = heads[numbers[0]] if numbers[0] < len(heads) else ""
        if words.narrow.search(head) or (not dated and words.scope.search(head)):
            continue
        written = row.label if _names(row.label) else table.caption  # 合计 of 危废（吨）
        unit = _UNIT_AT_END.search(written.rstrip("：: \n"))
        value = _measured(cell, (cell.unit, unit["unit"] if unit else "", *_brackets(head)))
        label = written[: unit.start()] if unit else written
        if value is not None and (names := _names(label)):
            yield Mention(value[0], value[1], label, names, False, True, row.start, row.end)


def _is(found: re.Match[str] | None, year: int) -> bool:
    return found is not None and int(found["year"]) == year % 100


def _brackets(head: str) -> list[str]:
    return re.findall(r"[（(]([^（）()]{1,12})[）)]", head)


def _measured(cell: Cell, units: tuple[str, ...]) -> tuple[Measure, str] | None:
    if cell.value is None or cell.percent:
        return None
    number = plain(cell.value)
    for unit in units:
        quantity = _quantity(number, unit) if unit else None
        if quantity is not None and (value := measure(quantity)) is not None:
            return value, quantity.unit
    return None


def _quantity(number: str, unit: str) -> Quantity | None:
    found = find_quantities(f"{number}{unit}")
    return found[0] if len(found) == 1 and found[0].text == f"{number}{unit}" else None


def _other_year(sentence: str, year: int | None) -> bool:
    """Whether the last year named before a figure is another one."""
    words = _words()
    last, other = -1, False
    for found in _YEAR.finditer(sentence):
        named = int(found["full"]) if found["full"] else 2000 + int(found["short"] or found["fiscal"])
        last, other = found.start(), year is not None and named != year
    for found in words.earlier.finditer(sentence):
        if found.start() > last:
            last, other = found.start(), True
    current = [found.start() for found in words.current.finditer(sentence)]
    return other and not (current and current[-1] > last)


def _names(label: str) -> frozenset[str]:
    words = _words()
    stripped = words.common.sub(" ", _YEAR.sub(" ", label))
    pairs = {
        run.group()[at : at + 2] for run in _HAN.finditer(stripped) for at in range(len(run.group()) - 1)
    }
    latin = {found.group().lower() for found in _LATIN.finditer(stripped) if len(found.group()) > 1}
    return frozenset(pairs | latin)


class _Words(Struct, frozen=True):
    narrow: re.Pattern[str]
    scope: re.Pattern[str]
    averaged: re.Pattern[str]
    common: re.Pattern[str]
    earlier: re.Pattern[str]
    current: re.Pattern[str]
    bare: frozenset[str]
    sizes: frozenset[str]
    telling: frozenset[str]  # dimensions that say what is measured
    few: frozenset[str]  # those of which a return has few figures
    persons: tuple[str, ...]
    waste: str  # what stands before a thing that is thrown away


@cache
def _words() -> _Words:
    data: dict[str, Any] = load_data("checker.data", "facts.yaml")
    mentions: dict[str, list[str]] = data["mentions"]
    averages = mentions["averages"]
    clause = [word for word in data["clause_scopes"] if word not in averages]
    return _Words(
        narrow=re.compile(
            rf"{either([*clause, *mentions['narrow']])}|\A\s?{either(mentions['narrow_first'])}"
            rf"|{either(mentions['narrow_last'])}了?\s?(?:\t|\Z)"
        ),
        scope=re.compile(either([*data["scopes"], *mentions["scopes"]])),
        averaged=re.compile(either(averages)),
        common=re.compile(
            either([*data["common"], *data["prefixes"], *data["links"], *averages, *mentions["common"]])
        ),
        earlier=re.compile(either(mentions["earlier"])),
        current=re.compile(either(mentions["current"])),
        bare=frozenset(mentions["kinds_left_out"]),
        sizes=frozenset(mentions["sizes"]),
        telling=frozenset(mentions["telling"]),
        few=frozenset(mentions["few"]),
        persons=tuple(mentions["persons"]),
        waste=data["waste"],
    )
