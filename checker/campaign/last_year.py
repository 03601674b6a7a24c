"""Returns checked beside the same company's return of an earlier year: what only the two together show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing

from msgspec import Struct
from msgspec.structs import replace

from checker.campaign.entries import Entry, Returns
from checker.campaign.examine import How, examine, prepare
from checker.campaign.pool import Pool, processes, processors, run, thread
from checker.campaign.record import Head, read_head, sound_head
from checker.campaign.spool import record_key
from questionnaire.cells import squeeze


class PastReturns(Struct, frozen=True):
    """Returns of earlier years, and by company (squeezed) that which this year's was checked beside."""

    returns: Returns
    by_company: Mapping[str, Entry]


BESIDE = "last-year"  # in the key of a record that was made beside an earlier return
FEW = 6  # files that are read before other processes would have started; guessed


def pool_for(files: int, questionnaire: str | None, jobs: int | None = None) -> Pool:
    """Where so many files of this machine are read."""
    if files <= FEW and jobs is None:
        return Pool(thread(), 1)
    return Pool(processes(prepare, questionnaire), jobs or processors())


def earlier_of(returns: Returns, before: Iterable[Entry]) -> dict[str, Entry]:
    """By an entry's key, the latest return of an earlier year of its company, where there is one.

    Of returns that do not say their year, one of the other folder is taken for earlier.
    """
    known: dict[str, list[Entry]] = {}
    for entry in before:
        known.setdefault(squeeze(entry.company), []).append(entry)
    found: dict[str, Entry] = {}
    for entry in returns.entries:
        year = entry.head.year
        older = [
            each
            for each in known.get(squeeze(entry.company), ())
            if each.key != entry.key and (each.head.year is None or year is None or each.head.year < year)
        ]
        if older:
            found[entry.key] = max(older, key=lambda each: (each.head.year or 0, each.modified, each.name))
    return found


def beside_earlier(
    returns: Returns, earlier: Mapping[str, Entry], before: Returns, how: How, pool: Pool
) -> Returns:
    """The returns with those that have an earlier one checked beside it; the others are as they are.

    Args:
        returns: this year's.
        earlier: by key of an entry, the entry of its earlier return.
        before: the returns that hold those.
        how: by what they are checked.
        pool: where; its workers see our files.
    """
    spool = returns.spool
    keys = {
        entry.key: record_key(entry.key, BESIDE, (earlier[entry.key].key,))
        for entry in returns.entries
        if entry.key in earlier
    }
    given = {
        keys[entry.key]: returns.files[entry.key]._replace(before=before.files[earlier[entry.key].key].path)
        for entry in returns.entries
        if entry.key in keys
    }

    def whole(key: str) -> Head | None:
        head = sound_head(spool.get(key))
        return head if head is not None and head.error is None else None

    def jobs() -> Iterator[str]:
        yield from (key for key in given if whole(key) is None)

    results = run(jobs(), examine, lambda batch: (tuple(given[key] for key in batch), how), pool)
    with closing(results):
        for finished in results:
            if finished.result is not None and read_head(finished.result).error is None:
                spool.put(finished.job, finished.result)

    def remake(key: str) -> bytes | None:
        return examine((given[key],), how)[0] if key in given else returns.remake(key)

    def beside(entry: Entry) -> Entry:
        key = keys.get(entry.key)
        head = whole(key) if key is not None else None
        return entry if key is None or head is None else replace(entry, key=key, head=head)

    entries = tuple(beside(entry) for entry in returns.entries)
    return replace(returns, entries=entries, remake=remake, files={**returns.files, **given})
