"""Where the reader is not sure the clerk is asked, and what she says is what later checks go by."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from defusedxml import ElementTree
from msgspec.structs import replace
from openpyxl.worksheet.worksheet import Worksheet

from checker.checking.engine import check
from checker.checking.files import check_file
from checker.cli import main
from checker.finding import AspectState, ItemState, QuestionKind, Report
from checker.report.excel.annotated import write_annotated
from checker.wording import Language, wording
from questionnaire.answers import Answer, AspectLine, Confirmation, Declared, Place, Reply, Return
from questionnaire.editions import Editions
from questionnaire.reading import read_return
from questionnaire.schema import Schema
from questionnaire.template import build_workbook
from tests.conftest import ROOT, make_return
from tests.files.package import MAIN, zipped
from tests.files.rich_books import parts_of

EDITIONS = Editions.of(None)
SUSPECTED = {"P3.S1.I1": "戴卡有一份。"}


@cache
def nearly() -> dict[str, str]:
    """An answer of the samples that nearly proves an aspect, by the weights as they are now."""
    schema = EDITIONS.first
    for path in sorted((ROOT / "samples").glob("*.xlsx")):
        texts = {answer.item: answer.text for answer in read_return(path, schema).answers}
        for asked in check_file(path, EDITIONS).questions:
            if asked.kind is QuestionKind.ASPECT and asked.item not in SUSPECTED:
                alone = check(schema, make_return({asked.item: texts[asked.item]}), strict=True)
                if any(each.kind is QuestionKind.ASPECT for each in alone.questions):
                    return {asked.item: texts[asked.item]}
    raise AssertionError("no sample nearly proves an aspect")


def said(source: Return, schema: Schema, reply: Reply | None = None) -> Report:
    """The report where she answers every question alike, or none."""
    report = check(schema, source, strict=True)
    if reply is None:
        return report
    given = tuple(Confirmation(each.id, reply, each.where) for each in report.questions)
    return check(schema, replace(source, confirmed=given), strict=True)


def rules(report: Report, item: str) -> set[str]:
    return {finding.rule for finding in report.findings if finding.item == item}


def test_a_suspected_delegation_is_asked_about_once(schema: Schema) -> None:
    (item,) = SUSPECTED
    source = make_return(dict(SUSPECTED))
    (asked,) = [each for each in said(source, schema).questions if each.item == item]
    assert (asked.kind, asked.choices, asked.reply) == (QuestionKind.DELEGATED, tuple(Reply), None)
    assert "suspected-delegation" in rules(said(source, schema), item)
    confirmed, denied = said(source, schema, Reply.YES), said(source, schema, Reply.NO)
    assert "delegated-item" in rules(confirmed, item)
    assert not rules(denied, item) & {"suspected-delegation", "delegated-item", "delegated-aspect"}
    assert {each.reply for each in confirmed.questions} == {Reply.YES}
    assert confirmed.pending == ()
    assert "delegated-aspect" in rules(said(source, schema, Reply.PARTLY), item)


def test_an_answer_lapses_when_the_words_change(schema: Schema) -> None:
    (item,) = SUSPECTED
    first = said(make_return(dict(SUSPECTED)), schema)
    given = tuple(Confirmation(each.id, Reply.NO, each.where) for each in first.questions)
    changed = replace(make_return({item: "戴卡也有一份。"}), confirmed=given)
    report = check(schema, changed, strict=True)
    assert all(each.reply is None for each in report.questions)


def test_words_that_nearly_prove_an_aspect(schema: Schema) -> None:
    (item,) = nearly()
    source = make_return(nearly())
    asked = [each for each in said(source, schema).questions if each.kind is QuestionKind.ASPECT]
    assert asked and all(each.item == item and each.quotes[0] in nearly()[item] for each in asked)

    def states(report: Report) -> dict[str, AspectState]:
        (found,) = [each for each in report.items if each.id == item]
        return {aspect.id: aspect.state for aspect in found.aspects}

    open_, yes, no = (states(said(source, schema, reply)) for reply in (None, Reply.YES, Reply.NO))
    ids = {str(each.aspect) for each in asked}
    assert {yes[each] for each in ids} == {AspectState.DISCLOSED}
    assert open_ == no == {**yes, **dict.fromkeys(ids, AspectState.MISSING)}


def test_a_line_and_the_answer_that_disagree(schema: Schema) -> None:
    item, aspect = "P1.S3.I3", "P1.S3.I3.f"
    line = AspectLine(
        item, aspect, Place("填报表.xlsx", "分项填报", "F9"), Declared.NOT_APPLICABLE, "没有统计"
    )
    source = replace(make_return({item: "2024年4月12日开展廉洁从业培训，503人次参加。"}), lines=(line,))

    def state(reply: Reply | None) -> AspectState:
        (found,) = [each for each in said(source, schema, reply).items if each.id == item]
        return next(each.state for each in found.aspects if each.id == aspect)

    (asked,) = [each for each in said(source, schema).questions if each.kind is QuestionKind.LINES]
    assert (asked.aspect, asked.quotes) == (aspect, ("503人次参加",))
    assert (state(None), state(Reply.YES), state(Reply.NO)) == (
        AspectState.NOT_APPLICABLE, AspectState.NOT_APPLICABLE, AspectState.DISCLOSED,
    )  # fmt: skip


def test_a_sure_answer_is_not_asked_about(schema: Schema) -> None:
    answers = {"P1.S1.I1": "依托中信戴卡。", "P2.S1.I1": "", "P6.S1.I1": "不涉及，公司无境外业务。"}
    assert said(make_return(dict(answers)), schema).questions == ()


def workbook(folder: Path, schema: Schema) -> Path:
    answers = tuple(Answer(item, text, Place("r")) for item, text in {**SUSPECTED, **nearly()}.items())
    path = folder / "填报.xlsx"
    path.write_bytes(build_workbook(schema, source=Return("r", "0", "示例公司", 2024, answers)))
    return path


def cell_of(sheet: Worksheet, heading: str, row: int) -> str:
    (column,) = [cell.column_letter for cell in sheet[1] if cell.value == heading]
    return f"{column}{row}"


@pytest.mark.parametrize(
    ("language", "asked", "replied", "no"), [(Language.ZH, "▪请您确认", "▪您的回答", "否"),
                                             (Language.EN, "▪Please confirm", "▪Your answer", "No")],
)  # fmt: skip
def test_she_answers_in_the_copy_and_the_next_check_reads_it(
    language: Language, asked: str, replied: str, no: str, tmp_path: Path, schema: Schema
) -> None:
    source, target, again = workbook(tmp_path, schema), tmp_path / "批注.xlsx", tmp_path / "再.xlsx"
    report = check_file(source, EDITIONS)
    notes = write_annotated(report, source, target, wording(language))
    assert [note.code for note in notes] == ["annotate-apart"]  # the profile is not filled in
    title = {Language.ZH: "公司信息存疑", Language.EN: "Company profile in doubt"}[language]
    assert title in wording(language).error(notes[0])
    assert not {each.reply for each in check_file(target, EDITIONS).questions} - {None}
    (question,) = [each for each in report.questions if each.kind is QuestionKind.DELEGATED]
    row = int((question.where.cell or "")[1:])
    book = openpyxl.load_workbook(target)
    sheet = book["问卷"]
    reply = cell_of(sheet, replied, row)
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert any(reply in cells.split() and no in choices for cells, choices in lists.items())
    assert str(sheet[cell_of(sheet, asked, row)].value).startswith("▪")
    assert sheet[cell_of(sheet, asked, 4)].value is None  # only where something is asked
    sheet[reply] = no
    book.save(target)
    told = read_return(target, schema)
    assert [(each.question, each.reply, each.where.cell) for each in told.confirmed] == [
        (question.id, Reply.NO, reply)
    ]
    assert (told.unmatched, told.outside) == ((), ())
    after = check_file(target, EDITIONS)
    assert "suspected-delegation" not in rules(after, question.item)
    assert len(after.pending) == len(report.pending) - 1
    write_annotated(after, target, again, wording(language))  # and the copy of the copy keeps it
    assert [each.reply for each in read_return(again, schema).confirmed] == [Reply.NO]


X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
# lists of its own as Excel writes those that refer to another sheet, and a list of none
FOREIGN = (
    f'<extLst><ext xmlns:x14="{X14}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}"><x14:dataValidations count="1">'
    '<x14:dataValidation type="list"><x14:formula1><xm:f xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    "选项!$A$1:$A$2</xm:f></x14:formula1></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
)


@pytest.mark.parametrize(("own", "end"), [("", FOREIGN), ('<dataValidations count="0"/>', "</worksheet>")])
def test_the_list_of_answers_stands_beside_other_lists(
    own: str, end: str, tmp_path: Path, schema: Schema
) -> None:
    source, target = workbook(tmp_path, schema), tmp_path / "批注.xlsx"
    parts, name = parts_of(source), "xl/worksheets/sheet3.xml"
    text = re.sub("<dataValidations.*</dataValidations>", own, parts[name].decode(), flags=re.DOTALL)
    parts[name] = text.replace("</worksheet>", end).encode()
    source.write_bytes(zipped(dict(parts)))
    write_annotated(check_file(source, EDITIONS), source, target, wording())
    part = parts_of(target)[name]
    (ours,) = ElementTree.fromstring(part).findall(f"{{{MAIN}}}dataValidations")
    assert ours.get("count") == str(len(ours))
    assert "否" in "".join(ours.itertext())
    assert end.encode() in part


def test_a_program_can_answer_for_her(tmp_path: Path, schema: Schema) -> None:
    source, target = workbook(tmp_path, schema), tmp_path / "批注.xlsx"
    report = check_file(source, EDITIONS)
    (question,) = [each for each in report.questions if each.kind is QuestionKind.DELEGATED]
    write_annotated(report, source, target, wording(), replies={question.id: Reply.YES})
    assert "delegated-item" in rules(check_file(target, EDITIONS), question.item)


def test_other_words_in_the_column_are_seen(tmp_path: Path, schema: Schema) -> None:
    source, target = workbook(tmp_path, schema), tmp_path / "批注.xlsx"
    report = check_file(source, EDITIONS)
    write_annotated(report, source, target, wording())
    book = openpyxl.load_workbook(target)
    (question,) = [each for each in report.questions if each.kind is QuestionKind.DELEGATED]
    row = int((question.where.cell or "")[1:])
    book["问卷"][cell_of(book["问卷"], "▪您的回答", row)] = "要问设备科"
    book.save(target)
    told = read_return(target, schema)
    assert told.confirmed == ()
    assert [found.texts for found in told.outside] == [("要问设备科",)]


def test_every_report_says_what_waits(
    tmp_path: Path, schema: Schema, capsys: pytest.CaptureFixture[str]
) -> None:
    source = workbook(tmp_path, schema)
    outputs = [tmp_path / name for name in ("r.xlsx", "r.html", "r.json")]
    main(["check", str(source), *(part for path in outputs for part in ("-o", str(path)))])
    count = len(check_file(source, EDITIONS).pending)
    assert f"待确认 {count} 处" in capsys.readouterr().out
    book = openpyxl.load_workbook(outputs[0])
    assert [row[2].value for row in book["待确认"].iter_rows(min_row=2)] == ["待确认"] * count
    assert f"待确认 {count} 处" in outputs[1].read_text(encoding="utf-8")
    told = json.loads(outputs[2].read_text(encoding="utf-8"))["questions"]
    assert [each["reply"] for each in told] == [None] * count
    assert all(each["text"] and each["choices"] for each in told)


def test_yes_to_everything_is_not_ready(schema: Schema, check_answers: Callable[..., Report]) -> None:
    source = make_return({item.id: "公司高度重视此项工作，持续健全制度、完善机制。" for item in schema.items})
    report = said(source, schema, Reply.YES)
    assert not report.ready
    assert report.coverage[ItemState.ANSWERED] < len(schema.items) / 4
