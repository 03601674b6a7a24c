"""What a clerk does, in a real browser: drop a file, mend it in the page, take her own workbook away."""

from __future__ import annotations

import base64
import contextlib
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from playwright.sync_api import Browser, Page, expect

from checker.checking.files import check_file
from questionnaire.answers import Reply
from questionnaire.editions import Editions
from questionnaire.reading import read_return
from questionnaire.schema import Schema
from tests.checker.desk.conftest import running
from tests.conftest import ROOT

SAMPLES = ROOT / "samples"
FAULTS = ("", "略", "待补充", "同上", "无", "/", "详见附件", "", "待统计", "略。")
HOSTILE = '<script>document.title="x"</script><img src=x onerror="document.title=1">{{7*7}}'
DROP = """([name, coded]) => {
  const bytes = Uint8Array.from(atob(coded), (letter) => letter.charCodeAt(0));
  const files = new DataTransfer();
  files.items.add(new File([bytes], name));
  const box = document.querySelector("[data-drop]");
  for (const kind of ["dragenter", "dragover", "drop"])
    box.dispatchEvent(new DragEvent(kind, {dataTransfer: files, bubbles: true, cancelable: true}));
}"""


def drop(page: Page, path: Path, name: str | None = None) -> None:
    """A file dragged onto the box, and its page waited for."""
    page.wait_for_load_state()
    page.evaluate(DROP, [name or path.name, base64.b64encode(path.read_bytes()).decode()])
    page.wait_for_url("**/returns/*")


def taken(page: Page, link: str, folder: Path) -> Path:
    """What a link of the page gives to keep."""
    with page.expect_download() as found:
        page.get_by_role("link", name=link).click()
    target = folder / found.value.suggested_filename
    found.value.save_as(target)
    return target


def mend(page: Page, item: str, text: str) -> None:
    """An answer given in the page, by keyboard."""
    anchor = item.replace(".", "-")
    page.wait_for_function("!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")
    field = page.locator(f"#answer-{anchor}")
    for _ in range(
        3
    ):  # on a machine with much else to do a key can come before the page listens: she presses again
        page.locator(f"#open-{anchor}").press("Enter")
        with contextlib.suppress(AssertionError):
            expect(field).to_be_focused(timeout=8_000)
            break
    expect(field).to_be_focused()
    field.fill(text)
    field.press("Control+Enter")
    expect(page.locator(f"#edit-{anchor} form")).to_have_count(0)
    expect(page.locator(f"#open-{anchor}")).to_be_focused()


def answer_cells(book: Workbook) -> dict[str, str]:
    """Item → its answer's cell in the workbook that is sent out."""
    rows = list(book["问卷"].iter_rows(values_only=True))
    item, answer = rows[0].index("编号"), rows[0].index("答案")
    letter = openpyxl.utils.get_column_letter(answer + 1)
    return {
        str(row[item]): f"{letter}{number}"
        for number, row in enumerate(rows, start=1)
        if row[item] and number > 1
    }


def test_from_the_blank_workbook_to_one_that_can_be_sent(page: Page, schema: Schema, tmp_path: Path) -> None:
    page.get_by_label("公司名称").fill("海棠轻合金（示例）有限公司")
    with page.expect_download() as found:
        page.get_by_role("button", name="下载空白填报表").click()
    assert found.value.suggested_filename == "ESG填报表海棠轻合金（示例）有限公司.xlsx"
    sent = tmp_path / "填报.xlsx"
    found.value.save_as(sent)
    good = read_return(SAMPLES / "good.xlsx", schema)
    answers = {answer.item: answer.text for answer in good.answers}
    faulty = [item.id for item in schema.items][3::7][: len(FAULTS)]
    book = openpyxl.load_workbook(sent)
    cells = answer_cells(book)
    for item, cell in cells.items():
        book["问卷"][cell] = (answers | dict(zip(faulty, FAULTS, strict=True)))[item]
    labels = {field.label: good.profile.value(field.id) for field in schema.edition.profile}
    for label, value in book["公司信息"].iter_rows(max_col=2):
        value.value = labels.get(label.value) or value.value
    book.save(sent)

    drop(page, sent)
    expect(page.locator("#head .verdict")).to_have_text("暂不能报送：10 处必须修改。")
    expect(page.locator("#first li")).to_have_count(10)
    expect(page.locator("#first li .tag.error")).to_have_count(10)
    for item in faulty:
        page.locator(f"#first a[href='#{item.replace('.', '-')}']").click()
        mend(page, item, answers[item])
    expect(page.locator("#head .verdict")).to_contain_text("可以报送")
    expect(page.locator("#head")).to_contain_text("改了 10 题")
    saved = taken(page, "下载改好的填报表", tmp_path)
    assert saved.name == "填报（已修改）.xlsx"

    before, after = openpyxl.load_workbook(sent), openpyxl.load_workbook(saved)
    assert after.sheetnames == before.sheetnames
    changed = {}
    for sheet in before:
        other = after[sheet.title]
        assert other.dimensions == sheet.dimensions
        for row in sheet.iter_rows():
            for cell in row:
                twin = other[cell.coordinate]
                assert twin._style == cell._style or twin.style_id == cell.style_id
                if twin.value != cell.value:
                    changed[cell.coordinate] = twin.value
        assert [str(each.sqref) for each in other.data_validations.dataValidation] == [
            str(each.sqref) for each in sheet.data_validations.dataValidation
        ]
        assert {letter: size.width for letter, size in other.column_dimensions.items()} == {
            letter: size.width for letter, size in sheet.column_dimensions.items()
        }
    assert changed == {cells[item]: answers[item] for item in faulty}
    assert sent.read_bytes() != saved.read_bytes()
    _opens_in_an_office(saved, tmp_path, answers[faulty[0]])


def _opens_in_an_office(path: Path, folder: Path, words: str) -> None:
    office = shutil.which("soffice")
    if office is None:
        return
    subprocess.run(
        [office, f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3", "--outdir", folder, path],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert words[:20] in "".join(each.read_text(encoding="utf-8") for each in folder.glob("*.csv"))


def test_what_a_workbook_says_stays_text(page: Page, tmp_path: Path) -> None:
    """In names, answers, sheets; on the first page, in the items, in the form."""
    path = tmp_path / "x.xlsx"
    book = openpyxl.load_workbook(SAMPLES / "middling.xlsx")
    for cell in answer_cells(book).values():
        book["问卷"][cell] = HOSTILE
    book["公司信息"]["B2"] = HOSTILE
    book.save(path)
    drop(page, path, f"../../{HOSTILE}.xlsx")
    assert "ESG 问卷检查" in page.title()
    assert page.locator("main script, main img").count() == 0
    expect(page.locator("h1")).to_contain_text("<script>document.title")
    expect(page.locator("#P1-S1-I1 .answer")).to_contain_text(HOSTILE)
    page.locator("#open-P1-S1-I1").click()
    expect(page.locator("#answer-P1-S1-I1")).to_have_value(HOSTILE)
    page.goto("/".join(page.url.split("/")[:3]) + "/")
    assert page.locator("main script, main img").count() == 0
    assert page.title() == "ESG 问卷检查"


def test_a_report_becomes_the_workbook(page: Page, schema: Schema, tmp_path: Path) -> None:
    """Text without a place stands beside; a mend goes into the workbook made of it."""
    path = tmp_path / "年度报告.txt"
    stray = "一、风险管控\n\n本段只是说明本公司食堂的菜单和班车时刻，供领导参阅。\n\n"
    text = (SAMPLES / "poor.txt").read_text(encoding="utf-8").replace("一、风险管控\n\n", stray, 1)
    path.write_text(text, encoding="utf-8")
    drop(page, path)
    expect(page.locator("#head")).to_contain_text("已转成下发的填报表")
    expect(page.locator("aside")).to_contain_text("食堂的菜单和班车时刻")
    mend(page, "P1.S1.I1", "全年识别重大风险 3 项，评估 4 次，均已制定应对措施。")
    saved = taken(page, "下载改好的填报表", tmp_path)
    assert saved.name == "年度报告（已修改）.xlsx"
    told = read_return(saved, schema)
    assert told.of("P1.S1.I1")[0].text.startswith("全年识别重大风险 3 项")
    assert {each.item: each.text for each in told.answers}["P1.S3.I1"] == {
        each.item: each.text for each in read_return(path, schema).answers
    }["P1.S3.I1"]


def test_mends_are_not_dropped_unasked(page: Page, tmp_path: Path) -> None:
    """Stopping, and the list of what is open, tell of mends that were not taken away."""
    asked: list[str] = []
    drop(page, SAMPLES / "middling.xlsx")
    page.locator("select[name=severity]").select_option("all")
    mend(page, "P1.S1.I1", "全年识别重大风险 3 项，评估 4 次，均已制定应对措施。")
    page.once("dialog", lambda dialog: asked.append(dialog.message))
    first = "/".join(page.url.split("/")[:3]) + "/"
    page.goto(first)
    expect(page.locator(".list li").first).to_contain_text("已改 1 题，还没有下载")
    page.locator(".list a").first.click()
    taken(page, "下载改好的填报表", tmp_path)
    page.goto(first)
    expect(page.locator(".list li").first).not_to_contain_text("还没有下载")
    assert len(asked) == 1


def test_what_she_says_to_a_question_is_in_her_workbook(page: Page, tmp_path: Path) -> None:
    """Asked once, answered by a button, read by the next check; and an answer mended afterwards keeps it."""
    drop(page, SAMPLES / "overseas.xlsx")
    form = page.locator(".ask").first
    question = form.locator("input[name=question]").input_value()
    item = page.locator("article.item", has=page.locator(f"input[value='{question}']"))
    pressed = item.locator("button[aria-pressed=true]")
    expect(pressed).to_have_count(0)
    form.get_by_role("button", name="是", exact=True).press("Enter")
    expect(pressed).to_have_text("是")
    expect(pressed).to_be_focused()
    expect(page.locator("#head")).to_contain_text("已回答 1 个")
    mend(page, "P1.S1.I2", "全年识别重大风险 3 项，评估 4 次，均已制定应对措施。")
    expect(pressed).to_have_text("是")
    saved = taken(page, "下载改好的填报表", tmp_path)
    report = check_file(saved, Editions.of(None))
    assert {each.id: each.reply for each in report.questions}[question] is Reply.YES
    assert report.items[1].answer.startswith("全年识别重大风险 3 项")


def test_last_year_beside_this_one(page: Page) -> None:
    drop(page, SAMPLES / "middling.xlsx")
    page.locator("summary", has_text="与上年比较").click()
    page.set_input_files(
        "#last_year",
        {"name": "上年.xlsx", "mimeType": "", "buffer": (SAMPLES / "middling.xlsx").read_bytes()},
    )
    page.get_by_role("button", name="比较").click()
    expect(page.locator(".tight")).to_contain_text("上年.xlsx")
    expect(page.locator("#P1-S1-I1 .answer.last")).to_contain_text("成立以总经理为组长的风险领导小组")
    expect(page.locator(".entry", has_text="沿用上年").first).to_be_attached()


def test_lists_and_reports_to_keep(page: Page, tmp_path: Path) -> None:
    drop(page, SAMPLES / "poor.xlsx", "甲" * 300 + ".xlsx")
    gaps, report = taken(page, "缺口清单", tmp_path), taken(page, "检查报告", tmp_path)
    with page.expect_download() as found:
        page.get_by_role("button", name="带批注的副本").click()
    copy = tmp_path / "批注.xlsx"
    found.value.save_as(copy)
    sheet = openpyxl.load_workbook(copy)["问卷"]
    assert sheet.max_column > openpyxl.load_workbook(SAMPLES / "poor.xlsx")["问卷"].max_column
    assert "缺口清单" in openpyxl.load_workbook(gaps).sheetnames
    assert "暂不能报送" in report.read_text(encoding="utf-8")


def test_items_are_chosen_by_severity_and_part(page: Page) -> None:
    drop(page, SAMPLES / "middling.xlsx")
    items, choice = page.locator("article.item:visible"), page.locator("select[name=severity]")
    choice.select_option("error")
    sent_back = items.count()
    assert 0 < sent_back == page.locator(".body[data-severity=error]").count()
    choice.select_option("all")
    assert items.count() == page.locator("article.item").count()
    page.locator("select[name=part]").select_option("2")
    assert {each.get_attribute("data-part") for each in items.all()} == {"2"}
    expect(page.locator(".filter output")).to_have_text(f"显示 {items.count()} 题")
    page.locator("select[name=part]").select_option("6")
    first = page.locator("#first a").first
    first.press("Enter")  # hidden by the choice, it is shown all the same
    expect(page.locator(first.get_attribute("href") or "")).to_be_focused()


def test_the_words_that_are_quoted_are_marked(page: Page) -> None:
    drop(page, SAMPLES / "poor.xlsx")
    mark = page.locator("#P1-S1-I1 mark.warning")
    assert "由中信戴卡统一管理" in mark.inner_text()
    assert mark.locator("sup").inner_text() == page.locator("#P1-S1-I1 .entry sup").first.inner_text()


def test_an_answer_without_a_place_is_not_lost(page: Page, tmp_path: Path) -> None:
    """The row is missing in her workbook: a sentence says so, and the words stay in the form."""
    path = tmp_path / "缺行.xlsx"
    book = openpyxl.load_workbook(SAMPLES / "middling.xlsx")
    book["问卷"].delete_rows(int(answer_cells(book)["P1.S1.I1"][1:]))
    book.save(path)
    drop(page, path)
    page.locator("#open-P1-S1-I1").click()
    page.locator("#answer-P1-S1-I1").fill("写好的一段话")
    page.get_by_role("button", name="保存并重查").click()
    expect(page.locator("#note")).to_contain_text("没有")
    expect(page.locator("#note")).to_contain_text("缺行.xlsx")
    expect(page.locator("#answer-P1-S1-I1")).to_have_value("写好的一段话")


def test_a_file_too_large_is_refused_before_it_is_sent(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    page.set_input_files("#file", path)
    expect(page.locator("#note")).to_contain_text("64 MB")
    page.set_input_files("#file", {"name": "坏.xlsx", "mimeType": "", "buffer": b"\x00\x01"})
    page.get_by_role("button", name="检查").click()
    expect(page.locator("#note")).to_contain_text("坏.xlsx")


@pytest.mark.parametrize("width", [390, 1024, 1280])
def test_nothing_runs_out_of_the_page(page: Page, width: int) -> None:
    """1024 is a screen of 1280 at 125 %."""
    page.set_viewport_size({"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    drop(page, SAMPLES / "poor.xlsx")
    page.locator("#open-P1-S1-I1").click()
    expect(page.locator("#answer-P1-S1-I1")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.set_viewport_size({"width": 1280, "height": 900})


def test_in_english(page: Page) -> None:
    page.get_by_role("button", name="换成英文").click()
    expect(page.locator("h1")).to_have_text("Drop your return here")
    drop(page, SAMPLES / "middling.xlsx")
    expect(page.locator("#first h2")).to_have_text("Mend these first")
    page.get_by_role("button", name="Switch to Chinese").click()
    expect(page.locator("#first h2")).to_have_text("先改这几处")


def test_the_page_stops_the_program_when_asked_again(browser: Browser, tmp_path: Path) -> None:
    """With a mend that was not taken away it asks; then it says that all is over, and complains of nothing."""
    asked: list[str] = []
    with running(tmp_path) as desk:
        page = browser.new_page()
        page.goto(desk.address)
        drop(page, SAMPLES / "poor.xlsx")
        mend(page, "P1.S1.I1", "全年识别重大风险 3 项，评估 4 次，均已制定应对措施。")
        page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
        page.get_by_role("button", name="停止程序").click()
        assert desk.process.poll() is None
        page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
        page.get_by_role("button", name="停止程序").click()
        expect(page.locator("main")).to_have_text("程序已停止，可以关上这个网页；要再用，请重新打开程序。")
        assert desk.process.wait(timeout=60) == 0
        page.close()
    assert ["还没有下载" in each for each in asked] == [True, True]
