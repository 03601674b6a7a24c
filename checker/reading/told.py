"""What a disclosure asks for and no question does, told in the answers all the same.

``told`` and ``unasked`` in an edition's ``disclosures.yaml`` name the words and, where there is one, the unit. Only
the company's own words of the year count, undisputed; an aim is nothing told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checker.finding import ItemResult, ItemState
from checker.reading.disputed import DATES
from checker.reading.proving import is_ahead, is_of_another_year, is_past, undisputed
from checker.reading.quotes import above, around, is_row
from checker.reading.searched import Text, is_duty
from checker.reading.wanted import is_bare_sum, lexicon
from checker.text.ground.quantities import Quantity
from questionnaire.cues import Cue, compile_cue
from questionnaire.links import Told

_Found = tuple[ItemResult, str]  # the item under which it stands, and its words


def find_told(told: Told, items: Iterable[ItemResult], texts: Mapping[str, Text]) -> _Found | None:
    """The first answer that tells it."""
    cue = compile_cue(told.cue)
    for item in items:
        if told.under and item.id not in told.under:
            continue
        if item.state is ItemState.DELEGATED:
            continue  # what pads a delegation is no deed of its own
        if item.state is ItemState.MISSING and not (told.unit or told.nil):
            continue  # an echo, a slogan: its words tell nothing
        if cue.can_hit(item.answer) and (quote := _quote(told, cue, texts[item.id])):
            return item, quote
    return None


def _quote(told: Told, cue: Cue, text: Text) -> str:
    if not (told.unit or told.nil):
        return next(
            (quote for segment in text.segments if (quote := _statement(told, cue, text, segment))), ""
        )
    for figure, segment, clause in text.placed:
        words = text.answer[slice(*segment)] if told.wide else clause
        if told.wide and is_row(words):
            words = above(text.answer, segment[0]) + words
        if (
            _is_asked(told, figure.quantity)
            and cue.find(words, text.answer)
            and (told.aim or not (_aims(clause) or _opens_with_aim(words, clause)))
            and (told.lasting or not _is_of_another_year(told, clause, text.year))
            and not text.disputed(figure.start, figure.end)
        ):
            return around(text.answer, segment, figure.start, figure.end)
    return ""


def _statement(told: Told, cue: Cue, text: Text, segment: tuple[int, int]) -> str:
    """What a sentence tells without a figure, less what is disputed in it."""
    words = text.answer[slice(*segment)]
    if (
        not cue.find(words, text.answer)
        or not text.stands(segment)
        or (not told.aim and any(word in words for word in lexicon()["meant"]))
        or (is_past(words, text.year) and not told.lasting)
        or is_duty(words)
        or (not told.aim and text.is_ahead(segment))
    ):
        return ""
    proof = undisputed(text, around(text.answer, segment, *segment))
    gone = any(
        each.rule != DATES
        and each.meets(*segment)
        and cue.find(text.answer[each.start : each.end], text.answer)
        for each in text.disputes
    )  # what is left is of another thing
    return "" if proof.shortfall or gone else proof.quote


def _is_asked(told: Told, quantity: Quantity | None) -> bool:
    if quantity is None or quantity.value == "0":
        return told.nil
    if not {quantity.unit, quantity.kind}.isdisjoint(told.unit):
        return True
    return "money" in told.unit and is_bare_sum(quantity)


def _is_of_another_year(told: Told, clause: str, year: int | None) -> bool:
    """Whether a figure is of another year; what is aimed at is of one to come (到2030年比2022年降42%)."""
    if told.aim and year is not None and is_ahead(clause, year):
        return False
    return is_of_another_year(clause, year)


def _opens_with_aim(words: str, clause: str) -> bool:
    """Whether a sentence opens with an aim and the clause does not tell what was reached."""
    lead, colon, _ = words.partition("：")
    return bool(colon) and _aims(lead) and not any(word in clause for word in lexicon()["reached"])


def _aims(words: str) -> bool:
    return any(word in words for word in lexicon()["aim"])
