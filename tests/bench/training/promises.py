"""Trains what makes this year's answers tell of a promise of last year's, on the pairs of answers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from msgspec.structs import replace
from sklearn.linear_model import LogisticRegression

from checker.reading.answers import read_answers
from checker.text.ground.linear import Linear
from checker.text.readers.time.outcomes import VALUES, ThisYear, evidence
from checker.text.readers.time.promises import find_promises
from checker.text.readers.time.things import features
from questionnaire.editions import newest
from tests.bench.material import labelled_return, learned_from
from tests.conftest import make_return

PAIRS = Path(__file__).parent.parent / "pairs"
YEAR = 2023
FIRES = "fires"
STRENGTH = 0.5
AMONG = 0.5  # what every other pair counts again amid a stranger's return: much is said there by chance
INSIDER = 0.5  # what a pair counts of one who knows the code
INSIDERS = frozenset({"p7", "p8"})
AVOIDED = 0.4  # what one counts of those who were asked to tell what was promised in quite other words
AVOIDING = frozenset({"p9", "p10", "p11"})
STRANGERS = 4  # whose returns are taken in turn


class Row(NamedTuple):
    """A promise of a pair: what this year's answers hold of it, whether that tells it, and what the row is worth."""

    author: str
    values: tuple[float, ...]
    is_told: bool
    worth: float


def pairs(author: str) -> Iterator[dict[str, Any]]:
    """The pairs of one author."""
    for line in (PAIRS / f"{author}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def authors() -> list[str]:
    """All of them, in order."""
    return sorted(path.stem for path in PAIRS.glob("*.jsonl"))


def rows(author: str) -> Iterator[Row]:
    """The promises of one author's pairs whose sequel is known, each alone and within a stranger's return."""
    schema = newest()
    parent = schema.edition.parent
    names = [name for name in (parent.name, *parent.aliases) if len(name) > 1]
    strangers = learned_from("return.json")[:STRANGERS]
    for at, pair in enumerate(pairs(author)):
        item, elsewhere = pair["item"], pair.get("elsewhere", {})
        now = make_return({**elsewhere, item: pair["this"]})
        whole = read_answers(schema, now, replace(make_return({item: pair["last"]}), year=YEAR))
        if whole.by_id[item].stands_aside:
            continue
        around = labelled_return(strangers[at % len(strangers)]).answers
        amid = [text for id_, text in around.items() if id_ != item and id_ not in elsewhere]
        for promise in find_promises(pair["last"], YEAR, names):
            meant = features(pair.get("promise") or promise.thing).keys()
            is_told = pair["expect"] != FIRES
            if promise.follows or not (is_told or meant & features(promise.quote.text).keys()):
                continue
            rounds = [(tuple(elsewhere.values()), 1.0), ((*elsewhere.values(), *amid), AMONG)]
            for others, worth in rounds[: 1 + at % 2]:
                told = ThisYear(pair["this"], others, whole.by_id[item].item.question)
                yield Row(author, evidence(promise, told, pair["last"]), is_told, worth * _counts(author))


def _counts(author: str) -> float:
    return INSIDER if author in INSIDERS else AVOIDED if author in AVOIDING else 1.0


def model(known: Iterable[Row]) -> Linear:
    """The weights of ``VALUES`` and the bias, in thousandths."""
    seen = list(known)
    fitted = LogisticRegression(C=STRENGTH, max_iter=3000, tol=1e-8)
    fitted.fit(
        np.asarray([row.values for row in seen]),
        [row.is_told for row in seen],
        sample_weight=[row.worth for row in seen],
    )
    weights = fitted.coef_[0].tolist()
    return Linear(
        ("told",),
        0.001,
        (round(1000 * float(fitted.intercept_[0])),),
        {name: [round(1000 * weight)] for name, weight in zip(VALUES, weights, strict=True)},
    )
