"""Trains the models of English answers: what each clause does, and how the clauses make a delegation.

The features of a clause are of few authors, so each author in turn is read by a model of the others before the kinds
are weighed. How an item is usually answered is counted over all answers, in whichever language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checker.text.ground.linear import Linear
from checker.text.readers.reliance.delegation import ANY_ITEM, weigh
from tests.bench.material import LabelledAnswer
from tests.bench.training.delegation import CLASSES, PROSE, Seen, cut, fitted, kind_model, read

STRENGTH = dict.fromkeys(CLASSES, 5.0)
SMALL = 0.012  # features with smaller weights are dropped


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
                if any(clause.names_parent for clause in found):
                    rows.append(
                        (weigh(found, usual.get(answer.item or "", ANY_ITEM)), answer.delegation, 1.0)
                    )
    return clause_model(known), kind_model(rows)
