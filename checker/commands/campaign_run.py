"""The whole run of a campaign: read, compare, write, say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.campaign.entries import Returns, read_returns
from checker.campaign.examine import prepare
from checker.campaign.folder import Aside, Candidate, Skipped, find_candidates
from checker.campaign.ledger import ParentReturn
from checker.campaign.pages import Campaign, Page, gather, waivers_beside
from checker.campaign.pool import Open, cluster, processes, processors
from checker.campaign.roster import Standing, Standings, read_roster, stand
from checker.campaign.rounds import Memory, load_memory
from checker.campaign.spool import Spool, cache_place
from checker.checking.selection import choose_campaign_rules, choose_rules
from checker.commands import FINDINGS, NOTHING, OK, UNREADABLE
from checker.commands.campaign import Options
from checker.finding import Severity
from checker.reading.answers import read_answers
from checker.report.campaign import Tally, walk, write_campaign
from checker.report.json import as_text
from checker.report.mailing import mail
from frameworks.ground.errors import ReturnError
from frameworks.ground.output import save_by
from questionnaire.loader import load_schema
from questionnaire.reading import read_return
from questionnaire.schema import Schema

if TYPE_CHECKING:
    from checker.wording import Wording

NAMES = 8  # companies that one line names


def run_whole(
    options: Options, words: Wording, candidates: list[Candidate], skipped: list[Skipped]
) -> tuple[int, str]:
    """Exit code, and what was said on the screen."""
    memory = _memory(options)
    with open_campaign(options, words, (candidates, skipped)) as campaign:
        returns = campaign.returns
        for each in returns.skipped:
            if each.error is not None:
                click.echo(words.error(each.error), err=True)
        if not returns.entries:
            return _nothing(options, words, returns), ""
        tally = _write(options, campaign, memory, words)
        said = "\n".join(_said(campaign, tally, words))
        click.echo(said, err=options.form == "json")
        return _code(options, returns, tally), said


@contextmanager
def open_campaign(
    options: Options, words: Wording, found: tuple[list[Candidate], list[Skipped]] | None = None
) -> Iterator[Campaign]:
    """Everything read and compared; the records are there while it is open."""
    schema, today = load_schema(), date.today()
    rules = choose_rules(options.select, options.ignore)
    campaign_rules = choose_campaign_rules(options.select, options.ignore)
    parent = read_parent(options.parent, schema)
    roster = read_roster(options.roster) if options.roster else ()
    waivers = waivers_beside(options.folder, options.waivers)
    candidates, skipped = found or find_candidates(options.folder, options.inputs)
    place = cache_place() if options.cache else None
    with Spool(None if place is None else place / "records") as spool:
        workers = options.jobs or processors()
        pool: Open = cluster(options.scheduler) if options.scheduler else processes(prepare)
        with _progress(words, len(candidates)) as told:
            returns = read_returns(candidates, skipped, spool, tuple(rules), pool, workers, told)
        candidates.clear()  # thousands of paths that nobody needs from here on
        standings = stand(roster, returns.entries, today) if options.roster else ()
        yield gather(
            schema, returns, parent, today, standings=standings, waivers=waivers, rules=campaign_rules
        )


def read_parent(path: Path | None, schema: Schema) -> ParentReturn:
    """The parent's own return, read for the ledger."""
    if path is None:
        return ParentReturn(schema)
    return ParentReturn(schema, read_answers(schema, read_return(path, schema)))


def _memory(options: Options) -> Memory:
    if options.previous is not None:
        return load_memory(options.previous)
    return load_memory(options.output) if options.output and options.output.is_file() else Memory()


def _nothing(options: Options, words: Wording, returns: Returns) -> int:
    click.echo(words.error(ReturnError("folder-no-returns", file=str(options.folder))), err=True)
    return UNREADABLE if any(each.error is not None for each in returns.skipped) else NOTHING


def _write(options: Options, campaign: Campaign, memory: Memory, words: Wording) -> Tally:
    """Everything that was asked for, in one walk."""
    inputs = [*options.inputs, *(options.folder / entry.name for entry in campaign.returns.entries)]
    mailed: list[Path] = []

    def each(page: Page) -> None:
        if options.form == "json":
            click.echo(as_text(page.whole, words))
        if options.split is not None:
            mailed.append(mail(options.split, page.whole, campaign.schema, words, ()))

    if options.output is None:
        tally = walk(campaign, each)
    else:
        tally = save_by(
            options.output, lambda target: write_campaign(target, campaign, memory, words, each), inputs
        )
        click.echo(words.text("command", "written", file=str(options.output)), err=True)
    if options.split is not None:
        click.echo(
            words.text("campaign", "split-written", count=len(mailed), folder=str(options.split)), err=True
        )
    return tally


def _code(options: Options, returns: Returns, tally: Tally) -> int:
    bad = any(each.reason in (Aside.UNREADABLE, Aside.LOST) for each in returns.skipped)
    if bad or tally.failures:
        return UNREADABLE
    limit = Severity(options.fail_on).rank
    return FINDINGS if any(tally.total[: limit + 1]) else OK


def _said(campaign: Campaign, tally: Tally, words: Wording) -> Iterator[str]:
    def say(key: str, **params: object) -> str:
        return words.text("campaign", key, **params)

    errors, warnings, notices = tally.total
    yield say(
        "summary-head",
        returns=len(campaign.returns.entries),
        errors=errors,
        warnings=warnings,
        notices=notices,
    )
    if campaign.parent.whole is not None:
        unmet = sum(tally.relied.unanswered.values())
        yield say("summary-ledger", all=tally.relied.all, open=unmet)
    if campaign.clusters:
        yield say("summary-copies", clusters=len(campaign.clusters))
    for key, standing in (
        ("roster", Standing.MISSING),
        ("late", Standing.LATE),
        ("unknown", Standing.UNKNOWN),
    ):
        found = [each for each in campaign.standings if each.standing is standing]
        if found:
            yield say(f"summary-{key}", **{standing.value: len(found)}, names=_names(found, words))
    unread = [each for each in campaign.returns.skipped if each.error is not None]
    if unread:
        yield say("summary-unread", count=len(unread)) + "、".join(each.name for each in unread)
    aside = len(campaign.returns.skipped) - len(unread)
    if aside:
        yield say("summary-aside", count=aside)
    if tally.failures:
        yield say("summary-failures", count=tally.failures)
    unused = [waiver for waiver in campaign.waivers if waiver.fingerprint not in tally.used]
    if unused and not unread:
        places = "、".join(waiver.place for waiver in unused)
        yield words.text("report", "waiver-line-unused", count=len(unused), places=places)


def _names(found: Sequence[Standings], words: Wording) -> str:
    names = [
        each.listed.company + (words.text("campaign", "near-company", name=each.near) if each.near else "")
        for each in found[:NAMES]
    ]
    return "、".join(names) + (words.text("campaign", "more-names") if len(found) > NAMES else "")


@contextmanager
def _progress(words: Wording, total: int) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr with the company that was read last."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, emoji=False)
    columns = (TextColumn(words.text("campaign", "progress")), BarColumn(), MofNCompleteColumn(),
               TimeRemainingColumn(), TextColumn("{task.description}"))  # fmt: skip
    with Progress(*columns, console=console, transient=True, refresh_per_second=4) as bar:
        task = bar.add_task("", total=total)
        yield lambda company, done, _: bar.update(task, completed=done, description=escape(company[:40]))
