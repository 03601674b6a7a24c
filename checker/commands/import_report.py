"""``esgcheck import``: a narrative report into the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands import OK, HelpfulCommand, folder_of, words_of

if TYPE_CHECKING:
    from checker.wording import Wording
    from questionnaire.answers import Return
    from questionnaire.schema import Schema


@click.command("import", cls=HelpfulCommand)
@click.argument("report", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path))
@click.option("--force", is_flag=True)
@click.option("--questionnaire")
@click.pass_context
def command(
    context: click.Context, report: Path, output: Path, force: bool, questionnaire: str | None
) -> int:
    """Reads a report and writes its answers into the workbook; what found no place is listed."""
    from checker.checking.files import read_file
    from checker.report.occupants import inputs_of, look_for_template
    from checker.report.written import Written
    from frameworks.ground.output import check_workbook, save
    from questionnaire.editions import Editions
    from questionnaire.template import build_workbook

    check_workbook(output)
    words = words_of(context)
    editions = Editions.of(questionnaire)
    source, (schema, _) = read_file(report, editions)
    inputs, look = inputs_of([report, folder_of(questionnaire)], [output]), look_for_template(editions)
    kept = save(output, build_workbook(schema, source=source), inputs, look=look, force=force)
    given = {a.item for a in source.answers if a.text or a.choice or a.option}
    for line in Written(output, kept).lines(words):
        click.echo(line, err=True)
    click.echo(words.text("command", "imported", count=len(given), total=len(schema.items)), err=True)
    absent = [schema.label(item.id) for item in schema.items if item.id not in given]
    if absent:
        click.echo(words.text("command", "not-in-report", labels=absent), err=True)
    for block in source.unmatched:
        place = words.place(block.where)
        click.echo(words.text("command", "unplaced", place=place, text=block.text[:40]), err=True)
    for line in _outside(source, schema, words):
        click.echo(line, err=True)
    return OK


def _outside(source: Return, schema: Schema, words: Wording) -> Iterator[str]:
    """What the report holds besides its answers: the workbook will not tell any more."""
    from checker.checking.engine import check
    from checker.rules import outside_answer

    for finding in check(schema, source, {outside_answer.ID: outside_answer}).findings:
        yield words.text(
            "command", "set-aside", place=words.place(finding.where), text=words.finding(finding).message
        )
