"""Two numbers of all who work at a plant, or of the women among them, in two answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from msgspec.structs import replace

from checker.reading.items import ItemReading
from checker.text.ground.slips import is_swap, whole_numbers
from checker.text.readers.figures.staff import Staff, find_everyone, find_staff

OFTEN = 3  # answers that give a number which is sure to be of all who work there
PASSING = 1.1  # times; guessed: further apart, a number said in passing is of a part
STRAY = 1.6  # times; guessed: further apart, one of two numbers of staff is of a part
MOST = 250  # numbers that are compared, each once an answer; no honest return gives as many

Counted = tuple[ItemReading, Staff]


class _Spoken:
    """The numbers of all answers, without marks."""

    def __init__(self, readings: Iterable[ItemReading]) -> None:
        self._of = {id(reading): whole_numbers(reading.text) for reading in readings}
        self._answers = Counter(number for held in self._of.values() for number in held)

    def says(self, reading: ItemReading, number: int) -> bool:
        """Whether an answer gives a number."""
        return str(number) in self._of[id(reading)]

    def answers(self, number: int) -> int:
        """How many answers give it."""
        return self._answers[str(number)]


def staff_pairs(readings: Sequence[ItemReading]) -> Iterator[tuple[Counted, Counted]]:
    """Men and women together are all who work there where others say so; two values of one number, once each."""
    found = [(reading, staff) for reading in readings for staff in find_staff(reading.text)]
    if len(found) < 2:
        return
    spoken = _Spoken(readings)
    wholes = [staff.whole for _, staff in found if staff.whole and spoken.answers(staff.whole) > 1]
    whole = max(wholes, default=0)
    found += [
        (reading, replace(staff, women=False, number=whole, whole=0))
        for reading, staff in found
        if whole and staff.whole == whole
    ]
    told: set[frozenset[int]] = set()
    for women in (False, True):
        known = _each((at, one) for at, one in found if one.women is women and one.whole in (0, whole))
        for (first, one), (second, other) in combinations(known, 2):
            pair = frozenset((one.number, other.number))
            apart = (
                first is not second
                and one.number != other.number
                and pair not in told
                and (not women or one.whole + other.whole or is_swap(str(one.number), str(other.number)))
            )
            near = max(pair) <= STRAY * min(pair)
            if apart and near and not spoken.says(second, one.number):
                told.add(pair)
                yield (first, one), (second, other)


def passing_pairs(readings: Sequence[ItemReading]) -> Iterator[tuple[Counted, Counted]]:
    """All of a plant said in passing (421人里), near the number that the return gives again and again.

    Where two digits are swapped, the other number need be given but once.
    """
    passing = [(reading, one) for reading in readings for one in find_everyone(reading.text)]
    if not passing:
        return
    spoken = _Spoken(readings)
    known = _each((reading, one) for reading in readings for one in find_staff(reading.text) if not one.women)
    for second, other in passing:
        if spoken.answers(other.number) > 1:
            continue
        for first, one in known:
            low, high = sorted((one.number, other.number))
            sure = spoken.answers(one.number) >= OFTEN or is_swap(str(low), str(high))
            near = sure and low < high <= low * PASSING
            if first is not second and near and not spoken.says(second, one.number):
                yield (first, one), (second, other)
                break


def _each(found: Iterable[Counted]) -> list[Counted]:
    """Each number of an answer once, the first of them."""
    first: dict[tuple[int, int, int], Counted] = {}
    for reading, staff in found:
        first.setdefault((id(reading), staff.number, staff.whole), (reading, staff))
    return list(first.values())[:MOST]
