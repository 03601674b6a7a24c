"""Which section of the questionnaire words belong to: a model over pairs of letters, learnt from labelled pieces."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from checker.text.ground.linear import load_model
from checker.text.ground.similarity import squeeze

MODEL = "subjects"
READ = 240  # characters of an answer that tell its subject
KNOWN = 12  # pairs that must be known before anything is told

_DIGITS = re.compile(r"\d+")


class Belonging(NamedTuple):
    """How near words are to their own section, and how much nearer to others."""

    own: float  # log-odds against all sections alike
    behind: float  # how far the own one lies behind the nearest
    rank: int  # sections that are nearer than the own one


def pairs(text: str) -> list[str]:
    """All pairs of neighbouring letters in order; figures are alike.

    >>> pairs("取水 12 吨")
    ['取水', '水0', '0吨']
    """
    letters = _DIGITS.sub("0", squeeze(text))
    return [letters[at : at + 2] for at in range(len(letters) - 1)]


@lru_cache(maxsize=128)
def belonging(text: str, section: str, far: float, least: int = KNOWN) -> Belonging | None:
    """Where words belong, by the titles of sections; None when they keep to their own or it cannot be told.

    Args:
        text: an answer, or a passage of it.
        section: the title of the section in which it stands.
        far: the own section's log-odds from which on nothing else is looked at.
        least: pairs that must be known before anything is told.
    """
    model = load_model(MODEL)
    if section not in model.classes:
        return None
    place = model.classes.index(section)
    weights = model.weights
    known = [pair for pair in pairs(text[:READ]) if pair in weights]
    if len(known) < least:
        return None
    if sum([weights[pair][place] for pair in known]) * model.scale >= far * len(known) ** 0.5:
        return None
    scores = model.scores(known)
    own = scores[place]
    return Belonging(own, max(scores) - own, sum(score > own for score in scores))


def is_known(pair: str) -> bool:
    """Whether two letters stand beside each other in what anybody wrote of whom the model learnt."""
    return pair in load_model(MODEL).weights
