"""What one answer claims: its reading, and the states of its aspects and of its item.

One pass over each answer; all rules share its result. A state records the claim, whether it holds is for
the rules (a bare 不涉及 is ``not_applicable`` and gets the finding na-without-reason).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from msgspec.structs import replace

from checker.finding import AspectState, ItemState
from checker.reading.aspects import AspectReading, read_aspects
from checker.reading.by_aspect import Declaration, joined
from checker.reading.choices import chosen, delegated, given_away, nothing_own, set_aside
from checker.reading.doubts import Doubt, Replies, settle_aspects, settle_delegation, settle_line
from checker.reading.facts import Facts, gather
from checker.reading.figured import FiguredText
from checker.reading.providers import named
from checker.reading.ticked import Ticked, all_set_aside, settled, ticked, without_denials
from checker.text.ground.agents import Agents
from checker.text.ground.english import is_mostly_english
from checker.text.ground.nil import NilStatement, find_nils, names_nothing
from checker.text.ground.passages import Passages, split
from checker.text.ground.quantities import Quantity, find_quantities
from checker.text.ground.similarity import find_echoes
from checker.text.ground.spans import Span, span
from checker.text.readers.claims.activities import Activities, find_activities
from checker.text.readers.claims.claims import Claim, find_vague_claims
from checker.text.readers.claims.duties import find_duties
from checker.text.readers.figures.ratios import Misuse, find_misused
from checker.text.readers.figures.reckonings import Reckoning, find_reckonings
from checker.text.readers.reliance.applicability import NotApplicable, read_not_applicable
from checker.text.readers.reliance.delegation import ANY_ITEM, Delegation, read_delegation
from checker.text.readers.subjects.standards import CitedStandard, find_standards
from checker.text.readers.time.periods import find_stale
from questionnaire.answers import Answer, Choice, Place, Profile, Return
from questionnaire.cells import is_placeholder
from questionnaire.options import offers_only
from questionnaire.proofs import ItemProofs
from questionnaire.schema import Item, Schema
from questionnaire.vocabulary import Need

WHOLE_THOUGH_PROVED = (
    0.95  # share from which an answer is left to the parent whole, whatever the rest proves; guessed
)
IDLE = 0.6  # share of an answer's characters; guessed, tested on the cases


class Content(StrEnum):
    """What stands in the answer's place."""

    BLANK = "blank"
    PLACEHOLDER = "placeholder"
    UNREADABLE = "unreadable"
    TEXT = "text"


class ItemReading(FiguredText, frozen=True, dict=True):
    """One item with its answer, read."""

    item: Item
    label: str
    answers: tuple[Answer, ...]  # as given, in file order
    answer: Answer | None  # the one that is judged
    content: Content
    delegation: Delegation
    applicability: NotApplicable
    aspects: tuple[AspectReading, ...]
    state: ItemState
    where: Place
    passages: Passages
    nils: tuple[NilStatement, ...]  # stated nils; each counts as a figure
    facts: Facts  # the answer taken apart, for aspects of other items too
    duties: tuple[Span, ...]  # sentences that only say what should or will be done
    echoed: tuple[Span, ...]  # sentences that repeat the question
    doubts: tuple[Doubt, ...] = ()  # what the clerk is asked
    declared: tuple[Declaration, ...] = ()  # lines of the sheet on which every aspect has its own
    ticked: Ticked | None = None  # how it was answered, where it is answered by 是 or 否

    @cached_property
    def stands_aside(self) -> str:
        """Why rules on substance step back (blank, delegated …); empty when they should look."""
        if self.content is not Content.TEXT:
            return self.content.value
        if self.state in (ItemState.DELEGATED, ItemState.NOT_APPLICABLE):
            return self.state.value
        return "names-nothing" if self.names_nothing else ""

    @cached_property
    def names_nothing(self) -> bool:
        """Whether the answer only says that there is nothing, not of what, and that is not all the item asks."""
        open_ = self.state in (ItemState.MISSING, ItemState.PARTIAL) and self.ticked is None
        return self.content is Content.TEXT and open_ and names_nothing(self.text)

    @property
    def idle(self) -> tuple[Span, ...]:
        """Sentences that prove nothing: duties, and what repeats the question."""
        return self.duties + self.echoed

    @property
    def is_idle(self) -> bool:
        """Whether such sentences make up most of the answer."""
        return sum(len(span.text) for span in self.idle) >= IDLE * len(self.text)

    def of_state(self, state: AspectState) -> tuple[AspectReading, ...]:
        """The aspects in a state."""
        return tuple(reading for reading in self.aspects if reading.state is state)

    @cached_property
    def vague_claims(self) -> tuple[Claim, ...]:
        """Effects without their figure; those in idle sentences are said by other rules."""
        claims = find_vague_claims(self.text, self.quantities, self.passages, self.nils)
        if not self.idle:
            return claims
        return tuple(
            claim for claim in claims if not any(span.start <= claim.start < span.end for span in self.idle)
        )

    @cached_property
    def activities(self) -> Activities:
        """Activities reported, and whether they are counted."""
        return find_activities(self.text, self.quantities, self.passages, self.item.activities)

    @cached_property
    def misused(self) -> tuple[Misuse, ...]:
        """Shares of counted things given as effects."""
        return find_misused(self.text, self.quantities, self.passages)

    @cached_property
    def reckonings(self) -> tuple[Reckoning, ...]:
        """Shares, changes and means that do not come out of the figures beside them."""
        return find_reckonings(self.text, self.quantities, self.passages)

    @cached_property
    def standards(self) -> tuple[CitedStandard, ...]:
        """Standards cited by number."""
        return find_standards(self.text)


def with_figures(reading: ItemReading, proved: Mapping[str, str], profile: Profile) -> ItemReading:
    """A figure on the sheet for key figures gives the aspect that asks for it what it lacks."""
    aspects = tuple(
        AspectReading(found.aspect, AspectState.DISCLOSED, proved[found.aspect.id])
        if found.aspect.id in proved and (found.lacks_figure or found.state is AspectState.MISSING)
        else found
        for found in reading.aspects
    )
    if aspects == reading.aspects:
        return reading
    claimed = reading.applicability.kind != "none"
    return replace(reading, aspects=aspects, state=item_state(aspects, profile, claimed=claimed))


def read_item(
    schema: Schema,
    item: Item,
    answers: tuple[Answer, ...],
    source: Return,
    agents: Agents,
    proofs: ItemProofs | None = None,
    *,
    names_parent: bool = False,
    replies: Replies = MappingProxyType({}),
) -> ItemReading:
    """Reads one item's answer and settles its states."""
    answer = judged_answer(answers)
    given = ticked(item, answer)
    content = Content.TEXT if given is not None and _is_there(answer) else content_of(answer)
    text = answer.text if answer and content is Content.TEXT else ""
    passages, quantities, nils = split(text), find_quantities(text), find_nils(text)
    choice = answer.choice if answer else None
    reason = answer.reason if answer and choice else ""
    claimed = "\n".join(part for part in (text, reason) if part)
    known = () if reason else (quantities, nils)  # those of the text alone
    usual = proofs.habits.kinds if proofs is not None else ANY_ITEM
    delegation = read_delegation(claimed, agents, *known, names_parent=names_parent, usual=usual)
    doubts: tuple[Doubt, ...] = ()
    if choice is None:
        delegation, doubts = settle_delegation(delegation, item, text, replies)
    applicability = read_not_applicable(claimed)
    duties, echoed = (
        find_duties(text, passages, quantities, nils),
        find_echoes(text, passages, item.asked_in(text)),
    )
    year = source.year or schema.edition.year
    idle = (*duties, *echoed, *_idle_in_english(text, passages, quantities, nils, year))
    facts = gather(text, passages, quantities, nils, delegation, applicability, idle, item.topic)
    if content is not Content.TEXT:
        aspects = tuple(AspectReading(aspect, AspectState.MISSING) for aspect in item.judged)
    elif choice is None:
        if delegation.kind == "full" and delegation.residual and delegation.confidence < WHOLE_THOUGH_PROVED:
            # the words beside the delegation may prove an aspect: then it was one of a part
            part = replace(delegation, kind="partial")
            rest = gather(text, passages, quantities, nils, part, applicability, idle, item.topic)
            if not nothing_own(read_aspects(item, rest, part, applicability, source.profile, proofs, year)):
                delegation, facts = part, rest
        proving = without_denials(item, facts)
        aspects = read_aspects(item, proving, delegation, applicability, source.profile, proofs, year)
        aspects, given = settled(item, aspects, given, facts)
        if delegation.kind == "partial" and delegation.explanation.retained and nothing_own(aspects):
            # what remains only says what stays here: an explained delegation of the whole item
            delegation = replace(delegation, kind="full")
            aspects = read_aspects(item, facts, delegation, applicability, source.profile, proofs, year)
        aspects, asked = settle_aspects(named(aspects, delegation), replies)
        doubts += asked
    else:
        proving = without_denials(item, facts)
        aspects = read_aspects(item, proving, Delegation(), NotApplicable(), source.profile, proofs, year)
        aspects, given = settled(item, aspects, given, facts)
        if choice is Choice.NOT_APPLICABLE:
            aspects = all_set_aside(item, aspects, claimed)
        aspects = tuple(chosen(reading, choice, claimed) for reading in aspects)
        whole = nothing_own(aspects)
        if choice is Choice.DELEGATED:
            delegation = delegated(delegation, claimed, agents, whole=whole)
        else:
            applicability = set_aside(applicability, claimed, reason, whole=whole)
    return ItemReading(
        item=item,
        doubts=doubts,
        label=schema.label(item.id),
        answers=answers,
        answer=answer,
        content=content,
        text=text,
        delegation=delegation,
        applicability=applicability,
        aspects=aspects,
        state=_recognised(item_state(aspects, source.profile, claimed=applicability.kind != "none"), answer),
        where=answer.where if answer else Place(source.file),
        passages=passages,
        quantities=quantities,
        nils=nils,
        facts=facts,
        duties=duties,
        echoed=echoed,
        ticked=given,
    )


def _idle_in_english(
    text: str,
    passages: Passages,
    quantities: tuple[Quantity, ...],
    nils: tuple[NilStatement, ...],
    year: int,
) -> tuple[Span, ...]:
    """What an English answer tells of an earlier year, and effects without their figure.

    What such words prove in Chinese has been learned.
    """
    if not is_mostly_english(text):
        return ()
    claims = find_vague_claims(text, quantities, passages, nils)
    return (*find_stale(text, passages, year), *(span(text, each.start, each.end) for each in claims))


def _is_there(answer: Answer | None) -> bool:
    """Whether an answer can be read: a bare 无 is one where it is ticked, and stands for none elsewhere."""
    return answer is not None and answer.problem is None


def _recognised(state: ItemState, answer: Answer | None) -> ItemState:
    """Words that were read from a scan make no item answered: somebody has to look at them first."""
    seen = answer is not None and answer.sure is not None
    return ItemState.PARTIAL if seen and state is ItemState.ANSWERED else state


def read_again(
    schema: Schema, item: Item, source: Return, agents: Agents, proofs: ItemProofs | None, answer: Answer
) -> ItemReading:
    """The item with another answer in place of all of its own."""
    return read_item(schema, item, (answer,), source, agents, proofs)


def with_lines(
    free: ItemReading,
    declared: tuple[Declaration, ...],
    read: Callable[[Answer], ItemReading],
    profile: Profile,
    agents: Agents,
    replies: Replies,
) -> ItemReading:
    """An item with what its lines declare.

    A line settles its own aspect and proves no other; its words are read with the free answer's by all rules.

    Args:
        free: the item by its free answer alone.
        declared: its lines; a hollow one leaves what the free answer shows.
        read: reads the item with another answer.
        profile: what the company says about itself.
        agents: who is the parent.
        replies: what she said where a line and the free answer disagree.
    """
    sound = tuple(each for each in declared if not each.hollow)
    answer = joined(free.item, free.answer, sound)
    if answer is None or not sound or free.content is Content.UNREADABLE:
        return replace(free, declared=declared)
    by_aspect = {each.aspect.id: each for each in sound}
    settled = [
        settle_line(by_aspect[found.aspect.id], found, replies)
        if found.aspect.id in by_aspect
        else (found, None)
        for found in free.aspects
    ]
    aspects = tuple(found for found, _ in settled)
    doubts = tuple(doubt for doubt in free.doubts if doubt.aspect not in by_aspect)
    doubts += tuple(doubt for _, doubt in settled if doubt is not None)
    denied = {found.aspect.id for found, own in zip(aspects, free.aspects, strict=True) if found is own}
    sound = tuple(each for each in sound if each.aspect.id not in denied)
    delegation, applicability = given_away(aspects, sound, free.delegation, free.applicability, agents)
    return replace(
        read(answer),
        answers=free.answers,
        content=Content.TEXT,
        aspects=aspects,
        delegation=delegation,
        applicability=applicability,
        state=item_state(aspects, profile, claimed=applicability.kind != "none"),
        declared=declared,
        doubts=doubts,
    )


def judged_answer(answers: tuple[Answer, ...]) -> Answer | None:
    """Of several answers to one item, the first that says something."""
    if len(answers) < 2:
        return answers[0] if answers else None
    return next((answer for answer in answers if content_of(answer) is Content.TEXT), answers[0])


def content_of(answer: Answer | None) -> Content:
    """What stands in the answer's place; a choice of 依托/不涉及 is content even without words."""
    if answer is None:
        return Content.BLANK
    if answer.problem is not None:
        return Content.UNREADABLE
    if answer.choice is not None or answer.option is not None:
        return Content.TEXT
    if not answer.text.strip() or offers_only(answer.text):
        return Content.BLANK
    return Content.PLACEHOLDER if is_placeholder(answer.text) else Content.TEXT


def item_state(aspects: tuple[AspectReading, ...], profile: Profile, *, claimed: bool) -> ItemState:
    """The state of an item from its aspects, by DOMAIN's definitions; ``claimed``: the answer says 不涉及.

    Example, optional and (where the profile does not call for it) conditional aspects do not keep an item
    from ``answered``; of aspects in one ``any_of`` group one suffices. What is proved by the words of its ask alone
    and lacks its figure is not answered.
    """
    aspects = tuple(
        replace(reading, state=AspectState.MISSING)
        if reading.lacks_figure and reading.aspect.by_ask
        else reading
        for reading in aspects
    )
    states = {reading.state for reading in aspects}
    if AspectState.DISCLOSED not in states:
        if AspectState.DELEGATED in states:
            return ItemState.DELEGATED
        if AspectState.NOT_APPLICABLE in states and claimed:
            return ItemState.NOT_APPLICABLE
        return ItemState.MISSING
    met = {reading.aspect.any_of for reading in aspects if reading.state is AspectState.DISCLOSED}
    for reading in aspects:
        if not is_required(reading, profile) or reading.state is AspectState.DISCLOSED:
            continue
        if reading.aspect.any_of is not None and reading.aspect.any_of in met:
            continue
        if reading.state is not AspectState.NOT_APPLICABLE:
            return ItemState.PARTIAL
    return ItemState.ANSWERED


def is_required(reading: AspectReading, profile: Profile) -> bool:
    """Whether an aspect must be disclosed by this company."""
    aspect = reading.aspect
    if aspect.need is Need.CONDITIONAL and aspect.when is not None:
        return profile.flag(aspect.when) is True
    return aspect.need is Need.REQUIRED
