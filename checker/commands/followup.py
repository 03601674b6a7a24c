"""``esgcheck followup``: gap lists that came back filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands import FINDINGS, OK, HelpfulCommand, folder_of, words_of

if TYPE_CHECKING:
    from checker.campaign.followup import GapList, Reply, State
    from checker.campaign.options import Options
    from checker.campaign.way_back import Standing
    from checker.wording import Wording
    from questionnaire.schema import Schema

PATH = click.Path(path_type=Path)


@click.command("followup", cls=HelpfulCommand)
@click.argument("lists", nargs=-1, required=True, type=PATH)
@click.option("--returns", type=PATH)
@click.option("--campaign", type=PATH)
@click.option("--parent", type=PATH)
@click.option("--last-year", type=PATH)
@click.option("-o", "--output", type=PATH)
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal")
@click.option("--force", is_flag=True)
@click.option("--questionnaire")
@click.pass_context
def command(
    context: click.Context, lists: tuple[Path, ...], returns: Path | None, campaign: Path | None,
    parent: Path | None, last_year: Path | None, output: Path | None, form: str, force: bool,
    questionnaire: str | None,
) -> int:  # fmt: skip
    """Tells the state of every gap; exit 1 while any is open or a row is refused."""
    from checker.campaign.followup import SETTLED, read_gap_list
    from checker.campaign.options import Options
    from checker.campaign.rounds import Memory, load_memory
    from checker.campaign.way_back import check_questionnaire, heads, judge, list_files, notes
    from checker.report.followup import print_json, show
    from checker.report.kinds import Kind
    from checker.report.occupants import inputs_of, look_for
    from frameworks.ground.output import check_target, check_workbook
    from questionnaire.editions import Editions
    from questionnaire.nearby import editions_for

    words, editions = words_of(context), Editions.of(questionnaire)
    lists = tuple(list_files(lists))
    targets = [output] if output is not None else []
    inputs = inputs_of((*lists, returns, last_year, campaign, parent, folder_of(questionnaire)), targets)
    for target in targets:
        check_workbook(target)
        check_target(target, inputs, look=look_for(Kind.FOLLOWUP), force=force)
    memory = Memory() if campaign is None else load_memory(campaign)
    known = None if campaign is None else memory.sent
    read = [read_gap_list(path, heads(), known) for path in lists]
    current, schema = None, editions.first
    if returns:
        for path, found in zip(lists, read, strict=True):
            editions = editions_for(found.questionnaire, path, editions, (returns, returns.parent, Path()))
        options = Options(returns, parent=parent, last_year=last_year, questionnaire=editions.option)
        current, schema = _current(options, words)
        for found in read:
            check_questionnaire(found, current, editions)
    told = [(found, judge(found, current, memory, schema)) for found in read]
    for found, rows in told:
        (print_json if form == "json" else show)(found, rows, words)
        for line in notes(found, rows, current, words):
            click.echo(f"{found.file}：{line}", err=True)
    if output is not None:
        _write(told, output, inputs, words, force=force)
    still = any(found.refused or any(state not in SETTLED for _, state in rows) for found, rows in told)
    return FINDINGS if still else OK


def _write(
    told: Sequence[tuple[GapList, Sequence[tuple[Reply, State]]]], target: Path, inputs: Sequence[Path],
    words: Wording, *, force: bool,
) -> None:  # fmt: skip
    from functools import partial

    from checker.report.excel.followup import render
    from checker.report.kinds import Kind
    from checker.report.written import write_list

    written = write_list(target, Kind.FOLLOWUP, partial(render, told, words), inputs, force=force)
    for line in written.lines(words):
        click.echo(line, err=True)


def _current(options: Options, words: Wording) -> tuple[Mapping[str, Standing], Schema]:
    """By company, its gaps now, what could be found, and what its items say; and the questionnaire of most."""
    from checker.campaign.run import open_campaign
    from checker.campaign.way_back import standing_of
    from checker.report.excel.campaign_rows import questionnaire_lines
    from questionnaire.cells import squeeze

    with open_campaign(options) as campaign:
        for line in questionnaire_lines(campaign, words):
            click.echo(line, err=True)
        found = {squeeze(page.entry.company): standing_of(page) for page in campaign.pages()}
        return found, campaign.schema
