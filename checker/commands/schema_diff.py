"""``esgcheck schema diff``: two editions side by side."""

from __future__ import annotations

import click

from checker.commands import OK, HelpfulCommand, words_of


@click.command("schema-diff", cls=HelpfulCommand)
@click.argument("old")
@click.argument("new")
@click.pass_context
def command(context: click.Context, old: str, new: str) -> int:
    """Tells which questions are reworded, moved, new and dropped, and which answers can be carried over."""
    from checker.report.draft import differences
    from questionnaire.drafting.comparison import compare
    from questionnaire.editions import Editions

    for line in differences(compare(Editions.of(old).first, Editions.of(new).first), words_of(context)):
        click.echo(line)
    return OK
