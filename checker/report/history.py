"""The years of companies in words: on the screen, as JSON, and as rows for workbooks and pages."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from checker.campaign.history import WORSE, History, NoteKind, YearNote, foreign_id
from checker.finding import ItemState, Severity
from checker.reading.key_figures import figure_name
from checker.wording import Wording
from questionnaire.schema import Schema

SHOWN = 12  # notes of one kind on the screen; the workbook holds all
FORMAT = "esgcheck-history/1"


class NoteRow(NamedTuple):
    """A note in words."""

    company: str
    kind: str
    year: str
    label: str
    item: str
    what: str
    before: str
    now: str
    reason: str


class HistoryWording:
    """Puts what years show into words; of questionnaires that know an item, the last one names it."""

    def __init__(self, schemas: Iterable[Schema], words: Wording) -> None:
        self.words, schemas = words, tuple(schemas)
        self.labels = {item.id: schema.label(item.id) for schema in schemas for item in schema.items}
        self.labels |= {
            foreign_id(schema, item.id): schema.label(item.id) for schema in schemas for item in schema.items
        }
        asked = [
            (schema.label(item.id), a) for schema in schemas for item in schema.items for a in item.aspects
        ]
        self.asks = {aspect.id: aspect.ask for _, aspect in asked}
        self.names = {aspect.id: f"{label} {aspect.ask}" for label, aspect in asked}
        self.names |= {
            foreign_id(schema, aspect.id): f"{schema.label(item.id)} {aspect.ask}"
            for schema in schemas for item in schema.items for aspect in item.aspects
        }  # fmt: skip

    @classmethod
    def of(cls, found: History, words: Wording) -> HistoryWording:
        """For the years of one company."""
        return cls((year.schema for year in found.years), words)

    def say(self, key: str, **params: object) -> str:
        """A sentence of the catalogue of years."""
        return self.words.text("years", key, **params)

    def name(self, figure: str) -> str:
        """What a figure is called: item and ask of an aspect, or the name of a key figure."""
        return self.names.get(figure) or figure_name(figure, english=self.words.english)

    def kind(self, note: YearNote) -> str:
        """The kind of a note."""
        return self.say(f"kind-{note.kind.value}")

    def what(self, note: YearNote) -> str:
        """The gap or the figure that a note is about."""
        if note.figure:
            return self.name(note.figure)
        if note.kind not in (NoteKind.BACK, NoteKind.LASTING):
            return ""
        title = self.words.rule_title(note.rule)
        asks = self.words.text("report", "pairs-separator").join(
            self.asks[aspect] for aspect in note.aspects if aspect in self.asks
        )
        return f"{title}\n{asks}" if asks else title

    def quotes(self, note: YearNote) -> tuple[str, str]:
        """Last year's and this year's side of a note."""
        if note.kind is NoteKind.WORSE:
            return self.words.word("states", note.before), self.words.word("states", note.now)
        return note.before, note.now

    def row(self, note: YearNote) -> NoteRow:
        """A note as a row of text."""
        before, now = self.quotes(note)
        reason = note.reason
        if note.kind in (NoteKind.BACK, NoteKind.LASTING):  # the years that had it are no quote
            before, reason = "", before
        return NoteRow(
            note.company, self.kind(note), str(note.year), self.labels.get(note.item, ""), note.item,
            self.what(note), before, now, reason,
        )  # fmt: skip

    def line(self, note: YearNote) -> str:
        """A note as a line."""
        before, now = self.quotes(note)
        title = self.words.rule_title(note.rule) if note.rule else ""
        reason = self.say("reason-given", reason=note.reason) if note.reason else self.say("reason-none")
        return self.say(
            f"line-{note.kind.value}", year=note.year, label=self.labels.get(note.item, note.item),
            figure=self.name(note.figure) if note.figure else "", title=title, before=before, now=now,
            aspects=self.words.text("report", "pairs-separator").join(
                self.asks[aspect] for aspect in note.aspects if aspect in self.asks
            ),
            change=percent(note.rate), reason=reason if note.kind is NoteKind.JUMP else "",
        )  # fmt: skip

    def trend(self, states: dict[int, ItemState]) -> str:
        """How an item went between its first and its last year; empty where that cannot be ranked."""
        known = [WORSE.index(states[year]) for year in sorted(states) if states[year] in WORSE]
        if len(known) < 2:
            return ""
        if known[-1] == known[0]:
            return self.say("trend-same")
        return self.say("trend-better" if known[-1] > known[0] else "trend-worse")


def percent(rate: float | None) -> str:
    """A change in per cent of the earlier value: +35%; empty for none."""
    return "" if rate is None else f"{rate * 100:+.0f}%"


def history_lines(found: History, words: Wording) -> Iterator[str]:
    """What the screen says of a company."""
    worded = HistoryWording.of(found, words)
    say = worded.say
    years = found.years
    if len(years) == 1:
        yield say("one-year", company=found.company, year=years[0].year)
        return
    yield say("head", company=found.company, years="、".join(str(each.year) for each in years))
    for year in years:
        states = Counter(state.value for state in year.states.values())
        yield say(
            "year-line", year=year.year, edition=year.schema.edition.id,
            errors=year.report.count(Severity.ERROR), warnings=year.report.count(Severity.WARNING),
            **{state.value: states[state.value] for state in ItemState},
        )  # fmt: skip
    notes = list(found.notes())
    if not notes:
        yield say("nothing")
    for kind in NoteKind:
        those = [note for note in notes if note.kind is kind]
        if those:
            yield "  " + say("count", kind=say(f"kind-{kind.value}"), count=len(those))
            yield from (f"    {worded.line(note)}" for note in those[:SHOWN])
            if len(those) > SHOWN:
                yield "  " + say("more", count=len(those) - SHOWN)


def as_text(found: History) -> str:
    """A company's history as one line of JSON."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "company": found.company,
        "years": [
            {"year": each.year, "file": each.entry.name, "questionnaire": each.schema.edition.id,
             "coverage": {state.value: sum(s is state for s in each.states.values()) for state in ItemState}}
            for each in found.years
        ],
        "items": [
            {"id": item, "states": {str(year): state.value for year, state in states.items()}}
            for item, states in found.states().items()
        ],
        "figures": [
            {"id": name, "unit": unit, "values": {str(year): each.value for year, each in values.items()}}
            for (name, unit), values in found.figures().items()
        ],
        "notes": [
            {"kind": note.kind.value, "year": note.year, "item": note.item or None, "figure": note.figure or None,
             "rule": note.rule or None, "aspects": list(note.aspects), "before": note.before, "now": note.now,
             "reason": note.reason} for note in found.notes()
        ],
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False)
