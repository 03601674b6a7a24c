"""Items answered by 是, 否 or 不适用: what is ticked is read, in a column of its own, by boxes, or in words."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import openpyxl
import pytest

from questionnaire.answers import Answer, Choice, OutsideKind, Place, Return
from questionnaire.editions import Editions, newest
from questionnaire.options import is_untouched, labels, leading_tick, offers_only, tick_in
from questionnaire.reading import read_return
from questionnaire.schema import Schema
from questionnaire.status import Row, status
from questionnaire.template import build_workbook, guidance, words
from questionnaire.vocabulary import Option
from tests.files.layouts import converted

YES, NO = Option.YES, Option.NO


@pytest.fixture(scope="module")
def supplier() -> Schema:
    return Editions().by_id("supplier-2025")


@pytest.mark.parametrize(
    ("cell", "option"),
    [
        ("是", YES), ("否", NO), ("有", YES), ("无", NO), ("Yes", YES), ("no", NO), ("不适用", None), ("N/A", None),
        ("☑是 □否 □不适用", YES), ("□是 ☑否", NO), ("是□ 否☑", NO), ("是√ 否□", YES), ("[x] Yes [ ] No", YES),
        ("（√）是（ ）否", YES), ("☐ 是  ☐ 否  ☒ 不适用", None),
    ],
)  # fmt: skip
def test_what_a_cell_of_options_says(cell: str, option: Option | None) -> None:
    found = tick_in(cell)
    assert found is not None and found.option is option


@pytest.mark.parametrize("cell", ["□是 □否 □不适用", "☑是 ☑否", "部分", "是的，已有三项制度", ""])
def test_a_cell_that_says_none(cell: str) -> None:
    assert tick_in(cell) is None
    assert is_untouched(cell) is (cell in ("□是 □否 □不适用", ""))


@pytest.mark.parametrize(
    ("text", "empty"),
    [("□是 □否", True), ("（ ）是（ ）否", True), ("□是\n□否", True), ("□是 □否，无需", False), ("☑是 □否", False),
     ("是", False), ("无", False)],
)  # fmt: skip
def test_boxes_that_nobody_ticked_are_no_answer(text: str, empty: bool) -> None:
    assert offers_only(text) is empty


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("是，2023年印发《商业道德守则》。", YES), ("是。", YES), ("否", NO), ("没有。计划明年制定。", NO), ("无", NO),
        ("Yes, since 2021.", YES), ("No. We plan it.", NO), ("No, none.", NO), ("yes\nISO 14001", YES),
        ("☑是 □否\n证书编号 A-1", YES), ("有：电话和邮箱", YES), ("No we have none", NO),
        ("答：否。计划明年。", NO), ("回答: 是", YES),
    ],
)  # fmt: skip
def test_an_option_at_the_head_of_an_answer(text: str, option: Option) -> None:
    found = leading_tick(text)
    assert found is not None and found.option is option and found.words in text


@pytest.mark.parametrize(
    "text",
    ["有效期至2027年3月。", "无锡分厂已取证。", "否决权在董事会。", "是否合规由法务判断", "对员工开展培训。",
     "No. 5 plant holds it.", "None of the sites", "Yesterday we", "没有发生过事故"],
)  # fmt: skip
def test_words_that_only_begin_like_one(text: str) -> None:
    assert leading_tick(text) is None


def test_the_template_offers_options_where_items_are_answered_so(supplier: Schema) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(build_workbook(supplier)))["问卷"]
    heads = {cell.value: cell.column_letter for cell in sheet[1]}
    offered = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert offered[f"{heads['选项']}3"] == '"是,否"'
    assert '"是,否,不适用"' in offered.values()
    assert labels(supplier.by_id["P2.S2.I1"]) == ["是", "否", "不适用"]
    english = Editions().by_id("vsme-2025")
    assert labels(english.by_id["P2.S2.I1"]) == ["Yes", "No", "Not applicable"]
    usual = openpyxl.load_workbook(io.BytesIO(build_workbook(newest())))["问卷"]
    assert "选项" not in [cell.value for cell in usual[1]]


def test_what_is_ticked_comes_back_from_the_workbook(supplier: Schema, tmp_path: Path) -> None:
    place = Place("x")
    given = (
        Answer("P1.S2.I4", "全年未发生。", place, option=NO),
        Answer("P1.S2.I1", "《商业道德守则》，2025年3月修订。", place, option=YES),
    )
    book = tmp_path / "甲.xlsx"
    book.write_bytes(build_workbook(supplier, source=Return("x", "", "甲公司", 2025, given)))
    found = {answer.item: answer for answer in read_return(book, supplier).answers}
    assert (found["P1.S2.I4"].option, found["P1.S2.I1"].option) == (NO, YES)
    assert found["P1.S2.I1"].text == "《商业道德守则》，2025年3月修订。"
    assert found["P1.S1.I1"].option is None


def test_somebody_elses_form_with_a_column_of_boxes(supplier: Schema, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "问题", "是/否/不适用", "说明及证明材料"])
    ticks = ["☑是 □否", "□是 ☑否", "□是 □否", "☑不适用", "是或否"]
    for item, tick in zip(supplier.items, ticks, strict=False):
        sheet.append([item.marker.removeprefix("Q"), None, tick, "见说明，编号3"])
    book.save(tmp_path / "乙.xlsx")
    found = read_return(tmp_path / "乙.xlsx", supplier)
    assert [answer.item for answer in found.answers] == [item.id for item in supplier.items[:5]]
    assert [answer.option for answer in found.answers] == [YES, NO, None, None, None]
    assert found.answers[3].choice is Choice.NOT_APPLICABLE
    assert not found.unmatched
    assert [(text.kind, text.texts) for text in found.outside] == [(OutsideKind.OPTION, ("是或否",))]


def test_the_status_of_a_row_goes_by_what_is_ticked(supplier: Schema) -> None:
    certified, event = supplier.by_id["P3.S1.I1"], supplier.by_id["P1.S2.I4"]
    said = words()["status"]
    rows = [
        (Row("", "", "", ""), certified, "blank"), (Row("", "", "", "是"), certified, "yes"),
        (Row("证书编号A", "", "", "是"), certified, "done"), (Row("", "", "", "否"), certified, "no"),
        (Row("", "", "", "否"), event, "done"), (Row("", "", "", "不适用"), certified, "not-applicable"),
    ]  # fmt: skip
    for row, item, key in rows:
        assert status(row, item, (2025, 2024), words()) == said[key], row


@pytest.mark.office
def test_libreoffice_calculates_the_same_of_what_is_ticked(tmp_path: Path, supplier: Schema) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    (path := tmp_path / "表.xlsx").write_bytes(build_workbook(supplier))
    book = openpyxl.load_workbook(path)
    sheet = book["问卷"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    rows = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value in supplier.by_id]
    given = [
        ("", ""),
        ("是", ""),
        ("是", "证书编号A"),
        ("否", ""),
        ("否", "因规模小"),
        ("不适用", ""),
        ("", "编号A"),
    ]
    expected = []
    for number, row in enumerate(rows):
        option, text = given[number % len(given)]
        sheet.cell(row, heads["选项"]).value, sheet.cell(row, heads["答案"]).value = (
            option or None,
            text or None,
        )
        item = supplier.by_id[str(sheet.cell(row, 1).value)]
        expected.append(status(Row(text, "", "", option), item, (2025, 2024), words()))
    book.save(path)
    opened = openpyxl.load_workbook(converted(office, path, "xlsx", tmp_path), data_only=True)
    assert [opened["问卷"].cell(row, heads["填写状态"]).value for row in rows] == expected
    assert len(set(expected)) >= 5


def test_the_guidance_says_what_is_asked_after_which_option(supplier: Schema) -> None:
    lines = guidance(supplier.by_id["P3.S1.I1"]).splitlines()
    assert (
        lines[0].endswith("选是或否") and lines[1].endswith("〔选是的〕") and lines[3].endswith("〔选否的〕")
    )
