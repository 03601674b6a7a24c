"""Which answers of two companies may share a passage: an index of sampled groups of letters, on disk.

A group that many companies share is a common formula, and one that the questionnaire itself holds is nobody's own;
neither makes a pair. So the cost grows with the returns and with the copies among them, never with the square of the
returns; and memory grows with neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from msgspec import Struct

from checker.campaign.bins import COUNT, Bins

TOGETHER = 3  # sampled groups that two answers must share before their words are compared
COMMON_FROM = 5  # companies; a group that more share, and more than one in COMMON_SHARE, is a formula
COMMON_SHARE = 20
COMMON_AT_MOST = 40
FEW = 8  # answers that are all paired with each other

_LOW = (1 << 32) - 1


class Index(Struct, frozen=True):
    """Sampled groups of all returns: group in the upper half, answer in the lower.

    Attributes:
        items: of a questionnaire, at most; an answer's number is its entry's times this and its item's.
        companies: how many there are.
        groups: parted by the group.
    """

    items: int
    companies: int
    groups: Bins

    def add(self, entry: int, sketch: Iterable[int]) -> None:
        """Takes in one return's sketch."""
        base, held = entry * self.items, self.groups.held
        for packed in sketch:
            group = packed & _LOW
            held[group % COUNT].append((group << 32) | (base + (packed >> 32)))
        self.groups.settle()

    def pair(self, asked: frozenset[int], pairs: Bins) -> set[int]:
        """Puts every pair of answers that share a group into ``pairs``, as often as they do; the groups of formulae.

        Args:
            asked: groups of the questionnaire's own words.
            pairs: parted by the first answer, so that their parts are in its order.
        """
        limit = min(COMMON_AT_MOST, max(COMMON_FROM, self.companies // COMMON_SHARE))
        total, common, held = max(1, self.companies * self.items), set[int](), pairs.held
        for part in range(COUNT):
            for group, packed in groupby(self.groups.sorted(part), key=lambda value: value >> 32):
                answers = [value & _LOW for value in packed]
                if len(answers) < 2 or group in asked:
                    continue
                owners = {answer // self.items for answer in answers}
                if len(owners) > limit:
                    common.add(group)
                elif len(owners) > 1:
                    for first, second in self._linked(answers):
                        held[first * COUNT // total].append((first << 32) | second)
            pairs.settle()
        return common

    def _linked(self, answers: list[int]) -> Iterator[tuple[int, int]]:
        """All pairs of a few; of many only neighbours and those with the first, which hold a cluster together."""
        if len(answers) <= FEW:
            found = {(first, second) for at, first in enumerate(answers) for second in answers[at + 1 :]}
        else:
            found = {*pairwise(answers), *((answers[0], other) for other in answers[1:])}
        for first, second in found:
            if first // self.items != second // self.items:
                yield first, second


def close_pairs(pairs: Bins, part: int) -> Iterator[tuple[int, int]]:
    """The pairs of a part that share groups enough, by their first answer, then their second."""
    for pair, times in groupby(pairs.sorted(part)):
        if sum(1 for _ in times) >= TOGETHER:
            yield pair >> 32, pair & _LOW
