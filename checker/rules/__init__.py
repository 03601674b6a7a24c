"""The register of rules, in the order in which reports list them. A rule is one module and one line here."""

from __future__ import annotations

from checker.rules import (
    activity_uncounted,
    answered_elsewhere,
    aspect_missing,
    baseline_missing,
    blank_answer,
    copied_across_returns,
    copied_from_last_year,
    copied_within_return,
    date_conflict,
    delegated_aspect,
    delegated_item,
    delegation_contradicted,
    delegation_unresolved,
    duplicate_answer,
    duty_not_fact,
    figure_conflict,
    figure_missing,
    figure_out_of_range,
    na_and_delegated,
    na_contradicted,
    na_without_reason,
    name_inconsistent,
    off_topic,
    option_contradicted,
    outside_answer,
    placeholder_answer,
    plan_actual_gap,
    policy_reference,
    profile_doubtful,
    promise_kept,
    question_echo,
    question_edited,
    ratio_misused,
    restated_figure,
    stale_period,
    standard_unknown,
    subject_mismatch,
    sum_mismatch,
    suspected_delegation,
    unit_missing,
    unmatched_text,
    unreadable_cell,
    vague_claim,
    vague_quantity,
)
from checker.rules.contract import AnswerRule, CampaignRule, FigureRule, ReturnRule, Rule

# tuples of a stated type: in them the type checker holds every module against its protocol
_RULES: tuple[AnswerRule | ReturnRule, ...] = (
    blank_answer,
    placeholder_answer,
    unreadable_cell,
    duplicate_answer,
    question_edited,
    unmatched_text,
    outside_answer,
    profile_doubtful,
    question_echo,
    off_topic,
    duty_not_fact,
    delegated_item,
    delegated_aspect,
    suspected_delegation,
    policy_reference,
    delegation_contradicted,
    na_and_delegated,
    na_without_reason,
    na_contradicted,
    option_contradicted,
    aspect_missing,
    answered_elsewhere,
    figure_missing,
    vague_claim,
    activity_uncounted,
    subject_mismatch,
    copied_within_return,
    copied_from_last_year,
    promise_kept,
    name_inconsistent,
    sum_mismatch,
    figure_conflict,
    figure_out_of_range,
    restated_figure,
    standard_unknown,
    date_conflict,
    stale_period,
    plan_actual_gap,
    ratio_misused,
    baseline_missing,
    unit_missing,
    vague_quantity,
)

# these look at the sheet for key figures, too
_FIGURE_RULES: tuple[FigureRule, ...] = (
    unreadable_cell,
    figure_missing,
    sum_mismatch,
    figure_conflict,
    plan_actual_gap,
    unit_missing,
)

# these need the other returns of a campaign; checking one return alone does not run them
_CAMPAIGN_RULES: tuple[CampaignRule, ...] = (delegation_unresolved, copied_across_returns)

RULES: dict[str, AnswerRule | ReturnRule] = {rule.ID: rule for rule in _RULES}
FIGURE_RULES: dict[str, FigureRule] = {rule.ID: rule for rule in _FIGURE_RULES}
CAMPAIGN_RULES: dict[str, CampaignRule] = {rule.ID: rule for rule in _CAMPAIGN_RULES}
ALL_RULES: dict[str, Rule] = {**RULES, **CAMPAIGN_RULES}
