"""``esgcheck check``: one company's check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands import (
    FINDINGS,
    NOTHING,
    OK,
    SEVERITY,
    UNREADABLE,
    HelpfulCommand,
    folder_of,
    given_again,
    words_of,
)

if TYPE_CHECKING:
    from checker.finding import Report
    from checker.wording import Wording


@click.command("check", cls=HelpfulCommand)
@click.argument("returns", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", "outputs", multiple=True, type=click.Path(path_type=Path))
@click.option("--annotate", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal")
@click.option("--framework", "frameworks", multiple=True)
@click.option("--last-year", type=click.Path(path_type=Path))
@click.option("--fail-on", type=SEVERITY, default="error")
@click.option("--select", multiple=True)
@click.option("--ignore", multiple=True)
@click.option("--waivers", type=click.Path(path_type=Path))
@click.option("--all", "whole", is_flag=True)
@click.option("--item", "items", multiple=True)
@click.option("--for", "audience", type=click.Choice(["clerk", "office"]))
@click.option("--force", is_flag=True)
@click.option("--questionnaire")
@click.pass_context
def command(
    context: click.Context, returns: tuple[Path, ...], outputs: tuple[Path, ...], annotate: Path | None, form: str,
    frameworks: tuple[str, ...], fail_on: str, select: tuple[str, ...], ignore: tuple[str, ...],
    waivers: Path | None, last_year: Path | None, whole: bool, items: tuple[str, ...], audience: str | None,
    force: bool, questionnaire: str | None,
) -> int:  # fmt: skip
    """Checks returns and reports what is missing, in which cell, and what to write."""
    from checker.checking.many import Checks
    from checker.checking.selection import choose_rules
    from checker.report import check_outputs, show, write
    from checker.report.occupants import inputs_of
    from checker.report.rows import Audience, Request
    from checker.translation import shown_by, shown_report
    from questionnaire.editions import Editions

    words, editions = words_of(context), Editions.of(questionnaire)
    rules = choose_rules(select, ignore)
    inputs = inputs_of((*returns, last_year, waivers, folder_of(questionnaire)), outputs)
    check_outputs(outputs, inputs, force=force)
    if annotate is not None:
        _check_copy(returns, annotate, inputs, force=force)
    checks = Checks(editions, tuple(rules), frameworks, last_year, waivers)
    reports, files, complete = checks.run(
        returns,
        lambda error: click.echo(words.error(error), err=True),
        lambda key, **params: click.echo(words.text("command", key, **params), err=True),
    )
    if reports:
        words = words.of_edition(checks.schema(reports[0].questionnaire).edition)
    readers = Audience(audience or ("office" if frameworks else "clerk"))
    schema_of = shown_by(checks.schema, words)
    reports = [shown_report(report, checks.schema(report.questionnaire), words) for report in reports]
    given = given_again(context, "questionnaire", "last_year", "waivers", "frameworks", "select", "ignore")
    for report, file in zip(reports, files, strict=True):
        request = Request(readers, whole, items, str(file), given)
        show(report, schema_of(report.questionnaire), words, form, request)
    for written in write(
        reports, schema_of, words, outputs, inputs, files=files, audience=readers, force=force
    ):
        for line in written.lines(words):
            click.echo(line, err=True)
    if annotate is not None and reports:
        _write_copy(reports[0], returns[0], annotate, words, force=force)
    return _exit_code(reports, fail_on, unread=not complete)


def _check_copy(returns: Sequence[Path], target: Path, inputs: Iterable[Path], *, force: bool) -> None:
    """Refuses an annotated copy of several returns, and one that would cost somebody a file."""
    from frameworks.ground.errors import OutputError
    from frameworks.ground.output import check_target

    if len(returns) > 1 or returns[0].is_dir():
        raise OutputError("annotate-one", file=str(target))
    check_target(target, [*inputs, *returns], force=force)


def _write_copy(report: Report, source: Path, target: Path, words: Wording, *, force: bool) -> None:
    from checker.report.excel.annotated import write_annotated

    notes = write_annotated(report, source, target, words, force=force)
    click.echo(words.text("command", "written", file=str(target)), err=True)
    for note in notes:
        click.echo(words.error(note), err=True)


def _exit_code(reports: Iterable[Report], fail_on: str, *, unread: bool) -> int:
    from checker.finding import Severity

    reports = list(reports)
    if unread or any(report.failures for report in reports):
        return UNREADABLE
    if not reports:
        return NOTHING
    limit = Severity(fail_on).rank
    hit = any(finding.severity.rank <= limit for report in reports for finding in report.findings)
    return FINDINGS if hit else OK
