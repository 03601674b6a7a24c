"""The column that says while she writes what a row lacks: office programs calculate what we say ourselves."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from questionnaire.answers import Answer, Choice, Place, Return
from questionnaire.reading import read_return
from questionnaire.schema import Schema
from questionnaire.status import Row, needs_figure, status
from questionnaire.template import build_workbook, words
from tests.files.layouts import converted

YEARS = (2024, 2023)
DELEGATED, ASIDE = words()["choices"].values()
# answer, choice, reason → status where a figure is asked for, and where none is
ROWS = {
    ("", "", ""): ("未填", "未填"),
    (" ", "", ""): ("未填", "未填"),
    ("待补充", "", ""): ("未填", "未填"),
    ("无", "", ""): ("未填", "未填"),
    ("开展了培训。", "", ""): ("应含数据", "已填"),
    ("2024年度组织了培训。\n较2023年提升。", "", ""): ("应含数据", "已填"),
    ("2024年组织培训4次。", "", ""): ("已填", "已填"),
    ("组织培训三次。", "", ""): ("已填", "已填"),
    ("未发生相关事件。", "", ""): ("已填", "已填"),
    ("", DELEGATED, ""): ("依托缺说明", "依托缺说明"),
    ("", DELEGATED, " "): ("依托缺说明", "依托缺说明"),
    ("", DELEGATED, "由集团人力部负责"): ("已填", "已填"),
    ("", ASIDE, ""): ("不涉及缺理由", "不涉及缺理由"),
    ("", ASIDE, "公司无境外业务"): ("已填", "已填"),
}


def test_what_each_row_says(schema: Schema) -> None:
    asked = {needs_figure(item): item for item in schema.items}
    for row, (with_figure, without) in ROWS.items():
        assert status(Row(*row), asked[True], YEARS, words()) == with_figure
        assert status(Row(*row), asked[False], YEARS, words()) == without


@pytest.mark.office
def test_libreoffice_calculates_the_same(tmp_path: Path, schema: Schema) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    (path := tmp_path / "表.xlsx").write_bytes(build_workbook(schema))
    book = openpyxl.load_workbook(path)  # which keeps no value of a formula: all of them are calculated
    sheet = book["问卷"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    rows = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value in schema.by_id]
    expected = []
    given = list(ROWS)
    for number, row in enumerate(rows):
        texts = given[number % len(given)]
        for name, text in zip(("答案", "依托/不涉及", "依托或不涉及的说明"), texts, strict=True):
            sheet.cell(row, heads[name]).value = text or None
        item = schema.by_id[str(sheet.cell(row, 1).value)]
        expected.append(status(Row(*texts), item, YEARS, words()))
    book.save(path)
    opened = openpyxl.load_workbook(converted(office, path, "xlsx", tmp_path), data_only=True)
    assert [opened["问卷"].cell(row, heads["填写状态"]).value for row in rows] == expected
    done = expected.count("已填")
    assert opened["填报说明"]["B4"].value == f"已填 {done} / {len(rows)} 题"


def test_the_file_is_saved_with_what_its_formulas_give(tmp_path: Path, schema: Schema) -> None:
    first, second, third = (item.id for item in schema.items[:3])
    answers = (
        Answer(first, "2024年评估风险12项。", Place("r")),
        Answer(second, "", Place("r"), Choice.DELEGATED),
    )
    (path := tmp_path / "表.xlsx").write_bytes(
        build_workbook(schema, source=Return("r", "0", "示例公司", 2024, answers))
    )
    opened = openpyxl.load_workbook(path, data_only=True)
    shown = {row[0].value: row[5].value for row in opened["问卷"].iter_rows(min_row=2)}
    assert [shown[item] for item in (first, second, third)] == ["已填", "依托缺说明", "未填"]
    assert opened["填报说明"]["B4"].value == "已填 1 / 72 题"


def test_the_formulas_use_what_every_program_knows(tmp_path: Path, schema: Schema) -> None:
    (path := tmp_path / "表.xlsx").write_bytes(build_workbook(schema))
    used = set()
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert len(str(cell.value)) < 2_000
                    used |= set(re.findall(r"([A-Z]+)\(", re.sub(r'"[^"]*"', "", str(cell.value))))
    assert used == {"IF", "AND", "OR", "TRIM", "SUMPRODUCT", "SUBSTITUTE", "ISNUMBER", "FIND"}


def test_the_status_is_no_content(tmp_path: Path, schema: Schema) -> None:
    (path := tmp_path / "表.xlsx").write_bytes(build_workbook(schema))
    source = read_return(path, schema)
    assert not any(answer.text for answer in source.answers)
    assert (source.unmatched, source.outside) == ((), ())


def test_the_guide_needs_no_command() -> None:
    assert not any("esgcheck" in text for line in words()["guide"]["lines"] for text in line)


def test_words_typed_over_a_status_are_seen(tmp_path: Path, schema: Schema) -> None:
    answers = (Answer("P1.S1.I1", "2024年评估风险12项。", Place("r")),)
    (path := tmp_path / "表.xlsx").write_bytes(
        build_workbook(schema, source=Return("r", "0", "示例公司", 2024, answers))
    )
    book = openpyxl.load_workbook(path)
    book["问卷"]["F3"] = "另有应急预案3份。"
    book.save(path)
    assert [block.text for block in read_return(path, schema).unmatched] == ["另有应急预案3份。"]
