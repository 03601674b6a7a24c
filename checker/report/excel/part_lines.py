"""A part of a question as a line of the workbook of open decisions, and a line that somebody wrote as a part.

A line begins with the letter of its part (``a. 举报渠道``) or, for a new one, with a dot or a hyphen; what proves it
may stand behind it in brackets.
"""

from __future__ import annotations

import re

from checker.wording import Language, Wording, wording
from frameworks.ground.yaml import load_data
from questionnaire.cells import squeeze
from questionnaire.drafting.cutting import cut
from questionnaire.drafting.decisions import AskedPart
from questionnaire.drafting.grammar import Cut
from questionnaire.drafting.kinds import ANY_UNIT, Kind, kind_of, units_beside, units_in
from questionnaire.schema import Aspect, Item
from questionnaire.vocabulary import EvidenceKind, FigureNeed, Need

NO_UNITS = ("date", "case-specific")  # of aspects that are no units
UNIT = 4  # letters of a unit that nobody knows
_LINE = re.compile(r"(?:([A-Za-zａ-ｚ])\s*[.．、:：)）]|[·•・\-—–*]|\d{1,2}\s*[.．、)）])\s*(\S.*)")
_BESIDE = re.compile(r"(.*\S)\s*[（(]([^（）()]*)[）)]")
_BETWEEN = re.compile(r"[、,，;；]")


def shown_part(aspect: Aspect, words: Wording) -> str:
    """A part with what proves it, where that is not just words."""
    told = []
    if aspect.need is not Need.REQUIRED:
        told.append(words.word("needs", aspect.need.value))
    if aspect.evidence is not EvidenceKind.TEXT:
        told.append(words.entry("drafting", "evidence", aspect.evidence.value))
    unit = "、".join(each for each in aspect.unit if each not in NO_UNITS)
    if unit and units_beside(aspect.ask) != aspect.unit:  # else the words tell it
        told.append(unit)
    beside = words.text("drafting", "beside", told=told) if told else ""
    return f"{aspect.id[-1]}. {aspect.ask}{beside}"


def part_of(line: str, item: Item) -> AskedPart | None:
    """A line as a part of an item; None for one that is neither marked nor one of its parts."""
    found = _LINE.fullmatch(line)
    letter, text = (found[1] or "", found[2]) if found else ("", line)
    by_letter = {aspect.id[-1]: aspect for aspect in item.aspects}
    own = by_letter.get(letter.lower())
    if not letter:
        own = next((each for each in item.judged if _is(text, each)), None)
    if own is not None and _is(text, own):
        return AskedPart(own.id[-1], own.ask)
    if found is None:
        return None
    return _asked("" if own is None else own.id[-1], text)


def _is(text: str, aspect: Aspect) -> bool:
    """Whether a line says no more than a part as it stands."""
    shown = (shown_part(aspect, wording(language))[3:] for language in Language)
    return squeeze(text) in {squeeze(aspect.ask), *map(squeeze, shown)}


def _asked(letter: str, text: str) -> AskedPart | None:
    """A part in somebody's own words: its kind is what stands in brackets, else what the words say.

    None where the brackets name a kind and something else that is no unit.
    """
    need, evidence, units = Need.REQUIRED, None, ""
    beside = _BESIDE.fullmatch(text)
    if beside:
        known = _told()
        named = [each.strip() for each in _BETWEEN.split(beside[2]) if each.strip()]
        kinds = [known[each.lower()] for each in named if each.lower() in known]
        rest = [each for each in named if each.lower() not in known]
        evidence = next((each for each in kinds if isinstance(each, EvidenceKind)), None)
        of_kind = bool(named) and named[0].lower() in known
        units = "、".join(rest)
        if of_kind and rest and not units_in(units):
            alone = len(rest) == 1 and len(units) <= UNIT and evidence in (None, EvidenceKind.FIGURE)
            if not alone:
                return None
        if of_kind:
            text = beside[1]
            need = next((each for each in kinds if isinstance(each, Need)), need)
        else:
            evidence, units = None, ""
    cuts = cut(text)
    kind = kind_of(Cut(text, whether=len(cuts) == 1 and cuts[0].whether), units)
    if units and not units_in(units):  # one that nobody knows is taken as it is, and told by the check
        kind = Kind(EvidenceKind.FIGURE, FigureNeed.REQUIRED, tuple(units.split("、")))
    if evidence is not None and evidence is not kind.evidence:
        figure = FigureNeed.REQUIRED if evidence is EvidenceKind.FIGURE else FigureNeed.NONE
        unit = (kind.unit or ANY_UNIT) if evidence is EvidenceKind.FIGURE else ()
        kind = Kind(evidence, figure, unit, kind.plan)
    return AskedPart(letter, text, need, kind)


def _told() -> dict[str, Need | EvidenceKind]:
    """What may stand in the brackets, in either language."""
    found: dict[str, Need | EvidenceKind] = {}
    for words in map(wording, Language):
        found |= {
            words.word("needs", each.value).lower(): each for each in Need if each is not Need.CONDITIONAL
        }
        found |= {
            words.entry("drafting", "evidence", each.value).lower(): each
            for each in EvidenceKind
            if each is not EvidenceKind.TEXT
        }
    said = load_data("checker.data", "decisions.yaml")["evidence"]
    return found | {word: EvidenceKind(kind) for kind, names in said.items() for word in names}
