"""An item that is answered by 是, 否 or 不适用: what was answered, and what that makes of its aspects.

What is ticked counts, in its own column or at the head of the answer. Where nothing is, the words tell: the proof of
a yes is a yes; a denial, or a stated nil on the subject, a no. A no is an answer: it discloses that the thing is not
there; its counts are nought, and what else is asked of a yes no longer applies. So it is where an edition has no
options but begins with 是否 and knows nothing but that ask: 「没有建设。」 answers it, and the rest hangs on a yes.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from checker.finding import AspectState
from checker.reading.asked import fits, kind_of
from checker.reading.aspects import QUOTE_LENGTH, AspectReading, prove
from checker.reading.facts import Facts
from checker.text.ground.lexicon import pattern
from checker.text.ground.nil import names_nothing
from checker.text.ground.openings import opening
from checker.text.ground.spans import Areas, Span
from checker.text.readers.claims.denials import find_denials
from questionnaire.answers import Answer
from questionnaire.cells import is_placeholder, squeeze
from questionnaire.options import label_of, leading_tick
from questionnaire.schema import Aspect, Item
from questionnaire.vocabulary import EvidenceKind, FigureNeed, Need, Option

SHORT = 40  # characters of an answer that speaks of nothing but the question; guessed
_COUNTED = ("count_times", "count_thing", "attendance")
_COUNTS = (*_COUNTED, "count_person")


class Ticked(Struct, frozen=True):
    """How an item was answered."""

    option: Option
    words: str  # that say it
    told: bool = True  # ticked or said in one word, not inferred from what is written


def asks_whether(item: Item) -> bool:
    """Whether it is answered by yes or no: by its options, or because its first ask is 是否 and has no cue."""
    first = item.judged[0]
    return item.options or (first.evidence is EvidenceKind.YES_NO and first.by_ask)


def ticked(item: Item, answer: Answer | None) -> Ticked | None:
    """What was ticked; None where nothing was, or the item is not answered so."""
    if answer is None or not asks_whether(item):
        return None
    if answer.option is not None:
        return Ticked(answer.option, label_of(answer.option, item.question))
    tick = leading_tick(answer.text)
    return Ticked(tick.option, tick.words) if tick is not None and tick.option is not None else None


def without_denials(item: Item, facts: Facts) -> Facts:
    """The answer without the clauses that deny: they prove nothing of a yes."""
    if not asks_whether(item):
        return facts
    own = facts.own
    for span in (*find_denials(own, facts.passages), *_refusal(item, facts)):
        own = own[: span.start] + " " * (span.end - span.start) + own[span.end :]
    return replace(facts, own=own)


def denials(item: Item, facts: Facts) -> tuple[Span, ...]:
    """The clauses that say that what is asked is not there; where it is an event, the stated nils too."""
    if refused := _refusal(item, facts):
        return refused
    found = [*find_denials(facts.text, facts.passages)]
    if _asks_for_events(item):
        found += [Span(nil.text, nil.start, nil.end) for nil in facts.nils]
    if len(facts.text) <= SHORT:
        return tuple(found)
    return tuple(span for span in found if _speaks_of(item, facts, span))


def _refusal(item: Item, facts: Facts) -> tuple[Span, ...]:
    """The first clause where it begins with 没有 or 未 and denies what is asked, in its words (没有建设)."""
    first = next(iter(facts.passages.clauses), None)
    if first is None or pattern("denials.refusal").match(facts.text, first.start, first.end) is None:
        return ()
    said = facts.text[first.start : first.end]
    return (Span(said, first.start, first.end),) if _echoes(item, said) else ()


def _echoes(item: Item, said: str) -> bool:
    """Whether words have two letters in a row of what is asked by 是否."""
    asked = squeeze(next(each.ask for each in item.judged if each.evidence is EvidenceKind.YES_NO))
    words = squeeze(said)
    return any(words[at : at + 2] in asked for at in range(len(words) - 1))


def _happened(item: Item, facts: Facts) -> str:
    """The clause that counts the events that are asked about (发生1起); empty where none does."""
    if not _asks_for_events(item):
        return ""
    for clause in facts.passages.clauses:
        counted = any(
            clause.start <= each.start < clause.end and each.kind in _COUNTED and each.value.strip("0.")
            for each in facts.quantities
        )
        if counted and _echoes(item, said := facts.own[clause.start : clause.end]):
            return opening(said.strip(), QUOTE_LENGTH)
    return ""


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
    if not asks_whether(item):
        return _undone(aspects, facts), given
    given = given or _inferred(item, aspects, facts)
    if given is None:
        return (tuple(map(_unknown, aspects)) if item.options else aspects), None
    rest = None if item.options else Option.YES
    told = (_after(found, found.aspect.after or rest, given, facts) for found in aspects)
    return tuple(_counted(found, item, facts) for found in told), given


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
    if names_nothing(facts.text):
        denied = (Span(facts.text, 0, len(facts.text)),)
    if shown := [found.evidence for found in proved if _shows(found, facts)]:
        return Ticked(Option.YES, shown[0], told=False)
    if denied:
        return Ticked(Option.NO, denied[0].text.strip()[:QUOTE_LENGTH], told=False)
    if said := _happened(item, facts):
        return Ticked(Option.YES, said, told=False)
    whether = next((each for each in aspects if _is_whether(each)), None)
    if whether is None or pattern("denials.refusal").match(whether.evidence) is not None:
        return None
    if whether.state is AspectState.DISCLOSED:
        return Ticked(Option.YES, whether.evidence, told=False)
    return None


def _after(found: AspectReading, asked: Option | None, given: Ticked, facts: Facts) -> AspectReading:
    """One aspect of an item that was answered; ``asked`` after which option."""
    if _is_whether(found) and found.state in (AspectState.MISSING, AspectState.DISCLOSED):
        return AspectReading(found.aspect, AspectState.DISCLOSED, given.words)
    if asked is None or found.state not in (AspectState.MISSING, AspectState.DISCLOSED):
        return found
    if asked is given.option:
        missing = asked is Option.NO and found.state is AspectState.MISSING
        return (prove(found.aspect, facts) or found) if missing else found
    if _contradicts(found, asked, facts):
        return found
    if asked is Option.YES and _counts(found.aspect):  # what is not there happened no times
        return AspectReading(found.aspect, AspectState.DISCLOSED, given.words)
    return _not_asked(found, given.words)


def _undone(aspects: tuple[AspectReading, ...], facts: Facts) -> tuple[AspectReading, ...]:
    """The aspects of an item that asks for counts and nothing else: 未开展 tells that they are nought."""
    required = [found.aspect for found in aspects if found.aspect.need is Need.REQUIRED]
    said = facts.text.strip()
    if not (required and all(map(_counts, required)) and pattern("denials.undone").fullmatch(said)):
        return aspects
    return tuple(
        AspectReading(found.aspect, AspectState.DISCLOSED, said)
        if found.state is AspectState.MISSING and _counts(found.aspect)
        else found
        for found in aspects
    )


def _counts(aspect: Aspect) -> bool:
    """Whether it asks for a count, of events, things or people."""
    return aspect.figure is FigureNeed.REQUIRED and bool(_kinds(aspect).intersection(_COUNTS))


def _counted(found: AspectReading, item: Item, facts: Facts) -> AspectReading:
    """What is missing of a yes, where the answer holds the one figure that can be meant (罚款5万元: 处罚金额)."""
    aspect = found.aspect
    if (
        found.state is not AspectState.MISSING
        or not aspect.by_ask
        or aspect.figure is not FigureNeed.REQUIRED
    ):
        return found
    kinds = _kinds(aspect)
    if "" in kinds or any(kinds & _kinds(each) for each in item.judged if each is not aspect):
        return found
    own = (each for each in facts.quantities if facts.own[each.start : each.end].strip())
    said = next((each.text for each in own if each.kind in kinds), "")
    return AspectReading(aspect, AspectState.DISCLOSED, said) if said else found


def _kinds(aspect: Aspect) -> set[str]:
    """The kinds of figure that its units stand for; counts of things and of events are one (1起: 件); "" for any."""
    kinds = {kind_of(unit) or "" for unit in aspect.unit}
    return kinds | set(_COUNTED) if kinds.intersection(_COUNTED) else kinds


def _contradicts(found: AspectReading, asked: Option, facts: Facts) -> bool:
    """Whether what is asked after a yes is there all the same."""
    return asked is Option.YES and found.state is AspectState.DISCLOSED and _shows(found, facts)


def _shows(found: AspectReading, facts: Facts) -> bool:
    """Whether a proof shows that the thing is there: a nil does not, nor does a figure of nought."""
    if found.lacks_figure or pattern("denials.refusal").match(found.evidence) is not None:
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
    if not given.told or not item.options:
        return None
    aspects = tuple(aspects)
    # 无 beside a tick says that there are no words
    typed = None if is_placeholder(facts.text) else leading_tick(facts.text)
    if typed is not None and typed.option is not given.option:
        return typed.words
    if proof_of(aspects, given.option):
        return None
    if given.option is Option.NO:
        shown = (found.evidence for found in proof_of(aspects, Option.YES))
        return next(
            (evidence for evidence in shown if evidence != given.words), None
        )  # a count told as nought
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
