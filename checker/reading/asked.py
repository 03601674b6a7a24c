"""Whether a figure is of the kind that a unit of the schema asks for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from checker.text.ground.quantities import Quantity, find_quantities

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


def fits(units: Iterable[str], quantity: Quantity) -> bool:
    """Whether a figure is of the kind that one of the asked units stands for.

    Units of the schema that are no units (目标值, case-specific) take any figure.
    """
    for unit in units:
        kind = kind_of(unit)
        if kind is None or quantity.unit == unit or quantity.kind in _ALIKE.get(kind, {kind}):
            return True
    return not tuple(units)


@lru_cache(maxsize=512)
def kind_of(unit: str) -> str | None:
    """The kind of a unit as the quantity reader knows it; None for what is no unit."""
    found = find_quantities(f"12{unit}")
    return found[0].kind if len(found) == 1 and found[0].kind != "number" else None
