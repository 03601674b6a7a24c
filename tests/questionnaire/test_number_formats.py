"""Numbers as the sheet shows them, in every format of a workbook: text and figures alike."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from decimal import Decimal
from fractions import Fraction
from html import escape
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from questionnaire.answers import Problem
from questionnaire.figure_sheet import read_sheet, words
from questionnaire.reading.content import read_sheets
from questionnaire.reading.files.formats import parse_format, show_number
from questionnaire.reading.files.grid import Sheet, reference
from questionnaire.reading.files.sniff import sniff
from tests.files.binary_books import binary_book, old_book
from tests.files.package import book, zipped

# stored number, code, what Excel shows; days as 2024-12-31
SHOWN = [
    (1234567, r'0\.0,"万元"', "123.5万元"),
    (123450000, '0"."00,,"亿元"', "1.23亿元"),
    (1234567, '#,##0.0,"千元"', "1,234.6千元"),
    (1234567, '0.00,,"百万元"', "1.23百万元"),
    (1234567, "#,##0,", "1,235"),
    (5000, r'[>=10000]0\.0,"万元";0"元"', "5000元"),
    (25000, r'[>=10000]0\.0,"万元";0"元"', "2.5万元"),
    (-0.05, '"增加"0.0%;"减少"0.0%', "减少5.0%"),
    (0.05, '"增加"0.0%;"减少"0.0%', "增加5.0%"),
    (-0.5, '[<0]"下降"0%;"上升"0%', "下降50%"),
    (1.5, "[h]:mm", "36:00"),
    (1.5, '[h]"小时"', "36小时"),
    (0.354166667, "h:mm", "8:30"),
    (1200, 'General"吨"', "1200吨"),
    (1200, '#,##0"吨"', "1,200吨"),
    (1200, '[Red][>1000]#,##0"吨";0"吨"', "1,200吨"),
    (3000, "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ", "¥3,000.00"),
    (0, '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "0"),  # a dash would be no answer
    (3000, "[$$-409]#,##0.00", "$3,000.00"),
    (3000.5, "[$€-2]\\ #,##0.00", "€ 3,000.50"),
    (1.5, "# ?/?", "1 1/2"),
    (0.25, "# ??/??", "1/4"),
    (12345, "0.00E+00", "1.23E+04"),
    (0.00012, "0.0E+00", "1.2E-04"),
    (99999, "0.00E+00", "1.00E+05"),
    (0.955, "0.0%", "95.5%"),
    (33.33333333333334, '0.00"吨"', "33.33吨"),
    (-1200, "#,##0_);(#,##0)", "(1,200)"),
    (-1200, "0.00;[Red]0.00", "-1200.00"),  # the sign is colour alone
    (7, "000", "007"),
    (1, '"是";;"否"', "是"),
    (0, '"是";;"否"', "否"),
    (46022, "yyyy/m/d", "2025-12-31"),
    (46022, 'yyyy"年"m"月"', "2025年12月"),
    (46022, 'm"月"d"日"', "12月31日"),
    (46022.354166667, "yyyy-mm-dd hh:mm", "2025-12-31 08:30"),
    (0.30000000000000004, "General", "0.3"),
    (123456789012, "General", "123456789012"),
]
# for the program alone: LibreOffice takes these for something else
OWN = [
    (1234567, '0!.0,"万元"', "123.5万元"),
    (-5000, r'[>=10000]0\.0,"万元";0"元"', "-5000元"),
    (5, ";;;", "5"),
    (0.75, '上午/下午h"时"mm"分"', "下午6时00分"),
    (46022, "mmm-yy", "2025-12"),
    (46022, '[$-804]yyyy"年"m"月"d"日";@', "2025-12-31"),
    (5, '@"吨"', "5"),
    (0, "#", "0"),
    (3, '0"台/套"', "3台/套"),
    (0.3, "# ?/8", "2/8"),
    (12345, "##0.0E+0", "12.3E+3"),
]


def first_sheet(content: bytes) -> Sheet:
    return read_sheets(content, "a", sniff(content, "a")).sheets[0]


def column(content: bytes, at: int = 0) -> list[str]:
    cells = first_sheet(content).cells
    return [cells[place] for place in sorted(cells) if place[1] == at]


def written(numbers: list[tuple[float, str, str]]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as target:
        sheet = target.add_worksheet("甲")
        for row, (value, code, _) in enumerate(numbers):
            sheet.write_number(row, 0, value, target.add_format({"num_format": code}))
    return buffer.getvalue()


@pytest.mark.parametrize(("value", "code", "shown"), [*SHOWN, *OWN])
def test_a_number_is_read_as_it_is_shown(value: float, code: str, shown: str) -> None:
    assert show_number(repr(value), parse_format(164, code)) == shown


def test_one_book_in_three_formats_is_one_reading() -> None:
    table = [*SHOWN, *OWN]
    want = [shown for _, _, shown in table]
    numbers = [(float(value), code) for value, code, _ in table]
    assert column(written(table)) == want
    assert column(old_book(numbers, '@"吨"')) == [*want, "1200吨"]
    binary = binary_book(numbers)
    assert column(binary) == want
    assert first_sheet(binary).problems == {(len(want), 0): Problem.EXCEL_ERROR}


def test_an_open_document_says_what_its_cells_show() -> None:
    def cell(kind: str, value: str, text: str, more: str = "") -> str:
        name = "date-value" if kind == "date" else "value"
        return (
            f'<table:table-row><table:table-cell office:value-type="{kind}" office:{name}="{value}"{more}>'
            f"<text:p>{text}</text:p></table:table-cell></table:table-row>"
        )

    cells = [
        cell("float", "1234567", "123.5万元"), cell("percentage", "0.955", "95.5%"), cell("currency", "0", "¥-"),
        cell("float", "-1200", "1,200"), cell("float", "-0.05", "减少5.0%"), cell("date", "2024-12-31", "12/31/24"),
        cell("date", "2024-12-01", "2024年12月"), cell("date", "2024-12-31T08:30:00", "2024/12/31 08:30"),
        cell("float", "0.333333333333333", "0.3333333333"),
        cell("float", "1234.5", "一千二百三十四．五"), cell("float", "-100500", "-壹拾万零伍佰元整"),
        cell("float", "1234", "１２３４"),
        cell("percentage", "0.05", "五%"), cell("date", "2024-12-03", "二〇二四年十二月三日"),
        cell("date", "2024-12-01", "二〇二四年十二月"), cell("date", "2024-12-31", "十二月三十一日"),
        cell("float", "20000", "二万"), cell("float", "3", "一车间"), cell("float", "120000000", "一亿二千万"),
        cell("float", "5", "5吨", ' table:number-columns-repeated="2"'),
    ]  # fmt: skip
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="甲">{"".join(cells)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    opened = zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content,
        "META-INF/manifest.xml": manifest,
    })  # fmt: skip
    assert column(opened) == [
        "123.5万元", "95.5%", "0", "-1,200", "减少5.0%", "2024-12-31", "2024年12月", "2024-12-31 08:30",
        "0.333333333333333", "1234.5", "-100500元整", "1234", "5%", "2024-12-03",
        "2024年12月", "12月31日", "20000", "一车间", "120000000", "5吨",
    ]  # fmt: skip
    assert column(opened, 1) == ["5吨"]


def styled(codes: list[str], cells: str) -> bytes:
    formats = "".join(f'<numFmt numFmtId="{164 + n}" formatCode="{escape(c)}"/>' for n, c in enumerate(codes))
    styles = "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(codes)))
    sheet = f'<row r="1">{cells}</row>'
    return zipped(book(sheet, styles=f"<numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs>"))


@pytest.mark.parametrize(
    ("code", "text", "shown"),
    [
        ('@"吨"', "1200", "1200吨"),
        ('0;0;0;"公司："@', "甲", "公司：甲"),
        (";;;", "甲", "甲"),
        ("@", "甲", "甲"),
    ],
)
def test_a_text_carries_the_words_of_its_format(code: str, text: str, shown: str) -> None:
    assert column(styled([code], f'<c r="A1" s="0" t="inlineStr"><is><t>{text}</t></is></c>')) == [shown]


# code, decimals that it shows, what one unit of it stands for
WAYS = [
    ("General", 3, "1"), ("0", 0, "1"), ("0.0", 1, "1"), ("0.00", 2, "1"), ("0.000", 3, "1"), ("#,##0", 0, "1"),
    ("#,##0.00", 2, "1"), ("#,##0.0##", 3, "1"), ("0%", 0, "0.01"), ("0.0%", 1, "0.01"), ("0.00%", 2, "0.01"),
    ('#,##0"吨"', 0, "1"), ('General"吨"', 3, "1"), ('0.00"吨"', 2, "1"), ('0.0,"千元"', 1, "1000"),
    (r'0\.0,"万元"', 1, "10000"), (r'0\.0000"万元"', 4, "10000"), ('0.00,,"百万元"', 2, "1000000"),
    ('0"."00,,"亿元"', 2, "100000000"), ("¥#,##0.00", 2, "1"), ("[$€-2] #,##0.00", 2, "1"),
    ("_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ", 2, "1"), ("0.00_ ;[Red]-0.00\\ ", 2, "1"), ("[Blue]0.0;[Red]-0.0", 1, "1"),
    ("0.00;[Red]0.00", 2, "1"), ("[>=0]0.0;-0.0", 1, "1"), ('[>=10000]#,##0"件";0"件"', 0, "1"),
    ('"约"0.0"小时"', 1, "1"), ("0.0000000000E+00", 3, "1"), ("# ?/?", 0, "1"), ("#,##0_);-#,##0", 0, "1"),
]  # fmt: skip
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?(?:E[+-]\d+)?")


def test_there_are_thirty_ways() -> None:
    assert len(WAYS) >= 30


@settings(max_examples=60, deadline=None)
@given(whole=st.integers(-99_999_999, 99_999_999))
def test_any_number_reads_back_equal(whole: int) -> None:
    values = [Decimal(whole).scaleb(-places) * Decimal(unit) for _, places, unit in WAYS]
    cells = "".join(
        f'<c r="{reference(0, at)}" s="{at}"><v>{float(value)!r}</v></c>' for at, value in enumerate(values)
    )
    found = first_sheet(styled([code for code, _, _ in WAYS], cells)).cells
    for at, ((code, _, unit), value) in enumerate(zip(WAYS, values, strict=True)):
        shown = found[0, at]
        number = _NUMBER.search(shown)
        assert number is not None, (code, shown)
        got = Decimal(number.group().replace(",", "")) * Decimal(unit)
        assert (-got if "-" in shown.replace("E-", "") else got) == value, (code, shown, value)


@settings(max_examples=40, deadline=None)
@given(
    code=st.text(st.sampled_from('0#?.,%;[]"\\!_*@yMdhs:/E+-GeneralAP吨¥>=<1 '), max_size=14),
    value=st.floats(),
)
@example(code="//0", value=0.0)  # the slash of no fraction before the one of a fraction
def test_any_code_shows_a_number_somehow(code: str, value: float) -> None:
    assert show_number(repr(value), parse_format(164, code))


@settings(max_examples=60, deadline=None)
@given(part=st.fractions(min_value=0, max_value=50, max_denominator=9))
def test_a_fraction_reads_back_equal(part: Fraction) -> None:
    shown = show_number(repr(float(part)), parse_format(164, "# ?/?"))
    assert sum(Fraction(piece) for piece in shown.split()) == part


@pytest.mark.office
def test_libreoffice_saves_one_reading(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    before = tmp_path / "填报.xlsx"
    before.write_bytes(written(SHOWN))
    want = [shown for _, _, shown in SHOWN]
    for kind in ("xlsx", "xls", "ods"):
        subprocess.run(
            [office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", kind,
             "--outdir", str(tmp_path / kind), str(before)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        assert column((tmp_path / kind / f"填报.{kind}").read_bytes()) == want, kind


@pytest.mark.parametrize(
    ("value", "last", "unit", "read"),
    [
        ("1,200吨", "1100", "吨", ("1,200", "1100", "吨")),
        ("3400吨", "", "", ("3400", "", "吨")),
        ("1,200千克", "1,100千克", "吨", ("1,200", "1,100", "千克")),  # the cell's own unit is the true one
        ("1,200千克", "1.1", "吨", ("1,200千克", "1.1", "吨")),  # the two would differ: as it stands
        ("12人", "", "吨", ("12人", "", "吨")),
        ("(1,200)", "", "吨", ("-1,200", "", "吨")),
        ("约1200吨", "", "吨", ("约1200吨", "", "吨")),
        ("12吨", "不涉及", "", ("12", "不涉及", "吨")),
    ],
)
def test_a_key_figure_may_carry_its_unit(
    value: str, last: str, unit: str, read: tuple[str, str, str]
) -> None:
    assert _figure("waste.hazardous", unit, value, last) == read


def test_a_currency_leaves_the_unit_to_its_column() -> None:
    assert _figure("fines", "万元", "¥-3,000.00", "") == ("-3,000.00", "", "万元")
    assert _figure("fines", "万元", "25.0万元", "") == ("25.0", "", "万元")


def _figure(identity: str, unit: str, value: str, last: str) -> tuple[str, str, str]:
    names = {one["id"]: one["names"][0] for one in words()["columns"]}
    head = [names[key] for key in ("id", "figure", "unit", "value", "last")]
    found = read_sheet(
        "a.xlsx", "关键绩效", [head, [identity, "", unit, value, last]], lambda cell: None, reference
    )
    assert found is not None
    (figure,) = found[0]
    return figure.value, figure.last, figure.unit
