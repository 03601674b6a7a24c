"""The samples and what they give: states and findings of each, word for word one terminal text and one workbook.

``python -m pytest --refresh-golden`` writes them anew; the difference is read before it is committed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

import openpyxl
import pytest
from rich.cells import cell_len
from rich.console import Console

from checker.checking.engine import check
from checker.finding import AspectState, Report
from checker.report.excel.gaps import render
from checker.report.rows import Audience, Request
from checker.report.terminal import print_report
from checker.wording import wording
from questionnaire.editions import Editions
from questionnaire.reading import read_return
from questionnaire.schema import Schema
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden"
# those of other groups' questionnaires, by the edition that each of them finds itself
PUBLIC = {
    "questionnaires/supplier/good.xlsx": "supplier-2025",
    "questionnaires/supplier/poor.xlsx": "supplier-2025",
    "questionnaires/vsme/good.xlsx": "vsme-2025",
    "questionnaires/vsme/poor.xlsx": "vsme-2025",
}
SAMPLES = ("good.xlsx", "middling.xlsx", "poor.xlsx", "poor.txt", "overseas.xlsx", "slogans.xlsx")
IN_FULL = "overseas.xlsx"  # the sample whose terminal text and workbook are kept


@cache
def _report(name: str) -> Report:
    source, choice = Editions().read(partial(read_return, ROOT / "samples" / name))
    return check(choice.schema, source, strict=True)


def _compare(path: Path, lines: Iterator[str], request: pytest.FixtureRequest) -> None:
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    if request.config.getoption("--refresh-golden"):
        path.write_text(text, encoding="utf-8")
    assert path.exists(), "run: python -m pytest --refresh-golden"
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*SAMPLES, *PUBLIC])
def test_states_and_findings(name: str, request: pytest.FixtureRequest) -> None:
    path = Path(name)
    file = (
        f"{path.name.replace('.', '-')}.txt" if len(path.parts) == 1 else f"{path.parts[-2]}-{path.stem}.txt"
    )
    _compare(GOLDEN / file, _judgement(_report(name)), request)


@pytest.mark.parametrize(("name", "edition"), PUBLIC.items())
def test_a_return_finds_its_questionnaire(name: str, edition: str) -> None:
    assert _report(name).questionnaire == edition


SCREENS = {
    "terminal.txt": Request(path="samples/overseas.xlsx"),
    "terminal-all.txt": Request(Audience.OFFICE, whole=True, path="samples/overseas.xlsx"),
}


@pytest.mark.parametrize("name", SCREENS)
def test_terminal(name: str, schema: Schema, request: pytest.FixtureRequest) -> None:
    lines = _screen(_report(IN_FULL), schema, SCREENS[name], 80)
    _compare(GOLDEN / name, iter(lines), request)


def _screen(report: Report, schema: Schema, wish: Request, width: int) -> list[str]:
    file = io.StringIO()
    console = Console(width=width, file=file, color_system=None, highlight=False, emoji=False, markup=False)
    print_report(report, schema, wording(), console, wish)
    return file.getvalue().splitlines()


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", SAMPLES)
def test_the_first_screen_fits_a_terminal_of_30_lines(name: str, width: int, schema: Schema) -> None:
    lines = _screen(_report(name), schema, Request(path=f"samples/{name}"), width)
    assert len(lines) < 30  # one is left for the prompt
    assert all(cell_len(line) <= width for line in lines)
    assert "hkex" not in "\n".join(lines)


def test_workbook(schema: Schema, request: pytest.FixtureRequest) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render([_report(IN_FULL)], lambda _: schema, wording())))
    _compare(GOLDEN / "workbook.tsv", _cells(book), request)


def _judgement(report: Report) -> Iterator[str]:
    """One line an item with its open aspects, one line a finding."""
    for item in report.items:
        open_aspects = " ".join(
            f"{found.id.rsplit('.', 1)[1]}:{found.state.value}"
            for found in item.aspects
            if found.state is not AspectState.DISCLOSED
        )
        yield f"{item.id} {item.state.value} {open_aspects}"
    for finding in report.findings:
        quotes = " / ".join(quote.replace("\n", "⏎") for quote in finding.evidence)
        yield f"{finding.rule} {finding.severity.value} {finding.aspect or finding.item or ''} 「{quotes}」"


def _cells(book: openpyxl.Workbook) -> Iterator[str]:
    for sheet in book:
        yield f"# {sheet.title}"
        for row in sheet.iter_rows(values_only=True):
            if any(value is not None for value in row):
                yield "\t".join("" if value is None else str(value).replace("\n", "⏎") for value in row)
