"""Good files, damaged by machine: an answer or one of our errors, never anything else, and never a hang.

In this process, so that a fault of our own readers is seen; files that only a foreign reader reads go through the
worker, as users' files do.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frameworks.ground.errors import ReturnError
from questionnaire.reading import read_return
from questionnaire.reading.content import read_content
from questionnaire.reading.files.document import read_body
from questionnaire.reading.files.numbering import Numbering
from questionnaire.reading.files.sniff import Kind, sniff
from questionnaire.reading.files.spreadsheet import read_spreadsheet
from questionnaire.reading.layout.word import read_word
from questionnaire.schema import Schema
from tests.conftest import ROOT, SHARED
from tests.effort import bounded
from tests.files.hostile import mutated, repacked
from tests.files.package import book, rows, word, zipped
from tests.files.report import numbered

QUICK, NIGHT, REAL = 60, 1_000, 40
OWN = (Kind.WORKBOOK, Kind.WORD)


def _own(content: bytes, schema: Schema) -> None:
    """Our own readers in this process: only our errors may come out."""
    with bounded(), contextlib.suppress(ReturnError):
        kind = sniff(content, "a")
        if kind is Kind.WORKBOOK:
            read_spreadsheet(content, "a")
        elif kind is Kind.WORD:
            read_word(content, "a", "0", schema)


@pytest.fixture(scope="module")
def good(schema: Schema) -> list[bytes]:
    sample = read_return(ROOT / "samples" / "poor.txt", schema)
    return [
        (ROOT / "samples" / "middling.xlsx").read_bytes(),
        zipped(numbered(sample, schema, styles=True)),
    ]


@pytest.mark.parametrize("way", [mutated, repacked], ids=["bytes of the file", "bytes of a part"])
@pytest.mark.parametrize("count", [QUICK, pytest.param(NIGHT, marks=pytest.mark.slow)])
def test_our_readers_on_damaged_files(way, count: int, good: list[bytes], schema: Schema) -> None:  # type: ignore[no-untyped-def]
    for seed in range(count):
        _own(way(good[seed % len(good)], seed), schema)


def _real() -> list[Path]:
    folder = SHARED / "badfiles"
    found = sorted(
        path for path in folder.rglob("*") if path.suffix.lower() in (".xls", ".xlsb", ".xlsx", ".docx")
    )
    small = [path for path in found if path.stat().st_size < 200_000]
    return small[:: max(1, len(small) // REAL)][:REAL]


@pytest.mark.slow
def test_real_files_damaged_further(tmp_path: Path, schema: Schema) -> None:
    if not (SHARED / "badfiles").is_dir():
        pytest.skip("the odd files are not here")
    path = tmp_path / "填报.bin"
    for source in _real():
        for seed in range(5):
            path.write_bytes(mutated(source.read_bytes(), seed))
            with bounded((source.name, seed)), contextlib.suppress(ReturnError):
                read_return(path, schema)


@settings(max_examples=80, deadline=None)
@given(
    content=st.binary(max_size=400) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_bytes(content: bytes, schema: Schema) -> None:
    try:
        read_content(content, "a", "0", schema)
    except ReturnError as error:
        assert error.code


TAGS = st.sampled_from(
    ["row", "c", "v", "f", "is", "t", "x:c", "rPh", "mergeCell", "cols", "col", "sheetData"]
)
NAMES = st.sampled_from(["r", "t", "s", "ref", "min", "max", "hidden"])
VALUES = st.sampled_from(
    ["A1", "B2:C9", "s", "e", "str", "inlineStr", "d", "b", "1", "0", "-1", "99999999", "XFE1", ""]
)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<&"), max_size=8)


@st.composite
def elements(draw: st.DrawFn, tags: st.SearchStrategy[str] = TAGS, depth: int = 3) -> str:
    tag = draw(tags)
    given_ = draw(st.dictionaries(NAMES, VALUES, max_size=3))
    attributes = "".join(f' {name}="{value}"' for name, value in given_.items())
    inner = draw(st.lists(elements(tags, depth - 1), max_size=4)) if depth else [draw(WORDS)]
    return f"<{tag}{attributes}>{''.join(inner)}</{tag}>"


@settings(max_examples=80, deadline=None)
@given(body=elements())
def test_any_elements_in_a_sheet(body: str) -> None:
    try:
        found = read_spreadsheet(zipped(book(body.replace("x:c", "c"))), "a")
    except ReturnError:
        return
    assert found.read <= found.present


WORD_TAGS = st.sampled_from(
    ["w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:del", "w:delText", "w:sdt", "w:sdtContent", "w:txbxContent",
     "w:pPr", "w:rPr", "w:vanish", "mc:Fallback", "w:tab", "w:gridSpan", "w:vMerge", "w:numId"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(body=elements(WORD_TAGS, 4))
def test_any_elements_in_a_document(body: str) -> None:
    from questionnaire.reading.files.archive import open_archive

    with open_archive(zipped(word(body)), "a") as archive:
        found = read_body(archive, "word/document.xml", Numbering())
    assert found.paragraphs >= 0


@settings(max_examples=60, deadline=None)
@given(
    table=st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), max_size=6), max_size=8
    )
)
def test_every_text_of_a_sheet_is_counted_and_read(table: list[list[str]]) -> None:
    from questionnaire.cells import clean_text

    found = read_spreadsheet(zipped(book(rows(table))), "a")
    wanted = sum(bool(text) for line in table for text in line)
    assert found.present == found.read == wanted
    kept = sorted(text for line in table for value in line if (text := clean_text(value)))
    assert sorted(found.sheets[0].cells.values()) == kept
