"""What a return says is text in every report: no formula, link, element or control character comes from it."""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from checker.cli import main
from checker.wording import visible
from questionnaire.answers import Answer, Place, Profile, Return
from questionnaire.reading.content import read_content
from questionnaire.schema import Schema
from questionnaire.template import build_workbook
from tests.conftest import ROOT
from tests.files.package import book, rows, zipped
from tests.files.payloads import HONEST, PAYLOADS

NAME = "填报 \u202e<b onclick=x>=1+1&[red]'.xlsx"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes |= {name for name, _ in attrs}


def _return(schema: Schema, poison: bool) -> bytes:
    """A return with a payload in every place that a stranger can reach, or the same without."""
    items = [item.id for item in schema.items]
    table = [["编号", "问题", "答案", "依托/不涉及", "备注"]]
    for number, item in enumerate(items[: len(PAYLOADS)]):
        text = PAYLOADS[number].replace("\x00", "_x0000_")
        text = re.sub("[\x01-\x08\x0b-\x1f]", lambda match: f"_x{ord(match.group()):04X}_", text)
        cells = [text] * 4 if poison else ["甲乙丙丁"] * 4
        table.append([item, *cells])
    table.append(["", "", (PAYLOADS[0] if poison else "甲") + "不属于任何题目"])
    parts = book(rows(table))
    content = zipped(parts)
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    workbook["问卷"]["C3"].comment = Comment(MARK if poison else "批注", MARK if poison else "甲")
    workbook["问卷"].title = "<b>=1+1&" if poison else "问卷"
    profile = workbook.create_sheet("公司信息")
    profile.append(["公司名称", "=1+1<script>x</script>" if poison else "示例公司"])
    profile.append(["报告年度", "2024"])
    profile.append(["填报人及电话", "@SUM(1)" if poison else "甲"])
    for sheet in workbook:
        for line in sheet.iter_rows():
            for cell in line:
                if cell.value is not None:
                    cell.data_type = "s"
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


MARK = "<img src=x onerror=alert(1)>=1+1"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory, schema: Schema) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("报告")
    for poison, name in ((True, NAME), (False, "填报.xlsx")):
        (folder / name).write_bytes(_return(schema, poison))
        stem = "poisoned" if poison else "clean"
        outputs = [f"-o{folder / f'{stem}{suffix}'}" for suffix in (".xlsx", ".html", ".json")]
        assert main(["check", str(folder / name), *outputs]) in (1, 3)
    return {path.name: path for path in folder.iterdir()}


def test_no_formula_error_or_link_comes_from_a_return(reports: dict[str, Path]) -> None:
    with zipfile.ZipFile(reports["poisoned.xlsx"]) as archive:
        for name in archive.namelist():
            if "worksheets/" in name:
                data = archive.read(name).decode()
                if name.endswith(".xml"):
                    assert "<f>" not in data
                    assert 't="e"' not in data
                for target in re.findall(r'Target="([^"]*)"', data):
                    assert not re.match(r"(?i)(https?|javascript|mailto|ftp|data|cmd):", target), target
    workbook = openpyxl.load_workbook(reports["poisoned.xlsx"])
    quotes = {
        str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value
    }
    assert any("=cmd|' /C calc'!A0" in quote for quote in quotes)  # the words themselves are there
    risky = [
        cell for sheet in workbook for row in sheet.iter_rows() for cell in row
        if isinstance(cell.value, str) and cell.value.startswith(("=", "@", "＝"))
    ]  # fmt: skip
    assert risky
    assert all(cell.style_id and cell.quotePrefix for cell in risky)


def test_no_element_or_attribute_comes_from_a_return(reports: dict[str, Path]) -> None:
    page = reports["poisoned.html"].read_text(encoding="utf-8")
    elements, innocent = _Elements(), _Elements()
    elements.feed(page)
    innocent.feed(reports["clean.html"].read_text(encoding="utf-8"))
    assert elements.tags.keys() <= innocent.tags.keys()
    assert elements.attributes <= innocent.attributes
    assert page.count("<script") == 1  # our own
    assert "49" not in re.findall(r"\{\{ 7\*7 \}\}|49(?=</blockquote>)", page)
    assert OBEYED.search(page) is None


def test_the_json_is_whole(reports: dict[str, Path]) -> None:
    data = json.loads(reports["poisoned.json"].read_text(encoding="utf-8"))
    assert data["return"]["file"] == NAME


def test_the_screen_obeys_nothing(
    reports: dict[str, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    main(["check", str(reports[NAME])])
    main(["check", str(tmp_path / "\x1b[2J\u202e不在.xlsx")])
    out, err = capsys.readouterr()
    assert OBEYED.search(out + err) is None
    assert "[/bold]" in out or "[red]" in out


@pytest.mark.parametrize("text", [*PAYLOADS, "长" * 40_000])
def test_the_template_keeps_every_answer_as_text(text: str, schema: Schema) -> None:
    from questionnaire.cells import clean_text

    clean = clean_text(text)[:32_767]
    answer = Answer("P1.S1.I1", clean, Place("r"), remark=clean[:100], department=clean[:100])
    profile = Profile((("contact", clean[:100]),))
    content = build_workbook(schema, source=Return("r", "0", clean[:200], 2024, (answer,), profile))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        data = archive.read("xl/worksheets/sheet3.xml").decode()
        assert set(re.findall(r'<c r="([A-Z]+)\d+"[^>]*><f>', data)) == {"F"}  # the statuses are calculated
        assert "<hyperlink" not in data
    again = read_content(content, "填报表.xlsx", "0", schema)
    assert [found.text for found in again.of("P1.S1.I1")] == [clean]
    assert again.profile.value("contact").strip() == clean[:100].strip()


FILE_NAMES = (
    "引'号\"和空 格.xlsx", "换\n行.xlsx", "%s %(x)s {file}.xlsx", "$(id);`id`.xlsx", "-o.xlsx", "长" * 83 + ".xlsx",
    "\u202exslx.exe", "尾 . .xlsx", "CON.xlsx", "a:b.xlsx", "e\u0301.xlsx", os.fsdecode(b"\xff\xfe.xlsx"), "无后缀",
)  # fmt: skip


@pytest.mark.parametrize("name", FILE_NAMES)
def test_any_file_name(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / name
    path.write_bytes((ROOT / "samples" / "poor.xlsx").read_bytes())
    outputs = [f"-o{tmp_path / f'清单{suffix}'}" for suffix in (".xlsx", ".html", ".json")]
    assert main(["check", str(path), *outputs]) == 1
    path.write_bytes(b"%PDF-")
    assert main(["check", str(path)]) == 3
    out, err = capsys.readouterr()
    assert OBEYED.search(out + err) is None
    assert len(err.strip().splitlines()) == 4  # three files written, one refused
    assert json.loads((tmp_path / "清单.json").read_text(encoding="utf-8"))["verdict"]


@pytest.mark.parametrize("text", HONEST)
def test_honest_text_stays_readable(text: str) -> None:
    assert visible(text) == text


def test_what_would_be_obeyed_is_written_out() -> None:
    assert visible("a\x1b[2J\u202eb\nc", lines=False) == "a\\x1b[2J\\u202eb\\x0ac"
    assert visible("\ud800") == "\\ud800"
