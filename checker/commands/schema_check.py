"""``esgcheck schema check``: what of an edition is wrong, and what of it is still draft."""

from __future__ import annotations

from pathlib import Path

import click

from checker.commands import OK, USAGE, HelpfulCommand, words_of


@click.command("schema-check", cls=HelpfulCommand)
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_context
def command(context: click.Context, folder: Path) -> int:
    """Names every mistake, then what a person has yet to decide."""
    from checker.report.draft import open_points
    from questionnaire.editions import Editions
    from questionnaire.folders import EDITION_FILE
    from questionnaire.loader import check_file, read_schema

    words = words_of(context)
    errors = check_file(folder) if folder.exists() else []
    for error in errors:
        click.echo(words.error(error), err=True)
    if errors:
        return USAGE
    schema = read_schema(folder) if (folder / EDITION_FILE).is_file() else Editions.of(str(folder)).first
    for line in open_points(schema, words):
        click.echo(line)
    return OK
