"""What a report says, in order: every writer lays out these rows and decides nothing itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from checker.finding import Finding, ItemResult, ItemState, Question, Report, Severity, Waiver
from checker.report.causes import Cause, causes_of
from checker.report.rows import (
    AspectRow,
    Audience,
    GapRow,
    ItemGroup,
    PartRow,
    QuestionRow,
    RuleRow,
    View,
    WaiverRow,
)
from checker.wording import Language, Wording, visible
from questionnaire.answers import Place
from questionnaire.chapters import has_parts, heading_of
from questionnaire.schema import Schema

WHOLE_COLUMN = "misplaced-column"  # what is wrong with the whole return stands on top
QUOTED = 80  # characters of the words that a question is about


def build_view(report: Report, schema: Schema, words: Wording, audience: Audience = Audience.OFFICE) -> View:
    """Turns a report into ordered rows, once for all writers."""
    states = {item.id: item.state for item in report.items}
    causes = sorted(
        causes_of(report.findings, words), key=lambda cause: cause.urgency(states.get(cause.first.item or ""))
    )
    sheets = Counter(item.where.sheet for item in report.items if item.where)
    usual = sheets.most_common(1)[0][0] if sheets else None
    rows = tuple(
        _gap(number, cause, states, usual, report, schema, words, audience)
        for number, cause in enumerate(causes, start=1)
    )
    counts = {severity: sum(row.severity is severity for row in rows) for severity in Severity}
    return View(
        company=report.company,
        year=str(report.year or ""),
        file=visible(report.file, lines=False),
        questionnaire=report.questionnaire,
        frameworks=report.frameworks if audience is Audience.OFFICE else (),
        ready=report.ready,
        audience=audience,
        counts=counts,
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
        taken=tuple(_taken(report, schema, words)),
        verdict=_verdict(report, counts[Severity.ERROR], words),
        not_run=words.text("report", "pairs-separator").join(map(words.rule_title, report.not_run)),
        waivers=tuple(_waivers(report, schema, words)),
        questions=tuple(
            QuestionRow(
                schema.label(question.item),
                words.place(question.where),
                question_text(question, words),
                words.text("report", f"reply-{question.reply.value}") if question.reply else "",
            )
            for question in report.questions
        ),
    )


def question_text(question: Question, words: Wording) -> str:
    """A question in words, with the words that it is about."""
    quote = words.text("report", "pairs-separator").join(question.quotes)
    return words.text("report", f"question-{question.kind.value}", ask=question.ask, quote=quote[:QUOTED])


def _verdict(report: Report, errors: int, words: Wording) -> str:
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


def _not_in_force(report: Report, schema: Schema) -> list[str]:
    """Frameworks that gaps would name by default and do not, for no edition of theirs holds in the return's year."""
    usual = {edition.rpartition("-")[0] for edition in schema.links().editions}
    held = {edition.rpartition("-")[0] for edition in report.frameworks}
    return sorted(usual - held) if held < usual and report.year != schema.edition.year else []


def _taken(report: Report, schema: Schema, words: Wording) -> Iterator[str]:
    """A sentence on another year's questionnaire, on another reader, and on each sheet of somebody else's layout."""
    if report.chosen_by in ("near", "foreign", "override"):
        key = f"questionnaire-{report.chosen_by}"
        yield words.text("report", key, questionnaire=report.questionnaire, year=report.year)
    if gone := _not_in_force(report, schema):
        yield words.text("report", "not-in-force", frameworks=gone, year=report.year)
    if report.reading.reader not in ("", "own"):
        yield words.text("report", "reader", name=report.reading.reader, read=report.reading.read)
    for found in report.findings:
        if found.variant == WHOLE_COLUMN:
            yield words.finding(found).message
    for taken in report.reading.taken:
        key = "taken-below" if taken.answers == "below" else "taken"
        yield words.text(
            "report", key, sheet=taken.sheet, questions=taken.questions, answers=taken.answers,
            items=taken.items,
        )  # fmt: skip


def _state(item: ItemResult, words: Wording) -> str:
    """What an item's state is called; an answer that meets nothing of what is asked was given all the same."""
    if item.state is ItemState.MISSING and item.answer.strip():
        return words.text("report", "state-missed")
    return words.word("states", item.state.value)


def part_title(schema: Schema, item_id: str, words: Wording) -> str:
    """第一部分 公司管治; 一、环境管理 where the questionnaire has one part alone."""
    from questionnaire.numerals import numeral

    at, title = heading_of(schema, item_id)
    number = numeral(at) if words.language is Language.ZH else at
    key = "part" if has_parts(schema) else "section"
    return words.text("report", key, number=number, title=title)


def _gap(
    number: int, cause: Cause, states: Mapping[str, ItemState], usual: str | None, report: Report, schema: Schema,
    words: Wording, audience: Audience,
) -> GapRow:  # fmt: skip
    finding, worded = cause.first, cause.worded(words)
    item = schema.by_id.get(finding.item or "")
    asks = {aspect.id: aspect.ask for aspect in item.aspects} if item else {}
    weight = cause.weight(states.get(finding.item or ""))
    return GapRow(
        number=number,
        severity=finding.severity,
        severity_word=words.word("severity", finding.severity.value),
        weight=weight,
        weight_word=words.word("weights", weight.value),
        item=finding.item or "",
        label=schema.label(item.id) if item else _no_item(finding, words),
        part=part_title(schema, item.id, words) if item else "",
        question=item.question if item else "",
        aspects=tuple(asks[each.aspect] for each in cause.findings if each.aspect in asks),
        rule=finding.rule,
        title=worded.title,
        place=words.place(finding.where),
        where=finding.where,
        cell=_cell(finding.where, usual, words),
        quotes=cause.quotes,
        message=worded.message,
        mend=worded.mend,
        disclosures=_codes(cause.disclosures, report, words) if audience is Audience.OFFICE else (),
        fingerprint=cause.gap_ids,
    )


def _cell(where: Place, usual: str | None, words: Wording) -> str:
    cell = where.cell or (words.text("report", "line", number=where.line) if where.line else "")
    return f"{visible(where.sheet, lines=False)}!{cell}" if where.sheet and where.sheet != usual else cell


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


def _groups(rows: tuple[GapRow, ...], report: Report, words: Wording) -> Iterator[ItemGroup]:
    """By item in the questionnaire's order, then what belongs to none."""
    items = {item.id: item for item in report.items}
    order = {item: number for number, item in enumerate(items)}
    last = len(order)
    ordered = sorted(rows, key=lambda row: (order.get(row.item, last), row.label if not row.item else ""))
    for (item_id, label), found in groupby(ordered, key=lambda row: (row.item, row.label)):
        lines, item = tuple(found), items.get(item_id)
        state = _state(item, words) if item else ""
        where = (item.where or lines[0].where) if item else None
        inside = words.place(where).partition(" › ")[2] if where else ""
        yield ItemGroup(item, label, lines[0].part, state, where, inside, lines)


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
                    item_state_word=_state(item, words),
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
