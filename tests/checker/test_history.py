"""The years of a company side by side, as records hold them, on the screen and in workbooks."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from checker.campaign.coverage import covered_by
from checker.campaign.entries import Entry, Returns
from checker.campaign.history import History, NoteKind, history
from checker.campaign.last_year import earlier_of
from checker.campaign.record import NAME, make_record, read_head
from checker.campaign.spool import Spool
from checker.checking.engine import check, check_reading
from checker.cli import build
from checker.reading.answers import read_answers
from checker.report.excel.years import render
from checker.report.history import as_text, history_lines
from checker.wording import wording
from frameworks.ground.yaml import read_yaml
from questionnaire.answers import Return
from questionnaire.editions import Editions
from questionnaire.schema import Schema
from questionnaire.template import build_workbook
from tests.conftest import make_return
from tests.files.figures import figures_of

COMPANY = "示例公司"
LATER = Path(__file__).parent.parent / "questionnaire" / "editions" / "dicastal-2025"
WATER, TRAINING = "P3.S2.I1", "P1.S3.I3"
PLANNED = "2023年取水9.6万吨。计划2024年6月底前完成循环水泵变频改造2台。"


def _returns(
    years: Mapping[int, tuple[dict[str, str], dict[str, Any]]], schema: Schema, folder: Path
) -> Returns:
    """A company's returns as records, each checked beside the one before: answers and key figures by year."""
    spool, entries = Spool(folder / "spool"), []
    before: Return | None = None
    for year, (answers, figures) in years.items():
        source = replace(make_return(answers, COMPANY), year=year, figures=figures_of(figures))
        whole = read_answers(schema, replace(source, file=NAME), before)
        blob = make_record(check_reading(whole), whole, covered_by(check_reading(whole), whole))
        spool.put(str(year), blob)
        entries.append(Entry(f"{year}/{COMPANY}.xlsx", str(year), COMPANY, 0.0, read_head(blob)))
        before = source
    return Returns(tuple(entries), (), spool)


@pytest.fixture(scope="module")
def three(schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> History:
    """Three years: training answered, then not, then again not; water planned and forgotten; a figure jumps."""
    held = "2022年组织反贪污培训4次，参加312人次，覆盖率96%，包括实习生，不包括兼职员工。"
    years: dict[int, tuple[dict[str, str], dict[str, Any]]] = {
        2022: ({TRAINING: held, WATER: "2022年取水9.9万吨。"}, {"water.withdrawn": 99000}),
        2023: (
            {TRAINING: "", WATER: PLANNED},
            {"water.withdrawn": {"value": 96000, "last": 99000}, "staff": 499},
        ),
        2024: (
            {TRAINING: "", WATER: "2024年在宣传栏张贴节水标语12处。"},
            {
                "water.withdrawn": {"value": 150000, "last": 96000, "reason": "二期投产"},
                "staff": {"value": 503, "last": 498},
            },
        ),
    }
    returns = _returns(years, schema, tmp_path_factory.mktemp("years"))
    return history(returns.entries, returns, Editions())


def test_every_year_stands_beside_the_others(three: History) -> None:
    states = three.states()[TRAINING]
    assert [each.year for each in three.years] == [2022, 2023, 2024]
    assert [states[year].value for year in (2023, 2024)] == ["missing", "missing"]
    assert states[2022].value in ("answered", "partial")
    values = next(each for (name, _), each in three.figures().items() if name == "water.withdrawn")
    assert [values[year].value for year in sorted(values)] == [99000, 96000, 150000]


def test_what_the_years_show_is_told_kind_by_kind(three: History) -> None:
    found = {(note.kind, note.item or note.figure, note.year) for note in three.notes()}
    assert (NoteKind.PROMISE, WATER, 2024) in found
    assert (NoteKind.WORSE, TRAINING, 2023) in found
    assert (NoteKind.JUMP, "water.withdrawn", 2024) in found
    assert any(note.kind is NoteKind.RESTATED and "498" in note.now for note in three.notes())
    jump = next(note for note in three.notes() if note.kind is NoteKind.JUMP)
    assert jump.reason == "二期投产"
    assert not [note for note in three.notes() if note.kind is NoteKind.JUMP and note.year == 2023]


def test_a_gap_that_was_mended_and_is_there_again_is_no_lasting_one(schema: Schema, tmp_path: Path) -> None:
    blank, told = {TRAINING: ""}, {TRAINING: "2023年组织反贪污培训4次，参加312人次。"}
    returns = _returns({2022: (blank, {}), 2023: (told, {}), 2024: (blank, {})}, schema, tmp_path)
    found = list(history(returns.entries, returns, Editions()).notes())
    back = [note for note in found if note.item == TRAINING and note.rule == "blank-answer"]
    assert [(note.kind, note.before) for note in back] == [(NoteKind.BACK, "2022、2024")]
    lasting = {note.item for note in found if note.kind is NoteKind.LASTING}
    assert WATER in lasting and TRAINING not in lasting


def test_an_item_asked_no_more_goes_on_as_its_successor(schema: Schema, tmp_path: Path) -> None:
    editions = Editions.of(str(LATER.parent))
    retired, successor = next(iter(editions.by_id("dicastal-2025").retired.items()))
    returns = _returns({2024: ({retired: "2024年捐款12万元。"}, {})}, schema, tmp_path / "old")
    after = _returns({2025: ({successor: ""}, {})}, editions.by_id("dicastal-2025"), tmp_path / "new")
    both = replace(returns, entries=(*returns.entries, *after.entries))
    both.spool.put("2025", after.blob(after.entries[0]))
    rows = history(both.entries, both, editions).states()
    assert retired not in rows
    assert rows[successor].keys() == {2024, 2025}


def test_a_promise_under_an_item_asked_no_more_is_looked_for_under_its_successor() -> None:
    """Next year's edition is a file of differences; last year's return was read by the edition that it extends."""
    editions = Editions.of(str(LATER.parent))
    schema = editions.by_id("dicastal-2025")
    retired, successor = next(iter(schema.retired.items()))
    planned = {retired: "2024年捐款5万元。2025年拟资助新建乡村图书室3间。", successor: ""}
    before = replace(make_return(planned, COMPANY), year=2024)
    for told, fires in (("2025年组织义务植树，120人参加。", 1), ("图书室建成3间，9月启用。", 0)):
        now = replace(make_return({successor: told}, COMPANY), year=2025)
        found = check(schema, now, last_year=before, strict=True).findings
        promises = [finding for finding in found if finding.rule == "promise-kept"]
        assert [(finding.item, finding.params["year"]) for finding in promises] == [(successor, 2024)] * fires


def test_the_earlier_return_is_the_latest_before(schema: Schema, tmp_path: Path) -> None:
    returns = _returns({year: ({}, {}) for year in (2021, 2022, 2024)}, schema, tmp_path)
    earlier = earlier_of(returns, returns.entries)
    assert {key: entry.key for key, entry in earlier.items()} == {"2022": "2021", "2024": "2022"}


def test_the_screen_and_the_workbook_tell_the_same(three: History) -> None:
    words = wording()
    screen = "\n".join(history_lines(three, words))
    assert "计划2024年6月底前完成循环水泵变频改造2台" in screen
    assert "二期投产" in screen
    book = openpyxl.load_workbook(io.BytesIO(render([three], words)))
    assert book.sheetnames == ["历年概览", "历年提示", "历年状态", "历年数据"]
    notes = list(book["历年提示"].iter_rows(min_row=4, values_only=True))
    assert len(notes) == len(list(three.notes()))
    states = {row[2]: row[3:6] for row in book["历年状态"].iter_rows(min_row=4, values_only=True)}
    assert states[TRAINING][1:] == ("未答", "未答")
    figures = list(book["历年数据"].iter_rows(min_row=4, values_only=True))
    assert ["2023–2024 +56%" in row and "2024 二期投产" in row for row in figures if 150000 in row] == [True]
    data = read_yaml(as_text(three).encode(), "json").data
    assert data["format"] == "esgcheck-history/1"
    assert len(data["notes"]) == len(notes)


def test_folders_of_years_are_put_together_by_company(schema: Schema, tmp_path: Path) -> None:
    """From files: each year in a folder of its own, and a campaign beside last year's folder."""
    for year, text in ((2023, PLANNED), (2024, "2024年取水9.1万吨。")):
        (tmp_path / str(year)).mkdir()
        source = replace(make_return({WATER: text}, COMPANY), year=year)
        (tmp_path / str(year) / "a.xlsx").write_bytes(build_workbook(schema, source=source))
    runner, target = CliRunner(), tmp_path / "历年.xlsx"
    folders = [str(tmp_path / "2023"), str(tmp_path / "2024")]
    told = runner.invoke(build(), ["history", *folders, "-o", str(target), "--no-cache"])
    assert "循环水泵变频改造2台" in told.stdout, told.output
    assert target.is_file()
    book = tmp_path / "汇总.xlsx"
    told = runner.invoke(
        build(), ["batch", folders[1], "--last-year", folders[0], "-o", str(book), "--no-cache"]
    )
    assert "上年对照：1 家有上年填报" in told.stdout, told.output
    sheet = openpyxl.load_workbook(book)["与上年对照"]
    kinds = [row[1] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert kinds.count("计划无下文") == 1


def test_this_years_folder_may_lie_within_last_years(schema: Schema, tmp_path: Path) -> None:
    """And the other way round: no file is taken for one of the other year."""
    (tmp_path / "今年").mkdir()
    for folder, year, text in ((tmp_path, 2023, PLANNED), (tmp_path / "今年", 2024, "2024年取水9.1万吨。")):
        source = replace(make_return({WATER: text}, COMPANY), year=year)
        (folder / f"{year}.xlsx").write_bytes(build_workbook(schema, source=source))
    for folder, last in ((tmp_path / "今年", tmp_path), (tmp_path, tmp_path / "今年")):
        told = CliRunner().invoke(build(), ["batch", str(folder), "--last-year", str(last), "--no-cache"])
        assert "1 家公司" in told.output
        assert ("上年对照：1 家有上年填报" in told.output) == (last == tmp_path)


def test_equal_ids_of_other_questionnaires_are_not_compared(tmp_path: Path) -> None:
    """Last year's list had the questions in another order, and one that is asked no more."""
    asked = {
        "qinghe-2025": ("反腐败培训的场次和人次。", "员工申诉渠道及处理流程。"),
        "qinghe-2026": ("员工申诉渠道及处理流程。", "危险废弃物的处置方式。"),
    }
    said = {
        "反腐败培训的场次和人次。": "2025年组织反腐败培训3场，参训412人次。",
        "员工申诉渠道及处理流程。": "员工申诉渠道有工会信箱和热线电话；处理流程为登记、核实、答复，5个工作日内办结。",
        "危险废弃物的处置方式。": "",
    }
    for name, questions in asked.items():
        lines = "\n".join(f"{number}. {question}" for number, question in enumerate(questions, 1))
        (tmp_path / f"{name}.txt").write_text(f"青禾集团 {name[-4:]} 年度问卷\n{lines}\n", encoding="utf-8")
        made = CliRunner().invoke(
            build(), ["schema", "new", str(tmp_path / f"{name}.txt"), "-o", str(tmp_path / name)]
        )
        assert made.exit_code == 0, made.output
        schema = Editions.of(str(tmp_path / name)).first
        (tmp_path / f"in-{name}").mkdir()
        answers = {item.id: said[item.question] for item in schema.items}
        source = replace(make_return(answers, COMPANY), year=int(name[-4:]))
        (tmp_path / f"in-{name}" / "甲.xlsx").write_bytes(build_workbook(schema, source=source))
    folders = [str(tmp_path / f"in-{name}") for name in asked]
    found = CliRunner().invoke(
        build(),
        [
            "history",
            *folders,
            "--questionnaire",
            str(tmp_path / "qinghe-2026"),
            "--format",
            "json",
            "--no-cache",
        ],
    )
    told = json.loads(found.stdout)
    assert [year["questionnaire"] for year in told["years"]] == ["qinghe-2025", "qinghe-2026"]
    rows = {row["id"]: row["states"] for row in told["items"]}
    assert [set(rows[item]) for item in ("P1.S1.I1", "P1.S1.I2")] == [{"2025", "2026"}, {"2026"}]
    assert rows["qinghe-2025 P1.S1.I1"].keys() == {"2025"}
    assert {(note["kind"], note["item"]) for note in told["notes"]} == {("copied", "P1.S1.I1")}
    now, before = (tmp_path / f"in-{name}" / "甲.xlsx" for name in ("qinghe-2026", "qinghe-2025"))
    alone = CliRunner().invoke(
        build(), ["check", str(now), "--last-year", str(before), "--questionnaire", str(tmp_path / "qinghe-2026"),
                  "--format", "json"],
    )  # fmt: skip
    copied = [
        each["item"]
        for each in json.loads(alone.stdout)["findings"]
        if each["rule"] == "copied-from-last-year"
    ]
    assert copied == ["P1.S1.I1"]
