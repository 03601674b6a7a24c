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
@click.option("--from", "last_year", type=click.Path(path_type=Path), default=None)
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
    last_year: Path | None,
    force: bool,
    questionnaire: str | None,
) -> int:
    """Writes the blank workbook."""
    from checker.checking.earlier import read_earlier
    from checker.report.draft import carried
    from checker.report.occupants import inputs_of, look_for_template
    from checker.report.written import Written
    from checker.translation import shown_schema
    from frameworks.ground.output import check_target, check_workbook, save
    from questionnaire.cells import clean_text
    from questionnaire.editions import Editions
    from questionnaire.figure_sheet import chosen
    from questionnaire.template import build_workbook

    words = words_of(context)
    editions = Editions.of(questionnaire)
    earlier = None if last_year is None else read_earlier(last_year, questionnaire)
    wanted = earlier.year + 1 if earlier is not None and year is None else year
    schema = editions.of_year(wanted)
    reported = wanted or schema.edition.year
    source, said = (None, []) if earlier is None else carried(earlier, schema, reported, words)
    profile = {"company": clean_text(company), "year": str(reported)}
    inputs, look = inputs_of([folder_of(questionnaire), last_year], [output]), look_for_template(editions)
    check_target(output, inputs, look=look, force=force)
    check_workbook(output)
    rows = chosen(schema, reported, frameworks)
    shown = shown_schema(schema, words)
    content = build_workbook(shown, profile=profile, source=source, rows=rows, by_aspect=by_aspect)
    kept = save(output, content, inputs, look=look, force=force)
    if schema.edition.year != reported:
        near = words.text("report", "questionnaire-near", questionnaire=schema.edition.id, year=reported)
        click.echo(near, err=True)
    for line in (*Written(output, kept).lines(words), *said):
        click.echo(line, err=True)
    return OK
