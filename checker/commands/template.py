"""``esgcheck template``: the blank workbook, made from the schema."""

from __future__ import annotations

from pathlib import Path

import click

from checker.commands import OK, HelpfulCommand, folder_of, words_of


@click.command("template", cls=HelpfulCommand)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path))
@click.option("--company", default="")
@click.option("--year", type=click.IntRange(2000, 2100), default=None)
@click.option("--framework", "frameworks", multiple=True)
@click.option("--by-aspect", is_flag=True)
@click.option("--force", is_flag=True)
@click.option("--questionnaire")
@click.pass_context
def command(
    context: click.Context,
    output: Path,
    company: str,
    year: int | None,
    frameworks: tuple[str, ...],
    by_aspect: bool,
    force: bool,
    questionnaire: str | None,
) -> int:
    """Writes the blank workbook."""
    from checker.report.occupants import inputs_of, look_for_template
    from checker.report.written import Written
    from checker.translation import shown_schema
    from frameworks.ground.output import check_target, check_workbook, save
    from questionnaire.cells import clean_text
    from questionnaire.editions import Editions
    from questionnaire.figure_sheet import chosen
    from questionnaire.template import build_workbook

    editions = Editions.of(questionnaire)
    schema = editions.of_year(year)
    profile = {"company": clean_text(company), "year": str(year or schema.edition.year)}
    inputs, look = inputs_of([folder_of(questionnaire)], [output]), look_for_template(editions)
    check_target(output, inputs, look=look, force=force)
    check_workbook(output)
    words = words_of(context)
    rows = chosen(schema, year or schema.edition.year, frameworks)
    content = build_workbook(shown_schema(schema, words), profile=profile, rows=rows, by_aspect=by_aspect)
    kept = save(output, content, inputs, look=look, force=force)
    if year is not None and schema.edition.year != year:
        said = words.text("report", "questionnaire-near", questionnaire=schema.edition.id, year=year)
        click.echo(said, err=True)
    for line in Written(output, kept).lines(words):
        click.echo(line, err=True)
    return OK
