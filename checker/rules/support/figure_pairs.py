"""Pairs of figures in a return that are two values of one fact."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from msgspec import Struct

from checker.reading.items import ItemReading
from checker.rules.support.mention_pairs import mention_pairs
from checker.rules.support.staff_pairs import passing_pairs, staff_pairs
from checker.text.ground.english import is_mostly_english
from checker.text.ground.similarity import bigram_containment
from checker.text.ground.slips import (
    digits,
    is_garbled,
    is_long,
    is_slip,
    is_swap,
    slip_keys,
    whole_numbers,
)
from checker.text.ground.tables import Cell, Row
from checker.text.readers.figures.counts import Count, find_denied, find_totals, home, is_yearly
from checker.text.readers.figures.english_facts import EnglishFact, find_facts
from checker.text.readers.figures.english_named import NamedFigure, find_named
from checker.text.readers.figures.facts import (
    GASES,
    SCOPES,
    Fact,
    same_noun,
    shares_noun,
)
from checker.text.readers.figures.mentions import Mention
from checker.text.readers.figures.staff import Staff
from checker.text.readers.figures.stocks import Stock, find_stocks
from checker.text.readers.figures.swaps import Amount, find_amounts
from frameworks.ground.yaml import load_data

MAX_CELLS = 30
LEAST_EQUAL = 3  # cells that two rows must share to be one row
LEAST_DIGITS = 4  # of a number that does not come twice by chance under one noun
STRAY = 1.6  # times; guessed: further apart, one of two sums of gases is of a part
SCALES = (1000, 10000, 100000000)
ALIKE = 0.6  # share of pairs of letters that the labels of two long numbers must have in common; guessed

Pair = tuple["FigureAt", "FigureAt", str, str]  # of one fact: its label, and how they were found


class FigureAt(Struct, frozen=True):
    """A figure at its place."""

    reading: ItemReading
    text: str
    quote: str
    at: int


def find_conflicts(readings: list[ItemReading], year: int | None) -> Iterator[Pair]:
    """All pairs, the surest kinds first."""
    yield from _rows(readings)
    yield from _facts(readings, year)
    yield from _denied(readings, year)
    yield from _totals(readings, year)
    yield from _long_figures(readings, year)
    yield from _mentions(readings, year)
    yield from _staff(readings)
    yield from _stocks(readings)
    yield from _swapped(readings)
    yield from _swapped_in_english(readings)
    yield from _told_in_english(readings, year)
    yield from _scopes(readings, year)


def adds_up(value: FigureAt) -> bool:
    """Whether a sum at the value's place shows it: its row adds up, or it is a total that does."""
    return any(
        entry.fits and (entry.at == value.at or entry.start <= value.at < entry.end)
        for entry in value.reading.sums
    )


def _rows(readings: list[ItemReading]) -> Iterator[Pair]:
    """Rows equal in all but one cell, that cell a slip."""
    known: dict[tuple[object, ...], tuple[ItemReading, Row, Cell]] = {}
    for reading in readings:
        for table in reading.tables:
            for row in table.rows:
                cells = [cell for cell in row.cells if cell.value is not None][:MAX_CELLS]
                if len(cells) <= LEAST_EQUAL - 1:
                    continue
                values = tuple(cell.value for cell in cells)
                for at, cell in enumerate(cells):
                    key = (at, values[:at], values[at + 1 :])
                    first = known.setdefault(key, (reading, row, cell))
                    same = len(cells) > LEAST_EQUAL or first[1].label == row.label
                    if first[1] is row or not same or not is_slip(digits(first[2].text), digits(cell.text)):
                        continue
                    place = row.cells.index(cell)
                    head = table.heads[place] if place < len(table.heads) else ""
                    yield (
                        FigureAt(first[0], first[2].text, _line(first[0], first[1]), first[2].start),
                        FigureAt(reading, cell.text, _line(reading, row), cell.start),
                        head or row.label,
                        "row",
                    )


def _line(reading: ItemReading, row: Row) -> str:
    return reading.text[row.start : row.end]


def _facts(readings: list[ItemReading], year: int | None) -> Iterator[Pair]:
    known: dict[tuple[str, str, int | None, str], list[tuple[ItemReading, Fact]]] = {}
    for reading in readings:
        for fact in reading.labelled:
            key = (fact.key, fact.scope, fact.year or year, fact.measure.dimension)
            others = known.setdefault(key, [])
            for first, earlier in others:
                if _conflict(earlier, fact, same_item=first is reading):
                    yield _value(first, earlier), _value(reading, fact), fact.label, ""
                    break
            if len(others) < MAX_CELLS:
                others.append((reading, fact))


def _denied(readings: list[ItemReading], year: int | None) -> Iterator[Pair]:
    """A nil in one item against a number in another."""
    known: dict[tuple[str, int | None], list[tuple[ItemReading, Count]]] = {}
    told: set[int] = set()
    for reading in readings:
        for count in find_denied(reading.text):
            others = known.setdefault((count.topic, count.year or year), [])
            for first, earlier in others:
                if first is not reading and (earlier.number > 0) != (count.number > 0):
                    nil = earlier if not earlier.number else count
                    if id(first.item) + nil.start not in told:
                        told.add(id(first.item) + nil.start)
                        yield _counted(first, earlier), _counted(reading, count), count.label, "nil"
                    break
            if len(others) < MAX_CELLS:
                others.append((reading, count))


def _totals(readings: list[ItemReading], year: int | None) -> Iterator[Pair]:
    """Two yearly totals of one activity, each the only one of its item."""
    same_units = load_data("checker.data", "counts.yaml")["same_units"]
    known: dict[tuple[str, str, int | None], tuple[ItemReading, Count]] = {}
    for reading in readings:
        own: dict[tuple[str, str, int | None], list[Count]] = {}
        for count in find_totals(reading.text):
            told = count.companys or (count.yearly and is_yearly(count.topic))
            if told or reading.item.key in home(count.topic):
                unit = same_units.get(count.unit, count.unit)
                own.setdefault((count.topic, unit, count.year or year), []).append(count)
        for key, counts in own.items():
            if len({count.number for count in counts}) > 1:
                continue
            first, earlier = known.setdefault(key, (reading, counts[0]))
            yearly = earlier.yearly or counts[0].yearly or is_yearly(key[0])
            if first is not reading and yearly and earlier.number != counts[0].number:
                yield _counted(first, earlier), _counted(reading, counts[0]), counts[0].label, ""


def _counted(reading: ItemReading, count: Count) -> FigureAt:
    quote = reading.text[count.start : count.end]
    return FigureAt(reading, quote, quote, count.start)


def _long_figures(readings: list[ItemReading], year: int | None) -> Iterator[Pair]:
    """Long numbers one slip apart, with labels much alike."""
    known: dict[tuple[object, ...], tuple[ItemReading, Fact]] = {}
    for reading in readings:
        for fact in reading.long_figures:
            number = digits(fact.measure.text)[:MAX_CELLS]
            shared = (fact.measure.dimension, fact.year or year)
            for key in slip_keys(number):
                first, earlier = known.setdefault((*shared, *key), (reading, fact))
                slip = earlier is not fact and is_slip(digits(earlier.measure.text), number)
                if slip and _is_one(earlier, fact, same_item=first is reading):
                    yield _value(first, earlier), _value(reading, fact), fact.label, ""
                    break
            first, earlier = known.setdefault((*shared, number), (reading, fact))
            if first is not reading and _other_scale(earlier, fact):
                yield _value(first, earlier), _value(reading, fact), fact.label, ""


def _mentions(readings: list[ItemReading], year: int | None) -> Iterator[Pair]:
    """Figures of two items that the same words name."""
    for (first, earlier), (reading, mention) in mention_pairs(readings, year):
        yield _mentioned(first, earlier), _mentioned(reading, mention), mention.label, ""


def _mentioned(reading: ItemReading, mention: Mention) -> FigureAt:
    quote = reading.text[mention.start : mention.end]
    return FigureAt(reading, mention.measure.text, quote, mention.measure.start)


def _staff(readings: list[ItemReading]) -> Iterator[Pair]:
    """Two numbers of all who work there, or of the women."""
    for one, other in (*staff_pairs(readings), *passing_pairs(readings)):
        yield _counted_staff(*one), _counted_staff(*other), "", ""


def _stocks(readings: list[ItemReading]) -> Iterator[Pair]:
    """Two numbers of one kind of thing that a site keeps, told in two answers and no third."""
    known: dict[tuple[str, str], list[tuple[ItemReading, Stock]]] = {}
    for reading in readings:
        for stock in find_stocks(reading.text):
            known.setdefault((stock.noun, stock.unit), []).append((reading, stock))
    for places in known.values():
        if len(places) != 2:
            continue
        (first, one), (second, other) = places
        if first is not second and one.number != other.number and one.held and other.held:
            yield _stocked(first, one), _stocked(second, other), one.noun, ""


def _stocked(reading: ItemReading, stock: Stock) -> FigureAt:
    return FigureAt(reading, f"{stock.number}{stock.unit}", stock.quote.text, stock.quote.start)


def _swapped(readings: list[ItemReading]) -> Iterator[Pair]:
    """One thing's money in two answers, two digits of it swapped."""
    known: dict[str, list[tuple[ItemReading, Amount]]] = {}
    for reading in readings:
        for amount in find_amounts(reading.text, reading.quantities):
            known.setdefault("".join(sorted(digits(amount.measure.text))), []).append((reading, amount))
    for places in known.values():
        for (first, one), (second, other) in combinations(places[:MAX_CELLS], 2):
            written = digits(one.measure.text), digits(other.measure.text)
            if first is not second and is_swap(*written) and one.runs & other.runs:
                yield _paid(first, one), _paid(second, other), sorted(one.runs & other.runs)[0], ""


def _swapped_in_english(readings: list[ItemReading]) -> Iterator[Pair]:
    """The same of figures of one kind in two English answers, each with a word beside it that both share."""
    known: dict[tuple[str, str], list[tuple[ItemReading, NamedFigure]]] = {}
    for reading in readings:
        if is_mostly_english(reading.text):
            for figure in find_named(reading.text, reading.quantities):
                key = (figure.kind, "".join(sorted(digits(figure.text))))
                known.setdefault(key, []).append((reading, figure))
    for places in known.values():
        for (first, one), (second, other) in combinations(places[:MAX_CELLS], 2):
            shared = one.things & other.things
            if first is not second and shared and is_swap(digits(one.text), digits(other.text)):
                yield (
                    FigureAt(first, one.text, one.quote.text, one.quote.start),
                    FigureAt(second, other.text, other.quote.text, other.quote.start),
                    min(shared),
                    "",
                )


def _told_in_english(readings: list[ItemReading], year: int | None) -> Iterator[Pair]:
    """One fact of the year with two values in two English answers of one part of the questionnaire."""
    known: dict[tuple[str, str], tuple[ItemReading, EnglishFact]] = {}
    for reading in readings:
        if not is_mostly_english(reading.text):
            continue
        for fact in find_facts(reading.text, year):
            part = "" if fact.is_of_all else reading.item.id.partition(".")[0]
            first, one = known.setdefault((fact.name, part), (reading, fact))
            if one.value != fact.value and str(one.value) not in whole_numbers(reading.text):
                yield (
                    FigureAt(first, one.written, one.quote.text, one.quote.start),
                    FigureAt(reading, fact.written, fact.quote.text, fact.quote.start),
                    fact.name,
                    "",
                )


def _paid(reading: ItemReading, amount: Amount) -> FigureAt:
    return FigureAt(reading, amount.measure.text, amount.quote.text, amount.measure.start)


def _scopes(readings: list[ItemReading], year: int | None) -> Iterator[Pair]:
    """The greenhouse gases of one answer against scopes 1 and 2 together of another."""
    facts: dict[tuple[int, str, str], tuple[ItemReading, Fact]] = {}
    for reading in readings:
        if len(facts) >= MAX_CELLS:
            break
        for fact in reading.labelled:
            if fact.key in (GASES, SCOPES) and not fact.scope and (fact.year or year) == year:
                facts.setdefault((id(reading), fact.key, digits(fact.measure.text)), (reading, fact))
    spoken = {id(reading): whole_numbers(reading.text) for reading in readings} if len(facts) > 1 else {}
    for (first, one), (second, other) in combinations(list(facts.values())[:MAX_CELLS], 2):
        values = one.measure, other.measure
        low, high = sorted(value.value for value in values)
        if (
            one.key != other.key
            and first is not second
            and values[0].dimension == values[1].dimension
            and not values[0].agrees(values[1])
            and high <= low * Decimal(STRAY)
            and digits(values[0].text) not in spoken[id(second)]
        ):
            yield _value(first, one), _value(second, other), one.label, ""


def _counted_staff(reading: ItemReading, staff: Staff) -> FigureAt:
    quote = reading.text[staff.start : staff.end]
    return FigureAt(reading, str(staff.number), quote, staff.start)


def _other_scale(one: Fact, other: Fact) -> bool:
    """Whether two figures have the same digits and are thousands of times apart (1,860元, 1,860万元)."""
    low, high = sorted((one.measure.value, other.measure.value))
    if not low or len(digits(one.measure.text)) < LEAST_DIGITS or high / low not in SCALES:
        return False
    return shares_noun(one.label, other.label)


def _is_one(one: Fact, other: Fact, *, same_item: bool) -> bool:
    """Whether two long numbers a slip apart, or two short ones with swapped digits, are of one thing."""
    first, second = digits(one.measure.text), digits(other.measure.text)
    if is_long(first) and is_long(second):
        short, long = sorted((one.label, other.label), key=len)
        return short == long or bigram_containment(short, long) >= ALIKE
    return not same_item and is_swap(first, second) and same_noun(one.label, other.label)


def _conflict(one: Fact, other: Fact, *, same_item: bool) -> bool:
    if one.measure.agrees(other.measure) or (same_item and not one.listed):
        return False
    first, second = digits(one.measure.text), digits(other.measure.text)
    return not one.slip_only or is_slip(first, second) or is_garbled(first, second)


def _value(reading: ItemReading, fact: Fact) -> FigureAt:
    return FigureAt(reading, fact.measure.text, reading.text[fact.start : fact.end], fact.measure.start)
