"""What else may be written where nothing has been."""

from __future__ import annotations

from questionnaire.schema import Item
from questionnaire.vocabulary import NotApplicablePolicy


def otherwise(item: Item) -> str:
    """The key of the words for it: a nil, and 不涉及 with its reason only where the item may be set aside."""
    return "nil-alone" if item.not_applicable is NotApplicablePolicy.NO else "nil-or-not-ours"
