"""One return as Word, PDF, workbook and text, and as LibreOffice saves it: one reading, one list of findings."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from checker.checking.engine import check
from questionnaire.answers import Answer, Place, Return
from questionnaire.reading import read_return
from questionnaire.schema import Schema
from questionnaire.template import build_workbook
from tests.conftest import ROOT
from tests.files.layouts import converted
from tests.files.package import zipped
from tests.files.printed import printed
from tests.files.report import numbered

SAMPLES = ROOT / "samples"


def document(source: Return, schema: Schema) -> bytes:
    return zipped(numbered(source, schema, styles=False))


def workbook(source: Return, schema: Schema) -> bytes:
    return build_workbook(schema, source=source)


def pages(source: Return, schema: Schema) -> bytes:
    pytest.importorskip("pypdfium2")
    return printed(source, schema, indent=2).bytes()


@pytest.fixture(scope="module", params=["poor.txt", "good.xlsx", "middling.xlsx", "slogans.xlsx"])
def source(request: pytest.FixtureRequest, schema: Schema) -> Return:
    """Answers in words alone: a report has no column for 依托, no department and no key figures."""
    found = read_return(SAMPLES / request.param, schema)
    nothing = Answer("", "", Place(found.file))
    given = {answer.item: answer for answer in found.answers}
    plain = tuple(
        replace(given.get(item.id, nothing), item=item.id, choice=None, reason="", department="", remark="")
        for item in schema.items
    )
    return replace(found, answers=plain, figures=())


def told(source: Return, schema: Schema) -> list[tuple[object, ...]]:
    """The findings without their places."""
    findings = check(
        schema, replace(source, profile=replace(source.profile, values=())), strict=True
    ).findings
    return sorted((f.rule, f.item or "", f.aspect or "", f.variant, f.evidence) for f in findings)


def texts(source: Return) -> dict[str, str]:
    return {answer.item: answer.text for answer in source.answers if answer.text}


@pytest.mark.parametrize(("make", "suffix"), [(document, "docx"), (workbook, "xlsx"), (pages, "pdf")])
def test_findings_are_equal_but_for_the_place(
    make: Callable[[Return, Schema], bytes], suffix: str, source: Return, schema: Schema, tmp_path: Path
) -> None:
    path = tmp_path / f"报告.{suffix}"
    path.write_bytes(make(source, schema))
    found = read_return(path, schema)
    assert texts(found) == texts(source)
    assert told(found, schema) == told(replace(source, company=found.company), schema)


@pytest.mark.office
@pytest.mark.parametrize(
    ("form", "suffix"),
    [("docx:MS Word 2007 XML", "docx"), ("docx:Office Open XML Text", "docx"), ("pdf", "pdf")],
)
def test_what_writer_saves_is_read_equal(
    form: str, suffix: str, source: Return, schema: Schema, tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    path = tmp_path / "报告.docx"
    path.write_bytes(document(source, schema))
    if suffix == "pdf":
        pytest.importorskip("pypdfium2")
    found = read_return(converted(office, path, form, tmp_path), schema)
    if suffix == "docx":
        assert texts(found) == texts(source)
        assert told(found, schema) == told(replace(source, company=found.company), schema)
    else:  # of a full line nobody can tell whether it ends a paragraph, of a cell without lines where it ends
        plain = {item for item, text in texts(source).items() if "\t" not in text}
        joined = {item: "".join(text.split()) for item, text in texts(found).items() if item in plain}
        assert joined == {
            item: "".join(text.split()) for item, text in texts(source).items() if item in plain
        }
