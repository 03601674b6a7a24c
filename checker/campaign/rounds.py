"""The rounds of a campaign, and what its workbook remembers from one to the next: on a hidden sheet, of each company.

Only that sheet is read back: the lists are long, and people sort, filter and shorten them.
"""

from __future__ import annotations

import base64
import hashlib
import io
import struct
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.json import decode, encode

from checker.campaign.company_memory import CompanyMemory, unpack
from checker.campaign.entries import Entry
from checker.checking.diff import Gap, GapChange, Judged
from frameworks.ground.errors import InputError, ReturnError
from questionnaire.cells import squeeze
from questionnaire.provenance import is_ours
from questionnaire.reading import read_bytes

MEMORY = "_memory"  # the hidden sheet
BOOK = 1 << 30  # bytes of a workbook; that of 10,000 companies has a sixth
CLOCK = 60.0  # seconds; Excel puts the words of all lists into one table, which is read with the hidden sheet
ROOM = 3 << 30  # bytes of address space
CELL = 32_000  # letters in one cell, below Excel's limit

_SIZE = struct.Struct("<I")


class Round(Struct, frozen=True):
    """One round of the campaign."""

    number: int
    day: str
    digest: str  # of the returns that came in
    returns: int
    counts: tuple[int, int, int]
    changes: tuple[int, ...] = ()  # in the order of COUNTED


class Memory(Struct, frozen=True):
    """What an earlier workbook remembers; empty for the first round."""

    rounds: list[Round] = field(default_factory=list)
    companies: dict[str, bytes] = field(default_factory=dict)  # squeezed name → packed
    file: str = ""

    def again(self, digest: str) -> bool:
        """Whether the last round saw the very same returns."""
        return bool(self.rounds) and self.rounds[-1].digest == digest

    def of(self, company: str) -> CompanyMemory:
        """What it remembers of a company.

        Raises:
            InputError: the hidden record was changed.
        """
        packed = self.companies.get(squeeze(company))
        try:
            return CompanyMemory() if packed is None else unpack(packed)
        except ValueError as error:
            raise InputError("campaign-edited", file=self.file) from error

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
        if not self.rounds:
            return []
        return self.of(company).changes(gaps, said, judged, again=self.again(digest))

    def sent(self, company: str) -> AbstractSet[str]:
        """The ids of the gaps that a company was told of."""
        return {gap.fingerprint for gap in self.of(company).gaps}


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

    worker = Worker(recall, CLOCK, ROOM)
    try:
        return _unpacked(worker.run(str(path)), str(path))
    except WorkerFault as fault:
        raise ReturnError(f"reader-{fault.fault.value}", file=str(path)) from fault
    except ValueError as error:  # a child that answers, and not with a memory: its file took it over
        raise ReturnError("reader-died", file=str(path)) from error
    finally:
        worker.close()


class _Head(Struct, frozen=True):
    """What stands before the companies' own bytes."""

    rounds: list[Round]
    sizes: dict[str, int]


def _unpacked(told: bytes, file: str) -> Memory:
    """What ``recall`` packed.

    Raises:
        ValueError: it is none.
    """
    (at,) = _SIZE.unpack_from(told.ljust(_SIZE.size))
    at += _SIZE.size
    head = decode(told[_SIZE.size : at], type=_Head)
    memory = Memory(head.rounds, file=file)
    for company, size in head.sizes.items():
        memory.companies[company] = told[at : at + size]
        at += size
    return memory


def recall(file: str) -> bytes:
    """The memory in a campaign workbook, packed; only for the worker.

    Raises:
        InputError: it is no campaign workbook of ours, or its hidden record was changed.
        ReturnError: it cannot be opened.
    """
    from python_calamine import CalamineWorkbook

    content = read_bytes(Path(file), BOOK)
    if not is_ours(content):
        raise InputError("not-a-campaign", file=file)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    if MEMORY not in book.sheet_names:
        raise InputError("not-a-campaign", file=file)
    memory = Memory(file=file)
    try:
        for row in book.get_sheet_by_name(MEMORY).to_python():
            _remember(memory, [str(value) for value in row if value != ""])
    except ValueError as error:
        raise InputError("campaign-edited", file=file) from error
    sizes = {company: len(packed) for company, packed in memory.companies.items()}
    head = encode(_Head(memory.rounds, sizes))
    return b"".join((_SIZE.pack(len(head)), head, *memory.companies.values()))


def _remember(memory: Memory, row: Sequence[str]) -> None:
    """Raises ValueError where a row is not what ``round_row`` and ``company_row`` write."""
    kind, *values = row or [""]
    if kind == "round":
        number, day, digest, returns, counts, *changes = values
        errors, warnings, notices = map(int, counts.split())
        memory.rounds.append(
            Round(int(number), day, digest, int(returns), (errors, warnings, notices),
                  tuple(map(int, " ".join(changes).split())))
        )  # fmt: skip
    elif kind == "company":
        company, *packed = values
        memory.companies[company] = base64.b64decode("".join(packed), validate=True)
        unpack(memory.companies[company])


def company_row(company: str, packed: bytes) -> tuple[str, ...]:
    """A row of the hidden sheet for a company."""
    letters = base64.b64encode(packed).decode()
    return "company", squeeze(company), *(letters[at : at + CELL] for at in range(0, len(letters), CELL))


def round_row(each: Round) -> tuple[str, ...]:
    """A row of the hidden sheet for a round."""
    return (
        "round", str(each.number), each.day, each.digest, str(each.returns), " ".join(map(str, each.counts)),
        " ".join(map(str, each.changes)),
    )  # fmt: skip
