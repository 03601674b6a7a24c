"""``esgcheck completion``: the script that completes commands and options in a shell."""

from __future__ import annotations

import click

from checker.commands import OK, HelpfulCommand


@click.command("completion", cls=HelpfulCommand)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> int:
    """Prints the completion script of a shell."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    root = context.find_root()
    if found is not None:
        click.echo(found(root.command, {}, "esgcheck", "_ESGCHECK_COMPLETE").source())
    return OK
