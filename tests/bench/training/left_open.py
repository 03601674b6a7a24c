"""Trains which of the aspects that nothing proves an English answer tells all the same, on returns written in English.

Whoever is set aside is read by models of clauses that know him; the few figures learned here hardly tell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache

from checker.finding import AspectState
from checker.reading.answers import read_answers
from checker.reading.aspects import cued
from checker.reading.left_open import MODEL, SIGNS, signs_of
from checker.reading.proof import weigh
from checker.text.ground.linear import Linear, instead
from questionnaire.answers import Answer, Place, Return
from questionnaire.editions import newest
from tests.bench.material import english, labelled_return
from tests.bench.training.judges import Row, model_of

__all__ = ["MODEL", "model"]

SPEAKING = ("answered", "partial")  # states of an item of which aspects are told
UNDECIDED = Linear(("proved",), 0.001, (0,), {f"{place:02d}": [0] for place in range(SIGNS)})


def model(aside: Collection[str] = ()) -> Linear:
    """The model of all who write English but those set aside."""
    return model_of(
        [row for author in english("return.json") if author not in aside for row in _rows(author)]
    )


@cache
def _rows(author: str) -> tuple[Row, ...]:
    return tuple(_read(author))


def _read(author: str) -> Iterator[Row]:
    schema, labels = newest(), labelled_return(author)
    place = Place(f"{author}.txt")
    given = tuple(Answer(item, text, place) for item, text in labels.answers.items() if text.strip())
    with instead({MODEL: UNDECIDED}):
        reading = read_answers(schema, Return(place.file, "0" * 64, labels.company, labels.year, given))
    gold = labels.gold
    doubtful = set(gold.get("arguable_aspects", ()))
    for each in reading.items:
        item, own, pieces = each.item, each.facts.own, each.facts.pieces
        states = {found.state for found in each.aspects}
        if gold["states"][item.id] not in SPEAKING or AspectState.DISCLOSED not in states or not pieces:
            continue
        proofs = schema.proofs[item.id]
        weighed = weigh(item, proofs, own, pieces, labels.year, cued(item, each.facts))
        signs = signs_of(item, proofs, own, pieces, weighed, each.delegation)
        for found in each.aspects:
            name = found.aspect.id
            labelled = name in gold["aspects"] and name not in doubtful
            if found.state is AspectState.MISSING and name in signs and labelled:
                yield Row(signs[name], gold["aspects"][name] != "missing", 1.0)
