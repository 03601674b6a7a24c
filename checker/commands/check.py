"""``esgcheck check``: one company's check."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands import FINDINGS, NOTHING, OK, UNREADABLE, HelpfulCommand, words_of

if TYPE_CHECKING:
    from checker.finding import Report


@click.command("check", cls=HelpfulCommand)
@click.argument("returns", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", "outputs", multiple=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal")
@click.option("--fail-on", type=click.Choice(["error", "warning", "notice"]), default="error")
@click.pass_context
def command(
    context: click.Context, returns: tuple[Path, ...], outputs: tuple[Path, ...], form: str, fail_on: str
) -> int:
    """Checks returns and reports what is missing, in which cell, and what to write."""
    from checker.engine import check_file
    from checker.report import check_outputs, show, write
    from frameworks.errors import ReturnError
    from questionnaire.loader import load_schema
    from questionnaire.reading import find_returns, is_lock, open_elsewhere

    words = words_of(context)
    schema = load_schema()
    check_outputs(outputs, returns)
    reports: list[Report] = []
    unread = False
    for path in returns:
        found = find_returns(path)
        if not found and not is_lock(path):
            click.echo(words.error(ReturnError("folder-empty", file=str(path))), err=True)
        for file in found:
            if open_elsewhere(file):
                click.echo(words.text("command", "open-elsewhere", file=str(file)), err=True)
            try:
                report = check_file(file, schema)
            except ReturnError as error:
                click.echo(words.error(error), err=True)
                unread = True
                continue
            show(report, schema, words, form)
            reports.append(report)
    write(reports, schema, words, outputs, returns)
    for target in outputs if reports else ():
        click.echo(words.text("command", "written", file=str(target)), err=True)
    return _exit_code(reports, fail_on, unread)


def _exit_code(reports: Iterable[Report], fail_on: str, unread: bool) -> int:
    from checker.finding import Severity

    reports = list(reports)
    if unread or any(report.failures for report in reports):
        return UNREADABLE
    if not reports:
        return NOTHING
    limit = Severity(fail_on).rank
    hit = any(finding.severity.rank <= limit for report in reports for finding in report.findings)
    return FINDINGS if hit else OK
