"""``esgcheck schema``: validates questionnaire files; below it drafts of new editions (new, check, decide, diff)."""

from __future__ import annotations

import json
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

import click

from checker.commands import OK, USAGE, HelpfulCommand, HelpfulGroup, words_of

BELOW = ("new", "check", "decide", "diff")
FILE = "file"  # the command that is meant where none is named


class SchemaGroup(HelpfulGroup):
    """Commands on questionnaires; what names none of them is a file to validate."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Puts the unnamed command in front."""
        if not args or (args[0] not in (*BELOW, "--help") and args[0] != FILE):
            if args and _means_a_command(args[0]):
                raise click.exceptions.NoSuchCommand(args[0], ctx=ctx)
            args = [FILE, *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; the unnamed one bears no name on the screen either."""
        name, command, rest = super().resolve_command(ctx, args)
        return ("" if command is validate else name), command, rest

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Those that the help lists."""
        return list(BELOW)

    def shown_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Those of the command that is meant where none is named."""
        return validate.get_params(ctx)

    def catalogue_name(self, command: str) -> str:
        """Messages of a command below this one bear both names: check is another one by itself."""
        return f"{self.name}-{command}"

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None."""
        if cmd_name == FILE:
            return validate
        if cmd_name not in BELOW:
            return None
        command: click.Command = import_module(f"checker.commands.schema_{cmd_name}").command
        return command


def _means_a_command(word: str) -> bool:
    """Whether a word that names no file is nearly a command."""
    near = get_close_matches(word, BELOW, n=1, cutoff=0.6)
    return bool(near) and not word.startswith("-") and not Path(word).exists()


@click.command("schema", cls=HelpfulCommand)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--json-schema", "export", type=click.Choice(["part", "edition", "changes"]), default=None)
@click.pass_context
def validate(context: click.Context, file: Path | None, export: str | None) -> int:
    """Names every mistake with line, column and mend."""
    from msgspec.json import schema

    from frameworks.ground.written import Written
    from questionnaire.changes import Changes
    from questionnaire.folders import builtin_editions
    from questionnaire.loader import check_builtin, check_file
    from questionnaire.schema import Edition, Part

    words = words_of(context)
    if export is not None:
        models: dict[str, type[Written]] = {"part": Part, "edition": Edition, "changes": Changes}
        click.echo(json.dumps(schema(models[export]), ensure_ascii=False, indent=2))
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


command = SchemaGroup("schema")
