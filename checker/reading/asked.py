"""Whether a figure is of the kind that a unit of the schema asks for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from checker.text.ground.quantities import Quantity, find_quantities
from questionnaire.schema import Aspect

_COUNTS = {"attendance", "count_person", "count_times", "count_thing", "share", "ratio", "number"}
_AMOUNTS = {
    "mass",
    "emission",
    "volume",
    "energy",
    "share",
    "points",
    "rate",
    "concentration",
    "ratio",
    "number",
}
# kinds that answer each other's question: a target may be a rate or a share, persons may be attendances or sessions
_ALIKE = {
    **dict.fromkeys(("attendance", "count_person", "count_times", "count_thing"), _COUNTS),
    **dict.fromkeys(("energy", "mass", "emission", "volume", "rate", "concentration"), _AMOUNTS),
    "share": _COUNTS | {"points", "rate", "score"},
    "time": {"time", "rate", "count_times"},
    "score": {"score", "share", "number"},
    "money": {"money", "share", "number"},
}

_RIVAL_COUNTS = {"attendance", "count_person", "count_times", "count_thing"}
_RIVAL_AMOUNTS = {"mass", "emission", "volume", "energy", "rate"}


def fits(units: Iterable[str], quantity: Quantity) -> bool:
    """Whether a figure is of the kind that one of the asked units stands for.

    Units of the schema that are no units (目标值, case-specific) take any figure.
    """
    for unit in units:
        kind = kind_of(unit)
        if kind is None or quantity.unit == unit or quantity.kind in _ALIKE.get(kind, {kind}):
            return True
    return not tuple(units)


def rivals(one: Aspect, other: Aspect) -> bool:
    """Whether a figure of one aspect could be taken for the other's: their units are alike, or one has none."""
    mine, theirs = ({kind_of(unit) for unit in each.unit} for each in (one, other))
    if not theirs:
        return False
    alike = [mine | theirs <= group for group in (_RIVAL_COUNTS, _RIVAL_AMOUNTS)]
    return None in mine | theirs or bool(mine & theirs) or any(alike)


@lru_cache(maxsize=512)
def kind_of(unit: str) -> str | None:
    """The kind of a unit as the quantity reader knows it; None for what is no unit."""
    found = find_quantities(f"12{unit}")
    return found[0].kind if len(found) == 1 and found[0].kind != "number" else None
