"""What the pictures of a file say against what its answers say, where both are sure to speak of one thing.

A recogniser takes letters for others and sees a digit wrong now and then, so only what it is sure of counts, what
differs as a letter and a digit of one shape is equal, and a figure that its own sum confirms is not questioned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property

from msgspec import Struct

from checker.reading.figured import FiguredText
from checker.reading.items import ItemReading
from checker.text.ground.quantities import find_quantities
from checker.text.ground.similarity import bigram_containment
from checker.text.ground.slips import digits, is_long, is_slip, slip_keys
from checker.text.readers.figures.facts import Fact
from checker.text.readers.subjects.certificates import (
    LEAST,
    Mention,
    find_numbers,
    find_systems,
    find_tokens,
    find_valid,
    look_alike,
    plain_number,
    sentence_of,
)
from checker.text.readers.sums.totals import Sum
from checker.text.readers.time.events import differ
from questionnaire.answers import Picture

SURE = 0.9  # how sure recognition must be of a line; guessed
ALIKE = 0.6  # share of pairs of letters that two labels must have in common; guessed
SHARED = 2  # other long numbers that show that a picture and an answer hold one table; guessed
LEAST_DIGITS = 4  # significant, of those numbers
CYCLE = 3  # years: a certificate is renewed so often, and the picture may be the last one's

_YEAR = re.compile(r"(?<!\d)(20\d\d)\s?年")
_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")


class SeenText(FiguredText, frozen=True, dict=True):
    """The words of one picture that recognition is sure of, a line each."""

    picture: Picture
    number: int  # among the pictures that were recognised, from 1
    lines: tuple[tuple[str, float], ...]

    @cached_property
    def numbers(self) -> frozenset[str]:
        """All numbers, without marks."""
        return _numbers(self.text)

    @cached_property
    def year(self) -> int | None:
        """The only year that it names."""
        years = set(_YEAR.findall(self.text))
        return int(years.pop()) if len(years) == 1 else None

    def line_at(self, at: int) -> tuple[str, float]:
        """The line at a place of the text, and how sure recognition is of it."""
        for words, sure in self.lines:
            if at <= len(words):
                return words, sure
            at -= len(words) + 1
        return "", 0.0


class Clash(Struct, frozen=True):
    """Something that an answer gives with one value and a picture with another."""

    reading: ItemReading
    label: str
    value: str
    quote: str
    seen: SeenText
    shown: str  # the picture's value
    at: int  # where that stands in the picture's text
    proved: bool = False  # the picture's value adds up, the answer's does not

    @property
    def line(self) -> str:
        """The picture's line that gives its value."""
        return self.seen.line_at(self.at)[0]

    @property
    def sure(self) -> int:
        """How sure recognition is of that line, in per cent."""
        return int(self.seen.line_at(self.at)[1] * 100)


def seen_texts(pictures: tuple[Picture, ...]) -> tuple[SeenText, ...]:
    """The pictures with words to compare."""
    found = []
    for number, picture in enumerate(pictures, start=1):
        if lines := tuple(line for line in picture.lines if line[1] >= SURE):
            text = "\n".join(words for words, _ in lines)
            found.append(SeenText(text, find_quantities(text), picture, number, lines))
    return tuple(found)


def number_clashes(readings: list[ItemReading], seen: tuple[SeenText, ...]) -> Iterator[Clash]:
    """A certificate's number a slip away from the one on its picture."""
    if not seen:
        return
    written = [(reading, token) for reading in readings for token in find_tokens(reading.text)]
    shown = [
        (one, number) for one in seen if (number := _only(find_numbers(one.text), plain_number)) is not None
    ]
    for one, number in shown:
        known = str(number.value)
        if any(look_alike(known, str(token.value)) for _, token in written):
            continue
        near = {
            str(token.value): (reading, token)
            for reading, token in written
            if _is_near(known, str(token.value))
            and not any(look_alike(str(other.value), str(token.value)) for _, other in shown)
            and _may_be_one(find_systems(_sentence(reading, token)), find_systems(one.text))
        }
        if len(near) == 1:
            ((reading, token),) = near.values()
            yield Clash(reading, "", str(token.value), _sentence(reading, token), one, known, number.start)


def end_clashes(readings: list[ItemReading], seen: tuple[SeenText, ...]) -> Iterator[Clash]:
    """A certificate that holds until another day than its picture says."""
    if not seen:
        return
    written = [
        (reading, end, find_systems(_sentence(reading, end)), list(find_tokens(reading.text)))
        for reading in readings
        for end in find_valid(reading.text)
    ]
    for one in seen:
        end = _only(find_valid(one.text), lambda day: day)
        if end is None:
            continue
        systems = find_systems(one.text)
        number = _only(find_numbers(one.text), plain_number)
        same = [entry for entry in written if number is not None and _names(entry, number)]
        named = bool(same)
        same = same or [entry for entry in written if len(systems) == 1 and entry[2] == systems]
        days = {found.value for _, found, _, _ in same}
        if len(days) != 1:
            continue
        reading, found, _, _ = same[0]
        day, shown = found.value, end.value
        if isinstance(day, str) or isinstance(shown, str) or not differ(day, shown):
            continue
        if not named and (
            (day[0] != shown[0] and (day[0] - shown[0]) % CYCLE == 0) or _another(seen, one, systems)
        ):
            continue
        yield Clash(reading, "", found.quote, _sentence(reading, found), one, end.quote, end.start)


def figure_clashes(
    readings: list[ItemReading], seen: tuple[SeenText, ...], year: int | None
) -> Iterator[Clash]:
    """A long number a slip away from the one that a picture gives under the same label or in the same table."""
    if not seen:
        return
    numbers = {id(reading): _numbers(reading.text) for reading in readings}
    everywhere = frozenset[str]().union(*numbers.values())
    known: dict[tuple[object, ...], list[tuple[ItemReading, Fact]]] = {}
    for reading in readings:
        for fact in _figures(reading):
            for key in slip_keys(digits(fact.measure.text)):
                known.setdefault(key, []).append((reading, fact))
    for one in seen:
        for fact in _figures(one):
            number = digits(fact.measure.text)
            if number in everywhere:
                continue
            near = {
                id(reading) + other.measure.start: (reading, other)
                for key in slip_keys(number)
                for reading, other in known.get(key, ())
                if digits(other.measure.text) not in one.numbers
                and _is_one(fact, other, one, year)
                and (_same_label(fact, other) or _share(one.numbers, numbers[id(reading)]))
            }
            if len({digits(other.measure.text) for _, other in near.values()}) != 1:
                continue
            reading, other = next(iter(near.values()))
            fits = _adds_up(other, reading.sums), _adds_up(fact, one.sums)
            if fits[0] and not fits[1]:
                continue
            yield Clash(
                reading, other.label or fact.label, other.measure.text, reading.text[other.start : other.end],
                one, fact.measure.text, fact.measure.start, fits == (False, True),
            )  # fmt: skip


def _figures(given: FiguredText) -> list[Fact]:
    """Long numbers with their labels; listed facts (员工总数) whatever their length."""
    facts = [fact for fact in given.labelled if fact.listed and not fact.scope]
    places = {fact.measure.start for fact in facts}
    longs = (fact for fact in given.long_figures if fact.measure.start not in places)
    return [*facts, *(fact for fact in longs if is_long(digits(fact.measure.text), LEAST_DIGITS))]


def _is_one(shown: Fact, written: Fact, seen: SeenText, year: int | None) -> bool:
    """Whether a slip is all that parts two figures: of one unit and, as far as it is told, of one year."""
    if not is_slip(digits(shown.measure.text), digits(written.measure.text)):
        return False
    if shown.measure.dimension != written.measure.dimension:
        return False
    told = shown.year or seen.year
    if not is_long(digits(shown.measure.text), LEAST_DIGITS):  # 502人: a date may part them
        return told is not None and told == (written.year or year)
    return told is None or told == (written.year or year)


def _same_label(one: Fact, other: Fact) -> bool:
    if one.key or other.key:
        return one.key == other.key
    if not is_long(digits(one.measure.text)):
        return False
    short, long = sorted((one.label, other.label), key=len)
    return len(short) > 1 and (short == long or bigram_containment(short, long) >= ALIKE)


def _share(one: frozenset[str], other: frozenset[str]) -> bool:
    return sum(is_long(number, LEAST_DIGITS) for number in one & other) >= SHARED


def _adds_up(fact: Fact, sums: tuple[Sum, ...]) -> bool:
    number = digits(fact.measure.text)
    return any(
        entry.fits and (entry.at == fact.measure.start or number in map(digits, entry.parts))
        for entry in sums
    )


def _numbers(text: str) -> frozenset[str]:
    return frozenset(found.replace(",", "").replace("，", "") for found in _NUMBER.findall(text))


def _only(found: Iterator[Mention], plain: Callable[..., object]) -> Mention | None:
    """The mention, if all give one value."""
    mentions = list(found)
    return mentions[0] if len({plain(mention.value) for mention in mentions}) == 1 else None


def _is_near(one: str, other: str) -> bool:
    first, second = plain_number(one), plain_number(other)
    swapped = is_slip(first, second)
    odd = [at for at, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]]
    return len(first) == len(second) >= LEAST and (swapped or len(odd) == 1)


def _may_be_one(systems: frozenset[str], others: frozenset[str]) -> bool:
    return not systems or not others or bool(systems & others)


def _names(entry: tuple[ItemReading, Mention, frozenset[str], list[Mention]], number: Mention) -> bool:
    """Whether the number stands in the sentence that gives the day, or alone in an answer that gives one."""
    reading, end, _, tokens = entry
    begin, stop = sentence_of(reading.text, end.start)
    same = [token for token in tokens if look_alike(str(token.value), str(number.value))]
    return any(begin <= token.start < stop for token in same) or (bool(same) and len(tokens) == 1)


def _another(seen: tuple[SeenText, ...], one: SeenText, systems: frozenset[str]) -> bool:
    """Whether another picture shows a certificate of the same system."""
    return any(other is not one and find_systems(other.text) & systems for other in seen)


def _sentence(reading: ItemReading, mention: Mention) -> str:
    begin, end = sentence_of(reading.text, mention.start)
    return reading.text[begin:end]
