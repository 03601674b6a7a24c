"""The one place where coverage by disclosure comes into a campaign.

A source gives, for one report, the state of every disclosure of the frameworks that were asked for. While none is
plugged in, ``disclosures_of`` yields nothing and the workbook has no such sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from checker.finding import Report
from questionnaire.schema import Schema


class DisclosureState(NamedTuple):
    """One disclosure in one return."""

    framework: str  # hkex-2024
    code: str  # B7.3
    title: str
    state: str  # met, partly, delegated, not_applicable, open, not_asked


Source = Callable[[Report, Schema], Iterable[DisclosureState]]


class Readable(Protocol):
    """What can give its whole report."""

    @property
    def whole(self) -> Report:
        """The report with its items."""
        ...


SOURCE: Source | None = None


def disclosures_of(page: Readable, schema: Schema) -> Iterable[DisclosureState]:
    """The disclosures that a return bears on."""
    return () if SOURCE is None else SOURCE(page.whole, schema)
