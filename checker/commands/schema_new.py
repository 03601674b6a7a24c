"""``esgcheck schema new``: a list of questions to a draft edition."""

from __future__ import annotations

from pathlib import Path

import click

from checker.commands import OK, HelpfulCommand, words_of


@click.command("schema-new", cls=HelpfulCommand)
@click.argument("questions", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path))
@click.option("--parent", default="")
@click.option("--year", type=click.IntRange(2000, 2100), default=None)
@click.option("--known", multiple=True)
@click.pass_context
def command(
    context: click.Context,
    questions: Path,
    output: Path,
    parent: str,
    year: int | None,
    known: tuple[str, ...],
) -> int:
    """Writes the folder, and tells what a person must decide."""
    from checker.report.draft import told
    from checker.report.excel.draft import decisions
    from frameworks.ground.output import check_free_folder, save_folder
    from questionnaire.cells import clean_text
    from questionnaire.drafting.draft_edition import draft_edition
    from questionnaire.drafting.files import read_list

    words = words_of(context)
    check_free_folder(output)
    listing = read_list(questions)
    made = draft_edition(
        listing, questions.stem, output.name, questions.name, year, clean_text(parent), known
    )
    files = {**made.files, words.text("drafting", "file-name"): decisions(made.draft, made.edition, words)}
    save_folder(output, files)
    for line in told(made, output, words):
        click.echo(line, err=True)
    return OK
