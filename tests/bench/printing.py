"""The figures of the bench on the screen."""

from __future__ import annotations

from checker.rules import RULES
from tests.bench.scoring import Score, Tally


def print_score(name: str, score: Score, *, with_lists: bool) -> None:
    """One return, or the sum of several."""
    false = sum(tally.found - tally.right for tally in score.rules.values())
    right = sum(tally.right for tally in score.rules.values())
    print(f"\n== {name}")
    print(f"item states        {_share(score.states.caught, score.states.expected)}")
    print(f"delegation         {_share(score.delegation.caught, score.delegation.expected)}")
    print(f"missing aspects    {_measure(score.aspects)}, F1 {f1(score.aspects)}")
    print(f"findings           {right} right, {false} false ({_ratio(false, right)} false per right one), "
          f"{score.unjudged} not judged")  # fmt: skip
    if score.grave.expected:
        print(f"grave faults       {_share(score.grave.caught, score.grave.expected)} caught")
    for rule in sorted(score.rules, key=lambda rule: [*RULES, rule].index(rule)):
        print(f"  {rule:<26} {_measure(score.rules[rule])}")
    if score.unruled:
        print(
            "  no such rule: " + ", ".join(f"{rule} {count}" for rule, count in sorted(score.unruled.items()))
        )
    if with_lists:
        for title, lines in (
            ("false", score.false), ("missed", score.missed), ("disagreements", score.disagreements)
        ):  # fmt: skip
            for line in lines:
                print(f"  {title}: {line}")


def print_cases(name: str, tallies: dict[str, Tally]) -> None:
    """Single answers and sentences."""
    print(f"\n== {name}")
    for rule, tally in tallies.items():
        print(f"  {rule:<26} {_measure(tally)}")


def f1(tally: Tally) -> str:
    """The harmonic mean of precision and recall."""
    if not tally.right or not tally.caught:
        return "–" if not (tally.found or tally.expected) else "0.00"
    precision, recall = tally.right / tally.found, tally.caught / tally.expected
    return f"{2 * precision * recall / (precision + recall):.2f}"


def _measure(tally: Tally) -> str:
    return f"precision {_share(tally.right, tally.found)}  recall {_share(tally.caught, tally.expected)}"


def _share(part: int, whole: int) -> str:
    return f"{_ratio(part, whole):>4} ({f'{part}/{whole}':>7})"


def _ratio(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "–"
