"""The ledger: every delegation of every subsidiary, closed against the parent's own return for the same item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Protocol

from msgspec import Struct, field

from checker.finding import AspectState, ItemState
from checker.reading.answers import ReturnReading
from checker.reading.items import Content, ItemReading
from checker.rules.peers import Closing, DelegatedPart, LedgerRow
from checker.text.ground.agents import Agents
from checker.text.ground.dates import find_years
from checker.text.ground.lexicon import pattern
from checker.text.ground.quantities import find_quantities
from checker.text.readers.reliance.delegation import read_delegation
from checker.text.readers.reliance.scope import above, covered, is_pending, limited, names_nobody, sends_back
from questionnaire.cells import squeeze
from questionnaire.schema import Schema
from questionnaire.vocabulary import Delegable

QUOTE = 80  # characters of the parent's answer that are quoted
RETURNED = ("full", "partial")  # kinds of delegations that are sent back where an item may not be delegated
SUBSTANCE = 8  # letters of the parent's answer; fewer say nothing that others could rely on (guessed)


class Reliance(Struct, frozen=True):
    """One item on which subsidiaries rely, and what the parent says to it."""

    item: str
    state: ItemState | None  # of the parent's answer
    companies: tuple[str, ...]
    unanswered: int  # delegations that the parent does not cover
    said: str


class ParentReturn(Struct, frozen=True):
    """The parent's own return, read for what others rely on; None when it was not given."""

    schema: Schema
    whole: ReturnReading | None = None
    others: tuple[str, ...] = ()  # names of others above its companies, who are no strangers

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the parent, and of others above."""
        own = (self.whole.source.company,) if self.whole and self.whole.source.company else ()
        return (*own, *self.schema.edition.parent.names, *self.others)

    def close(self, company: str, year: int | None, delegated: DelegatedPart) -> LedgerRow:
        """The ledger's row for one delegation."""
        returned = self._is_returned(delegated)
        if self.whole is None:
            return LedgerRow(company, delegated, Closing.NO_PARENT, returned=returned)
        reading = self.whole.by_id.get(delegated.item)
        if reading is None:  # the parent's questionnaire, of another year, does not ask for it
            return LedgerRow(company, delegated, Closing.PARENT_BLANK, returned=returned)
        closing, said = self._closing(reading, company, year, delegated)
        return LedgerRow(company, delegated, closing, said, reading.where.cell or "", returned)

    def _is_returned(self, delegated: DelegatedPart) -> bool:
        """Whether the item may not be left to the parent, so that the subsidiary has to answer it in any case."""
        item = self.schema.by_id.get(delegated.item)
        return item is not None and item.delegable is Delegable.NO and delegated.kind in RETURNED

    def _closing(
        self, reading: ItemReading, company: str, year: int | None, delegated: DelegatedPart
    ) -> tuple[Closing, str]:
        if self._names_stranger(delegated, company):
            return Closing.PROVIDER_UNKNOWN, reading.text[:QUOTE]
        if reading.content is not Content.TEXT:
            return Closing.PARENT_BLANK, ""
        text = reading.text or (reading.answer.reason if reading.answer else "")
        if reading.state is ItemState.NOT_APPLICABLE:
            return Closing.PARENT_NA, text[:QUOTE]
        if back := sends_back(text):
            return Closing.POINTS_BACK, back
        if on := _points_on(reading, text):
            return Closing.POINTS_ON, on
        if reading.is_idle or len(squeeze(text)) < SUBSTANCE or is_pending(text):
            return Closing.PARENT_BLANK, text[:QUOTE]
        if stale := self._stale(text, year):
            return Closing.STALE, stale
        closing, said = _scope(text, company, self.names)
        if closing is Closing.SCOPE_SILENT and _is_empty(reading):
            return Closing.PARENT_BLANK, said
        return closing, said

    def _names_stranger(self, delegated: DelegatedPart, company: str) -> bool:
        """Whether a company is named as provider that is neither the parent nor the subsidiary itself."""
        known = [squeeze(name) for name in (*self.names, company) if name]
        for quote in delegated.quotes:
            for found in pattern("ledger.company").findall(quote):
                name = squeeze(found)
                if names_nobody(name) or any(other in name or name in other for other in known):
                    continue
                return True
        return False

    def _stale(self, text: str, year: int | None) -> str:
        """The parent's words when they are another year's; empty otherwise."""
        assert self.whole is not None
        of_parent = self.whole.source.year
        wanted = year or self.schema.edition.year
        if of_parent is not None and of_parent != wanted:
            return text[:QUOTE]
        years = find_years(text, wanted)
        return text[:QUOTE] if years and max(years) < wanted else ""


class RelianceCount(Struct):
    """What is relied on, gathered row by row: names and counts by item, no words of subsidiaries."""

    companies: dict[str, dict[str, None]] = field(default_factory=dict)
    unanswered: Counter[str] = field(default_factory=Counter)
    said: dict[str, str] = field(default_factory=dict)
    all: int = 0
    returned: int = 0  # delegations of items that may not be delegated, though the parent covers them

    def add(self, row: LedgerRow) -> None:
        """Takes in one delegation."""
        item = row.delegated.item
        self.all += 1
        self.returned += row.returned and row.closing is Closing.MET
        self.companies.setdefault(item, {})[row.company] = None
        self.unanswered[item] += row.closing.is_open
        if row.said:
            self.said.setdefault(item, row.said)

    def merge(self, other: RelianceCount) -> None:
        """Takes in what was gathered from the rows behind."""
        self.all += other.all
        self.returned += other.returned
        self.unanswered.update(other.unanswered)
        for item, companies in other.companies.items():
            self.companies.setdefault(item, {}).update(companies)
        for item, said in other.said.items():
            self.said.setdefault(item, said)

    def views(self, parent: ParentReturn) -> list[Reliance]:
        """By item, those most relied on without an answer first."""
        found = []
        for item, companies in self.companies.items():
            reading = parent.whole.by_id[item] if parent.whole else None
            said = self.said.get(item) or (reading.text[:QUOTE] if reading else "")
            state = reading.state if reading else None
            found.append(Reliance(item, state, tuple(companies), self.unanswered[item], said))
        order = {item.id: number for number, item in enumerate(parent.schema.items)}
        return sorted(found, key=lambda view: (-view.unanswered, -len(view.companies), order[view.item]))


def _scope(text: str, company: str, parents: tuple[str, ...]) -> tuple[Closing, str]:
    """Whether what the parent says reaches a company, and the words that say so."""
    if words := covered(text, company, parents):
        return Closing.MET, words
    if words := limited(text, parents):
        return Closing.NAMED_ONLY, words
    return Closing.SCOPE_SILENT, text[:QUOTE]


def _is_empty(reading: ItemReading) -> bool:
    """Whether an answer holds no figure and nothing that proves any part of its item: slogans."""
    unproved = all(each.state is AspectState.MISSING for each in reading.aspects)
    return bool(reading.aspects) and unproved and not find_quantities(reading.text)


def _points_on(reading: ItemReading, text: str) -> str:
    """The words by which the parent itself leaves the item to somebody above; empty otherwise."""
    named = any(word in text for word in above())
    if not named and (reading.state is not ItemState.DELEGATED or find_quantities(text)):
        return ""
    found = read_delegation(text, Agents.of((*above(), "集团")))
    return found.evidence[0].text if found.kind == "full" and found.evidence else ""


class Closer(Protocol):
    """Says how the returns of those above close a delegation."""

    def close(self, company: str, year: int | None, delegated: DelegatedPart, /) -> LedgerRow: ...  # noqa: D102


def close_all(
    parent: Closer, company: str, year: int | None, delegated: Iterable[DelegatedPart]
) -> Iterator[LedgerRow]:
    """All rows of one subsidiary."""
    for each in delegated:
        yield parent.close(company, year, each)
