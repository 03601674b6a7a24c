"""What a rule is: a module with an id, a scope, a severity and one generator of outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from checker.finding import Finding, Severity, fingerprint
from checker.reading.answers import ItemReading, ReturnReading
from questionnaire.answers import Place
from questionnaire.schema import Aspect

NEIGHBOURS = 20  # quotes before one in which it may stand


class Scope(StrEnum):
    """What a rule looks at in one go."""

    ITEM = "item"  # one answer
    SUBSTANCE = "substance"  # one answer with words of its own; blank, delegated … ones are set aside before
    RETURN = "return"  # all answers of a return, and what lies between them


class NotApplicable(NamedTuple):
    """The rule stepped back, and why (blank, delegated …), so that silence never looks like a pass."""

    reason: str


Outcome = Finding | NotApplicable


class Rule(Protocol):
    """The shape of a rule module; ``checker.rules.RULES`` lists them."""

    __doc__: str | None
    ID: str
    SCOPE: Scope
    SEVERITY: Severity

    def check(self, reading: Any, context: Context, /) -> Iterator[Outcome]:
        """Yields findings, or why it steps back; holds no state, never raises for bad data.

        Args:
            reading: an ``ItemReading`` or a ``ReturnReading``, by scope.
            context: makes findings.
        """
        ...


def outcomes(rule: Rule, reading: Any, context: Context) -> Iterator[Outcome]:
    """What a rule yields for one reading of its scope; a rule on substance is spared answers without any."""
    if rule.SCOPE is Scope.SUBSTANCE and reading.stands_aside:
        yield NotApplicable(reading.stands_aside)
    else:
        yield from rule.check(reading, context)


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may know besides the answer, and how it makes a finding."""

    rule: str
    severity: Severity
    whole: ReturnReading

    def finding(
        self,
        reading: ItemReading | None,
        *quotes: str,
        aspect: Aspect | None = None,
        severity: Severity | None = None,
        where: Place | None = None,
        variant: str = "",
        **params: Any,
    ) -> Finding:
        """A finding at an item (or, for None, at a place of the file), with words quoted from it."""
        item = reading.item if reading else None
        evidence = _distinct(quotes)
        item_id = item.id if item else None
        aspect_id = aspect.id if aspect else None
        return Finding(
            rule=self.rule,
            severity=severity or self.severity,
            item=item_id,
            aspect=aspect_id,
            where=where or (reading.where if reading else Place(self.whole.source.file)),
            evidence=evidence,
            variant=variant,
            params=params,
            disclosures=self.whole.links.open_with(item_id, aspect_id),
            fingerprint=fingerprint(self.rule, self.whole.source.company, item_id, aspect_id, evidence),
        )


def _distinct(quotes: Iterable[str]) -> tuple[str, ...]:
    """Quotes in order, without empty ones and those that stand in one of the last few before them."""
    kept: list[str] = []
    for quote in dict.fromkeys(quotes):
        if quote and not any(quote in other for other in kept[-NEIGHBOURS:]):
            kept.append(quote)
    return tuple(kept)
