"""What a return lets the listed parent disclose: one result for each disclosure of a framework, with its proof.

A disclosure is read from the states of the aspects that are linked to it, and from the key figures given. It never
becomes ``met`` by a link that is only partial; a quantitative one never by words alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from checker.finding import AspectState, FigureResult, ItemResult, ItemState, Report
from checker.reading.asked import kind_of
from checker.reading.aspects import QUOTE_LENGTH
from checker.text.ground.nil import find_nils
from checker.text.ground.quantities import find_quantities
from frameworks.catalogues import Catalogues
from frameworks.crosswalk import Crosswalk
from frameworks.figures import Figure, Figures
from frameworks.model import Disclosure, Framework, Kind
from frameworks.relation import Relation
from questionnaire.answers import Place
from questionnaire.links import Link, Links
from questionnaire.schema import FigureNeed, Item, Schema

UNMISTAKABLE = frozenset({"emission", "energy"})  # kinds of quantity that belong to one subject
_ALIKE = frozenset({"count_person", "attendance"})  # persons and attendances stand for each other


class DisclosureState(StrEnum):
    """What a return claims for a disclosure."""

    MET = "met"
    PARTLY = "partly"
    DELEGATED = "delegated"
    NOT_APPLICABLE = "not_applicable"
    OPEN = "open"
    NOT_ASKED = "not_asked"  # a gap of the questionnaire, not of the subsidiary


class Reach(StrEnum):
    """How far the questionnaire asks for a disclosure."""

    FULL = "full"
    PART = "part"  # only a part, or without the figure
    SHEET = "sheet"  # only on the sheet for key figures
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Carrier:
    """One aspect, item or key figure that bears on a disclosure."""

    item: str  # id; empty for a key figure
    place: str  # printed label of the item, or group of the figure
    ask: str
    relation: Relation
    state: AspectState
    evidence: str = ""
    where: Place | None = None
    draft: str = ""  # the link's confidence while nobody has decided it
    lacks_figure: bool = False  # the words are there, the figure is not


@dataclass(frozen=True, slots=True)
class DisclosureResult:
    """One disclosure in one return."""

    code: str
    disclosure: Disclosure
    state: DisclosureState
    reach: Reach
    carriers: tuple[Carrier, ...] = ()
    via: str = ""  # the disclosure of another framework through which it is answered
    on_sheet: bool = False  # whether the sheet for key figures asks for it

    @property
    def proof(self) -> tuple[Carrier, ...]:
        """What carries it."""
        return tuple(carrier for carrier in self.carriers if carrier.state is AspectState.DISCLOSED)

    @property
    def waiting(self) -> tuple[Carrier, ...]:
        """What it waits for: where full answers are still out, those alone."""
        gaps = tuple(carrier for carrier in self.carriers if not _settled(carrier))
        return tuple(carrier for carrier in gaps if carrier.relation is Relation.FULL) or gaps

    @property
    def draft(self) -> bool:
        """Whether it rests on links that nobody has decided."""
        return any(carrier.draft for carrier in self.carriers)


def _settled(carrier: Carrier) -> bool:
    if carrier.state is AspectState.DISCLOSED:
        return not carrier.lacks_figure
    return carrier.state is AspectState.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class _Piece:
    """The carriers of one link, or of all full figures."""

    carriers: tuple[Carrier, ...]
    relation: Relation
    complete: bool

    def has(self, *states: AspectState) -> bool:
        return any(carrier.state in states for carrier in self.carriers)

    @property
    def aside(self) -> bool:
        """Whether all of it is not applicable."""
        return all(carrier.state is AspectState.NOT_APPLICABLE for carrier in self.carriers)


class _Want(NamedTuple):
    """What an aspect owes a disclosure."""

    figure: bool  # whether words without a figure are too little
    kinds: frozenset[str]  # the kinds of figure that it must be, where it is the disclosure's own


@dataclass(frozen=True)
class Reader:
    """Everything by which a report is read for its disclosures."""

    schema: Schema
    links: Links
    catalogues: Catalogues
    figures: Figures
    crosswalk: Crosswalk
    _wants: dict[tuple[Link, bool], dict[str, _Want]] = field(default_factory=dict, compare=False)

    def wants(self, link: Link, item: Item, *, narrative: bool) -> dict[str, _Want]:
        """What each aspect of a link owes it; a narrative disclosure asks less."""
        known = self._wants.get((link, narrative))
        if known is None:
            known = self._wants[link, narrative] = dict(_wants(link, item, narrative=narrative))
        return known

    def cover(self, report: Report, framework: str) -> tuple[DisclosureResult, ...]:
        """Every disclosure that a framework asks for in the links' year."""
        edition = self.catalogues.edition(framework, self.links.year)
        if edition is None:
            return ()
        reading = _Reading(self, report)
        return tuple(reading.disclosure(edition, disclosure) for disclosure in edition.asked(self.links.year))


@dataclass(frozen=True)
class _Reading:
    """One report."""

    reader: Reader
    report: Report
    items: dict[str, ItemResult] = field(init=False)
    given: dict[str, FigureResult] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", {item.id: item for item in self.report.items})
        object.__setattr__(self, "given", {figure.id: figure for figure in self.report.figures})

    def disclosure(self, edition: Framework, disclosure: Disclosure) -> DisclosureResult:
        """One disclosure: by its own links and figures, else through one that answers it."""
        code = edition.code(disclosure)
        own = self.own(code, disclosure)
        if own.reach is not Reach.NONE:
            return own
        return self.through(code, disclosure) or own

    def own(self, code: str, disclosure: Disclosure) -> DisclosureResult:
        """By the links and figures of its own."""
        texts = [
            self._text(link, disclosure) for link in self.reader.links.by_code.get(code, ()) if link.counts
        ]
        texts = [piece for piece in texts if piece.carriers]
        figures = list(self._figures(code))
        state = _state(texts, figures, any_of=code in self.reader.links.any_of)
        if any(piece.relation is Relation.FULL for piece in texts):
            reach = Reach.FULL
        elif texts:
            reach = Reach.PART
        else:
            reach = Reach.SHEET if figures else Reach.NONE
        carriers = tuple(carrier for piece in (*texts, *figures) for carrier in piece.carriers)
        if state is DisclosureState.NOT_ASKED or (texts and not self.given):
            carriers = tuple(carrier for piece in texts for carrier in piece.carriers)
        return DisclosureResult(code, disclosure, state, reach, carriers, on_sheet=bool(figures))

    def through(self, code: str, disclosure: Disclosure) -> DisclosureResult | None:
        """By a disclosure that answers it (the entry's own ``same_as``, or the crosswalk): the best there is."""
        ways = [(same.code, same.relation) for same in disclosure.same_as]
        ways += [(link.source, link.relation) for link in self.reader.crosswalk.answering(code)]
        best: DisclosureResult | None = None
        for other, relation in ways:
            known = self.reader.catalogues.find(other, self.reader.links.year)
            if known is None or relation is Relation.CONTEXT:
                continue
            found = self.own(other, known)
            if found.reach is Reach.NONE:
                continue
            state, reach = found.state, found.reach
            if relation is Relation.PARTIAL:
                state = DisclosureState.PARTLY if state is DisclosureState.MET else state
                reach = Reach.PART if reach is Reach.FULL else reach
            order = list(DisclosureState)
            if best is None or order.index(state) < order.index(best.state):
                best = DisclosureResult(code, disclosure, state, reach, found.carriers, other, found.on_sheet)
        return best

    def _text(self, link: Link, disclosure: Disclosure) -> _Piece:
        result, item = self.items.get(link.item), self.reader.schema.by_id.get(link.item)
        if result is None or item is None:
            return _Piece((), link.relation, complete=False)
        if not link.aspects:
            carrier = _whole(result, link)
            return _Piece((carrier,), link.relation, complete=result.state is ItemState.ANSWERED)
        wants = self.reader.wants(link, item, narrative=disclosure.kind is Kind.NARRATIVE)
        carriers = tuple(_aspects(result, item, link, wants))
        if self._numeric(link.code, disclosure):
            kinds = self._kinds(link.code)
            carriers = tuple(_in_figures(carrier, result.answer, kinds) for carrier in carriers)
        live = [carrier for carrier in carriers if carrier.state is not AspectState.NOT_APPLICABLE]
        complete = bool(live) and all(_settled(carrier) for carrier in live)
        if disclosure.kind is Kind.MIXED:
            complete = complete and any(_figure_in(carrier.evidence, None) for carrier in live)
        return _Piece(carriers, link.relation, complete)

    def _numeric(self, code: str, disclosure: Disclosure) -> bool:
        """Whether words alone are nothing: a quantitative disclosure, or one that a key figure answers fully."""
        asked = self.reader.figures.by_code.get(code, ())
        return disclosure.kind is Kind.QUANTITATIVE or any(f.answers[code] is Relation.FULL for f in asked)

    def _kinds(self, code: str) -> frozenset[str]:
        """The kinds of quantity that a disclosure asks for, by its key figures; empty where it has none."""
        figures = self.reader.figures
        found = {kind_of(figures.unit(figure)) for figure in figures.by_code.get(code, ())}
        return frozenset(kind for kind in found if kind)

    def _figures(self, code: str) -> Iterator[_Piece]:
        """All full figures as one piece, each partial one for itself."""
        asked = self.reader.figures.by_code.get(code, ())
        full = tuple(self._figure(f, code) for f in asked if f.answers[code] is Relation.FULL)
        if full:
            done = all(_settled(carrier) for carrier in full)
            yield _Piece(full, Relation.FULL, done)
        for figure in asked:
            if figure.answers[code] is Relation.PARTIAL:
                yield _Piece((self._figure(figure, code),), Relation.PARTIAL, complete=False)

    def _figure(self, figure: Figure, code: str) -> Carrier:
        given = self.given.get(figure.id)
        unit = self.reader.figures.unit(figure)
        state = AspectState.DISCLOSED if given else AspectState.MISSING
        evidence = f"{given.value} {given.unit or unit}" if given else ""
        where = given.where if given else None
        lost = given is not None and not given.kind  # its unit cannot be converted: given, not met
        return Carrier(
            "", figure.group, figure.zh, figure.answers[code], state, evidence, where, lacks_figure=lost
        )


def _state(texts: list[_Piece], figures: list[_Piece], *, any_of: bool) -> DisclosureState:
    """The state from the pieces; figures only speak where they were given."""
    spoken = [piece for piece in figures if piece.has(AspectState.DISCLOSED)]
    pieces = [*texts, *spoken]
    full = [piece for piece in pieces if piece.relation is Relation.FULL]
    full = [piece for piece in full if not piece.aside] or full
    done = [piece.complete for piece in full]
    if done and (any(done) if any_of else all(done)):
        return DisclosureState.MET
    if any(piece.has(AspectState.DISCLOSED) for piece in pieces):
        return DisclosureState.PARTLY
    if any(carrier.lacks_figure for piece in texts for carrier in piece.carriers):
        return DisclosureState.OPEN  # own words are there: the figure is the company's to give
    if any(piece.has(AspectState.DELEGATED) for piece in pieces):
        return DisclosureState.DELEGATED
    if not texts:
        return DisclosureState.NOT_ASKED
    return DisclosureState.NOT_APPLICABLE if all(p.aside for p in texts) else DisclosureState.OPEN


def _whole(result: ItemResult, link: Link) -> Carrier:
    """A link of a whole item: its state, with the first words that show it."""
    states = {
        ItemState.ANSWERED: AspectState.DISCLOSED,
        ItemState.PARTIAL: AspectState.DISCLOSED,
        ItemState.DELEGATED: AspectState.DELEGATED,
        ItemState.NOT_APPLICABLE: AspectState.NOT_APPLICABLE,
        ItemState.MISSING: AspectState.MISSING,
    }
    state = states[result.state]
    evidence = next((a.evidence for a in result.aspects if a.state is state and a.evidence), "")
    return Carrier(result.id, result.label, "", link.relation, state, evidence, result.where, link.confidence)


def _wants(link: Link, item: Item, *, narrative: bool) -> Iterator[tuple[str, _Want]]:
    """What the aspects of an item owe a link.

    A narrative disclosure only lacks a figure where the question asks for it, or where the item names the figure
    as that disclosure's own (a target); then it is one of the aspect's units and no other.
    """
    for aspect in item.aspects:
        own = (kpi := item.kpi(aspect)) is not None and kpi.code == link.code
        units = aspect.unit if own else ()
        kinds = frozenset(kind for unit in units if (kind := kind_of(unit)))
        yield aspect.id, _Want(not narrative or aspect.figure is FigureNeed.REQUIRED or own, kinds)


def _aspects(result: ItemResult, item: Item, link: Link, wants: Mapping[str, _Want]) -> Iterator[Carrier]:
    """The aspects of a link; of those of which one suffices, the others stand aside once it is there."""
    groups = {aspect.id: aspect.any_of for aspect in item.aspects if aspect.any_of}
    met = {groups[a.id] for a in result.aspects if a.id in groups and a.state is AspectState.DISCLOSED}
    for aspect in result.aspects:
        if aspect.id not in link.aspects:
            continue
        spared = groups.get(aspect.id) in met and aspect.state is AspectState.MISSING
        state = AspectState.NOT_APPLICABLE if spared else aspect.state
        lacks = False
        if state is AspectState.DISCLOSED and (want := wants[aspect.id]).figure:
            lacks = aspect.lacks_figure or (bool(want.kinds) and not _figure_in(aspect.evidence, want.kinds))
        yield Carrier(
            result.id, result.label, aspect.ask, link.relation, state, aspect.evidence, result.where,
            link.confidence, lacks,
        )  # fmt: skip


def _in_figures(carrier: Carrier, answer: str, kinds: frozenset[str]) -> Carrier:
    """A carrier of a quantitative disclosure: its words alone are none.

    The figure may stand anywhere in the sentence that was quoted; one that no other subject is told in (tonnes of
    CO2e, MWh) anywhere in the answer.
    """
    if carrier.state is not AspectState.DISCLOSED or _figure_in(carrier.evidence, kinds):
        return carrier
    wanted = kinds | _ALIKE if kinds & _ALIKE else kinds
    for at, kind in _told(answer):
        fits, anywhere = not kind or kind in wanted, kind in kinds & UNMISTAKABLE
        if not fits:
            continue
        start, end = _sentence(answer, at)
        if anywhere or carrier.evidence in answer[start:end]:
            begin = max(start, min(at, end - QUOTE_LENGTH))
            quote = answer[begin : min(end, begin + QUOTE_LENGTH)].strip()
            return replace(carrier, evidence=quote, lacks_figure=False)
    return replace(carrier, state=AspectState.MISSING, lacks_figure=True)


def _sentence(answer: str, at: int) -> tuple[int, int]:
    """Where the sentence, or the line of a table, begins and ends in which a position lies."""
    start = max(answer.rfind(mark, 0, at) for mark in "\n。") + 1
    ends = [end for mark in "\n。" if (end := answer.find(mark, at)) >= 0]
    return start, min(ends, default=len(answer))


def _figure_in(words: str, kinds: frozenset[str] | None) -> bool:
    """Whether words hold a figure (of some kinds) or state a nil."""
    wanted = kinds | _ALIKE if kinds and kinds & _ALIKE else kinds
    return any(not kind or not wanted or kind in wanted for _, kind in _told(words))


@lru_cache(maxsize=1024)
def _told(words: str) -> tuple[tuple[int, str], ...]:
    """Where words tell a figure, with its kind; a nil is of every kind (empty)."""
    found = [(quantity.start, quantity.kind) for quantity in find_quantities(words)]
    return tuple(sorted([*found, *((nil.start, "") for nil in find_nils(words))]))


def together(states: Iterable[DisclosureState]) -> DisclosureState:
    """The state over many returns: met only when all are to whom it applies."""
    found = set(states) - {DisclosureState.NOT_APPLICABLE}
    if not found:
        return DisclosureState.NOT_APPLICABLE
    if len(found) == 1:
        return found.pop()
    if found & {DisclosureState.MET, DisclosureState.PARTLY}:
        return DisclosureState.PARTLY
    return DisclosureState.OPEN if DisclosureState.OPEN in found else DisclosureState.DELEGATED


def load_reader(schema: Schema, links: Links) -> Reader:
    """The reader with the built-in catalogues."""
    from frameworks.catalogues import load_catalogues
    from frameworks.crosswalk import load_crosswalk
    from frameworks.figures import load_figures

    return Reader(schema, links, load_catalogues(), load_figures(), load_crosswalk())
