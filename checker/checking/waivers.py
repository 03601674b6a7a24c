"""Findings that the group office accepts: who, why, until when.

A waiver names a finding by its fingerprint, so it holds while the answer says what it said, wherever the row has
moved, and falls away when the quoted words change. It ends with the day ``until``. With ``below: true`` one of a
sub-group holds for the same gap of the companies below it, too. Waivers stand in ``esgcheck.yaml`` beside the returns
(``checking.settings``).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Any

from msgspec import Meta
from msgspec.structs import asdict, replace

from checker.finding import Report, WaivedFinding, Waiver
from frameworks.ground.errors import SchemaError, SchemaErrors
from frameworks.ground.written import Given, Written
from frameworks.ground.yaml import Document

FINGERPRINT = r"^[0-9a-f]{16}$"
KEYS = ("waivers", "rules", "fingerprint", "who", "why", "until", "below")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")  # pydantic alone would read 20251231 as seconds


def written_out(fingerprint: object) -> object:
    """A fingerprint as it stands in the file: one of digits alone is a number in YAML."""
    is_number = isinstance(fingerprint, int) and not isinstance(fingerprint, bool)
    return f"{fingerprint:016d}" if is_number else fingerprint


def _as_date(value: object) -> object:
    if not isinstance(value, str) or not _DATE.match(value):
        raise ValueError("date")
    return value


def _as_switch(value: object) -> object:
    if not isinstance(value, bool):
        raise ValueError("bool")
    return value


class _Entry(Written, frozen=True):
    """A waiver as it stands in the file."""

    fingerprint: Annotated[str, Meta(pattern=FINGERPRINT), Given(written_out)]
    who: Annotated[str, Meta(min_length=1)]
    why: Annotated[str, Meta(min_length=1)]
    until: Annotated[date, Given(_as_date)]
    below: Annotated[bool, Given(_as_switch)] = False


def _none_yet(value: object) -> object:
    return () if value is None else value


class _File(Written, frozen=True):
    waivers: Annotated[tuple[_Entry, ...], Given(_none_yet)] = ()


def read_waivers(document: Document, name: str) -> tuple[Waiver, ...]:
    """The waivers of a file, in its order.

    Raises:
        SchemaErrors: every mistake with line and column.
    """
    from pydantic import ValidationError

    try:
        entries = _File.built_from({"waivers": None} if not document.data else document.data).waivers
    except ValidationError as error:
        raise SchemaErrors(
            sorted((_translate(document, detail) for detail in error.errors()), key=_line)
        ) from error
    lines = [document.place(("waivers", number))[0] for number in range(len(entries))]
    placed = tuple(
        Waiver(**asdict(entry), place=f"{name}:{line}") for entry, line in zip(entries, lines, strict=True)
    )
    if twice := _duplicates(document, placed):
        raise SchemaErrors(twice)
    return placed


def apply(report: Report, waivers: Iterable[Waiver], today: date) -> Report:
    """The report with accepted findings set apart; what ran out or meets nothing is listed."""
    known = {waiver.fingerprint: waiver for waiver in waivers}
    met = [
        WaivedFinding(finding=finding, waiver=known[finding.fingerprint])
        for finding in report.findings
        if finding.fingerprint in known
    ]
    waived = tuple(pair for pair in met if today <= pair.waiver.until)
    accepted = {pair.finding.fingerprint for pair in waived}
    used = {pair.waiver.fingerprint for pair in met}
    partly = report.not_run or report.failures  # a rule that did not run may be the one that is waived
    return replace(
        report,
        findings=tuple(found for found in report.findings if found.fingerprint not in accepted),
        waived=waived,
        expired=tuple(pair for pair in met if pair.waiver.until < today),
        unused=() if partly else tuple(w for w in known.values() if w.fingerprint not in used),
    )


def settle(reports: Sequence[Report], *, complete: bool = True) -> list[Report]:
    """Reports checked together: a waiver is unused only when it meets a finding in none of them.

    Args:
        reports: each after ``apply``.
        complete: False when a return could not be read; its waivers are then not called unused.
    """
    used = {pair.waiver for report in reports for pair in (*report.waived, *report.expired)}
    return [
        replace(report, unused=tuple(w for w in report.unused if complete and w not in used))
        for report in reports
    ]


def _translate(document: Document, detail: Any) -> SchemaError:
    path = tuple(detail["loc"])
    line, column = document.place(path)
    field = str(path[-1]) if path else ""
    place: dict[str, Any] = {"file": document.name, "line": line, "column": column}
    if detail["type"] == "extra_forbidden":
        near = difflib.get_close_matches(field, KEYS, n=1, cutoff=0.5)
        return SchemaError("schema-unknown-key", field=field, near=near, **place)
    if detail["type"] == "missing":
        return SchemaError("schema-missing-key", field=field, **place)
    code = {
        "until": "waiver-bad-date",
        "fingerprint": "waiver-bad-fingerprint",
        "below": "waiver-bad-below",
    }.get(field, "waiver-bad-text")
    if field not in ("fingerprint", "who", "why", "until", "below"):
        return SchemaError("waivers-not-a-list", **place)
    return SchemaError(code, field=field, value=str(detail["input"] or "")[:40], **place)


def _line(error: SchemaError) -> tuple[int, int]:
    return error.line or 0, error.column or 0


def _duplicates(document: Document, waivers: Sequence[Waiver]) -> list[SchemaError]:
    """Fingerprints that stand twice, at the second place: two dates for one finding cannot both hold."""
    first: dict[str, str] = {}
    errors = []
    for number, waiver in enumerate(waivers):
        if waiver.fingerprint in first:
            line, column = document.place(("waivers", number, "fingerprint"))
            errors.append(
                SchemaError(
                    "waiver-duplicate", file=document.name, line=line, column=column,
                    value=waiver.fingerprint, first=first[waiver.fingerprint],
                )
            )  # fmt: skip
        first.setdefault(waiver.fingerprint, waiver.place)
    return errors
