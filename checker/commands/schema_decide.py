"""``esgcheck schema decide``: what was filled into the workbook of open decisions, into the edition."""

from __future__ import annotations

from pathlib import Path

import click

from checker.commands import FINDINGS, OK, USAGE, HelpfulCommand, words_of


@click.command("schema-decide", cls=HelpfulCommand)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--decisions", "workbook", default=None, type=click.Path(path_type=Path))
@click.pass_context
def command(context: click.Context, folder: Path, workbook: Path | None) -> int:
    """Changes the files in place, keeps the earlier ones, and tells what is not taken and how much is still open."""
    from checker.report.decided import decided_lines
    from checker.report.draft import open_points, strange_units
    from checker.report.excel.decided import find_workbook, read_decisions
    from frameworks.ground.output import Occupant, Standing, save
    from questionnaire.drafting.decided_files import decided, own_items
    from questionnaire.editions import Editions
    from questionnaire.loader import check_file, read_schema

    words = words_of(context)
    if folder.is_file():  # the workbook itself, or another file of the edition
        workbook = workbook or (folder if folder.suffix.lower() == ".xlsx" else None)
        folder = folder.parent
    if not folder.exists():
        Editions.of(str(folder))  # tells which folder may be meant
    workbook = workbook or find_workbook(folder)
    if errors := check_file(folder):
        for error in errors:
            click.echo(words.error(error), err=True)
        return USAGE
    schema = read_schema(folder)
    told = read_decisions(workbook, schema, own_items(folder))
    found = decided(folder, told.items, told.edition, told.added, schema.edition.numbering)
    kept = [
        save(folder / name, content, look=lambda _: Occupant(Standing.OURS, keep=True))
        for name, content in found.files.items()
    ]
    for line in decided_lines(told, found, [each for each in kept if each], workbook, words):
        click.echo(line, err=True)
    *_, standing = open_points(schema := read_schema(folder), words)
    for line in strange_units(schema, words):
        click.echo(line, err=True)
    click.echo(standing)
    return FINDINGS if told.refused else OK
