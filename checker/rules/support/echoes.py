"""Answers that repeat their question, or the form's own hints."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from checker.finding import AspectState
from checker.reading.items import ItemReading
from checker.text.ground.passages import Clause
from checker.text.ground.similarity import echo, echoes, is_spelled, phrases, squeeze
from checker.text.readers.claims.duties import tells_done

SHARE = 0.35  # of the answer's trigrams
SHARE_WITH_FIGURES = 0.55  # an answer that also gives figures or nils says more than the question
LEAST = 10  # characters
# a question of some length that stands nearly whole in an answer without any fact is repeated, whatever the padding
WHOLE, LONG, PADDED = (
    0.75,
    20,
    5,
)  # share of its trigrams; their number; times its length that the answer may have
QUOTED = 60  # characters
MOSTLY = 0.5  # share of a clause's trigrams
# the form's own hints are copied back: letters of a hint; share of the answer's letters that are not theirs
HINT, REST = 6, 0.25


class Echo(Struct, frozen=True):
    """What an answer repeats."""

    quotes: tuple[str, ...]
    share: int  # per cent of its letters in threes that stand in the question
    of_form: bool = False  # nothing but the form's hints: it is blank


def find_echo(reading: ItemReading) -> Echo | None:
    """Whether an answer mostly repeats its question."""
    question, text = reading.item.asked_in(reading.text), reading.text
    if len(text) >= LEAST and _is_form(reading):
        return Echo((text[:QUOTED],), 100, of_form=True)
    if len(text) < LEAST or not echoes(text, question):
        return None
    if _is_padded(reading):
        return Echo(_quotes(reading), round(echo(text, question) * 100))
    if not echoes(text, question, SHARE) or (reading.duties and not reading.echoed):
        return None  # 应加强…的识别 is a duty: duty-not-fact says so
    share = echo(reading.passages.prose(text), question)
    if share < (SHARE_WITH_FIGURES if reading.quantities or reading.nils else SHARE):
        return None
    return Echo(_quotes(reading), round(share * 100))


def _quotes(reading: ItemReading) -> tuple[str, ...]:
    """The sentences that repeat the question, else the clauses that mostly do."""
    return tuple(span.text for span in reading.echoed) or tuple(_clauses(reading)) or (reading.text[:QUOTED],)


def _clauses(reading: ItemReading) -> Iterator[str]:
    """What each sentence repeats, from its first such clause to the last."""
    question, text = reading.item.asked_in(reading.text), reading.text
    told: dict[int, list[Clause]] = {}
    for clause in reading.passages.clauses:
        if echo(text[clause.start : clause.end], question) >= MOSTLY:
            told.setdefault(clause.sentence, []).append(clause)
    for clauses in told.values():
        yield text[clauses[0].start : clauses[-1].end].strip()


def _is_form(reading: ItemReading) -> bool:
    """Whether an answer holds only what the form itself says is to be written: it is blank."""
    hints = [
        words
        for aspect in reading.item.judged
        for words in (aspect.hint, aspect.ask, aspect.hint_en, aspect.ask_en)
        if len(words) >= HINT
    ]
    if not any(words in reading.text for words in hints):
        return False
    if is_spelled(reading.item.question) and reading.quantities:
        return False  # the words of an English ask stand in any sentence about it
    letters = whole = squeeze(reading.text)
    for words in sorted(map(squeeze, hints), key=len, reverse=True):
        letters = letters.replace(words, "")
    return len(letters) <= REST * len(whole)


def _is_padded(reading: ItemReading) -> bool:
    """Whether the question stands nearly whole in an answer that adds slogans only: no figure, date, title, deed."""
    question, text = reading.item.asked_in(reading.text), reading.text
    if reading.quantities or reading.nils or "《" in text or len(text) > PADDED * len(question):
        return False
    if (reading.duties and not reading.echoed) or tells_done(text) or reading.facts.dates:
        return False
    asked = phrases(question, question)
    bare = is_spelled(question) or not reading.of_state(AspectState.DISCLOSED)
    least = LONG // 2 if bare else LONG
    return len(asked) >= least and len(asked & phrases(text, question)) >= WHOLE * len(asked)
