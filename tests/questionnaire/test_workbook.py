"""The workbook: what is written comes back, whatever clerks and office programs do to the layout."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl.worksheet.worksheet import Worksheet

from frameworks.ground.errors import OutputError, ReturnError
from questionnaire.answers import Answer, Choice, Place, Problem, Profile, Return
from questionnaire.cells import clean_text
from questionnaire.reading import read_return
from questionnaire.reading.content import read_content
from questionnaire.schema import Schema
from questionnaire.template import CELL_LIMIT, build_workbook
from questionnaire.vocabulary import ProfileFlag

SHEET = "问卷"


def reread(content: bytes, schema: Schema) -> Return:
    return read_content(content, "填报表.xlsx", "0" * 64, schema)


def filled(schema: Schema, answers: dict[str, str]) -> bytes:
    given_answers = tuple(Answer(item, text, Place("r")) for item, text in answers.items())
    return build_workbook(schema, source=Return("r", "0", "示例公司", 2024, given_answers))


def edited(content: bytes, change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def texts(source: Return) -> dict[str, str]:
    return {answer.item: answer.text for answer in source.answers if answer.text}


SAMPLE = {"P1.S1.I1": "甲方案\n第二行", "P3.S1.I2": "类别\t数量\n1\t2.50", "P6.S2.I4": "丙"}


def test_a_blank_template_is_an_all_blank_return(schema: Schema) -> None:
    source = reread(build_workbook(schema, profile={"company": "示例公司", "year": "2024"}), schema)
    assert [answer.item for answer in source.answers] == [item.id for item in schema.items]
    assert texts(source) == {}
    assert (source.company, source.year, source.unmatched) == ("示例公司", 2024, ())


def test_the_same_input_gives_the_same_bytes(schema: Schema) -> None:
    assert build_workbook(schema) == build_workbook(schema)


# what a cell of Excel can hold: the door drops control characters and trailing blanks before anything is compared
ANSWERS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=200
).map(clean_text)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_answer_comes_back_equal(schema: Schema, data: st.DataObject) -> None:
    items = [item.id for item in schema.items]
    answers = data.draw(st.dictionaries(st.sampled_from(items), ANSWERS, max_size=12))
    assert texts(reread(filled(schema, answers), schema)) == {
        key: text for key, text in answers.items() if text
    }


@pytest.mark.parametrize(
    "text", ["=1+1", "+86 10 6655", "-5%", "@SUM(A1)", "http://例.cn", "{=1}", "'引号", "001", "1e5"]
)
def test_what_looks_like_a_formula_or_number_stays_text(schema: Schema, text: str) -> None:
    assert texts(reread(filled(schema, {"P1.S1.I1": text}), schema)) == {"P1.S1.I1": text}


def test_the_longest_answer_fits_and_a_longer_one_is_refused(schema: Schema) -> None:
    longest = "长" * CELL_LIMIT
    assert texts(reread(filled(schema, {"P1.S1.I1": longest}), schema)) == {"P1.S1.I1": longest}
    with pytest.raises(OutputError) as caught:
        filled(schema, {"P1.S1.I1": longest + "长"})
    assert caught.value.code == "answer-too-long"


def _sheet(book: openpyxl.Workbook) -> Worksheet:
    sheet = book[SHEET]
    assert isinstance(sheet, Worksheet)
    return sheet


def insert_rows(book: openpyxl.Workbook) -> None:
    _sheet(book).insert_rows(1, 3)
    _sheet(book).insert_rows(20, 2)


def move_columns(book: openpyxl.Workbook) -> None:
    sheet = _sheet(book)
    for row in range(1, sheet.max_row + 1):
        values = [sheet.cell(row, column).value for column in range(1, 10)]
        for column, value in enumerate(reversed(values), start=1):
            sheet.cell(row, column).value = value


def rename_sheets(book: openpyxl.Workbook) -> None:
    for number, sheet in enumerate(book.worksheets):
        sheet.title = f"Sheet{number}"


def drop_ids(book: openpyxl.Workbook) -> None:
    sheet = _sheet(book)
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 1).value = None


def keep_labels_only(book: openpyxl.Workbook) -> None:
    drop_ids(book)
    sheet = _sheet(book)
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 3).value = None


def full_width(book: openpyxl.Workbook) -> None:
    sheet = _sheet(book)
    table = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
    for row in range(1, sheet.max_row + 1):
        for column in (1, 3):
            value = sheet.cell(row, column).value
            sheet.cell(row, column).value = value.translate(table) if isinstance(value, str) else value
    sheet.cell(1, 5).value = " 答 案 "


def shuffle_rows(book: openpyxl.Workbook) -> None:
    sheet = _sheet(book)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), start=2):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value


@pytest.mark.parametrize(
    "change",
    [insert_rows, move_columns, rename_sheets, drop_ids, keep_labels_only, full_width, shuffle_rows],
)
def test_the_layout_may_change(schema: Schema, change: Callable[[openpyxl.Workbook], None]) -> None:
    source = reread(edited(filled(schema, SAMPLE), change), schema)
    assert texts(source) == SAMPLE
    assert source.unmatched == ()


def test_merged_answers_are_read_once(schema: Schema) -> None:
    def merge(book: openpyxl.Workbook) -> None:
        sheet = _sheet(book)
        sheet.merge_cells("E3:F3")

    source = reread(edited(filled(schema, SAMPLE), merge), schema)
    assert texts(source) == SAMPLE


def test_an_answer_over_several_rows_under_a_merged_id_is_one(schema: Schema) -> None:
    def spread(book: openpyxl.Workbook) -> None:
        sheet = _sheet(book)
        sheet.insert_rows(4)
        sheet["E4"] = "续行"
        sheet.merge_cells("A3:A4")

    assert texts(reread(edited(filled(schema, {"P1.S1.I1": "首行"}), spread), schema)) == {
        "P1.S1.I1": "首行\n续行"
    }


def test_a_row_without_an_item_is_listed_with_its_cell(schema: Schema) -> None:
    def stray(book: openpyxl.Workbook) -> None:
        sheet = _sheet(book)
        sheet.cell(sheet.max_row + 1, 5).value = "另外说明"

    source = reread(edited(filled(schema, SAMPLE), stray), schema)
    assert [(block.text, block.where.sheet) for block in source.unmatched] == [("另外说明", SHEET)]
    assert source.unmatched[0].where.cell is not None
    assert source.unmatched[0].where.cell.startswith("E")


def test_a_strange_sheet_is_listed(schema: Schema) -> None:
    def add(book: openpyxl.Workbook) -> None:
        book.create_sheet("附表").append(["能耗", 12.5])

    source = reread(edited(filled(schema, SAMPLE), add), schema)
    assert [(block.text, block.where.sheet, block.where.cell) for block in source.unmatched] == [
        ("能耗\t12.5", "附表", "A1")
    ]


def test_errors_and_uncalculated_formulas_are_told_apart_from_blanks(schema: Schema) -> None:
    def break_cells(book: openpyxl.Workbook) -> None:
        sheet = _sheet(book)
        sheet["E3"] = "#REF!"
        sheet["E4"] = "=1+1"

    source = reread(edited(filled(schema, {}), break_cells), schema)
    problems = {answer.item: answer.problem for answer in source.answers if answer.problem}
    assert problems == {"P1.S1.I1": Problem.EXCEL_ERROR, "P1.S1.I2": Problem.UNCALCULATED}


def test_choice_reason_and_profile_come_back(schema: Schema) -> None:
    answer = Answer(
        "P2.S2.I4", "", Place("r"), Choice.DELEGATED, "由人力资源部负责", "综合部", "见附件", question=None
    )
    profile = Profile((("overseas", "否"), ("interns", "是"), ("employees", "412")))
    source = reread(
        build_workbook(schema, source=Return("r", "0", "示例公司", 2024, (answer,), profile)), schema
    )
    (found,) = source.of("P2.S2.I4")
    assert replace(found, where=answer.where, question=None, cells=()) == answer
    assert source.profile.flag(ProfileFlag.INTERNS) is True
    assert source.profile.flag(ProfileFlag.OVERSEAS) is False
    assert source.profile.flag(ProfileFlag.PART_TIME) is None
    assert source.profile.value("employees") == "412"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"PK\x03\x04broken", "damaged"),
        (b"%PDF-1.7", "pdf-damaged" if find_spec("pypdfium2") else "pdf-no-reader"),
        (b"\x89PNG\r\n\x1a\n", "kind-unsupported"),
        (b"<html><table></table></html>", "workbook-empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "kind-unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("随便写的文字".encode(), "no-questionnaire-text"),
        (b"\xff\x00\x01\x02\x81", "not-text"),
    ],
)
def test_what_is_no_return_is_refused_with_a_reason(
    tmp_path: Path, schema: Schema, content: bytes, code: str
) -> None:
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(content)
    with pytest.raises(ReturnError) as caught:
        read_return(path, schema)
    assert caught.value.code == code


def test_a_workbook_of_something_else_is_refused(tmp_path: Path, schema: Schema) -> None:
    book = openpyxl.Workbook()
    book.active.append(["库存", "数量"])  # type: ignore[union-attr]
    book.save(tmp_path / "库存.xlsx")
    with pytest.raises(ReturnError) as caught:
        read_return(tmp_path / "库存.xlsx", schema)
    assert caught.value.code == "no-questionnaire-cells"
    assert (caught.value.params["read"], caught.value.params["present"]) == (2, 2)


def test_a_cell_at_the_end_of_the_world_costs_nothing(tmp_path: Path, schema: Schema) -> None:
    def far(book: openpyxl.Workbook) -> None:
        _sheet(book)["XFD1048576"] = "远"

    path = tmp_path / "远.xlsx"
    path.write_bytes(edited(filled(schema, SAMPLE), far))
    source = read_return(path, schema)
    assert texts(source) == SAMPLE
    assert [(block.text, block.where.cell) for block in source.unmatched] == [("远", "XFD1048576")]


@pytest.mark.office
def test_libreoffice_keeps_every_answer(tmp_path: Path, schema: Schema) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    answers = {item.id: f"{item.id} 作答：能耗 12,345.6 吨标准煤\n第二行\t1,024\t/" for item in schema.items}
    before = tmp_path / "填报表.xlsx"
    before.write_bytes(filled(schema, answers))
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "saved"), str(before)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    assert texts(read_return(tmp_path / "saved" / "填报表.xlsx", schema)) == answers
