"""Trains the models of English answers: what each clause does, and how the clauses make a delegation.

The features of a clause are of few authors, so each author in turn is read by a model of the others before the kinds
are weighed. How an item is usually answered is counted over all answers, in whichever language.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from checker.text.ground.linear import Linear
from checker.text.ground.nil import find_nils
from checker.text.ground.passages import split
from checker.text.ground.quantities import find_quantities
from checker.text.readers.claims.claims import find_claims
from checker.text.readers.claims.english_judge import features
from checker.text.readers.reliance.delegation import ANY_ITEM, may_rely, weigh
from tests.bench.material import LabelledAnswer, english_claims
from tests.bench.training.delegation import CLASSES, PROSE, Seen, cut, fitted, kind_model, read
from tests.bench.training.fitting import rounded, yes_or_no

STRENGTH = dict.fromkeys(CLASSES, 5.0)
STRENGTH_CLAIMS = 5.0
CLAIM = 2.0  # what a clause that claims counts beside one that does not
SMALL = 0.012  # features with smaller weights are dropped
SMALL_CLAIMS = 0.016  # the same of claims


def clause_model(known: Sequence[LabelledAnswer]) -> Linear:
    """The model of English clauses."""
    seen: list[Seen] = []
    for answer in known:
        whole = cut(answer, is_english=True)
        for found, labels, is_hard in zip(whole.features, whole.labels, whole.hard, strict=True):
            seen.append((found, labels, 1.0))
            if answer.delegation == "none" and not is_hard:
                seen.append((found, (None, None, 1), PROSE))
    return fitted(seen, STRENGTH, SMALL)


def train(known: Sequence[LabelledAnswer], usual: Mapping[str, Sequence[float]]) -> tuple[Linear, Linear]:
    """Both models: of clauses, and of what they make."""
    rows: list[tuple[list[float], str, float]] = []
    for author in sorted({answer.author for answer in known}):
        model = clause_model([answer for answer in known if answer.author != author])
        for answer in known:
            if answer.author == author:
                found = read(model, answer, is_english=True)
                if may_rely(found):
                    rows.append(
                        (weigh(found, usual.get(answer.item or "", ANY_ITEM)), answer.delegation, 1.0)
                    )
    return clause_model(known), kind_model(rows)


def claims_model(aside: Collection[str] = ()) -> Linear:
    """The model of English claims of all authors but those set aside."""
    rows = [row for row in _clauses() if row[0] not in aside]
    weights, bias = yes_or_no(
        [seen for _, seen, _ in rows],
        [int(claims) for _, _, claims in rows],
        [CLAIM if claims else 1.0 for _, _, claims in rows],
        strength=STRENGTH_CLAIMS,
        least=2,
    )
    return rounded(
        ("claim",), {feature: [weight] for feature, weight in weights.items()}, [bias], drop=SMALL_CLAIMS
    )


@cache
def _clauses() -> list[tuple[str, frozenset[str], bool]]:
    """Author, features and label of every clause; those whose effect the patterns prove are left out."""
    found = []
    for author, text, labels in english_claims():
        passages, quantities = split(text), find_quantities(text)
        spans = [(text.find(words), text.find(words) + len(words)) for words in labels if words in text]
        proven = [
            claim.start
            for claim in find_claims(text, quantities, passages, find_nils(text), judged=False)
            if claim.figure is not None
        ]
        for place, clause in enumerate(passages.clauses):
            claims = any(start < clause.end and clause.start < end for start, end in spans)
            seen = features(text, passages, place, quantities)
            if seen and (claims or not any(clause.start <= at < clause.end for at in proven)):
                found.append((author, frozenset(seen), claims))
    return found
