"""A return among the others of its campaign: shared passages, delegations and how the parent's return closes them."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from checker.finding import Report
from questionnaire.answers import Place
from questionnaire.schema import Schema


class DelegatedPart(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One answer, or part of one, that is left to the parent."""

    item: str
    kind: str  # full, partial, suspected
    provider: str = ""  # a unit of the parent, where one is named
    quotes: tuple[str, ...]
    topics: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()  # ids
    where: Place


class LabelledFigure(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure that can be compared between companies, by the aspect that asks for it or as a key figure."""

    aspect: str  # or the id of the key figure
    value: float
    unit: str
    quote: str
    where: Place
    change: float | None = None  # what it is of the year before, within one boundary


class Closing(StrEnum):
    """What the parent's return says to a delegation."""

    MET = "met"
    SCOPE_SILENT = "scope-silent"  # substance, but nothing says that it covers subsidiaries
    NAMED_ONLY = "named-only"  # it covers named companies, not this one
    STALE = "stale"  # another year's
    PARENT_NA = "parent-na"
    PARENT_BLANK = "parent-blank"
    POINTS_BACK = "points-back"
    POINTS_ON = "points-on"
    PROVIDER_UNKNOWN = "provider-unknown"
    NO_PARENT = "no-parent"  # the parent's return was not given

    @property
    def is_open(self) -> bool:
        """Whether somebody has to act."""
        return self not in (Closing.MET, Closing.NO_PARENT)


class LedgerRow(Struct, frozen=True):
    """One delegation with what the parent's return says to it."""

    company: str
    delegated: DelegatedPart
    closing: Closing
    said: str = ""  # the parent's words
    cell: str = ""  # where they stand
    returned: bool = (
        False  # the item may not be delegated: the subsidiary has to answer, whatever the parent says
    )
    via: tuple[str, ...] = ()  # companies above that pass it on
    by: str = ""  # who has to answer it, where there are several above


class SharedPassage(Struct, frozen=True):
    """A passage of this return that stands in others too."""

    item: str
    where: Place
    quotes: tuple[str, ...]  # this return's own words
    share: int  # per cent of the answer
    others: tuple[str, ...]  # companies
    figures_differ: bool


class Peers(Struct, frozen=True):
    """One return among the others."""

    schema: Schema
    report: Report
    company: str  # the name by which it goes in the campaign
    passages: tuple[SharedPassage, ...] = ()
    ledger: tuple[LedgerRow, ...] = ()
    others: int = 0  # how many other returns there are
    with_parent: bool = False
