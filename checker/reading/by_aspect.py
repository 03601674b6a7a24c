"""What a clerk declares of single aspects on their own sheet, and what of it holds.

A declared state is taken as it is where something stands behind it: nothing is guessed from words. Where nothing
does (已披露 with a blank, a placeholder, the question's own words, a duty, or one text under everything), the
declaration is hollow, and the aspect stays as the free answer leaves it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from checker.finding import AspectState
from checker.reading.asked import fits
from checker.reading.aspects import QUOTE_LENGTH, AspectReading
from checker.reading.key_figures import parse_number
from checker.text.ground.nil import find_nils
from checker.text.ground.passages import split
from checker.text.ground.quantities import find_quantities
from checker.text.readers.claims.duties import find_duties
from questionnaire.answers import Answer, AspectLine, Declared
from questionnaire.cells import is_placeholder, squeeze
from questionnaire.schema import Aspect, Item, Schema
from questionnaire.vocabulary import EvidenceKind, FigureNeed

REPEATED = 6  # items under which one text says nothing any more; guessed
REPEATED_NIL = 20  # the same for a bare 无此情况; guessed
MOSTLY = 0.6  # share of a text that is duties; guessed
_STATES = {
    Declared.DISCLOSED: AspectState.DISCLOSED, Declared.NIL: AspectState.DISCLOSED,
    Declared.DELEGATED: AspectState.DELEGATED, Declared.NOT_APPLICABLE: AspectState.NOT_APPLICABLE,
}  # fmt: skip


class Declaration(Struct, frozen=True):
    """One line, judged."""

    line: AspectLine
    aspect: Aspect
    words: str  # text and figure in one
    hollow: (
        str  # why nothing stands behind it (empty, placeholder, echo, duty, repeated); empty where it holds
    )

    @property
    def state(self) -> AspectState:
        """What it declares."""
        return _STATES[self.line.state]

    def reading(self) -> AspectReading:
        """The aspect as declared."""
        lacks = self.line.state is Declared.DISCLOSED and not has_figure(self.aspect, self.words)
        return AspectReading(self.aspect, self.state, self.words[:QUOTE_LENGTH], lacks_figure=lacks)


def read_lines(schema: Schema, lines: Iterable[AspectLine]) -> dict[str, tuple[Declaration, ...]]:
    """The declarations by item; of two lines on one aspect the last one counts."""
    last = {line.aspect: line for line in lines}
    spread: dict[tuple[Declared, str], set[str]] = defaultdict(set)
    for line in last.values():
        spread[_key(line)].add(line.item)
    found: dict[str, tuple[Declaration, ...]] = {}
    for line in last.values():
        item = schema.by_id[line.item]
        aspect = next(each for each in item.aspects if each.id == line.aspect)
        declared = Declaration(
            line, aspect, words_of(line), _hollow(line, item, aspect, len(spread[_key(line)]))
        )
        found[item.id] = (*found.get(item.id, ()), declared)
    return found


def words_of(line: AspectLine) -> str:
    """What a line says, in one: period, words, figure with its unit."""
    figure = f"{line.figure}{line.unit}" if line.figure else ""
    if line.figure and line.figure in line.text:
        figure = ""
    words = " ".join(part for part in (line.text, figure) if part)
    return f"{line.period}，{words}" if line.period and words and line.period not in words else words


def joined(item: Item, answer: Answer | None, declared: Sequence[Declaration]) -> Answer | None:
    """The free answer with what sound lines disclose behind it; at the first line's place where it says nothing."""
    if not declared:
        return answer
    place = declared[0].line.where
    answer = answer or Answer(item.id, "", place)
    free = "" if is_placeholder(answer.text) else answer.text
    words = [each.words for each in declared if each.state is AspectState.DISCLOSED and each.words]
    where = answer.where if free or answer.choice else place
    return replace(answer, text="\n".join(filter(None, (free, *words))), where=where)


def has_figure(aspect: Aspect, words: str) -> bool:
    """Whether words hold the figure that an aspect needs; True for one that needs none."""
    if aspect.figure is not FigureNeed.REQUIRED and not aspect.kpi:
        return True
    if aspect.evidence in (EvidenceKind.YES_NO, EvidenceKind.LIST, EvidenceKind.DATE):
        return True
    return bool(find_nils(words)) or any(fits(aspect.unit, each) for each in find_quantities(words))


def _key(line: AspectLine) -> tuple[Declared, str]:
    return line.state, squeeze(line.text) + "|" + line.figure


def _hollow(line: AspectLine, item: Item, aspect: Aspect, spread: int) -> str:
    if line.state in (Declared.DELEGATED, Declared.NOT_APPLICABLE):
        return ""  # what has no reason, the rules on delegation and 不涉及 say
    if line.state is Declared.NIL and not line.text:
        countable = aspect.figure is not FigureNeed.NONE
        return "repeated" if spread >= REPEATED_NIL else "" if countable else "empty"
    if line.figure and parse_number(line.figure) is not None:
        return "repeated" if spread >= REPEATED else ""
    if not line.text or is_placeholder(line.text):
        return "placeholder" if line.text else "empty"
    letters = squeeze(line.text)
    if any(letters in squeeze(own) for own in (aspect.ask, aspect.hint or "", item.question)):
        return "echo"
    passages, quantities, nils = split(line.text), find_quantities(line.text), find_nils(line.text)
    duties = sum(len(span.text) for span in find_duties(line.text, passages, quantities, nils))
    if duties >= MOSTLY * len(line.text):
        return "duty"
    return "repeated" if spread >= REPEATED else ""
