"""What kind of proof an ask wants, as far as its own words say: a figure and its unit, a date, yes or no, a plan."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from questionnaire.drafting.grammar import Cut, words
from questionnaire.drafting.masks import brackets
from questionnaire.vocabulary import EvidenceKind, FigureNeed

NEAR_END = 6  # letters behind a word that may still close an ask (比例情况, 人数（含派遣）)


class Kind(NamedTuple):
    """What proves an ask."""

    evidence: EvidenceKind = EvidenceKind.TEXT
    figure: FigureNeed = FigureNeed.NONE
    unit: tuple[str, ...] = ()
    plan: bool = False


def kind_of(cut: Cut, unit: str = "") -> Kind:
    """The kind of an ask.

    Args:
        cut: the ask.
        unit: what a column of the list names as its unit; empty where none does.
    """
    ask = cut.ask
    plan = any(word in ask.lower() for word in words()["plans"])
    units = units_in(unit) or units_beside(ask)
    if cut.whether:
        happened = FigureNeed.REQUIRED if _event().search(ask) else FigureNeed.NONE
        return Kind(EvidenceKind.YES_NO, happened, plan=plan)
    told = _told(ask)
    if told is not None and told.evidence is EvidenceKind.FIGURE:
        return told._replace(unit=units or told.unit)
    if units:
        return Kind(EvidenceKind.FIGURE, FigureNeed.REQUIRED, units)
    return (told or Kind())._replace(plan=plan)


@cache
def _event() -> re.Pattern[str]:
    """Whether it is asked if something happened."""
    return re.compile(
        "|".join(rf"\b{word}" if word.isascii() else word for word in words()["events"]), re.IGNORECASE
    )


def _told(ask: str) -> Kind | None:
    bare = re.sub(r"[（(][^）)]*[）)]$", "", ask.lower()).strip()
    for pattern, kind in _kinds():
        hits = list(pattern.finditer(bare))
        # the word that closes an ask in Chinese; in English it may open it
        if hits and (len(bare) - hits[-1].end() <= NEAR_END or hits[-1].group().isascii()):
            return kind
    return None


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], Kind], ...]:
    return tuple(
        (
            re.compile(
                "|".join(rf"\b{re.escape(word)}\b" if word.isascii() else word for word in entry["words"])
            ),
            Kind(
                EvidenceKind(entry["evidence"]),
                FigureNeed(entry.get("figure", "none")),
                tuple(entry.get("unit", ())),
            ),
        )
        for entry in words()["kinds"]
    )


def units_beside(ask: str) -> tuple[str, ...]:
    """The units in brackets beside an ask: （吨）, （单位：万元）, (MWh)."""
    return next((found for each in brackets(ask) if (found := units_in(each.words))), ())


@cache
def units_in(text: str) -> tuple[str, ...]:
    """The units that a text names; none where it says anything else."""
    leads = "|".join(map(re.escape, words()["unit_leads"]))
    rest = re.sub(rf"^(?:{leads})\s*[:：]?\s*", "", text.strip(), flags=re.IGNORECASE)
    known = {unit.lower(): unit for unit in words()["units"]}
    named = [part.strip() for part in re.split("[、,，/或]", rest) if part.strip()]
    found = tuple(known[part.lower()] for part in named if part.lower() in known)
    return found if found and len(found) == len(named) else ()
