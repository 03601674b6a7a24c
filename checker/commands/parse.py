"""``esgcheck parse``: shows how text is read, for authors of rules and schemas."""

from __future__ import annotations

import json
import sys

import click

from checker.commands import OK, HelpfulCommand


@click.command("parse", cls=HelpfulCommand)
@click.option("--year", type=click.IntRange(2000, 2100), default=None)
@click.option("--parent", default=None)
@click.option("--questionnaire")
def command(year: int | None, parent: str | None, questionnaire: str | None) -> int:
    """Lines of text on stdin, one JSON object a line on stdout; a line is one whole answer."""
    from checker.reading.lines import parse_line
    from checker.text.ground.agents import Agents
    from questionnaire.editions import Editions

    edition = Editions.of(questionnaire).of_year(year).edition
    known = edition.parent.names
    agents = Agents.of(known if parent is None or parent in known else (parent,))
    for raw in sys.stdin.buffer:
        line = raw.decode("utf-8", "replace").rstrip("\r\n").removeprefix("\ufeff")
        click.echo(json.dumps(parse_line(line, agents, year or edition.year), ensure_ascii=False))
    return OK
