"""How grave a delegation is: by the policy of what is delegated and by what the answer explains."""

from __future__ import annotations

from checker.finding import Severity
from checker.text.readers.reliance.delegation import Explanation
from frameworks.ground.yaml import load_data
from questionnaire.schema import Item
from questionnaire.vocabulary import Delegable, ItemDraft

SLOTS = ("provider", "scope", "document", "since", "retained")


def judge(policy: Delegable, explanation: Explanation) -> Severity:
    """Error where it may not be delegated; a notice when fully explained; else a warning.

    Where the item is wholly the parent's (``yes``) it is enough to name who answers: a unit of the parent or
    the document.
    """
    if policy is Delegable.NO:
        return Severity.ERROR
    if policy is Delegable.YES and (explanation.provider and explanation.document):
        return Severity.NOTICE
    return Severity.WARNING if unexplained(explanation) else Severity.NOTICE


def reason_of(item: Item) -> str:
    """Why an item may be left to the parent, or not; empty where a draft has it yet to be decided."""
    undecided = load_data("questionnaire.data", "drafting.yaml")["draft"]["delegable_reason"]
    is_draft = ItemDraft.POLICY in item.draft or item.delegable_reason == undecided
    return "" if is_draft else item.delegable_reason


def unexplained(explanation: Explanation) -> list[str]:
    """The slots of the explanation that the answer leaves open, in the order in which a mend lists them."""
    return [slot for slot in SLOTS if not getattr(explanation, slot)]
