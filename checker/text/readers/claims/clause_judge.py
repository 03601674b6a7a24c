"""A judge of single clauses: does one claim an effect as reached?

Figures, titles and years do not matter to it; where the clause stands does: what a claim follows, often with a figure,
and whether it closes its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.text.ground.linear import EDGE, load_model, n_grams
from checker.text.ground.passages import Clause, Passages
from checker.text.ground.quantities import Quantity

FIGURE, TITLE, DATE = "#", "\u3007", "@"
PLACE = "\u2420"  # opens features of where a clause stands
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


def features(text: str, passages: Passages, place: int, quantities: Sequence[Quantity] = ()) -> set[str]:
    """What the judge sees of a clause: its masked words, and where it stands in its sentence."""
    clauses = passages.clauses
    clause = clauses[place]
    found = n_grams(mask(text, clause, quantities))
    found.add(f"{PLACE}>{text[clause.end : clause.end + 1]}")
    if place + 1 == len(clauses) or clauses[place + 1].sentence != clause.sentence:
        found.add(f"{PLACE}last")
    if place == 0 or clauses[place - 1].sentence != clause.sentence:
        found.add(f"{PLACE}first")
        return found
    before = text[clauses[place - 1].start : clauses[place - 1].end].lstrip()
    found.add(f"{PLACE}<{FIGURE if before[:1].isdigit() else before[:1]}")
    if any(letter.isdigit() for letter in before):
        found.add(f"{PLACE}<<{FIGURE}")
    return found


def judge(seen: set[str]) -> float:
    """Log-odds that a clause with these features claims an effect as reached."""
    return load_model("claims").score(seen)
