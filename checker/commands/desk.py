"""``esgcheck desk``: the local page."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from checker.commands import OK, HelpfulCommand, words_of

NEEDED = ("starlette", "uvicorn", "python_multipart")  # the extra ``desk``


@click.command("desk", cls=HelpfulCommand)
@click.option("--port", type=click.IntRange(1, 65535), default=None)
@click.option("--no-browser", is_flag=True)
@click.option("--folder", type=click.Path(path_type=Path))
@click.option("--questionnaire")
@click.pass_context
def command(
    context: click.Context, port: int | None, no_browser: bool, folder: Path | None, questionnaire: str | None
) -> int:
    """Opens the local page and serves it until it is stopped."""
    from frameworks.ground.errors import InputError
    from questionnaire.editions import Editions

    if any(find_spec(name) is None for name in NEEDED):
        raise InputError("desk-not-installed")
    from checker.desk.server import open_browser, serve

    words, editions = words_of(context), Editions.of(questionnaire)

    def ready(address: str) -> None:
        click.echo(address)
        click.echo(words.text("command", "desk-ready"), err=True)
        if not no_browser:
            open_browser(address)

    serve(editions, ready, port=port or 0, language=words.language, folder=folder)
    click.echo(words.text("command", "desk-stopped"), err=True)
    return OK
