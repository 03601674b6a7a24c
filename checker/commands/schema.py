"""``esgcheck schema``: validates a questionnaire file, or prints the JSON Schema for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from checker.commands import OK, USAGE, HelpfulCommand, words_of


@click.command("schema", cls=HelpfulCommand)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--json-schema", "export", type=click.Choice(["part", "edition", "changes"]), default=None)
@click.pass_context
def command(context: click.Context, file: Path | None, export: str | None) -> int:
    """Names every mistake with line, column and mend."""
    from pydantic import BaseModel

    from questionnaire.changes import Changes
    from questionnaire.folders import builtin_editions
    from questionnaire.loader import check_builtin, check_file
    from questionnaire.schema import Edition, Part

    words = words_of(context)
    if export is not None:
        models: dict[str, type[BaseModel]] = {"part": Part, "edition": Edition, "changes": Changes}
        model = models[export]
        click.echo(json.dumps(model.model_json_schema(), ensure_ascii=False, indent=2))
        return OK
    if file is None:
        found = {edition: check_builtin(edition) for edition in builtin_editions()}
    else:
        found = {str(file): check_file(file)}
    for error in (error for errors in found.values() for error in errors):
        click.echo(words.error(error), err=True)
    if any(found.values()):
        return USAGE
    for name in found:
        click.echo(words.text("command", "schema-clean", file=name))
    return OK
