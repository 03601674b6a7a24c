"""A folder of returns to entries: what was read, by company; what is not counted, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import PurePosixPath

from msgspec import Struct, field

from checker.campaign.examine import GivenFile, How, examine
from checker.campaign.folder import Candidate, SkippedFile, SkipReason, digest
from checker.campaign.host import examine_there, program_of
from checker.campaign.pool import Pool, run
from checker.campaign.record import (
    Head,
    Record,
    read_head,
    read_items,
    read_record,
    read_said,
    sound_head,
)
from checker.campaign.spool import Spool, record_key
from checker.checking.diff import digest_of
from checker.finding import ItemResult
from frameworks.ground.errors import ReturnError
from questionnaire.cells import one_line, squeeze
from questionnaire.editions import Editions
from questionnaire.reading import read_bytes
from questionnaire.reading.pictures import installed
from questionnaire.schema import Schema

Hear = Callable[[str, int, int], None]  # company or file, done, of how many
# what another run may find otherwise: such a refusal is not taken from the cache
PASSING = frozenset(
    {"reader-timeout", "file-changed", "file-missing", "path-missing", "file-unreadable", "not-a-file"}
)


class Entry(Struct, frozen=True):
    """One return that was read; its record lies in the spool."""

    name: str
    key: str
    company: str
    modified: float
    head: Head


def _never(key: str) -> bytes | None:
    return None


class Returns(Struct, frozen=True):
    """All returns of a folder."""

    entries: tuple[Entry, ...]  # one a company, by company
    skipped: tuple[SkippedFile, ...]  # by file name
    spool: Spool
    remake: Callable[[str], bytes | None] = _never  # a key's record from its file
    files: Mapping[str, GivenFile] = field(default_factory=dict)  # by key, where its file lies

    def schemas(self, editions: Editions) -> tuple[Schema, ...]:
        """The questionnaires of the returns: that of most first, of as many the newest; the usual one without any."""
        counts = Counter(entry.head.questionnaire for entry in self.entries)
        found = [editions.by_id(name) for name in counts] or [editions.first]
        return tuple(
            sorted(found, key=lambda each: (-counts[each.edition.id], -each.edition.year, each.edition.id))
        )

    def record(self, entry: Entry) -> Record:
        """The record of an entry, from the spool; its report has no items."""
        return read_record(self.blob(entry), PurePosixPath(entry.name).name)

    def items(self, entry: Entry, schema: Schema) -> tuple[ItemResult, ...]:
        """The items of an entry's report."""
        return read_items(self.blob(entry), PurePosixPath(entry.name).name, schema)

    def said(self, entry: Entry, schema: Schema) -> dict[str, str]:
        """By item, a digest of an entry's answer."""
        answers = read_said(self.blob(entry))
        return {item.id: digest_of(said.text) for item, said in zip(schema.items, answers, strict=True)}

    def blob(self, entry: Entry) -> bytes:
        """The bytes of an entry's record; made once more when somebody emptied the cache meanwhile.

        Raises:
            ReturnError: it is gone, and its file too, or not what it was.
        """
        blob = self.spool.get(entry.key)
        if blob is None:
            blob = self.remake(entry.key)
            if blob is None or read_head(blob) != entry.head:
                raise ReturnError("record-lost", file=entry.name)
            self.spool.put(entry.key, blob)
        return blob


class _Reading(Struct):
    """What is known while the folder is being read."""

    spool: Spool
    how: How
    remote: bool  # the readers do not see our files
    skipped: list[SkippedFile]
    entries: list[Entry] = field(default_factory=list)
    waiting: dict[str, list[Candidate]] = field(default_factory=dict)  # key → all files of that content
    hashes: dict[str, str] = field(default_factory=dict)  # key → SHA-256 of the file

    def jobs(self, candidates: list[Candidate]) -> Iterator[tuple[str, Candidate]]:
        """The files whose record is not there yet; the others are settled on the way."""
        edition, settings = Editions(self.how.questionnaire).digest, repr(self.how.settings)
        options = (*self.how.rules, edition, settings, *installed(), *self.how.above)
        for candidate in candidates:
            try:
                sha256 = digest(candidate)
            except ReturnError as error:
                self.skipped.append(SkippedFile(candidate.name, SkipReason.UNREADABLE, error=error))
                continue
            key = record_key(sha256, candidate.path.suffix.lower(), options)
            self.hashes[key] = sha256
            known = key in self.waiting
            self.waiting.setdefault(key, []).append(candidate)
            if not known and not self.cached(key):
                yield key, candidate

    def cached(self, key: str) -> bool:
        """Whether a sound record is there."""
        head = sound_head(self.spool.get(key))
        return head is not None and (head.error is None or head.error["code"] not in PASSING)

    def given(self, key: str, candidate: Candidate) -> GivenFile:
        """What a reader gets: a path, for contents would fill the memory; bytes where it is on another machine."""
        content = None
        if self.remote:
            try:
                content = read_bytes(candidate.path)
            except ReturnError:
                content = b""  # its hash will tell
        return GivenFile(self.hashes[key], str(candidate.path), content)

    def remake(self, key: str) -> bytes | None:
        """A record once more, from the first file of that content that still is what it was."""
        for candidate in self.waiting[key]:
            (blob,) = examine((GivenFile(self.hashes[key], str(candidate.path)),), self.how)
            if read_head(blob).error is None:
                return blob
        return None


def read_returns(
    candidates: list[Candidate],
    skipped: list[SkippedFile],
    spool: Spool,
    how: How,
    pool: Pool,
    told: Hear = lambda name, done, total: None,
    *,
    by_year: bool = False,
) -> Returns:
    """Reads and checks all files, those with a record in the spool excepted.

    With ``by_year`` a company has an entry for each of its years, else one.

    The order of ``candidates``, the number of workers and where they run make no difference to the result.
    """
    reading = _Reading(spool, how, pool.remote, skipped=list(skipped))
    task: Callable[..., list[bytes]] = examine
    more: tuple[object, ...] = (how,)
    if pool.remote:
        task, more = examine_there, (how, program_of(how.questionnaire))
    total = len(candidates)
    done = 0
    lost: set[str] = set()
    results = run(
        reading.jobs(candidates),
        task,
        lambda batch: (tuple(reading.given(*job) for job in batch), *more),
        pool,
        lambda job: job[1].size,
    )
    with closing(results):  # whatever stops us here stops the workers too
        for finished in results:
            key, candidate = finished.job
            done += 1
            if finished.result is None:
                lost.add(key)
                continue
            spool.put(key, finished.result)
            told(one_line(read_head(finished.result).company) or candidate.name, done, total)
    for key, files in reading.waiting.items():
        files.sort(key=lambda file: (-file.modified, file.name))
        _settle(reading, key, files, lost)
    _keep_one_questionnaire(reading)
    entries = _newest(reading, by_year=by_year)
    reading.skipped.sort(key=lambda each: (each.name, each.reason))
    sources = {
        key: GivenFile(reading.hashes[key], str(same[0].path)) for key, same in reading.waiting.items()
    }
    return Returns(tuple(entries), tuple(reading.skipped), spool, reading.remake, sources)


def _settle(reading: _Reading, key: str, files: list[Candidate], lost: set[str]) -> None:
    """Turns the files of one content into an entry, or says why they are none."""
    if key in lost:
        reading.skipped += [
            SkippedFile(file.name, SkipReason.LOST, error=ReturnError("worker-died", file=file.name))
            for file in files
        ]
        return
    blob = reading.spool.get(key) or reading.remake(key)
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
    company = one_line(head.company) or PurePosixPath(first.name).stem
    reading.entries.append(Entry(first.name, key, company, first.modified, head))


def _keep_one_questionnaire(reading: _Reading) -> None:
    """Sets aside returns of another questionnaire than that of most: items of two cannot stand in one column.

    Editions of several years are one questionnaire.
    """
    editions = Editions(reading.how.questionnaire)
    families = [editions.family_of(entry.head.questionnaire) for entry in reading.entries]
    counts = Counter(families)
    if len(counts) < 2:
        return
    usual = editions.family_of(editions.first.edition.id)
    kept = max(counts, key=lambda family: (counts[family], family == usual, family))
    reading.skipped += [
        SkippedFile(entry.name, SkipReason.OTHER_QUESTIONNAIRE, other=entry.head.questionnaire)
        for entry, family in zip(reading.entries, families, strict=True)
        if family != kept
    ]
    reading.entries = [e for e, family in zip(reading.entries, families, strict=True) if family == kept]


def _newest(reading: _Reading, *, by_year: bool) -> list[Entry]:
    """One entry a company, or a company and year: the file changed last, of those the last by name."""
    companies: dict[tuple[str, int | None], list[Entry]] = {}
    for entry in reading.entries:
        year = entry.head.year if by_year else None
        companies.setdefault((squeeze(entry.company), year), []).append(entry)
    kept = []
    for entries in companies.values():
        newest, *older = sorted(entries, key=lambda entry: (entry.modified, entry.name), reverse=True)
        kept.append(newest)
        reading.skipped += [SkippedFile(entry.name, SkipReason.OLDER, other=newest.name) for entry in older]
    return sorted(kept, key=lambda entry: (entry.company, (entry.head.year or 0) * by_year, entry.name))
