"""``esgcheck cache``: the records that campaigns keep."""

from __future__ import annotations

import click

from checker.commands import OK, HelpfulCommand, words_of

MEGABYTE = 1_000_000


@click.command("cache", cls=HelpfulCommand)
@click.option("--clear", is_flag=True)
@click.pass_context
def command(context: click.Context, clear: bool) -> int:
    """Shows or empties the cache."""
    from checker.campaign.spool import cache_place, cache_size, clear_cache

    words, place = words_of(context), cache_place()
    if place is None:
        click.echo(words.text("campaign", "cache-off"))
        return OK
    files, size = clear_cache() if clear else cache_size()
    key = "cache-cleared" if clear else "cache-size"
    click.echo(words.text("campaign", key, files=files, size=f"{size / MEGABYTE:.1f}", place=str(place)))
    return OK
