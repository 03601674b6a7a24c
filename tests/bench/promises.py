"""How many forgotten promises are found, and how many of those that were told are called forgotten, by author.

Run: ``python -m tests.bench.promises [--list] [--amid]``. ``pairs/<author>.jsonl`` holds, a line, last year's answer
and this year's, with what a fair reviewer would do (``fires`` or ``silent``); ``--list`` prints what went wrong; with
``--amid`` each pair stands in a stranger's whole return, which has nothing to do with it. Each author is
read by weights that are trained on all others. p7 and p8 were written by one who knows the code, the others by people
who do not; p9, p10 and p11 were asked to tell what became of a promise in quite other words. All were looked at when
the words of plans were chosen.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from checker.checking.engine import context_of
from checker.finding import Finding
from checker.reading.answers import read_answers
from checker.rules import promise_kept
from checker.text.ground.linear import instead
from checker.text.readers.time.sequels import MODEL
from questionnaire.editions import newest
from tests.bench.material import labelled_return, learned_from
from tests.bench.training.promises import FIRES, STRANGERS, YEAR, Row, authors, model, pairs, rows
from tests.conftest import make_return


class Score(NamedTuple):
    """The counts of one author."""

    author: str
    planted: int
    found: int
    silent: int
    false: int
    wrong: tuple[str, ...]  # a line for each that went wrong


def scores(*, amid: bool = False) -> Iterator[Score]:
    """Author by author, each by the weights of all others; ``amid``: within strangers' returns."""
    known = {author: list(rows(author)) for author in authors()}
    for author in known:
        yield score(author, [row for other in known if other != author for row in known[other]], amid=amid)


def score(author: str, known: Sequence[Row], *, amid: bool = False) -> Score:
    """One author's counts by the weights that rows make."""
    schema = newest()
    counts, wrong = {FIRES: [0, 0], "silent": [0, 0]}, []
    strangers = [labelled_return(name).answers for name in learned_from("return.json")[-STRANGERS:]]
    with instead({MODEL: model(known)}):
        for at, pair in enumerate(pairs(author)):
            item = pair["item"]
            before = replace(make_return({item: pair["last"]}), year=YEAR)
            around = strangers[at % len(strangers)] if amid else {}
            now = make_return({**around, **pair.get("elsewhere", {}), item: pair["this"]})
            whole = read_answers(schema, now, before)
            results = promise_kept.check(whole.by_id[item], context_of(promise_kept, whole))
            found = [each for each in results if isinstance(each, Finding)]
            counts[pair["expect"]][0] += 1
            counts[pair["expect"]][1] += bool(found)
            if bool(found) != (pair["expect"] == FIRES):
                wrong.append(f"{pair['id']} {pair['expect']}: {[each.evidence for each in found]}")
    (planted, caught), (silent, false) = counts[FIRES], counts["silent"]
    return Score(author, planted, caught, silent, false, tuple(wrong))


def main() -> None:
    """Prints the counts."""
    for each in scores(amid="--amid" in sys.argv):
        print(f"{each.author}: found {each.found} of {each.planted}, false {each.false} of {each.silent}")
        if "--list" in sys.argv:
            print(*(f"  {line}" for line in each.wrong), sep="\n")


if __name__ == "__main__":
    main()
