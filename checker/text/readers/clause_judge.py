"""A judge of single clauses: does one claim an effect as reached? Figures, titles and years do not matter to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.text.ground.linear import EDGE, load_model, n_grams
from checker.text.ground.passages import Clause
from checker.text.quantities import Quantity

FIGURE, TITLE, DATE = "#", "\u3007", "@"
LONGEST = 40  # characters of a clause, from its end, that are judged
_TITLE = re.compile(r"《[^》]{0,60}》|“[^”]{0,40}”|\u3007+")
_DATE = re.compile(r"(?:\d{2,4}\s?年(?:度)?)?(?:\d{1,2}\s?月(?:份)?)?(?:\d{1,2}\s?[日号])?")
_BLANK = re.compile(r"\s+")


def mask(text: str, clause: Clause, quantities: Sequence[Quantity]) -> str:
    """The words of a clause with marks for its figures, titles and dates."""
    parts, at = [], clause.start
    for figure in quantities:
        if clause.start <= figure.start and figure.end <= clause.end:
            parts += [text[at : figure.start], FIGURE]
            at = figure.end
    words = _TITLE.sub(TITLE, "".join([*parts, text[at : clause.end]]))
    if any(character.isdigit() for character in words):
        words = _DATE.sub(lambda found: DATE if found.group() else "", words)
    return _BLANK.sub("", words)[-LONGEST:]


def may_claim(words: str) -> bool:
    """Whether the end of some words does not speak against a claim: cheap, and asked first."""
    told, weights = 0, load_model("claims").weights
    for length in (1, 2, 3):
        if (found := weights.get(words[-length:] + EDGE)) is not None:
            told += found[0]
    return told > 0


def judge(masked: str) -> float:
    """Log-odds that a masked clause claims an effect as reached."""
    return load_model("claims").scores(n_grams(masked))[0]
