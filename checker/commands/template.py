"""``esgcheck template``: the blank workbook, made from the schema."""

from __future__ import annotations

from pathlib import Path

import click

from checker.commands import OK, HelpfulCommand, words_of


@click.command("template", cls=HelpfulCommand)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path))
@click.option("--company", default="")
@click.option("--year", type=click.IntRange(2000, 2100), default=None)
@click.option("--questionnaire")
@click.pass_context
def command(
    context: click.Context, output: Path, company: str, year: int | None, questionnaire: str | None
) -> int:
    """Writes the blank workbook."""
    from frameworks.ground.output import save
    from questionnaire.cells import clean_text
    from questionnaire.editions import Editions
    from questionnaire.template import build_workbook

    schema = Editions.of(questionnaire).of_year(year)
    profile = {"company": clean_text(company), "year": str(year or schema.edition.year)}
    save(output, build_workbook(schema, profile=profile))
    words = words_of(context)
    if year is not None and schema.edition.year != year:
        said = words.text("report", "questionnaire-near", questionnaire=schema.edition.id, year=year)
        click.echo(said, err=True)
    click.echo(words.text("command", "written", file=str(output)), err=True)
    return OK
