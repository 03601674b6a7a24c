"""A folder of returns to entries: what was read, by company; what is not counted, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from checker.campaign.examine import FileContent, How, examine
from checker.campaign.folder import Candidate, SkippedFile, SkipReason, load
from checker.campaign.pool import Open, run
from checker.campaign.record import Head, Record, read_head, read_items, read_record
from checker.campaign.spool import Spool, record_key
from checker.finding import ItemResult
from frameworks.ground.errors import ReturnError
from questionnaire.cells import squeeze
from questionnaire.editions import Editions
from questionnaire.reading.pictures import installed
from questionnaire.schema import Schema

Hear = Callable[[str, int, int], None]  # company or file, done, of how many


@dataclass(frozen=True, slots=True)
class Entry:
    """One return that was read; its record lies in the spool."""

    name: str
    key: str
    company: str
    modified: float
    head: Head


@dataclass(frozen=True)
class Returns:
    """All returns of a folder."""

    entries: tuple[Entry, ...]  # one a company, by company
    skipped: tuple[SkippedFile, ...]  # by file name
    spool: Spool

    def record(self, entry: Entry) -> Record:
        """The record of an entry, from the spool; its report has no items."""
        return read_record(self.blob(entry), PurePosixPath(entry.name).name)

    def items(self, entry: Entry, schema: Schema) -> tuple[ItemResult, ...]:
        """The items of an entry's report."""
        return read_items(self.blob(entry), PurePosixPath(entry.name).name, schema)

    def blob(self, entry: Entry) -> bytes:
        """The bytes of an entry's record."""
        blob = self.spool.get(entry.key)
        if blob is None:
            raise ReturnError("record-lost", file=entry.name)
        return blob


@dataclass
class _Reading:
    """What is known while the folder is being read."""

    spool: Spool
    options: tuple[str, ...]  # on which a record depends besides its file
    entries: list[Entry] = field(default_factory=list)
    skipped: list[SkippedFile] = field(default_factory=list)
    waiting: dict[str, list[Candidate]] = field(default_factory=dict)  # key → all files of that content

    def jobs(self, candidates: list[Candidate]) -> Iterator[tuple[str, FileContent]]:
        """The files whose record is not there yet; the others are settled on the way."""
        for candidate in candidates:
            try:
                content, sha256 = load(candidate)
            except ReturnError as error:
                self.skipped.append(SkippedFile(candidate.name, SkipReason.UNREADABLE, error=error))
                continue
            suffix = candidate.path.suffix.lower()
            key = record_key(sha256, suffix, self.options)
            known = key in self.waiting
            self.waiting.setdefault(key, []).append(candidate)
            if not known and not self.cached(key):
                yield key, FileContent(suffix, content, sha256)

    def cached(self, key: str) -> bool:
        """Whether a sound record is there."""
        blob = self.spool.get(key)
        if blob is None:
            return False
        try:
            read_head(blob)
        except (ValueError, KeyError, TypeError):
            self.spool.forget(key)
            return False
        return True


def read_returns(
    candidates: list[Candidate],
    skipped: list[SkippedFile],
    spool: Spool,
    how: How,
    open_pool: Open,
    workers: int,
    told: Hear = lambda name, done, total: None,
) -> Returns:
    """Reads and checks all files, those with a record in the spool excepted.

    The order of ``candidates``, the number of workers and where they run make no difference to the result.
    """
    reading = _Reading(
        spool,
        (*how.rules, Editions(how.questionnaire).digest, repr(how.settings), *installed()),
        skipped=list(skipped),
    )
    done = 0
    lost: set[str] = set()
    for finished in run(
        reading.jobs(candidates),
        examine,
        lambda batch: (tuple(file for _, file in batch), how),
        open_pool,
        workers,
    ):
        key, _ = finished.job
        done += 1
        if finished.result is None:
            lost.add(key)
            continue
        spool.put(key, finished.result)
        told(read_head(finished.result).company or reading.waiting[key][0].name, done, len(candidates))
    for key, files in reading.waiting.items():
        files.sort(key=lambda file: (-file.modified, file.name))
        _settle(reading, key, files, lost)
    entries = _newest(reading)
    reading.skipped.sort(key=lambda each: (each.name, each.reason))
    return Returns(tuple(entries), tuple(reading.skipped), spool)


def _settle(reading: _Reading, key: str, files: list[Candidate], lost: set[str]) -> None:
    """Turns the files of one content into an entry, or says why they are none."""
    if key in lost:
        reading.skipped += [
            SkippedFile(file.name, SkipReason.LOST, error=ReturnError("worker-died", file=file.name))
            for file in files
        ]
        return
    blob = reading.spool.get(key)
    head = Head.refused({"code": "record-lost", "params": {}}) if blob is None else read_head(blob)
    for file in files:
        if head.own:
            reading.skipped.append(SkippedFile(file.name, SkipReason.OWN_REPORT))
        elif head.error is not None:
            error = ReturnError(head.error["code"], file=file.name, **head.error["params"])
            reading.skipped.append(SkippedFile(file.name, SkipReason.UNREADABLE, error=error))
    if head.own or head.error is not None:
        return
    first, *others = files
    reading.skipped += [SkippedFile(file.name, SkipReason.SAME_CONTENT, other=first.name) for file in others]
    company = head.company or first.path.stem
    reading.entries.append(Entry(first.name, key, company, first.modified, head))


def _newest(reading: _Reading) -> list[Entry]:
    """One entry a company: the file changed last, of those the last by name."""
    companies: dict[str, list[Entry]] = {}
    for entry in reading.entries:
        companies.setdefault(squeeze(entry.company), []).append(entry)
    kept = []
    for entries in companies.values():
        newest, *older = sorted(entries, key=lambda entry: (entry.modified, entry.name), reverse=True)
        kept.append(newest)
        reading.skipped += [SkippedFile(entry.name, SkipReason.OLDER, other=newest.name) for entry in older]
    return sorted(kept, key=lambda entry: (entry.company, entry.name))


def folder_of(path: Path) -> Path:
    """The folder itself, or the one in which a file lies."""
    return path if path.is_dir() else path.parent
