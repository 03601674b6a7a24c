"""A campaign opened: its folder looked through, its returns read and compared; who asked writes and says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from checker.campaign.cluster import connected
from checker.campaign.entries import Hear, Returns, read_returns
from checker.campaign.examine import How, prepare
from checker.campaign.folder import Candidate, SkippedFile, find_candidates
from checker.campaign.last_year import PastReturns, beside_earlier, earlier_of, pool_for
from checker.campaign.ledger import ParentReturn
from checker.campaign.options import Options
from checker.campaign.pages import Campaign, gather
from checker.campaign.pool import Pool, processes
from checker.campaign.roster import read_roster, stand
from checker.campaign.rounds import Memory, load_memory
from checker.campaign.spool import Spool, cache_place
from checker.campaign.steps import Superiors
from checker.campaign.tree import Tree
from checker.checking.day import today
from checker.checking.earlier import beside
from checker.checking.files import read_file
from checker.checking.selection import choose_campaign_rules, choose_rules
from checker.checking.settings import load_in
from checker.reading.answers import read_answers
from frameworks.ground.errors import InputError, OutputError, ReturnError
from frameworks.ground.output import check_workbook
from questionnaire.cells import squeeze
from questionnaire.editions import ChosenBy, Editions
from questionnaire.nearby import editions_for

LOOKED = 3  # files that are read to learn which questionnaire a folder's returns name

Found = tuple[list[Candidate], list[SkippedFile]]


def look_through(options: Options) -> Found:
    """The returns of the folder, and what else lies there; refused before any work when the output cannot be.

    Raises:
        ReturnError: there is no such folder.
        OutputError: the output's suffix, or its folder.
    """
    _check_output(options)
    if not options.folder.is_dir():
        kind = "not-a-folder" if options.folder.exists() else "folder-missing"
        raise ReturnError(kind, file=str(options.folder))
    without = (*options.inputs, *((options.output,) if options.output else ()))
    candidates, skipped = find_candidates(options.folder, without)
    for folder in (*options.folders, *((options.last_year,) if options.last_year else ())):
        if not _is_within(options.folder, folder):  # of last year's folder this year's may be a part
            candidates = [each for each in candidates if not _is_within(each.path, folder)]
    return candidates, skipped


def _is_within(path: Path, folder: Path) -> bool:
    """Whether a path lies in a folder, by their names: ten thousand files are not looked for on the disk."""
    return path.absolute().is_relative_to(folder.absolute())


def by_own_questionnaire(options: Options, candidates: Iterable[Candidate]) -> Options:
    """The same by the questionnaire that the first return names, where that is not at hand and lies nearby.

    Raises:
        InputError: it is nowhere.
    """
    if options.questionnaire is not None:
        return options
    editions = Editions.of(None)
    for candidate in islice(candidates, LOOKED):
        try:
            source, choice = read_file(candidate.path, editions)
        except ReturnError:
            continue  # the campaign tells of it
        if choice.by is ChosenBy.FOREIGN:
            named = source.profile.value("questionnaire")
            near = editions_for(named, candidate.path, editions, (options.folder.absolute().parent, Path()))
            return replace(options, questionnaire=near.option)
        return options
    return options


def check_named(returns: Returns, editions: Editions) -> None:
    """Refuses to judge returns by a questionnaire that is not theirs.

    Raises:
        InputError: one names a questionnaire that is not at hand.
    """
    for entry in returns.entries:
        if entry.head.chosen_by == ChosenBy.FOREIGN:
            source, _ = read_file(Path(returns.files[entry.key].path), editions)
            named = source.profile.value("questionnaire")
            raise InputError("questionnaire-of-another", file=entry.name, value=named)


@contextmanager
def unwatched(total: int) -> Iterator[Hear]:
    """Nobody hears of the returns."""
    yield lambda name, done, total: None


@contextmanager
def open_campaign(
    options: Options,
    found: Found | None = None,
    watch: Callable[[int], AbstractContextManager[Hear]] = unwatched,
) -> Iterator[Campaign]:
    """Everything read and compared; the records are there while it is open.

    Args:
        options: what is asked.
        found: what lies in the folder, where that is known.
        watch: for so many files, what hears of every return that was read, while they are read.
    """
    editions, day = Editions.of(options.questionnaire), today()
    settings = load_in(options.folder, options.waivers)
    campaign_rules = choose_campaign_rules(options.select, options.ignore)
    parent = read_parent(options.parent, editions)
    roster = read_roster(options.roster) if options.roster else ()
    tree = Tree.of(roster, parent.names, options.roster.name if options.roster else "")
    rules = tuple(choose_rules(options.select, options.ignore))
    how = How(rules, options.questionnaire, settings.rules, tree.inner())
    candidates, skipped = found or look_through(options)
    place = cache_place() if options.cache else None
    with Spool(None if place is None else place / "records") as spool:
        with _pool(options) as pool, watch(len(candidates)) as told:
            returns = read_returns(candidates, skipped, spool, how, pool, told)
        if options.parent is None:
            parent = ParentReturn(returns.schemas(editions)[0])
        returns, past = _beside_last_year(options, returns, how)
        standings = stand(roster, returns.entries, day, returns.skipped) if options.roster else ()
        yield gather(
            editions, returns, parent, day, standings=standings, settings=settings, rules=campaign_rules,
            past=past, superiors=_superiors(tree, parent, returns, editions) if tree else None,
            forks=options.processes,
        )  # fmt: skip


def _superiors(tree: Tree, holding: ParentReturn, returns: Returns, editions: Editions) -> Superiors:
    """The companies above, their returns read here: the forks that write the workbook read no files."""
    files = {squeeze(entry.company): returns.files[entry.key].path for entry in returns.entries}
    above = {key: files[key] for key in tree.below if key in files}
    names = tree.inner()
    return Superiors(
        tree, holding, {key: read_parent(Path(path), editions, names) for key, path in above.items()}
    )


def _beside_last_year(options: Options, returns: Returns, how: How) -> tuple[Returns, PastReturns | None]:
    """The returns, each checked beside its company's earlier one, where a folder of those is given."""
    if options.last_year is None:
        return returns, None
    candidates, skipped = find_candidates(options.last_year)
    if _is_within(options.folder, options.last_year):
        candidates = [each for each in candidates if not _is_within(each.path, options.folder)]
    place = beside(options.questionnaire)
    then = how._replace(questionnaire=place)
    before = read_returns(
        candidates, skipped, returns.spool, then, pool_for(len(candidates), place, options.jobs), by_year=True
    )
    earlier = earlier_of(returns, before.entries)
    own = {entry.key: squeeze(entry.company) for entry in returns.entries}
    by_company = {own[key]: entry for key, entry in earlier.items()}
    pool = pool_for(len(earlier), options.questionnaire, options.jobs)
    past = PastReturns(before, by_company, Editions.of(place))
    return beside_earlier(returns, earlier, before, how, pool), past


@contextmanager
def _pool(options: Options) -> Iterator[Pool]:
    """Where the files are read: in processes of this machine, or on a cluster.

    Raises:
        InputError: the cluster does not answer, or nobody works there.
    """
    if options.scheduler is None:
        yield Pool(processes(prepare, options.questionnaire), options.processes)
        return
    with connected(options.scheduler) as cluster:
        yield Pool(cluster.open, cluster.workers, remote=True, watch=cluster.watch)


def read_parent(path: Path | None, editions: Editions, above: Iterable[str] = ()) -> ParentReturn:
    """A parent's own return, read for the ledger; ``above`` are the names of others that stand above companies."""
    if path is None:
        return ParentReturn(editions.first)
    source, choice = read_file(path, editions)
    return ParentReturn(choice.schema, read_answers(choice.schema, source, above=above))


def memory_of(options: Options) -> Memory:
    """What the last round's workbook remembers."""
    if options.previous is not None:
        return load_memory(options.previous)
    return load_memory(options.output) if options.output and options.output.is_file() else Memory()


def _check_output(options: Options) -> None:
    target = options.output
    if target is None:
        return
    check_workbook(target)
    if not target.absolute().parent.is_dir():
        raise OutputError("output-no-folder", file=str(target))
    for source in (options.parent, options.roster, options.waivers):
        if source is not None and source.exists() and target.exists() and source.samefile(target):
            raise OutputError("output-is-input", file=str(target))
