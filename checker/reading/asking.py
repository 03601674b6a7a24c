"""How surely an answer proves an aspect of which nothing is known but its ask: no cue, no model learned for its item.

The words of the ask are looked for in the pieces of the answer, beside what kind of words those are and how much the
answer says for each thing it is asked. One small model weighs it for every ask (``python -m tests.bench.training``);
it was measured on authors and on questions that it had not seen, and is right less often than a cue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log1p
from typing import NamedTuple

from checker.reading.proof import distinct_words, hollowness
from checker.reading.units import Piece
from checker.text.ground.linear import load_model, share
from questionnaire.cells import squeeze
from questionnaire.schema import Aspect, Item
from questionnaire.vocabulary import FigureNeed, Need

MODEL = "by_ask"
FEATURES = 27  # figures that speak for an aspect
PROVED = 0.6  # share from which words are taken for a proof; from authors and questions left out
LIKELY = 0.3  # the same where a figure or date of the right kind stands there too; guessed
RIGHT = 7  # of ten aspects called missing so many are (python -m tests.bench.by_ask)


class Asked(NamedTuple):
    """What is made of an ask: its share of 1, and the piece of the answer that is most like it."""

    share: float
    piece: Piece

    @property
    def is_proved(self) -> bool:
        """Whether that is enough."""
        return self.share >= PROVED

    @property
    def is_likely(self) -> bool:
        """Whether a figure of the right kind would be enough."""
        return self.share >= LIKELY


def weigh_asks(item: Item, pieces: Sequence[Piece]) -> dict[str, Asked]:
    """Every aspect of an item by the words of its ask; empty for an answer without pieces."""
    judge = load_model(MODEL)
    return {
        name: Asked(share(judge.weighted(values)[0]), piece)
        for name, (values, piece) in features(item, pieces).items()
    }


def features(item: Item, pieces: Sequence[Piece]) -> dict[str, tuple[list[float], Piece]]:
    """For every aspect what speaks for it, as figures, and the piece that is most like its ask."""
    if not pieces:
        return {}
    said = [_pairs(piece.words) for piece in pieces]
    distinct = distinct_words(item)
    near: dict[str, list[float]] = {}
    for aspect in item.judged:
        own, whole = distinct[aspect.id], _pairs(aspect.ask)
        near[aspect.id] = [
            (len(own & each) / max(1, len(own)) + len(whole & each) / max(1, len(whole))) / 2 for each in said
        ]
    hollow = [hollowness(piece.words) for piece in pieces]
    letters = sum(len(piece.words) for piece in pieces)
    asked = _pairs(item.question)
    about = [len(asked & each) / max(1, len(each)) for each in said]
    shared = (
        sum(hollow) / len(hollow),
        log1p(letters),
        log1p(len(pieces)),
        log1p(letters / max(1, len(near))),
        float(len(near)),
        float(any(character.isdigit() for piece in pieces for character in piece.words)),
        max(about),
        sum(max(row) for row in near.values()) / len(near),
    )
    answer = squeeze(" ".join(piece.words for piece in pieces))
    return {aspect.id: _of_aspect(aspect, near, pieces, hollow, shared, answer) for aspect in item.judged}


def _of_aspect(
    aspect: Aspect,
    near: Mapping[str, Sequence[float]],
    pieces: Sequence[Piece],
    hollow: Sequence[float],
    shared: Sequence[float],
    answer: str,
) -> tuple[list[float], Piece]:
    row = near[aspect.id]
    others = [each for name, each in near.items() if name != aspect.id]
    leads = [score - max((other[at] for other in others), default=0.0) for at, score in enumerate(row)]
    best = max(range(len(row)), key=lambda at: (row[at], leads[at]))
    second = max((score for at, score in enumerate(row) if at != best), default=0.0)
    piece = pieces[best]
    has_digit = any(character.isdigit() for character in piece.words)
    is_solid = float(hollow[best] < 0 and not piece.is_idle)
    longest = _longest(squeeze(aspect.ask), answer)
    values = [
        row[best],
        second,
        leads[best],
        max(leads),
        longest,
        longest * is_solid,
        row[best] * is_solid,
        sum(each < 0 for each in hollow) / len(hollow),
        hollow[best],
        min(hollow),
        float(piece.is_idle),
        float(piece.is_idle and aspect.plan),
        float(has_digit),
        float(has_digit and aspect.figure is not FigureNeed.NONE),
        float(aspect.figure is FigureNeed.EXPECTED),
        float(aspect.figure is FigureNeed.REQUIRED),
        float(aspect.need is Need.EXAMPLE),
        log1p(len(aspect.ask)),
        float(row[best] == 0),
        *shared,
    ]
    return values, piece


def _longest(ask: str, answer: str) -> float:
    """The share of an ask that stands in the answer in one."""
    for length in range(len(ask), 1, -1):
        if any(ask[at : at + length] in answer for at in range(len(ask) - length + 1)):
            return length / len(ask)
    return 0.0


def _pairs(text: str) -> frozenset[str]:
    letters = squeeze(text)
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1))
