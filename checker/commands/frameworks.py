"""``esgcheck frameworks``: the catalogues, and what some returns let the listed parent disclose."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands import NOTHING, OK, UNREADABLE, HelpfulCommand, words_of

if TYPE_CHECKING:
    from checker.finding import Report
    from checker.reading.disclosures import Reader
    from checker.wording import Wording
    from frameworks.model import Framework
    from questionnaire.editions import Editions
    from questionnaire.schema import Schema


@click.command("frameworks", cls=HelpfulCommand)
@click.argument("framework", required=False)
@click.option("--returns", "folders", multiple=True, type=click.Path(path_type=Path))
@click.option("--year", type=click.IntRange(2000, 2100), default=None)
@click.option("-o", "--output", "outputs", multiple=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal")
@click.option("--questionnaire")
@click.pass_context
def command(
    context: click.Context,
    framework: str | None,
    folders: tuple[Path, ...],
    year: int | None,
    outputs: tuple[Path, ...],
    form: str,
    questionnaire: str | None,
) -> int:
    """Lists catalogues, shows one, or says what cannot be disclosed yet and who it waits for."""
    from checker.reading.disclosures import load_reader
    from checker.report.disclosure_terminal import print_catalogue, print_list
    from questionnaire.editions import Editions

    words, editions = words_of(context), Editions.of(questionnaire)
    reports, unread = _reports(folders, editions, words)
    year = year or max((report.year or 0 for report in reports), default=0) or editions.first.edition.year
    schema = editions.of_year(year)
    reader = load_reader(schema, schema.all_links(year))
    if framework is None:
        print_list(reader.catalogues, reader.links, words)
        return OK
    reader, edition = _edition(reader, framework, year)
    if not folders:
        print_catalogue(edition, reader.links, schema, reader.crosswalk, words)
        return OK
    if not reports:
        return UNREADABLE if unread else NOTHING
    _coverage(reader, edition, _of_year(reports, schema, year, words), folders, outputs, form, words)
    return UNREADABLE if unread else OK


def _reports(folders: Sequence[Path], editions: Editions, words: Wording) -> tuple[list[Report], bool]:
    from checker.checking.files import check_file
    from frameworks.ground.errors import ReturnError
    from questionnaire.reading import find_returns

    reports, unread = [], False
    for path in folders:
        found = find_returns(path)
        if not found:
            click.echo(words.error(ReturnError("folder-empty", file=str(path))), err=True)
        for file in found:
            try:
                reports.append(check_file(file, editions, ()))  # states alone, no rules
            except ReturnError as error:
                click.echo(words.error(error), err=True)
                unread = True
    return reports, unread


def _edition(reader: Reader, name: str, year: int) -> tuple[Reader, Framework]:
    """The edition of a framework in force in the year: by its id, the edition's name, or a catalogue's file."""
    from dataclasses import replace

    from frameworks.catalogues import read_framework
    from frameworks.ground.errors import SchemaError

    if name.endswith((".yaml", ".yml")):
        edition = read_framework(Path(name))
        reader = replace(reader, catalogues=reader.catalogues.joined([edition]))
        name = edition.framework
    known = {edition.name: edition.framework for edition in reader.catalogues.editions}
    name = known.get(name, name)
    if name not in reader.catalogues.frameworks:
        import difflib

        names = reader.catalogues.frameworks
        near = difflib.get_close_matches(name, names, n=2, cutoff=0.4) or list(names)
        raise SchemaError("framework-unknown", value=name, near=near)
    found = reader.catalogues.edition(name, year)
    if found is None:
        raise SchemaError("framework-not-held", value=name, year=year)
    return reader, found


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
    outputs: Sequence[Path],
    form: str,
    words: Wording,
) -> None:
    from checker.report.disclosure_json import as_data
    from checker.report.disclosure_sheets import render_coverage
    from checker.report.disclosure_terminal import print_coverage
    from checker.report.disclosure_view import build_coverage
    from frameworks.ground.errors import OutputError
    from frameworks.ground.output import save

    view = build_coverage(reader, edition, reports, words)
    if form == "json":
        click.echo(json.dumps(as_data(reader, edition, reports, words), ensure_ascii=False))
    else:
        folder = " ".join(str(path) for path in folders)
        print_coverage(view, reader.schema.edition.parent.name, folder, words)
    for target in outputs:
        if target.suffix.lower() != ".xlsx":
            raise OutputError("output-suffix", file=str(target), suffix=target.suffix)
        save(target, render_coverage(view, words), folders)
        click.echo(words.text("command", "written", file=str(target)), err=True)
