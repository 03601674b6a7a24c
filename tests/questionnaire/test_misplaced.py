"""Answers typed in the wrong place are shown with their cell and asked about; the form's own words never are."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from checker.checking.engine import check
from checker.finding import Finding, Severity
from frameworks.ground.errors import ReturnError
from questionnaire.answers import OutsideKind, Problem, Return
from questionnaire.editions import Editions
from questionnaire.reading.content import read_content
from questionnaire.schema import Schema
from questionnaire.template import build_workbook

WORDS = "2024年组织合规培训3次，覆盖56人次。"
Change = Callable[[openpyxl.Workbook, Worksheet], None]


def _read(schema: Schema, change: Change, **answers: str) -> Return:
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(schema)))
    sheet = book["问卷"]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 5).value = answers.get(str(sheet.cell(row, 1).value).replace(".", "_"))
    change(book, sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return read_content(buffer.getvalue(), "填报.xlsx", "", schema)


def _asked(source: Return) -> list[tuple[OutsideKind, str | None, str | None, tuple[str, ...]]]:
    return [(found.kind, found.where.sheet, found.where.cell, found.texts) for found in source.outside]


def _findings(schema: Schema, source: Return, rule: str) -> list[Finding]:
    return [found for found in check(schema, source).findings if found.rule == rule]


def _type(cell: str, text: str = WORDS) -> Change:
    def change(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet[cell] = text

    return change


def _add(cell: str) -> Change:
    def change(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet[cell] = f"{sheet[cell].value}\n{WORDS}"

    return change


@pytest.mark.parametrize("column", "FGHIJ")
def test_text_in_another_column_is_asked_about_at_its_item(column: str, schema: Schema) -> None:
    source = _read(schema, _type(f"{column}6"))
    item = source.answers[3].item
    assert _asked(source) == [(OutsideKind.MISPLACED, "问卷", f"{column}6", (WORDS,))]
    assert not source.unmatched
    (found,) = _findings(schema, source, "outside-answer")
    assert (found.item, found.variant, found.where.cell) == (item, "misplaced", f"{column}6")


@pytest.mark.parametrize(
    "change", [_type("D6"), _add("D6"), _add("C6"), _type("D6", f"· 旧的要点〔数〕\n{WORDS}")]
)
def test_text_in_the_hints_or_behind_the_question_is_asked_about(change: Change, schema: Schema) -> None:
    source = _read(schema, change)
    ((kind, _, cell, texts),) = _asked(source)
    assert (kind, texts) == (OutsideKind.MISPLACED, (WORDS,))
    assert cell in ("D6", "C6")
    assert not _findings(schema, source, "question-edited")


def test_every_item_answered_in_the_remarks(schema: Schema) -> None:
    def change(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, 1).value:
                sheet.cell(row, 9).value = f"第{row}行，{WORDS}"

    source = _read(schema, change)
    (found,) = _findings(schema, source, "outside-answer")  # one line, not seventy-two
    assert (found.item, found.variant, found.severity) == (None, "misplaced-column", Severity.ERROR)
    assert (found.params["column"], found.params["count"]) == ("I", len(schema.items))


def test_remarks_beside_options_are_no_use_of_their_own() -> None:
    """Where only options are filled in, a full column of remarks is where the answers stand."""
    supplier = Editions().by_id("supplier-2025")

    def change(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        heads = {cell.value: cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, 1).value:
                sheet.cell(row, heads["备注"]).value = f"第{row}行，{WORDS}"
                sheet.cell(row, heads["选项"]).value = "是" if row % 3 == 0 else None

    (found,) = _findings(supplier, _read(supplier, change), "outside-answer")
    assert found.variant == "misplaced-column"


@pytest.mark.parametrize(
    ("cell", "text"),
    [("I6", "安全环保部"), ("I6", "综合管理部（2号楼）"), ("J6", "待财务核定后补报"), ("J6", "见附件"), ("J6", "无"),
     ("D6", "· 另一版的要点〔数〕\n可依托上级单位，须写明由谁负责。"), ("A81", "填报人：张三"), ("C6", "")],
)  # fmt: skip
def test_what_is_no_answer_is_not_asked_about(cell: str, text: str, schema: Schema) -> None:
    assert not _asked(_read(schema, _type(cell, text)))


def test_remarks_beside_answers_are_remarks(schema: Schema) -> None:
    source = _read(
        schema, _type("J3", "数据来自2024年培训台账，共3册，由人力部保管。"), P1_S1_I1="已建立清单。"
    )
    assert not _asked(source)
    assert source.answers[0].remark


def test_the_blank_template_asks_nothing(schema: Schema) -> None:
    source = _read(schema, lambda book, sheet: None)
    assert not source.outside
    assert not source.unmatched


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [("填报说明", "B14"), ("填报说明", "B5"), ("填报说明", "D2"), ("公司信息", "C4"), ("公司信息", "E3"),
     ("公司信息", "A40"), ("公司信息", "B40")],
)  # fmt: skip
def test_text_among_the_form_s_own_words_is_asked_about(sheet: str, cell: str, schema: Schema) -> None:
    source = _read(schema, lambda book, _: book[sheet].__setitem__(cell, WORDS))
    assert _asked(source) == [(OutsideKind.STRAY, sheet, cell, (WORDS,))]
    (found,) = _findings(schema, source, "outside-answer")
    assert (found.variant, found.where.sheet, found.where.cell) == ("stray", sheet, cell)


@pytest.mark.parametrize("cell", ["K1", "J1", "D1"])
def test_text_in_the_header_row_is_listed(cell: str, schema: Schema) -> None:
    source = _read(schema, _type(cell), P1_S1_I1="已建立清单。")
    assert [(block.text, block.where.cell) for block in source.unmatched] == [(WORDS, cell)]


def test_one_answer_over_two_items_is_the_first_one_s_and_is_said(schema: Schema) -> None:
    text = "公司2024年开展风险管理培训3次，覆盖全体员工56人次，培训合格率98%，并建立了风险清单和应对措施。"
    source = _read(schema, lambda _, sheet: sheet.merge_cells("E4:E5"), P1_S1_I2=text)
    assert [(a.text, a.problem) for a in source.answers[1:3]] == [(text, None), ("", Problem.MERGED)]
    report = check(schema, source)
    found = [f for f in report.findings if f.item == "P1.S1.I3"]
    assert [(f.rule, f.variant, f.where.cell) for f in found] == [("unreadable-cell", "merged", "E5")]
    assert not [f for f in report.findings if f.rule == "copied-within-return"]


def test_an_answer_merged_with_the_columns_beside_it_is_read_once(schema: Schema) -> None:
    source = _read(schema, lambda _, sheet: sheet.merge_cells("E6:G6"), P1_S2_I1=WORDS)
    answer = source.answers[3]
    assert (answer.text, answer.choice, answer.reason) == (WORDS, None, "")
    assert not source.unmatched
    assert _asked(source) == [(OutsideKind.MERGED_ACROSS, "问卷", "E6", (WORDS,))]


@pytest.mark.parametrize("area", ["D6:E6", "C6:E6"])
def test_an_answer_merged_with_the_form_s_words_is_blank(area: str, schema: Schema) -> None:
    source = _read(schema, lambda _, sheet: sheet.merge_cells(area))
    assert not source.answers[3].text
    assert not source.outside


def test_a_form_with_an_explanation_for_each_item_is_not_asked_about(schema: Schema) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["问题", "说明", "答案"])
    for number, item in enumerate(schema.items):
        sheet.append(
            [
                item.question,
                f"请各单位如实说明第{number}项的做法、频次和结果。",
                "已办结。" if number % 3 else "",
            ]
        )
    buffer = io.BytesIO()
    book.save(buffer)
    assert not _asked(read_content(buffer.getvalue(), "a.xlsx", "", schema))


def test_an_emptied_sheet_is_told_by_its_name(schema: Schema) -> None:
    def change(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                cell.value = None

    with pytest.raises(ReturnError) as refused:
        _read(schema, change)
    assert (refused.value.code, refused.value.params["sheet"]) == ("no-questionnaire-emptied", "问卷")


def test_what_is_no_option_is_told_at_its_item() -> None:
    supplier = Editions().by_id("supplier-2025")

    def change(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        heads = {cell.value: cell.column for cell in sheet[1]}
        sheet.cell(3, heads["选项"]).value = "√"

    source = _read(supplier, change)
    assert not source.unmatched
    (found,) = _findings(supplier, source, "outside-answer")
    assert (found.item, found.variant, found.severity) == ("P1.S1.I1", "option", Severity.ERROR)
