"""Which of an item's aspects an answer covers, and the words that prove it.

An aspect is proved by one sentence (a table counts as one) in which one of its cues hits, outside the clauses
that only delegate or say 不涉及. An aspect that needs a figure wants one of its units in that sentence or next
to it; where the words are there and the figure is not, the claim stands and figure-missing speaks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from checker.finding import AspectState
from checker.reading.asked import fits, kind_of
from checker.reading.asked_english import asked_in_english
from checker.reading.asking import Asked, weigh_asks
from checker.reading.handed import handed_over, named
from checker.reading.left_open import told_unproved
from checker.reading.proof import Weight, weigh
from checker.reading.units import Piece, pieces_of
from checker.text.ground.dates import DateMention, find_dates
from checker.text.ground.english import gloss, in_chinese, is_english, is_mostly_english
from checker.text.ground.lexicon import pattern
from checker.text.ground.nil import NilStatement
from checker.text.ground.passages import Passages, is_listed
from checker.text.ground.quantities import Quantity
from checker.text.ground.spans import Areas, Span
from checker.text.readers.reliance.applicability import NotApplicable
from checker.text.readers.reliance.delegation import Delegation
from questionnaire.answers import Profile
from questionnaire.cells import squeeze
from questionnaire.cues import Cue
from questionnaire.proofs import ItemProofs
from questionnaire.schema import Aspect, Item
from questionnaire.vocabulary import EvidenceKind, FigureNeed, Need

ENTRY = 60  # characters of a line that is an entry of a list and no paragraph
# share from which the clerk is asked whether words are the proof; with 19 authors left out they were in 4 cases
# of 9, from .3 on in 13 of 70
NEAR = 0.45
QUOTE_LENGTH = 60  # characters of a sentence that are quoted
IN_THE_ASK = 0.6  # share of a nil's pairs of letters that an ask has where the nil is of it; guessed
_COUNTS = frozenset(("count_times", "count_thing", "attendance", "count_person"))
_MEASURED = (EvidenceKind.FIGURE, EvidenceKind.DATE)  # proved by what is read as such, cue or no cue
_CLAUSE_ENDS = "，,。；;：:、\n\t|"


class AspectReading(Struct, frozen=True):
    """The state of one aspect with its proof."""

    aspect: Aspect
    state: AspectState
    evidence: str = ""  # quoted words
    lacks_figure: bool = False  # the words are there, the figure they need is not
    near: str = ""  # words that come near to proving a missing one
    by_ask: bool = False  # missing as far as the words of its ask tell: less sure than by a cue


class Unit(Struct, frozen=True):
    """What one cue is tried on: a sentence with the heading it stands under, or a whole table."""

    start: int
    end: int
    heading: str
    searched: str  # the sentence without delegating clauses
    quoted: str
    is_idle: bool = False  # it repeats the question, or only says what should be done

    def holds(self, position: int) -> bool:
        """Whether a position lies in it."""
        return self.start <= position < self.end


class Facts(Struct, frozen=True, dict=True):
    """An answer, taken apart once for all its aspects."""

    text: str
    own: str  # the text with delegating and 不涉及 clauses blanked, offsets kept
    quantities: tuple[Quantity, ...]
    nils: tuple[NilStatement, ...]
    passages: Passages
    idle: tuple[Span, ...] = ()
    topic: tuple[str, ...] = ()

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The sentences and tables that cues are tried on."""
        units = tuple(
            _in_context(_with_chinese(unit), self.text, self.topic)
            for unit in _units(self.text, self.own, self.passages)
        )
        if not self.idle:
            return units
        starts = sorted(span.start for span in self.idle)
        return tuple(replace(unit, is_idle=_is_idle(unit, starts)) for unit in units)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces that are tried as proof."""
        return pieces_of(self.own, self.passages, self.idle)

    @cached_property
    def searched(self) -> str:
        """All that cues are tried on, in one."""
        return "\n".join(part for unit in self.units for part in (unit.heading, unit.searched) if part)

    @cached_property
    def telling(self) -> tuple[Unit, ...]:
        """The units that say something of their own."""
        return tuple(unit for unit in self.units if not unit.is_idle)

    @cached_property
    def counted(self) -> tuple[str, ...]:
        """The clauses and tables of one's own that hold a figure or a stated nil, and are no duty."""
        held = [(each.start, each.end) for each in self.quantities]
        held += [(each.start, each.end) for each in self.nils]
        counted = Areas(held)
        still = Areas((each.start, each.end) for each in self.idle)
        tables = [(unit.start, unit.end) for unit in self.units if "\t" in unit.quoted]
        clauses = [(clause.start, clause.end) for clause in self.passages.clauses]
        found = (
            self.own[slice(*place)]
            for place in (*clauses, *tables)
            if counted.touch(*place) and not still.touch(*place)
        )
        return tuple(gloss(words) if is_mostly_english(words) else words for words in found)

    @cached_property
    def counted_in_one(self) -> str:
        """All of them, for a quick look."""
        return "\n".join(self.counted)

    @cached_property
    def _likely(self) -> dict[str, tuple[Cue, ...]]:
        return {}

    def likely_cues(self, aspect: Aspect) -> tuple[Cue, ...]:
        """The cues of an aspect that may hit somewhere, looked for once."""
        found = self._likely.get(aspect.id)
        if found is None:
            found = tuple([cue for cue in aspect.compiled_cues if cue.can_hit(self.searched)])
            self._likely[aspect.id] = found
        return found

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """Dates and periods of the answer."""
        return find_dates(self.text)


def gather(
    text: str,
    passages: Passages,
    quantities: tuple[Quantity, ...],
    nils: tuple[NilStatement, ...],
    delegation: Delegation,
    applicability: NotApplicable,
    idle: Sequence[Span] = (),
    topic: Sequence[str] = (),
) -> Facts:
    """Takes an answer apart for ``read_aspects``.

    ``idle`` are the sentences that prove nothing, ``topic`` the words of the question that a terse list leaves out.
    """
    own = text
    if delegation.kind in ("full", "partial", "suspected"):
        own = _blank(own, ((span.start, span.end) for span in delegation.evidence))
    if delegation.kind == "partial":
        own = _blank(own, ((span.start, span.end) for span in delegation.topics))
    own = _blank(own, ((span.start, span.end) for span in applicability.evidence))
    return Facts(text, own, quantities, nils, passages, tuple(idle), tuple(topic))


def _in_context(unit: Unit, text: str, topic: Sequence[str]) -> Unit:
    """A short entry of a list (- 董事 2 人：6 学时) stands under its question's topic without naming it."""
    begin = text.rfind("\n", 0, unit.start) + 1
    end = text.find("\n", unit.end)
    if not is_listed(text, begin) or (end if end >= 0 else len(text)) - begin > ENTRY or not topic:
        return unit
    return replace(unit, searched=f"{unit.searched}\t{' '.join(topic)}")


def _with_chinese(unit: Unit) -> Unit:
    """The unit, searched with the Chinese for its English terms too."""
    words = gloss(unit.searched) if is_english(unit.searched) else in_chinese(unit.searched)
    return replace(unit, searched=f"{unit.searched}\t{words}") if words else unit


def _is_idle(unit: Unit, starts: Sequence[int]) -> bool:
    at = bisect_left(starts, unit.start)
    return at < len(starts) and starts[at] < unit.end


def read_aspects(
    item: Item,
    facts: Facts,
    delegation: Delegation,
    applicability: NotApplicable,
    profile: Profile,
    proofs: ItemProofs | None = None,
    year: int | None = None,
) -> tuple[AspectReading, ...]:
    """The state of every judged aspect of an item; by cues alone where no ``proofs`` have been learned for it."""
    whole = delegation.kind in ("full", "suspected") or applicability.whole
    weighed: Mapping[str, Weight] = {}
    if proofs is not None and not whole:
        weighed = weigh(item, proofs, facts.own, facts.pieces, year, cued(item, facts))
    known = frozenset(proofs.classes) if proofs is not None else frozenset()
    is_by_ask = not whole and any(aspect.by_ask and aspect.id not in known for aspect in item.judged)
    asked = weigh_asks(item, facts.pieces) if is_by_ask else {}
    handed: Mapping[str, str] = {}
    if delegation.kind == "partial":
        counted = {aspect.id for aspect in item.judged if is_counted(aspect, facts)}
        handed = handed_over(item, proofs, delegation.topics or delegation.evidence, weighed, counted)
    void = named(item, proofs, applicability.topics)
    readings = tuple(
        _read(aspect, facts, delegation, applicability, profile, weighed, known, handed, void, asked)
        for aspect in item.judged
    )
    if proofs is None or not weighed or not is_mostly_english(facts.own):
        return readings
    return _with_told(readings, item, facts, delegation, weighed, proofs)


def _with_told(
    readings: tuple[AspectReading, ...],
    item: Item,
    facts: Facts,
    delegation: Delegation,
    weighed: Mapping[str, Weight],
    proofs: ItemProofs,
) -> tuple[AspectReading, ...]:
    """The same, where an English answer tells more than what is proved."""
    disclosed, missing = (
        {each.aspect.id for each in readings if each.state is state}
        for state in (AspectState.DISCLOSED, AspectState.MISSING)
    )
    told = told_unproved(item, proofs, facts.own, facts.pieces, weighed, delegation, disclosed, missing)

    def reread(reading: AspectReading) -> AspectReading:
        found = told.get(reading.aspect.id)
        if found is None:
            return reading
        if found.handed:
            return AspectReading(reading.aspect, AspectState.DELEGATED, _quote(found.handed))
        proved = _proved(reading.aspect, facts, found.piece)
        return reading if proved.lacks_figure else proved

    return tuple(map(reread, readings))


def _read(
    aspect: Aspect,
    facts: Facts,
    delegation: Delegation,
    applicability: NotApplicable,
    profile: Profile,
    weighed: Mapping[str, Weight],
    known: frozenset[str],
    handed: Mapping[str, str],
    void: Mapping[str, str],
    asked: Mapping[str, Asked],
) -> AspectReading:
    if delegation.kind in ("full", "suspected"):
        quote = delegation.evidence[0].text if delegation.evidence else ""
        return AspectReading(aspect, AspectState.DELEGATED, quote)
    if applicability.whole:
        quote = applicability.evidence[0].text if applicability.evidence else ""
        return AspectReading(aspect, AspectState.NOT_APPLICABLE, quote)
    if aspect.id in handed:
        return AspectReading(aspect, AspectState.DELEGATED, handed[aspect.id])
    if aspect.id in known:
        learned = weighed.get(aspect.id)
        if learned is not None and learned.is_proved:
            return _proved(aspect, facts, learned.piece)
        settles = (learned is not None and learned.is_likely) or is_counted(aspect, facts)
        settles = settles and (bool(aspect.cues) or aspect.evidence in _MEASURED)
        asks_whether = aspect.evidence is EvidenceKind.YES_NO and bool(aspect.cues)
        if (settles or asks_whether) and (proof := prove(aspect, facts)) is not None:
            return proof  # a cue settles what the model leaves open, and whether something is so or not
    elif aspect.by_ask:
        by_ask = asked.get(aspect.id)
        if (proof := prove_by_ask(aspect, facts, by_ask)) is not None:
            return proof
    elif (proof := prove(aspect, facts)) is not None:
        return proof
    if aspect.id in void:
        return AspectReading(aspect, AspectState.NOT_APPLICABLE, void[aspect.id])
    if aspect.need is Need.CONDITIONAL and aspect.when and profile.flag(aspect.when) is not True:
        return AspectReading(aspect, AspectState.NOT_APPLICABLE)
    likely = weighed.get(aspect.id)
    near = facts.text[slice(*likely.piece.place)] if likely is not None and likely.share >= NEAR else ""
    unsure = aspect.by_ask and aspect.id not in known and not _wants_figure(aspect, facts)
    return AspectReading(aspect, AspectState.MISSING, near=_quote(near), by_ask=unsure)


def prove_by_ask(aspect: Aspect, facts: Facts, asked: Asked | None) -> AspectReading | None:
    """The proof of an aspect of which nothing is known but its ask; None where its words are not there.

    A figure or a date of the right kind is more than words: a weaker likeness will do.
    """
    if asked is None:
        return None
    if aspect.evidence in _MEASURED:
        return (prove(aspect, facts) if asked.is_likely else None) or _none_of(aspect, facts)
    return _proved(aspect, facts, asked.piece) if asked.is_proved else None


def _none_of(aspect: Aspect, facts: Facts) -> AspectReading | None:
    """A count of nought: a stated nil in the words of the ask (未开展反腐败培训: 开展反腐败培训的场次)."""
    if not _COUNTS.intersection(map(kind_of, aspect.unit)):
        return None
    asked = squeeze(aspect.ask)
    for nil in facts.nils:
        said = squeeze(pattern("denials.negation").split(nil.text, maxsplit=1)[-1])
        pairs = [said[at : at + 2] for at in range(len(said) - 1)]
        if pairs and sum(pair in asked for pair in pairs) >= IN_THE_ASK * len(pairs):
            return AspectReading(aspect, AspectState.DISCLOSED, _quote(nil.text))
    return None


def _wants_figure(aspect: Aspect, facts: Facts) -> bool:
    """Whether an aspect wants a figure or date, and the answer holds none of its kind: then it is missing for sure."""
    if aspect.evidence not in _MEASURED:
        return False
    proof = prove(aspect, facts)
    return proof is None or proof.lacks_figure


def _proved(aspect: Aspect, facts: Facts, piece: Piece) -> AspectReading:
    """An aspect that a piece proves, with the figure that it needs where one stands in or beside it."""
    unit = Unit(*piece.place, "", piece.words, facts.text[slice(*piece.place)])
    figure = _figure(aspect, unit, facts)
    lacks = figure is None and (aspect.figure is FigureNeed.REQUIRED or aspect.kpi is not None)
    return AspectReading(aspect, AspectState.DISCLOSED, figure or _quote(unit.quoted), lacks_figure=lacks)


def prove(aspect: Aspect, facts: Facts) -> AspectReading | None:
    """The proof of an aspect in an answer, or None."""
    words: Unit | None = None
    for unit in _hits(aspect, facts):
        words = words or unit
        if (figure := _figure(aspect, unit, facts)) is not None:
            return AspectReading(aspect, AspectState.DISCLOSED, figure or _quote(unit.quoted))
    if words is None:
        return None
    lacks = aspect.figure is FigureNeed.REQUIRED or aspect.kpi is not None
    return AspectReading(aspect, AspectState.DISCLOSED, _quote(words.quoted), lacks_figure=lacks)


def cued(item: Item, facts: Facts) -> set[str]:
    """The aspects of which a cue of the schema stands in the answer; in an English one also the words of its ask."""
    found = {
        aspect.id for aspect in item.aspects if aspect.cues and next(_hits(aspect, facts), None) is not None
    }
    return found | (asked_in_english(item, facts.own) if is_mostly_english(facts.own) else set())


def is_counted(aspect: Aspect, facts: Facts) -> bool:
    """Whether a cue stands in one clause with a figure or a stated nil (员工健康4%)."""
    whole = facts.counted_in_one
    cues = [cue for cue in aspect.compiled_cues if cue.can_hit(whole)] if whole else ()
    return any(cue.find(clause, facts.own) for cue in cues for clause in facts.counted)


def _hits(aspect: Aspect, facts: Facts) -> Iterator[Unit]:
    """The units in which a cue hits; those that hit only together with their heading stand behind the others.

    Without cues, all units.
    """
    units = facts.units if aspect.plan else facts.telling
    if not aspect.cues:
        yield from units
        return
    cues = facts.likely_cues(aspect)
    if not cues:
        return
    headed = []
    for unit in units:
        if _hit(cues, unit.searched, facts.own):
            yield unit
        elif unit.heading:
            headed.append(unit)
    for unit in headed:
        if _hit(cues, f"{unit.heading}\t{unit.searched}", facts.own):
            yield unit


def _hit(cues: Iterable[Cue], sentence: str, answer: str) -> bool:
    for cue in cues:  # noqa: SIM110 - a plain loop: one of the innermost
        if cue.find(sentence, answer):
            return True
    return False


def _figure(aspect: Aspect, unit: Unit, facts: Facts) -> str | None:
    """The figure that an aspect needs, in or beside a unit; "" when it needs none; None when it is not there."""
    if aspect.evidence is EvidenceKind.DATE:
        found = [date.text for date in facts.dates if _beside(unit, date.start, facts)]
        return found[0] if found else None
    if aspect.evidence is EvidenceKind.FIGURE or aspect.figure is FigureNeed.REQUIRED or aspect.kpi:
        if aspect.evidence in (EvidenceKind.YES_NO, EvidenceKind.LIST):
            return ""
        near = [
            quantity
            for quantity in facts.quantities
            if _beside(unit, quantity.start, facts) and fits(aspect.unit, quantity)
        ]
        if near:  # of its own sentence first, and 参训540人次 before 培训4次 where attendances are asked
            kinds = {kind_of(name) for name in aspect.unit}
            best = min(near, key=lambda each: (not unit.holds(each.start), each.kind not in kinds))
            return _around(unit, best.start, best.end, facts.text)
        for nil in facts.nils:
            if _beside(unit, nil.start, facts):
                return nil.text
        return None
    return ""


def _around(unit: Unit, start: int, end: int, text: str) -> str:
    """The words that tell a figure: its sentence where that is short, else its clause."""
    if unit.holds(start) and end - unit.start <= QUOTE_LENGTH:
        return _quote(unit.quoted)
    begin = max(text.rfind(mark, 0, start) for mark in _CLAUSE_ENDS) + 1
    stops = [at for mark in _CLAUSE_ENDS if (at := text.find(mark, end)) >= 0]
    return _quote(text[max(begin, end - QUOTE_LENGTH) : min(stops, default=len(text))])


def _beside(unit: Unit, position: int, facts: Facts) -> bool:
    """In the unit, or in the next or previous sentence of the same line, or the table right below."""
    if unit.holds(position):
        return True
    if position >= unit.end:
        between = facts.text[unit.end : position]
        return "\n\n" not in between and sum(map(between.count, "。；\n")) <= 1
    between = facts.text[position : unit.start]
    return "\n" not in between and sum(map(between.count, "。；")) <= 1


def _units(text: str, own: str, passages: Passages) -> Iterator[Unit]:
    heading = ""
    table: tuple[int, int] | None = None
    last_heading: Unit | None = None
    for sentence in passages.sentences:
        start, end = sentence.start, sentence.end
        if sentence.is_table:
            table = (table[0] if table else start, end)
            continue
        if table:
            yield Unit(*table, heading, own[slice(*table)], text[slice(*table)])
            table, last_heading = None, None
        if sentence.is_heading:
            heading = own[start:end]
            last_heading = Unit(start, end, "", heading, text[start:end])
            continue
        last_heading = None
        yield Unit(start, end, heading, own[start:end], text[start:end])
    if table:
        yield Unit(*table, heading, own[slice(*table)], text[slice(*table)])
    elif last_heading:
        yield last_heading


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if end > len(text) or end <= at:  # it stands in the cell beside the choice, or in one already blanked
            continue
        begin = max(start, at)
        pieces += [text[at:begin], " " * (end - begin)]
        at = end
    return "".join((*pieces, text[at:]))


def _quote(text: str) -> str:
    return text.strip()[:QUOTE_LENGTH]
