"""How much alike two texts are. The library is loaded when a text is not the very one that is expected: seldom."""

from __future__ import annotations

from collections.abc import Mapping


def likeness(one: str, other: str) -> float:
    """0–100, by the letters to be taken out and put in."""
    if one == other:
        return 100.0
    from rapidfuzz.fuzz import ratio

    return float(ratio(one, other))


def nearest(text: str, known: Mapping[str, str], least: float = 0.0) -> tuple[str, float] | None:
    """The name of the one that is most alike, and how much; None where none is so much as ``least``."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extractOne

    found = extractOne(text, known, scorer=ratio, score_cutoff=least)
    return None if found is None else (str(found[2]), float(found[1]))


def letters_changed(one: str, other: str) -> int:
    """How many letters were changed, added or dropped."""
    if one == other:
        return 0
    from rapidfuzz.distance import Levenshtein

    return int(Levenshtein.distance(one, other))
