"""Reports from one view: the screen, Excel, HTML, JSON. Writers only lay out; ``view`` decides what is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path

import click

from checker.finding import Report
from checker.wording import Wording
from frameworks.ground.errors import OutputError
from frameworks.ground.output import save
from questionnaire.schema import Schema

SchemaOf = Callable[[str], Schema]  # the questionnaire of an edition's id

WRITERS = {".xlsx": "excel.gaps", ".json": "json", ".html": "html"}  # suffix → module with ``render``

Render = Callable[[Sequence[Report], SchemaOf, Wording], bytes]


def check_outputs(outputs: Iterable[Path], inputs: Iterable[Path]) -> None:
    """Refuses a suffix without a writer, and an output that is an input, before any work is done.

    Raises:
        OutputError: names the file and the mend.
    """
    inputs = list(inputs)
    for target in outputs:
        if target.suffix.lower() not in WRITERS:
            raise OutputError("output-suffix", file=str(target), suffix=target.suffix)
        if any(source.exists() and target.exists() and source.samefile(target) for source in inputs):
            raise OutputError("output-is-input", file=str(target))
        if not target.absolute().parent.is_dir():
            raise OutputError("output-no-folder", file=str(target))


def show(report: Report, schema: Schema, words: Wording, form: str) -> None:
    """Puts a report on the screen: for people, or as one JSON object a line."""
    if form == "json":
        from checker.report.json import as_text

        click.echo(as_text(report, words))
    else:
        from checker.report.terminal import print_report

        print_report(report, schema, words)


def write(
    reports: Sequence[Report],
    schema_of: SchemaOf,
    words: Wording,
    outputs: Iterable[Path],
    inputs: Iterable[Path],
) -> None:
    """Writes the reports into files, in the form that each suffix names."""
    if not reports:
        return
    for target in outputs:
        render: Render = import_module(f"checker.report.{WRITERS[target.suffix.lower()]}").render
        save(target, render(reports, schema_of, words), inputs)
