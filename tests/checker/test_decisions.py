"""Decisions on a draft edition: filled into the workbook, written into the YAML, told by cell where not understood."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from questionnaire.loader import check_file, read_schema
from questionnaire.schema import Schema
from questionnaire.vocabulary import Delegable, EvidenceKind, ItemDraft, NotApplicablePolicy
from tests.checker.conftest import QUESTIONS
from tests.conftest import Run

PARTS, DELEGABLE, NOT_APPLICABLE = "分项（请填写）", "可否依托（请填写）", "可否不涉及（请填写）"


@pytest.fixture
def folder(call: Run, tmp_path: Path) -> Path:
    """A draft of four questions."""
    (tmp_path / "清单.txt").write_text(QUESTIONS, encoding="utf-8")
    code, _, err = call("schema", "new", tmp_path / "清单.txt", "-o", tmp_path / "qinghe")
    assert code == 0, err
    return tmp_path / "qinghe"


def fill(book: Path, rows: Mapping[int, Mapping[str, str]], whole: Mapping[str, str] | None = None) -> None:
    """Fills cells, as a clerk does: by row and head on the first sheet, by cell on the second."""
    opened = openpyxl.load_workbook(book)
    sheet = opened["待定事项"]
    columns = {str(cell.value): cell.column for cell in sheet[3]}
    for row, cells in rows.items():
        for head, text in cells.items():
            sheet.cell(row, columns[head]).value = text
    for cell, text in (whole or {}).items():
        opened["整份问卷"][cell] = text
    opened.save(book)


def edit(file: Path, *pairs: tuple[str, str]) -> None:
    """Changes a file by hand, once for each pair."""
    text = file.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")


def asks(schema: Schema, item: str) -> list[str]:
    """What an item asks for now."""
    return [aspect.ask for aspect in schema.by_id[item].judged]


def test_what_is_decided_is_draft_no_longer(call: Run, folder: Path) -> None:
    before = (folder / "part1.yaml").read_bytes()
    everything = {PARTS: "对", DELEGABLE: "对", NOT_APPLICABLE: "对"}
    fill(
        folder / "待定事项.xlsx",
        {
            4: everything,
            5: {**everything, DELEGABLE: "不可以：处置在本厂", NOT_APPLICABLE: "不可以"},
            6: {PARTS: "对"},
        },
        {"C4": "青禾集团、青禾控股", "C5": "2026 年度"},
    )
    code, out, err = call("schema", "decide", folder)
    assert (code, "4 题中有 2 题还是草稿" in out) == (0, True), out + err
    assert "定了 3 题" in err
    assert "part1.bak.yaml" in err
    schema = read_schema(folder)
    assert [item.draft for item in schema.items] == [
        (), (), (ItemDraft.POLICY,), (ItemDraft.ASPECTS, ItemDraft.POLICY)
    ]  # fmt: skip
    second = schema.by_id["P1.S1.I2"]
    assert (second.delegable, second.delegable_reason) == (Delegable.NO, "处置在本厂")
    assert second.not_applicable is NotApplicablePolicy.NO
    assert schema.edition.parent.names == ("青禾集团", "青禾控股")
    assert (schema.edition.year, schema.edition.draft) == (2026, ())
    assert (folder / "part1.bak.yaml").read_bytes() == before
    assert check_file(folder) == []
    now = (folder / "part1.yaml").read_bytes()
    code, _, err = call("schema", "decide", folder)
    assert (code, "没有要改的" in err) == (0, True)
    assert (folder / "part1.yaml").read_bytes() == now


def test_parts_are_written_anew(call: Run, folder: Path) -> None:
    """Kept by the letter, reworded, left out, and new; what is left out keeps its id."""
    lines = "a. 年度用电量（万千瓦时）（数据、万千瓦时）\n· 是否使用绿电\n- 绿电的电量（数据，千瓦时）"
    fill(folder / "待定事项.xlsx", {4: {PARTS: lines}, 6: {PARTS: "b) 参训人次\nA．反腐败培训的场次"}})
    code, _, err = call("schema", "decide", folder)
    assert code == 0, err
    schema = read_schema(folder)
    assert asks(schema, "P1.S1.I1") == ["年度用电量（万千瓦时）", "是否使用绿电", "绿电的电量"]
    first = schema.by_id["P1.S1.I1"]
    assert [aspect.id[-1] for aspect in first.aspects] == ["a", "b", "c", "d"]
    assert first.aspects[1].retired
    assert first.judged[1].evidence is EvidenceKind.YES_NO
    assert (first.judged[2].evidence, first.judged[2].unit) == (EvidenceKind.FIGURE, ("千瓦时",))
    assert asks(schema, "P1.S2.I1") == ["反腐败培训的场次", "参训人次"]
    assert schema.by_id["P1.S2.I1"].judged[1].unit == ("人次",)
    assert "不再问：节电措施" in err
    fill(folder / "待定事项.xlsx", {4: {PARTS: "a. 年度用电量（万千瓦时）\nb. 节电措施"}})
    assert call("schema", "decide", folder)[0] == 0
    assert asks(read_schema(folder), "P1.S1.I1") == ["年度用电量（万千瓦时）", "节电措施"]


def test_edits_by_hand_stay(call: Run, folder: Path) -> None:
    """Remarks, quotes, order, line ends; and a remark on a point that is decided."""
    part = folder / "part1.yaml"
    edit(
        part,
        (
            "    draft: [aspects, policy]\n",
            "    draft:\n    - aspects  # 张三在核对\n    # 法务已看\n    - policy\n",
        ),
        ("title: 环境", "title: '环境'  # 节名不改"),
        ("  - id: P1.S1.I2\n", "  # 下一题由安环部定\n\n  - id: P1.S1.I2\n"),
    )
    part.write_bytes(part.read_bytes().replace(b"\n", b"\r\n"))
    fill(
        folder / "待定事项.xlsx",
        {4: {PARTS: "对\n", DELEGABLE: "可以", NOT_APPLICABLE: "可以"}, 5: {PARTS: "对"}},
    )
    fill(folder / "待定事项.xlsx", {4: {PARTS: "a. 年度用电量（万千瓦时）\nb. 节电措施\n· 光伏装机容量"}})
    code, _, err = call("schema", "decide", folder)
    assert code == 0, err
    now = part.read_bytes()
    text = now.decode()
    assert now.count(b"\n") == now.count(b"\r\n")
    for kept in ("张三在核对", "法务已看", "title: '环境'  # 节名不改", "# 下一题由安环部定"):
        assert kept in text
    assert text.index("光伏装机容量") < text.index("# 下一题由安环部定") < text.index("id: P1.S1.I2")
    schema = read_schema(folder)
    assert [item.draft for item in schema.items[:2]] == [(), (ItemDraft.POLICY,)]


def test_what_is_not_understood_is_told_by_its_cell(call: Run, folder: Path) -> None:
    before = (folder / "part1.yaml").read_bytes()
    fill(
        folder / "待定事项.xlsx",
        {
            4: {PARTS: "第二项不对", DELEGABLE: "也许"},
            5: {"编号": "P9.S9.I9", PARTS: "对"},
            6: {"题干": "别的题", PARTS: "对"},
            7: {PARTS: "a. 员工申诉渠道\na. 处理流程"},
        },
        {"C5": "明年"},
    )
    code, _, err = call("schema", "decide", folder)
    assert code == 1
    for cell in (
        "「待定事项」 › F4",
        "「待定事项」 › G4",
        "「待定事项」 › A5",
        "「待定事项」 › C6",
        "「待定事项」 › F7",
        "「整份问卷」 › C5",
    ):
        assert f"待定事项.xlsx › {cell}：" in err
    assert "「可以」「可以，须说明」「不可以」" in err
    assert (folder / "part1.yaml").read_bytes() == before
    assert not (folder / "part1.bak.yaml").exists()


def test_a_decision_that_cannot_be(call: Run, folder: Path) -> None:
    """An item that is ticked has one part that asks yes or no."""
    edit(
        folder / "part1.yaml",
        ("    key: q.", "    options: true\n    key: q."),
        ("      ask: 节电措施\n", "      ask: 节电措施\n      evidence: yes-no\n"),
    )
    assert check_file(folder) == []
    fill(folder / "待定事项.xlsx", {4: {PARTS: "a. 年度用电量（万千瓦时）"}})
    code, _, err = call("schema", "decide", folder)
    assert (code, "› F4：P1.S1.I1 照此改不成立" in err) == (1, True)


def test_other_files(call: Run, folder: Path, tmp_path: Path) -> None:
    assert "没有填写任何决定" in call("schema", "decide", folder)[2]
    other = tmp_path / "别的.xlsx"
    openpyxl.Workbook().save(other)
    code, _, err = call("schema", "decide", folder, "--decisions", other)
    assert code == 3, err
    (folder / "待定事项.xlsx").rename(tmp_path / "定.xlsx")
    code, _, err = call("schema", "decide", folder)
    assert (code, "--decisions" in err) == (2, True)
    assert call("schema", "decide", folder, "--decisions", tmp_path / "定.xlsx")[0] == 0
    assert call("schema", "decide", tmp_path / "没有")[0] == 2


def test_in_english(call: Run, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(
        "1. Number of employees and hours of training.\n2. Describe the code of conduct.\n"
    )
    call("--lang", "en", "schema", "new", tmp_path / "list.txt", "-o", tmp_path / "plant")
    book = openpyxl.load_workbook(tmp_path / "plant" / "decisions.xlsx")
    sheet = book["Decisions"]
    sheet["F4"], sheet["G4"], sheet["H4"] = "right", "with explanation", "not allowed"
    book["Questionnaire"]["C4"] = "none"
    book.save(tmp_path / "plant" / "decisions.xlsx")
    code, out, err = call("--lang", "en", "schema", "decide", tmp_path / "plant")
    assert (code, "1 of 2 questions are still draft" in out) == (0, True), out + err
    assert read_schema(tmp_path / "plant").edition.parent.names == ()
