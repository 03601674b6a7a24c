"""Where a clause is parted: at its marks, and at the words that join its last two entries."""

from __future__ import annotations

import re

from questionnaire.drafting.grammar import either, words
from questionnaire.drafting.masks import masked
from questionnaire.drafting.nouns import LONG, ends_in_verb, is_closed, joints, verbs


def split_at(text: str, pattern: re.Pattern[str]) -> list[str]:
    """A text's parts between what a pattern finds outside brackets, blank ones too."""
    parts, at = [], 0
    for found in pattern.finditer(masked(text)):
        parts.append(text[at : found.start()])
        at = found.end()
    return [*parts, text[at:]]


def by_joint(text: str, *, multiple: bool) -> list[str]:
    """The last entry of a list, parted at its first 和, unless that joins two verbs."""
    for found in joints().finditer(masked(text)):
        left, right = text[: found.start()], text[found.end() :]
        if not left.strip() or not right.strip() or _alike(left, right):
            continue
        if ends_in_verb(left) and verbs().match(right):
            return [text]
        if multiple or len(left) >= 2:
            return [_measured(left.strip(), right), right.strip()]
    return [text]


def _alike(left: str, right: str) -> bool:
    """Two words of one kind before one noun: 可回收或可降解包装材料."""
    return left[0] == right[0] and left[0] in words()["zh"]["qualifiers"] and len(left) <= LONG


def _measured(left: str, right: str) -> str:
    """A short word with the quantity that closes its neighbour: 汽油和柴油用量（吨）."""
    found = re.search(rf"(?<=..)(?:{either('zh', 'amounts')})(?:[（(][^（）()]*[）)])?$", right)
    if found is None or len(left) >= LONG or is_closed(left) or found.group().startswith("率"):
        return left
    if "的" in right or joints().search(right):
        return left
    return left + found.group()
