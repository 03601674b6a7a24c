"""What comes first in a report, what is one thing to mend, single items, readers, links and the page's filters."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from checker.finding import Finding, ItemState, Severity
from checker.report.causes import Weight, causes_of
from checker.report.folding import shorten
from checker.report.item_names import find_items
from checker.wording import wording
from frameworks.ground.errors import InputError
from questionnaire.answers import Place
from questionnaire.schema import Schema
from tests.bench.returns import own_answers, workbook
from tests.conftest import ROOT, Run

SAMPLES = ROOT / "samples"


def finding(number: int, severity: Severity = Severity.WARNING, **values: object) -> Finding:
    base = {
        "rule": "aspect-missing", "item": "P1.S1.I2", "aspect": f"P1.S1.I2.{chr(97 + number)}",
        "where": Place("a.xlsx", "问卷", "E4"), "params": {"ask": f"分项{number}", "hint": f"写{number}"},
        "fingerprint": f"{number}" * 16,
    }  # fmt: skip
    return Finding(**{**base, "severity": severity, **values})  # type: ignore[arg-type]


def test_findings_of_one_cause_at_one_item_are_one_thing_to_mend() -> None:
    found = [
        finding(0), finding(1), finding(2, Severity.ERROR), finding(3, variant="example"),
        finding(4, item="P1.S1.I3"),
    ]  # fmt: skip
    causes = causes_of(found, wording())
    assert [len(cause.findings) for cause in causes] == [2, 1, 1, 1]
    assert "分项0、分项1" in causes[0].worded(wording()).message
    assert causes[0].gap_ids == f"{'0' * 16} {'1' * 16}"


def test_what_no_sentence_joins_stays_apart() -> None:
    one, other = ({"found": [f"「{text}」"], "where": text} for text in "甲乙")
    found = [
        finding(n, rule="date-conflict", aspect=None, params=params) for n, params in enumerate((one, other))
    ]
    assert len(causes_of(found, wording())) == 2
    assert len(causes_of([found[0], found[0]], wording())) == 1


def test_what_belongs_to_no_item_keeps_its_own_cell() -> None:
    places = [Place("a.xlsx", "关键绩效", cell) for cell in ("D3", "D9")]
    found = [finding(0, item=None, aspect=None, where=place) for place in places]
    assert [cause.first.where for cause in causes_of(found, wording())] == places


def test_what_must_be_done_first() -> None:
    (must,) = causes_of([finding(0, Severity.ERROR)], wording())
    (many,) = causes_of([finding(0), finding(1)], wording())
    (one,) = causes_of([finding(0)], wording())
    (small,) = causes_of([finding(0, Severity.NOTICE)], wording())
    assert must.weight(ItemState.ANSWERED) is Weight.MUST
    assert one.weight(ItemState.MISSING) is Weight.LARGE
    assert one.weight(None) is Weight.PART
    assert small.weight(ItemState.MISSING) is Weight.SMALL
    order = [
        must.urgency(ItemState.ANSWERED), one.urgency(ItemState.MISSING), many.urgency(ItemState.DELEGATED),
        many.urgency(ItemState.PARTIAL), one.urgency(ItemState.PARTIAL), small.urgency(ItemState.MISSING),
    ]  # fmt: skip
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("name", "items"),
    [
        ("P3.S2.I1", ["P3.S2.I1"]),
        ("p3.s2.i1", ["P3.S2.I1"]),
        ("三、反贪污（三）", ["P1.S3.I3"]),
        ("三、反贪污(三)", ["P1.S3.I3"]),
        ("七（一）", ["P3.S7.I1"]),
    ],
)
def test_items_by_what_people_call_them(name: str, items: list[str], schema: Schema) -> None:
    assert [item.id for item in find_items(name, schema)] == items


def test_a_number_means_the_item_of_every_part(schema: Schema) -> None:
    found = find_items("三（二）", schema)
    assert len(found) > 1
    assert all(re.match(r"三、.*（二）", schema.label(item.id)) for item in found)
    with pytest.raises(InputError) as caught:
        find_items("P3.S2.I99", schema)
    assert "P3.S2.I9" in wording().error(caught.value) or "P3.S2" in wording().error(caught.value)


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("短的", 10, "短的"),
        ("公司通过ISO45001体系认证", 8, "公司通过…"),
        ("全年培训12次，参训三百人次，覆盖全员", 16, "全年培训12次，参训三百人次…"),
        ("一二三四五六七八九十", 6, "一二三四五…"),
    ],
)
def test_a_text_is_cut_between_words(text: str, limit: int, cut: str) -> None:
    assert shorten(text, limit) == cut


def test_the_screen_gives_single_items_and_ends_with_the_verdict(call: Run) -> None:
    poor = SAMPLES / "poor.xlsx"
    first = call("check", poor)[1]
    code, out, _ = call("check", poor, "--item", "P1.S3.I2", "--item", "三、反贪污（三）")
    assert code == 1
    assert out.index("三、反贪污（二）") < out.index("三、反贪污（三）")
    assert "职工权益" not in out
    verdict = next(line for line in first.splitlines() if "暂不能报送" in line)
    assert verdict in out.splitlines()[-4]
    whole = call("check", poor, "--all")[1]
    assert re.search(r"另有 \d+ 题：退回 \d+、说明 \d+", first)
    assert whole.count(verdict) == 2
    assert len(whole.splitlines()) > 10 * len(first.splitlines())
    good = SAMPLES / "good.xlsx"
    data = json.loads(call("check", good, "--format", "json")[1])
    item = next(iter({item["id"] for item in data["items"]} - {found["item"] for found in data["findings"]}))
    assert "没有发现问题" in call("check", good, "--item", item)[1]
    code, out, err = call("check", poor, "--item", "没有这题")
    assert (code, out) == (2, "")
    assert "没有这题" in err


def test_codes_of_disclosures_are_for_the_office(call: Run, tmp_path: Path) -> None:
    poor = SAMPLES / "poor.xlsx"
    for reader, shown in (("clerk", False), ("office", True)):
        targets = [tmp_path / f"{reader}{suffix}" for suffix in (".xlsx", ".html", ".json")]
        options = [part for target in targets for part in ("-o", target)]
        out = call("check", poor, "--all", "--for", reader, *options)[1]
        book = openpyxl.load_workbook(targets[0])
        cells = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
        assert ("披露覆盖" in book.sheetnames) is shown
        for said in (out, cells, targets[1].read_text(encoding="utf-8")):
            assert ("hkex:" in said) is shown
        assert "hkex:" in targets[2].read_text(encoding="utf-8")


def test_the_gap_list_is_sorted_and_prints_what_matters(call: Run, tmp_path: Path) -> None:
    target = tmp_path / "清单.xlsx"
    call("check", SAMPLES / "poor.xlsx", "-o", target)
    sheet = openpyxl.load_workbook(target)["缺口清单"]
    heads, *lines = sheet.iter_rows(min_row=2, values_only=True)
    rows = [dict(zip(heads, line, strict=True)) for line in lines]
    weights = [row["轻重"] for row in rows]
    order = ["重", "较重", "一般", "轻"]
    assert weights == sorted(weights, key=order.index)
    assert set(weights) == set(order)
    assert {row["级别"] for row in rows if row["轻重"] == "重"} == {"退回"}
    causes = Counter((row["编号"], row["问题类型"], row["级别"], row["缺什么"]) for row in rows)
    assert set(causes.values()) == {1}
    assert max(len(str(row["缺口编号"]).split()) for row in rows) > 5
    printed = openpyxl.utils.cell.range_boundaries(sheet.print_area.rpartition("!")[2].replace("$", ""))
    assert (heads[printed[0] - 1], heads[printed[2] - 1]) == ("序号", "建议写法")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$2:$2"


def test_a_reply_to_a_row_answers_each_of_its_gaps(call: Run, tmp_path: Path) -> None:
    target = tmp_path / "清单.xlsx"
    call("check", SAMPLES / "poor.xlsx", "-o", target)
    book = openpyxl.load_workbook(target)
    sheet = book["缺口清单"]
    heads = {cell.value: cell.column for cell in sheet[2]}
    ids = [str(sheet.cell(row, heads["缺口编号"]).value).split() for row in range(3, sheet.max_row + 1)]
    row = max(range(len(ids)), key=lambda number: len(ids[number]))
    sheet.cell(row + 3, heads["整改措施"]).value = "逐项补写"
    book.save(target)
    replies = [json.loads(line) for line in call("followup", target, "--format", "json")[1].splitlines()]
    assert [reply["fingerprint"] for reply in replies] == [gap for each in ids for gap in each]
    said = {reply["fingerprint"] for reply in replies if reply["measures"]}
    assert said == set(ids[row])
    asked = call("followup", target)[1]
    aspects = str(sheet.cell(row + 3, heads["分项"]).value).split("\n")
    assert len(aspects) == len(ids[row])
    assert all(f"{aspect}　逐项补写" in asked for aspect in aspects)


def test_links_lead_from_the_list_to_the_return(call: Run, tmp_path: Path) -> None:
    returns, lists = tmp_path / "填 报", tmp_path / "清单"
    returns.mkdir()
    lists.mkdir()
    source = shutil.copy(SAMPLES / "poor.xlsx", returns / "甲#1.xlsx")
    for target in (lists / "a.xlsx", returns / "a.xlsx"):
        call("check", source, "-o", target)
        sheet = openpyxl.load_workbook(target)["缺口清单"]
        links = [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink]
        assert len(links) > 50
        for link in links:
            path = link.target.replace("\\", "/").replace("%20", " ")
            path = re.sub(
                r"(%[0-9A-F]{2})+", lambda found: bytes.fromhex(found[0].replace("%", "")).decode(), path
            )
            assert (target.parent / path).samefile(source)
            assert re.fullmatch(r"'问卷'!E\d+", link.location)
    call("batch", returns, "--split", tmp_path / "退回")
    (mailed,) = (tmp_path / "退回").glob("*.xlsx")
    sheet = openpyxl.load_workbook(mailed)["缺口清单"]
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


def test_six_returns_share_their_sheets(call: Run, tmp_path: Path) -> None:
    target = tmp_path / "六份.xlsx"
    call("check", SAMPLES, "-o", target, "--for", "office", "--force")
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["概览", "缺口清单", "分项状态", "检查规则", "待确认", "披露覆盖", "_said"]
    companies = {row[1] for row in book["概览"].iter_rows(min_row=4, values_only=True)}
    for name in ("缺口清单", "分项状态", "检查规则", "披露覆盖"):
        rows = book[name].iter_rows(values_only=True)
        column = next(row.index("公司") for row in rows if "公司" in row)
        assert {row[column] for row in rows} == companies


def test_the_page_filters_in_a_browser(call: Run, tmp_path: Path) -> None:
    """By double click: from the disk, offline; its script runs and no other."""
    sync_api = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not here")
    page_file = tmp_path / "报告.html"
    call("check", SAMPLES / "poor.xlsx", "-o", page_file)
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
               "--disable-sync"]  # fmt: skip
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=options)
        page = browser.new_page(viewport={"width": 390, "height": 800})
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text))
        page.goto(page_file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        every = page.locator(".line:visible").count()
        page.select_option("[name=severity]", "error")
        errors = page.locator(".line:visible").count()
        assert 0 < errors < every
        assert page.inner_text("#shown") == str(errors)
        page.select_option("[name=rule]", "placeholder-answer")
        assert {line.get_attribute("data-rule") for line in page.locator(".line:visible").all()} == {
            "placeholder-answer"
        }
        page.select_option("[name=severity]", "notice")
        assert page.locator(".item:visible").count() == 0
        page.select_option("[name=severity]", "")
        page.select_option("[name=rule]", "")
        part = page.locator("[name=part] option").nth(3).inner_text()
        page.select_option("[name=part]", part)
        assert page.locator(".part:visible h2").all_inner_texts() == [part]
        page.click("ol.first a >> nth=0")
        assert not faults
        browser.close()


def test_every_line_of_the_contents_leads_somewhere(call: Run, tmp_path: Path) -> None:
    page_file = tmp_path / "报告.html"
    call("check", SAMPLES / "poor.xlsx", SAMPLES / "good.xlsx", "-o", page_file)
    page = page_file.read_text(encoding="utf-8")
    targets = set(re.findall(r'\bid="([^"]+)"', page))
    links = re.findall(r'href="#([^"]+)"', page)
    assert len(links) > 20
    assert set(links) <= targets


def test_the_campaign_begins_with_a_sheet_that_leads_to_every_other(call: Run, tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    campaign = SAMPLES / "campaign"
    call("batch", campaign / "returns", "-o", target, "--roster", campaign / "roster.xlsx")
    book = openpyxl.load_workbook(target)
    first, *others = [name for name in book.sheetnames if name != "_memory"]
    assert first == "总览"
    links = {cell.value: cell.hyperlink.location for row in book[first] for cell in row if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in others}
    assert all(book[name]["A1"].hyperlink.location == "'总览'!A1" for name in others)
    cells = [cell.value for row in book[first] for cell in row]
    states = [row for row in book[first].iter_rows(values_only=True) if row[0] == "合计"]
    assert states[0][1] == 13 * 72 == sum(states[0][2:7])
    assert {"已报", "迟报", "未报", "须退回", "最常见的缺口", "各轮进展"} <= set(cells)
    matrix = book["状态矩阵"]
    assert matrix.page_setup.paperSize == 8  # A3, on one page: nothing is told of a height, which means one
    assert matrix.sheet_properties.pageSetUpPr.fitToPage
    assert matrix.page_setup.fitToHeight is None
    assert len(book[first]._charts) == 1


def test_faults_of_one_rule_take_turns_with_those_of_others(call: Run, tmp_path: Path) -> None:
    answers = own_answers(random.Random(3))
    names = list(answers)
    answers |= dict.fromkeys(names[:12], "")
    answers |= {name: f"待补充。{' ' * place}" for place, name in enumerate(names[12:16])}
    source = tmp_path / "同一类.xlsx"
    source.write_bytes(workbook("轮毂厂有限公司", answers))
    data = json.loads(call("check", source, "--format", "json")[1])
    assert sum(found["rule"] == "blank-answer" for found in data["findings"]) == 12
    first = call("check", source)[1].partition("先改这几处")[2].partition("另有")[0]
    kinds = [line.split()[4] for line in first.splitlines() if " 退回 " in line]
    assert kinds[:3] == ["漏答"] * 3
    assert kinds[3:6] == ["占位作答"] * 3
    assert len(set(kinds)) > 2
