"""What kind of proof an ask wants, as far as its own words say: a figure and its unit, a date, yes or no, a plan."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from questionnaire.drafting.grammar import Cut, words
from questionnaire.drafting.masks import brackets
from questionnaire.vocabulary import EvidenceKind, FigureNeed

ANY_UNIT = ("case-specific",)  # what is counted tells its unit
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
        behind = bare[hits[-1].end() :] if hits else ""
        if hits and kind.evidence is EvidenceKind.YES_NO and hits[0].group().isascii() and hits[0].start():
            continue  # which standard do you follow
        if hits and ((len(behind) <= NEAR_END and "的" not in behind) or hits[-1].group().isascii()):
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
    named = [part.strip() for part in re.split("[、,，或]", rest) if part.strip()]
    found = [_unit(part) for part in named]
    return tuple(unit for units in found for unit in units) if all(found) else ()


def _unit(text: str) -> tuple[str, ...]:
    """One unit, a rate of two (立方米/吨), or several of one kind (吨/千克); none for anything else."""
    parts = [part.strip() for part in re.split("[/／]", text)]
    known = [_known(part) for part in parts]
    if None not in known and len({kind for _, kind in filter(None, known)}) == 1:
        return tuple(unit for unit, _ in filter(None, known))
    whole = _known(text)
    if whole is not None:
        return (whole[0],)
    below = all(
        part in words()["denominators"] or each for part, each in zip(parts[1:], known[1:], strict=True)
    )
    return ("/".join((known[0][0], *parts[1:])),) if known[0] and len(parts) > 1 and below else ()


def _known(text: str) -> tuple[str, str] | None:
    """A unit as it is spelled, with its kind; a scale may stand before it (万吨)."""
    units = _units()
    bare = text.lower()
    if bare in units:
        return units[bare]
    scale = next(
        (each for each in sorted(words()["scales"], key=len, reverse=True) if bare.startswith(each)), ""
    )
    found = units.get(bare[len(scale) :]) if scale else None
    return (scale + found[0], found[1]) if found is not None and not found[0].isascii() else None


@cache
def _units() -> dict[str, tuple[str, str]]:
    return {unit.lower(): (unit, kind) for kind, units in words()["units"].items() for unit in units}
