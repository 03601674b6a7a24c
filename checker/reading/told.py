"""What a disclosure asks for and no question does, told in the answers all the same.

``told`` and ``unasked`` in an edition's ``disclosures.yaml`` name the words and, where there is one, the unit. Only
the company's own words of the year count, undisputed; an aim is nothing told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checker.finding import ItemResult
from checker.reading.proving import Text, is_of_another_year
from checker.reading.quotes import around
from checker.reading.wanted import lexicon
from checker.text.ground.quantities import Quantity
from questionnaire.cues import Cue, compile_cue
from questionnaire.links import Told

_Found = tuple[ItemResult, str]  # the item under which it stands, and its words


def find_told(told: Told, items: Iterable[ItemResult], texts: Mapping[str, Text]) -> _Found | None:
    """The first answer that tells it."""
    cue = compile_cue(told.cue)
    for item in items:
        if cue.can_hit(item.answer) and (quote := _quote(told, cue, texts[item.id])):
            return item, quote
    return None


def _quote(told: Told, cue: Cue, text: Text) -> str:
    if not (told.unit or told.nil):
        return next(
            (
                around(text.answer, segment, *segment)
                for segment in text.segments
                if cue.find(words := text.answer[slice(*segment)], text.answer)
                and not text.disputed(*segment)
                and not _aims(words)
            ),
            "",
        )
    for figure, segment, clause in text.placed:
        if (
            _is_asked(told, figure.quantity)
            and cue.find(clause, text.answer)
            and not _aims(clause)
            and not is_of_another_year(clause, text.year)
            and not text.disputed(figure.start, figure.end)
        ):
            return around(text.answer, segment, figure.start, figure.end)
    return ""


def _is_asked(told: Told, quantity: Quantity | None) -> bool:
    return (
        told.nil
        if quantity is None or quantity.value == "0"
        else bool({quantity.unit, quantity.kind} & set(told.unit))
    )


def _aims(words: str) -> bool:
    return any(word in words for word in lexicon()["aim"])
