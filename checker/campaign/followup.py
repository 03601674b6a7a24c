"""The way back: a gap list that a subsidiary filled in, row by row, held against its latest return."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from checker.campaign.company_memory import FINGERPRINT
from checker.campaign.due import read_date
from checker.campaign.replies import disputed, refuses
from checker.checking.diff import Change, Gap, Judged, compare
from frameworks.ground.errors import InputError
from questionnaire.cells import clean_text, one_line, squeeze
from questionnaire.reading import read_tables

HEADER_DEPTH = 10  # rows in which the heads are looked for
SAID = "said"  # with which a row of what the answers said begins
WAY_BACK = ("measures", "supplement", "owner", "due")


class State(StrEnum):
    """How a gap stands after the answer."""

    FIXED = "fixed"
    WORDS_ONLY = "words-only"
    MOVED = "moved"  # the answer was changed and still has the gap: to be asked again
    CLAIMED = "claimed"  # said to be added, the return is unchanged
    PLANNED = "planned"
    NO_PLAN = (
        "no-plan"  # answered, but nothing that could be held against the calendar: 尽快, a name, a refusal
    )
    DISPUTED = "disputed"  # the company says that there is no gap: the office has to answer
    ANSWERED = "answered"  # the office answered the dispute
    WAIVED = "waived"  # accepted by the office
    OVERDUE = "overdue"
    SILENT = "silent"
    UNCHECKED = "unchecked"  # no longer found, but its rule had nothing to compare with this time


SETTLED = frozenset({State.FIXED, State.WAIVED})  # nothing is left to do


class RefusalReason(StrEnum):
    """Why a row is not taken."""

    UNKNOWN = "unknown"
    TWICE = "twice"


class Reply(Struct, frozen=True):
    """What a row of a gap list that came back says of one gap; a row may stand for several of one cause."""

    row: int  # as Excel shows it
    fingerprint: str
    item: str
    label: str
    rule: str  # title
    aspect: str  # what it asks
    said: tuple[str, str, str, str]  # measures, supplement, owner, due
    due: date | None
    objection: str = ""  # the column for disputes
    answer: str = ""  # what the office answered

    @property
    def dispute(self) -> str:
        """Why the company says that there is no gap; empty where it does not."""
        return self.objection or disputed(self.said[0], self.said[1])

    @property
    def is_silent(self) -> bool:
        """Whether nothing was filled in."""
        return not any((*self.said, self.objection))

    @property
    def is_plan(self) -> bool:
        """Whether somebody says by when, and does not refuse."""
        return self.due is not None and not refuses(self.said[0], self.said[1])

    @property
    def is_undated(self) -> bool:
        """Whether a due date was filled in that nobody can read."""
        return bool(self.said[3]) and self.due is None


class Refusal(Struct, frozen=True):
    """A row that is not taken, and why."""

    row: int
    why: RefusalReason
    text: str
    first: int = 0  # the earlier row of the same gap


class GapList(Struct, frozen=True):
    """A gap list as it came back."""

    file: str
    company: str
    replies: tuple[Reply, ...]
    refused: tuple[Refusal, ...]
    said: Mapping[str, str] = field(
        default_factory=dict
    )  # by item, a digest of its answer when the list was written


def read_gap_list(
    path: Path, heads: Mapping[str, AbstractSet[str]], known: Callable[[str], AbstractSet[str]] | None = None
) -> GapList:
    """Reads a gap list.

    Args:
        path: the workbook.
        heads: for each column's key the names it may have (``company`` for the line of the overview).
        known: the gap ids that were sent out to a company; None where that is not known.

    Raises:
        InputError: it has no column of gap ids.
        ReturnError: it is no workbook.
    """
    sheets = read_tables(path)
    company = next((name for rows in sheets if (name := _company(rows, heads["company"]))), "")
    for rows in sheets:
        for number, row in enumerate(rows[:HEADER_DEPTH]):
            columns = _columns(row, heads)
            if "fingerprint" in columns:
                sent = None if known is None else known(company)
                found = _gap_list(path.name, company, rows, number, columns, sent)
                return replace(found, said=_said(sheets, company))
    raise InputError("not-a-gap-list", file=path.name)


def state_of(
    reply: Reply,
    gap: Gap,
    current: Sequence[Gap] | None,
    today: date,
    judged: Judged = Judged(),  # noqa: B008
) -> State:
    """How a gap stands.

    Args:
        reply: the row.
        gap: the gap that it answers.
        current: the company's gaps now; None where its latest return is not known.
        today: by which plans are overdue.
        judged: what the latest check could find; a gap that it could not find again is not mended.
    """
    change = None if current is None else compare([gap], current, judged=judged)[0].change
    if change in _SETTLED:
        return _SETTLED[change]
    if reply.dispute:
        return State.ANSWERED if reply.answer else State.DISPUTED
    if change in _CHANGED:
        return _CHANGED[change]
    if change is not None and reply.said[1]:
        return State.CLAIMED
    if reply.is_silent:
        return State.SILENT
    if not reply.is_plan:
        return State.NO_PLAN
    return State.OVERDUE if reply.due is not None and reply.due < today else State.PLANNED


_SETTLED = {
    Change.FIXED: State.FIXED,
    Change.UNCHECKED: State.UNCHECKED,
    Change.WAIVED: State.WAIVED,
}
_CHANGED = {Change.WORDS_ONLY: State.WORDS_ONLY, Change.MOVED: State.MOVED}


def _company(rows: Sequence[Sequence[Any]], names: AbstractSet[str]) -> str:
    for row in rows[:HEADER_DEPTH]:
        if len(row) > 1 and str(row[0]) in names:
            return one_line(str(row[1]))
    return ""


def said_row(company: str, said: Mapping[str, str]) -> tuple[str, ...]:
    """A row of the hidden sheet of a gap list: what a company's items said when it was written."""
    return SAID, squeeze(company), " ".join(f"{item}={digest}" for item, digest in said.items())


def _said(sheets: Sequence[Sequence[Sequence[Any]]], company: str) -> dict[str, str]:
    """What the answers said when the list was written; empty for lists made before that was kept."""
    for row in (row for rows in sheets for row in rows if len(row) > 2 and str(row[0]) == SAID):
        if squeeze(str(row[1])) == squeeze(company):
            pairs = (each.partition("=") for each in str(row[2]).split())
            return {item: digest for item, _, digest in pairs}
    return {}


def _columns(row: Sequence[Any], heads: Mapping[str, AbstractSet[str]]) -> dict[str, int]:
    return {
        key: column for column, value in enumerate(row) for key, names in heads.items() if str(value) in names
    }


def _gap_list(
    file: str, company: str, rows: Sequence[Sequence[Any]], head: int, columns: Mapping[str, int],
    sent: AbstractSet[str] | None,
) -> GapList:  # fmt: skip
    replies: list[Reply] = []
    refused: list[Refusal] = []
    first: dict[str, int] = {}
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        cells = {key: row[column] if column < len(row) else "" for key, column in columns.items()}
        text = {key: clean_text(str(value)) for key, value in cells.items()}
        if not any(text.values()):
            continue
        gap_ids = list(dict.fromkeys(text["fingerprint"].lower().split()))
        unknown = (
            not gap_ids
            or not all(map(FINGERPRINT.match, gap_ids))
            or not text.get("rule")
            or (sent is not None and not sent >= set(gap_ids))
        )
        earlier = [first[gap_id] for gap_id in gap_ids if gap_id in first]
        if unknown or earlier:
            why = RefusalReason.UNKNOWN if unknown else RefusalReason.TWICE
            shown = " ".join(text.get(key, "") for key in ("label", "rule", "measures") if text.get(key))
            refused.append(Refusal(number, why, shown[:60], min(earlier, default=0)))
            continue
        measures, supplement, owner, due = (text.get(key, "") for key in WAY_BACK)
        for gap_id, aspect in zip_longest(
            gap_ids, text.get("aspect", "").split("\n")[: len(gap_ids)], fillvalue=""
        ):
            first[gap_id] = number
            replies.append(
                Reply(
                    number, gap_id, text.get("item", ""), text.get("label", ""), text.get("rule", ""),
                    aspect, (measures, supplement, owner, due), read_date(cells.get("due", "")),
                    text.get("dispute", ""), text.get("answer", ""),
                )
            )  # fmt: skip
    return GapList(file, company, tuple(replies), tuple(refused))
