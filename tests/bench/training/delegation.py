"""Trains what each clause of an answer does, and how the clauses make a delegation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from checker.text.ground.agents import Agents
from checker.text.ground.fold import fold
from checker.text.ground.linear import Linear, share
from checker.text.ground.marks import MarkedClause, clauses, mark
from checker.text.ground.nil import find_nils
from checker.text.ground.quantities import find_quantities
from checker.text.readers.reliance.clauses import CLASSES, ReadClause, features
from checker.text.readers.reliance.delegation import ANY_ITEM, KINDS, weigh
from checker.text.readers.reliance.english_features import english_features
from questionnaire.editions import newest
from tests.bench.material import LabelledAnswer, Piece
from tests.bench.training.fitting import rounded, yes_or_no
from tests.bench.training.habits import kinds as usual_kinds

STRENGTH = {"handles": 10.0, "rule": 10.0, "own": 5.0}
EVERY = 2  # of the pieces of banks each so-manieth is taken
FOLDS = 4  # groups of authors: what weighs the clauses is trained on clauses read by a model that does not know them
PROSE = 0.3  # what an unquantified clause of an answer without delegation counts as one's own
PIECE = 0.3  # what a piece of the bank counts beside a clause of an answer
EXAMPLE = 4.0  # what an example line counts: somebody put it there because it was misread
WHOLE = 2.0  # what an answer of a whole return counts beside a short answer that was written alone
SMALL = 0.012  # features with smaller weights are dropped


Labels = tuple[int | None, int | None, int | None]  # handles, rule, own; None where nothing is known
Seen = tuple[frozenset[str], Labels, float]  # a clause, what it does, and its worth


class Cut(NamedTuple):
    """An answer, cut and marked."""

    clauses: tuple[MarkedClause, ...]
    hard: tuple[bool, ...]
    features: tuple[frozenset[str], ...]
    labels: tuple[Labels, ...]


@lru_cache(maxsize=1)
def parent_names() -> tuple[str, ...]:
    """The parent's names in the newest questionnaire."""
    parent = newest().edition.parent
    return (parent.name, *parent.aliases)


@lru_cache(maxsize=100_000)
def cut(answer: LabelledAnswer, *, is_english: bool = False) -> Cut:
    """Cuts an answer as the reader does, with what its labels say of each clause."""
    agents = Agents.of(parent_names(), answer.own_names, newest().edition.parent.seats)
    folded = fold(answer.text)
    quantities, nils = find_quantities(folded.text), find_nils(folded.text)
    found = tuple(clauses(mark(folded.text, agents, quantities)))
    held = [(each.start, each.end) for each in (*quantities, *nils)]
    hard = tuple(any(start < each.end and each.start < end for start, end in held) for each in found)
    spans = []
    for words in answer.evidence or ():
        at = answer.text.find(words)
        if at >= 0:
            spans.append((folded.forth(at), folded.forth(at + len(words))))
    labels = tuple(
        _labels(answer, clause, is_hard, spans) for clause, is_hard in zip(found, hard, strict=True)
    )
    seen = (
        english_features(found, at, is_hard=hard[at]) if is_english else features(found, at)
        for at in range(len(found))
    )
    return Cut(found, hard, tuple(map(frozenset, seen)), labels)


def _labels(
    answer: LabelledAnswer, clause: MarkedClause, is_hard: bool, spans: Sequence[tuple[int, int]]
) -> Labels:
    inside = any(start < clause.end and clause.start < end for start, end in spans)
    named = ReadClause(clause, is_hard, 0, 0, 0).names_parent
    quoted = answer.evidence is not None
    match answer.delegation:
        case "none":
            return 0, 0, 1 if is_hard else None
        case "full" if not quoted:
            return (1, None, None) if named else (None, None, 0)
        case "full":
            handles = 1 if inside and (named or len(spans) == 1) else 0 if not (inside or named) else None
            return handles, None, None if inside else 0
        case "partial" if quoted:
            return (1 if inside and named else None if inside else 0), None, None if inside else 1
        case "reference":
            if not quoted:
                return 0, 1 if named else None, None
            return 0, int(inside), None if inside else 1
    return None, None, None


def clause_model(known: Iterable[LabelledAnswer], pieces: Iterable[Piece]) -> Linear:
    """The model of clauses."""
    seen: list[Seen] = [
        (found, labels, EXAMPLE if answer.author == "examples" else 1.0)
        for answer in known
        for found, labels in zip(cut(answer).features, cut(answer).labels, strict=True)
    ]
    # what stands in an answer that leaves nothing to anybody is mostly of one's own, figures or not
    seen += [
        (found, (None, None, 1), PROSE)
        for answer in known
        if answer.delegation == "none"
        for found, is_hard in zip(cut(answer).features, cut(answer).hard, strict=True)
        if not is_hard
    ]
    for piece in pieces:
        whole = cut(LabelledAnswer(piece.author, piece.text, "", None))
        seen += [(found, (None, None, int(piece.kind != "h")), PIECE) for found in whole.features]
    return fitted(seen, STRENGTH, SMALL)


def fitted(seen: Sequence[Seen], strength: Mapping[str, float], small: float) -> Linear:
    """One yes or no for each class of clauses; features with weights below ``small`` are dropped."""
    trained = []
    for place, label in enumerate(CLASSES):
        rows = [(found, labels[place], weight) for found, labels, weight in seen if labels[place] is not None]
        trained.append(
            yes_or_no(
                [found for found, _, _ in rows],
                [is_so for _, is_so, _ in rows],  # type: ignore[misc]
                [weight for _, _, weight in rows],
                strength=strength[label],
                balanced=label == "own",
            )
        )
    every = sorted({feature for weights, _ in trained for feature in weights})
    return rounded(
        CLASSES,
        {feature: [weights.get(feature, 0.0) for weights, _ in trained] for feature in every},
        [bias for _, bias in trained],
        drop=small,
    )


def read(model: Linear, answer: LabelledAnswer, *, is_english: bool = False) -> list[ReadClause]:
    """The clauses of an answer as a model judges them."""
    whole = cut(answer, is_english=is_english)
    return [
        ReadClause(clause, is_hard, *map(share, model.scores(found)), is_english=is_english)
        for clause, is_hard, found in zip(whole.clauses, whole.hard, whole.features, strict=True)
    ]


def kind_model(rows: Sequence[tuple[list[float], str, float]]) -> Linear:
    """How the clauses make one of the four kinds."""
    values = np.asarray([row for row, _, _ in rows])
    middle, spread = values.mean(0), values.std(0) + 1e-6
    model = LogisticRegression(C=1.0, max_iter=2000, tol=1e-8)
    model.fit(
        (values - middle) / spread,
        [kind for _, kind, _ in rows],
        sample_weight=[worth for _, _, worth in rows],
    )
    order = [list(model.classes_).index(kind) for kind in KINDS]
    slopes = (model.coef_ / spread)[order]
    bias = model.intercept_[order] - slopes @ middle
    return Linear(
        KINDS,
        0.001,
        tuple(round(each * 1000) for each in bias.tolist()),
        {
            f"{place:02d}": [round(each * 1000) for each in slopes[:, place].tolist()]
            for place in range(len(middle))
        },
    )


def train(known: Sequence[LabelledAnswer], pieces: Sequence[Piece]) -> tuple[Linear, Linear]:
    """Both models: of clauses, and of what they make."""
    writers = sorted({answer.author for answer in known})
    rows: list[tuple[list[float], str, float]] = []
    for fold_number in range(FOLDS):
        aside = set(writers[fold_number::FOLDS])
        others = [answer for answer in known if answer.author not in aside]
        model, usual = clause_model(others, pieces), usual_kinds(others)
        for answer in known:
            if answer.author in aside:
                found = read(model, answer)
                if any(clause.names_parent for clause in found):
                    worth = WHOLE if answer.item is not None else 1.0
                    rows.append(
                        (weigh(found, usual.get(answer.item or "", ANY_ITEM)), answer.delegation, worth)
                    )
    return clause_model(known, pieces), kind_model(rows)
