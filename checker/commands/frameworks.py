"""``esgcheck frameworks``: the catalogues, and what some returns let the listed parent disclose."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from checker.commands import NOTHING, OK, UNREADABLE, HelpfulCommand, NamedChoice, folder_of, words_of

if TYPE_CHECKING:
    from checker.finding import Report
    from checker.reading.disclosures import Reader
    from checker.report.disclosure_view import CoverageView
    from checker.wording import Wording
    from frameworks.model import Framework
    from questionnaire.editions import Editions
    from questionnaire.schema import Schema

LEAST, MOST, SPAN_PARTS = 2000, 2100, 2
_SPAN = re.compile("[-–—]")
ISSUERS = ("large-cap", "main-board", "gem", "mainland-named", "mainland")  # as frameworks.obligation.Issuer


class Years(click.ParamType[range]):
    """A year, or a span of years such as 2023-2027."""

    name = "years"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> range:
        """The years, in order."""
        told = [int(part) for part in _SPAN.split(str(value)) if re.fullmatch("[0-9]{4}", part)]
        whole = len(told) == len(_SPAN.split(str(value))) and len(told) <= SPAN_PARTS
        if not whole or not LEAST <= min(told) <= max(told) <= MOST:
            words = words_of(ctx) if ctx else None
            self.fail(words.text("command", "bad-years", least=LEAST, most=MOST) if words else "", param, ctx)
        return range(min(told), max(told) + 1)


@click.command("frameworks", cls=HelpfulCommand)
@click.argument("framework", required=False)
@click.option("--returns", "folders", multiple=True, type=click.Path(path_type=Path))
@click.option("--year", "years", type=Years(), default=None)
@click.option("--issuer", "issuers", multiple=True, type=NamedChoice("frameworks", "issuers", ISSUERS))
@click.option("-o", "--output", "outputs", multiple=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal")
@click.option("--force", is_flag=True)
@click.option("--questionnaire")
@click.pass_context
def command(
    context: click.Context,
    framework: str | None,
    folders: tuple[Path, ...],
    years: range | None,
    issuers: tuple[str, ...],
    outputs: tuple[Path, ...],
    form: str,
    force: bool,
    questionnaire: str | None,
) -> int:
    """Lists catalogues, shows one, or says what cannot be disclosed yet and who it waits for."""
    from checker.checking.many import Checks
    from checker.reading.disputed import RULES
    from checker.reading.frameworks import edition_of
    from checker.report.occupants import inputs_of
    from frameworks.ground.errors import SchemaError
    from questionnaire.editions import Editions

    words, editions = words_of(context), Editions.of(questionnaire)
    if folders and years and len(years) > 1:
        raise click.UsageError(words.text("command", "one-year-of-returns"), context)
    inputs = inputs_of((*folders, folder_of(questionnaire)), outputs)
    _check_outputs(outputs, inputs, force=force)
    checks = Checks(editions, rules=RULES)  # states, and what disputes them
    reports, files, complete = checks.run(
        folders, lambda error: click.echo(words.error(error), err=True), lambda key, **params: None
    )
    _say_choices(reports, words)
    if reports:
        editions = checks.editions_of(reports[0].questionnaire)
    usual = _questionnaire_of(reports, editions)
    asked = editions.first if usual is None else editions.by_id(usual)
    own = _of_questionnaire(reports, editions, asked, words)
    told = max((report.year or 0 for report in own), default=0) or editions.first.edition.year
    years = years or range(told, told + 1)
    if framework is None or not folders:
        _show(framework, years, editions, issuers, form, words)
        return OK
    schema = editions.choose("", years[0], asked).schema
    if not schema.links(years[0]).links:
        raise SchemaError("questionnaire-unlinked", value=schema.edition.id)
    reader, edition = edition_of(_reader(schema, years[0], issuers), framework, years[0])
    if not reports:
        return NOTHING if complete else UNREADABLE
    places = {report.sha256: file for report, file in zip(reports, files, strict=True)}
    kept = _one_each(_of_year(own, schema, years[0], words), places, words)
    if not kept:
        click.echo(words.text("command", "no-returns-of-year", year=years[0]), err=True)
        return NOTHING if complete else UNREADABLE
    words = words.of_edition(schema.edition)
    view = _coverage(reader, edition, kept, folders, form, words)
    _write(view, outputs, inputs, words, force=force)
    return OK if complete else UNREADABLE


def _show(
    framework: str | None, years: range, editions: Editions, issuers: Sequence[str], form: str, words: Wording
) -> None:
    """The list of a year, one catalogue, or edition and obligation year by year."""
    from checker.reading.frameworks import edition_of, framework_of
    from checker.report.framework_json import editions_data
    from checker.report.framework_list import print_list, print_years
    from checker.report.framework_page import print_catalogue

    readers = [_reader(editions.of_year(year), year, issuers) for year in years]
    catalogues, names = readers[0].catalogues, readers[0].catalogues.frameworks
    if framework is not None:
        catalogues, name = framework_of(catalogues, framework)
        names = (name,)
    if form == "json":
        own = [replace(reader, catalogues=catalogues) for reader in readers]
        data = editions_data(own, names, words, whole=framework is not None)
        click.echo(json.dumps(data, ensure_ascii=False))
    elif len(readers) > 1:
        told = {reader.links.year: reader.schema.edition.issuer for reader in readers}
        print_years(catalogues, names, told, words)
    elif framework is None:
        print_list(readers[0], words)
    else:
        reader, edition = edition_of(readers[0], framework, years[0])
        print_catalogue(edition, reader, words)


def _questionnaire_of(reports: Sequence[Report], editions: Editions) -> str | None:
    """An edition of the questionnaire that most returns answer; of as many the usual one. None without returns."""
    counts = Counter(editions.family_of(report.questionnaire) for report in reports)
    usual = editions.family_of(editions.first.edition.id)
    most = max(counts, key=lambda family: (counts[family], family == usual, family), default=None)
    return next((r.questionnaire for r in reports if editions.family_of(r.questionnaire) == most), None)


def _of_questionnaire(
    reports: Sequence[Report], editions: Editions, schema: Schema, words: Wording
) -> list[Report]:
    """Those that answer the questionnaire, in whatever edition; the others are named."""
    family = editions.family_of(schema.edition.id)
    kept = []
    for report in reports:
        if editions.family_of(report.questionnaire) == family:
            kept.append(report)
        else:
            said = words.text(
                "command", "other-questionnaire", file=report.file, own=report.questionnaire, asked=family
            )
            click.echo(said, err=True)
    return kept


def _reader(schema: Schema, year: int, issuers: Sequence[str]) -> Reader:
    """The reader of a year; for other kinds of issuer where the user names some."""
    from checker.reading.disclosures import load_reader
    from frameworks.obligation import Issuer

    schema = schema.of_issuer(map(Issuer, issuers)) if issuers else schema
    return load_reader(schema, schema.all_links(year))


def _say_choices(reports: Sequence[Report], words: Wording) -> None:
    """Says which returns were not judged by the questionnaire of their own id or year."""
    for report in reports:
        if report.chosen_by in ("near", "foreign", "override"):
            said = words.text(
                "report",
                f"questionnaire-{report.chosen_by}",
                questionnaire=report.questionnaire,
                year=report.year,
            )
            click.echo(f"{report.file}：{said}", err=True)


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


def _one_each(reports: Sequence[Report], files: Mapping[str, Path], words: Wording) -> list[Report]:
    """One return a company: a workbook before a report in words, else the file changed last; the others are named.

    Args:
        reports: of all files.
        files: where each lies, by the hash of its bytes.
        words: in which the others are named.
    """
    from questionnaire.cells import squeeze

    companies: dict[str, list[Report]] = {}
    for number, report in enumerate(reports):
        companies.setdefault(squeeze(report.company) or f"{number}", []).append(report)
    kept = []
    for found in companies.values():
        *others, newest = sorted(found, key=lambda each: (_is_form(each), *_changed(files[each.sha256])))
        kept.append(newest)
        for other in others:
            said = words.text(
                "command", "same-company", file=other.file, company=other.company, other=newest.file
            )
            click.echo(said, err=True)
    return kept


def _changed(file: Path) -> tuple[float, str]:
    return file.stat().st_mtime, file.name


def _is_form(report: Report) -> bool:
    return any(item.where is not None and item.where.cell for item in report.items)


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
        print_coverage(view, words.parent(reader.schema.edition.parent.name), folder, words)
    return view


def _check_outputs(outputs: Sequence[Path], inputs: Sequence[Path], *, force: bool) -> None:
    """Refuses what cannot or may not be written, before any return is read."""
    from checker.report.kinds import Kind
    from checker.report.occupants import look_for
    from frameworks.ground.output import check_target, check_workbook

    for target in outputs:
        check_workbook(target)
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
