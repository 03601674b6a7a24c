"""Kinds of files that are no workbook, and cells whose value is no text: each has one true sentence."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import pytest

from checker.checking.engine import check
from checker.wording import wording
from frameworks.ground.errors import ReturnError
from questionnaire.answers import OutsideKind, Problem
from questionnaire.reading.content import read_content
from questionnaire.schema import Schema
from tests.files.package import book, inline, zipped

PICTURE = OutsideKind.CELL_PICTURE


def _refused(content: bytes, name: str, schema: Schema) -> tuple[str, str]:
    with pytest.raises(ReturnError) as caught:
        read_content(content, name, "", schema)
    return caught.value.code, wording().error(caught.value)


@pytest.mark.parametrize(
    ("name", "parts", "kind", "mend"),
    [
        ("报告.ofd", ["OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"], "OFD 版式文件", "原来的"),
        ("报告.docx", ["OFD.xml", "Doc_0/Document.xml"], "OFD 版式文件", "原来的"),
        ("表.numbers", ["Index/Document.iwa", "Index/Tables/DataList.iwa"], "Numbers 表格", "导出为 .xlsx"),
        ("文.pages", ["Index/Document.iwa", "preview.jpg"], "Pages 文稿", "导出为 .docx"),
        ("文.pages", ["index.xml", "buildVersionHistory.plist"], "Pages 文稿", "导出为 .docx"),
        ("文.pages", ["Index.zip", "Metadata/Properties.plist"], "Pages 文稿", "导出为 .docx"),
        ("文.zip", ["Index/Document.iwa"], "苹果 iWork 文件", "原来的"),
        ("讲.pptx", ["ppt/presentation.xml"], "演示文稿", "原来的"),
    ],
)  # fmt: skip
def test_documents_that_are_no_office_files(
    name: str, parts: list[str], kind: str, mend: str, schema: Schema
) -> None:
    code, sentence = _refused(zipped(dict.fromkeys(parts, "<a/>")), name, schema)
    assert code == "kind-unsupported"
    assert kind in sentence
    assert mend in sentence
    assert "用 Excel" not in sentence


@pytest.mark.parametrize("content", [b"%PDF-1.7\n%\xe2\xe3", b"\x89PNG\r\n\x1a\n0000", b"MZ\x90\x00\x03"])
def test_excel_is_not_named_for_what_it_cannot_open(content: bytes, schema: Schema) -> None:
    assert "用 Excel" not in _refused(content, "报告", schema)[1]


def test_excel_is_named_for_what_it_can_open(schema: Schema) -> None:
    assert "请用 Excel 或 WPS 打开" in _refused(b"<?xml version='1.0'?><Workbook/>", "a.xls", schema)[1]


def _page(body: str) -> bytes:
    return f"<html><head><title>报告</title></head><body>{body}<script>x()</script></body></html>".encode()


def test_a_web_page_without_tables_is_read_as_a_report(schema: Schema) -> None:
    first, second = schema.by_id["P1.S3.I1"], schema.by_id["P1.S3.I2"]
    body = f"""<h2>三、反贪污</h2><ol><li>{escape(first.question)}</li></ol><p>没有发生<b>案件</b>，
        下一行。</p><div>（二）{escape(second.question)}<br>制度3项。</div>
        <table><tr><td>制度</td><td>件</td></tr><tr><td>廉洁办法</td><td>3</td></tr></table>"""
    found = read_content(_page(body), "报告.html", "", schema)
    assert [(answer.item, answer.text) for answer in found.answers] == [
        ("P1.S3.I1", "没有发生案件，下一行。"), ("P1.S3.I2", "制度3项。\n制度\t件\n廉洁办法\t3"),
    ]  # fmt: skip


def test_a_web_page_of_something_else_is_not_called_empty(schema: Schema) -> None:
    code, sentence = _refused(_page("<p>请登录后查看。</p>"), "报告.xls", schema)
    assert code == "no-questionnaire-text"
    assert "网页" in sentence


STRUCTURES = '<rvStructures xmlns="x"><s t="_error"/><s t="_localImage"/></rvStructures>'
VALUES = '<rvData xmlns="x"><rv s="1"><v>0</v></rv><rv s="0"><v>8</v></rv></rvData>'
METADATA = """<metadata xmlns="m" xmlns:r="r"><futureMetadata name="XLRICHVALUE">
<bk><extLst><ext><r:rvb i="0"/></ext></extLst></bk><bk><extLst><ext><r:rvb i="1"/></ext></extLst></bk></futureMetadata>
<valueMetadata><bk><rc t="1" v="0"/></bk><bk><rc t="1" v="1"/></bk></valueMetadata></metadata>"""
RICH = {
    "xl/metadata.xml": METADATA,
    "xl/richData/rdrichvalue.xml": VALUES,
    "xl/richData/rdrichvaluestructure.xml": STRUCTURES,
}


@pytest.mark.parametrize(
    ("cell", "more", "problem"),
    [
        ('<c r="B2" t="e" vm="1"><v>#VALUE!</v></c>', {}, None),
        ('<c r="B2" t="e" vm="1"><v>#VALUE!</v></c>', RICH, None),
        ('<c r="B2" t="e" vm="2"><v>#VALUE!</v></c>', RICH, Problem.EXCEL_ERROR),  # #SPILL!
        ('<c r="B2" t="e"><v>#VALUE!</v></c>', RICH, Problem.EXCEL_ERROR),
        ('<c r="B2" t="e"><f>_xlfn.DISPIMG("ID_1",1)</f><v>#NAME?</v></c>', {}, None),
        ('<c r="B2"><f>DISPIMG("ID_1",1)</f></c>', {}, None),
        ('<c r="B2"><f>A1+1</f></c>', {}, Problem.UNCALCULATED),
    ],
)
def test_a_picture_in_a_cell_is_no_error(
    cell: str, more: dict[str, str], problem: Problem | None, schema: Schema
) -> None:
    items = schema.items[:2]
    data = f'<row r="1">{inline("A1", "问题")}{inline("B1", "答案")}</row>'
    data += f'<row r="2">{inline("A2", items[0].question)}{cell}</row>'
    data += f'<row r="3">{inline("A3", items[1].question)}{inline("B3", "已办结。")}</row>'
    source = read_content(zipped(book(data, more=dict(more))), "a.xlsx", "", schema)
    assert [(a.text, a.problem) for a in source.answers] == [("", problem), ("已办结。", None)]
    pictures = [(o.kind, o.where.cell) for o in source.outside]
    assert pictures == ([] if problem else [(PICTURE, "B2")])
    rules = {f.rule for f in check(schema, source).findings if f.item == items[0].id}
    assert "unreadable-cell" in rules if problem else "unreadable-cell" not in rules


def _ods(cells: list[list[str]]) -> bytes:
    """A workbook of LibreOffice's kind; cells are XML."""
    rows = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in cells)
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    body = f'<table:table table:name="问卷">{rows}</table:table>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} office:version="1.2">'
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


def _cell(paragraphs: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}>{paragraphs}</table:table-cell>'


def test_marks_inside_the_cells_of_an_ods_are_kept(schema: Schema) -> None:
    answers = {
        "<text:p>年度<text:tab/>能耗<text:tab/>用水</text:p><text:p>2024<text:tab/>1204<text:tab/>3300</text:p>":
            "年度\t能耗\t用水\n2024\t1204\t3300",
        "<text:p>能耗<text:s text:c=\"3\"/>1204<text:s/>吨</text:p>": "能耗   1204 吨",
        "<text:p>能耗1204吨<text:line-break/>用水<text:span>3300</text:span>吨</text:p>": "能耗1204吨\n用水3300吨",
        "<text:p>能耗\n   1204 吨</text:p><text:p/><text:p>用水</text:p>": None,
        "<office:annotation><text:p>批注<text:tab/>一</text:p></office:annotation><text:p>甲<text:tab/>乙</text:p>":
            "甲\t乙",
    }  # fmt: skip
    head = [_cell("<text:p>问题</text:p>"), _cell("<text:p>答案</text:p>")]
    blank = ['<table:table-cell table:number-columns-repeated="2"/>']
    table = [head, blank]
    for item, cell in zip(schema.items, answers, strict=False):
        table.append([_cell(f"<text:p>{escape(item.question)}</text:p>"), _cell(cell)])
    found = read_content(_ods(table), "a.ods", "", schema)
    assert len(found.answers) == len(answers)
    for answer, wanted in zip(found.answers, answers.values(), strict=True):
        assert wanted is None or answer.text == wanted


def test_marks_after_repeated_rows_and_columns_stay_in_their_cells(schema: Schema) -> None:
    first = schema.items[0]
    table = [
        ['<table:table-cell table:number-columns-repeated="3"/>'],
        ["<table:table-cell/>", _cell("<text:p>问题</text:p>"), _cell("<text:p>答案</text:p>")],
        [
            '<table:table-cell/>', _cell(f"<text:p>{escape(first.question)}</text:p>"),
            _cell("<text:p>一<text:tab/>二<text:tab/>三</text:p>", ' table:number-columns-repeated="2"'),
        ],
        ["<table:covered-table-cell/>", _cell(f"<text:p>{escape(schema.items[1].question)}</text:p>"),
         _cell("<text:p>四<text:tab/>五</text:p>")],
    ]  # fmt: skip
    content = _ods(table)
    found = read_content(content, "a.ods", "", schema)
    assert [answer.text for answer in found.answers] == ["一\t二\t三", "四\t五"]
