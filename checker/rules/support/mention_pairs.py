"""Figures of two answers that the same words name, found by an index: a return may hold thousands of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

from checker.reading.items import ItemReading
from checker.text.ground.slips import digits
from checker.text.readers.figures.mentions import Mention, differ, find_mentions, same_thing

MOST = 250  # figures under one name that are looked at; of more, that name says little

Said = tuple[ItemReading, Mention]


def mention_pairs(readings: Iterable[ItemReading], year: int | None) -> Iterator[tuple[Said, Said]]:
    """Two values of one thing in two answers, neither of which gives the other's value, too."""
    known: dict[str, _Known] = {}
    for reading in readings:
        own: dict[str, list[Mention]] = {}
        for mention in find_mentions(reading.text, reading.quantities, reading.tables, year):
            own.setdefault(mention.measure.dimension, []).append(mention)
        for dimension, mentions in own.items():
            others = known.setdefault(dimension, _Known())
            values = _Values(mentions)
            for mention in mentions:
                entry = others.first(mention, values)
                if entry is not None:
                    yield (entry.reading, entry.mention), (reading, mention)
            others.add(reading, mentions, values)


class _Values:
    """The values that an answer gives, as far as its digits let the true ones stray."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        spans = sorted((mention.measure.low, mention.measure.high) for mention in mentions)
        self._lows = [low for low, _ in spans]
        self._highs = list(accumulate((high for _, high in spans), max))

    def gives(self, value: Mention) -> bool:
        """Whether one of them can be the same as a value."""
        count = bisect_right(self._lows, value.measure.high)
        return count > 0 and self._highs[count - 1] >= value.measure.low


class _Entry(Struct, frozen=True):
    """A figure that an earlier answer gives."""

    at: int
    reading: ItemReading
    mention: Mention
    values: _Values  # of that answer


class _Known:
    """The figures of one unit that earlier answers give, by what a figure of the same thing must share with them."""

    def __init__(self) -> None:
        self._count = 0
        self._named: dict[str, list[_Entry]] = {}  # by each name
        self._led: dict[str, list[_Entry]] = {}  # by the one of its names that was the rarest
        self._digits: dict[str, list[_Entry]] = {}

    def add(self, reading: ItemReading, mentions: Iterable[Mention], values: _Values) -> None:
        for mention in mentions:
            entry = _Entry(self._count, reading, mention, values)
            self._count += 1
            self._digits.setdefault(_sorted(mention), []).append(entry)
            for name in mention.names:
                self._named.setdefault(name, []).append(entry)
            if mention.names:
                self._led.setdefault(self._rarest(mention), []).append(entry)

    def first(self, mention: Mention, values: _Values) -> _Entry | None:
        """The first that is of the same thing and cannot be equal."""
        return next(
            (
                entry
                for entry in self._candidates(mention)
                if same_thing(entry.mention, mention)
                and differ(entry.mention, mention)
                and not values.gives(entry.mention)
                and not entry.values.gives(mention)
            ),
            None,
        )

    def _candidates(self, mention: Mention) -> list[_Entry]:
        """All that may be of the same thing: of persons and things a slip alone, else one's names among the other's."""
        found = {entry.at: entry for entry in self._digits.get(_sorted(mention), ())[:MOST]}
        if mention.names and not mention.measure.counted:
            wider = self._named.get(self._rarest(mention), [])[:MOST]
            narrower = (entry for name in mention.names for entry in self._led.get(name, [])[:MOST])
            found.update((entry.at, entry) for entry in (*wider, *narrower))
        return [found[at] for at in sorted(found)]

    def _rarest(self, mention: Mention) -> str:
        return min(mention.names, key=lambda name: (len(self._named.get(name, ())), name))


def _sorted(mention: Mention) -> str:
    """The digits that a swap leaves the same."""
    return "".join(sorted(digits(mention.measure.text)))
