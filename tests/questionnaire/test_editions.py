"""Editions are chosen, not compiled in: next year's as a file of differences, another parent's as a folder."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from shutil import copyfile, copytree

import openpyxl
import pytest

from frameworks.ground.errors import ReturnError, SchemaError, SchemaErrors
from questionnaire.answers import Return
from questionnaire.editions import ChosenBy, Editions, newest
from questionnaire.loader import check_file, read_schema
from questionnaire.reading import read_return
from questionnaire.schema import Schema
from tests.conftest import ROOT, Run

EDITIONS = Path(__file__).parent / "editions"
NEXT, OTHER = EDITIONS / "dicastal-2025", EDITIONS / "chenggang-2024"
ANSWERS = {
    "P1.S1.I1": "2022年8月修订《员工行为守则》，全员签收。",
    "P1.S1.I2": "全年廉洁培训4场，参加312人次。",
    "P1.S1.I3": "收到举报2件，均已办结。",
    "P1.S2.I1": "客户投诉3件，已更换密封件。",
    "P2.S1.I1": "由澄港集团统一填报。",
    "P2.S1.I2": "全年用水8,420吨，2026年用水控制在8,000吨以内。",
    "P2.S2.I1": "工伤1人，损失工时64小时。",
    "P2.S2.I2": "",
}


def _filled(path: Path, answers: Mapping[str, str], *, company: str = "") -> None:
    """Types answers into a blank workbook, as a clerk does."""
    book = openpyxl.load_workbook(path)
    sheet = book["问卷"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        item = sheet.cell(row, heads["编号"]).value
        if answers.get(item or ""):
            sheet.cell(row, heads["答案"]).value = answers[item]
    if company:
        book["公司信息"]["B2"].value = company
    book.save(path)


def test_next_years_edition_is_its_differences() -> None:
    base, found = newest(), read_schema(NEXT)
    assert (found.edition.year, found.edition.parent, len(found.items)) == (2025, base.edition.parent, 72)
    assert found.retired == {"P6.S2.I4": "P6.S2.I3"}
    assert "再生水" in found.by_id["P3.S2.I2"].question
    assert found.label("P1.S3.I6") == "三、反贪污（六）"
    assert "2026" in found.by_id["P3.S2.I2"].aspects[2].cues[0]  # {+1} is next year's next year


def test_what_the_extended_edition_knows_is_inherited() -> None:
    base, found = newest(), read_schema(NEXT)
    assert set(base.proofs) - set(found.proofs) == {"P3.S2.I2", "P6.S2.I4"}
    assert found.by_id["P1.S3.I6"].id not in found.proofs
    links = found.all_links(2025)
    asked = {link.item for link in links.links}
    assert "P3.S2.I2" in asked and "P6.S2.I4" not in asked
    assert all(letter != "P3.S2.I2.d" for link in links.links for letter in link.aspects)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("- {id: P6.S2.I4,", "- {id: P6.S2.I9,", "link-no-item"),
        ("id: P1.S3.I6", "id: P1.S3.I5", "change-id-taken"),
        ("after: P1.S3.I5", "after: P1.S2.I1", "change-other-section"),
        ("retired:", "retire:", "schema-unknown-key"),
        ("key: gov.whistle-protection", "key: gov.anticorruption.training", "change-id-taken"),
        ("- {id: P6.S2.I4,", "- {id: P3.S2.I2,", "change-twice"),
        ("successor: P6.S2.I3", "successor: P6.S2.I4", "change-successor"),
    ],
)
def test_every_mistake_of_the_differences_has_its_line(tmp_path: Path, old: str, new: str, code: str) -> None:
    for file in NEXT.iterdir():
        text = file.read_text(encoding="utf-8")
        (tmp_path / file.name).write_text(text.replace(old, new), encoding="utf-8")
    errors = check_file(tmp_path)
    assert code in [error.code for error in errors]
    assert all(error.line for error in errors)


def test_an_edition_that_is_not_there_is_named() -> None:
    with pytest.raises(SchemaError, match="questionnaire-unknown"):
        Editions.of("dicastal-2031")


def test_an_edition_extends_one_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "edition.yaml").write_text(
        "id: a-2025\nextends: a-2024\ntitle: a\nyear: 2025\nsource: a\n", encoding="utf-8"
    )
    with pytest.raises((SchemaError, SchemaErrors), match="extends-unknown"):
        read_schema(tmp_path)


def test_editions_that_extend_each_other_are_told(tmp_path: Path) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        (tmp_path / name).mkdir()
        text = f"id: {name}\nextends: {other}\ntitle: a\nyear: 2025\nsource: a\n"
        (tmp_path / name / "edition.yaml").write_text(text, encoding="utf-8")
    for reading in (lambda: read_schema(tmp_path / "a"), lambda: Editions.of(str(tmp_path))):
        with pytest.raises(SchemaError, match="extends-circle"):
            reading()
    assert [error.code for error in check_file(tmp_path)] == ["extends-circle"]


def test_the_digest_of_a_folder_holds_its_links_and_those_it_inherits(tmp_path: Path) -> None:
    base, later = copytree(OTHER, tmp_path / OTHER.name), tmp_path / "later"
    later.mkdir()
    text = f"id: later\nextends: {OTHER.name}\ntitle: a\nyear: 2025\nsource: a\n"
    (later / "edition.yaml").write_text(text, encoding="utf-8")
    found = {Editions(str(later)).digest}
    for place in (base / "disclosures.yaml", later / "disclosures.yaml"):
        with place.open("a", encoding="utf-8") as stream:
            stream.write("# more\n")
        found.add(Editions(str(later)).digest)
    assert len(found) == 3


@pytest.mark.parametrize(
    ("named", "year", "edition", "by"),
    [
        ("", 2024, "dicastal-2024", ChosenBy.YEAR),
        ("", 2025, "dicastal-2025", ChosenBy.YEAR),
        ("", 2023, "dicastal-2024", ChosenBy.NEAR),
        ("", 2031, "dicastal-2025", ChosenBy.NEAR),
        ("", None, "dicastal-2025", ChosenBy.NEWEST),
        ("dicastal-2024", 2025, "dicastal-2024", ChosenBy.FILE),
        ("chenggang-2024", 2024, "chenggang-2024", ChosenBy.FILE),
        ("elsewhere-2024", 2024, "dicastal-2024", ChosenBy.FOREIGN),
    ],
)
def test_the_edition_of_a_return(named: str, year: int | None, edition: str, by: ChosenBy) -> None:
    choice = Editions.of(str(EDITIONS)).choose(named, year, newest())
    assert (choice.schema.edition.id, choice.by) == (edition, by)


def test_what_the_user_names_holds() -> None:
    editions = Editions.of(str(NEXT))
    assert editions.choose("", 2025, newest()).by is ChosenBy.OPTION
    choice = editions.choose("dicastal-2024", 2024, newest())
    assert (choice.schema.edition.id, choice.by) == ("dicastal-2025", ChosenBy.OVERRIDE)


def test_a_folder_of_one_edition_adds_it_to_the_others(tmp_path: Path) -> None:
    copytree(NEXT, tmp_path / "dicastal-2025")
    editions = Editions.of(str(tmp_path))
    assert editions.of_year(2024).edition.id == "dicastal-2024"
    assert editions.of_year(2025).edition.id == "dicastal-2025"
    assert check_file(tmp_path) == []


def test_a_questionnaire_asks_something(tmp_path: Path) -> None:
    copyfile(OTHER / "edition.yaml", tmp_path / "edition.yaml")
    assert [error.code for error in check_file(tmp_path)] == ["schema-no-parts"]


def test_the_hash_of_a_question_is_made_where_it_is_not_told(tmp_path: Path) -> None:
    copytree(OTHER, tmp_path / "other")
    part = tmp_path / "other" / "part1.yaml"
    told = part.read_text(encoding="utf-8")
    part.write_text(re.sub(r"\n +question_hash: .*", "", told), encoding="utf-8")
    assert read_schema(tmp_path / "other").items[0] == read_schema(OTHER).items[0]


def test_another_parents_questionnaire_goes_all_the_way(call: Run, tmp_path: Path) -> None:
    """Template, fill, check, batch, letters, follow-up, disclosures: without a line of code."""
    folder = tmp_path / "returns"
    folder.mkdir()
    book = folder / "甲.xlsx"
    assert call("template", "-o", book, "--company", "澄港甲厂有限公司", "--questionnaire", OTHER)[0] == 0
    _filled(book, ANSWERS)
    code, out, _ = call("check", book, "--questionnaire", EDITIONS, "--format", "json")
    report = json.loads(out)
    assert (code, report["questionnaire"], report["questionnaire_chosen_by"]) == (1, "chenggang-2024", "file")
    states = {item["id"]: item["state"] for item in report["items"]}
    assert states == {
        "P1.S1.I1": "answered", "P1.S1.I2": "answered", "P1.S1.I3": "answered", "P1.S2.I1": "answered",
        "P2.S1.I1": "delegated", "P2.S1.I2": "answered", "P2.S2.I1": "answered", "P2.S2.I2": "missing",
    }  # fmt: skip
    assert {finding["rule"] for finding in report["findings"]} >= {"blank-answer", "delegated-item"}
    target, letters = tmp_path / "汇总.xlsx", tmp_path / "退回"
    code, out, _ = call(
        "batch", folder, "-o", target, "--split", letters, "--questionnaire", OTHER, "--jobs", 1
    )
    assert code == 1
    assert "1 家公司" in out
    (letter,) = letters.iterdir()
    code, out, _ = call(
        "followup", letter, "--returns", folder, "--campaign", target, "--questionnaire", OTHER
    )
    assert code == 1
    assert "澄港甲厂有限公司" in out
    code, out, _ = call(
        "frameworks", "hkex", "--returns", folder, "--questionnaire", OTHER, "--format", "json"
    )
    covered = {row["code"]: row["state"] for row in json.loads(out)["disclosures"]}
    assert (code, covered["hkex:B2.2"], covered["hkex:A2.1"]) == (0, "met", "delegated")


def test_a_campaign_of_two_years_judges_each_by_its_own(call: Run, tmp_path: Path) -> None:
    folder = tmp_path / "returns"
    folder.mkdir()
    for name, year, said in (("甲厂", 2025, {"P1.S3.I6": "《举报人保护办法》2025年3月印发，全年未发生打击报复，0起。"}),
                             ("乙厂", 2024, {"P6.S2.I4": "全年组织志愿服务6次，参加88人次。"})):  # fmt: skip
        book = folder / f"{name}.xlsx"
        assert (
            call("template", "-o", book, "--company", name, "--year", year, "--questionnaire", EDITIONS)[0]
            == 0
        )
        _filled(book, said)
    target = tmp_path / "汇总.xlsx"
    code, out, _ = call("batch", folder, "-o", target, "--questionnaire", EDITIONS, "--jobs", 1)
    assert code == 1
    assert "甲厂（2025）" in out or "乙厂（2024）" in out
    assert "各按本年度" in out
    sheet = openpyxl.load_workbook(target)["状态矩阵"]
    assert sheet.max_row == 5
    code, out, _ = call("batch", folder, "--questionnaire", EDITIONS, "--format", "json", "--jobs", 1)
    reports = {report["return"]["company"]: report for report in map(json.loads, out.splitlines())}
    assert {name: report["questionnaire"] for name, report in reports.items()} == {
        "甲厂": "dicastal-2025", "乙厂": "dicastal-2024"
    }  # fmt: skip
    states = {item["id"]: item["state"] for item in reports["甲厂"]["items"]}
    assert states["P1.S3.I6"] == "answered"
    assert "P6.S2.I4" not in states


def test_a_campaign_is_judged_by_no_other_questionnaire_than_its_own(call: Run, tmp_path: Path) -> None:
    folder = tmp_path / "returns"
    folder.mkdir()
    book = folder / "甲.xlsx"
    assert call("template", "-o", book, "--company", "澄港甲厂有限公司", "--questionnaire", OTHER)[0] == 0
    _filled(book, ANSWERS)
    code, out, err = call("batch", folder, "--jobs", 1)
    assert (code, out, "甲.xlsx：文件注明的问卷 chenggang-2024 不在本机" in err) == (2, "", True)
    _, out, _ = call("batch", folder, "--jobs", 1, "--questionnaire", "dicastal-2024")
    assert "澄港甲厂有限公司（2024，按 dicastal-2024）" in out
    _, out, _ = call("batch", folder, "--jobs", 1, "--questionnaire", OTHER)
    assert "不属于" not in out


def test_a_return_of_the_usual_questionnaire_is_read_by_no_other() -> None:
    tried: list[str] = []

    def read(schema: Schema) -> Return:
        tried.append(schema.edition.id)
        return read_return(ROOT / "samples" / "poor.txt", schema)

    assert Editions().read(read)[1].schema.edition.id == "dicastal-2024"
    assert tried == ["dicastal-2024"]


def test_what_cannot_be_read_at_all_is_tried_once() -> None:
    tried: list[str] = []

    def read(schema: Schema) -> Return:
        tried.append(schema.edition.id)
        raise ReturnError("damaged", file="x")

    with pytest.raises(ReturnError, match="damaged"):
        Editions().read(read)
    assert tried == ["dicastal-2024"]
