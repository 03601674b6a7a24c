"""``esgcheck batch``: all returns of a folder in one go."""

from __future__ import annotations

from pathlib import Path

import click

from checker.commands import HelpfulCommand, words_of

PATH = click.Path(path_type=Path)


@click.command("batch", cls=HelpfulCommand)
@click.argument("folder", type=PATH)
@click.option("-o", "--output", type=PATH)
@click.option("--parent", type=PATH)
@click.option("--roster", type=PATH)
@click.option("--split", type=PATH)
@click.option("--previous", type=PATH)
@click.option("--waivers", type=PATH)
@click.option("--select", multiple=True)
@click.option("--ignore", multiple=True)
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal")
@click.option("--fail-on", type=click.Choice(["error", "warning", "notice"]), default="error")
@click.option("--jobs", type=click.IntRange(1, 256))
@click.option("--resume/--no-cache", "cache", default=True)
@click.option("--scheduler")
@click.pass_context
def command(
    context: click.Context, folder: Path, output: Path | None, parent: Path | None, roster: Path | None,
    split: Path | None, previous: Path | None, waivers: Path | None, select: tuple[str, ...],
    ignore: tuple[str, ...], form: str, fail_on: str, jobs: int | None, cache: bool, scheduler: str | None,
) -> int:  # fmt: skip
    """Checks all returns of a folder and compares them with each other."""
    from checker.commands.campaign import Options, run

    options = Options(
        folder,
        output,
        parent,
        roster,
        split,
        previous,
        waivers,
        select,
        ignore,
        form,
        fail_on,
        jobs,
        cache,
        scheduler,
    )
    return run(options, words_of(context))
