"""Dates that cannot be: an order of time that is impossible, or one event under two dates.

Fires: P3.S1.I1: 2024年4月31日完成环境管理体系审核。
Silent: P3.S1.I1: 2024年2月29日完成环境管理体系审核。
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from checker.finding import Severity
from checker.reading.answers import ReturnReading
from checker.reading.items import ItemReading
from checker.rules.contract import Context, NotApplicable, Outcome, Scope
from checker.rules.support.picture_pairs import end_clashes, seen_texts
from checker.text.readers.time.english_stages import find_english_disorders
from checker.text.readers.time.events import BEGAN, Event, differ, find_clashes, find_events
from checker.text.readers.time.founded import find_honoured_before_founded
from checker.text.readers.time.orders import find_disorders
from checker.text.readers.time.stages import find_out_of_order
from checker.text.readers.time.terms import Term, find_assemblies, find_ends, find_wrong_terms
from checker.text.readers.time.twin_dates import find_slips, find_twins

ID = "date-conflict"
SCOPE: Final = Scope.RETURN
SEVERITY = Severity.WARNING

MOST = 20  # mentions of one event that are compared
YEAR = 12  # months between the issue of a document and its coming into force, at most; guessed
CYCLE = 3  # years: a certificate is renewed so often

_Place = tuple[ItemReading, Event]


def check(whole: ReturnReading, context: Context) -> Iterator[Outcome]:
    """Impossible dates in one answer; then one event with two dates, at the second place."""
    readings = [reading for reading in whole.items if reading.text]
    if not readings:
        yield NotApplicable("blank")
        return
    known: dict[tuple[str, ...], list[_Place]] = {}
    for reading in readings:
        for clash in find_clashes(reading.text):
            yield context.finding(reading, *(quote.text for quote in clash.quotes), variant=clash.kind)
        for wrong in find_wrong_terms(reading.text):
            yield context.finding(reading, wrong.text, variant="term")
        yield from _out_of_order(reading, whole, context)
        for event in find_events(reading.text):
            places = known.setdefault(event.key, [])
            if len(places) < MOST:
                places.append((reading, event))
    paired = set()
    for places in known.values():
        for one, other in combinations(places, 2):
            if _conflict(one, other):
                paired.add((one[0].label, other[0].label))
                yield context.finding(
                    other[0],
                    one[0].text[one[1].start : one[1].end],
                    other[0].text[other[1].start : other[1].end],
                    variant="event",
                    name=other[1].name,
                    first=one[0].label,
                    first_place=one[0].where,
                )
                break
    yield from _two_dates(readings, whole.source.year, paired, context)
    yield from _twins(readings, paired, context)
    yield from _on_pictures(readings, whole, context)


def _out_of_order(reading: ItemReading, whole: ReturnReading, context: Context) -> Iterator[Outcome]:
    """Steps of one answer that are dated in an order that cannot be."""
    told = []
    for kind, later, earlier in find_disorders(reading.text):
        told += [later, earlier]
        yield context.finding(reading, later.text, earlier.text, variant=kind)
    steps = (
        *find_out_of_order(reading.text, whole.source.year),
        *find_english_disorders(reading.text),
        *find_honoured_before_founded(reading.text),
    )
    for first, then in steps:
        if not any(quote.start < first.end and first.start < quote.end for quote in told):
            yield context.finding(reading, first.text, then.text, variant="out-of-order")


def _on_pictures(readings: list[ItemReading], whole: ReturnReading, context: Context) -> Iterator[Outcome]:
    """A certificate's end in an answer and on its picture."""
    for clash in end_clashes(readings, seen_texts(whole.source.pictures)):
        yield context.finding(
            clash.reading,
            clash.quote,
            clash.line,
            variant="picture",
            value=clash.value,
            other=clash.shown,
            picture=clash.seen.number,
            picture_place=clash.seen.picture.where,
            sure=clash.sure,
        )


def _twins(readings: list[ItemReading], paired: set[tuple[str, str]], context: Context) -> Iterator[Outcome]:
    """One happening on two days, in two answers."""
    told: set[str] = set()
    texts = [reading.text for reading in readings]
    for one, other, word in (*find_twins(texts), *find_slips(texts)):
        first, second = readings[one.answer], readings[other.answer]
        if word in told or (first.label, second.label) in paired:
            continue
        told.add(word)
        yield context.finding(
            second,
            one.quote.text,
            other.quote.text,
            variant="event",
            name=word,
            first=first.label,
            first_place=first.where,
        )


def _two_dates(
    readings: list[ItemReading], year: int | None, paired: set[tuple[str, str]], context: Context
) -> Iterator[Outcome]:
    """A certificate with two ends, a yearly meeting on two days, in two items of which one knows a single one."""
    known: dict[tuple[str, str], list[tuple[ItemReading, list[Term]]]] = {}
    for reading in readings:
        own: dict[tuple[str, str], list[Term]] = {}
        for dated in (*find_ends(reading.text), *find_assemblies(reading.text, year)):
            own.setdefault(dated.key, []).append(dated)
        for key, entries in own.items():
            known.setdefault(key, []).append((reading, entries))
    for places in known.values():
        for (first, ones), (second, others) in combinations(places, 2):
            agree = any(not differ(one.day, other.day) for one in ones for other in others)
            if (
                (first.label, second.label) in paired
                or agree
                or not all(entry.alone for entry in (*ones, *others))
            ):
                continue
            one, other = ones[0], others[0]
            yield context.finding(
                second,
                first.text[one.start : one.end],
                second.text[other.start : other.end],
                variant="event",
                name=other.name,
                first=first.label,
                first_place=first.where,
            )
            break


def _conflict(one: _Place, other: _Place) -> bool:
    first, second = one[1].day, other[1].day
    kind = one[1].key[0]
    if not differ(first, second):
        return False
    if kind == "certified":
        return (second[0] - first[0]) % CYCLE != 0 or second[0] == first[0]
    if kind == BEGAN:
        months = [day[0] * 12 + (day[1] if len(day) > 1 else 0) for day in (first, second)]
        return one[0] is not other[0] and len(first) == len(second) and abs(months[0] - months[1]) > YEAR
    if not (first[0] and second[0]):  # a date without its year
        return one[0] is not other[0] and differ(first[1:], second[1:])
    return True
