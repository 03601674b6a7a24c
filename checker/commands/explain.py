"""``esgcheck explain``: one rule or one item."""

from __future__ import annotations

import click

from checker.commands import OK, HelpfulCommand, words_of


@click.command("explain", cls=HelpfulCommand)
@click.argument("name")
@click.option("--internals", is_flag=True)
@click.option("--questionnaire")
@click.pass_context
def command(context: click.Context, name: str, internals: bool, questionnaire: str | None) -> int:
    """Explains a rule (by id or name) or an item (by id, key or printed label)."""
    from checker.report.catalogue import show_explanation
    from checker.translation import shown_schema
    from questionnaire.editions import Editions

    words = words_of(context)
    schema = shown_schema(Editions.of(questionnaire).first, words)
    show_explanation(name, schema, words, internals=internals)
    return OK
