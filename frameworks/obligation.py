"""How binding a disclosure is: by the year and by what its issuer is. Apart from the models, so that it loads fast."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from frameworks.ground.written import Written


class Degree(StrEnum):
    """How binding a disclosure is, the most binding first."""

    MANDATORY = "mandatory"
    COMPLY_OR_EXPLAIN = "comply-or-explain"
    IF_ADOPTED = "if-adopted"  # of whoever claims compliance with the framework
    VOLUNTARY = "voluntary"


class Issuer(StrEnum):
    """What the listed parent is. One company can be several; none named means that nobody said."""

    LARGE_CAP = "large-cap"  # Main Board, constituent of the Hang Seng Composite LargeCap Index
    MAIN_BOARD = "main-board"  # Main Board, no such constituent
    GEM = "gem"
    MAINLAND_NAMED = "mainland-named"  # of an index that its exchange names, or listed at home and abroad
    MAINLAND = "mainland"  # on a mainland exchange, none of these


class Obligation(Written, frozen=True):
    """One line of an obligation: a later line takes the place of an earlier one where both apply."""

    degree: Degree
    valid_from: date | None = None  # on the framework's basis; None: always
    issuers: tuple[Issuer, ...] = ()  # whom it binds; empty: everybody


class Duty(Struct, frozen=True):
    """How binding a disclosure is in a year.

    ``degree`` is None where it binds nobody of the kind, or hangs on what the issuer is and nobody said: then
    ``by_issuer`` tells it for each kind (None: all others).
    """

    degree: Degree | None
    by_issuer: tuple[tuple[Issuer | None, Degree | None], ...] = ()


def duty_of(lines: Sequence[Obligation], day: date, issuers: Collection[Issuer]) -> Duty:
    """The duty on a day: of an issuer, or of every kind of issuer while none is named."""
    if issuers:
        found = {degree for issuer in issuers if (degree := _degree(lines, day, issuer))}
        return Duty(next((degree for degree in Degree if degree in found), None))
    named = {issuer for line in lines for issuer in line.issuers}
    kinds: list[Issuer | None] = [issuer for issuer in Issuer if issuer in named]
    if any(not line.issuers for line in lines):
        kinds.append(None)
    by_issuer = tuple((kind, _degree(lines, day, kind)) for kind in kinds)
    degrees = {degree for _, degree in by_issuer}
    return Duty(degrees.pop()) if len(degrees) == 1 else Duty(None, by_issuer)


def _degree(lines: Sequence[Obligation], day: date, issuer: Issuer | None) -> Degree | None:
    held = [
        line.degree
        for line in lines
        if (line.valid_from is None or line.valid_from <= day)
        and (not line.issuers or (issuer is not None and issuer in line.issuers))
    ]
    return held[-1] if held else None
