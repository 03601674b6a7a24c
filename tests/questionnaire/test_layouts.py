"""Forms that are not ours: recognised by what they say; what was taken from where is told, doubts are asked about."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from checker.checking.engine import check
from frameworks.ground.errors import ReturnError
from questionnaire.answers import OutsideKind, Return
from questionnaire.editions import Editions
from questionnaire.reading import read_return
from questionnaire.reading.content import read_content
from questionnaire.schema import Schema
from questionnaire.template import build_workbook
from tests.conftest import ROOT
from tests.files import layouts
from tests.files.layouts import Make, answers_of, converted, written
from tests.files.package import book, relationships, rows, zipped

BESIDE = [
    layouts.several_header_rows, layouts.below_in_merged_cells, layouts.labels_only, layouts.edited_over_rows,
    layouts.markers_under_titles, layouts.plain,
]  # fmt: skip


def texts(source: Return) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for answer in source.answers:
        found.setdefault(answer.item, []).append(answer.text)
    return found


def whole(schema: Schema) -> dict[str, list[str]]:
    return {item: [text] for item, text in answers_of(schema).items()}


@pytest.mark.parametrize("make", BESIDE, ids=lambda make: make.__name__)
def test_a_strange_layout_is_read_whole(make: Make, tmp_path: Path, schema: Schema) -> None:
    source = read_return(written(make, tmp_path, schema), schema)
    assert texts(source) == whole(schema)
    assert source.unmatched == ()
    (taken,) = source.source.taken or (None,)
    assert taken is None or taken.items == len(schema.items)
    assert (taken is None) is (make is layouts.plain)


def test_one_sheet_a_part(tmp_path: Path, schema: Schema) -> None:
    source = read_return(layouts.sheet_a_part(tmp_path, schema), schema)
    assert texts(source) == whole(schema)
    assert [taken.answers for taken in source.source.taken] == ["D"] * len(schema.parts)


def test_numbers_that_say_nothing_are_refused_aloud(tmp_path: Path, schema: Schema) -> None:
    with pytest.raises(ReturnError) as caught:
        read_return(written(layouts.numbers_only, tmp_path, schema), schema)
    assert caught.value.code == "no-questionnaire-cells"


@pytest.mark.office
@pytest.mark.parametrize(
    ("make", "form"),
    [
        (layouts.plain, "xls"),
        (layouts.several_header_rows, "ods"),
        (layouts.below_in_merged_cells, "xls"),
        (layouts.edited_over_rows, "html:HTML (StarCalc)"),
        (layouts.plain, "csv:Text - txt - csv (StarCalc):44,34,76"),
        (layouts.markers_under_titles, "xlsx:Calc MS Excel 2007 XML"),
    ],
)
def test_other_programs_formats_are_read_whole(make: Make, form: str, tmp_path: Path, schema: Schema) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    source = read_return(converted(office, written(make, tmp_path, schema), form, tmp_path), schema)
    assert texts(source) == whole(schema)
    assert source.source.read == source.source.present > len(schema.items)


def test_edited_questions_are_asked_about(tmp_path: Path, schema: Schema) -> None:
    source = read_return(written(layouts.edited_over_rows, tmp_path, schema), schema)
    fired = {finding.item for finding in check(schema, source).findings if finding.rule == "question-edited"}
    assert len(fired) >= 3


def test_two_columns_that_could_be_the_answer_are_asked_about(schema: Schema) -> None:
    table = [[item.question, f"乙 {item.id} 的说明较长一些", f"甲 {item.id}"] for item in schema.items[:20]]
    source = read_content(zipped(book(rows(table))), "表.xlsx", "0", schema)
    assert [block.where.cell for block in source.unmatched] == ["C1"]
    assert source.source.taken[0].answers == "B"
    assert any(finding.rule == "unmatched-text" for finding in check(schema, source).findings)


def test_an_odd_column_does_not_become_the_answer(schema: Schema) -> None:
    table = [["题目", "评分要求", "回应"]]
    table += [
        [item.question, "须说明制度、措施、成效，并附上完整的证明材料", "甲"] for item in schema.items[:20]
    ]
    source = read_content(zipped(book(rows(table))), "表.xlsx", "0", schema)
    assert {answer.text for answer in source.answers} == {"甲"}


def _edited(schema: Schema, change: Callable[[openpyxl.Workbook, Worksheet], None]) -> Return:
    workbook = openpyxl.load_workbook(io.BytesIO(build_workbook(schema)))
    sheet = workbook["问卷"]
    sheet["E3"] = "甲"
    change(workbook, sheet)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return read_content(buffer.getvalue(), "填报表.xlsx", "0", schema)


def _outside(source: Return) -> dict[OutsideKind, tuple[tuple[str, ...], int, str | None]]:
    return {found.kind: (found.texts, found.count, found.where.cell) for found in source.outside}


def test_comments_hidden_rows_extra_columns_and_hidden_sheets_are_named(schema: Schema) -> None:
    def add(workbook: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet["E4"].comment = Comment("请看附件", "张三")
        sheet.row_dimensions[3].hidden = True
        sheet["K5"] = "另一列的话"
        hidden = workbook.create_sheet("去年")
        hidden["A1"] = "去年的答案"
        hidden.sheet_state = "hidden"

    source = _edited(schema, add)
    assert texts(source)["P1.S1.I1"] == ["甲"]  # what is hidden in its own row is an answer still
    found = _outside(source)
    assert found[OutsideKind.COMMENT] == (("请看附件",), 1, "E4")
    assert found[OutsideKind.EXTRA_COLUMN] == (("另一列的话",), 1, "K5")
    assert found[OutsideKind.HIDDEN_SHEET] == (("去年的答案",), 1, "A1")
    assert found[OutsideKind.HIDDEN_ROW][1] == 1


def test_a_value_under_a_merged_area_is_named(schema: Schema) -> None:
    cells = rows([["编号", "答案", "备注"], ["P1.S1.I1", "甲", "被盖住的话"], ["P1.S1.I2", "乙"]])
    parts = book(cells, after='<mergeCells><mergeCell ref="B2:C2"/></mergeCells>')
    source = read_content(zipped(parts), "表.xlsx", "0", schema)
    assert _outside(source)[OutsideKind.UNDER_MERGE] == (("被盖住的话",), 1, "C2")


def test_text_boxes_and_pictures_are_named(schema: Schema) -> None:
    drawing = (
        '<d xmlns:xdr="x" xmlns:a="a"><xdr:from><xdr:col>3</xdr:col><xdr:row>6</xdr:row></xdr:from>'
        "<xdr:sp><a:p><a:t>框里的话</a:t></a:p></xdr:sp><xdr:pic/></d>"
    )
    links = relationships([("rId1", "drawing", "../drawings/drawing1.xml")])
    more = {"xl/drawings/drawing1.xml": drawing, "xl/worksheets/_rels/sheet1.xml.rels": links}
    cells = rows([["编号", "答案"], ["P1.S1.I1", "甲"], ["P1.S1.I2", '=DISPIMG("ID_1",1)']])
    source = read_content(zipped(book(cells, more=more)), "表.xlsx", "0", schema)
    found = _outside(source)
    assert found[OutsideKind.TEXT_BOX] == (("框里的话",), 1, "D7")
    assert found[OutsideKind.PICTURE][1] == 2
    assert texts(source)["P1.S1.I2"] == [""]


def test_a_hidden_form_is_read_when_there_is_no_other(schema: Schema) -> None:
    workbook = openpyxl.Workbook()
    workbook.create_sheet("表", 0).append(["编号", "答案"])
    workbook["表"].append(["P1.S1.I1", "甲"])
    workbook["表"].sheet_state = "hidden"
    buffer = io.BytesIO()
    workbook.save(buffer)
    assert texts(read_content(buffer.getvalue(), "表.xlsx", "0", schema)) == {"P1.S1.I1": ["甲"]}


def test_a_questionnaire_behind_thousands_of_other_cells_is_found(schema: Schema) -> None:
    workbook = openpyxl.Workbook()
    other = workbook.worksheets[0]
    for number in range(4_000):
        other.append([f"第 {number} 行是与问卷无关的说明文字"])
    layouts.labels_only(workbook.create_sheet("一"), schema, answers_of(schema))
    layouts.several_header_rows(workbook.create_sheet("二"), schema, answers_of(schema))
    buffer = io.BytesIO()
    workbook.save(buffer)
    source = read_content(buffer.getvalue(), "表.xlsx", "0", schema)
    assert [taken.items for taken in source.source.taken] == [len(schema.items)] * 2


@pytest.mark.parametrize(
    "name", ["本单位回复", "部门回复", "各单位填写", "填报单位回复", "填报单位", "备注", "说明", "乙"]
)
def test_a_renamed_answer_column_is_still_the_answers(name: str, tmp_path: Path) -> None:
    """A heading is known by its noun; where none speaks for a column, the full one holds the answers."""
    schema = Editions.of(None).first
    book = openpyxl.load_workbook(ROOT / "samples" / "good.xlsx")
    sheet = book["问卷"]
    (cell,) = [cell for cell in sheet[1] if cell.value == "答案"]
    cell.value = name
    book.save(tmp_path / "改名.xlsx")
    found = read_return(tmp_path / "改名.xlsx", schema)
    whole = read_return(ROOT / "samples" / "good.xlsx", schema)
    assert {a.item: a.text for a in found.answers} == {a.item: a.text for a in whole.answers}


def test_an_older_column_before_the_answers_is_not_taken_for_them(tmp_path: Path) -> None:
    schema = Editions.of(None).first
    book = openpyxl.load_workbook(ROOT / "samples" / "good.xlsx")
    sheet = book["问卷"]
    (column,) = [cell.column for cell in sheet[1] if cell.value == "答案"]
    sheet.insert_cols(column)
    sheet.cell(1, column).value, sheet.cell(1, column + 1).value = "旧答案（2023）", "本单位回复"
    for row in range(2, 14):
        sheet.cell(row, column).value = "上年的旧内容。"
    book.save(tmp_path / "两列.xlsx")
    found = {answer.item: answer.text for answer in read_return(tmp_path / "两列.xlsx", schema).answers}
    assert "上年的旧内容。" not in found.values()
    assert sum(bool(text) for text in found.values()) == len(schema.items)


def _titled(title: str, *, cover: bool = False) -> Callable[[Schema], Return]:
    def run(schema: Schema) -> Return:
        book = openpyxl.Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        (book.create_sheet("封面") if cover else sheet).append([title])
        sheet.append(["序号", "问题", "答复"])
        for number, item in enumerate(schema.items[:12], start=1):
            sheet.append([number, item.question, f"本公司在第{number}项上全年完成检查{number}次。"])
        stream = io.BytesIO()
        book.save(stream)
        return read_content(stream.getvalue(), "表.xlsx", "0" * 64, schema)

    return run


@pytest.mark.parametrize("cover", [False, True])
def test_a_title_or_a_cover_names_company_and_year(schema: Schema, *, cover: bool) -> None:
    found = _titled("青峰轮毂（示例）有限公司2024年度ESG信息填报表", cover=cover)(schema)
    assert (found.company, found.year) == ("青峰轮毂（示例）有限公司", 2024)


def test_the_group_named_in_a_title_is_not_the_company(schema: Schema) -> None:
    parent = schema.edition.parent.name
    found = _titled(f"{parent}2024年度子公司ESG信息填报表 青峰轮毂（示例）有限公司")(schema)
    assert (found.company, found.year) == ("青峰轮毂（示例）有限公司", 2024)
    assert _titled(f"{parent}2024年度子公司ESG信息填报表")(schema).company == ""
