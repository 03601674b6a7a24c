"""What the reader is not sure of, and what the clerk said when she was asked: nothing is guessed that she can tell."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from checker.finding import AspectState, QuestionKind
from checker.reading.aspects import AspectReading
from checker.reading.by_aspect import Declaration, has_figure
from checker.text.readers.reliance.delegation import Delegation
from questionnaire.answers import Reply
from questionnaire.cells import squeeze
from questionnaire.schema import Item
from questionnaire.vocabulary import Need

Replies = Mapping[str, Reply]  # by the id of the question


class Doubt(Struct, frozen=True):
    """One question about one item, with her answer where she has given it."""

    id: str
    kind: QuestionKind
    quotes: tuple[str, ...]
    aspect: str | None = None
    ask: str = ""
    reply: Reply | None = None

    @property
    def choices(self) -> tuple[Reply, ...]:
        """What she may answer."""
        return tuple(Reply) if self.kind is QuestionKind.DELEGATED else (Reply.YES, Reply.NO)


def ask(kind: QuestionKind, target: str, words: Iterable[str], replies: Replies) -> Doubt:
    """A question about an item or aspect; an answer to the same question about other words is none."""
    quotes = tuple(words)
    mark = hashlib.sha256(squeeze("".join(quotes)).encode()).hexdigest()[:6]
    identity = f"{kind.value}:{target}:{mark}"
    return Doubt(identity, kind, quotes, reply=replies.get(identity))


def settle_delegation(
    delegation: Delegation, item: Item, text: str, replies: Replies
) -> tuple[Delegation, tuple[Doubt, ...]]:
    """A suspected delegation as she confirms or denies it; as it was while she has not said."""
    if delegation.kind != "suspected":
        return delegation, ()
    doubt = ask(QuestionKind.DELEGATED, item.id, [text], replies)
    if doubt.reply is Reply.NO:
        delegation = Delegation()
    elif doubt.reply is not None:
        delegation = replace(
            delegation, kind="full" if doubt.reply is Reply.YES else "partial", confidence=1.0
        )
    return delegation, (doubt,)


def settle_aspects(
    aspects: tuple[AspectReading, ...], replies: Replies
) -> tuple[tuple[AspectReading, ...], tuple[Doubt, ...]]:
    """Aspects that some words nearly prove, as she says that they do or do not."""
    doubts, settled = [], []
    for found in aspects:
        reading = found
        if found.near and found.state is AspectState.MISSING and found.aspect.need is Need.REQUIRED:
            doubt = ask(QuestionKind.ASPECT, found.aspect.id, [found.near], replies)
            doubts.append(replace(doubt, aspect=found.aspect.id, ask=found.aspect.ask))
            if doubt.reply is Reply.YES:
                lacks = not has_figure(found.aspect, found.near)
                reading = AspectReading(found.aspect, AspectState.DISCLOSED, found.near, lacks_figure=lacks)
        settled.append(reading)
    return tuple(settled), tuple(doubts)


def settle_line(
    declared: Declaration, free: AspectReading, replies: Replies
) -> tuple[AspectReading, Doubt | None]:
    """An aspect whose line gives it away while the free answer discloses it: the line counts until she denies it."""
    given_away = declared.state in (AspectState.DELEGATED, AspectState.NOT_APPLICABLE)
    if not given_away or free.state is not AspectState.DISCLOSED:
        return declared.reading(), None
    doubt = ask(QuestionKind.LINES, free.aspect.id, [declared.line.state.value, free.evidence], replies)
    doubt = replace(doubt, quotes=(free.evidence,), aspect=free.aspect.id, ask=free.aspect.ask)
    return (free if doubt.reply is Reply.NO else declared.reading()), doubt
