"""An answer taken apart: its sentences and tables, what is read as figures, nils and dates, and what is its own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from checker.reading.units import Piece, pieces_of
from checker.text.ground.dates import DateMention, find_dates
from checker.text.ground.english import gloss, in_chinese, is_english, is_mostly_english
from checker.text.ground.nil import NilStatement
from checker.text.ground.passages import Passages, is_listed
from checker.text.ground.quantities import Quantity
from checker.text.ground.spans import Areas, Span
from checker.text.readers.reliance.applicability import NotApplicable
from checker.text.readers.reliance.delegation import Delegation
from questionnaire.cues import Cue
from questionnaire.schema import Aspect

ENTRY = 60  # characters of a line that is an entry of a list and no paragraph


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
