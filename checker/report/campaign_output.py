"""Everything that a campaign is asked to write, in one walk; and the bar that is seen meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from checker.campaign.options import Options
from checker.campaign.pages import Campaign, Page
from checker.campaign.rounds import Memory
from checker.report.excel.campaign import write_campaign
from checker.report.json import as_text
from checker.report.kinds import Kind
from checker.report.letters.mail import LetterFolder
from checker.report.mailing import check_mailing, group_folder, mail, read_replies
from checker.report.occupants import look_for
from checker.report.tally import Tally, walk
from checker.report.written import Written
from checker.wording import Wording
from frameworks.ground.output import make_folder, save_by


def write_all(
    options: Options,
    campaign: Campaign,
    memory: Memory,
    words: Wording,
    inputs: Sequence[Path] = (),
    *,
    force: bool = False,
    tell: Callable[[str], object] = partial(click.echo, err=True),  # noqa: B008
) -> Tally:
    """Everything that was asked for, in one walk; ``tell`` hears what was written.

    Args:
        options: what was asked for.
        campaign: open.
        memory: of the last round.
        words: in which language.
        inputs: files that were read besides the returns.
        force: whether files of others give way.
        tell: hears a sentence a file or folder.
    """
    inputs = [*inputs, *options.inputs, *(options.folder / each.name for each in campaign.returns.entries)]
    mailed: list[Written] = []
    replies = read_replies(options.replies)
    steps: list[Callable[[Page], object]] = []
    if options.form == "json":
        steps.append(lambda page: click.echo(as_text(page.whole, words)))
    if (split := options.split) is not None:
        make_folder(split)
        of_company = {
            entry.company: group_folder(split, campaign, entry.company) for entry in campaign.returns.entries
        }
        for company, folder in of_company.items():
            check_mailing(folder, [company], options.inputs, force=force)
        for folder in {*of_company.values()} - {split}:
            make_folder(folder)
        steps.append(lambda page: mailed.append(
            mail(of_company[page.entry.company], page.whole, page.schema, words, options.inputs, replies, force=force)
        ))  # fmt: skip
    letters: LetterFolder | None = None
    if options.letters is not None:
        make_folder(options.letters)
        letters = LetterFolder(options.letters, campaign, words, options.reply_by, inputs, force=force)
        letters.check()
        steps.append(letters.write)

    def each(page: Page) -> None:
        for step in steps:
            step(page)

    if options.output is None:
        tally = walk(campaign, words, each)
    else:
        tally, kept = save_by(
            options.output,
            lambda target: write_campaign(
                target, campaign, memory, words, each if steps else None, options.processes
            ),
            inputs,
            look=look_for(Kind.CAMPAIGN),
            force=force,
        )
        for line in Written(options.output, kept).lines(words):
            tell(line)
    if split is not None:
        for line in _mailed(split, mailed, words):
            tell(line)
    if letters is not None:
        letters.remind()
        tell(letters.line())
    return tally


def _mailed(folder: Path, lists: Sequence[Written], words: Wording) -> Iterator[str]:
    """What the user is told of the lists in a folder."""
    yield words.text("campaign", "split-written", count=len(lists), folder=str(folder))
    carried, left = sum(each.carried for each in lists), sum(each.left for each in lists)
    kept = sum(each.kept is not None for each in lists)
    if carried or left or kept:
        yield words.text("campaign", "split-carried", carried=carried, left=left, kept=kept)


@contextmanager
def progress(words: Wording, total: int) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr with the company that was read last."""
    console = Console(stderr=True, emoji=False)
    columns = (TextColumn(words.text("campaign", "progress")), BarColumn(), MofNCompleteColumn(),
               TimeRemainingColumn(), TextColumn("{task.description}"))  # fmt: skip
    with Progress(*columns, console=console, transient=True, refresh_per_second=4) as bar:
        task = bar.add_task("", total=total)
        yield lambda company, done, _: bar.update(task, completed=done, description=escape(company[:40]))
