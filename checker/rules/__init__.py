"""The register of rules, in the order in which reports list them. A rule is one module and one line here."""

from __future__ import annotations

from checker.rule import Rule
from checker.rules import (
    activity_uncounted,
    aspect_missing,
    blank_answer,
    delegated_aspect,
    delegated_item,
    duplicate_answer,
    figure_missing,
    na_and_delegated,
    na_without_reason,
    outside_answer,
    placeholder_answer,
    policy_reference,
    question_edited,
    suspected_delegation,
    unmatched_text,
    unreadable_cell,
    vague_claim,
)

RULES: dict[str, Rule] = {
    rule.ID: rule
    for rule in (
        blank_answer,
        placeholder_answer,
        unreadable_cell,
        duplicate_answer,
        question_edited,
        unmatched_text,
        outside_answer,
        delegated_item,
        delegated_aspect,
        suspected_delegation,
        policy_reference,
        na_and_delegated,
        na_without_reason,
        aspect_missing,
        figure_missing,
        vague_claim,
        activity_uncounted,
    )
}
