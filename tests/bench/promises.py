"""How many forgotten promises are found, and how many of those that were told are called forgotten, by author.

Run: ``python -m tests.bench.promises [--list]``. ``material/<author>/pairs.jsonl`` holds, a line, last year's answer
and this year's, with what a fair reviewer would do (``fires`` or ``silent``); ``--list`` prints what went wrong.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from checker.text.readers.time.sequels import Told, find_open
from questionnaire.editions import newest

MATERIAL = Path(__file__).parent / "material"
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


def scores(place: Path = MATERIAL) -> Iterator[Score]:
    """Author by author."""
    for path in sorted(place.rglob("*.jsonl")):
        if path.name == "pairs.jsonl":
            yield score(path.parent.name, path)


def score(author: str, path: Path) -> Score:
    """One author's counts."""
    schema = newest()
    names = (schema.edition.parent.name, *schema.edition.parent.aliases)
    counts, wrong = {FIRES: [0, 0], "silent": [0, 0]}, []
    for line in path.read_text(encoding="utf-8").splitlines():
        pair: dict[str, Any] = json.loads(line)
        item = schema.by_id.get(pair.get("item", ""))
        told = Told(
            pair["this"], tuple(pair.get("elsewhere", {}).values()), item.question if item is not None else ""
        )
        found = find_open(pair["last"], YEAR, told, names)
        counts[pair["expect"]][0] += 1
        counts[pair["expect"]][1] += bool(found)
        if bool(found) is not (pair["expect"] == FIRES):
            quotes = "；".join(promise.quote.text for promise in found)
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
