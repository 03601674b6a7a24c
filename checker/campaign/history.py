"""The years of a company side by side: states, gaps that stay or come back, figures, promises, copied text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from checker.campaign.entries import Entry, Returns
from checker.campaign.pages import Campaign, Page
from checker.campaign.record import STATES, Record, read_said
from checker.finding import Finding, ItemState, Report, Severity
from checker.rules import plan_actual_gap
from checker.rules.peers import LabelledFigure
from checker.text.ground.openings import opening
from questionnaire.cells import squeeze
from questionnaire.editions import Editions
from questionnaire.schema import Schema

STATE_OF = {letter: state for state, letter in STATES.items()}
WORSE = (ItemState.MISSING, ItemState.DELEGATED, ItemState.PARTIAL, ItemState.ANSWERED)  # from worst to best
JUMP = plan_actual_gap.OPTIONS["change"].default  # what the rule takes for a large change of a figure
FEW = plan_actual_gap.OPTIONS["few"].default


class NoteKind(StrEnum):
    """What the years show; in the order in which it is told."""

    PROMISE = "promise"  # last year's plan without a sequel
    RESTATED = "restated"  # last year's figure given otherwise this year
    COPIED = "copied"  # last year's text
    WORSE = "worse"  # an item that is answered less well than before
    BACK = "back"  # a gap that was mended and is there again
    LASTING = "lasting"  # a gap of all the years
    JUMP = "jump"  # a figure far from the year before


# rules that lay two years side by side, and what they find
RULES = {
    "promise-kept": NoteKind.PROMISE,
    "restated-figure": NoteKind.RESTATED,
    "copied-from-last-year": NoteKind.COPIED,
}


class YearNote(Struct, frozen=True):
    """One thing that the years show of a company; ``before`` and ``now`` quote it, or name its states."""

    kind: NoteKind
    company: str
    year: int  # in which it shows
    item: str = ""
    figure: str = ""  # the key figure or aspect, where it is about one
    rule: str = ""
    aspects: tuple[str, ...] = ()
    before: str = ""
    now: str = ""
    reason: str = ""  # why a figure changed, as the return says
    rate: float | None = None  # by what share of the earlier value it did


class YearReturn(Struct, frozen=True):
    """One year of a company."""

    entry: Entry
    year: int
    schema: Schema
    report: Report  # without items
    figures: tuple[LabelledFigure, ...]
    said: Mapping[str, str]  # item id → answer

    @classmethod
    def of(cls, entry: Entry, returns: Returns, editions: Editions) -> YearReturn:
        """The year of an entry, from its record."""
        schema = editions.by_id(entry.head.questionnaire)
        record: Record = returns.record(entry)
        answers = read_said(returns.blob(entry))
        said = {item.id: answer.text for item, answer in zip(schema.items, answers, strict=True)}
        year = entry.head.year or schema.edition.year
        return cls(entry, year, schema, record.report, record.figures, said)

    @property
    def states(self) -> dict[str, ItemState]:
        """States by item id."""
        items = zip(self.schema.items, self.entry.head.states, strict=True)
        return {item.id: STATE_OF[letter] for item, letter in items}


class History(Struct, frozen=True):
    """A company over its years, the earliest first."""

    company: str
    years: tuple[YearReturn, ...]

    @property
    def schema(self) -> Schema:
        """The questionnaire of its last year: its items name those of the years before."""
        return self.years[-1].schema

    def item(self, year: YearReturn, item: str) -> str:
        """The id by which an item of a year's questionnaire goes in the last one: by key, or by its successor."""
        key = year.schema.by_id[item].key
        same = next((each.id for each in self.schema.items if each.key == key), None)
        successor = self.schema.retired.get(item)
        return same or (successor if successor in self.schema.by_id else None) or item

    def states(self) -> dict[str, dict[int, ItemState]]:
        """By item, the states of the years that asked for it; what is asked no more stands last."""
        found: dict[str, dict[int, ItemState]] = {item.id: {} for item in self.schema.items}
        for year in self.years:
            own = {item: self.item(year, item) for item in year.states}
            for item, state in sorted(year.states.items(), key=lambda pair: own[pair[0]] != pair[0]):
                found.setdefault(own[item], {}).setdefault(year.year, state)
        return found

    def figures(self) -> dict[tuple[str, str], dict[int, LabelledFigure]]:
        """By key figure or aspect, and unit: the figure of every year that gives it."""
        found: dict[tuple[str, str], dict[int, LabelledFigure]] = {}
        for year in self.years:
            for figure in year.figures:
                found.setdefault((figure.aspect, figure.unit), {}).setdefault(year.year, figure)
        return found

    def notes(self) -> Iterator[YearNote]:
        """All that the years show, kind by kind."""
        found = [*self._of_rules(), *self._worse(), *self._gaps(), *self._jumps()]
        kinds = list(NoteKind)
        order = {item.id: number for number, item in enumerate(self.schema.items)}
        yield from sorted(
            found, key=lambda note: (kinds.index(note.kind), note.year, order.get(note.item, 999))
        )

    def _of_rules(self) -> Iterator[YearNote]:
        """What the rules found that lay two years side by side."""
        for year in self.years:
            for finding in year.report.findings:
                kind = RULES.get(finding.rule)
                if kind is not None:
                    yield self._of_rule(kind, finding, year)

    def _of_rule(self, kind: NoteKind, finding: Finding, year: YearReturn) -> YearNote:
        before = finding.evidence[0] if finding.evidence else ""
        now = opening(year.said.get(finding.item or "", ""))
        if kind is NoteKind.RESTATED:
            before, now = str(finding.params["then"]), str(finding.params["last"])
        figure = str(finding.params.get("figure", ""))
        return YearNote(
            kind, self.company, year.year, finding.item or "", figure, finding.rule, (), before, now
        )

    def _worse(self) -> Iterator[YearNote]:
        for item, states in self.states().items():
            for before, now in pairwise(sorted(states)):
                old, new = states[before], states[now]
                if old in WORSE and new in WORSE and WORSE.index(new) < WORSE.index(old):
                    yield YearNote(NoteKind.WORSE, self.company, now, item, before=old.value, now=new.value)

    def _gaps(self) -> Iterator[YearNote]:
        """Gaps of the last year that the years before had, too: always, or with a year between that had them not."""
        if len(self.years) < 2:
            return
        last = self.years[-1]
        open_in: dict[tuple[str, str, str], set[int]] = {}
        for year in self.years:
            for finding in year.report.findings:
                if finding.item and finding.severity is not Severity.NOTICE and finding.rule not in RULES:
                    place = self.item(year, finding.item), finding.rule, finding.aspect or ""
                    open_in.setdefault(place, set()).add(year.year)
        kinds: dict[tuple[str, str, NoteKind, tuple[int, ...]], list[str]] = {}
        for (item, rule, aspect), years in open_in.items():
            earlier = [year.year for year in self.years[:-1] if year.year in years]
            if last.year not in years or not earlier:
                continue
            gone = any(year.year not in years for year in self.years if year.year > earlier[0])
            kind = NoteKind.BACK if gone else NoteKind.LASTING
            kinds.setdefault((item, rule, kind, tuple(sorted(years))), []).append(aspect)
        for (item, rule, kind, known), aspects in kinds.items():
            names = tuple(aspect for aspect in aspects if aspect)
            told = "、".join(map(str, known))
            yield YearNote(kind, self.company, last.year, item, rule=rule, aspects=names, before=told)

    def _jumps(self) -> Iterator[YearNote]:
        reasons = {
            (year.year, figure.id): figure.reason for year in self.years for figure in year.report.figures
        }
        for (name, _), values in self.figures().items():
            for before, now in pairwise(sorted(values)):
                old, new = values[before].value, values[now].value
                if not old or abs(new - old) <= JUMP * abs(old) or max(abs(old), abs(new)) < FEW:
                    continue
                yield YearNote(
                    NoteKind.JUMP, self.company, now, self._item_of(name), name,
                    before=values[before].quote, now=values[now].quote, reason=reasons.get((now, name), ""),
                    rate=(new - old) / abs(old),
                )  # fmt: skip

    def _item_of(self, aspect: str) -> str:
        return next((item.id for item in self.schema.items if any(a.id == aspect for a in item.aspects)), "")


def against_last_year(campaign: Campaign, page: Page) -> History | None:
    """A company of a campaign with its return of the year before; None where there is none."""
    past = campaign.past
    entry = past.by_company.get(squeeze(page.entry.company)) if past else None
    if past is None or entry is None:
        return None
    now = replace(YearReturn.of(page.entry, campaign.returns, campaign.editions), report=page.report)
    return History(page.entry.company, (YearReturn.of(entry, past.returns, campaign.editions), now))


def history(entries: Iterable[Entry], returns: Returns, editions: Editions) -> History:
    """A company's entries as its history."""
    years = sorted((YearReturn.of(entry, returns, editions) for entry in entries), key=lambda each: each.year)
    return History(years[-1].entry.company, tuple(years))
