"""How often each rule was right when it was last measured on labelled returns.

The counts are data (``data/reliability.yaml``), written by ``python -m tests.bench.judgement --write``.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct, convert

from frameworks.ground.yaml import load_data


class Reliability(Struct, frozen=True, forbid_unknown_fields=True):
    """The counts of one rule."""

    found: int = 0  # findings that the labels judge
    right: int = 0  # those that they bear out
    expected: int = 0  # labelled faults
    caught: int = 0  # those that were found
    cases: int = 0  # examples written with the rule

    @property
    def precision(self) -> float | None:
        """The share of findings that were right, 0–1; None where there was none to judge."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of faults that were found, 0–1; None where no fault was labelled."""
        return self.caught / self.expected if self.expected else None


class Measurement(Struct, frozen=True, forbid_unknown_fields=True):
    """All rules, and what they were measured on."""

    returns: tuple[str, ...]
    rules: dict[str, Reliability]


@cache
def measurement() -> Measurement:
    """The last measurement."""
    return convert(load_data("checker.data", "reliability.yaml"), Measurement)


def reliability(rule: str) -> Reliability:
    """The counts of a rule; all zero where it was never measured."""
    return measurement().rules.get(rule, Reliability())
