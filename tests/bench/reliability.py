"""Writes what the bench counted into the package, where ``esgcheck explain`` reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from checker.rules import RULES
from questionnaire.editions import newest
from tests.bench.scoring import Score, Tally
from tests.bench.sentences import rule_cases

TARGET = Path(__file__).parent.parent.parent / "checker" / "data" / "reliability.yaml"
HEAD = """\
# How often each rule was right when it was measured; written by: python -m tests.bench.judgement --write
# found: findings that labels judge, right: those they bear out, expected: labelled faults, caught: those found.
# cases: the examples written with the rule; they show that it works, not how often it is right.
"""


def write(score: Score, cases: Mapping[str, Tally], returns: Iterable[str]) -> None:
    """Replaces the data file."""
    TARGET.write_text(as_yaml(score, cases, returns), encoding="utf-8")


def as_yaml(score: Score, cases: Mapping[str, Tally], returns: Iterable[str]) -> str:
    """The data file; rules in the register's order, those that nothing measured left out."""
    lines = [HEAD + f"returns: [{', '.join(returns)}]", "rules:"]
    for rule in RULES:
        tally = score.rules.get(rule, Tally())
        examples = cases.get(rule, Tally()).cases
        if tally.found or tally.expected or examples:
            lines.append(
                f"  {rule}: {{found: {tally.found}, right: {tally.right}, expected: {tally.expected}, "
                f"caught: {tally.caught}, cases: {examples}}}"
            )
    return "\n".join(lines) + "\n"


def write_rules(counts: Counter[tuple[str, str]], returns: Iterable[str]) -> None:
    """Replaces the data file by the counts of authors who were left out; of their delegations the figures say more."""
    score = Score()
    for rule in {rule for rule, _ in counts}:
        score.rules[rule] = Tally(
            found=counts[rule, "found"],
            right=counts[rule, "right"],
            expected=counts[rule, "expected"],
            caught=counts[rule, "caught"],
        )
    write(score, rule_cases(newest()), returns)
