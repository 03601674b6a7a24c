"""The aspects of a link in one report, each with the words of the answers that prove the disclosure.

A carrier starts from the state that the item gives its aspect: there is no second reading of what is handed over. What
stands under another item counts; what is disputed, of another year or of the wrong kind is missing, and says why.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from checker.finding import AspectResult, AspectState, ItemResult, ItemState, Report
from checker.reading.amounts import Stated
from checker.reading.asked import fits, kind_of
from checker.reading.carriers import Carrier, Piece, settled
from checker.reading.disputed import ELSEWHERE, SUM, disputes_of
from checker.reading.proof import distinct_words
from checker.reading.proving import (
    Proof,
    Shortfall,
    disputes_in,
    find_figure,
    find_nil,
    find_statement,
    has_figure,
    quoted,
    states_target,
)
from checker.reading.searched import Text
from checker.reading.told import find_told
from checker.reading.wanted import Wanted, lexicon
from checker.text.ground.nil import find_nils
from checker.text.ground.quantities import find_quantities
from frameworks.model import Disclosure, Kind
from frameworks.relation import Relation
from questionnaire.answers import Place
from questionnaire.links import Link, Told
from questionnaire.schema import Aspect, Item, Schema
from questionnaire.vocabulary import Delegable, EvidenceKind, FigureNeed, Option


class _Asked(NamedTuple):
    """What an item asks for and was given."""

    aspects: Mapping[str, Aspect]
    given: Mapping[str, AspectResult]
    met: frozenset[str | None]  # groups of aspects, one of which is disclosed

    @classmethod
    def of(cls, item: Item, result: ItemResult) -> _Asked:
        """The same for all links of the item."""
        asked = {aspect.id: aspect for aspect in item.aspects}
        met = (
            asked[a.id].any_of for a in result.aspects if a.id in asked and a.state is AspectState.DISCLOSED
        )
        return cls(asked, {aspect.id: aspect for aspect in result.aspects}, frozenset(met))


class AnswerProofs(Struct, frozen=True, dict=True):
    """One report, searched for what proves its disclosures."""

    report: Report
    schema: Schema
    targets: frozenset[str]  # codes that want a target of their own
    known: Mapping[str, Sequence[Stated]] = {}  # figures of the answers, as far as known
    statements: dict[str, Proof] = field(default_factory=dict)  # by aspect: the same for all disclosures
    asked: dict[str, _Asked] = field(default_factory=dict)  # by item, as well

    @cached_property
    def items(self) -> dict[str, ItemResult]:
        """The items by id."""
        return {item.id: item for item in self.report.items}

    @cached_property
    def texts(self) -> dict[str, Text]:
        """The answers by item, as they are searched for proof."""
        report, disputes = self.report, disputes_of(self.report)
        return {
            item.id: Text(
                item.answer, _handed(item), disputes.get(item.id, ()), report.year, self.known.get(item.id)
            )
            for item in report.items
        }

    @cached_property
    def elsewhere(self) -> dict[tuple[str, str], tuple[str, Place]]:
        """What stands under another item: by item and aspect."""
        return dict(_elsewhere(self.report))

    def piece(self, link: Link, disclosure: Disclosure, wanted: Wanted) -> Piece:
        """The aspects of a link, or the whole item; no carriers where the report does not have it."""
        result, item = self.items.get(link.item), self.schema.by_id.get(link.item)
        if result is None or item is None:
            return Piece((), link.relation, complete=False)
        if not link.aspects:
            return Piece(
                (_whole(result, link, item),), link.relation, complete=result.state is ItemState.ANSWERED
            )
        carriers = tuple(
            self._proved(carrier, aspect, item, link, disclosure, wanted)
            for carrier, aspect in self._aspects(result, item, link)
        )
        live = [carrier for carrier in carriers if carrier.state is not AspectState.NOT_APPLICABLE]
        return Piece(carriers, link.relation, bool(live) and all(settled(carrier) for carrier in live))

    def told(self, told: Told, among: Container[str]) -> Piece | None:
        """What an answer, among those of some items, tells though no question asks for it."""
        found = (
            find_told(told, [item for item in self.report.items if item.id in among], self.texts)
            if told.cue
            else None
        )
        if found is None:
            return None
        item, quote = found
        carrier = Carrier(
            item.id, item.label, told.zh, told.relation, AspectState.DISCLOSED, quote, item.where
        )
        return Piece((carrier,), told.relation, complete=told.relation is Relation.FULL)

    def with_both(self, pieces: list[Piece], wanted: Wanted) -> list[Piece]:
        """A disclosure that wants a statement and a figure: complete only with both."""
        proof = [c for piece in pieces for c in piece.carriers if c.state is AspectState.DISCLOSED]
        if wanted.figure or not proof or any(has_figure(carrier.evidence, wanted) for carrier in proof):
            return pieces
        if any(self._holds_figure(carrier, wanted) for carrier in proof):
            return pieces
        return [
            Piece(
                tuple(
                    replace(carrier, lacks=carrier.lacks or Shortfall.FIGURE)
                    if carrier.state is AspectState.DISCLOSED and self._may_count(carrier)
                    else carrier
                    for carrier in piece.carriers
                ),
                piece.relation,
                complete=False,
            )
            for piece in pieces
        ]

    def _aspects(self, result: ItemResult, item: Item, link: Link) -> Iterator[tuple[Carrier, Aspect]]:
        """The aspects of a link; of those of which one suffices, the others stand aside once it is there.

        Those that are asked of many subjects say what the link's own subject says, unless that is disclosed.
        """
        if item.id not in self.asked:
            self.asked[item.id] = _Asked.of(item, result)
        asked, given, met = self.asked[item.id]
        for found in result.aspects:
            if found.id not in link.aspects or found.id not in asked:
                continue
            aspect, state, evidence, where = asked[found.id], found.state, found.evidence, result.where
            if _is_denied(aspect, item, result):
                state, evidence = AspectState.MISSING, ""
            elif (
                link.subject in given and (subject := given[link.subject]).state is not AspectState.DISCLOSED
            ):
                state, evidence = subject.state, subject.evidence
            elif state is AspectState.MISSING and (result.id, found.id) in self.elsewhere:
                state = AspectState.DISCLOSED
                evidence, where = self.elsewhere[result.id, found.id]
            elif state is AspectState.MISSING and aspect.any_of and aspect.any_of in met:
                state = AspectState.NOT_APPLICABLE
            carrier = Carrier(
                result.id, result.label, found.ask, link.relation, state, evidence, where, link.confidence,
                aspect=found.id, may_be_left=item.delegable_for(aspect) is not Delegable.NO,
            )  # fmt: skip
            if state is AspectState.DISCLOSED and found.lacks_figure and aspect.figure is FigureNeed.REQUIRED:
                carrier = replace(carrier, lacks=Shortfall.FIGURE)
            yield carrier, aspect

    def _proved(
        self, carrier: Carrier, aspect: Aspect, item: Item, link: Link, disclosure: Disclosure, wanted: Wanted
    ) -> Carrier:
        """A carrier with the words that prove it; what has none is missing, and says what it lacks."""
        text = self._text_at(carrier)
        if carrier.state is AspectState.MISSING and wanted.figure:
            nil = find_nil(text, disclosure.zh, aspect.ask, wanted)
            return (
                carrier
                if nil is None
                else replace(carrier, state=AspectState.DISCLOSED, evidence=nil.quote, wholly=nil.wholly)
            )
        if carrier.state is not AspectState.DISCLOSED or _is_ticked(aspect, item):
            return carrier
        if wanted.figure:
            full = link.relation is Relation.FULL
            wants = wanted if full else wanted.besides(aspect.unit)
            belongs = partial(_belongs, aspect, item, self.items[carrier.item])
            proof = find_figure(
                text, carrier.evidence, disclosure.zh, aspect.ask, wants, belongs, partial(_hits, aspect)
            )
        elif aspect.figure is FigureNeed.REQUIRED:
            # the question itself asks for a date, a number or yes and no
            quote = quoted(text, carrier.evidence)
            if rules := disputes_in(text, quote, aspect.unit):
                return replace(carrier, evidence=quote, lacks=Shortfall.CONTESTED, rules=rules)
            return replace(carrier, evidence=quote)
        else:
            proof = self._statement(text, carrier.evidence, item, aspect)
            if proof.shortfall and wanted.kinds and disclosure.kind is Kind.MIXED:
                figure = find_figure(text, carrier.evidence, disclosure.zh, aspect.ask, wanted)
                proof = proof if figure.shortfall else figure
        aims = link.code in self.targets and aspect.plan and link.relation is Relation.FULL
        aimed = aims and states_target(text, aspect.compiled_cues, aspect.unit)
        if proof.shortfall and not (aimed and proof.shortfall is Shortfall.STATEMENT):
            apart = proof.rules == (SUM,)  # the addends are told, though they do not add up
            return replace(
                carrier,
                state=AspectState.DISCLOSED if apart else AspectState.MISSING,
                evidence=proof.quote,
                lacks=proof.shortfall,
                rules=proof.rules,
            )
        lacks = carrier.lacks or _target(item, aspect, link, proof.quote)
        if wanted.figure:
            lacks = Shortfall.NONE
        if aims:
            lacks = Shortfall.NONE if aimed else Shortfall.FIGURE
        return replace(carrier, evidence=proof.quote, lacks=lacks, wholly=proof.wholly)

    def _statement(self, text: Text, evidence: str, item: Item, aspect: Aspect) -> Proof:
        if aspect.id not in self.statements:
            self.statements[aspect.id] = find_statement(
                text, evidence, _telling(item, aspect), partial(_hits, aspect), aims=aspect.plan
            )
        return self.statements[aspect.id]

    def _text_at(self, carrier: Carrier) -> Text:
        """The answer in which a carrier's words stand."""
        own = self.texts[carrier.item]
        if carrier.where is self.items[carrier.item].where:
            return own
        other = next((item.id for item in self.report.items if item.where == carrier.where), carrier.item)
        return self.texts[other]

    def _holds_figure(self, carrier: Carrier, wanted: Wanted) -> bool:
        """Whether its answer holds the figure; a table's cell is one by what the question asks for."""
        aspect = self._aspect(carrier)
        if aspect is not None and aspect.figure is FigureNeed.REQUIRED and not carrier.lacks:
            return any(kind_of(unit) in wanted.kinds for unit in aspect.unit)
        found = find_figure(self._text_at(carrier), carrier.evidence, "", carrier.ask, wanted)
        return not found.shortfall

    def _may_count(self, carrier: Carrier) -> bool:
        """Whether the question asks a carrier for a figure."""
        aspect = self._aspect(carrier)
        return aspect is not None and aspect.figure is not FigureNeed.NONE

    def _aspect(self, carrier: Carrier) -> Aspect | None:
        return next((a for a in self.schema.by_id[carrier.item].aspects if a.ask == carrier.ask), None)


def _whole(result: ItemResult, link: Link, item: Item) -> Carrier:
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
    return Carrier(
        result.id, result.label, "", link.relation, state, evidence, result.where, link.confidence,
        may_be_left=item.delegable is not Delegable.NO,
    )  # fmt: skip


def _is_ticked(aspect: Aspect, item: Item) -> bool:
    """Whether 是 or 否 alone answers it."""
    return item.options and aspect.evidence is EvidenceKind.YES_NO


def _is_denied(aspect: Aspect, item: Item, result: ItemResult) -> bool:
    """Whether it is not there, by the company's own 否: nothing to disclose, unless the question asks for events."""
    if result.option is not Option.NO or aspect.after is not Option.YES:
        return False
    return not any(_is_ticked(each, item) and each.figure is FigureNeed.REQUIRED for each in item.judged)


def _handed(item: ItemResult) -> tuple[str, ...]:
    """The words of an answer that are not the company's own."""
    away = (AspectState.DELEGATED, AspectState.NOT_APPLICABLE)
    return tuple(dict.fromkeys(aspect.evidence for aspect in item.aspects if aspect.state in away))


def _elsewhere(report: Report) -> Iterator[tuple[tuple[str, str], tuple[str, Place]]]:
    """What is missing under its own item and stands under another, with its words and their place."""
    for finding in report.findings:
        place = finding.params.get("first")
        if finding.rule == ELSEWHERE and finding.item and finding.aspect and isinstance(place, Place):
            yield (finding.item, finding.aspect), (finding.evidence[0], place)


def _target(item: Item, aspect: Aspect, link: Link, quote: str) -> Shortfall:
    """Where the item names a figure as the disclosure's own (a target), it is one of the aspect's units."""
    kpi = item.kpi(aspect)
    if kpi is None or kpi.code != link.code:
        return Shortfall.NONE
    told = any(fits(aspect.unit, quantity) for quantity in find_quantities(quote))
    return Shortfall.NONE if told or find_nils(quote) else Shortfall.FIGURE


def _belongs(aspect: Aspect, item: Item, result: ItemResult, clause: str, sentence: str) -> bool:
    """Whether a clause is about an aspect: not where it speaks of another and was not quoted for this one."""
    if _hits(aspect, clause):
        return True
    told = {found.id: found.evidence for found in result.aspects if found.evidence}
    others = [other for other in item.aspects if other is not aspect and _hits(other, clause)]
    if (mine := told.get(aspect.id)) and mine in sentence:
        words = clause.strip()
        others = [
            other
            for other in others
            if other.id in told and (told[other.id] in clause or words in told[other.id])
        ]
    return not others


def _hits(aspect: Aspect, clause: str) -> bool:
    for cue in aspect.compiled_cues:  # noqa: SIM110 - a plain loop: one of the innermost
        if cue.find(clause, clause):
            return True
    return False


def _telling(item: Item, aspect: Aspect) -> frozenset[str]:
    """The pairs of letters by which an ask is told from the item's others."""
    joints = frozenset(lexicon()["joints"])
    return frozenset(pair for pair in distinct_words(item)[aspect.id] if not set(pair) & joints)
