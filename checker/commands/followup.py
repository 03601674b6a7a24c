"""``esgcheck followup``: gap lists that came back filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands import FINDINGS, OK, HelpfulCommand, words_of

if TYPE_CHECKING:
    from checker.campaign.followup import Reply, State
    from checker.campaign.options import Options
    from checker.checking.diff import Gap
    from checker.wording import Wording
    from questionnaire.schema import Schema

PATH = click.Path(path_type=Path)
COLUMNS = ("fingerprint", "item", "label", "rule", "aspect", "measures", "supplement", "owner", "due")


@click.command("followup", cls=HelpfulCommand)
@click.argument("lists", nargs=-1, required=True, type=PATH)
@click.option("--returns", type=PATH)
@click.option("--campaign", type=PATH)
@click.option("--parent", type=PATH)
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal")
@click.option("--questionnaire")
@click.pass_context
def command(
    context: click.Context, lists: tuple[Path, ...], returns: Path | None, campaign: Path | None,
    parent: Path | None, form: str, questionnaire: str | None,
) -> int:  # fmt: skip
    """Tells the state of every gap; exit 1 while any is open or a row is refused."""
    from datetime import date

    from checker.campaign.followup import State, read_gap_list, state_of
    from checker.campaign.options import Options
    from checker.campaign.rounds import load_memory
    from checker.report.followup import print_json, show
    from questionnaire.cells import squeeze
    from questionnaire.editions import Editions

    words, schema, today = words_of(context), Editions.of(questionnaire).first, date.today()
    known = None
    if campaign is not None:
        known = {
            company: {gap.fingerprint for gap in gaps} for company, gaps in load_memory(campaign).gaps.items()
        }
    current = _current(Options(returns, parent=parent, questionnaire=questionnaire), words) if returns else {}
    still = False
    for path in lists:
        found = read_gap_list(path, _heads(), known)
        now, unjudged = current.get(squeeze(found.company), (None, frozenset()))
        told = [
            (reply, state_of(reply, _gap(reply, schema), now, today, unjudged)) for reply in found.replies
        ]
        still = still or bool(found.refused) or any(state is not State.FIXED for _, state in told)
        (print_json if form == "json" else show)(found, told, words)
        for line in _notes(told, words):
            click.echo(f"{found.file}：{line}", err=True)
        for refused in found.refused:
            click.echo(
                f"{found.file}：" + words.text(
                    "campaign", f"followup-{refused.why.value}", row=refused.row, text=refused.text, first=refused.first
                ), err=True,
            )  # fmt: skip
    return FINDINGS if still else OK


def _notes(told: Sequence[tuple[Reply, State]], words: Wording) -> Iterator[str]:
    """What could not be judged: dates that nobody can read, rules that had nothing to compare with."""
    from checker.campaign.followup import State

    for reply, state in told:
        if reply.is_undated and state is not State.FIXED:
            yield words.text("campaign", "followup-bad-due", row=reply.row, value=reply.said[3][:40])
    unchecked = [reply.rule for reply, state in told if state is State.UNCHECKED]
    if unchecked:
        rules = list(dict.fromkeys(unchecked))
        yield words.text("campaign", "followup-unchecked", rules=rules, count=len(unchecked))


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


def _current(options: Options, words: Wording) -> Mapping[str, tuple[list[Gap], frozenset[str]]]:
    """By company, its gaps now, and the rules that could find none."""
    from checker.campaign.followup import unjudged_rules
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
                unjudged_rules(page.report),
            )
            for page in campaign.pages()
        }
