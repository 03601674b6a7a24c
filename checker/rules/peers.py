"""What lies between the returns of a campaign, for one of them: shared passages, delegations and their closing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict

from checker.finding import Finding, Report, Severity, fingerprint
from checker.rules.contract import NotApplicable, Outcome
from questionnaire.answers import Place
from questionnaire.schema import Schema


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Delegated(_Part):
    """One answer, or part of one, that is left to the parent."""

    item: str
    kind: str  # full, partial, suspected
    provider: str = ""  # a unit of the parent, where one is named
    quotes: tuple[str, ...]
    topics: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()  # ids
    where: Place


class LabelledFigure(_Part):
    """A figure that can be compared between companies, by the aspect that asks for it."""

    aspect: str
    value: float
    unit: str
    quote: str
    where: Place


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


@dataclass(frozen=True, slots=True)
class Closed:
    """One delegation with what the parent's return says to it."""

    company: str
    delegated: Delegated
    closing: Closing
    said: str = ""  # the parent's words
    cell: str = ""  # where they stand


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage of this return that stands in others too."""

    item: str
    where: Place
    quotes: tuple[str, ...]  # this return's own words
    share: int  # per cent of the answer
    others: tuple[str, ...]  # companies
    figures_differ: bool


@dataclass(frozen=True)
class Across:
    """One return among the others."""

    schema: Schema
    report: Report
    company: str  # the name by which it goes in the campaign
    shared: tuple[Shared, ...] = ()
    closed: tuple[Closed, ...] = ()
    peers: int = 0  # how many other returns there are
    with_parent: bool = False


class BatchRule(Protocol):
    """A rule that needs the other returns; ``checker.rules.BATCH_RULES`` lists them."""

    __doc__: str | None
    ID: str
    SEVERITY: Severity

    def check(self, across: Across, context: AcrossContext, /) -> Iterator[Outcome]:
        """Yields findings about one return, or why it steps back."""
        ...


@dataclass(frozen=True, slots=True)
class AcrossContext:
    """How such a rule makes a finding."""

    rule: str
    severity: Severity
    across: Across

    def finding(self, item_id: str, where: Place, *quotes: str, variant: str = "", **params: Any) -> Finding:
        """A finding at an item, with words quoted from it."""
        report = self.across.report
        return Finding(
            rule=self.rule,
            severity=self.severity,
            item=item_id,
            where=where,
            evidence=quotes,
            variant=variant,
            params=params,
            disclosures=self.across.schema.by_id[item_id].codes,
            fingerprint=fingerprint(self.rule, report.company, item_id, None, quotes),
        )


__all__ = [
    "Across", "AcrossContext", "BatchRule", "Closed", "Closing", "Delegated", "LabelledFigure", "NotApplicable",
    "Shared",
]  # fmt: skip
