"""Trains the judge of clauses: does a clause claim an effect as reached?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from checker.text.ground.linear import Linear
from checker.text.ground.nil import find_nils
from checker.text.ground.passages import split
from checker.text.ground.quantities import find_quantities
from checker.text.readers.claims.claims import find_claims
from checker.text.readers.claims.clause_judge import features, mask
from checker.text.readers.claims.effects import State
from tests.bench.material import labelled_return, learned_from, sentences

FEATURES = 9000
RARE = 2  # clauses in which a feature must stand
SCALE = 0.01


@dataclass(frozen=True, slots=True)
class Labelled:
    """A masked clause, what the judge sees of it, and whether it claims."""

    author: str
    text: str
    claims: bool
    seen: tuple[str, ...]


@cache
def load() -> list[Labelled]:
    """The labelled clauses of all authors, in order."""
    found: list[Labelled] = []
    for author in learned_from("sentences.jsonl"):
        for row in sentences(author):
            if "vague_claims" in row:
                found += _clauses(row["text"].replace("\n", " "), row["vague_claims"], author)
    for author in learned_from("return.json"):
        whole = labelled_return(author)
        labels: dict[str, list[str]] = defaultdict(list)
        for finding in whole.gold["findings"]:
            if finding["rule"] == "vague-claim":
                labels[finding["item"]].append(finding["evidence"])
        for item, text in whole.answers.items():
            found += _clauses(text, labels[item], author)
    return sorted(found, key=lambda clause: (clause.author, clause.text, clause.claims, clause.seen))


def _clauses(text: str, evidence: Iterable[str], author: str) -> Iterator[Labelled]:
    """The clauses of a text; those whose effect has its figure or is found by rules alone are left out."""
    passages, quantities = split(text), find_quantities(text)
    places = [(text.find(words), text.find(words) + len(words)) for words in evidence if words in text]
    effects = {
        claim.start: claim.figure is not None
        for claim in find_claims(text, quantities, passages, find_nils(text), judged=False)
        if claim.state is State.DONE
    }
    for place, clause in enumerate(passages.clauses):
        labelled = any(start < clause.end and clause.start < end for start, end in places)
        doubtful = any(
            clause.start <= start < clause.end and (bound or places) for start, bound in effects.items()
        )
        if labelled or not doubtful:
            seen = tuple(sorted(features(text, passages, place, quantities)))
            yield Labelled(author, mask(text, clause, quantities), labelled, seen)


def train(clauses: list[Labelled]) -> Linear:
    """A model of these clauses."""
    seen: Counter[str] = Counter()
    claiming: Counter[str] = Counter()
    rows = [clause.seen for clause in clauses]
    for clause, row in zip(clauses, rows, strict=True):
        seen.update(row)
        if clause.claims:
            claiming.update(row)
    share = sum(clause.claims for clause in clauses) / len(clauses)

    def telling(feature: str) -> float:
        expected = seen[feature] * share
        return (claiming[feature] - expected) ** 2 / (expected * (1 - share))

    known = [feature for feature, count in seen.items() if count >= RARE]
    known = sorted(known, key=lambda feature: (-telling(feature), feature))[:FEATURES]
    place = {feature: at for at, feature in enumerate(sorted(known))}
    indices, starts, values = [], [0], []
    for row in rows:
        at = [place[feature] for feature in row if feature in place]
        indices += at
        values += [1 / max(len(row), 1) ** 0.5] * len(at)
        starts.append(len(indices))
    matrix = csr_matrix((values, indices, starts), shape=(len(rows), len(place)))
    model = LogisticRegression(C=30.0, class_weight={True: 4.0, False: 1.0}, max_iter=3000, tol=1e-6)
    model.fit(matrix, np.array([clause.claims for clause in clauses]))
    weights = {feature: [round(float(model.coef_[0][at]) / SCALE)] for feature, at in place.items()}
    return Linear(("claim",), SCALE, (round(float(model.intercept_[0]) / SCALE),), weights)


def train_without(aside: Collection[str] = ()) -> Linear:
    """The model of all authors but those set aside."""
    return train([clause for clause in load() if clause.author not in aside])
