"""``esgcheck history``: the years of one or many companies side by side."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from checker.commands import FINDINGS, NOTHING, OK, UNREADABLE, HelpfulCommand, folder_of, words_of

PATH = click.Path(path_type=Path)


@click.command("history", cls=HelpfulCommand)
@click.argument("folders", nargs=-1, required=True, type=PATH)
@click.option("-o", "--output", type=PATH)
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal")
@click.option("--jobs", type=click.IntRange(1, 256))
@click.option("--resume/--no-cache", "cache", default=True)
@click.option("--force", is_flag=True)
@click.option("--questionnaire")
@click.pass_context
def command(
    context: click.Context, folders: tuple[Path, ...], output: Path | None, form: str, jobs: int | None,
    cache: bool, force: bool, questionnaire: str | None,
) -> int:  # fmt: skip
    """Lays the years of every company side by side; exit 1 while the last year has anything to explain."""
    from checker.campaign.look_back import look_back
    from checker.campaign.pages import MISJUDGED
    from checker.report.campaign_output import progress
    from checker.report.excel.campaign_rows import entries_line
    from checker.report.excel.years import render
    from checker.report.history import as_text, history_lines
    from checker.report.kinds import Kind
    from checker.report.occupants import inputs_of, look_for
    from frameworks.ground.errors import ReturnError
    from frameworks.ground.output import check_target, check_workbook, save

    words = words_of(context)
    inputs = inputs_of((*folders, folder_of(questionnaire)), [output] if output else [])
    if output is not None:
        check_workbook(output)
        check_target(output, inputs, look=look_for(Kind.HISTORY), force=force)
    with look_back(folders, questionnaire, partial(progress, words), jobs=jobs, cache=cache) as past:
        unread = [each for each in past.returns.skipped if each.error is not None]
        for each in unread:
            assert each.error is not None
            click.echo(words.error(each.error), err=True)
        if strange := [each for each in past.returns.entries if each.head.chosen_by in MISJUDGED]:
            click.echo(entries_line("misjudged", strange, words), err=True)
        found = list(past.histories())
        if not found:
            click.echo(words.error(ReturnError("folder-no-returns", file=str(folders[0]))), err=True)
            return UNREADABLE if unread else NOTHING
        for history in found:
            lines = [as_text(history)] if form == "json" else history_lines(history, words)
            for line in lines:
                click.echo(line)
        if output is not None:
            save(output, render(found, words), inputs, look=look_for(Kind.HISTORY), force=force)
            click.echo(words.text("command", "written", file=str(output)), err=True)
        if unread:
            return UNREADABLE
        return FINDINGS if any(True for history in found for _ in history.notes()) else OK
