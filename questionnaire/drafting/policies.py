"""Whether a question may be left to the parent, and whether it can be inapplicable, as far as its words say.

A draft, to be confirmed: figures and events are the company's own; what happens on its site is too; rules, organisation
and purchasing may be the parent's, if the answer explains. Everybody has employees, safety, integrity and energy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from questionnaire.drafting.cutting import is_chinese
from questionnaire.drafting.grammar import Cut, words
from questionnaire.drafting.kinds import Kind
from questionnaire.vocabulary import Delegable, EvidenceKind, FigureNeed, Need, NotApplicablePolicy

_OWN = (EvidenceKind.FIGURE, EvidenceKind.DATE)


class DraftPolicy(NamedTuple):
    """What is proposed of a question."""

    delegable: Delegable
    reason: str
    not_applicable: NotApplicablePolicy


def policy_of(question: str, section: str, cuts: Sequence[Cut], kinds: Sequence[Kind]) -> DraftPolicy:
    """The proposal for a question with its cuts and what proves each."""
    asked = [
        each.ask
        for each, kind in zip(cuts, kinds, strict=True)
        if kind.evidence not in _OWN and each.need is Need.REQUIRED
    ]
    happened = any(
        kind.evidence is EvidenceKind.YES_NO and kind.figure is FigureNeed.REQUIRED for kind in kinds
    )
    delegable, reason = _delegable("" if happened else " ".join(asked), question, section)
    universal = _any("universal").search(question) is not None
    return DraftPolicy(
        delegable, reason, NotApplicablePolicy.NO if universal else NotApplicablePolicy.WITH_REASON
    )


def _delegable(asked: str, question: str, section: str) -> tuple[Delegable, str]:
    reasons = words()["policies"]["reasons" if is_chinese(question) else "reasons_en"]
    if not asked:
        return Delegable.NO, reasons["figures"]
    if _any("site").search(question):
        return Delegable.NO, reasons["site"]
    if _any("group").search(asked) or not _any("near_site").search(question + section):
        return Delegable.WITH_EXPLANATION, reasons["group"]
    return Delegable.NO, reasons["site"]


def own_figure(kind: Kind) -> bool:
    """Whether a part is the company's own even where the rest of its question may be left to the parent."""
    return kind.evidence is EvidenceKind.FIGURE and kind.figure is FigureNeed.REQUIRED


@cache
def _any(name: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words()["policies"][name])), re.IGNORECASE)
