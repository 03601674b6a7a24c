"""How well questions are cut into what they ask for: this questionnaire's own, and lists by other hands.

Run: ``python -m tests.bench.cutting [--list]``

The questions alone are given, without their edition; what is cut is held against the aspects that people decided on
(``questionnaire/schemas``), and for other lists against what is written beside them (``tests/cases/cutting.yaml``).

One cut finds one aspect: where one text holds the other, or half of their pairs of letters are the same. ``close``
counts those with half of the pairs alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from frameworks.ground.yaml import read_yaml
from questionnaire.cells import squeeze
from questionnaire.drafting.cutting import cut
from questionnaire.drafting.known import likeness
from questionnaire.editions import newest

CASES = Path(__file__).parent.parent / "cases" / "cutting.yaml"
HALF = 0.5
RECALL, INVENTED = 0.9, 0.1  # what must be found of the aspects, what may be cut besides


class Result(NamedTuple):
    """One question: what was cut and what was asked for, by what they have in common."""

    question: str
    found: int
    close: int
    lost: tuple[str, ...]
    invented: tuple[str, ...]


def matched(question: str, asks: Sequence[str]) -> Result:
    """What is cut from a question against what it asks for."""
    cuts = [each.ask for each in cut(question)]
    table = np.array([[worth(each, ask) for ask in asks] for each in cuts])
    pairs = [
        (row, column)
        for row, column in zip(*linear_sum_assignment(-table), strict=True)
        if table[row, column]
    ]
    rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
    return Result(
        question,
        len(pairs),
        sum(likeness(cuts[row], asks[column]) >= HALF for row, column in pairs),
        tuple(ask for at, ask in enumerate(asks) if at not in columns),
        tuple(each for at, each in enumerate(cuts) if at not in rows),
    )


def worth(one: str, other: str) -> float:
    """What it is worth to take one text for another: nothing where neither holds the other and little is common."""
    held = squeeze(one) in squeeze(other) or squeeze(other) in squeeze(one)
    common = likeness(one, other)
    return common + HALF * held if held or common >= HALF else 0.0


def own_questions() -> Iterator[tuple[str, list[str]]]:
    """The questions of the newest edition, with their aspects."""
    for item in newest().items:
        yield item.question, [aspect.ask for aspect in item.judged]


def other_lists() -> dict[str, list[tuple[str, list[str]]]]:
    """The questions of other lists by name, with what they ask for."""
    lists = read_yaml(CASES.read_bytes(), CASES.name).data["lists"]
    return {name: [(row["question"], row["asks"]) for row in rows] for name, rows in lists.items()}


def measured(questions: Iterable[tuple[str, list[str]]]) -> tuple[list[Result], int]:
    """The results, and how many asks there are."""
    told = list(questions)
    return [matched(question, asks) for question, asks in told], sum(len(asks) for _, asks in told)


def shares(results: Sequence[Result], total: int) -> tuple[float, float]:
    """Of all asks the share that was found, and how many were invented, as a share of them."""
    return sum(each.found for each in results) / total, sum(len(each.invented) for each in results) / total


def main() -> int:
    """Prints the figures; 1 where they are below what README says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--list", action="store_true", help="name what is lost and what is invented")
    options = parser.parse_args()
    fallen = False
    for name, questions in {"own": own_questions(), **other_lists()}.items():
        results, total = measured(questions)
        recall, invented = shares(results, total)
        close = sum(each.close for each in results) / total
        print(
            f"{name}: {len(results)} questions, {total} asks: "
            f"found {recall:.1%} (close {close:.1%}), invented {invented:.1%}"
        )
        fallen |= name == "own" and (recall < RECALL or invented > INVENTED)
        for each in results if options.list else ():
            if each.lost or each.invented:
                print(f"  {each.question}\n    lost: {each.lost}\n    invented: {each.invented}")
    return int(fallen)


if __name__ == "__main__":
    sys.exit(main())
