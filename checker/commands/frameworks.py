"""``esgcheck frameworks``: the catalogues, and what some returns let the listed parent disclose."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands import NOTHING, OK, UNREADABLE, HelpfulCommand, folder_of, words_of

if TYPE_CHECKING:
    from checker.finding import Report
    from checker.reading.disclosures import Reader
    from checker.report.disclosure_view import CoverageView
    from checker.wording import Wording
    from frameworks.model import Framework
    from questionnaire.schema import Schema


@click.command("frameworks", cls=HelpfulCommand)
@click.argument("framework", required=False)
@click.option("--returns", "folders", multiple=True, type=click.Path(path_type=Path))
@click.option("--year", type=click.IntRange(2000, 2100), default=None)
@click.option("-o", "--output", "outputs", multiple=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal")
@click.option("--force", is_flag=True)
@click.option("--questionnaire")
@click.pass_context
def command(
    context: click.Context,
    framework: str | None,
    folders: tuple[Path, ...],
    year: int | None,
    outputs: tuple[Path, ...],
    form: str,
    force: bool,
    questionnaire: str | None,
) -> int:
    """Lists catalogues, shows one, or says what cannot be disclosed yet and who it waits for."""
    from checker.checking.many import Checks
    from checker.reading.disclosures import load_reader
    from checker.reading.disputed import RULES
    from checker.reading.frameworks import edition_of
    from checker.report.disclosure_terminal import print_catalogue, print_list
    from checker.report.occupants import inputs_of
    from questionnaire.editions import Editions

    words, editions = words_of(context), Editions.of(questionnaire)
    inputs = inputs_of((*folders, folder_of(questionnaire)), outputs)
    _check_outputs(outputs, inputs, force=force)
    checks = Checks(editions, rules=RULES)  # states, and what disputes them
    reports, complete = checks.run(
        folders, lambda error: click.echo(words.error(error), err=True), lambda file: None
    )
    for report in reports:
        if report.chosen_by in ("near", "foreign", "override"):
            said = words.text(
                "report",
                f"questionnaire-{report.chosen_by}",
                questionnaire=report.questionnaire,
                year=report.year,
            )
            click.echo(f"{report.file}：{said}", err=True)
    year = year or max((report.year or 0 for report in reports), default=0) or editions.first.edition.year
    schema = editions.of_year(year)
    reader = load_reader(schema, schema.all_links(year))
    if framework is None:
        print_list(reader.catalogues, reader.links, words)
        return OK
    reader, edition = edition_of(reader, framework, year)
    if not folders:
        print_catalogue(edition, reader.links, schema, reader.crosswalk, words)
        return OK
    if not reports:
        return NOTHING if complete else UNREADABLE
    view = _coverage(reader, edition, _of_year(reports, schema, year, words), folders, form, words)
    _write(view, outputs, inputs, words, force=force)
    return OK if complete else UNREADABLE


def _of_year(reports: Sequence[Report], schema: Schema, year: int, words: Wording) -> list[Report]:
    """Those of the year that is judged; the others are named."""
    kept = []
    for report in reports:
        own = report.year or schema.edition.year
        if own == year:
            kept.append(report)
        else:
            click.echo(words.text("command", "other-year", file=report.file, own=own, year=year), err=True)
    return kept


def _coverage(
    reader: Reader,
    edition: Framework,
    reports: Sequence[Report],
    folders: Sequence[Path],
    form: str,
    words: Wording,
) -> CoverageView:
    from checker.report.disclosure_json import as_data
    from checker.report.disclosure_terminal import print_coverage
    from checker.report.disclosure_view import build_coverage

    view = build_coverage(reader, edition, reports, words)
    if form == "json":
        click.echo(json.dumps(as_data(reader, edition, reports, words), ensure_ascii=False))
    else:
        folder = " ".join(str(path) for path in folders)
        print_coverage(view, reader.schema.edition.parent.name, folder, words)
    return view


def _check_outputs(outputs: Sequence[Path], inputs: Sequence[Path], *, force: bool) -> None:
    """Refuses what cannot or may not be written, before any return is read."""
    from checker.report.kinds import Kind
    from checker.report.occupants import look_for
    from frameworks.ground.errors import OutputError
    from frameworks.ground.output import check_target

    for target in outputs:
        if target.suffix.lower() != ".xlsx":
            raise OutputError("output-suffix-workbook", file=str(target), suffix=target.suffix)
        check_target(target, inputs, look=look_for(Kind.COVERAGE), force=force)


def _write(
    view: CoverageView, outputs: Sequence[Path], inputs: Sequence[Path], words: Wording, *, force: bool
) -> None:
    from checker.report.excel.disclosures import render_coverage
    from checker.report.kinds import Kind
    from checker.report.occupants import look_for
    from checker.report.written import Written
    from frameworks.ground.output import save

    for target in outputs:
        content = render_coverage(view, words)
        kept = save(target, content, inputs, look=look_for(Kind.COVERAGE), force=force)
        for line in Written(target, kept).lines(words):
            click.echo(line, err=True)
