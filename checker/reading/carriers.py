"""What carries a disclosure in one return, and the state that follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from checker.finding import AspectState
from checker.reading.proving import Shortfall
from frameworks.model import Disclosure, Kind
from frameworks.relation import Relation
from questionnaire.answers import Place
from questionnaire.links import Unasked

MANY = 4  # aspects of a narrative disclosure from which most of them suffice
MOST = 0.7  # share of them; by two readers of five returns


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


class Carrier(Struct, frozen=True):
    """One aspect, item or key figure that bears on a disclosure."""

    item: str  # id; empty for a key figure
    place: str  # printed label of the item, or group of the figure
    ask: str
    relation: Relation
    state: AspectState
    evidence: str = ""
    where: Place | None = None
    draft: str = ""  # the link's confidence while nobody has decided it
    lacks: Shortfall = Shortfall.NONE  # why words that are there prove nothing, or not all
    rules: tuple[str, ...] = ()  # that dispute them
    wholly: bool = False  # a nil on the very subject: nothing more can be asked
    aspect: str = ""  # id; empty for a whole item, a key figure and what no question asks for
    may_be_left: bool = True  # to the parent


class DisclosureResult(Struct, frozen=True):
    """One disclosure in one return."""

    code: str
    disclosure: Disclosure
    state: DisclosureState
    reach: Reach
    carriers: tuple[Carrier, ...] = ()
    via: str = ""  # the disclosure of another framework through which it is answered
    on_sheet: bool = False  # whether the sheet for key figures asks for it
    unasked: Unasked | None = None  # what it asks for and no question does

    @property
    def proof(self) -> tuple[Carrier, ...]:
        """What carries it."""
        return tuple(carrier for carrier in self.carriers if carrier.state is AspectState.DISCLOSED)

    @property
    def waiting(self) -> tuple[Carrier, ...]:
        """What it waits for: where full answers are still out, those alone."""
        gaps = tuple(carrier for carrier in self.carriers if not settled(carrier))
        return tuple(carrier for carrier in gaps if carrier.relation is Relation.FULL) or gaps

    @property
    def owes(self) -> bool:
        """Whether the return, or the parent for it, still owes something: not where only the questionnaire does."""
        done = (DisclosureState.MET, DisclosureState.NOT_APPLICABLE, DisclosureState.NOT_ASKED)
        return self.state not in done and bool(self.waiting)

    @property
    def draft(self) -> bool:
        """Whether it rests on links that nobody has decided."""
        return any(carrier.draft for carrier in self.carriers)


def waits_for_parent(carrier: Carrier) -> bool:
    """Whether the parent owes it: what the company has left to it, and may."""
    return carrier.state is AspectState.DELEGATED and carrier.may_be_left


def settled(carrier: Carrier) -> bool:
    """Whether nothing is owed of it."""
    if carrier.state is AspectState.DISCLOSED:
        return not carrier.lacks
    return carrier.state is AspectState.NOT_APPLICABLE


class Piece(Struct, frozen=True):
    """The carriers of one link, or of all full figures."""

    carriers: tuple[Carrier, ...]
    relation: Relation
    complete: bool

    def has(self, *states: AspectState) -> bool:
        """Whether a carrier is in one of some states."""
        return any(carrier.state in states for carrier in self.carriers)

    @property
    def aside(self) -> bool:
        """Whether all of it is not applicable."""
        return all(carrier.state is AspectState.NOT_APPLICABLE for carrier in self.carriers)


def state_of(
    texts: list[Piece], figures: list[Piece], kind: Kind, *, any_of: bool, wholly: bool | None = None
) -> DisclosureState:
    """The state from the pieces; figures only speak where they were given, and all of them answer a quantitative one.

    ``wholly`` says whether all parts of it are told, where its parts are known. Else all full links have to be
    complete; of a narrative disclosure that many aspects carry, most of them suffice: none of them is the disclosure.
    """
    spoken = [piece for piece in figures if piece.has(AspectState.DISCLOSED)]
    pieces = [*texts, *spoken]
    full = [piece for piece in pieces if piece.relation is Relation.FULL]
    full = [piece for piece in full if not piece.aside] or full
    if any(carrier.wholly for piece in texts for carrier in piece.carriers):
        return DisclosureState.MET
    if kind is Kind.QUANTITATIVE and any(p.complete for p in spoken if p.relation is Relation.FULL):
        return DisclosureState.MET
    if wholly is None:
        done = [piece.complete for piece in full]
        enough = any(done) if any_of else all(done) or (kind is Kind.NARRATIVE and _mostly_settled(full))
        wholly = bool(done) and enough
    if wholly:
        return DisclosureState.MET
    asked = [carrier.state for piece in full for carrier in piece.carriers]
    if asked and all(state is AspectState.DELEGATED for state in asked):
        return DisclosureState.DELEGATED  # a fact beside what is handed over tells nothing of it
    if any(piece.has(AspectState.DISCLOSED) for piece in pieces):
        return DisclosureState.PARTLY
    if any(carrier.lacks for piece in texts for carrier in piece.carriers):
        return DisclosureState.OPEN  # own words are there: what they lack is the company's to give
    owed = [piece for piece in texts if piece.relation is Relation.FULL] or texts
    if any(piece.has(AspectState.DELEGATED) for piece in owed):
        return DisclosureState.DELEGATED
    if not texts:
        return DisclosureState.NOT_ASKED
    return DisclosureState.NOT_APPLICABLE if all(p.aside for p in texts) else DisclosureState.OPEN


def _mostly_settled(pieces: list[Piece]) -> bool:
    live = [c for piece in pieces for c in piece.carriers if c.state is not AspectState.NOT_APPLICABLE]
    return len(live) >= MANY and sum(map(settled, live)) >= MOST * len(live)


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
