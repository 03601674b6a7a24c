"""Answers in a copy of her own workbook: what she wrote is there, and nothing else has changed."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from python_calamine import CalamineWorkbook

from checker.wording import wording
from frameworks.ground.errors import OutputError, ReturnError
from questionnaire.amend import amend
from questionnaire.answers import Return
from questionnaire.reading import read_return
from questionnaire.schema import Schema
from questionnaire.template import CELL_LIMIT, build_workbook
from tests.files import layouts
from tests.files.layouts import Make, converted, written
from tests.files.package import MAIN, REL, TYPES, relationships, word, zipped
from tests.files.rich_books import parts_of, rich_book

SHEET = "xl/worksheets/sheet1.xml"
ROOT = Path(__file__).parents[2]
# one that has an answer, one that is blank, and text that a spreadsheet would take for something else
FIRST, SECOND, LAST = "P1.S1.I1", "P1.S1.I2", "P6.S2.I3"
GIVEN = {
    FIRST: '=SUM(A1:A9)\n全年 <3> 次 & "引号"，_x000D_ 照抄',
    SECOND: "+86 10 6655\t制表\n  两端空白不丢",
    LAST: "",
}
CELLS = {"C2", "C3", "C72"}


def texts(source: Return) -> dict[str, str]:
    return {answer.item: answer.text for answer in source.answers}


def look(cell: Cell) -> tuple[object, ...]:
    """How a cell looks, with what it says."""
    styles = (cell.font, cell.fill, cell.border, cell.alignment, cell.protection, cell.number_format)
    return (str(cell.value), cell.data_type, cell.comment and cell.comment.text, *map(repr, styles))


def looks(path: Path) -> dict[tuple[str, str], tuple[object, ...]]:
    opened = openpyxl.load_workbook(path, rich_text=True)
    return {
        (sheet.title, cell.coordinate): look(cell)
        for sheet in opened.worksheets
        for row in sheet.iter_rows()
        for cell in row
    }


@pytest.mark.parametrize("macros", [False, True])
def test_all_but_the_answers_stays(macros: bool, tmp_path: Path, schema: Schema) -> None:
    source = rich_book(tmp_path, schema, macros=macros)
    before = source.read_bytes()
    target = tmp_path / f"副本{source.suffix}"
    assert amend(source, GIVEN, target, schema) == ()
    assert source.read_bytes() == before

    old, new = parts_of(source), parts_of(target)
    assert list(old) == list(new)
    assert {name for name in old if old[name] != new[name]} == {SHEET}
    cell = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
    kept = [
        cell.sub(lambda match: b"" if match.group(1).decode() in CELLS else match.group(), part)
        for part in (old[SHEET], new[SHEET])
    ]
    assert kept[0] == kept[1]

    was, now = looks(source), looks(target)
    assert was.keys() == now.keys()
    assert {at for at in was if was[at] != now[at]} == {("问卷", cell) for cell in CELLS}
    assert all(was[at][2:] == now[at][2:] for at in was)
    assert texts(read_return(target, schema)) == {**texts(read_return(source, schema)), **GIVEN}
    shown = CalamineWorkbook.from_path(target).get_sheet_by_name("问卷").to_python()
    assert [shown[row][2] for row in (1, 2)] == [GIVEN[FIRST], GIVEN[SECOND]]


@pytest.mark.office
def test_libreoffice_opens_the_copy(tmp_path: Path, schema: Schema) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    target = tmp_path / "副本.xlsx"
    amend(rich_book(tmp_path, schema), GIVEN, target, schema)
    opened = openpyxl.load_workbook(converted(office, target, "xlsx", tmp_path))["问卷"]
    assert opened["C2"].value == GIVEN[FIRST]
    assert opened["C2"].data_type == "s"
    assert opened["C5"].value == "本年开展 4 次，全部完成。"


@pytest.mark.parametrize(
    "make",
    [layouts.several_header_rows, layouts.below_in_merged_cells, layouts.labels_only,
     layouts.edited_over_rows, layouts.markers_under_titles, layouts.plain],
    ids=lambda make: make.__name__,
)  # fmt: skip
def test_the_answer_stands_where_a_foreign_form_has_it(make: Make, tmp_path: Path, schema: Schema) -> None:
    source, blanked, target = written(make, tmp_path, schema), tmp_path / "空.xlsx", tmp_path / "新.xlsx"
    given = dict(
        zip((schema.items[at].id for at in (1, 4, 40)), ("改写。", "两段\n改写。", "新写的。"), strict=True)
    )
    assert amend(source, dict.fromkeys(given, ""), blanked, schema) == ()
    told = texts(read_return(blanked, schema))
    assert [told[item] for item in given] == ["", "", ""]
    for origin in (source, blanked):
        assert amend(origin, given, target, schema, force=True) == ()
        assert texts(read_return(target, schema)) == {**texts(read_return(source, schema)), **given}


def test_a_merged_answer_is_written_at_its_first_cell(tmp_path: Path, schema: Schema) -> None:
    opened = openpyxl.Workbook()
    sheet = opened.worksheets[0]
    sheet.append(["问题", "答案"])
    for number, item in enumerate(schema.items[:5]):
        row = 2 + 2 * number
        sheet.cell(row, 1, item.question)
        for column in (1, 2):
            sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
    opened.save(source := tmp_path / "合并.xlsx")
    amend(source, {schema.items[2].id: "本年 3 次。"}, target := tmp_path / "新.xlsx", schema)
    assert openpyxl.load_workbook(target).worksheets[0]["B6"].value == "本年 3 次。"


def test_an_answer_merged_with_the_one_above_is_left_alone(tmp_path: Path, schema: Schema) -> None:
    opened = openpyxl.Workbook()
    sheet = opened.worksheets[0]
    sheet.append(["问题", "答案"])
    for item in schema.items[:4]:
        sheet.append([item.question, None])
    sheet["B3"] = "两题合答"
    sheet.merge_cells("B3:B4")
    opened.save(source := tmp_path / "合答.xlsx")
    given = {schema.items[2].id: "新的", schema.items[3].id: "另一题"}
    (note,) = amend(source, given, target := tmp_path / "新.xlsx", schema)
    assert note.code == "amend-shared"
    assert "没有写" in wording().error(note)
    assert openpyxl.load_workbook(target).worksheets[0]["B3"].value == "两题合答"


def test_an_item_that_stands_twice_or_nowhere_is_told(tmp_path: Path, schema: Schema) -> None:
    opened = openpyxl.Workbook()
    sheet = opened.worksheets[0]
    sheet.append(["编号", "答案"])
    for item, text in (("P1.S1.I1", "甲"), ("P1.S1.I2", "乙"), ("P1.S1.I1", "丙")):
        sheet.append([item, text])
    opened.save(source := tmp_path / "两处.xlsx")
    notes = amend(source, {"P1.S1.I1": "新", "P3.S1.I1": "无处"}, target := tmp_path / "新.xlsx", schema)
    assert [note.code for note in notes] == ["amend-twice", "amend-no-row"]
    assert "B4" in wording().error(notes[0])
    assert [cell.value for cell in openpyxl.load_workbook(target).worksheets[0]["B"]] == [
        "答案",
        "新",
        "乙",
        "丙",
    ]


FORMS = {
    "prefixed": '<x:worksheet xmlns:x="{ns}"><x:sheetData>{rows}</x:sheetData></x:worksheet>',
    "unnamed": '<worksheet xmlns="{ns}"><sheetData>{rows}</sheetData></worksheet>',
    "utf-16": '<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{ns}">'
    "<sheetData>{rows}</sheetData></worksheet>",
}


@pytest.mark.parametrize("form", FORMS)
def test_parts_as_other_programs_write_them(form: str, tmp_path: Path, schema: Schema) -> None:
    x = "x:" if form == "prefixed" else ""
    table = [("编号", "答案"), *((item.id, "甲") for item in schema.items[:4])]
    cells = "".join(
        f"<{x}row>" + "".join(f'<{x}c t="inlineStr"><{x}is><{x}t>{t}</{x}t></{x}is></{x}c>' for t in row)
        + f"</{x}row>" for row in table
    ) + f"<{x}row><{x}c t='inlineStr'><{x}is><{x}t>{schema.items[4].id}</{x}t></{x}is></{x}c></{x}row>"  # fmt: skip
    part = FORMS[form].format(ns=MAIN, rows=cells)
    source, target = tmp_path / "别.xlsx", tmp_path / "新.xlsx"
    source.write_bytes(
        zipped({
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relationships([("rId1", "officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}">'
            '<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relationships([("rId1", "worksheet", "worksheets/sheet1.xml")]),
            SHEET: part.encode("utf-16") if form == "utf-16" else part.encode(),
        })
    )  # fmt: skip
    items = [item.id for item in schema.items[:5]]
    assert amend(source, {items[1]: "乙", items[4]: "戊"}, target, schema) == ()
    assert texts(read_return(target, schema)) == dict(zip(items, "甲乙甲甲戊", strict=True))


def test_a_formula_gives_way_to_text_and_is_told(tmp_path: Path, schema: Schema) -> None:
    opened = openpyxl.Workbook()
    sheet = opened.worksheets[0]
    sheet.append(["编号", "答案"])
    sheet.append(["P1.S1.I1", '="共"&3&"次"'])
    sheet.append(["P1.S1.I2", "乙"])
    opened.save(plain := tmp_path / "式.xlsx")
    chained = {
        **parts_of(plain),
        "xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="B2" i="1"/></calcChain>'.encode(),
    }
    types, rels = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
    kind = '<Override PartName="/xl/calcChain.xml" ContentType="application/xml"/>'
    link = f'<Relationship Id="rId99" Type="{REL}/calcChain" Target="calcChain.xml"/>'
    for part, end, new in ((types, "</Types>", kind), (rels, "</Relationships>", link)):
        chained[part] = chained[part].replace(end.encode(), (new + end).encode())
    source, target = tmp_path / "链.xlsx", tmp_path / "新.xlsx"
    source.write_bytes(zipped(dict(chained)))
    (note,) = amend(source, {"P1.S1.I1": "共 3 次"}, target, schema)
    assert (note.code, "B2" in wording().error(note)) == ("amend-formula", True)
    parts = parts_of(target)
    assert "xl/calcChain.xml" not in parts
    assert b"calcChain" not in parts[rels] + parts[types]
    assert openpyxl.load_workbook(target).worksheets[0]["B2"].value == "共 3 次"


def test_formulas_are_calculated_anew_where_the_file_would_not(tmp_path: Path, schema: Schema) -> None:
    source, target = rich_book(tmp_path, schema), tmp_path / "新.xlsx"
    parts = parts_of(source)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    (settled := tmp_path / "已算.xlsx").write_bytes(zipped(dict(parts)))
    amend(settled, GIVEN, target, schema)
    assert openpyxl.load_workbook(target).calculation.fullCalcOnLoad is True


def test_a_signature_is_told(tmp_path: Path, schema: Schema) -> None:
    source, target = tmp_path / "签.xlsx", tmp_path / "新.xlsx"
    source.write_bytes(build_workbook(schema))
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    (note,) = amend(source, {"P1.S1.I1": "甲"}, target, schema)
    assert "重新签署" in wording().error(note)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ODS = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<office/>"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ((ROOT / "samples/poor.txt").read_bytes(), "amend-kind"),
        (zipped(word("<w:p/>")), "amend-kind"),
        (b"%PDF-1.4", "amend-kind"),
        (OLE + "Workbook".encode("utf-16-le"), "amend-kind"),
        (zipped({"xl/workbook.bin": "x"}), "amend-kind"),
        (zipped(ODS), "amend-kind"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\x03\x04broken", "damaged"),
    ],
    ids=["txt", "docx", "pdf", "xls", "xlsb", "ods", "password", "damaged"],
)
def test_other_kinds_are_refused_in_a_sentence(
    content: bytes, code: str, tmp_path: Path, schema: Schema
) -> None:
    (source := tmp_path / "原件").write_bytes(content)
    with pytest.raises((OutputError, ReturnError)) as caught:
        amend(source, {FIRST: "甲"}, tmp_path / "新.xlsx", schema)
    assert (caught.value.code, bool(wording().error(caught.value))) == (code, True)
    assert list(tmp_path.iterdir()) == [source]


@pytest.mark.parametrize(
    ("given", "target", "code"),
    [
        ({"P9.S1.I1": "甲"}, "新.xlsx", "amend-unknown"),
        ({"P1.S1.I1": "长" * (CELL_LIMIT + 1)}, "新.xlsx", "answer-too-long"),
        ({"P1.S1.I1": "甲"}, "新.xls", "amend-suffix"),
        ({"P1.S1.I1": "甲"}, "新.xlsm", "amend-suffix"),
        ({"P1.S1.I1": "甲"}, "原.xlsx", "output-is-input"),
        ({"P1.S1.I1": "甲"}, "别人的.xlsx", "output-exists"),
        ({"P1.S1.I1": "甲"}, "没有/新.xlsx", "output-no-folder"),
    ],
)
def test_nothing_is_written_where_it_may_not_be(
    given: dict[str, str], target: str, code: str, tmp_path: Path, schema: Schema
) -> None:
    (tmp_path / "原.xlsx").write_bytes(build_workbook(schema))
    (tmp_path / "别人的.xlsx").write_bytes(b"PK")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(OutputError) as caught:
        amend(tmp_path / "原.xlsx", given, tmp_path / target, schema)
    assert caught.value.code == code
    assert wording().error(caught.value)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
