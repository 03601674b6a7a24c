"""What a report says, in order: every writer lays out these rows and decides nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from checker.finding import AspectState, Finding, ItemResult, ItemState, Report, Severity, Waiver
from checker.wording import Language, Wording, visible
from questionnaire.answers import Place
from questionnaire.schema import Schema


@dataclass(frozen=True, slots=True)
class GapRow:
    """One finding, put into words."""

    number: int  # 1-based, in report order
    severity: Severity
    severity_word: str
    item: str  # id; empty for what belongs to no item
    label: str
    part: str
    question: str
    aspect: str  # what the aspect asks; empty
    rule: str
    title: str
    place: str
    where: Place
    quotes: tuple[str, ...]
    message: str
    mend: str
    disclosures: tuple[str, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Line:
    """What people read for one finding, or for several of one kind under one item."""

    severity: Severity
    severity_word: str
    title: str
    message: str
    quotes: tuple[str, ...]
    mend: str
    disclosures: tuple[str, ...] = ()  # what the listed parent cannot disclose because of it


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """The findings of one item."""

    item: ItemResult | None
    label: str
    state_word: str
    place: str
    rows: tuple[GapRow, ...]
    lines: tuple[Line, ...]

    @property
    def severity(self) -> Severity:
        """The gravest among them."""
        return min((row.severity for row in self.rows), key=lambda severity: severity.rank)


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part with its items by state."""

    title: str  # 第一部分 公司管治
    items: int
    counts: dict[ItemState, int]


@dataclass(frozen=True, slots=True)
class AspectRow:
    """One aspect of one answer, with its state and proof."""

    part: str
    item: str
    label: str
    question: str
    answer: str
    item_state: ItemState
    item_state_word: str
    aspect: str
    ask: str
    need_word: str
    state: AspectState
    state_word: str
    evidence: str
    where: Place | None


@dataclass(frozen=True, slots=True)
class RuleRow:
    """What one rule did."""

    rule: str
    title: str
    severity_word: str
    checked: int
    fired: int
    failed: int
    stepped_back: str  # 空白 2、依托 27


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """An accepted finding, or a waiver that does not hold."""

    state: str  # waived, expired, unused
    state_word: str
    title: str
    label: str
    item: str
    message: str
    who: str
    why: str
    until: str
    fingerprint: str
    place: str  # where the waiver is written


@dataclass(frozen=True, slots=True)
class View:
    """A report, ready to be laid out."""

    company: str
    year: str
    file: str
    questionnaire: str
    frameworks: tuple[str, ...]
    ready: bool
    counts: dict[Severity, int]
    coverage: dict[ItemState, int]
    items: int
    parts: tuple[PartRow, ...]
    groups: tuple[ItemGroup, ...]
    rows: tuple[GapRow, ...]
    aspects: tuple[AspectRow, ...]
    rules: tuple[RuleRow, ...]
    failures: tuple[str, ...]
    taken: tuple[str, ...]  # by what and from where it was read, when that is not as it should be
    verdict: str
    not_run: str  # names of the rules left out; empty
    waivers: tuple[WaiverRow, ...]

    def waivers_in(self, state: str) -> tuple[WaiverRow, ...]:
        """The rows of one state."""
        return tuple(row for row in self.waivers if row.state == state)


def build_view(report: Report, schema: Schema, words: Wording) -> View:
    """Turns a report into ordered rows, once for all writers."""
    rows = tuple(
        _gap(number, finding, report, schema, words)
        for number, finding in enumerate(report.findings, start=1)
    )
    return View(
        company=report.company,
        year=str(report.year or ""),
        file=visible(report.file, lines=False),
        questionnaire=report.questionnaire,
        frameworks=report.frameworks,
        ready=report.ready,
        counts={severity: report.count(severity) for severity in Severity},
        coverage=report.coverage,
        items=len(report.items),
        parts=tuple(_parts(report, schema, words)),
        groups=tuple(_groups(rows, report, words)),
        rows=rows,
        aspects=tuple(_aspects(report, schema, words)),
        rules=tuple(_rules(report, words)),
        failures=tuple(
            words.text(
                "report",
                "failure-cells" if failure.kind == "cells-unread" else "failure",
                rule=failure.rule or "",
                item=failure.item or "",
                detail=failure.detail,
            )
            for failure in report.failures
        ),
        taken=tuple(_taken(report, words)),
        verdict=_verdict(report, words),
        not_run=words.text("report", "pairs-separator").join(map(words.rule_title, report.not_run)),
        waivers=tuple(_waivers(report, schema, words)),
    )


def _verdict(report: Report, words: Wording) -> str:
    errors = report.count(Severity.ERROR)
    if report.ready:
        return words.text("report", "verdict-ready")
    key = "not-ready" if errors else "rules-failed" if report.failures else "rules-left-out"
    return words.text("report", f"verdict-{key}", errors=errors, count=len(report.not_run))


def _waivers(report: Report, schema: Schema, words: Wording) -> Iterator[WaiverRow]:
    for state, pairs in (("waived", report.waived), ("expired", report.expired)):
        for pair in pairs:
            yield _waiver(state, pair.waiver, pair.finding, schema, words)
    for waiver in report.unused:
        yield _waiver("unused", waiver, None, schema, words)


def _waiver(state: str, waiver: Waiver, finding: Finding | None, schema: Schema, words: Wording) -> WaiverRow:
    worded = words.finding(finding) if finding else None
    item = finding.item if finding and finding.item else ""
    return WaiverRow(
        state=state,
        state_word=words.text("report", f"waiver-{state}"),
        title=worded.title if worded else "",
        label=schema.label(item) if item else "",
        item=item,
        message=worded.message if worded else "",
        who=waiver.who,
        why=waiver.why,
        until=waiver.until.isoformat(),
        fingerprint=waiver.fingerprint,
        place=waiver.place,
    )


def _taken(report: Report, words: Wording) -> Iterator[str]:
    """A sentence on another year's questionnaire, on another reader, and on each sheet of somebody else's layout."""
    if report.chosen_by in ("near", "foreign", "override"):
        key = f"questionnaire-{report.chosen_by}"
        yield words.text("report", key, questionnaire=report.questionnaire, year=report.year)
    if report.reading.reader not in ("", "own"):
        yield words.text("report", "reader", name=report.reading.reader, read=report.reading.read)
    for taken in report.reading.taken:
        key = "taken-below" if taken.answers == "below" else "taken"
        yield words.text(
            "report", key, sheet=taken.sheet, questions=taken.questions, answers=taken.answers,
            items=taken.items,
        )  # fmt: skip


def part_title(schema: Schema, item_id: str, words: Wording) -> str:
    """第一部分 公司管治."""
    from questionnaire.schema import numeral

    part, _ = schema.sections[item_id]
    number = numeral(part.part) if words.language is Language.ZH else part.part
    return words.text("report", "part", number=number, title=part.title)


def _gap(number: int, finding: Finding, report: Report, schema: Schema, words: Wording) -> GapRow:
    worded = words.finding(finding)
    item = schema.by_id.get(finding.item or "")
    aspect = next((a for a in item.aspects if a.id == finding.aspect), None) if item else None
    return GapRow(
        number=number,
        severity=finding.severity,
        severity_word=words.word("severity", finding.severity.value),
        item=finding.item or "",
        label=schema.label(item.id) if item else _no_item(finding, words),
        part=part_title(schema, item.id, words) if item else "",
        question=item.question if item else "",
        aspect=aspect.ask if aspect else "",
        rule=finding.rule,
        title=worded.title,
        place=words.place(finding.where),
        where=finding.where,
        quotes=finding.evidence,
        message=worded.message,
        mend=worded.mend,
        disclosures=_codes(finding.disclosures, report, words),
        fingerprint=finding.fingerprint,
    )


def _codes(codes: Iterable[str], report: Report, words: Wording) -> tuple[str, ...]:
    """Codes of disclosures; one that was not verified says so."""
    mark = words.text("report", "unverified")
    return tuple(f"{code}{mark}" if code in report.unverified else code for code in dict.fromkeys(codes))


def _no_item(finding: Finding, words: Wording) -> str:
    """What a finding without an item is about: a key figure by its name, or the file."""
    if finding.variant.startswith("kpi-"):
        return words.text("report", "key-figure", figure=finding.params["figure"])
    return words.text("report", "no-item")


def _parts(report: Report, schema: Schema, words: Wording) -> list[PartRow]:
    rows = []
    for title, found in groupby(report.items, key=lambda item: part_title(schema, item.id, words)):
        items = list(found)
        counts = {state: sum(item.state is state for item in items) for state in ItemState}
        rows.append(PartRow(title, len(items), counts))
    return rows


def _groups(rows: tuple[GapRow, ...], report: Report, words: Wording) -> list[ItemGroup]:
    items = {item.id: item for item in report.items}
    groups = []
    file = words.text("report", "no-item")

    def subject(row: GapRow) -> tuple[str, ...]:
        """An item, or one cell of the sheet for key figures."""
        return row.item, row.label, "" if row.item or row.label == file else row.place

    for (item_id, *_), found in groupby(rows, key=subject):
        members = tuple(found)
        item = items.get(item_id)
        state = words.word("states", item.state.value) if item else ""
        findings = [report.findings[row.number - 1] for row in members]
        lines = tuple(_lines(findings, report, words))
        groups.append(ItemGroup(item, members[0].label, state, members[0].place, members, lines))
    return groups


def _lines(findings: list[Finding], report: Report, words: Wording) -> Iterator[Line]:
    """One line a finding; findings of one rule, severity and wording about several aspects make one line."""
    ordered = sorted(findings, key=lambda finding: finding.severity.rank)
    for _, found in groupby(ordered, key=lambda finding: (finding.rule, finding.severity, finding.variant)):
        alike = list(found)
        joined = words.together(alike) if len(alike) > 1 else None
        for bundle in [alike] if joined else [[finding] for finding in alike]:
            worded = joined or words.finding(bundle[0])
            yield Line(
                severity=bundle[0].severity,
                severity_word=words.word("severity", bundle[0].severity.value),
                title=worded.title,
                message=worded.message,
                quotes=tuple(dict.fromkeys(quote for finding in bundle for quote in finding.evidence)),
                mend=worded.mend,
                disclosures=_codes((code for f in bundle for code in f.disclosures), report, words),
            )


def _aspects(report: Report, schema: Schema, words: Wording) -> list[AspectRow]:
    rows = []
    for item in report.items:
        needs = {aspect.id: aspect.need.value for aspect in schema.by_id[item.id].aspects}
        for aspect in item.aspects:
            rows.append(
                AspectRow(
                    part=part_title(schema, item.id, words),
                    item=item.id,
                    label=item.label,
                    question=item.question,
                    answer=item.answer,
                    item_state=item.state,
                    item_state_word=words.word("states", item.state.value),
                    aspect=aspect.id,
                    ask=aspect.ask,
                    need_word=words.word("needs", needs[aspect.id]),
                    state=aspect.state,
                    state_word=words.word("aspect_states", aspect.state.value),
                    evidence=aspect.evidence,
                    where=item.where,
                )
            )
    return rows


def _rules(report: Report, words: Wording) -> list[RuleRow]:
    from checker.rules import ALL_RULES

    left_out = [
        RuleRow(
            rule=rule,
            title=words.rule_title(rule),
            severity_word=words.word("severity", ALL_RULES[rule].SEVERITY.value),
            checked=0,
            fired=0,
            failed=0,
            stepped_back=words.text("report", "rule-not-run"),
        )
        for rule in report.not_run
    ]
    return left_out + [
        RuleRow(
            rule=outcome.rule,
            title=words.rule_title(outcome.rule),
            severity_word=words.word("severity", ALL_RULES[outcome.rule].SEVERITY.value),
            checked=outcome.checked,
            fired=outcome.fired,
            failed=outcome.failed,
            stepped_back=words.text("report", "pairs-separator").join(
                f"{words.word('reasons', reason)} {count}" for reason, count in outcome.not_applicable.items()
            ),
        )
        for outcome in report.outcomes
    ]
