"""The samples and what they give: JSON, terminal text, Excel cell values, word for word.

``python -m pytest --refresh-golden`` writes them anew; the difference is read before it is committed.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console

from checker.engine import check
from checker.finding import Report
from checker.report.excel import render
from checker.report.json import as_text
from checker.report.terminal import print_report
from checker.wording import wording
from questionnaire.reading import read_return
from questionnaire.schema import Schema
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden"


@pytest.fixture(
    scope="module",
    params=["good.xlsx", "middling.xlsx", "poor.xlsx", "poor.txt", "overseas.xlsx", "slogans.xlsx"],
)
def sample(request: pytest.FixtureRequest, schema: Schema) -> tuple[str, Report]:
    return request.param.replace(".", "-"), check(
        schema, read_return(ROOT / "samples" / request.param, schema), strict=True
    )


def _compare(path: Path, text: str, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--refresh-golden"):
        path.write_text(text, encoding="utf-8")
    assert path.exists(), "run: python -m pytest --refresh-golden"
    assert text == path.read_text(encoding="utf-8")


def test_json(sample: tuple[str, Report], request: pytest.FixtureRequest) -> None:
    data = json.loads(as_text(sample[1], wording()))
    data["tool"] = ""
    data["return"]["sha256"] = ""
    _compare(GOLDEN / f"{sample[0]}.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n", request)


@pytest.mark.parametrize("width", [80, 120])
def test_terminal(
    sample: tuple[str, Report], schema: Schema, width: int, request: pytest.FixtureRequest
) -> None:
    console = Console(
        width=width, file=io.StringIO(), color_system=None, highlight=False, emoji=False, markup=False
    )
    print_report(sample[1], schema, wording(), console)
    text = "\n".join(line.rstrip() for line in console.file.getvalue().splitlines()) + "\n"  # type: ignore[attr-defined]
    _compare(GOLDEN / f"{sample[0]}-{width}.txt", text, request)


def test_excel(sample: tuple[str, Report], schema: Schema, request: pytest.FixtureRequest) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render([sample[1]], schema, wording())))
    lines = []
    for sheet in book:
        lines.append(f"# {sheet.title}")
        for row in sheet.iter_rows(values_only=True):
            if any(value is not None for value in row):
                lines.append(
                    "\t".join("" if value is None else str(value).replace("\n", "⏎") for value in row)
                )
    _compare(GOLDEN / f"{sample[0]}.tsv", "\n".join(lines) + "\n", request)
