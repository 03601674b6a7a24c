"""Which of the aspects that nothing proves an English answer leaves open.

English answers are read in the Chinese words of a glossary, and their authors have more words than it holds: of what is
not proved much is said all the same. How nearly it is proved, how often answers leave it out, and what of its ask and
of the other aspects stands there tell the two apart. Who is told that something is missing which he has written stops
reading: what is likelier there counts as told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import prod
from typing import NamedTuple

from checker.reading.asked_english import asked_shares
from checker.reading.proof import Weight, hollowness_of, odds, spoken_of
from checker.reading.units import Piece
from checker.text.ground.linear import load_model, share
from checker.text.readers.reliance.delegation import Delegation
from questionnaire.proofs import ItemProofs
from questionnaire.schema import Item
from questionnaire.vocabulary import Need

MODEL = "left_open_english"
SIGNS = 7
TOLD = 0.6  # likelihood from which an aspect counts as told; from authors left out
COVERED = 0.75  # likelihood that all of them are told, from which the item lacks nothing; likewise
WORDS = 15  # of an answer that says more than one thing; guessed
HANDED = 0.07  # share of the words of a delegation from which they speak of an aspect; likewise


class Told(NamedTuple):
    """An aspect that counts as told: where, or by which words of a delegation it is given away."""

    piece: Piece
    handed: str = ""


def told_unproved(
    item: Item,
    proofs: ItemProofs,
    own: str,
    pieces: Sequence[Piece],
    weighed: Mapping[str, Weight],
    delegation: Delegation,
    disclosed: Collection[str],
    missing: Collection[str],
) -> dict[str, Told]:
    """Those of the missing aspects that an English answer tells or gives away after all.

    An answer in which nothing is disclosed tells nothing: it is a duty, a slogan or an echo; nor does one of few words
    tell more than one thing. ``disclosed`` and ``missing`` are aspects' ids; what is neither has been handed over or
    does not apply.
    """
    if not disclosed or not missing or len(own.split()) < WORDS:
        return {}
    model = load_model(MODEL)
    signs = signs_of(item, proofs, own, pieces, weighed, delegation)
    likelihood = {name: share(model.weighted(signs[name])[0]) for name in missing if name in signs}
    told = {name for name, sure in likelihood.items() if sure >= TOLD and not weighed[name].piece.is_idle}
    required = {aspect.id for aspect in item.judged if aspect.need is Need.REQUIRED}
    if required <= {*disclosed, *told} and prod(likelihood[name] for name in told & required) < COVERED:
        told -= {min(sorted(told & required), key=lambda name: likelihood[name])}
    handed = _handed(proofs, delegation)
    words = _given(delegation)
    return {
        name: Told(weighed[name].piece, words if handed.get(name, 0.0) >= HANDED else "")
        for name in sorted(told)
    }


def signs_of(
    item: Item,
    proofs: ItemProofs,
    own: str,
    pieces: Sequence[Piece],
    weighed: Mapping[str, Weight],
    delegation: Delegation,
) -> dict[str, list[float]]:
    """Of every aspect what speaks for or against its being told, in ``SIGNS`` figures."""
    handed = _handed(proofs, delegation)
    proved = {name: odds(weight.share) for name, weight in weighed.items()}
    left_out = dict(zip(proofs.classes, proofs.habits.left_out, strict=False))
    asked = asked_shares(item, own)
    hollow = hollowness_of(pieces)
    found = {}
    for name, nearly in proved.items():
        others = [value > 0 for other, value in proved.items() if other != name]
        found[name] = [
            nearly,
            float(bool(handed)),
            handed.get(name, 0.0),
            asked.get(name, 0.0),
            sum(others) / max(1, len(others)),
            left_out[name],
            hollow,
        ]
    return found


def _handed(proofs: ItemProofs, delegation: Delegation) -> Mapping[str, float]:
    words = _given(delegation)
    return spoken_of(proofs, words) if words else {}


def _given(delegation: Delegation) -> str:
    """The words that give part of an answer away."""
    if delegation.kind != "partial":
        return ""
    return " ".join(span.text for span in delegation.topics or delegation.evidence)
