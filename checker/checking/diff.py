"""What became of gaps between two checks: fixed, open, new, reopened; and what changed without having been asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import Any, NamedTuple

from checker.finding import Finding

ASKING_RULES = frozenset({"figure-missing", "aspect-missing"})  # a figure was asked for, or may have been
WORDS_RULES = frozenset({"figure-missing", "vague-claim", "activity-uncounted", "vague-quantity"})


class Change(StrEnum):
    """What became of one gap."""

    FIXED = "fixed"
    WORDS_ONLY = "words-only"  # the aspect is no longer missing, but the figure still is
    OPEN = "open"
    MOVED = "moved"  # still open, in other words than before
    NEW = "new"
    REOPENED = "reopened"  # it was fixed once


class Gap(NamedTuple):
    """A gap as it is known over the years."""

    fingerprint: str
    rule: str
    item: str
    aspect: str

    @property
    def place(self) -> tuple[str, str, str]:
        """What stays the same when the words change."""
        return self.rule, self.item, self.aspect


class GapChange(NamedTuple):
    """A gap with what became of it, and the gap that took its place where there is one."""

    gap: Gap
    change: Change
    now: Gap | None = None


def gap_of(finding: Finding) -> Gap:
    """A finding as a gap."""
    return Gap(finding.fingerprint, finding.rule, finding.item or "", finding.aspect or "")


def compare(
    old: Iterable[Gap], new: Iterable[Gap], closed: AbstractSet[str] = frozenset()
) -> list[GapChange]:
    """Every gap of either check once, the old ones first.

    Args:
        old: gaps of the earlier check.
        new: gaps of the later one.
        closed: fingerprints that were fixed in a check before the earlier one.
    """
    before, after = list(dict.fromkeys(old)), list(dict.fromkeys(new))
    known = {gap.fingerprint for gap in before}
    still = {gap.fingerprint for gap in after}
    free: dict[tuple[str, str, str], list[Gap]] = {}
    for gap in after:
        if gap.fingerprint not in known:
            free.setdefault(gap.place, []).append(gap)
    changes: list[GapChange] = []
    taken: set[str] = set()
    for gap in before:
        if gap.fingerprint in still:
            changes.append(GapChange(gap, Change.OPEN, gap))
        elif successors := free.get(gap.place):
            now = successors.pop(0)
            taken.add(now.fingerprint)
            changes.append(GapChange(gap, Change.MOVED, now))
        elif words := _words_only(gap, after):
            changes.append(GapChange(gap, Change.WORDS_ONLY, words))
        else:
            changes.append(GapChange(gap, Change.FIXED))
    for gap in after:
        if gap.fingerprint in known or gap.fingerprint in taken:
            continue
        change = Change.REOPENED if gap.fingerprint in closed else Change.NEW
        changes.append(GapChange(gap, change, gap))
    return changes


def _words_only(gap: Gap, after: Sequence[Gap]) -> Gap | None:
    """The gap that says: now there are words, and still no figure."""
    if gap.rule not in ASKING_RULES or not gap.aspect:
        return None
    return next((each for each in after if each.aspect == gap.aspect and each.rule in WORDS_RULES), None)


def changed_without_gap(old: Mapping[str, str], new: Mapping[str, str], gaps: Iterable[Gap]) -> list[str]:
    """Items that say something else than before although nothing had been asked about them.

    Args:
        old: by item id, what it said.
        new: the same, later.
        gaps: of the earlier check.
    """
    asked = {gap.item for gap in gaps}
    return [item for item, said in new.items() if item in old and old[item] != said and item not in asked]


def gaps_of_data(data: Mapping[str, Any]) -> list[Gap]:
    """The gaps of a report in JSON."""
    return [
        Gap(found["fingerprint"], found["rule"], found["item"] or "", found["aspect"] or "")
        for found in data["findings"]
    ]


def digests_of_data(data: Mapping[str, Any]) -> dict[str, str]:
    """What the items of a report in JSON said: states and quoted words."""
    return {
        item["id"]: "\n".join(f"{a['id']} {a['state']} {a['evidence']}" for a in item["aspects"])
        for item in data["items"]
    }
