"""``esgcheck rules``: the catalogue of rules."""

from __future__ import annotations

import click

from checker.commands import OK, HelpfulCommand, words_of


@click.command("rules", cls=HelpfulCommand)
@click.pass_context
def command(context: click.Context) -> int:
    """Lists the rules with severity and meaning."""
    from checker.report.catalogue import show_rules

    show_rules(words_of(context))
    return OK
