"""What the group office does, in a real browser: a campaign of two rounds, a waiver, letters, a dispute."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from checker.checking.settings import load_in
from tests.checker.desk.conftest import Running
from tests.conftest import ROOT

CAMPAIGN = ROOT / "samples" / "campaign"
HOSTILE = '<img src=x onerror="document.title=1">公司{{7*7}}'
LONG = 120_000  # milliseconds; the machine may be busy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three returns, one of a company whose name is markup; the roster and the parent's return beside them."""
    returns = tmp_path / "填报"
    returns.mkdir()
    for name in ("beibei.xlsx", "changpu.xlsx", "yunti.xlsx"):
        shutil.copy(CAMPAIGN / "returns" / name, returns)
    for name in ("roster.xlsx", "parent.xlsx"):
        shutil.copy(CAMPAIGN / name, tmp_path)
    book = openpyxl.load_workbook(returns / "yunti.xlsx")
    cell = next(row[1] for row in book["公司信息"].iter_rows() if row[0].value == "公司名称")
    cell.value = HOSTILE
    book.save(returns / "yunti.xlsx")
    return returns


def sheet(page: Page, name: str) -> None:
    page.locator(".tabs").get_by_role("link", name=name, exact=True).click()
    expect(page.locator("h1")).to_be_visible()


def number(page: Page, label: str) -> int:
    return int(page.locator(".tiles div", has_text=label).first.locator("dd").inner_text())


def mended(path: Path) -> None:
    """Every answer of a return written out of a good one."""
    book, good = openpyxl.load_workbook(path), openpyxl.load_workbook(ROOT / "samples" / "good.xlsx")
    column = [cell.value for cell in book["问卷"][1]].index("答案") + 1
    source = [cell.value for cell in good["问卷"][1]].index("答案") + 1
    for row in range(2, book["问卷"].max_row + 1):
        book["问卷"].cell(row, column).value = good["问卷"].cell(row, source).value
    book.save(path)


def is_opened(page: Page, folder: Path) -> None:
    """A folder that is not there is said; then the folder, and what lies beside it."""
    page.get_by_role("link", name="集团办公室").click()
    page.get_by_label("文件夹").fill(str(folder / "没有"))
    page.get_by_role("button", name="打开").click()
    expect(page.locator("#note")).to_contain_text("找不到这个文件夹")
    page.get_by_label("文件夹").fill(str(folder))
    page.get_by_role("button", name="打开").click()
    expect(page.get_by_label("应报名单")).to_have_value(str(folder.parent / "roster.xlsx"))
    expect(page.get_by_label("母公司自己的填报")).to_have_value(str(folder.parent / "parent.xlsx"))
    page.get_by_role("button", name="开始检查").click()
    expect(page.locator(".tabs")).to_be_visible(timeout=LONG)


def who_has_sent(page: Page) -> int:
    """Who has sent; a name that is markup is text."""
    assert number(page, "未报") > 0
    expect(page.locator(".names")).to_contain_text(HOSTILE)
    return number(page, "退回")


def matrix(page: Page) -> None:
    """A cell of the matrix, by keyboard, opens its answer."""
    sheet(page, "状态矩阵")
    expect(page.locator("table.matrix tbody tr")).to_have_count(3)
    expect(page.locator("table.matrix tbody tr").first.locator("td")).to_have_count(72)
    assert page.locator("table.matrix tbody th").all_inner_texts().count(HOSTILE) == 1
    page.locator("table.matrix td[tabindex='0']").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**/office/companies/1/P1.S1.I3")
    expect(page.locator(".answer")).to_be_visible()
    page.go_back()
    page.locator("table.matrix tbody tr").first.locator("td.P").first.click()
    page.wait_for_url("**/office/companies/0/*")
    expect(page.locator(".entry")).not_to_have_count(0)


def accept(page: Page, folder: Path, back: int) -> None:
    """A gap is accepted: written beside the returns, shown as accepted, no longer counted."""
    sheet(page, "缺口总表")
    page.get_by_label("级别").select_option("退回")
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url("**severity=error**")  # a full page of gaps was there before, too
    expect(page.locator(".gaps > li")).to_have_count(min(50, back))
    page.get_by_role("button", name="豁免：").first.press("Enter")
    expect(page.get_by_label("豁免人")).to_be_focused()
    page.get_by_role("button", name="取消").press("Enter")
    again = page.locator(".gaps").get_by_role("button", name="豁免…", exact=True)
    expect(again).to_be_focused()
    again.press("Enter")
    page.get_by_label("豁免人").fill("集团办公室")
    page.get_by_label("理由").fill("<b>已核实</b>")
    page.get_by_label("理由").press("Enter")
    expect(page.locator(".waived")).to_contain_text("集团办公室：<b>已核实</b>")
    assert {each.why for each in load_in(folder).waivers} == {"<b>已核实</b>"}
    sheet(page, "总览")
    assert (number(page, "退回"), number(page, "已豁免")) == (back - 1, 1)
    page.get_by_role("link", name="1", exact=True).first.click()
    expect(page.locator(".gaps .waived")).to_have_count(1)


def write(page: Page, folder: Path) -> Path:
    """The workbook, the lists and the letters, beside the folder."""
    sheet(page, "写出")
    page.get_by_role("button", name="写出").click()
    expect(page.locator("#written li")).to_have_count(3, timeout=LONG)
    output = folder.parent / "填报-汇总"
    assert (output / "ESG问卷汇总.xlsx").is_file()
    lists = sorted((output / "缺口清单").glob("*.xlsx"))
    assert len(lists) == 3
    assert len(list((output / "函件").glob("*.docx"))) > 3  # those who have not sent get one, too
    return lists[0]


def take_back(page: Page, folder: Path, made: Path) -> None:
    """A list comes back with a dispute."""
    returned = folder.parent / "回收"
    returned.mkdir()
    book = openpyxl.load_workbook(made)
    cells = [cell for row in book["缺口清单"].iter_rows(max_row=3) for cell in row]
    head = next(cell for cell in cells if cell.value == "有异议（写明理由）")
    book["缺口清单"].cell(head.row + 1, head.column).value = "本厂没有<i>食堂</i>"
    item = next(cell for cell in cells if cell.value == "编号")
    book["缺口清单"].cell(head.row + 2, item.column).value = "../../../returns"
    book.save(returned / made.name)
    sheet(page, "回收")
    page.get_by_label("文件夹或文件").fill(str(returned))
    page.get_by_role("button", name="读取").click()
    expect(page.locator(".tiles")).to_contain_text("有异议，待集团答复")
    expect(page.locator("tbody tr").first).to_contain_text("本厂没有<i>食堂</i>")
    expect(page.locator("tbody a").first).to_be_visible()
    expect(page.locator("tbody a[href*='..']")).to_have_count(0)


def answer(page: Page, folder: Path, made: Path) -> None:
    """The lists put together; what the office answers in there stands in the company's next list."""
    table = folder.parent / "填报-汇总" / "回收情况.xlsx"
    sheet(page, "写出")
    for name in ("汇总表（", "各公司缺口清单", "函件和催报函"):
        page.get_by_label(name).uncheck()
    page.get_by_role("button", name="写出").click()
    expect(page.locator("#written")).to_contain_text(str(table), timeout=LONG)
    book = openpyxl.load_workbook(table)
    cells = [cell for row in book["逐条"].iter_rows() for cell in row]
    head = next(cell for cell in cells if cell.value == "集团答复")
    (disputed,) = {cell.row for cell in cells if cell.value == "本厂没有<i>食堂</i>"}
    book["逐条"].cell(disputed, head.column).value = "=请写明不适用"
    book["逐条"].cell(disputed, head.column).data_type = "s"
    book.save(table)
    page.get_by_label("各公司缺口清单").check()
    page.get_by_role("button", name="写出").click()
    expect(page.locator("#written")).to_contain_text("3 份各公司缺口清单", timeout=LONG)
    rows = openpyxl.load_workbook(made)["缺口清单"].iter_rows(values_only=True)
    assert any({"=请写明不适用", "本厂没有<i>食堂</i>"} <= set(row) for row in rows)


def second_round(page: Page, folder: Path) -> None:
    """A second round with a mended return."""
    mended(folder / "beibei.xlsx")
    sheet(page, "总览")
    page.get_by_role("button", name="重新检查").click()
    expect(page.locator("#progress").or_(page.get_by_role("heading", name="较上一轮"))).to_be_visible()
    expect(page.get_by_role("heading", name="较上一轮")).to_be_visible(timeout=LONG)
    assert number(page, "已补正") > 20
    assert number(page, "未动") > 20
    sheet(page, "轮次")
    expect(page.locator("tbody tr")).to_have_count(2)


def every_page(page: Page) -> None:
    """Every page, in English and on a phone: nothing wider than the screen."""
    page.locator("button[hx-post^='/language/']").click()
    expect(page.locator("h1")).to_have_text("Rounds")
    page.set_viewport_size({"width": 390, "height": 800})
    addresses = [link.get_attribute("href") for link in page.locator(".tabs a").all()]
    for address in (*addresses, "/office/companies/0", "/office/companies/0/P1.S1.I1"):
        page.goto(re.sub(r"/office.*", str(address), page.url))
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        assert HOSTILE not in page.title()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator("button[hx-post^='/language/']").click()


def test_a_campaign_of_two_rounds_from_the_page_alone(page: Page, folder: Path) -> None:
    is_opened(page, folder)
    back = who_has_sent(page)
    matrix(page)
    accept(page, folder, back)
    made = write(page, folder)
    take_back(page, folder, made)
    answer(page, folder, made)
    second_round(page, folder)
    every_page(page)


def test_the_office_refuses_what_no_page_of_ours_sends(desk: Running, tmp_path: Path) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    outside = dict(desk.headers, Origin="http://evil.example")
    assert desk.ask("POST", "/office/look", b"folder=/", outside | form).status == 403
    without = {name: value for name, value in desk.headers.items() if name != "X-CSRF-Token"}
    assert desk.ask("POST", "/office/waiver", b"company=0", without | form).status == 403
    answer = desk.ask("POST", "/office/look", b"folder=..%2F..%2Fetc", desk.headers | form)
    assert (answer.status, "完整路径" in answer.text) == (422, True)
    for page in ("gaps", "matrix", "companies/0", "companies/0/..%2F..", "output"):
        assert desk.ask("GET", f"/office/{page}").headers.get("location", "") in ("/office", ""), page
    assert (
        desk.ask("POST", "/office/output", b"folder=/tmp", desk.headers | form).headers["hx-redirect"]
        == "/office"
    )
