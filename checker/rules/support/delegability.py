"""How grave a delegation is: by the policy of what is delegated and by what the answer explains."""

from __future__ import annotations

from collections.abc import Sequence

from checker.finding import Severity
from checker.text.readers.reliance.delegation import Explanation
from frameworks.ground.yaml import load_data
from questionnaire.schema import Item
from questionnaire.vocabulary import Delegable, ItemDraft

SLOTS = ("provider", "scope", "document", "since", "retained")


def judge(policy: Delegable, explanation: Explanation, lacking: Sequence[str]) -> Severity:
    """Error where it may not be delegated; a notice when fully explained; else a warning.

    Where the item is wholly the parent's (``yes``) it is enough to name who answers: a unit of the parent and
    the document. ``lacking`` is what is left open: ``unexplained``, or ``left_open`` of an item.
    """
    if policy is Delegable.NO:
        return Severity.ERROR
    named = policy is Delegable.YES and explanation.provider and explanation.document
    return Severity.NOTICE if named or not lacking else Severity.WARNING


def reason_of(item: Item) -> str:
    """Why an item may be left to the parent, or not; empty where a draft has it yet to be decided."""
    undecided = load_data("questionnaire.data", "drafting.yaml")["draft"]["delegable_reason"]
    is_draft = ItemDraft.POLICY in item.draft or item.delegable_reason == undecided
    return "" if is_draft else item.delegable_reason


def left_open(item: Item, explanation: Explanation) -> list[str]:
    """The slots that an item wants explained still; none where a drafted one is the parent's and its source named."""
    is_drafted = any(aspect.by_ask for aspect in item.judged)
    is_named = explanation.provider or explanation.document
    if is_drafted and item.delegable is Delegable.YES and is_named:
        return []
    return unexplained(explanation)


def unexplained(explanation: Explanation) -> list[str]:
    """The slots of the explanation that the answer leaves open, in the order in which a mend lists them."""
    return [slot for slot in SLOTS if not getattr(explanation, slot)]
