"""A return with the findings in it: all else is as it was, and checked again it says the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from defusedxml import ElementTree
from msgspec import to_builtins
from msgspec.structs import replace
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from checker.checking.files import check_file
from checker.cli import main
from checker.finding import Report
from checker.report.excel.annotated import write_annotated
from checker.wording import Language, wording
from frameworks.ground.errors import OutputError
from questionnaire.answers import OutsideKind, Place, Source
from questionnaire.editions import Editions
from questionnaire.reading import read_return
from questionnaire.schema import Schema
from questionnaire.template import build_workbook
from tests.files import layouts
from tests.files.layouts import Make, converted, written
from tests.files.package import MAIN
from tests.files.rich_books import parts_of, rich_book

ROOT = Path(__file__).parents[2]
MIDDLING = ROOT / "samples/middling.xlsx"
EDITIONS = Editions.of(None)
LAYOUTS = [
    layouts.several_header_rows, layouts.below_in_merged_cells, layouts.labels_only, layouts.edited_over_rows,
    layouts.markers_under_titles, layouts.plain, layouts.sheet_a_part,
]  # fmt: skip


def said(report: Report) -> Any:
    """All that a report says but for the file's name and how many cells it has."""
    told = to_builtins(replace(report, file="", sha256="", reading=Source()))
    return _plain(told), report.reading.taken


def _plain(value: Any) -> Any:
    if isinstance(value, Place):
        return value.sheet, value.cell
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items() if key != "file"}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def annotated(source: Path, target: Path, language: Language = Language.ZH) -> tuple[Report, list[str]]:
    report = check_file(source, EDITIONS)
    notes = write_annotated(report, source, target, wording(language), force=True)
    # what belongs to the company's profile has no cell beside which it could stand
    profile = sum(finding.rule == "profile-doubtful" for finding in report.findings)
    return report, [
        note.code for note in notes if note.code != "annotate-apart" or note.params["count"] != profile
    ]


def made(make: Callable[..., Any], folder: Path, schema: Schema) -> Path:
    found: Path = make(folder, schema) if make is layouts.sheet_a_part else written(make, folder, schema)
    return found


def cells(path: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    return {
        (sheet.title, cell.coordinate): (
            str(cell.value),
            repr(cell.font),
            repr(cell.fill),
            cell.number_format,
        )
        for sheet in openpyxl.load_workbook(path, rich_text=True).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


@pytest.mark.parametrize("name", ["middling", "poor", "overseas"])
@pytest.mark.parametrize("language", list(Language))
def test_a_copy_checked_again_says_the_same(name: str, language: Language, tmp_path: Path) -> None:
    (tmp_path / "一").mkdir()
    (tmp_path / "二").mkdir()
    source = ROOT / f"samples/{name}.xlsx"
    target, again = tmp_path / "一" / source.name, tmp_path / "二" / source.name  # findings name their file
    before, notes = annotated(source, target, language)
    assert notes == []
    after, _ = annotated(target, again, language)
    assert said(before) == said(after)
    assert cells(target) == cells(again)


@pytest.mark.parametrize("make", LAYOUTS, ids=lambda make: make.__name__)
def test_foreign_forms(make: Make, tmp_path: Path, schema: Schema) -> None:
    source, target = made(make, tmp_path, schema), tmp_path / "批注.xlsx"
    before, notes = annotated(source, target)
    assert notes == []
    assert said(check_file(target, EDITIONS)) == said(before)
    was, now = cells(source), cells(target)
    assert {at: now[at] for at in was} == was


@pytest.mark.parametrize("macros", [False, True])
def test_nothing_of_a_rich_workbook_is_lost(macros: bool, tmp_path: Path, schema: Schema) -> None:
    source = rich_book(tmp_path, schema, macros=macros)
    target = tmp_path / f"批注{source.suffix}"
    before, notes = annotated(source, target)
    assert notes == ["annotate-commented", "annotate-apart"]  # C6 has one of its own; a sheet is hidden
    assert said(check_file(target, EDITIONS)) == said(before)
    old, new = parts_of(source), parts_of(target)
    assert list(old) == list(new)
    changed = {name for name in old if old[name] != new[name]}
    assert changed == {
        "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
    }  # fmt: skip
    was, now = cells(source), cells(target)
    assert {at: now[at] for at in was} == was
    sheet = openpyxl.load_workbook(target)["问卷"]
    assert sheet["C6"].comment is not None and sheet["C6"].comment.text == "请核对"
    assert sheet["C4"].comment is not None and "漏答" in sheet["C4"].comment.text
    assert (sheet["E4"].value, sheet["E1"].value, sheet["F1"].value) == (
        "▪未答\n▪退回 1",
        "▪检查结果",
        "▪检查意见",
    )


# how Excel wants a sheet's children to follow each other (ECMA-376, CT_Worksheet)
ORDER = """sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges
    scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting
    dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties
    cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects controls
    webPublishItems tableParts extLst""".split()


@pytest.mark.parametrize("kind", ["rich", "slogans", "plain", "again"])
def test_the_parts_are_as_excel_wants_them(kind: str, tmp_path: Path, schema: Schema) -> None:
    sources = {
        "rich": lambda: rich_book(tmp_path, schema), "plain": lambda: made(layouts.plain, tmp_path, schema),
    }  # fmt: skip
    source = sources.get(kind, lambda: ROOT / "samples/slogans.xlsx")()
    target = tmp_path / "批注.xlsx"
    annotated(source, target)
    if kind == "again":
        annotated(target, target := tmp_path / "再批注.xlsx")
    parts = {name.lower(): content for name, content in parts_of(target).items()}
    types = ElementTree.fromstring(parts["[content_types].xml"])
    declared = {each.get("PartName", "").lower().lstrip("/") for each in types}
    endings = {each.get("Extension") for each in types}
    for name, content in parts.items():
        assert name in declared or name.rpartition(".")[2] in endings or name == "[content_types].xml"
        if name.endswith((".xml", ".rels", ".vml")):
            root = ElementTree.fromstring(content)
            for each in root.iter():
                if each.get("count") is not None and each.tag.rpartition("}")[2] in COUNTED:
                    assert int(each.get("count", "")) == len(each), (name, each.tag)
        if name.endswith(".rels"):
            ids = [each.get("Id") for each in root]
            assert len(ids) == len(set(ids))
        if name.startswith("xl/worksheets/sheet"):
            children = [ORDER.index(child.tag.rpartition("}")[2]) for child in root]
            assert children == sorted(children), name
            spans = [
                (int(each.get("min", "")), int(each.get("max", ""))) for each in root.iter(f"{{{MAIN}}}col")
            ]
            assert all(first[1] < then[0] for first, then in pairwise(spans)), name
            rows = [int(each.get("r", "")) for each in root.iter(f"{{{MAIN}}}row")]
            assert rows == sorted(set(rows)), name
            names = [each.get("r", "") for each in root.iter(f"{{{MAIN}}}c")]
            assert len(names) == len(set(names)), name
        if name.startswith("xl/comments"):
            places = [each.get("ref") for each in root.iter(f"{{{MAIN}}}comment")]
            assert len(places) == len(set(places)), name


COUNTED = {"fonts", "fills", "borders", "cellXfs", "dataValidations"}


@pytest.mark.office
@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_saved_by_another_program_it_still_says_the_same(form: str, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    before, _ = annotated(MIDDLING, tmp_path / "批注.xlsx")
    saved = check_file(converted(office, tmp_path / "批注.xlsx", form, tmp_path), EDITIONS)
    assert [_plain(to_builtins(f)) for f in saved.findings] == [
        _plain(to_builtins(f)) for f in before.findings
    ]


def edit(path: Path, change: Callable[[Worksheet], object]) -> None:
    book = openpyxl.load_workbook(path)
    change(book["问卷"])
    book.save(path)


def test_what_the_clerk_adds_to_our_lines_is_seen_and_kept(tmp_path: Path, schema: Schema) -> None:
    target, again = tmp_path / "批注.xlsx", tmp_path / "再批注.xlsx"
    annotated(MIDDLING, target)

    def add(sheet: Worksheet) -> None:
        sheet["K4"] = f"{sheet['K4'].value}\n已请人事部补充"
        sheet["E4"].comment = Comment(f"{sheet['E4'].comment.text}\n这条不对", "李四")
        sheet["E5"].comment = Comment("另一位的批注", "李四")

    edit(target, add)
    told = read_return(target, schema)
    outside = {found.kind: found.texts for found in told.outside}
    assert outside[OutsideKind.EXTRA_COLUMN] == ("已请人事部补充",)
    assert outside[OutsideKind.COMMENT] == ("这条不对", "另一位的批注")
    annotated(target, again)
    sheet = openpyxl.load_workbook(again)["问卷"]
    assert str(sheet["K4"].value).endswith("\n已请人事部补充")
    assert sheet["E5"].comment is not None and sheet["E5"].comment.text == "另一位的批注"
    assert [cell.value for cell in sheet[1]].count("▪检查意见") == 1


def test_a_mended_answer_loses_its_note(tmp_path: Path) -> None:
    target, again = tmp_path / "批注.xlsx", tmp_path / "再批注.xlsx"
    report, _ = annotated(ROOT / "samples/poor.xlsx", target)
    cell = next(f.where.cell for f in report.findings if f.rule == "blank-answer") or ""
    assert openpyxl.load_workbook(target)["问卷"][cell].comment is not None
    row = cell[1:]
    edit(
        target,
        lambda sheet: sheet[cell].__setattr__("value", "2024年度未发生火灾事故，全年安全培训4次、212人次。"),
    )
    after, _ = annotated(target, again)
    assert not [f for f in after.findings if f.where.cell == cell and f.rule == "blank-answer"]
    status = openpyxl.load_workbook(again)["问卷"][f"J{row}"].value
    assert "未答" not in str(status).split("\n")[0]


def test_findings_on_key_figures_stand_at_their_own_cells(tmp_path: Path, schema: Schema) -> None:
    source, target = tmp_path / "数.xlsx", tmp_path / "批注.xlsx"
    source.write_bytes(build_workbook(schema))
    book = openpyxl.load_workbook(source)
    book["关键绩效"]["E6"] = "很多"
    book.save(source)
    report, _ = annotated(source, target)
    (finding,) = [f for f in report.findings if f.where.sheet == "关键绩效"]
    sheet = openpyxl.load_workbook(target)["关键绩效"]
    assert sheet[finding.where.cell or ""].comment is not None
    heads = {str(cell.value): cell.column_letter for cell in sheet[2]}
    assert str(sheet[f"{heads['▪检查意见']}6"].value).startswith("▪")


def test_the_command_writes_a_copy_and_refuses_what_it_must(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "填报.xlsx", tmp_path / "批注.xlsx"
    shutil.copy(MIDDLING, source)
    before = source.read_bytes()
    assert main(["check", str(source), "--annotate", str(target)]) == 1
    assert "已写出" in capsys.readouterr().err
    written_then = target.read_bytes()
    for arguments, word in (
        ([str(source), "--annotate", str(source)], "输入文件"),
        ([str(source), "--annotate", str(target)], "没有覆盖"),
        ([str(source), str(MIDDLING), "--annotate", str(tmp_path / "新.xlsx")], "只写一个"),
        ([str(source), "--annotate", str(tmp_path / "新.xls")], ".xlsx 结尾"),
        ([str(ROOT / "samples/poor.txt"), "--annotate", str(tmp_path / "新.xlsx")], "导入"),
    ):
        assert main(["check", *arguments]) == 2
        assert word in capsys.readouterr().err
    assert source.read_bytes() == before
    assert target.read_bytes() == written_then
    assert {path.name for path in tmp_path.iterdir()} == {"填报.xlsx", "批注.xlsx"}


def test_a_return_changed_after_its_check_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "填报.xlsx"
    shutil.copy(MIDDLING, source)
    report = check_file(source, EDITIONS)
    edit(source, lambda sheet: sheet["E3"].__setattr__("value", "改过"))
    with pytest.raises(OutputError) as caught:
        write_annotated(report, source, tmp_path / "批注.xlsx", wording())
    assert caught.value.code == "annotate-changed"
