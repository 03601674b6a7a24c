"""Disclosures in words: for one return, and for many in one matrix. Writers only lay out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from checker.finding import AspectState, Report
from checker.reading.carriers import (
    Carrier,
    DisclosureResult,
    DisclosureState,
    Reach,
    together,
    waits_for_parent,
)
from checker.reading.disclosures import Reader
from checker.report.duties import duty_text
from checker.translation import shown_results
from checker.wording import Language, Wording
from frameworks.model import Disclosure, Framework

SUBJECT = "frameworks"
BLANK = "\u3000"


class CarrierRow(Struct, frozen=True):
    """One aspect or figure that bears on a disclosure, in words."""

    label: str
    ask: str
    relation: str
    state: AspectState
    state_word: str
    quote: str
    where: str
    draft: str
    lacks: str  # why the words prove nothing, or not all


class CompanyRow(Struct, frozen=True):
    """One return's part in a disclosure."""

    company: str
    state: DisclosureState
    state_word: str
    proof: tuple[str, ...]
    waiting: tuple[str, ...]
    own: tuple[str, ...]  # of that what the company owes itself
    handed: tuple[str, ...]  # and what it leaves to the parent
    carriers: tuple[CarrierRow, ...]
    owes: bool  # whether anybody of its side still owes something


class DisclosureRow(Struct, frozen=True):
    """One disclosure over all returns."""

    code: str
    number: str  # the code without its framework
    title: str
    kind: str
    obligation: str
    clause: str
    group: str
    verified: bool
    state: DisclosureState
    state_word: str
    reach: Reach
    reach_word: str
    note: str
    draft: bool
    companies: tuple[CompanyRow, ...]

    @property
    def owed(self) -> bool:
        """Whether any company still owes something."""
        return any(company.owes for company in self.companies)


class CoverageView(Struct, frozen=True):
    """One framework over some returns."""

    framework: str
    edition: str
    name: str
    heading: str
    binding: str
    totals: str
    year: int
    companies: tuple[str, ...]
    rows: tuple[DisclosureRow, ...]
    unverified: int
    draft: bool

    def of(self, *states: DisclosureState) -> tuple[DisclosureRow, ...]:
        """The rows in some states."""
        return tuple(row for row in self.rows if row.state in states)

    @property
    def asked_in_part(self) -> tuple[DisclosureRow, ...]:
        """The rows for which every company has given what was asked, and the questionnaire asks too little."""
        return tuple(row for row in self.of(DisclosureState.PARTLY) if not row.owed)


def build_coverage(
    reader: Reader, edition: Framework, reports: Sequence[Report], words: Wording
) -> CoverageView:
    """One framework over some returns, in words."""
    results = [
        shown_results(reader.cover(report, edition.framework), reader.schema, words) for report in reports
    ]
    names = company_names(reports)
    year, issuers = reader.links.year, reader.schema.edition.issuer
    rows = tuple(
        _row(found, names, duty_text(edition.duty(found[0].disclosure, year, issuers), words), words)
        for found in zip(*results, strict=True)
    )
    counts = Counter(row.state for row in rows)
    say = Words(words)
    parts = [say("count", state=say.of("states", s), count=counts[s]) for s in DisclosureState if counts[s]]
    return CoverageView(
        framework=edition.framework,
        edition=edition.name,
        name=name_of(edition, words),
        heading=say("heading", name=name_of(edition, words), edition=edition.name, year=year),
        binding=say("binding", text=_text(edition.binding, words)) if edition.binding else "",
        totals=say("totals", total=len(rows), counts=say("separator").join(parts)),
        year=year,
        companies=names,
        rows=rows,
        unverified=sum(not row.verified for row in rows),
        draft=any(row.draft for row in rows),
    )


class Words(Struct, frozen=True):
    """The catalogue of this subject, shortly."""

    wording: Wording

    def __call__(self, key: str, **params: object) -> str:
        """A label with its placeholders filled."""
        return self.wording.entry(SUBJECT, "labels", key).format_map(
            {"respondents": self.wording.answering, **params}
        )

    def of(self, group: str, key: str) -> str:
        """A word of a group."""
        return self.wording.entry(SUBJECT, group, key)


def company_names(reports: Iterable[Report]) -> tuple[str, ...]:
    """The companies' names, or their files' where none is given; never twice the same."""
    names = [report.company or report.file for report in reports]
    files = [report.file for report in reports]
    twice = {name for name, count in Counter(names).items() if count > 1}
    return tuple(f"{n}（{f}）" if n in twice and n != f else n for n, f in zip(names, files, strict=True))


def name_of(edition: Framework, words: Wording) -> str:
    """The short name of a framework."""
    return _text(edition.short, words) or title_of(edition, words)


def title_of(entry: Disclosure | Framework, words: Wording) -> str:
    """Its title in the user's language."""
    return entry.zh if words.language is Language.ZH else entry.en


def clause_of(entry: Disclosure, words: Wording) -> str:
    """Where it stands in its framework's document, in the user's language."""
    return entry.clause if words.language is Language.ZH else entry.clause_en or entry.clause


def _text(text: object, words: Wording) -> str:
    return str(getattr(text, words.language.value, "")) if text else ""


def _row(
    results: Sequence[DisclosureResult], names: Sequence[str], duty: str, words: Wording
) -> DisclosureRow:
    say = Words(words)
    first = results[0]
    disclosure = first.disclosure
    state = together(result.state for result in results)
    notes = [say("via", code=first.via)] if first.via else []
    if first.on_sheet and state not in (DisclosureState.MET, DisclosureState.NOT_APPLICABLE):
        notes.append(say("sheet-fills"))
    if unasked := next((result.unasked for result in results if result.unasked), None):
        notes.append(say("unasked", what=_text(unasked, words)))
    draft = any(result.draft for result in results)
    return DisclosureRow(
        code=first.code,
        number=disclosure.id,
        title=title_of(disclosure, words),
        kind=say.of("kinds", disclosure.kind.value),
        obligation=duty,
        clause=clause_of(disclosure, words),
        group=disclosure.group,
        verified=disclosure.verified,
        state=state,
        state_word=say.of("states", state.value),
        reach=first.reach,
        reach_word=say.of("reach", first.reach.value),
        note=say("clause-separator").join(notes),
        draft=draft,
        companies=tuple(_company(result, name, words) for result, name in zip(results, names, strict=True)),
    )


def _company(result: DisclosureResult, name: str, words: Wording) -> CompanyRow:
    say = Words(words)
    rows = tuple(_carrier(carrier, words) for carrier in result.carriers)
    proof = tuple(
        f"{row.label} {say('quote', text=row.quote)} {row.where}".strip()
        for row in rows
        if row.state is AspectState.DISCLOSED
    )
    return CompanyRow(
        company=name,
        state=result.state,
        state_word=say.of("states", result.state.value),
        proof=tuple(dict.fromkeys(proof)),
        waiting=_places(result.waiting, words, mark=result.state is not DisclosureState.DELEGATED),
        own=_places((c for c in result.waiting if not waits_for_parent(c)), words),
        handed=_places((c for c in result.waiting if waits_for_parent(c)), words),
        carriers=rows,
        owes=result.owes,
    )


def _places(carriers: Iterable[Carrier], words: Wording, *, mark: bool = False) -> tuple[str, ...]:
    """What is missing, one text an item: 五、节能减排（一）：控制废气排放（有文字，缺数据）、控制对水的排污.

    With ``mark`` it says of each ask whether it is left to the parent; where it may not be, it says so always.
    """
    say = Words(words)
    groups: dict[str, dict[str, None]] = {}
    for carrier in carriers:
        groups.setdefault(carrier.place, {})[_ask(carrier, words, mark=mark)] = None
    return tuple(
        say("place", label=label, asks=say("separator").join(asks)) if any(asks) else label
        for label, asks in groups.items()
    )


def _ask(carrier: Carrier, words: Wording, *, mark: bool = False) -> str:
    say = Words(words)
    if lacks := _lacks(carrier, words):
        return say("lacking-ask", ask=carrier.ask, lacks=lacks)
    if carrier.ask and carrier.state is AspectState.DELEGATED and (mark or not carrier.may_be_left):
        return say("delegated-ask" if carrier.may_be_left else "returned-ask", ask=carrier.ask)
    return carrier.ask


def _lacks(carrier: Carrier, words: Wording) -> str:
    """Why its words prove nothing, or not all: 有文字，缺数据; 非报告期信息."""
    if not carrier.lacks:
        return ""
    say = Words(words)
    return say.of("lacks", carrier.lacks.value).format_map(
        {"rules": say("separator").join(words.rule_title(rule) for rule in carrier.rules)}
    )


def _carrier(carrier: Carrier, words: Wording) -> CarrierRow:
    say = Words(words)
    where = ""
    if (place := carrier.where) is not None:
        where = " ".join(part for part in (place.sheet or "", place.cell or "") if part)
        where = where or (say("line", number=place.line) if place.line else "")
    return CarrierRow(
        label=carrier.place,
        ask=carrier.ask,
        relation=say.of("relations", carrier.relation.value),
        state=carrier.state,
        state_word=words.word("aspect_states", carrier.state.value),
        quote=" ".join(carrier.evidence.split()),
        where=where,
        draft=say.of("confidences", carrier.draft) if carrier.draft else "",
        lacks=_lacks(carrier, words),
    )
