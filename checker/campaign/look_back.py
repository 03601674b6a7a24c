"""Folders of several years read together: every return checked beside its company's return of the year before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from checker.campaign.entries import Entry, Hear, Returns, read_returns
from checker.campaign.examine import How
from checker.campaign.folder import Candidate, SkippedFile, find_candidates
from checker.campaign.history import History, history
from checker.campaign.last_year import beside_earlier, earlier_of, pool_for
from checker.campaign.spool import Spool, cache_place
from checker.rules import RULES
from frameworks.ground.errors import ReturnError
from questionnaire.cells import squeeze
from questionnaire.editions import Editions


class Past(Struct, frozen=True):
    """Companies with all their years."""

    editions: Editions
    returns: Returns

    def histories(self) -> Iterator[History]:
        """Company by company, in the order of their names; read anew at each walk."""
        companies: dict[str, list[Entry]] = {}
        for entry in self.returns.entries:
            companies.setdefault(squeeze(entry.company), []).append(entry)
        for entries in companies.values():
            yield history(entries, self.returns, self.editions)


@contextmanager
def look_back(
    places: Sequence[Path],
    questionnaire: str | None,
    watch: Callable[[int], AbstractContextManager[Hear]],
    *,
    jobs: int | None = None,
    cache: bool = True,
) -> Iterator[Past]:
    """All returns below the given folders and files, a company's years together; there while it is open.

    Raises:
        ReturnError: a folder is missing or cannot be looked into.
    """
    editions = Editions.of(questionnaire)
    candidates, skipped = find_all(places)
    how = How(tuple(RULES), questionnaire)
    place = cache_place() if cache else None
    pool = pool_for(len(candidates), questionnaire, jobs)
    with Spool(None if place is None else place / "records") as spool:
        with watch(len(candidates)) as told:
            returns = read_returns(candidates, skipped, spool, how, pool, told, by_year=True)
        returns = beside_earlier(returns, earlier_of(returns, returns.entries), returns, how, pool)
        yield Past(editions, returns)


def find_all(places: Sequence[Path]) -> tuple[list[Candidate], list[SkippedFile]]:
    """The returns of several folders and single files; names say in which folder they lie.

    Raises:
        ReturnError: one of them is missing or cannot be looked into.
    """
    candidates: list[Candidate] = []
    skipped: list[SkippedFile] = []
    for place in places:
        if place.is_file():
            known = place.stat()
            candidates.append(Candidate(place, place.name, known.st_mtime, known.st_size))
            continue
        if not place.exists():
            raise ReturnError("folder-missing", file=str(place))
        found, aside = find_candidates(place)
        prefix = f"{place.name}/" if len(places) > 1 else ""
        candidates += [replace(each, name=prefix + each.name) for each in found]
        skipped += [replace(each, name=prefix + each.name) for each in aside]
    once = {candidate.path.absolute(): candidate for candidate in candidates}
    return list(once.values()), skipped
