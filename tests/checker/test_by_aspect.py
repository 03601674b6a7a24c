"""Every aspect on its own line: what is declared is taken as it is, where something stands behind it."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from checker.checking.engine import check
from checker.cli import main
from checker.finding import AspectState, ItemState, Report, Severity
from questionnaire.answers import Answer, AspectLine, Declared, Place, Return
from questionnaire.reading import read_return
from questionnaire.schema import Schema
from questionnaire.template import build_workbook
from questionnaire.vocabulary import FigureNeed
from tests.conftest import make_return
from tests.files.layouts import converted

SHEET = "分项填报"
TRAINING = "P1.S3.I3"
HEADS = {"text": "F", "figure": "G", "unit": "H"}


def filled(folder: Path, schema: Schema, lines: dict[str, tuple[str, ...]], free: dict[str, str]) -> Path:
    """The template by aspect; lines hold state, text, figure, unit."""
    path = folder / "分项.xlsx"
    given = tuple(Answer(item, text, Place("r")) for item, text in free.items())
    path.write_bytes(build_workbook(schema, source=Return("r", "0", "示例公司", 2024, given), by_aspect=True))
    book = openpyxl.load_workbook(path)
    for row in book[SHEET].iter_rows(min_row=3):
        for cell, text in zip(row[4:8], lines.get(str(row[0].value), ()), strict=False):
            cell.value = text or None
    book.save(path)
    return path


def checked(lines: list[AspectLine], free: dict[str, str], schema: Schema) -> Report:
    source = make_return(dict(free))
    return check(schema, Return(**{**_fields(source), "lines": tuple(lines)}), strict=True)


def _fields(source: Return) -> dict[str, object]:
    return {name: getattr(source, name) for name in source.__struct_fields__}


def line(aspect: str, state: Declared, text: str = "", figure: str = "", unit: str = "") -> AspectLine:
    place = Place("填报表.xlsx", SHEET, f"F{3 + ord(aspect[-1])}")
    return AspectLine(aspect.rpartition(".")[0], aspect, place, state, text, figure, unit)


def states(report: Report, item: str) -> dict[str, AspectState]:
    (found,) = [each for each in report.items if each.id == item]
    return {aspect.id[-1]: aspect.state for aspect in found.aspects}


def test_lines_come_back_as_they_were_filled(tmp_path: Path, schema: Schema) -> None:
    path = filled(
        tmp_path, schema,
        {
            "P1.S3.I3.a": ("已披露", "董事会成员4月参加"),
            "P1.S3.I3.b": ("", "管理层21人次"),
            "P1.S3.I3.h": ("已披露", "", "98", "%"),
            "P1.S3.I3.i": ("无此情况", "不包括实习生"),
            "P1.S3.I3.j": ("乱写", "兼职员工"),
        },
        {TRAINING: "公司开展廉洁培训。"},
    )  # fmt: skip
    source = read_return(path, schema)
    told = {each.aspect: (each.state, each.text, each.figure, each.unit) for each in source.lines}
    assert told == {
        "P1.S3.I3.a": (Declared.DISCLOSED, "董事会成员4月参加", "", told["P1.S3.I3.a"][3]),
        "P1.S3.I3.b": (Declared.DISCLOSED, "管理层21人次", "", told["P1.S3.I3.b"][3]),
        "P1.S3.I3.h": (Declared.DISCLOSED, "", "98", "%"),
        "P1.S3.I3.i": (Declared.NIL, "不包括实习生", "", told["P1.S3.I3.i"][3]),
    }
    assert [block.text for block in source.unmatched] == ["乱写\t兼职员工"]
    assert len(source.answers) == len(schema.items)


def test_a_filled_item_needs_no_guess(schema: Schema) -> None:
    item = schema.by_id[TRAINING]
    lines = [
        line(
            each.id,
            Declared.DISCLOSED,
            f"第{number}项内容已落实到岗",
            "12" if each.unit else "",
            (each.unit or [""])[0],
        )
        for number, each in enumerate(item.judged, start=1)
    ]
    report = checked(lines, {TRAINING: ""}, schema)
    (found,) = [each for each in report.items if each.id == TRAINING]
    assert found.state is ItemState.ANSWERED
    assert not [
        f for f in report.findings if f.item == TRAINING and f.rule in ("aspect-missing", "blank-answer")
    ]
    assert found.where == lines[0].where


def test_the_free_answer_and_the_lines_are_one(schema: Schema) -> None:
    free = {TRAINING: "2024年5月8日，公司面向董事和管理层开展廉洁从业培训，董事3人次、管理层21人次参加。"}
    alone = states(checked([], free, schema), TRAINING)
    share = line("P1.S3.I3.h", Declared.DISCLOSED, "", "98", "%")
    both = states(checked([share], free, schema), TRAINING)
    assert alone["h"] is AspectState.MISSING
    assert both == {**alone, "h": AspectState.DISCLOSED}
    (found,) = [each for each in checked([share], free, schema).items if each.id == TRAINING]
    assert (found.typed, found.answer) == (free[TRAINING], f"{free[TRAINING]}\n98%")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", Declared.DISCLOSED), ("待补充", Declared.DISCLOSED), ("参训人员占员工总数的比例", Declared.DISCLOSED),
        ("公司将进一步加强培训。", Declared.DISCLOSED), ("", Declared.NIL),
    ],
)  # fmt: skip
def test_a_hollow_declaration_is_found_at_its_line(text: str, state: Declared, schema: Schema) -> None:
    free = {TRAINING: "2024年4月12日组织全体员工学习，503人次参加。"}
    (aspect,) = [each for each in schema.by_id[TRAINING].judged if each.id == "P1.S3.I3.e"]
    assert aspect.figure is FigureNeed.NONE  # nothing that could have happened or not
    hollow = line(aspect.id, state, aspect.ask if "比例" in text else text)
    report = checked([hollow], free, schema)
    (found,) = [f for f in report.findings if f.aspect == aspect.id and f.rule == "aspect-missing"]
    assert (found.variant, found.where) == ("hollow", hollow.where)
    assert states(report, TRAINING)["e"] is AspectState.MISSING


def test_delegated_and_set_aside_lines_meet_the_rules_on_both(schema: Schema) -> None:
    free = {TRAINING: "2024年4月12日面向全体员工开展廉洁从业培训，503人次参加，占员工总数98%。"}
    given = [line("P1.S3.I3.a", Declared.DELEGATED, "由中信戴卡统一组织")]
    report = checked(given, free, schema)
    assert states(report, TRAINING)["a"] is AspectState.DELEGATED
    assert "delegated-aspect" in {f.rule for f in report.findings if f.item == TRAINING}
    aside = [line("P1.S3.I3.i", Declared.NOT_APPLICABLE)]
    report = checked(aside, free, schema)
    assert states(report, TRAINING)["i"] is AspectState.NOT_APPLICABLE
    assert "na-without-reason" in {f.rule for f in report.findings if f.item == TRAINING}
    whole = [line(each.id, Declared.DELEGATED, "由集团负责") for each in schema.by_id[TRAINING].judged]
    report = checked(whole, {TRAINING: ""}, schema)
    assert "delegated-item" in {f.rule for f in report.findings if f.item == TRAINING}


def test_words_without_the_figure_that_is_asked_for(schema: Schema) -> None:
    share = line("P1.S3.I3.f", Declared.DISCLOSED, "覆盖全部在册人员并已建档")
    report = checked([share], {TRAINING: "2024年4月12日组织学习廉洁准则。"}, schema)
    assert "figure-missing" in {f.rule for f in report.findings if f.aspect == "P1.S3.I3.f"}


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (Declared.DISCLOSED, ""), (Declared.DISCLOSED, "公司高度重视，管理制度健全，运行情况良好。"),
        (Declared.DISCLOSED, "2024年开展检查12次。"), (Declared.NIL, ""), (Declared.NIL, "2024年未发生。"),
        (Declared.DELEGATED, "由集团统一负责"), (Declared.NOT_APPLICABLE, "与本公司无关"),
        (Declared.NOT_APPLICABLE, ""),
    ],
)  # fmt: skip
def test_one_declaration_on_every_line_is_not_ready(state: Declared, text: str, schema: Schema) -> None:
    lines = [line(each.id, state, text) for item in schema.items for each in item.judged]
    report = checked(lines, {item.id: "" for item in schema.items}, schema)
    assert report.count(Severity.ERROR)
    assert report.coverage[ItemState.ANSWERED] < len(schema.items) / 4


def test_a_blank_template_by_aspect_is_blank(tmp_path: Path, schema: Schema) -> None:
    target = tmp_path / "表.xlsx"
    for _ in range(2):  # the second gives way to the first
        assert main(["template", "-o", str(target), "--by-aspect"]) == 0
    source = read_return(target, schema)
    assert (source.lines, source.unmatched, source.outside) == ((), (), ())
    rows = [row for row in openpyxl.load_workbook(target)[SHEET].iter_rows(min_row=3) if row[0].value]
    assert len(rows) == sum(len(item.judged) for item in schema.items)


def test_lines_are_carried_into_a_new_workbook(tmp_path: Path, schema: Schema) -> None:
    lines = (
        line("P1.S3.I3.a", Declared.DISCLOSED, "=1+1"), line("P1.S3.I3.h", Declared.DISCLOSED, "", "98", "%"),
        line("P1.S3.I3.j", Declared.DELEGATED),
    )  # fmt: skip
    source = Return("r", "0", "示例公司", 2024, (), lines=lines)
    (target := tmp_path / "新.xlsx").write_bytes(build_workbook(schema, source=source))
    again = {each.aspect: each for each in read_return(target, schema).lines}
    for each in lines:
        found = again[each.aspect]
        assert (found.state, found.text, found.figure) == (each.state, each.text, each.figure)
    shown = openpyxl.load_workbook(target, data_only=True)[SHEET]
    told = {row[0].value: row[9].value for row in shown.iter_rows(min_row=3) if row[9].value}
    assert told == {"P1.S3.I3.j": "缺说明"}


@pytest.mark.office
def test_libreoffice_says_what_a_line_lacks(tmp_path: Path, schema: Schema) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    lines = {
        "P1.S1.I1.a": ("已披露", ""), "P1.S1.I2.a": ("已披露", "3次"), "P1.S1.I2.b": ("已披露", "", "5"),
        "P1.S1.I2.c": ("不涉及", ""), "P1.S1.I2.d": ("无此情况", "未发生"),
    }  # fmt: skip
    path = filled(tmp_path, schema, lines, {})
    shown = openpyxl.load_workbook(converted(office, path, "xlsx", tmp_path), data_only=True)[SHEET]
    told = {row[0].value: row[9].value for row in shown.iter_rows(min_row=3) if row[9].value}
    assert told == {"P1.S1.I1.a": "缺内容", "P1.S1.I2.c": "缺说明"}
