"""Findings of one cause at one item: what people read as one line, and what of it must be done first.

The JSON report keeps every finding; a clerk who lacks eight aspects of one answer has one thing to do, not eight.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from enum import StrEnum

from msgspec import Struct

from checker.finding import Finding, ItemState, Severity
from checker.wording import FindingText, Wording

NOTHING_OF_ITS_OWN = (ItemState.MISSING, ItemState.DELEGATED)
SPACE = " "  # between gap ids


class Weight(StrEnum):
    """What must be done first, in this order."""

    MUST = "must"  # sent back as long as it stands
    LARGE = "large"  # the whole item has no answer of its own
    PART = "part"  # a part of an answer
    SMALL = "small"  # a notice


class Cause(Struct, frozen=True):
    """What is one thing to mend."""

    findings: tuple[Finding, ...]  # at least one; all of one item, rule, severity and variant

    @property
    def first(self) -> Finding:
        """The one that stands for all."""
        return self.findings[0]

    @property
    def quotes(self) -> tuple[str, ...]:
        """What is quoted, each once."""
        return tuple(dict.fromkeys(quote for each in self.findings for quote in each.evidence))

    @property
    def disclosures(self) -> tuple[str, ...]:
        """Codes of what the parent cannot disclose, each once."""
        return tuple(dict.fromkeys(code for each in self.findings for code in each.disclosures))

    @property
    def gap_ids(self) -> str:
        """The fingerprints of all, as a gap list holds them."""
        return SPACE.join(dict.fromkeys(each.fingerprint for each in self.findings))

    def worded(self, words: Wording) -> FindingText:
        """Title, message and mend of all together."""
        if len(self.findings) > 1 and (joined := words.together(self.findings)) is not None:
            return joined
        return words.finding(self.first)

    def weight(self, state: ItemState | None) -> Weight:
        """How much it weighs in an item of this state (None for what belongs to no item)."""
        if self.first.severity is Severity.ERROR:
            return Weight.MUST
        if self.first.severity is Severity.NOTICE:
            return Weight.SMALL
        return Weight.LARGE if state in NOTHING_OF_ITS_OWN else Weight.PART

    def urgency(self, state: ItemState | None) -> tuple[int, int, int]:
        """Sorts what must be done first to the front; of equals, what stands first in the return stays first."""
        order = NOTHING_OF_ITS_OWN.index(state) if state in NOTHING_OF_ITS_OWN else len(NOTHING_OF_ITS_OWN)
        return list(Weight).index(self.weight(state)), order, -len(self.findings)


def causes_of(
    findings: Iterable[Finding], words: Wording, apart: Callable[[Finding], Hashable] = lambda finding: None
) -> list[Cause]:
    """Findings by cause, in the order of their first ones.

    Args:
        findings: of one return.
        words: knows which findings can be said in one sentence.
        apart: what else keeps findings apart (what became of them since the last round).
    """
    found: dict[Hashable, list[Finding]] = {}
    for each in findings:
        key: tuple[Hashable, ...] = (each.item, each.rule, each.severity, each.variant, apart(each))
        if each.item is None:
            key += (each.where, repr(each.params))  # nothing but the cell tells them apart
        elif not words.joins(each):
            key += (each.aspect, repr(each.params))
        found.setdefault(key, []).append(each)
    return [Cause(tuple(members)) for members in found.values()]
