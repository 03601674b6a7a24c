"""``esgcheck batch``: all returns of a folder in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands import FINDINGS, NOTHING, OK, UNREADABLE, HelpfulCommand, words_of
from frameworks.ground.errors import ReturnError

if TYPE_CHECKING:
    from checker.campaign.entries import Returns
    from checker.campaign.options import Options
    from checker.campaign.pages import Campaign, Page
    from checker.campaign.rounds import Memory
    from checker.campaign.run import Found
    from checker.report.campaign import Tally
    from checker.wording import Wording

PATH = click.Path(path_type=Path)


@click.command("batch", cls=HelpfulCommand)
@click.argument("folder", type=PATH)
@click.option("-o", "--output", type=PATH)
@click.option("--parent", type=PATH)
@click.option("--roster", type=PATH)
@click.option("--split", type=PATH)
@click.option("--previous", type=PATH)
@click.option("--waivers", type=PATH)
@click.option("--select", multiple=True)
@click.option("--ignore", multiple=True)
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal")
@click.option("--fail-on", type=click.Choice(["error", "warning", "notice"]), default="error")
@click.option("--jobs", type=click.IntRange(1, 256))
@click.option("--resume/--no-cache", "cache", default=True)
@click.option("--scheduler")
@click.option("--questionnaire")
@click.pass_context
def command(
    context: click.Context, folder: Path, output: Path | None, parent: Path | None, roster: Path | None,
    split: Path | None, previous: Path | None, waivers: Path | None, select: tuple[str, ...],
    ignore: tuple[str, ...], form: str, fail_on: str, jobs: int | None, cache: bool, scheduler: str | None,
    questionnaire: str | None,
) -> int:  # fmt: skip
    """Checks all returns of a folder and compares them with each other."""
    from checker.campaign.options import Options
    from checker.campaign.results import Results
    from checker.campaign.run import look_through

    words = words_of(context)
    options = Options(
        folder, output, parent, roster, split, previous, waivers, select, ignore, form, fail_on, jobs, cache,
        scheduler, questionnaire,
    )  # fmt: skip
    candidates, skipped = look_through(options)
    results = Results.of(options, words.language.value, candidates, skipped)
    if (known := results.known(options)) is not None:
        click.echo(words.text("campaign", "unchanged"), err=True)
        click.echo(known["said"])
        return int(known["code"])
    code, said = _run(options, words, (candidates, skipped))
    results.keep(options, code, said)
    return code


def _run(options: Options, words: Wording, found: Found) -> tuple[int, str]:
    """Exit code, and what was said on the screen."""
    from checker.campaign.run import memory_of, open_campaign
    from checker.report.campaign_summary import summary_lines

    memory = memory_of(options)
    with open_campaign(options, found, partial(_progress, words)) as campaign:
        returns = campaign.returns
        for each in returns.skipped:
            if each.error is not None:
                click.echo(words.error(each.error), err=True)
        if not returns.entries:
            click.echo(words.error(ReturnError("folder-no-returns", file=str(options.folder))), err=True)
            return (UNREADABLE if any(each.error is not None for each in returns.skipped) else NOTHING), ""
        tally = _write(options, campaign, memory, words)
        said = "\n".join(summary_lines(campaign, tally, words))
        click.echo(said, err=options.form == "json")
        return _code(options, returns, tally), said


def _write(options: Options, campaign: Campaign, memory: Memory, words: Wording) -> Tally:
    """Everything that was asked for, in one walk."""
    from checker.report.campaign import walk, write_campaign
    from checker.report.json import as_text
    from checker.report.mailing import mail
    from frameworks.ground.output import save_by

    inputs = [*options.inputs, *(options.folder / entry.name for entry in campaign.returns.entries)]
    mailed: list[Path] = []

    def each(page: Page) -> None:
        if options.form == "json":
            click.echo(as_text(page.whole, words))
        if options.split is not None:
            mailed.append(mail(options.split, page.whole, page.schema, words, ()))

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
    from checker.campaign.folder import SkipReason
    from checker.finding import Severity

    bad = any(each.reason in (SkipReason.UNREADABLE, SkipReason.LOST) for each in returns.skipped)
    if bad or tally.failures:
        return UNREADABLE
    limit = Severity(options.fail_on).rank
    return FINDINGS if any(tally.total[: limit + 1]) else OK


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
