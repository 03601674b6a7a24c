"""The versioned JSON form, ``esgcheck-report/1`` (CONTRACT); fields are only ever added."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import to_builtins

from checker.checking.diff import digest_of
from checker.finding import Finding, ItemResult, Report, Severity, Waiver
from checker.report.view import question_text
from checker.wording import Wording
from questionnaire.answers import Place
from questionnaire.schema import Schema

FORMAT = "esgcheck-report/1"
TOOL = "0.1.0"


def render(reports: Sequence[Report], schema_of: Callable[[str], Schema], words: Wording) -> bytes:
    """One object for one report, one object a line for several."""
    if len(reports) == 1:
        text = json.dumps(as_data(reports[0], words), ensure_ascii=False, indent=2)
        return f"{text}\n".encode("utf-8", "replace")
    return "".join(as_text(report, words) + "\n" for report in reports).encode("utf-8", "replace")


def as_text(report: Report, words: Wording) -> str:
    """The report as one line of JSON."""
    return json.dumps(as_data(report, words), ensure_ascii=False)


def as_data(report: Report, words: Wording) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "format": FORMAT,
        "tool": TOOL,
        "questionnaire": report.questionnaire,
        "questionnaire_chosen_by": report.chosen_by,
        "frameworks": list(report.frameworks),
        "unverified": list(report.unverified),
        "return": {
            "company": report.company,
            "year": report.year,
            "file": report.file,
            "sha256": report.sha256,
            "reading": to_builtins(report.reading),
        },
        "verdict": {
            "ready": report.ready,
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "notices": report.count(Severity.NOTICE),
        },
        "coverage": {
            "items": len(report.items),
            **{state.value: count for state, count in report.coverage.items()},
        },
        "items": [_item(item) for item in report.items],
        "findings": [_finding(finding, words) for finding in report.findings],
        "outcomes": [to_builtins(outcome) for outcome in report.outcomes],
        "failures": [to_builtins(failure) for failure in report.failures],
        "questions": [
            to_builtins(question) | {"where": _where(question.where), "text": question_text(question, words)}
            for question in report.questions
        ],
        "not_run": list(report.not_run),
        "waived": [_finding(pair.finding, words) | _waiver(pair.waiver) for pair in report.waived],
        "waivers": {
            "expired": [_finding(pair.finding, words) | _waiver(pair.waiver) for pair in report.expired],
            "unused": [_waiver(waiver) for waiver in report.unused],
        },
    }


def _item(item: ItemResult) -> dict[str, Any]:
    return {
        "id": item.id,
        "key": item.key,
        "label": item.label,
        "state": item.state.value,
        "where": _where(item.where),
        "option": item.option.value if item.option else None,
        "digest": digest_of(item.answer),
        "aspects": [
            {"id": aspect.id, "ask": aspect.ask, "state": aspect.state.value, "evidence": aspect.evidence}
            for aspect in item.aspects
        ],
    }


def _finding(finding: Finding, words: Wording) -> dict[str, Any]:
    worded = words.finding(finding)
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "item": finding.item,
        "aspect": finding.aspect,
        "where": _where(finding.where),
        "evidence": list(finding.evidence),
        "message": worded.message,
        "mend": worded.mend,
        "disclosures": list(finding.disclosures),
        "fingerprint": finding.fingerprint,
    }


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return {
        "fingerprint": waiver.fingerprint,
        "who": waiver.who,
        "why": waiver.why,
        "until": waiver.until.isoformat(),
    }


def _where(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"file": place.file, "sheet": place.sheet, "cell": place.cell, "line": place.line}
