"""What the campaign workbook remembers from one round to the next: open gaps, closed ones, and the rounds so far."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from checker.campaign.entries import Entry
from checker.checking.diff import Change, Gap, GapChange, compare
from frameworks.ground.errors import InputError
from questionnaire.cells import squeeze
from questionnaire.provenance import is_ours
from questionnaire.reading import read_bytes

MEMORY = "_memory"  # the hidden sheet: rounds, and gaps that were fixed
COUNTED = tuple(Change)
FINGERPRINT = re.compile(r"[0-9a-f]{16}\Z")


@dataclass(frozen=True, slots=True)
class Round:
    """One round of the campaign."""

    number: int
    day: str
    digest: str  # of the returns that came in
    returns: int
    counts: tuple[int, int, int]
    changes: tuple[int, ...] = ()  # in the order of COUNTED


@dataclass
class Memory:
    """What an earlier workbook remembers; empty for the first round."""

    rounds: list[Round] = field(default_factory=list)
    gaps: dict[str, list[Gap]] = field(default_factory=dict)  # by company: open at the last round
    states: dict[str, str] = field(default_factory=dict)  # fingerprint → what it was called at the last round
    closed: dict[str, set[str]] = field(default_factory=dict)  # by company: fixed at any round

    def again(self, digest: str) -> bool:
        """Whether the last round saw the very same returns."""
        return bool(self.rounds) and self.rounds[-1].digest == digest

    def changes(self, company: str, gaps: Iterable[Gap], digest: str) -> list[GapChange]:
        """What became of a company's gaps since the last round; nothing on the first, the same on the same."""
        key, now = squeeze(company), list(gaps)
        if not self.rounds:
            return []
        if self.again(digest):
            return [
                GapChange(gap, Change(state), gap)
                for gap in now
                if (state := self.states.get(gap.fingerprint))
            ]
        return compare(self.gaps.get(key, ()), now, self.closed.get(key, set()))


def digest_of(entries: Sequence[Entry]) -> str:
    """What tells one round from another: the companies and their files' content."""
    lines = "\n".join(f"{squeeze(entry.company)} {entry.key}" for entry in entries)
    return hashlib.sha256(lines.encode()).hexdigest()[:16]


def next_round(memory: Memory, day: date, digest: str, returns: int) -> Round:
    """The round that is being made; the last one again when the returns are the same."""
    if memory.again(digest):
        last = memory.rounds[-1]
        return Round(last.number, last.day, digest, returns, (0, 0, 0), last.changes)
    number = memory.rounds[-1].number + 1 if memory.rounds else 1
    return Round(number, day.isoformat(), digest, returns, (0, 0, 0))


def load_memory(path: Path) -> Memory:
    """The memory of a campaign workbook.

    Raises:
        InputError: it is no campaign workbook of ours.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    content = read_bytes(path)
    if not is_ours(content):
        raise InputError("not-a-campaign", file=str(path))
    try:
        book = CalamineWorkbook.from_path(str(path))
        if MEMORY not in book.sheet_names:
            raise InputError("not-a-campaign", file=str(path))
        sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except CalamineError as error:
        raise InputError("not-a-campaign", file=str(path)) from error
    memory = Memory()
    for kind, *values in sheets.pop(MEMORY):
        _remember(memory, str(kind), [str(value) for value in values])
    for rows in sheets.values():
        for row in rows:
            _gap_row(memory, [str(value) for value in row])
    return memory


def _gap_row(memory: Memory, row: Sequence[str]) -> None:
    """A row of a gap list, known by its gap id and trace; any other row is none."""
    if len(row) < 3 or not FINGERPRINT.match(row[-2]):
        return
    parts = row[-1].split(" ")
    if len(parts) != 4:
        return
    rule, item, aspect, change = ("" if part == "-" else part for part in parts)
    memory.gaps.setdefault(squeeze(row[0]), []).append(Gap(row[-2], rule, item, aspect))
    if change:
        memory.states[row[-2]] = change


def _remember(memory: Memory, kind: str, values: list[str]) -> None:
    if kind == "round":
        number, day, digest, returns, counts, changes = values[:6]
        errors, warnings, notices = map(int, counts.split())
        memory.rounds.append(
            Round(int(number), day, digest, int(returns), (errors, warnings, notices),
                  tuple(map(int, changes.split())))
        )  # fmt: skip
    elif kind == "closed":
        memory.closed.setdefault(values[0], set()).add(values[1])


def trace(gap: Gap, change: Change | None) -> str:
    """What the hidden column beside the gap id keeps: rule, item, aspect, and what the gap was called."""
    return " ".join((gap.rule, gap.item or "-", gap.aspect or "-", change.value if change else "-"))


def closed_row(company: str, fingerprint: str) -> tuple[str, ...]:
    """A row of the hidden sheet for a gap that was fixed."""
    return "closed", squeeze(company), fingerprint


def round_row(each: Round) -> tuple[str, ...]:
    """A row of the hidden sheet for a round."""
    return (
        "round", str(each.number), each.day, each.digest, str(each.returns), " ".join(map(str, each.counts)),
        " ".join(map(str, each.changes)),
    )  # fmt: skip
