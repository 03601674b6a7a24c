"""Two editions side by side: which questions are the same, moved, reworded, new, dropped, and what answers go over."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from questionnaire.answers import Answer, Profile, Return
from questionnaire.drafting.known import NEAR, SAME, likeness
from questionnaire.schema import Item, Schema

FAMILIAR = 0.2  # share of common letter pairs from which one key in both editions is one question


class Fate(StrEnum):
    """What became of a question."""

    SAME = "same"
    MOVED = "moved"  # the same words under another id
    REWORDED = "reworded"
    ADDED = "added"
    DROPPED = "dropped"


class Pair(NamedTuple):
    """A question of the old edition and that of the new one."""

    fate: Fate
    old: Item | None
    new: Item | None
    overlap: float = 0.0

    @property
    def carries(self) -> bool:
        """Whether last year's answer can be the beginning of this year's."""
        return self.fate in (Fate.SAME, Fate.MOVED) or (self.fate is Fate.REWORDED and self.overlap >= SAME)


class Comparison(Struct, frozen=True):
    """All questions of both editions, the new one's in its order, then those that are dropped."""

    old: Schema
    new: Schema
    pairs: tuple[Pair, ...]

    def of(self, fate: Fate) -> tuple[Pair, ...]:
        """The questions of a fate."""
        return tuple(pair for pair in self.pairs if pair.fate is fate)

    @property
    def carried(self) -> tuple[Pair, ...]:
        """Those of which the answer can be carried over."""
        return tuple(pair for pair in self.pairs if pair.carries)


def compare(old: Schema, new: Schema) -> Comparison:
    """Each question is paired once: by its very words, by its key, then by how much of its letters it keeps."""
    partners = dict(_partners(old, new))
    taken = set(partners.values())
    pairs = [_pair(old.by_id[partners[item.id]], item) if item.id in partners else Pair(Fate.ADDED, None, item)
             for item in new.items]  # fmt: skip
    pairs += [Pair(Fate.DROPPED, item, None) for item in old.items if item.id not in taken]
    return Comparison(old, new, tuple(pairs))


def _partners(old: Schema, new: Schema) -> Iterator[tuple[str, str]]:
    """Ids of new questions with those of the old ones that they stem from."""
    left, free = {item.id: item for item in old.items}, {item.id: item for item in new.items}

    def settle(new_id: str, old_id: str) -> tuple[str, str]:
        del free[new_id], left[old_id]
        return new_id, old_id

    for item in new.items:  # the same words; under the same id first
        same = [each.id for each in left.values() if each.question_hash == item.question_hash]
        if same:
            yield settle(item.id, item.id if item.id in same else same[0])
    for item in list(free.values()):
        theirs = next((each for each in left.values() if each.key == item.key), None)
        if theirs is not None and likeness(item.question, theirs.question) >= FAMILIAR:
            yield settle(item.id, theirs.id)
    near = [
        (likeness(item.question, other.question), item.id, other.id)
        for item in free.values()
        for other in left.values()
    ]
    for overlap, new_id, old_id in sorted(near, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if overlap >= NEAR and new_id in free and old_id in left:
            yield settle(new_id, old_id)


def _pair(old: Item, new: Item) -> Pair:
    if old.question_hash == new.question_hash:
        return Pair(Fate.SAME if old.id == new.id else Fate.MOVED, old, new, 1.0)
    return Pair(Fate.REWORDED, old, new, likeness(old.question, new.question))


STALE = frozenset(
    {"year", "employees", "preface", "questionnaire"}
)  # what a company says of itself anew every year


def carried_over(source: Return, comparison: Comparison, year: int, remark: str, reworded: str) -> Return:
    """Last year's answers under this year's ids.

    Args:
        source: last year's return.
        comparison: of its edition with this year's.
        year: this year's.
        remark: what stands beside an answer that was carried over.
        reworded: what stands there where the question was put in other words.
    """
    partners = {pair.old.id: pair for pair in comparison.carried if pair.old is not None}
    answers: list[Answer] = []
    for answer in source.answers:
        pair = partners.get(answer.item)
        if pair is None or pair.new is None or not (answer.text or answer.choice):
            continue
        said = reworded if pair.fate is Fate.REWORDED else remark
        kept = f"{answer.remark} {said}".strip()
        answers.append(replace(answer, item=pair.new.id, question=None, remark=kept))
    values = tuple((key, value) for key, value in source.profile.values if key not in STALE)
    profile = Profile(values=values, flags=source.profile.flags)
    return Return(source.file, source.sha256, source.company, year, tuple(answers), profile)
