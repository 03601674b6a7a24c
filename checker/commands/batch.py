"""``esgcheck batch``: all returns of a folder in one go."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands import (
    FINDINGS,
    NOTHING,
    OK,
    SEVERITY,
    UNREADABLE,
    HelpfulCommand,
    folder_of,
    words_of,
)
from frameworks.ground.errors import ReturnError

if TYPE_CHECKING:
    from datetime import date

    from checker.campaign.entries import Returns
    from checker.campaign.folder import Candidate
    from checker.campaign.options import Options
    from checker.campaign.rounds import Memory
    from checker.campaign.run import Found
    from checker.report.tally import Tally
    from checker.wording import Wording

PATH = click.Path(path_type=Path)


@click.command("batch", cls=HelpfulCommand)
@click.argument("folder", type=PATH)
@click.option("-o", "--output", type=PATH)
@click.option("--parent", type=PATH)
@click.option("--roster", type=PATH)
@click.option("--split", type=PATH)
@click.option("--letters", type=PATH)
@click.option("--reply-by")
@click.option("--replies", multiple=True, type=PATH)
@click.option("--previous", type=PATH)
@click.option("--last-year", type=PATH)
@click.option("--waivers", type=PATH)
@click.option("--select", multiple=True)
@click.option("--ignore", multiple=True)
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal")
@click.option("--fail-on", type=SEVERITY, default="error")
@click.option("--jobs", type=click.IntRange(1, 256))
@click.option("--resume/--no-cache", "cache", default=True)
@click.option("--scheduler")
@click.option("--force", is_flag=True)
@click.option("--questionnaire")
@click.pass_context
def command(
    context: click.Context, folder: Path, output: Path | None, parent: Path | None, roster: Path | None,
    split: Path | None, letters: Path | None, reply_by: str | None,
    previous: Path | None, waivers: Path | None, select: tuple[str, ...],
    ignore: tuple[str, ...], form: str, fail_on: str, jobs: int | None, cache: bool, scheduler: str | None,
    force: bool, questionnaire: str | None, replies: tuple[Path, ...], last_year: Path | None,
) -> int:  # fmt: skip
    """Checks all returns of a folder and compares them with each other."""
    from checker.campaign.folder import find_candidates
    from checker.campaign.options import Options
    from checker.campaign.results import Results
    from checker.campaign.run import by_own_questionnaire, look_through
    from checker.report.kinds import Kind
    from checker.report.occupants import look_for
    from frameworks.ground.output import check_folder, check_target

    words = words_of(context)
    options = Options(
        folder, output, parent, roster, split, letters, _day(reply_by), previous, waivers, select, ignore,
        form, fail_on, jobs, cache, scheduler, questionnaire, replies, last_year,
    )  # fmt: skip
    if output is not None:  # its place first: what lies in the folder is not known yet
        check_target(output, options.inputs, force=True)
    candidates, skipped = look_through(options)
    inputs = _inputs(options, candidates)
    for written in options.folders:
        check_folder(written)
    if output is not None:
        check_target(output, inputs, look=look_for(Kind.CAMPAIGN), force=force)
    if (named := by_own_questionnaire(options, candidates)) != options:
        near = Path(named.questionnaire or "")
        options = named
        click.echo(words.text("command", "questionnaire-nearby", value=near.name, folder=near), err=True)
    before, aside = find_candidates(last_year) if last_year else ([], [])
    results = Results.of(options, words.language.value, [*candidates, *before], [*skipped, *aside])
    if (known := results.known(options)) is not None:
        click.echo(words.text("campaign", "unchanged"), err=True)
        click.echo(known["said"])
        return int(known["code"])
    code, said = _run(options, words, (candidates, skipped), inputs, force=force)
    results.keep(options, code, said)
    return code


def _day(value: str | None) -> date | None:
    """The day by which letters ask for an answer.

    Raises:
        InputError: it is none.
    """
    from checker.campaign.due import read_date
    from frameworks.ground.errors import InputError

    day = read_date(value) if value else None
    if value and day is None:
        raise InputError("no-day", value=value, option="--reply-by")
    return day


def _inputs(options: Options, candidates: Sequence[Candidate]) -> tuple[Path, ...]:
    """All files that are read; the output too, where it is a return of the folder."""
    from checker.report.occupants import inputs_of

    targets = [options.output] if options.output is not None else []
    named = inputs_of((*options.inputs, options.folder, folder_of(options.questionnaire)), targets)
    return (
        (*named, *(each.path for each in candidates if each.path.name == targets[0].name)) if targets else ()
    )


def _memory(options: Options, *, force: bool) -> Memory:
    """What the last round's workbook remembers; nothing of a file that gives way by force."""
    from checker.campaign.rounds import Memory
    from checker.campaign.run import memory_of
    from frameworks.ground.errors import InputError

    try:
        return memory_of(options)
    except InputError:
        if options.previous is None and force:
            return Memory()
        raise


def _run(
    options: Options, words: Wording, found: Found, inputs: Sequence[Path], *, force: bool
) -> tuple[int, str]:
    """Exit code, and what was said on the screen."""
    from checker.campaign.run import check_named, open_campaign
    from checker.report.campaign_output import progress, write_all
    from checker.report.campaign_summary import summary_lines

    memory = _memory(options, force=force)
    with open_campaign(options, found, partial(progress, words)) as found_campaign:
        words = words.of_edition(found_campaign.schema.edition)
        campaign = found_campaign.shown_in(words)
        returns = campaign.returns
        check_named(returns, found_campaign.editions)
        for each in returns.skipped:
            if each.error is not None:
                click.echo(words.error(each.error), err=True)
        if returns.spool.refusal is not None:
            click.echo(words.error(returns.spool.refusal), err=True)
        if not returns.entries:
            click.echo(words.error(ReturnError("folder-no-returns", file=str(options.folder))), err=True)
            return (UNREADABLE if any(each.error is not None for each in returns.skipped) else NOTHING), ""
        tally = write_all(options, campaign, memory, words, inputs, force=force)
        said = "\n".join(summary_lines(campaign, tally, words, workbook=options.output is not None))
        click.echo(said, err=options.form == "json")
        return _code(options, returns, tally), said


def _code(options: Options, returns: Returns, tally: Tally) -> int:
    from checker.campaign.folder import SkipReason
    from checker.finding import Severity

    bad = any(each.reason in (SkipReason.UNREADABLE, SkipReason.LOST) for each in returns.skipped)
    if bad or tally.failures:
        return UNREADABLE
    limit = Severity(options.fail_on).rank
    return FINDINGS if any(tally.total[: limit + 1]) else OK
