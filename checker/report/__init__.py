"""Reports from one view: the screen, Excel, HTML, JSON. Writers only lay out; ``view`` decides what is said."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

import click

from checker.finding import Report
from checker.report.excel.filled import Entry
from checker.report.kinds import WITH_GAPS, Kind
from checker.report.occupants import look_for
from checker.report.rows import Audience, Request
from checker.report.written import Written, write_list
from checker.wording import Wording
from frameworks.ground.errors import OutputError
from frameworks.ground.output import check_target, save
from questionnaire.schema import Schema

SchemaOf = Callable[[str], Schema]  # the questionnaire of an edition's id

WRITERS = {".xlsx": "excel.gaps", ".json": "json", ".html": "html"}  # suffix → module with ``render``
KINDS = {".xlsx": Kind.REPORT, ".json": Kind.JSON, ".html": Kind.HTML}

Render = Callable[..., bytes]


def check_outputs(outputs: Iterable[Path], inputs: Iterable[Path], *, force: bool = False) -> None:
    """Refuses a suffix without a writer, and an output that would cost somebody a file, before any work is done.

    Raises:
        OutputError: names the file and the mend.
    """
    inputs = list(inputs)
    for target in outputs:
        if target.suffix.lower() not in WRITERS:
            raise OutputError("output-suffix", file=str(target), suffix=target.suffix)
        check_target(target, inputs, look=look_for(KINDS[target.suffix.lower()]), force=force)


def show(report: Report, schema: Schema, words: Wording, form: str, request: Request) -> None:
    """Puts a report on the screen: for people, or as one JSON object a line."""
    if form == "json":
        from checker.report.json import as_text

        click.echo(as_text(report, words))
    else:
        from checker.report.terminal import print_report

        print_report(report, schema, words, request=request)


def write(
    reports: Sequence[Report],
    schema_of: SchemaOf,
    words: Wording,
    outputs: Iterable[Path],
    inputs: Iterable[Path],
    *,
    files: Sequence[Path] = (),
    audience: Audience = Audience.OFFICE,
    force: bool = False,
) -> list[Written]:
    """Writes the reports into files, in the form that each suffix names; ``files`` are their returns."""
    done: list[Written] = []
    for target in outputs if reports else ():
        suffix = target.suffix.lower()
        render: Render = import_module(f"checker.report.{WRITERS[suffix]}").render
        kind = KINDS[suffix]
        if kind is not Kind.JSON:
            render = partial(render, audience=audience)
        if kind in WITH_GAPS:
            links = [_link(file, target) for file in files]
            making = partial(render, reports, schema_of, words, links=links)
            settle = partial(_followed, reports=reports, schema_of=schema_of, words=words)
            done.append(write_list(target, kind, making, inputs, force=force, settle=settle))
        else:
            content = render(reports, schema_of, words)
            done.append(Written(target, save(target, content, inputs, look=look_for(kind), force=force)))
    return done


def _link(file: Path, target: Path) -> str:
    """A return's path as seen from the workbook; empty where no link leads there (another drive, a broken name)."""
    try:
        link = Path(os.path.relpath(file.resolve(), target.resolve().parent)).as_posix()
        link.encode()
    except ValueError:
        return ""
    return link


def _followed(
    entries: Sequence[Entry], *, reports: Sequence[Report], schema_of: SchemaOf, words: Wording
) -> Sequence[Entry]:
    """Entries of a list beside the gaps that took the place of theirs; only where it is of one return."""
    from checker.report.excel.followed import follow

    if len(reports) != 1:
        return entries
    return follow(entries, reports[0], schema_of(reports[0].questionnaire), words)
