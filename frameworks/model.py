"""What a framework asks for: ``Framework`` (one edition of one document) > ``Disclosure``.

Codes are facts and stand as printed; titles are our own words, never rule text. Where one number has had two
meanings the standard's year belongs to the code (``306-3(2016)``, ``306-3(2020)``), so that a bare number is
never taken for the wrong one. ``hkex:B7.3`` is a code with its framework.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from msgspec import Meta, field

from frameworks.ground.written import Given, Written
from frameworks.obligation import Duty, Issuer, Obligation, duty_of
from frameworks.relation import Relation

Code = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*:\S.*$")]  # with the framework: hkex:B7.3


class Kind(StrEnum):
    """What answers a disclosure."""

    NARRATIVE = "narrative"
    QUANTITATIVE = "quantitative"
    MIXED = "mixed"
    IDENTIFIER = "identifier"  # the number of a standard, such as ISO 14001: nothing to disclose by itself


class Basis(StrEnum):
    """What the dates of a framework count."""

    FINANCIAL_YEAR = "financial-year"  # financial years beginning on or after
    PUBLICATION = "publication"  # reports published on or after


class Text(Written, frozen=True, kw_only=True):
    """The same in two languages."""

    zh: Annotated[str, Meta(min_length=1)]
    en: Annotated[str, Meta(min_length=1)]


def _lines(value: Any) -> Any:
    """``mandatory`` for everybody and always, instead of a list of one line."""
    return [{"degree": value}] if isinstance(value, str) else value


Lines = Annotated[tuple[Obligation, ...], Given(_lines)]


class Schedule(Text, frozen=True):
    """How binding the disclosures are that stand under it, in words and year by year."""

    obligation: Lines = ()


class Source(Written, frozen=True, kw_only=True):
    """Where codes and subjects were read."""

    id: str
    title: str
    url: str | None = None
    read: bool  # false: cited, but not opened for this catalogue
    note: str = ""


class Standard(Written, frozen=True, kw_only=True):
    """What is known of a standard that a return can cite."""

    edition: str  # the current one
    earlier: tuple[str, ...] = ()
    national: str = ""  # the Chinese equivalent
    domain: str
    certifiable: bool
    status: str = "current"


class SameAs(Written, frozen=True, kw_only=True):
    """Another disclosure that answers this one, and why."""

    code: Code
    relation: Relation = Relation.FULL
    ground: Annotated[str, Meta(min_length=1)]


class Disclosure(Written, frozen=True, kw_only=True):
    """One thing a framework asks for."""

    id: Annotated[str, Meta(min_length=1)]
    zh: Annotated[str, Meta(min_length=1)]
    en: Annotated[str, Meta(min_length=1)]
    kind: Kind
    obligation: Lines = ()  # empty: as its schedule
    unit: str = ""
    group: str = ""  # what it stands under: B7, 管治, GRI 205: Anti-corruption 2016
    clause: str = ""  # where in the framework's own document
    source: str = ""  # id of one of the framework's sources
    verified: bool  # false: from knowledge, no public text read; said wherever the entry is shown
    confidence: str = ""
    valid_from: date | None = None  # on the framework's basis; None: as the edition
    valid_to: date | None = None
    replaced_by: tuple[str, ...] = ()  # ids of the same framework
    schedule: str = ""
    standard: Standard | None = None
    same_as: tuple[SameAs, ...] = ()
    note: str = ""

    def consistent(self) -> None:
        """Whether its time is one, and how binding it is told."""
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValueError(f"valid_from {self.valid_from} > valid_to {self.valid_to}")
        if not self.obligation and not self.schedule:
            raise ValueError("obligation: missing")


class Framework(Written, frozen=True, kw_only=True):
    """One edition of one framework: one file."""

    framework: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*$")]
    edition: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9.]*$")]
    extends: str = ""  # an edition whose disclosures, schedules and sources are taken over
    repealed: tuple[str, ...] = ()  # ids of that edition which are not
    zh: Annotated[str, Meta(min_length=1)]
    en: Annotated[str, Meta(min_length=1)]
    short: Text | None = None
    customer: bool = False  # asked by customers of the subsidiaries, not of the listed parent
    basis: Basis
    valid_from: date | None = None
    valid_to: date | None = None
    binding: Text | None = None  # how it binds the listed parent
    verification: str = ""
    schedules: dict[str, Schedule] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()  # its own; none only where it extends another

    def consistent(self) -> None:
        """Whether its ids are its own, and what they name is there."""
        if not self.disclosures and not self.extends:
            raise ValueError("disclosures: missing")
        seen: set[str] = set()
        for disclosure in self.disclosures:
            if disclosure.id in seen:
                raise ValueError(f"duplicate id {disclosure.id}")
            seen.add(disclosure.id)
        known = {source.id for source in self.sources}
        if lost := sorted({d.source for d in self.disclosures if d.source} - known):
            raise ValueError(f"source {', '.join(lost)}")
        bound = {name for name, schedule in self.schedules.items() if schedule.obligation}
        if lost := sorted({d.schedule for d in self.disclosures if not d.obligation} - bound):
            raise ValueError(f"schedule {', '.join(lost)}")

    @property
    def name(self) -> str:
        """The edition by its name, e.g. ``hkex-2024``."""
        return f"{self.framework}-{self.edition}"

    @cached_property
    def by_id(self) -> dict[str, Disclosure]:
        """Disclosures by id."""
        return {disclosure.id: disclosure for disclosure in self.disclosures}

    def code(self, disclosure: Disclosure) -> str:
        """The code with its framework, e.g. ``hkex:B7.3``."""
        return f"{self.framework}:{disclosure.id}"

    def counts_on(self, year: int) -> date:
        """The day on which a reporting year is judged.

        The year's first day, or the day by which its report is out: HKEX Main Board Rule 13.91 gives four
        months from the year's end.
        """
        return date(year, 1, 1) if self.basis is Basis.FINANCIAL_YEAR else date(year + 1, 4, 30)

    def holds(self, year: int) -> bool:
        """Whether the edition applies to a reporting year."""
        return _within(self.counts_on(year), self.valid_from, self.valid_to)

    def in_force(self, disclosure: Disclosure, year: int) -> bool:
        """Whether a disclosure of this edition applies to a reporting year."""
        day = self.counts_on(year)
        return self.holds(year) and _within(day, disclosure.valid_from, disclosure.valid_to)

    def duty(self, disclosure: Disclosure, year: int, issuers: Collection[Issuer]) -> Duty:
        """How binding a disclosure is for a reporting year, of an issuer or (none named) of each kind."""
        lines = disclosure.obligation or self.schedules[disclosure.schedule].obligation
        return duty_of(lines, self.counts_on(year), issuers)

    def asked(self, year: int) -> tuple[Disclosure, ...]:
        """The disclosures that a report for a year answers: in force, and not a mere identifier."""
        return tuple(
            each
            for each in self.disclosures
            if self.in_force(each, year) and each.kind is not Kind.IDENTIFIER
        )


def _within(day: date, start: date | None, end: date | None) -> bool:
    return (start is None or start <= day) and (end is None or day <= end)
