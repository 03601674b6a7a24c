"""Reports in the language of their reader: the questionnaire's own texts in them exchanged for the English ones.

A finding keeps the texts of its questionnaire as values (what is asked, what to write); they are looked up again, first
among its item's texts, then among all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from msgspec.structs import replace

from checker.finding import Finding, Report, WaivedFinding
from checker.reading.carriers import DisclosureResult
from checker.wording import Wording
from questionnaire.schema import Item, Schema
from questionnaire.translation import in_english

TEXTS = frozenset({"ask", "asks", "hint", "hints", "reason", "label", "labels", "asked", "topic", "lacking"})
FIGURES = frozenset({"figure", "of", "per", "whole", "parts"})  # names of key figures
UNITS = frozenset({"choices", "unit"})  # their units


def shown_schema(schema: Schema, words: Wording) -> Schema:
    """The questionnaire in the reader's language."""
    return in_english(schema) if words.english else schema


def shown_by(schema_of: Callable[[str], Schema], words: Wording) -> Callable[[str], Schema]:
    """The same of whatever finds a questionnaire by its id."""
    return lambda edition: shown_schema(schema_of(edition), words)


def shown_report(report: Report, schema: Schema, words: Wording) -> Report:
    """A report in the reader's language; ``schema`` is its questionnaire as it was checked by."""
    if not words.english:
        return report
    english = in_english(schema)
    texts = _Texts(schema, english)

    def waived(pair: WaivedFinding) -> WaivedFinding:
        return replace(pair, finding=texts.finding(pair.finding))

    items = []
    for item in report.items:
        asks = {aspect.id: aspect.ask for aspect in english.by_id[item.id].aspects}
        aspects = tuple(replace(aspect, ask=asks.get(aspect.id, aspect.ask)) for aspect in item.aspects)
        shown = {
            "label": english.label(item.id),
            "question": english.by_id[item.id].question,
            "aspects": aspects,
        }
        items.append(replace(item, **shown))
    return replace(
        report,
        items=tuple(items),
        findings=tuple(map(texts.finding, report.findings)),
        waived=tuple(map(waived, report.waived)),
        expired=tuple(map(waived, report.expired)),
        questions=tuple(
            replace(each, ask=texts.of(each.item).get(each.ask, each.ask)) for each in report.questions
        ),
    )


def shown_results(
    results: Iterable[DisclosureResult], schema: Schema, words: Wording
) -> tuple[DisclosureResult, ...]:
    """What carries disclosures, in the reader's language."""
    if not words.english:
        return tuple(results)
    from frameworks.figures import load_figures

    english = in_english(schema)
    asks = {aspect.id: aspect.ask for item in english.items for aspect in item.aspects}
    groups = load_figures().groups
    return tuple(
        replace(
            result,
            carriers=tuple(
                replace(
                    carrier,
                    place=english.label(carrier.item)
                    if carrier.item
                    else groups.get(carrier.place, carrier.place),
                    ask=asks.get(carrier.aspect) or _figure_names().get(carrier.ask, carrier.ask),
                )
                for carrier in result.carriers
            ),
        )
        for result in results
    )


class _Texts:
    """The English of every Chinese text of a questionnaire."""

    def __init__(self, schema: Schema, english: Schema) -> None:
        self._items = {item.id: _pairs(item, english.by_id[item.id]) for item in schema.items}
        self._all = {zh: en for pairs in self._items.values() for zh, en in pairs.items()}
        self._all |= {schema.label(item.id): english.label(item.id) for item in schema.items}
        fields = zip(schema.edition.profile, english.edition.profile, strict=True)
        self._all |= {field.label: shown.label for field, shown in fields}

    def of(self, item: str | None) -> Mapping[str, str]:
        """All texts, those of an item first."""
        return {**self._all, **self._items.get(item or "", {})}

    def finding(self, finding: Finding) -> Finding:
        """A finding with its questionnaire's texts in English."""
        if finding.variant.startswith("kpi-"):
            return replace(finding, params=_of_figure(finding.params))
        known = self.of(finding.item)
        params = {
            name: _exchanged(value, known) if name in TEXTS else value
            for name, value in finding.params.items()
        }
        return replace(finding, params=params)


@cache
def _figure_names() -> Mapping[str, str]:
    """Key figures, and what stands behind the colon of those that have one, in English."""
    from frameworks.figures import load_figures

    pairs = [(figure.zh, figure.en) for figure in load_figures().figures]
    parts = [(zh.rpartition("：")[2], en.rpartition(": ")[2]) for zh, en in pairs]
    return dict([*parts, *pairs])


def _of_figure(params: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a finding on a key figure, with its names and units in English."""
    from frameworks.figures import load_figures

    figures, names = load_figures(), _figure_names()
    figure = next((each for each in figures.figures if each.zh == params.get("figure")), None)
    units = {unit: figures.in_english(figure, unit) for unit in figures.offer(figure)} if figure else {}
    known = dict.fromkeys(FIGURES, names) | dict.fromkeys(UNITS, units)
    return {name: _exchanged(value, known.get(name, {})) for name, value in params.items()}


def _pairs(item: Item, english: Item) -> dict[str, str]:
    pairs = {item.question: english.question, item.delegable_reason: english.delegable_reason}
    for aspect, other in zip(item.aspects, english.aspects, strict=True):
        pairs[aspect.hint] = other.hint
        pairs[aspect.ask] = other.ask
    return {zh: en for zh, en in pairs.items() if zh and en}


def _exchanged(value: Any, known: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return known.get(value, value)
    if isinstance(value, list | tuple):
        return [_exchanged(each, known) for each in value]
    return value
