"""What a rule is: a module with an id, a scope, a severity and one generator of outcomes.

A scope says what a rule looks at in one go, and has one protocol that says so to the type checker. Rules on answers
may look at the sheet for key figures, too (``FigureRule``): the same fault, another place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from msgspec import Struct, field

from checker.finding import Finding, Severity, fingerprint
from checker.reading.answers import ReturnReading
from checker.reading.items import ItemReading
from checker.reading.key_figures import FigureReading, FigureSheet
from questionnaire.answers import Place
from questionnaire.links import Links
from questionnaire.schema import Aspect

if TYPE_CHECKING:
    from checker.rules.peers import Peers

NEIGHBOURS = 20  # quotes before one in which it may stand


class Scope(StrEnum):
    """What a rule looks at in one go."""

    ITEM = "item"  # one answer
    SUBSTANCE = "substance"  # one answer with words of its own; blank, delegated … ones are set aside before
    RETURN = "return"  # all answers of a return, and what lies between them
    FIGURES = "figures"  # the sheet for key figures
    CAMPAIGN = "campaign"  # a return among the others


class NotApplicable(NamedTuple):
    """The rule stepped back, and why (blank, delegated …), so that silence never looks like a pass."""

    reason: str


Outcome = Finding | NotApplicable


class Option(NamedTuple):
    """A threshold of a rule that ``esgcheck.yaml`` may set."""

    default: float
    least: float
    most: float  # what it means stands in messages/rules.*.yaml


class _Rule(Protocol):
    """What all rules have. A module may also declare ``OPTIONS``, its thresholds by name."""

    __doc__: str | None

    @property
    def ID(self) -> str: ...  # noqa: N802

    @property
    def SEVERITY(self) -> Severity: ...  # noqa: N802


class AnswerRule(_Rule, Protocol):
    """Looks at one answer. Yields findings, or why it steps back; holds no state, never raises for bad data."""

    @property
    def SCOPE(self) -> Literal[Scope.ITEM, Scope.SUBSTANCE]: ...  # noqa: D102, N802

    def check(self, reading: ItemReading, context: ReturnContext, /) -> Iterator[Outcome]: ...  # noqa: D102


class ReturnRule(_Rule, Protocol):
    """Looks at all answers of a return."""

    @property
    def SCOPE(self) -> Literal[Scope.RETURN]: ...  # noqa: D102, N802

    def check(self, whole: ReturnReading, context: ReturnContext, /) -> Iterator[Outcome]: ...  # noqa: D102


class FigureRule(_Rule, Protocol):
    """Looks at the sheet for key figures, besides what else it looks at."""

    def check_figures(self, sheet: FigureSheet, context: ReturnContext, /) -> Iterator[Outcome]: ...  # noqa: D102


class CampaignRule(_Rule, Protocol):
    """Looks at a return among the others."""

    @property
    def SCOPE(self) -> Literal[Scope.CAMPAIGN]: ...  # noqa: D102, N802

    def check(self, peers: Peers, context: Context, /) -> Iterator[Outcome]: ...  # noqa: D102


Rule = AnswerRule | ReturnRule | CampaignRule


def options_of(rule: Rule) -> Mapping[str, Option]:
    """The thresholds that a rule declares."""
    declared: Mapping[str, Option] = getattr(rule, "OPTIONS", {})
    return declared


def defaults_of(rule: Rule) -> dict[str, float]:
    """The thresholds of a rule as they are unless somebody sets them."""
    return {name: option.default for name, option in options_of(rule).items()}


class ItemPlace(NamedTuple):
    """An item at its place in the file, for rules that do not read the answer again."""

    item: str
    where: Place


class Context(Struct, frozen=True):
    """What a rule may know besides what it looks at, and how it makes a finding."""

    rule: str
    severity: Severity
    file: str
    company: str
    links: Links
    options: Mapping[str, float] = field(default_factory=dict)
    fixed: Severity | None = None  # what somebody set for all findings of the rule

    def finding(
        self,
        about: ItemReading | ItemPlace | FigureReading | None,
        *quotes: str,
        aspect: Aspect | None = None,
        severity: Severity | None = None,
        where: Place | None = None,
        variant: str = "",
        **params: Any,
    ) -> Finding:
        """A finding at an item, a key figure or (for None) at a place of the file, with words quoted from it."""
        item: str | None = None
        aspect_id = aspect.id if aspect else None
        key: str | None = aspect_id
        if isinstance(about, FigureReading):
            key, place, codes = (
                about.figure.id,
                about.given.where,
                self.links.open_with_figure(about.figure.id),
            )
            evidence = tuple(dict.fromkeys(quote for quote in quotes if quote))
            params = {
                "figure": about.figure.zh,
                "value": about.given.value,
                "last": about.given.last,
                **params,
            }
        else:
            item, place = _place(about, self.file)
            codes = self.links.open_with(item, aspect_id)
            evidence = _distinct(quotes)
        return Finding(
            rule=self.rule,
            severity=self.fixed or severity or self.severity,
            item=item,
            aspect=aspect_id,
            where=where or place,
            evidence=evidence,
            variant=variant,
            params=params,
            disclosures=codes,
            fingerprint=fingerprint(self.rule, self.company, item, key, evidence),
        )


class ReturnContext(Context, frozen=True, kw_only=True):
    """The same with the whole return, for rules that look at an answer beside the others."""

    whole: ReturnReading


def _place(about: ItemReading | ItemPlace | None, file: str) -> tuple[str | None, Place]:
    if about is None:
        return None, Place(file)
    return (about.item, about.where) if isinstance(about, ItemPlace) else (about.item.id, about.where)


def _distinct(quotes: Iterable[str]) -> tuple[str, ...]:
    """Quotes in order, without empty ones and those that stand in one of the last few before them."""
    kept: list[str] = []
    for quote in dict.fromkeys(quotes):
        if quote and not any(quote in other for other in kept[-NEIGHBOURS:]):
            kept.append(quote)
    return tuple(kept)
