"""What the campaign workbook remembers from one round to the next: open gaps, closed ones, and the rounds so far."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from checker.campaign.book import read_rows
from checker.campaign.entries import Entry
from checker.checking.diff import Change, Gap, GapChange, Judged, compare, rewritten
from frameworks.ground.errors import InputError, ReturnError
from questionnaire.cells import squeeze
from questionnaire.provenance import is_ours
from questionnaire.reading import read_bytes

MEMORY = "_memory"  # the hidden sheet: rounds, and gaps that were fixed
FINGERPRINT = re.compile(r"[0-9a-f]{16}\Z")
CLOCK = 60.0  # seconds; the book of 3,000 companies has 20 times the cells of a return
ROOM = 3 << 30  # bytes of address space
TRACES = ";"  # between what is kept of several gaps in one row
_CHANGES = frozenset(Change)


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
    said: dict[str, dict[str, str]] = field(default_factory=dict)  # by company: what items said, as digests
    gone: list[tuple[str, GapChange]] = field(
        default_factory=list
    )  # company, gap no longer found at the last round

    def again(self, digest: str) -> bool:
        """Whether the last round saw the very same returns."""
        return bool(self.rounds) and self.rounds[-1].digest == digest

    def changes(
        self,
        company: str,
        gaps: Iterable[Gap],
        digest: str,
        said: Mapping[str, str] = MappingProxyType({}),
        judged: Judged = Judged(),  # noqa: B008
    ) -> list[GapChange]:
        """What became of a company's gaps since the last round; nothing on the first, the same on the same.

        Args:
            company: its name.
            gaps: those of this round.
            digest: of all returns of this round.
            said: what its items say now, as digests.
            judged: what this round could find.
        """
        key, now = squeeze(company), list(gaps)
        if not self.rounds:
            return []
        if self.again(digest):
            return [
                GapChange(gap, Change(state), gap)
                for gap in now
                if (state := self.states.get(gap.fingerprint))
            ]
        judged = judged._replace(rewritten=rewritten(self.said.get(key, {}), said))
        return compare(self.gaps.get(key, ()), now, self.closed.get(key, set()), judged)


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
    """The memory of a campaign workbook, read in a worker of its own: users edit such books, too.

    Raises:
        InputError: it is no campaign workbook of ours, or its hidden record was changed.
        ReturnError: it cannot be read.
    """
    from questionnaire.reading.files.isolate import Worker, WorkerFault

    content = read_bytes(path)
    worker = Worker(recall, CLOCK, ROOM)
    try:
        found: Memory = worker.run(content, str(path))
    except WorkerFault as fault:
        raise ReturnError(f"reader-{fault.fault.value}", file=str(path)) from fault
    finally:
        worker.close()
    return found


def recall(content: bytes, file: str) -> Memory:
    """The memory in a campaign workbook's bytes; only for the worker.

    Raises:
        InputError: it is no campaign workbook of ours, or its hidden record was changed.
    """
    if not is_ours(content):
        raise InputError("not-a-campaign", file=file)
    sheets = read_rows(content)
    if MEMORY not in sheets:
        raise InputError("not-a-campaign", file=file)
    memory = Memory()
    try:
        for row in sheets.pop(MEMORY):
            _remember(memory, row)
    except ValueError as error:
        raise InputError("campaign-edited", file=file) from error
    for rows in sheets.values():
        for row in rows:
            _gap_row(memory, row)
    return memory


def _gap_row(memory: Memory, row: Sequence[str]) -> None:
    """A row of a gap list, known by its gap ids and the traces beside them, whatever was added; any other is none."""
    for at in range(len(row) - 2, 0, -1):
        gap_ids, traces = row[at].split(" "), row[at + 1].split(TRACES)
        if len(gap_ids) != len(traces) or not all(map(FINGERPRINT.match, gap_ids)):
            continue
        if any(trace.count(" ") != 3 for trace in traces):
            continue
        for gap_id, trace in zip(gap_ids, traces, strict=True):
            rule, item, aspect, change = ("" if part == "-" else part for part in trace.split(" "))
            memory.gaps.setdefault(squeeze(row[0]), []).append(Gap(gap_id, rule, item, aspect))
            if change in _CHANGES:
                memory.states[gap_id] = change
        return


def _remember(memory: Memory, row: Sequence[str]) -> None:
    """Raises ValueError where a row is not what ``round_row`` and ``closed_row`` write."""
    kind, *values = [value for value in row if value] or [""]
    if kind == "round":
        number, day, digest, returns, counts, *changes = values
        errors, warnings, notices = map(int, counts.split())
        memory.rounds.append(
            Round(int(number), day, digest, int(returns), (errors, warnings, notices),
                  tuple(map(int, " ".join(changes).split())))
        )  # fmt: skip
    elif kind == "closed":
        company, fingerprint = values
        memory.closed.setdefault(company, set()).add(fingerprint)
    elif kind == "said":
        company, told = values
        memory.said[company] = read_said_digests(told)
    elif kind == "gone":
        company, change, *parts = values
        gap = Gap(*("" if part == "-" else part for part in parts))
        memory.gone.append((company, GapChange(gap, Change(change))))
        if memory.gone[-1][1].change is Change.UNCHECKED:  # the next round asks again
            memory.gaps.setdefault(squeeze(company), []).append(gap)


def traces(gaps: Iterable[Gap], change: Change | None) -> str:
    """What the hidden column beside the gap ids keeps of each: rule, item, aspect, and what it was called."""
    called = change.value if change else "-"
    return TRACES.join(f"{gap.rule} {gap.item or '-'} {gap.aspect or '-'} {called}" for gap in gaps)


def closed_row(company: str, fingerprint: str) -> tuple[str, ...]:
    """A row of the hidden sheet for a gap that was fixed."""
    return "closed", squeeze(company), fingerprint


def said_row(company: str, said: Mapping[str, str]) -> tuple[str, ...]:
    """A row of the hidden sheet for what a company's items said."""
    return "said", squeeze(company), " ".join(f"{item}={digest}" for item, digest in said.items())


def read_said_digests(told: str) -> dict[str, str]:
    """What ``said_row`` wrote, by item."""
    pairs = (each.partition("=") for each in told.split())
    return {item: digest for item, _, digest in pairs}


def gone_row(company: str, changed: GapChange) -> tuple[str, ...]:
    """A row of the hidden sheet for a gap that is no longer found."""
    gap = changed.gap
    return (
        "gone",
        company,
        changed.change.value,
        gap.fingerprint,
        gap.rule,
        gap.item or "-",
        gap.aspect or "-",
    )


def round_row(each: Round) -> tuple[str, ...]:
    """A row of the hidden sheet for a round."""
    return (
        "round", str(each.number), each.day, each.digest, str(each.returns), " ".join(map(str, each.counts)),
        " ".join(map(str, each.changes)),
    )  # fmt: skip
