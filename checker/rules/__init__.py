"""The register of rules, in the order in which reports list them. A rule is one module and one line here."""

from __future__ import annotations

from checker.rule import Rule
from checker.rules import (
    activity_uncounted,
    aspect_missing,
    baseline_missing,
    blank_answer,
    date_conflict,
    delegated_aspect,
    delegated_item,
    duplicate_answer,
    figure_conflict,
    figure_missing,
    na_and_delegated,
    na_without_reason,
    placeholder_answer,
    plan_actual_gap,
    policy_reference,
    question_edited,
    ratio_misused,
    stale_period,
    standard_unknown,
    sum_mismatch,
    suspected_delegation,
    unit_missing,
    unmatched_text,
    unreadable_cell,
    vague_claim,
    vague_quantity,
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
        sum_mismatch,
        figure_conflict,
        standard_unknown,
        date_conflict,
        stale_period,
        plan_actual_gap,
        ratio_misused,
        baseline_missing,
        unit_missing,
        vague_quantity,
    )
}
