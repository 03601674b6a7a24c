"""How many forgotten promises are found, and how many of those that were told are called forgotten, by author.

Run: ``python -m tests.bench.promises [--list]``. ``pairs/<author>.jsonl`` holds, a line, last year's answer and this
year's, with what a fair reviewer would do (``fires`` or ``silent``); ``--list`` prints what went wrong. The authors are
independent of each other and never saw the code; p1 was developed on, p2 only measured.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from checker.checking.engine import context_of
from checker.finding import Finding
from checker.reading.answers import read_answers
from checker.rules import promise_kept
from questionnaire.editions import newest
from tests.conftest import make_return

PAIRS = Path(__file__).parent / "pairs"
YEAR = 2023
FIRES = "fires"


class Score(NamedTuple):
    """The counts of one author."""

    author: str
    planted: int
    found: int
    silent: int
    false: int
    wrong: tuple[str, ...]  # a line for each that went wrong


def scores(place: Path = PAIRS) -> Iterator[Score]:
    """Author by author."""
    for path in sorted(place.glob("*.jsonl")):
        yield score(path.stem, path)


def score(author: str, path: Path) -> Score:
    """One author's counts."""
    schema = newest()
    counts, wrong = {FIRES: [0, 0], "silent": [0, 0]}, []
    for line in path.read_text(encoding="utf-8").splitlines():
        pair: dict[str, Any] = json.loads(line)
        item = pair["item"]
        before = replace(make_return({item: pair["last"]}), year=YEAR)
        now = make_return({**pair.get("elsewhere", {}), item: pair["this"]})
        whole = read_answers(schema, now, before)
        results = promise_kept.check(whole.by_id[item], context_of(promise_kept, whole))
        found = [each for each in results if isinstance(each, Finding)]
        counts[pair["expect"]][0] += 1
        counts[pair["expect"]][1] += bool(found)
        if bool(found) is not (pair["expect"] == FIRES):
            quotes = "；".join(quote for finding in found for quote in finding.evidence)
            wrong.append(f"{pair['id']} {pair['expect']} {quotes or pair.get('promise', '')}")
    (planted, caught), (silent, false) = counts[FIRES], counts["silent"]
    return Score(author, planted, caught, silent, false, tuple(wrong))


def main() -> None:
    """Prints the counts."""
    for each in scores():
        print(f"{each.author}: found {each.found} of {each.planted}, false {each.false} of {each.silent}")
        if "--list" in sys.argv:
            print(*(f"  {line}" for line in each.wrong), sep="\n")


if __name__ == "__main__":
    main()
