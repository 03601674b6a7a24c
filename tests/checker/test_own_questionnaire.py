"""A questionnaire of one's own, beside the files: found where it is named, never replaced by another one unsaid."""

from __future__ import annotations

import io
import json
from pathlib import Path
from shutil import copy, copytree, move

import openpyxl
import pytest

from frameworks.ground.errors import SchemaError
from questionnaire.editions import Editions
from questionnaire.loader import read_schema
from questionnaire.template import build_workbook
from tests.conftest import ROOT, Run

EDITION = """\
id: yunting-2026
title: 云汀集团问卷
year: 2026
source: 虚构
parent: {name: 云汀集团, aliases: [云汀]}
profile:
- {id: company, label: 公司名称}
- {id: year, label: 报告年度}
"""
PART = """\
part: 1
title: 云汀集团问卷
sections:
- section: 1
  title: 用水
  items:
  - id: P1.S1.I1
    key: q.0a1b2c3d4e01
    marker: （一）
    question: 请说明全年取水量和节水措施。
    question_hash: 6d33915cf058
    delegable: with-explanation
    delegable_reason: 是否可由上级办理，以集团的通知为准。
    not_applicable: with-reason
    aspects:
    - {id: P1.S1.I1.a, ask: 全年取水量, evidence: figure, figure: required, unit: [立方米], hint: 全年取水量}
    - {id: P1.S1.I1.b, ask: 节水措施, evidence: text, hint: 节水措施}
- section: 2
  title: 培训
  items:
  - id: P1.S2.I1
    key: q.0a1b2c3d4e02
    marker: （一）
    question: 请说明安全培训的场次和人数。
    question_hash: a340e56c5e0d
    delegable: no
    delegable_reason: 各公司自行培训。
    not_applicable: no
    aspects:
    - {id: P1.S2.I1.a, ask: 安全培训的场次, evidence: figure, figure: required, unit: [count], hint: 场次}
    - {id: P1.S2.I1.b, ask: 人数, evidence: figure, figure: required, unit: [人], hint: 人数}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the edition, and a return to it that leaves gaps."""
    place = tmp_path_factory.mktemp("own")
    (own := place / "yunting-2026").mkdir()
    (own / "edition.yaml").write_text(EDITION, encoding="utf-8")
    (own / "part1.yaml").write_text(PART, encoding="utf-8")
    (place / "returns").mkdir()
    fill(own, place / "returns" / "甲.xlsx", "甲（示例）有限公司", ["全年取水量 3,200 立方米。", "略"])
    return place


def fill(own: Path, target: Path, company: str, answers: list[str], year: int = 2026, left: str = "") -> None:
    """Writes a return as a clerk fills the form in; ``left`` is why the first item is left to the parent."""
    book = openpyxl.load_workbook(
        io.BytesIO(build_workbook(read_schema(own), profile={"company": company, "year": str(year)}))
    )
    for row, answer in enumerate(answers, start=3):
        book["问卷"].cell(row, 5).value = answer
    if left:
        book["问卷"]["G3"], book["问卷"]["H3"] = "依托", left
    book.save(target)


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    return Path(copytree(made, tmp_path / "own"))


def test_gap_lists_are_held_against_the_questionnaire_that_they_name(
    call: Run, place: Path, tmp_path: Path
) -> None:
    own, returns, split = place / "yunting-2026", place / "returns", place / "退回"
    call("batch", returns, "--split", split, "--questionnaire", own, "--jobs", 1)
    code, out, _ = call("followup", split, "--returns", returns)
    assert (code, "没有回复" in out, "已补正" in out) == (1, True, False)
    move(own, tmp_path / "elsewhere")
    code, out, err = call("followup", split, "--returns", returns)
    assert (code, out, "问卷 yunting-2026 不在本机" in err) == (2, "", True)


def test_a_gap_list_of_another_questionnaire_is_refused(call: Run, place: Path) -> None:
    own, returns, split = place / "yunting-2026", place / "returns", place / "退回"
    call("batch", returns, "--split", split, "--jobs", 1, "--questionnaire", "dicastal-2024")
    code, out, err = call("followup", split, "--returns", returns, "--questionnaire", own)
    assert (code, out) == (2, "")
    assert "这份清单按问卷 dicastal-2024 写出，这家公司的填报却按 yunting-2026 检查" in err


def test_a_return_is_judged_by_the_questionnaire_that_it_names(
    call: Run, place: Path, tmp_path: Path
) -> None:
    returns, letters = place / "returns", place / "函件"
    code, out, err = call("check", returns, "--format", "json")
    told = [json.loads(line)["questionnaire"] for line in out.splitlines()]
    assert (code, set(told)) == (1, {"yunting-2026"})
    assert err.count("按文件注明的问卷 yunting-2026 检查") == 1  # one line, however many returns
    code, _, err = call("batch", returns, "--letters", letters, "--jobs", 1)
    assert (code, err.count("按文件注明的问卷 yunting-2026 检查")) == (1, 1)
    written = "".join(path.read_text(encoding="utf-8-sig") for path in letters.glob("*.txt"))
    assert "二、培训（一）" in written
    assert "云汀集团\n" in written  # no office is told: the parent signs
    assert "集团办公室" not in written
    move(place / "yunting-2026", tmp_path / "elsewhere")
    for command in (("check", returns / "甲.xlsx"), ("batch", returns, "--letters", tmp_path / "函"),
                    ("frameworks", "hkex", "--returns", returns)):  # fmt: skip
        code, out, err = call(*command)
        assert (code, out) == (2, "")
        assert "文件注明的问卷 yunting-2026 不在本机" in err
        assert "--questionnaire" in err
    assert not (tmp_path / "函").exists()


def test_of_two_folders_of_one_questionnaire_the_one_so_named_holds(call: Run, place: Path) -> None:
    own, returns = place / "yunting-2026", place / "returns"
    copytree(own, place / "bak")
    _, _, err = call("check", returns / "甲.xlsx")
    assert f"按文件注明的问卷 yunting-2026 检查（{own}）" in err.replace("\n", "")
    own.rename(place / "草稿")
    for command in ("check", "batch"):
        code, out, err = call(command, returns)
        assert (code, out) == (2, "")
        assert "甲.xlsx：问卷 yunting-2026 有几个文件夹" in err
        assert str(place / "bak") in err
        assert str(place / "草稿") in err


def test_a_copy_among_the_editions_of_a_folder_judges_nothing(place: Path) -> None:
    copytree(place / "yunting-2026", place / "yunting-2026备份")
    changed = place / "yunting-2026备份" / "edition.yaml"
    changed.write_text(EDITION.replace("title: 云汀集团问卷", "title: 旧稿"), encoding="utf-8")
    assert Editions(str(place)).by_id("yunting-2026").edition.title == "云汀集团问卷"
    (place / "yunting-2026").rename(place / "草稿")
    with pytest.raises(SchemaError, match="questionnaire-twice"):
        Editions.of(str(place))


def test_a_letter_says_what_may_be_missing_without_odds(call: Run, place: Path) -> None:
    own, letters = place / "yunting-2026", place / "函件"
    fill(
        own, place / "returns" / "甲.xlsx", "甲（示例）有限公司", ["全年取水量 3,200 立方米。", "4场，96人。"]
    )
    _, out, _ = call("check", place / "returns" / "甲.xlsx", "--all")
    assert "十处约有 7 处属实" in "".join(out.split()).replace("十处约有7处属实", "十处约有 7 处属实")
    call("batch", place / "returns", "--letters", letters, "--jobs", 1)
    written = "".join(path.read_text(encoding="utf-8-sig") for path in letters.glob("*.txt"))
    assert "答案中可能没有" in written
    assert "处属实" not in written


def test_a_letter_tells_the_number_of_a_question_from_that_of_its_line(call: Run, place: Path) -> None:
    own, letters = place / "yunting-2026", place / "函件"
    edition = EDITION.replace("year: 2026\n", "year: 2026\nnumbering: marker\n")
    part = PART.replace("（一）", "'5'", 1).replace("（一）", "'7'", 1)
    (own / "edition.yaml").write_text(edition, encoding="utf-8")
    (own / "part1.yaml").write_text(part, encoding="utf-8")
    fill(own, place / "returns" / "甲.xlsx", "甲（示例）有限公司", ["", "略"])
    call("batch", place / "returns", "--letters", letters, "--jobs", 1)
    written = "".join(path.read_text(encoding="utf-8-sig") for path in letters.glob("*.txt"))
    assert "1. 第5题 用水  " in written
    assert "2. 第7题 培训  " in written


def test_one_figure_without_its_unit_is_counted_once(call: Run, place: Path) -> None:
    fill(
        place / "yunting-2026",
        place / "returns" / "甲.xlsx",
        "甲（示例）有限公司",
        ["2026年全年取水量3200。", ""],
    )
    _, out, _ = call("check", place / "returns" / "甲.xlsx", "--format", "json")
    (found,) = [each for each in json.loads(out)["findings"] if each["rule"] == "unit-missing"]
    assert len(found["evidence"]) == 1
    assert found["message"].startswith("1 处")


def test_words_that_answer_nothing_have_a_letter_of_their_own(call: Run, place: Path) -> None:
    own, book = place / "yunting-2026", place / "汇总.xlsx"
    fill(own, place / "returns" / "甲.xlsx", "甲（示例）有限公司", ["公司高度重视节约用水工作。", ""])
    call("batch", place / "returns", "-o", book, "--jobs", 1)
    written = openpyxl.load_workbook(book)
    (row,) = [
        row for row in written["状态矩阵"].iter_rows(values_only=True) if row[0] == "甲（示例）有限公司"
    ]
    assert row[1:3] == ("偏", "缺")
    for name, why in (("离群数据", "无："), ("披露覆盖", "disclosures.yaml"), ("雷同", "无。")):
        assert any(why in str(row[0]) for row in written[name].iter_rows(min_row=2, values_only=True)), name


def test_a_return_of_another_questionnaire_among_others_is_refused(call: Run, place: Path) -> None:
    """A folder of one questionnaire with one return that names another one: nothing is judged by the wrong one."""
    returns = place / "returns"
    copy(ROOT / "samples" / "poor.xlsx", returns / "0.xlsx")
    code, out, err = call("batch", returns, "--jobs", 1)
    assert (code, out) == (2, "")
    assert "注明的问卷 yunting-2026 不在本机" in err


def test_two_checks_are_compared_by_the_questionnaire_that_they_name(
    call: Run, place: Path, tmp_path: Path
) -> None:
    book, old = place / "returns" / "甲.xlsx", place / "甲.json"
    code, out, _ = call("diff", book, book)
    assert (code, "二、培训（一）" in out) == (1, True)
    _, out, _ = call("check", book, "--format", "json", "--questionnaire", "dicastal-2024")
    old.write_text(out, encoding="utf-8")
    code, out, err = call("diff", old, book)
    assert (code, out, "前后两份按不同的问卷检查（dicastal-2024、yunting-2026）" in err) == (2, "", True)
    move(place / "yunting-2026", tmp_path / "elsewhere")
    code, out, err = call("diff", book, book)
    assert (code, out, "问卷 yunting-2026 不在本机" in err) == (2, "", True)


def test_the_years_say_whose_questionnaire_is_not_here(call: Run, place: Path) -> None:
    _, _, err = call("history", place / "returns")
    assert "请用 --questionnaire 指定它们的问卷：甲（示例）有限公司（2026，按 dicastal-2024）" in err


def test_what_to_call_next_repeats_the_options_that_judge(call: Run, place: Path, tmp_path: Path) -> None:
    book, own, waivers = place / "returns" / "甲.xlsx", place / "yunting-2026", tmp_path / "豁免 一.yaml"
    waivers.write_text("waivers: []\n", encoding="utf-8")
    code, out, _ = call(
        "check", book, "--questionnaire", own, "--waivers", waivers, "--ignore", "漏答,vague-claim"
    )
    said = f'：esgcheck check {book} --ignore 漏答,vague-claim --waivers "{waivers}" --questionnaire {own} -'
    assert (code, out.count(said)) == (1, 3)
    _, out, _ = call("check", book)
    assert "--questionnaire" not in out.split("看一题")[1]


def test_forms_that_nobody_filled_in_and_our_own_lists_are_no_companies(call: Run, place: Path) -> None:
    own, returns, target = place / "yunting-2026", place / "returns", place / "汇总.xlsx"
    (returns / "空白表.xlsx").write_bytes(build_workbook(read_schema(own)))
    questions = (
        "云汀集团\n一、用水\n（一）请说明全年取水量和节水措施。\n"
        "二、培训\n（一）请说明安全培训的场次和人数。\n没有的填无。\n"
    )
    (returns / "问题清单.txt").write_text(questions, encoding="utf-8")
    call("schema", "new", returns / "问题清单.txt", "-o", place / "draft")
    move(place / "draft" / "待定事项.xlsx", returns / "待定事项.xlsx")
    fill(own, returns / "没有答.xlsx", "乙（示例）有限公司", [])
    _, out, _ = call("batch", returns, "-o", target, "--questionnaire", own, "--jobs", 1)
    book = openpyxl.load_workbook(target, read_only=True)
    aside = {
        str(row[0]): str(row[1])[:6] for row in book["未计入文件"].iter_rows(min_row=3, values_only=True)
    }
    assert aside == {
        "空白表.xlsx": "空白的填报表",
        "问题清单.txt": "空白的填报表",
        "待定事项.xlsx": "本工具的报告",
    }
    assert "2 家公司" in out  # a company that names itself and answers nothing is one


def test_a_mistyped_year_does_not_make_it_another_questionnaires(call: Run, place: Path) -> None:
    own, returns, target = place / "yunting-2026", place / "returns", place / "汇总.xlsx"
    fill(own, returns / "丙.xlsx", "丙（示例）有限公司", ["略", "略"], year=2024)
    _, out, _ = call("check", returns / "丙.xlsx", "--questionnaire", own, "--all")
    assert "另一版问卷" not in out and "报告年度写的是 2024，问卷是 2026 年度的" in out
    fill(own, returns / "丁.xlsx", "丁（示例）有限公司", ["略", "略"])
    _, _, err = call("batch", returns, "-o", target, "--questionnaire", own, "--jobs", 1)
    assert "不属于检查所用的问卷" not in err and "其他年度的填报" not in err
    said = openpyxl.load_workbook(target, read_only=True)["关键绩效"]["B1"].value
    assert said == "2 家公司都没有填「关键绩效」表。另有 1 家是其他年度的填报，没有计入。"


def test_a_misspelt_questionnaire_is_guessed_from_those_beside(call: Run, place: Path) -> None:
    code, _, err = call("check", place / "returns", "--questionnaire", place / "yuntin-2026")
    assert (code, str(place / "yunting-2026") in err) == (2, True)


def test_the_form_speaks_of_its_own_year_and_items(made: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(read_schema(made / "yunting-2026"))))
    said = "".join(str(row[1]) for row in book["填报说明"].iter_rows(values_only=True))
    assert "『本年度未发生……』" in said and "2024" not in said and "用水、排放" not in said
    assert "『不可依托』的题，须填本公司情况" in said


def test_what_the_words_beside_a_choice_tell_is_not_asked(call: Run, place: Path) -> None:
    own, book = place / "yunting-2026", place / "returns" / "戊.xlsx"
    told = "集团水务公司，2024年签订《供水协议》，我公司仅提供场地和水表"
    fill(own, book, "戊（示例）有限公司", ["", "2026年安全培训6场，120人。"], left=told)
    _, out, _ = call("check", book, "--questionnaire", own, "--item", "P1.S1.I1")
    assert "整项依托上级单位，已说明清楚。\n" in out and "请写明" not in out
    fill(own, book, "戊（示例）有限公司", ["", "略"], left="集团水务公司")
    _, out, _ = call("check", book, "--questionnaire", own, "--item", "P1.S1.I1")
    assert "未说明清楚。\n" in out and "请写明：依据哪份文件、自何时起、本公司仍负责什么；" in out
    assert "以集团的通知为准" not in out  # nobody has decided yet


def test_a_questionnaire_without_links_is_said_to_have_none(call: Run, place: Path) -> None:
    own, returns = place / "yunting-2026", place / "returns"
    code, out, err = call("frameworks", "hkex", "--returns", returns, "--questionnaire", own)
    assert (code, out) == (2, "")
    assert "问卷 yunting-2026 的题目还没有对应任何披露要求" in err and "disclosures.yaml" in err


def test_units_that_nobody_knows_are_named(call: Run, place: Path) -> None:
    part = place / "yunting-2026" / "part1.yaml"
    part.write_text(part.read_text("utf-8").replace("unit: [立方米]", "unit: [立米]"), encoding="utf-8")
    code, out, _ = call("schema", "check", place / "yunting-2026")
    assert (code, out.count("不认得")) == (0, 1)
    assert "单位「立米」不认得（一、用水（一））" in out and "是否指：立方米" in out


def test_text_in_merged_cells_is_told_by_the_first(call: Run, place: Path) -> None:
    book = openpyxl.load_workbook(path := place / "returns" / "甲.xlsx")
    sheet = book["问卷"]
    sheet["B9"] = "填表人：张伟，审核人：赵磊"
    sheet.merge_cells("B9:H9")
    book.save(path)
    _, out, _ = call("check", path, "--questionnaire", place / "yunting-2026", "--format", "json")
    found = [each["where"]["cell"] for each in json.loads(out)["findings"] if "张伟" in str(each["evidence"])]
    assert found == ["B9"]


def test_sections_stand_for_the_only_part(call: Run, place: Path) -> None:
    own, returns, target = place / "yunting-2026", place / "returns", place / "汇总.xlsx"
    _, out, _ = call("check", returns / "甲.xlsx", "--questionnaire", own, "--all", "-o", place / "清单.xlsx")
    assert out.index(" 一、用水 ") < out.index(" 二、培训 ") and "第一部分" not in out
    sheet = openpyxl.load_workbook(place / "清单.xlsx")["概览"]
    assert {"一、用水", "二、培训"} <= {cell.value for cell in sheet["A"]}
    call("batch", returns, "-o", target, "--questionnaire", own, "--jobs", 1)
    overview = openpyxl.load_workbook(target)["总览"]
    assert {"用水", "培训"} <= {cell.value for cell in overview["A"]}


def test_labels_stay_on_their_line(call: Run, place: Path) -> None:
    part = place / "yunting-2026" / "part1.yaml"
    title = "劳动用工与职业健康"
    part.write_text(part.read_text("utf-8").replace("title: 培训", f"title: {title}"), encoding="utf-8")
    _, out, _ = call(
        "check",
        place / "returns" / "甲.xlsx",
        "--questionnaire",
        place / "yunting-2026",
        "-o",
        place / "清单.xlsx",
    )
    assert (
        "二、劳动用工与职业…（一）" in out
    )  # on the screen a title loses its end, never the number behind it
    label = f"二、{title}（一）"
    width = openpyxl.load_workbook(place / "清单.xlsx")["缺口清单"].column_dimensions["D"].width
    assert width > 2 * len(label)
    form = openpyxl.load_workbook(io.BytesIO(build_workbook(read_schema(place / "yunting-2026"))))["问卷"]
    assert form.column_dimensions["B"].width > 2 * len(label)
    assert form["B2"].alignment.wrap_text is None
    assert (form.page_setup.paperSize, form.page_setup.orientation) == (8, "landscape")


def test_a_heading_leaves_room_for_what_is_to_be_mended(call: Run, place: Path) -> None:
    report = place / "甲.txt"
    report.write_text(
        "甲（示例）有限公司\n2026年\n一、用水\n（一）请说明全年取水量和节水措施。\n略\n"
        "二、培训\n（一）请说明安全培训的场次和人数。\n略\n", encoding="utf-8",
    )  # fmt: skip
    _, out, _ = call("check", report, "--questionnaire", place / "yunting-2026")
    (line,) = [line for line in out.splitlines() if line.startswith(" 1 退回")]
    assert "请改写为实际情况" in line
