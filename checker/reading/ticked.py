"""An item that is answered by 是, 否 or 不适用: what was answered, and what that makes of its aspects.

What is ticked counts, in its own column or at the head of the answer. Where nothing is, the words tell: the proof of
a yes is a yes; a denial, or a stated nil on the subject, a no. A no is an answer: it discloses that the thing is not
there, and what is asked of a yes no longer applies.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from checker.finding import AspectState
from checker.reading.asked import fits
from checker.reading.aspects import QUOTE_LENGTH, AspectReading, Facts, prove
from checker.text.ground.spans import Areas, Span
from checker.text.readers.claims.denials import find_denials
from questionnaire.answers import Answer
from questionnaire.cells import is_placeholder
from questionnaire.options import label_of, leading_tick
from questionnaire.schema import EvidenceKind, FigureNeed, Item, Option

SHORT = 40  # characters of an answer that speaks of nothing but the question; guessed


class Ticked(Struct, frozen=True):
    """How an item was answered."""

    option: Option
    words: str  # that say it
    told: bool = True  # ticked or said in one word, not inferred from what is written


def ticked(item: Item, answer: Answer | None) -> Ticked | None:
    """What was ticked; None where nothing was, or the item is not answered so."""
    if not item.options or answer is None:
        return None
    if answer.option is not None:
        return Ticked(answer.option, label_of(answer.option, item.question))
    tick = leading_tick(answer.text)
    return Ticked(tick.option, tick.words) if tick is not None and tick.option is not None else None


def without_denials(item: Item, facts: Facts) -> Facts:
    """The answer without the clauses that deny: they prove nothing of a yes."""
    if not item.options:
        return facts
    own = facts.own
    for span in find_denials(own, facts.passages):
        own = own[: span.start] + " " * (span.end - span.start) + own[span.end :]
    return replace(facts, own=own)


def denials(item: Item, facts: Facts) -> tuple[Span, ...]:
    """The clauses that say that what is asked is not there; where it is an event, the stated nils too."""
    found = [*find_denials(facts.text, facts.passages)]
    if _asks_for_events(item):
        found += [Span(nil.text, nil.start, nil.end) for nil in facts.nils]
    if len(facts.text) <= SHORT:
        return tuple(found)
    return tuple(span for span in found if _speaks_of(item, facts, span))


def settled(
    item: Item, aspects: tuple[AspectReading, ...], given: Ticked | None, facts: Facts
) -> tuple[tuple[AspectReading, ...], Ticked | None]:
    """The aspects as the option leaves them, and the option; both as they were where the item has none.

    Args:
        item: the item.
        aspects: as its words prove them, denials left out.
        given: what was ticked.
        facts: the whole answer.
    """
    if not item.options:
        return aspects, given
    given = given or _inferred(item, aspects, facts)
    if given is None:
        return tuple(map(_unknown, aspects)), None
    return tuple(_after(found, given, facts) for found in aspects), given


def proof_of(aspects: Iterable[AspectReading], option: Option) -> list[AspectReading]:
    """What is disclosed of that which is asked after an option."""
    return [
        found
        for found in aspects
        if found.aspect.after is option and found.state is AspectState.DISCLOSED and found.evidence
    ]


def _inferred(item: Item, aspects: tuple[AspectReading, ...], facts: Facts) -> Ticked | None:
    proved = proof_of(aspects, Option.YES)
    denied = denials(item, facts)
    if shown := [found.evidence for found in proved if _shows(found, facts)]:
        return Ticked(Option.YES, shown[0], told=False)
    if denied:
        return Ticked(Option.NO, denied[0].text.strip()[:QUOTE_LENGTH], told=False)
    whether = next((each for each in aspects if _is_whether(each)), None)
    if whether is not None and whether.aspect.cues and whether.state is AspectState.DISCLOSED:
        return Ticked(Option.YES, whether.evidence, told=False)
    return None


def _after(found: AspectReading, given: Ticked, facts: Facts) -> AspectReading:
    """One aspect of an item that was answered."""
    if _is_whether(found) and found.state in (AspectState.MISSING, AspectState.DISCLOSED):
        return AspectReading(found.aspect, AspectState.DISCLOSED, given.words)
    asked = found.aspect.after
    if asked is None or found.state not in (AspectState.MISSING, AspectState.DISCLOSED):
        return found
    if asked is given.option:
        missing = asked is Option.NO and found.state is AspectState.MISSING
        return (prove(found.aspect, facts) or found) if missing else found
    return found if _contradicts(found, facts) else _not_asked(found, given.words)


def _contradicts(found: AspectReading, facts: Facts) -> bool:
    """Whether what is asked after a yes is there all the same."""
    return found.aspect.after is Option.YES and found.state is AspectState.DISCLOSED and _shows(found, facts)


def _shows(found: AspectReading, facts: Facts) -> bool:
    """Whether a proof shows that the thing is there: a nil does not, nor does a figure of nought."""
    if found.lacks_figure:
        return False
    start = facts.text.find(found.evidence)
    end = start + len(found.evidence)
    nils = [(nil.start, nil.end) for nil in facts.nils if start <= nil.start < end]
    if found.aspect.figure is not FigureNeed.REQUIRED:
        return not nils
    return any(
        fits(found.aspect.unit, each)
        and each.value.strip("0.")
        and not Areas(nils).touch(each.start, each.end)
        for each in facts.quantities
        if start <= each.start < end
    )


def _not_asked(found: AspectReading, words: str) -> AspectReading:
    return AspectReading(found.aspect, AspectState.NOT_APPLICABLE, words)


def _unknown(found: AspectReading) -> AspectReading:
    """What hangs on a no that nobody gave is not asked; whether it is so stays open."""
    if _is_whether(found) and found.state is AspectState.DISCLOSED:
        return AspectReading(found.aspect, AspectState.MISSING)
    if found.aspect.after is Option.NO and found.state is AspectState.MISSING:
        return _not_asked(found, "")
    return found


def all_set_aside(item: Item, aspects: tuple[AspectReading, ...], words: str) -> tuple[AspectReading, ...]:
    """Of an item that is answered by ticking, 不适用 is said of the whole: the words beside it are its reason."""
    return tuple(_not_asked(found, words[:QUOTE_LENGTH]) for found in aspects) if item.options else aspects


def contradiction(item: Item, aspects: Iterable[AspectReading], given: Ticked, facts: Facts) -> str | None:
    """The words beside an option that say the contrary of it; None where they do not, or nothing was ticked."""
    if not given.told:
        return None
    aspects = tuple(aspects)
    # 无 beside a tick says that there are no words
    typed = None if is_placeholder(facts.text) else leading_tick(facts.text)
    if typed is not None and typed.option is not given.option:
        return typed.words
    if proof_of(aspects, given.option):
        return None
    if given.option is Option.NO:
        return next((found.evidence for found in proof_of(aspects, Option.YES)), None)
    return next((span.text for span in denials(item, facts)), None)


def _asks_for_events(item: Item) -> bool:
    """Whether it asks if something happened: then a stated nil is a no."""
    return any(
        each.evidence is EvidenceKind.YES_NO and each.figure is FigureNeed.REQUIRED for each in item.judged
    )


def _is_whether(found: AspectReading) -> bool:
    return found.aspect.evidence is EvidenceKind.YES_NO


def _speaks_of(item: Item, facts: Facts, span: Span) -> bool:
    """Whether a sentence holds a word of the item's subject or a cue of one of its aspects."""
    around = next((each for each in facts.passages.sentences if each.start <= span.start < each.end), None)
    sentence = facts.text[around.start : around.end] if around else span.text
    if any(word in sentence for word in item.topic):
        return True
    return any(cue.find(sentence, facts.own) for each in item.judged for cue in each.compiled_cues)
