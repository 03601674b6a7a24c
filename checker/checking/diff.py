"""What became of gaps between two checks: fixed, open, new, reopened; and what changed without having been asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import Any, NamedTuple

from checker.finding import Finding
from checker.rules import ALL_RULES
from questionnaire.cells import squeeze

ASKING_RULES = frozenset({"figure-missing", "aspect-missing"})  # a figure was asked for, or may have been
WORDS_RULES = frozenset({"figure-missing", "vague-claim", "activity-uncounted", "vague-quantity"})

# about a whole answer: other rules step back from it
WHOLE_RULES = frozenset(
    {
        "blank-answer",
        "placeholder-answer",
        "unreadable-cell",
        "delegated-item",
        "suspected-delegation",
        "na-and-delegated",
        "na-without-reason",
    }
)


class Change(StrEnum):
    """What became of one gap."""

    FIXED = "fixed"
    WORDS_ONLY = "words-only"  # the aspect is no longer missing, but the figure still is
    OPEN = "open"
    MOVED = "moved"  # still open, in other words than before
    NEW = "new"
    REOPENED = "reopened"  # it was fixed once
    UNCHECKED = "unchecked"  # no longer found, but its rule had nothing to compare with this time
    WAIVED = "waived"  # accepted: nothing was mended


COUNTED = tuple(change for change in Change if change not in (Change.UNCHECKED, Change.WAIVED))
# why a rule steps back from a whole return: nothing was given to compare it with
LACKING = frozenset({"no-parent-return", "nothing-to-compare", "no-last-year"})


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


class Judged(NamedTuple):
    """What a later check could find and what was accepted: without it a gap that is gone looks mended."""

    rewritten: AbstractSet[str] = frozenset()  # items that say something else than at the earlier check
    unjudged: AbstractSet[str] = frozenset()  # rules that could find nothing
    waived: AbstractSet[str] = frozenset()  # fingerprints of accepted findings


class GapChange(NamedTuple):
    """A gap with what became of it, and the gap that took its place where there is one."""

    gap: Gap
    change: Change
    now: Gap | None = None


def gap_of(finding: Finding) -> Gap:
    """A finding as a gap."""
    return Gap(finding.fingerprint, finding.rule, finding.item or "", finding.aspect or "")


def compare(
    old: Iterable[Gap],
    new: Iterable[Gap],
    closed: AbstractSet[str] = frozenset(),
    judged: Judged = Judged(),  # noqa: B008
) -> list[GapChange]:
    """Every gap of either check once, the old ones first.

    Args:
        old: gaps of the earlier check.
        new: gaps of the later one.
        closed: fingerprints that were fixed in a check before the earlier one.
        judged: what the later check could find.
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
            change = Change.MOVED if gap.item in judged.rewritten else Change.OPEN
            changes.append(GapChange(gap, change, gap))
        elif successors := free.get(gap.place):
            now = successors.pop(0)
            taken.add(now.fingerprint)
            changes.append(GapChange(gap, Change.MOVED, now))
        elif gap.fingerprint in judged.waived:
            changes.append(GapChange(gap, Change.WAIVED))
        elif gap.rule in judged.unjudged:
            changes.append(GapChange(gap, Change.UNCHECKED))
        elif whole := _whole_of(gap, after):
            changes.append(GapChange(gap, Change.MOVED, whole))
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


def _whole_of(gap: Gap, after: Sequence[Gap]) -> Gap | None:
    """The gap of the whole item that took the place of one in it: an answer taken out mends nothing."""
    if not gap.item or gap.rule in WHOLE_RULES:
        return None
    return next((each for each in after if each.item == gap.item and each.rule in WHOLE_RULES), None)


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
    return [item for item in new if item in rewritten(old, new) and item not in asked]


def gaps_of_data(data: Mapping[str, Any]) -> list[Gap]:
    """The gaps of a report in JSON."""
    return [
        Gap(found["fingerprint"], found["rule"], found["item"] or "", found["aspect"] or "")
        for found in data["findings"]
    ]


def digests_of_data(data: Mapping[str, Any]) -> dict[str, str]:
    """What the items of a report in JSON said: a digest of the answer; empty in reports made before it was told."""
    return {item["id"]: item.get("digest", "") for item in data["items"]}


def rewritten(old: Mapping[str, str], new: Mapping[str, str]) -> frozenset[str]:
    """Items that say something else than before, by digests; those not known on either side are none."""
    return frozenset(item for item, said in new.items() if said and old.get(item) and old[item] != said)


def digest_of(answer: str) -> str:
    """8 hex digits of an answer's letters and digits; of a blank one too."""
    return hashlib.sha256(squeeze(answer).encode("utf-8", "replace")).hexdigest()[:8]


def unjudged_rules(outcomes: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Rules that could find nothing in a report, by its outcomes: left out, or without what they compare with."""
    judged = {each["rule"] for each in outcomes if not LACKING & each["not_applicable"].keys()}
    return frozenset(ALL_RULES) - judged
