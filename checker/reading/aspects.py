"""Which of an item's aspects an answer covers, and the words that prove it.

An aspect is proved by one sentence (a table counts as one) in which one of its cues hits, outside the clauses
that only delegate or say 不涉及. An aspect that needs a figure wants one of its units in that sentence or next
to it; where the words are there and the figure is not, the claim stands and figure-missing speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from checker.finding import AspectState
from checker.reading.asked import fits, kind_of
from checker.reading.asked_english import asked_in_english
from checker.reading.asking import Asked, weigh_asks
from checker.reading.facts import Facts, Unit
from checker.reading.handed import handed_over, named
from checker.reading.own_words import OwnWords, denies, is_void
from checker.reading.proof import Weight, weigh
from checker.reading.units import Piece
from checker.text.ground.english import is_mostly_english
from checker.text.ground.lexicon import pattern
from checker.text.ground.openings import opening
from checker.text.readers.reliance.applicability import NotApplicable
from checker.text.readers.reliance.delegation import Delegation
from questionnaire.answers import Profile
from questionnaire.cells import squeeze
from questionnaire.cues import Cue
from questionnaire.proofs import ItemProofs
from questionnaire.schema import Aspect, Item
from questionnaire.vocabulary import EvidenceKind, FigureNeed, Need

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
    lacks_unit: bool = False  # it is named with a number, and no unit stands there
    by_ask: bool = False  # missing as far as the words of its ask tell: less sure than by a cue


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
    words = OwnWords(item, facts.text, facts.own, facts.quantities, bool(facts.nils))
    handed: Mapping[str, str] = {}
    if delegation.kind == "partial":
        counted = {aspect.id for aspect in item.judged if is_counted(aspect, facts)}
        handed = handed_over(item, proofs, delegation.topics or delegation.evidence, weighed, counted)
    void = named(item, proofs, applicability.topics)
    return tuple(
        _read(aspect, facts, delegation, applicability, profile, weighed, known, handed, void, asked, words)
        for aspect in item.judged
    )


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
    words: OwnWords,
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
        if (proof := prove_by_ask(aspect, facts, by_ask, words)) is not None:
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


def prove_by_ask(aspect: Aspect, facts: Facts, asked: Asked | None, words: OwnWords) -> AspectReading | None:
    """The proof of an aspect of which nothing is known but its ask; None where its words are not there.

    A figure or a date of the right kind is more than words: a weaker likeness will do. What can be another ask's fact
    proves nothing of this one.
    """
    if asked is None:
        return None
    if (denied := words.denial(aspect) or words.denial_before(aspect)) is not None:
        state = AspectState.NOT_APPLICABLE if is_void(denied) else AspectState.DISCLOSED
        return AspectReading(aspect, state, _quote(denied.text))
    if (value := words.value(aspect)) is not None:
        return AspectReading(aspect, AspectState.DISCLOSED, _quote(value.text))
    if aspect.evidence in _MEASURED:
        return _measured(aspect, facts, asked, words) or _none_of(aspect, facts)
    if aspect.evidence is EvidenceKind.YES_NO and denies(asked.piece.words):
        return None  # 未建设的部分由园区负责 says no yes; a plain no is read as one by what was ticked
    if asked.is_proved:
        return None if words.lacks(aspect) else _proved(aspect, facts, asked.piece)
    said = asked.is_likely and not asked.piece.is_idle
    return _proved(aspect, facts, asked.piece) if said and words.says(aspect, asked.piece.words) else None


def _measured(aspect: Aspect, facts: Facts, asked: Asked, words: OwnWords) -> AspectReading | None:
    """The proof of a figure or date that is its own; one that is named without its unit lacks that."""
    if not words.names_figure(aspect):
        return None
    clause = words.counted(aspect) if aspect.evidence is EvidenceKind.FIGURE else None
    if clause is not None and any(
        clause.start <= each.start < clause.end and fits(aspect.unit, each) for each in facts.quantities
    ):
        return AspectReading(aspect, AspectState.DISCLOSED, _quote(clause.text))
    proof = prove(aspect, facts) if asked.is_likely else None
    if proof is not None and not proof.lacks_figure and words.gives(aspect):
        return proof
    if clause is not None:
        lacks = not any(unit in facts.text for unit in aspect.unit)
        return AspectReading(aspect, AspectState.DISCLOSED, _quote(clause.text), lacks_unit=lacks)
    if (clause := words.mentioned(aspect)) is None:
        return None
    return AspectReading(aspect, AspectState.DISCLOSED, _quote(clause.text), lacks_figure=True)


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
    """The words that tell a figure: of a table its row, a sentence where it is short, else its clause."""
    if "\n" in text[unit.start : unit.end].strip():
        row = text[text.rfind("\n", 0, start) + 1 : (text + "\n").find("\n", end)]
        if "\t" in row:
            return _quote(row)
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


def _quote(text: str) -> str:
    return opening(text.strip(), QUOTE_LENGTH)
