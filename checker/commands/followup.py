"""``esgcheck followup``: gap lists that came back filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands import FINDINGS, OK, HelpfulCommand, folder_of, words_of

if TYPE_CHECKING:
    from checker.campaign.followup import GapList, Reply, State
    from checker.campaign.options import Options
    from checker.campaign.rounds import Memory
    from checker.checking.diff import Gap, Judged
    from checker.wording import Wording
    from questionnaire.schema import Schema

    Standing = tuple[list[Gap] | None, Judged, Mapping[str, str]]

PATH = click.Path(path_type=Path)
COLUMNS = (
    "fingerprint",
    "item",
    "label",
    "rule",
    "aspect",
    "measures",
    "supplement",
    "owner",
    "due",
    "dispute",
    "answer",
)


@click.command("followup", cls=HelpfulCommand)
@click.argument("lists", nargs=-1, required=True, type=PATH)
@click.option("--returns", type=PATH)
@click.option("--campaign", type=PATH)
@click.option("--parent", type=PATH)
@click.option("-o", "--output", type=PATH)
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal")
@click.option("--force", is_flag=True)
@click.option("--questionnaire")
@click.pass_context
def command(
    context: click.Context, lists: tuple[Path, ...], returns: Path | None, campaign: Path | None,
    parent: Path | None, output: Path | None, form: str, force: bool, questionnaire: str | None,
) -> int:  # fmt: skip
    """Tells the state of every gap; exit 1 while any is open or a row is refused."""
    from checker.campaign.followup import SETTLED, read_gap_list
    from checker.campaign.options import Options
    from checker.campaign.rounds import Memory, load_memory
    from checker.report.followup import print_json, show
    from checker.report.kinds import Kind
    from checker.report.occupants import inputs_of, look_for
    from frameworks.ground.output import check_target, check_workbook
    from questionnaire.editions import Editions

    words, schema = words_of(context), Editions.of(questionnaire).first
    lists = tuple(_files(lists))
    targets = [output] if output is not None else []
    inputs = inputs_of((*lists, returns, campaign, parent, folder_of(questionnaire)), targets)
    for target in targets:
        check_workbook(target)
        check_target(target, inputs, look=look_for(Kind.FOLLOWUP), force=force)
    memory = Memory() if campaign is None else load_memory(campaign)
    known = None
    if campaign is not None:
        known = {company: {gap.fingerprint for gap in gaps} for company, gaps in memory.gaps.items()}
    current = (
        _current(Options(returns, parent=parent, questionnaire=questionnaire), words) if returns else None
    )
    told = []
    for path in lists:
        found = read_gap_list(path, _heads(), known)
        told.append((found, _judge(found, current, memory, schema)))
    for found, rows in told:
        (print_json if form == "json" else show)(found, rows, words)
        for line in _notes(found, rows, current, words):
            click.echo(f"{found.file}：{line}", err=True)
    if output is not None:
        _write(told, output, inputs, words, force=force)
    still = any(found.refused or any(state not in SETTLED for _, state in rows) for found, rows in told)
    return FINDINGS if still else OK


def _files(lists: Sequence[Path]) -> Iterator[Path]:
    """The lists themselves, and those of a folder by name; copies of earlier ones (.bak) and lock files are none.

    Raises:
        ReturnError: a folder holds no workbook.
    """
    from frameworks.ground.errors import ReturnError

    for path in lists:
        if not path.is_dir():
            yield path
            continue
        found = sorted(
            each
            for each in path.glob("*.xlsx")
            if not each.name.startswith(("~$", ".")) and not each.stem.rstrip("0123456789").endswith(".bak")
        )
        if not found:
            raise ReturnError("folder-no-lists", file=str(path))
        yield from found


def _judge(
    found: GapList, current: Mapping[str, Standing] | None, memory: Memory, schema: Schema
) -> list[tuple[Reply, State]]:
    """Every row of a list with how its gap stands."""
    from datetime import date

    from checker.campaign.followup import state_of
    from checker.checking.diff import Judged, rewritten
    from questionnaire.cells import squeeze

    company = squeeze(found.company)
    now, judged, said = (current or {}).get(company, (None, Judged(), {}))
    judged = judged._replace(rewritten=rewritten(found.said or memory.said.get(company, {}), said))
    return [
        (reply, state_of(reply, _gap(reply, schema), now, date.today(), judged)) for reply in found.replies
    ]


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


def _notes(
    found: GapList,
    told: Sequence[tuple[Reply, State]],
    current: Mapping[str, Standing] | None,
    words: Wording,
) -> Iterator[str]:
    """What could not be judged, and rows that are not taken."""
    from checker.campaign.followup import SETTLED, State
    from questionnaire.cells import squeeze

    if current is not None and squeeze(found.company) not in current:
        yield words.text("campaign", "followup-no-return", company=found.company or found.file)
    for reply, state in told:
        if reply.is_undated and state not in SETTLED:
            yield words.text("campaign", "followup-bad-due", row=reply.row, value=reply.said[3][:40])
    unchecked = [reply.rule for reply, state in told if state is State.UNCHECKED]
    if unchecked:
        rules = list(dict.fromkeys(unchecked))
        yield words.text("campaign", "followup-unchecked", rules=rules, count=len(unchecked))
    for refused in found.refused:
        yield words.text(
            "campaign",
            f"followup-{refused.why.value}",
            row=refused.row,
            text=refused.text,
            first=refused.first,
        )


def _heads() -> dict[str, set[str]]:
    """How the columns are called, in either language."""
    from checker.wording import Language, wording

    every = [wording(language) for language in Language]
    heads = {key: {words.text("report", f"column-{key}") for words in every} for key in COLUMNS}
    return heads | {"company": {words.text("report", "company") for words in every}}


def _gap(reply: Reply, schema: Schema) -> Gap:
    """The gap of a row, by the words of its columns."""
    from checker.checking.diff import Gap
    from checker.checking.selection import rule_titles

    item = schema.by_id.get(reply.item)
    aspect = next((each.id for each in item.aspects if each.ask == reply.aspect), "") if item else ""
    return Gap(reply.fingerprint, rule_titles().get(reply.rule, ""), reply.item, aspect)


def _current(options: Options, words: Wording) -> Mapping[str, Standing]:
    """By company, its gaps now, what could be found, and what its items say."""
    from checker.campaign.run import open_campaign
    from checker.checking.diff import gap_of
    from checker.report.excel.campaign_rows import questionnaire_lines
    from questionnaire.cells import squeeze

    with open_campaign(options) as campaign:
        for line in questionnaire_lines(campaign, words):
            click.echo(line, err=True)
        return {
            squeeze(page.entry.company): (
                [gap_of(found) for found in page.report.findings],
                page.judged,
                page.said,
            )
            for page in campaign.pages()
        }
