"""Who should have sent a return: a list in a workbook, its columns found by what they say."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct

from checker.campaign.due import read_date
from checker.campaign.entries import Entry
from checker.campaign.folder import SkippedFile, SkipReason
from frameworks.ground.errors import InputError
from frameworks.ground.yaml import load_data
from questionnaire.cells import clean_text, one_line, squeeze
from questionnaire.drafting.head import short_names
from questionnaire.reading import read_tables

HEADER_DEPTH = 20  # rows in which the heads are looked for
LEAST_NAME = 3  # letters of a company's name, or of a file's, by which one is known from the other
EARLIEST = date(1980, 1, 1)  # what a zip or a FAT disk can date


class Standing(StrEnum):
    """How a company stands with its return."""

    SENT = "sent"
    LATE = "late"  # sent after the due date
    MISSING = "missing"  # not sent, the due date is past
    AWAITED = "awaited"  # not sent, not due yet
    UNKNOWN = "unknown"  # sent, not on the roster


class ListedCompany(Struct, frozen=True):
    """One company of the roster."""

    company: str
    kind: str = ""
    contact: str = ""
    due: date | None = None
    received: date | None = None
    profile: str = ""
    parent: str = ""  # the company above it, where the roster says


class CompanyStanding(Struct, frozen=True):
    """A company with its standing."""

    listed: ListedCompany
    standing: Standing
    file: str = ""  # of its return; of a missing one, an unreadable file that is named after it
    came: date | None = None
    near: str = ""  # for one that is not on the roster: who may be meant


def read_roster(path: Path) -> tuple[ListedCompany, ...]:
    """The companies of a roster, in its order.

    Raises:
        InputError: no column says that it holds companies, a company stands twice, a date cannot be read.
    """
    rows = _rows(path)
    for number, row in enumerate(rows[:HEADER_DEPTH]):
        columns = _columns(row)
        if "company" in columns:
            return _listed(rows, number, columns, path.name)
    raise InputError("roster-no-company", file=path.name, names="、".join(_words()["company"][:4]))


def stand(
    roster: Sequence[ListedCompany],
    entries: Sequence[Entry],
    today: date,
    skipped: Sequence[SkippedFile] = (),
) -> list[CompanyStanding]:
    """Every company of the roster with its standing, then those that nobody expected.

    Args:
        roster: who is expected.
        entries: the returns.
        today: by which what is late is late.
        skipped: files that count for nobody, among which an unreadable one may be a missing company's.
    """
    sent = {squeeze(entry.company): entry for entry in entries}
    names = {squeeze(listed.company) for listed in roster}
    unread = [each.name for each in skipped if each.reason in (SkipReason.UNREADABLE, SkipReason.LOST)]
    found = [_standing(listed, sent.get(squeeze(listed.company)), today, unread) for listed in roster]
    missing = [each.listed.company for each in found if each.standing in (Standing.MISSING, Standing.AWAITED)]
    for key, entry in sorted(sent.items()):
        if key not in names:
            near = difflib.get_close_matches(entry.company, missing, n=1, cutoff=0.6)
            came = _day(entry.modified, today)
            found.append(
                CompanyStanding(
                    ListedCompany(entry.company), Standing.UNKNOWN, entry.name, came, near[0] if near else ""
                )
            )
    return found


def _standing(
    listed: ListedCompany, entry: Entry | None, today: date, unread: Sequence[str]
) -> CompanyStanding:
    if entry is None:
        overdue = listed.due is not None and listed.due < today
        standing = Standing.MISSING if overdue or listed.due is None else Standing.AWAITED
        return CompanyStanding(listed, standing, _named_after(listed.company, unread))
    came = listed.received or _day(entry.modified, today)
    late = listed.due is not None and came is not None and came > listed.due
    return CompanyStanding(listed, Standing.LATE if late else Standing.SENT, entry.name, came)


def _named_after(company: str, files: Sequence[str]) -> str:
    """The first file whose name holds a company's, or is the beginning of it: 连山物流.xlsx, 连山物流（加密）.xlsx."""
    whole = squeeze(company)
    core = next(iter(short_names(whole)), whole)
    for name in files:
        stem = squeeze(PurePosixPath(name).stem)
        if (len(core) >= LEAST_NAME and core in stem) or (len(stem) >= LEAST_NAME and whole.startswith(stem)):
            return name
    return ""


def _day(seconds: float, today: date) -> date | None:
    """The day of a file's time; None for one that no clock in order gave (the year 9999, before 1980)."""
    try:
        found = date.fromtimestamp(seconds)
    except (ValueError, OverflowError, OSError):
        return None
    return found if EARLIEST <= found <= today + timedelta(days=1) else None


def _rows(path: Path) -> list[list[str]]:
    return [row for sheet in read_tables(path) for row in sheet]


def _columns(row: Sequence[Any]) -> dict[str, int]:
    """Columns by meaning; for each meaning the first head that says it best."""
    found: dict[str, tuple[int, int]] = {}
    for column, value in enumerate(row):
        head = squeeze(value) if isinstance(value, str) else ""
        if not head or len(head) > 16:
            continue
        best = max(
            (
                (len(word), field)
                for field, names in _words().items()
                for word in map(squeeze, names)
                if word in head
            ),
            default=None,
        )
        if best is not None and best[0] > found.get(best[1], (0, 0))[0]:
            found[best[1]] = (best[0], column)
    return {name: column for name, (_, column) in found.items()}


def _listed(
    rows: list[list[Any]], head: int, columns: dict[str, int], file: str
) -> tuple[ListedCompany, ...]:
    found: list[ListedCompany] = []
    seen: set[str] = set()
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        cells = {name: row[column] if column < len(row) else "" for name, column in columns.items()}
        text = {name: clean_text(str(value)) for name, value in cells.items() if isinstance(value, str)}
        company = one_line(text.get("company", ""))
        if not company:
            continue
        if squeeze(company) in seen:
            raise InputError("roster-twice", file=file, line=number, column=1, company=company)
        seen.add(squeeze(company))
        found.append(
            ListedCompany(
                company=company,
                kind=text.get("kind", ""),
                contact=text.get("contact", "") or _plain(cells.get("contact", "")),
                due=_date(cells.get("due", ""), file, number, columns.get("due", 0)),
                received=_date(cells.get("received", ""), file, number, columns.get("received", 0)),
                profile=text.get("profile", ""),
                parent=one_line(text.get("parent", "")),
            )
        )
    return tuple(found)


def _plain(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value or "")


def _date(value: Any, file: str, row: int, column: int) -> date | None:
    found = read_date(value)
    text = clean_text(str(value))
    if found is None and text:
        raise InputError("roster-bad-date", file=file, line=row, column=column + 1, value=text[:40])
    return found


@cache
def _words() -> dict[str, list[str]]:
    data: dict[str, list[str]] = load_data("checker.data", "roster.yaml")["columns"]
    return data
