"""What a return lets the listed parent disclose: one result for each disclosure of a framework, with its proof.

A disclosure is read from the states of the aspects that are linked to it, from the key figures given, and from the
findings: words that are handed over, disputed or of another year prove nothing. It becomes ``met`` by its full links,
or, where its parts are known, by enough of them; a quantitative one never by words alone, a narrative one never by a
figure alone. What no question asks for is named beside the state and does not change it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from checker.finding import AspectState, FigureResult, Report
from checker.reading.amounts import Stated
from checker.reading.answer_proofs import AnswerProofs
from checker.reading.carriers import (
    Carrier,
    DisclosureResult,
    DisclosureState,
    Piece,
    Reach,
    settled,
    state_of,
)
from checker.reading.parts import PartProofs
from checker.reading.proving import Shortfall
from checker.reading.wanted import Wanted, wanted_of
from frameworks.catalogues import Catalogues
from frameworks.crosswalk import Crosswalk
from frameworks.figures import Figure, Figures
from frameworks.model import Disclosure, Framework, Kind
from frameworks.relation import Relation
from questionnaire.links import Links, Unasked
from questionnaire.schema import Schema


class Way(NamedTuple):
    """A disclosure that answers another, and how far."""

    code: str
    disclosure: Disclosure
    relation: Relation


class Reader(Struct, frozen=True, dict=True):
    """Everything by which a report is read for its disclosures."""

    schema: Schema
    links: Links
    catalogues: Catalogues
    figures: Figures
    crosswalk: Crosswalk

    @cached_property
    def _wanted(self) -> dict[str, Wanted]:
        """What was worked out for a disclosure, by its code."""
        return {}

    @cached_property
    def ungiven(self) -> dict[str, list[Piece]]:
        """The figures of a disclosure where a report gives none, by its code: the same in every report."""
        return {}

    @cached_property
    def _held(self) -> list[_Reading]:
        """The report last read."""
        return []

    def wanted(self, code: str, disclosure: Disclosure) -> Wanted:
        """What a disclosure wants of the words that prove it."""
        known = self._wanted.get(code)
        if known is None:
            known = self._wanted[code] = wanted_of(disclosure, code, self.figures, self.links.nil)
        return known

    def ways(self, code: str, disclosure: Disclosure) -> Iterator[Way]:
        """The disclosures in force that answer one: those of its own ``same_as``, then those of the crosswalk."""
        known = [(same.code, same.relation) for same in disclosure.same_as]
        known += [(link.source, link.relation) for link in self.crosswalk.answering(code)]
        for other, relation in known:
            found = self.catalogues.find(other, self.links.year)
            if found is not None and relation is not Relation.CONTEXT:
                yield Way(other, found, relation)

    def hold(self, report: Report, known: Mapping[str, Sequence[Stated]]) -> None:
        """Reads a report of which the figures of the answers, by item, are known."""
        self._held[:] = [_Reading(self, report, AnswerProofs(report, self.schema, self.links.targets, known))]

    def _reading(self, report: Report) -> _Reading:
        """One report is read once for all its frameworks."""
        if not self._held or self._held[0].report is not report:
            self.hold(report, {})
        return self._held[0]

    def cover(self, report: Report, framework: str) -> tuple[DisclosureResult, ...]:
        """Every disclosure that a framework asks for in the links' year."""
        edition = self.catalogues.edition(framework, self.links.year)
        if edition is None:
            return ()
        reading = self._reading(report)
        return tuple(reading.disclosure(edition, disclosure) for disclosure in edition.asked(self.links.year))


class _Reading(Struct, frozen=True, dict=True):
    """One report."""

    reader: Reader
    report: Report
    proofs: AnswerProofs

    @cached_property
    def given(self) -> dict[str, FigureResult]:
        """The key figures given, by id."""
        return {figure.id: figure for figure in self.report.figures}

    def disclosure(self, edition: Framework, disclosure: Disclosure) -> DisclosureResult:
        """One disclosure: by its own links and figures, else through one that answers it."""
        code = edition.code(disclosure)
        own = self.own(code, disclosure)
        decided = (
            code in self.reader.links.by_code
        )  # also where its links are background: nothing else answers it
        if own.reach is not Reach.NONE or own.proof or decided:
            return own
        return self.through(code, disclosure) or own

    def own(self, code: str, disclosure: Disclosure) -> DisclosureResult:
        """By the links and figures of its own."""
        wanted = self.reader.wanted(code, disclosure)
        links = [link for link in self.reader.links.by_code.get(code, ()) if link.counts]
        found = [self.proofs.piece(link, disclosure, wanted) for link in links]
        texts = [piece for piece in found if piece.carriers]
        parts = self.reader.links.parts.get(code)
        if disclosure.kind is Kind.MIXED and parts is None:
            texts = self.proofs.with_both(texts, wanted)
        figures = self._figures(code)
        asked, unasked = texts, self.reader.links.unasked.get(code) if texts else None
        search = PartProofs(self.proofs, code, disclosure, wanted)
        told = list(search.told(self.reader.links.told.get(code, ()), texts))
        texts = [*texts, *told]
        wholly: bool | None = None
        if parts is not None:
            wholly, spoken = search.parts(parts, texts)
            texts += spoken
        if any(piece.complete for piece in told):
            wholly = True
        any_of = code in self.reader.links.any_of
        state = state_of(texts, figures, disclosure.kind, any_of=any_of, wholly=wholly)
        there = state in (DisclosureState.MET, DisclosureState.PARTLY)
        if unasked and there and (limb := self._limb(unasked, asked)):
            texts, unasked = [*texts, limb], None
        if any(piece.relation is Relation.FULL for piece in asked):
            reach = Reach.PART if unasked else Reach.FULL
        elif asked:
            reach = Reach.PART
        else:
            reach = Reach.SHEET if figures else Reach.NONE
        carriers = tuple(carrier for piece in (*texts, *figures) for carrier in piece.carriers)
        if state is DisclosureState.NOT_ASKED or (texts and not self.given):
            carriers = tuple(carrier for piece in texts for carrier in piece.carriers)
        return DisclosureResult(
            code, disclosure, state, reach, carriers, on_sheet=bool(figures), unasked=unasked
        )

    def _limb(self, unasked: Unasked, asked: Iterable[Piece]) -> Piece | None:
        """What answers tell of the part that no question asks for."""
        linked = {carrier.item for piece in asked for carrier in piece.carriers}
        for told, among in ((unasked.told, linked), (unasked.anywhere, self.proofs.items)):
            if told and (piece := self.proofs.told(told, among)):
                return piece
        return None

    def through(self, code: str, disclosure: Disclosure) -> DisclosureResult | None:
        """By a disclosure that answers it: the best there is."""
        best: DisclosureResult | None = None
        for other, known, relation in self.reader.ways(code, disclosure):
            found = self.own(other, known)
            words_for_figures = disclosure.kind is Kind.QUANTITATIVE and known.kind is Kind.NARRATIVE
            if (found.reach is Reach.NONE and not found.proof) or words_for_figures:
                continue
            state, reach = found.state, found.reach
            if relation is Relation.PARTIAL:
                state = DisclosureState.PARTLY if state is DisclosureState.MET else state
                reach = Reach.PART if reach is Reach.FULL else reach
            order = list(DisclosureState)
            if best is None or order.index(state) < order.index(best.state):
                best = DisclosureResult(code, disclosure, state, reach, found.carriers, other, found.on_sheet)
        return best

    def _figures(self, code: str) -> list[Piece]:
        if self.given:
            return list(self._asked(code))
        kept = self.reader.ungiven
        if code not in kept:
            kept[code] = list(self._asked(code))
        return kept[code]

    def _asked(self, code: str) -> Iterator[Piece]:
        """All full figures as one piece, each partial one for itself."""
        asked = self.reader.figures.by_code.get(code, ())
        full = tuple(self._figure(f, code) for f in asked if f.answers[code] is Relation.FULL)
        if full:
            done = all(settled(carrier) for carrier in full)
            yield Piece(full, Relation.FULL, done)
        for figure in asked:
            if figure.answers[code] is Relation.PARTIAL:
                yield Piece((self._figure(figure, code),), Relation.PARTIAL, complete=False)

    def _figure(self, figure: Figure, code: str) -> Carrier:
        given = self.given.get(figure.id)
        unit = self.reader.figures.offer(figure)[0]
        state = AspectState.DISCLOSED if given else AspectState.MISSING
        evidence = f"{given.value} {given.unit or unit}" if given else ""
        where = given.where if given else None
        # a unit that cannot be converted: given, not met
        lost = Shortfall.FIGURE if given is not None and not given.kind else Shortfall.NONE
        return Carrier("", figure.group, figure.zh, figure.answers[code], state, evidence, where, lacks=lost)


def load_reader(schema: Schema, links: Links) -> Reader:
    """The reader with the built-in catalogues."""
    from frameworks.catalogues import load_catalogues
    from frameworks.crosswalk import load_crosswalk
    from frameworks.figures import load_figures

    return Reader(schema, links, load_catalogues(), load_figures(), load_crosswalk())
