"""The way back: a gap list that a subsidiary filled in, row by row, held against its latest return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path
from typing import Any

from checker.campaign.due import read_date
from checker.campaign.rounds import FINGERPRINT
from checker.checking.diff import Change, Gap, compare
from checker.finding import Report
from checker.rules import ALL_RULES
from frameworks.ground.errors import InputError
from questionnaire.cells import clean_text, one_line, squeeze
from questionnaire.reading import read_tables

HEADER_DEPTH = 10  # rows in which the heads are looked for
# why a rule steps back from a whole return: nothing was given to compare it with
LACKING = frozenset({"no-parent-return", "nothing-to-compare", "no-last-year"})
WAY_BACK = ("measures", "supplement", "owner", "due")


class State(StrEnum):
    """How a gap stands after the answer."""

    FIXED = "fixed"
    WORDS_ONLY = "words-only"
    MOVED = "moved"  # the answer was changed and still has the gap: to be asked again
    CLAIMED = "claimed"  # said to be added, the return is unchanged
    PLANNED = "planned"
    OVERDUE = "overdue"
    SILENT = "silent"
    UNCHECKED = "unchecked"  # no longer found, but its rule had nothing to compare with this time


class RefusalReason(StrEnum):
    """Why a row is not taken."""

    UNKNOWN = "unknown"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a row of a gap list that came back says of one gap; a row may stand for several of one cause."""

    row: int  # as Excel shows it
    fingerprint: str
    item: str
    label: str
    rule: str  # title
    aspect: str  # what it asks
    said: tuple[str, str, str, str]  # measures, supplement, owner, due
    due: date | None

    @property
    def is_silent(self) -> bool:
        """Whether nothing was filled in."""
        return not any(self.said)

    @property
    def is_undated(self) -> bool:
        """Whether a due date was filled in that nobody can read."""
        return bool(self.said[3]) and self.due is None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is not taken, and why."""

    row: int
    why: RefusalReason
    text: str
    first: int = 0  # the earlier row of the same gap


@dataclass(frozen=True, slots=True)
class GapList:
    """A gap list as it came back."""

    file: str
    company: str
    replies: tuple[Reply, ...]
    refused: tuple[Refusal, ...]


def read_gap_list(
    path: Path, heads: Mapping[str, AbstractSet[str]], known: Mapping[str, AbstractSet[str]] | None = None
) -> GapList:
    """Reads a gap list.

    Args:
        path: the workbook.
        heads: for each column's key the names it may have (``company`` for the line of the overview).
        known: by company, the gap ids that were sent out; None where that is not known.

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
                sent = None if known is None else known.get(squeeze(company), frozenset())
                return _gap_list(path.name, company, rows, number, columns, sent)
    raise InputError("not-a-gap-list", file=path.name)


def unjudged_rules(report: Report) -> frozenset[str]:
    """Rules that could find nothing in a report: left out, or without what they compare with."""
    judged = {outcome.rule for outcome in report.outcomes if not LACKING & outcome.not_applicable.keys()}
    return frozenset(ALL_RULES) - judged


def state_of(
    reply: Reply,
    gap: Gap,
    current: Sequence[Gap] | None,
    today: date,
    unjudged: AbstractSet[str] = frozenset(),
) -> State:
    """How a gap stands.

    Args:
        reply: the row.
        gap: the gap that it answers.
        current: the company's gaps now; None where its latest return is not known.
        today: by which plans are overdue.
        unjudged: rules that could not find it again; its absence is then no mend.
    """
    if current is not None:
        change = compare([gap], current)[0].change
        if change is Change.FIXED:
            return State.UNCHECKED if gap.rule in unjudged else State.FIXED
        if change is Change.WORDS_ONLY:
            return State.WORDS_ONLY
        if change is Change.MOVED:
            return State.MOVED
        if reply.said[1]:
            return State.CLAIMED
    if reply.is_silent:
        return State.SILENT
    return State.OVERDUE if reply.due is not None and reply.due < today else State.PLANNED


def _company(rows: Sequence[Sequence[Any]], names: AbstractSet[str]) -> str:
    for row in rows[:HEADER_DEPTH]:
        if len(row) > 1 and str(row[0]) in names:
            return one_line(str(row[1]))
    return ""


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
                )
            )  # fmt: skip
    return GapList(file, company, tuple(replies), tuple(refused))
