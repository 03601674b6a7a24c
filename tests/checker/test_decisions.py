"""Decisions on a draft edition: filled into the workbook, written into the YAML, told by cell where not understood."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from questionnaire.drafting.decisions import ItemDecision, Policy, decide_item
from questionnaire.loader import check_file, read_schema
from questionnaire.schema import Schema
from questionnaire.vocabulary import Delegable, EvidenceKind, ItemDraft, NotApplicablePolicy
from tests.checker.conftest import QUESTIONS
from tests.conftest import Run

PARTS, DELEGABLE, NOT_APPLICABLE, CONFIRM = "分项（可改）", "可否依托（可改）", "可否不涉及（可改）", "照此"
FIRST = 5  # the row of the first question


@pytest.fixture
def folder(call: Run, tmp_path: Path) -> Path:
    """A draft of four questions."""
    (tmp_path / "清单.txt").write_text(QUESTIONS, encoding="utf-8")
    code, _, err = call("schema", "new", tmp_path / "清单.txt", "-o", tmp_path / "qinghe")
    assert code == 0, err
    return tmp_path / "qinghe"


def fill(
    book: Path,
    rows: Mapping[int, Mapping[str, str]],
    whole: Mapping[str, str] | None = None,
    everything: str = "",
) -> None:
    """Changes cells, as a clerk does: by row and head, by cell of the second sheet, and the one that confirms all."""
    opened = openpyxl.load_workbook(book)
    sheet = opened["待定事项"]
    columns = {str(cell.value): cell.column for cell in sheet[FIRST - 1]}
    for row, cells in rows.items():
        for head, text in cells.items():
            sheet.cell(row, columns[head]).value = text
    for cell, text in (whole or {}).items():
        opened["整份问卷"][cell] = text
    if everything:
        sheet["B3"] = everything
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
    fill(
        folder / "待定事项.xlsx",
        {
            5: {CONFIRM: "对"},
            6: {DELEGABLE: "不可以：处置在本厂", NOT_APPLICABLE: "不可以", CONFIRM: "对"},
            7: {DELEGABLE: "可以"},
        },
        {"B5": "青禾集团、青禾控股", "B6": "2026 年度"},
    )
    code, out, err = call("schema", "decide", folder)
    assert (code, "4 题中有 2 题还是草稿" in out) == (0, True), out + err
    assert "定了 3 题" in err
    assert "part1.bak.yaml" in err
    schema = read_schema(folder)
    undecided = (ItemDraft.ASPECTS, ItemDraft.POLICY)
    assert [item.draft for item in schema.items] == [(), (), undecided, undecided]
    second = schema.by_id["P1.S1.I2"]
    assert (second.delegable, second.delegable_reason) == (Delegable.NO, "处置在本厂")
    assert second.not_applicable is NotApplicablePolicy.NO
    assert schema.by_id["P1.S2.I1"].delegable is Delegable.YES
    assert (
        schema.by_id["P1.S2.I1"].delegable_reason == "可由上级统一办理。"
    )  # the draft's would say the contrary
    assert schema.edition.parent.names == ("青禾集团", "青禾控股")
    assert (schema.edition.year, schema.edition.draft) == (2026, ())
    assert (folder / "part1.bak.yaml").read_bytes() == before
    assert check_file(folder) == []
    now = (folder / "part1.yaml").read_bytes()
    code, _, err = call("schema", "decide", folder)
    assert (code, "没有要改的" in err) == (0, True)
    assert (folder / "part1.yaml").read_bytes() == now


@pytest.mark.parametrize(
    ("old", "new", "reason", "expected"),
    [
        ("no", Delegable.WITH_EXPLANATION, "事项发生在本公司现场，须由本公司填报。", "可由上级统一办理，须说明"),
        ("no", Delegable.YES, "数字和事实由本公司发生和掌握，须由本公司填报。", "可由上级统一办理。"),
        ("with-explanation", Delegable.NO, "可由上级统一办理，须说明分工和本公司的落实情况；数字由本公司填报。",
         "须由本公司填报。"),
        ("no", Delegable.NO, "事项发生在本公司现场，须由本公司填报。", "事项发生在本公司现场"),
        ("no", Delegable.YES, "集团2025年3号文。", "集团2025年3号文。"),
    ],
)  # fmt: skip
def test_a_drafted_reason_goes_with_what_is_decided(
    old: str, new: Delegable, reason: str, expected: str
) -> None:
    node = {"id": "P1.S1.I1", "delegable": old, "delegable_reason": reason, "aspects": []}
    decide_item(node, ItemDecision("P1.S1.I1", delegable=Policy(new)))
    assert node["delegable"] == new.value
    assert str(node["delegable_reason"]).startswith(expected)


def test_one_cell_confirms_all_that_is_as_drafted(call: Run, folder: Path) -> None:
    fill(folder / "待定事项.xlsx", {6: {PARTS: "a. 危险废弃物的处置方式"}}, everything="是")
    edit(folder / "part1.yaml", ("ask: 节电措施", "ask: 节电的措施"))  # by hand, after the workbook was made
    code, out, err = call("schema", "decide", folder)
    assert (code, "4 题都已确认" in out) == (0, True), out + err
    schema = read_schema(folder)
    assert schema.edition.draft == ()
    assert asks(schema, "P1.S1.I1")[1] == "节电的措施"
    assert asks(schema, "P1.S1.I2") == ["危险废弃物的处置方式"]


def test_a_workbook_given_out_before(call: Run, folder: Path) -> None:
    """Its cells were blank, and 对 said that the draft is right."""
    book = openpyxl.load_workbook(folder / "待定事项.xlsx")
    sheet = book["待定事项"]
    sheet.delete_cols(8, 3)
    for column, head in ((4, "分项（请填写）"), (5, "可否依托（请填写）"), (6, "可否不涉及（请填写）")):
        sheet.cell(FIRST - 1, column).value = head
        for row in range(FIRST, FIRST + 4):
            sheet.cell(row, column).value = "对" if row == FIRST else None
    book.save(folder / "待定事项.xlsx")
    code, out, err = call("schema", "decide", folder)
    assert (code, "4 题中有 3 题还是草稿" in out) == (0, True), out + err


def test_a_draft_proposes_policies_by_kind(folder: Path) -> None:
    schema = read_schema(folder)
    told = [(item.delegable, item.not_applicable) for item in schema.items]
    assert told == [
        (Delegable.NO, NotApplicablePolicy.NO),  # use of energy happens on the site, and everybody has it
        (Delegable.NO, NotApplicablePolicy.WITH_REASON),  # waste
        (Delegable.NO, NotApplicablePolicy.NO),  # figures alone
        (Delegable.NO, NotApplicablePolicy.NO),  # whoever complains works there
    ]


def test_parts_are_written_anew(call: Run, folder: Path) -> None:
    """Kept by the letter, reworded, left out, and new; what is left out keeps its id."""
    lines = "a. 年度用电量（万千瓦时）（数据、万千瓦时）\n· 是否使用绿电\n- 绿电的电量（数据，千瓦时）"
    fill(folder / "待定事项.xlsx", {5: {PARTS: lines}, 7: {PARTS: "b) 参训人次\nA．反腐败培训的场次"}})
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
    fill(folder / "待定事项.xlsx", {5: {PARTS: "a. 年度用电量（万千瓦时）\nb. 节电措施（文字）"}})
    assert call("schema", "decide", folder)[0] == 0
    assert asks(read_schema(folder), "P1.S1.I1") == ["年度用电量（万千瓦时）", "节电措施"]


@pytest.mark.parametrize(
    ("line", "ask", "kind", "unit"),
    [
        (
            "· 召回的批数（数字、箩）",
            "召回的批数",
            EvidenceKind.FIGURE,
            ("箩",),
        ),  # taken, and told by the check
        ("· 单位产品耗水量（数据、立方米/吨）", "单位产品耗水量", EvidenceKind.FIGURE, ("立方米/吨",)),
        ("· 证书编号（文字）", "证书编号", EvidenceKind.TEXT, ()),
        ("· 举报渠道（电话、邮箱）", "举报渠道（电话、邮箱）", EvidenceKind.TEXT, ()),
        ("· 召回情况（数据、批次和召回的原因）", "", None, ()),
    ],
)
def test_what_stands_in_brackets(
    call: Run, folder: Path, line: str, ask: str, kind: EvidenceKind | None, unit: tuple[str, ...]
) -> None:
    fill(folder / "待定事项.xlsx", {5: {PARTS: line}})
    code, _, err = call("schema", "decide", folder)
    if kind is None:
        assert (code, "看不懂" in err) == (1, True)
        return
    found = read_schema(folder).by_id["P1.S1.I1"].judged[0]
    assert (found.ask, found.evidence, found.unit) == (ask, kind, unit), err
    assert ("不认得" in err) == (unit == ("箩",))


def test_a_line_of_the_list_becomes_a_question(call: Run, tmp_path: Path) -> None:
    (tmp_path / "清单.txt").write_text(f"{QUESTIONS}第三章 年度取水量和节水措施\n", encoding="utf-8")
    folder = tmp_path / "qinghe"
    code, _, err = call("schema", "new", tmp_path / "清单.txt", "-o", folder)
    assert (code, "有 1 行没有当作题目" in err, "「未当作题目」表" in err) == (0, True, True)
    book = openpyxl.load_workbook(folder / "待定事项.xlsx")
    sheet = book["未当作题目"]
    sheet["B5"], sheet["C5"] = "是", "P1.S1.I1"
    book.save(folder / "待定事项.xlsx")
    code, _, err = call("schema", "decide", folder)
    assert (code, "P1.S1.I3 新增一题：年度取水量和节水措施" in err) == (0, True), err
    schema = read_schema(folder)
    assert [item.id for item in schema.items][:3] == ["P1.S1.I1", "P1.S1.I3", "P1.S1.I2"]
    assert asks(schema, "P1.S1.I3") == ["年度取水量", "节水措施"]
    assert call("schema", "decide", folder)[0] == 0
    assert len(read_schema(folder).items) == 5
    fill(folder / "待定事项.xlsx", {}, everything="是")
    assert "5 题都已确认" in call("schema", "decide", folder)[1]


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
        {5: {DELEGABLE: "可以", NOT_APPLICABLE: "可以"}, 6: {PARTS: "对"}},
    )
    fill(folder / "待定事项.xlsx", {5: {PARTS: "a. 年度用电量（万千瓦时）\nb. 节电措施\n· 光伏装机容量"}})
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
            5: {PARTS: "第二项不对", DELEGABLE: "是", CONFIRM: "看过了"},
            6: {"编号": "P9.S9.I9", CONFIRM: "对", PARTS: "· 别的"},
            7: {"题干": "别的题", CONFIRM: "对"},
            8: {PARTS: "a. 员工申诉渠道\na. 处理流程"},
        },
        {"B6": "明年"},
        everything="大概",
    )
    code, _, err = call("schema", "decide", folder)
    assert code == 1
    for cell in (
        "「待定事项」 › B3",
        "「待定事项」 › D5",
        "「待定事项」 › E5",
        "「待定事项」 › G5",
        "「待定事项」 › A6",
        "「待定事项」 › C7",
        "「待定事项」 › D8",
        "「整份问卷」 › B6",
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
    fill(folder / "待定事项.xlsx", {5: {PARTS: "a. 年度用电量（万千瓦时）"}})
    code, _, err = call("schema", "decide", folder)
    assert (code, "› D5：P1.S1.I1 照此改不成立" in err) == (1, True)


def test_other_files(call: Run, folder: Path, tmp_path: Path) -> None:
    for named in (folder, folder / "待定事项.xlsx", folder / "part1.yaml"):
        assert "没有填写任何决定" in call("schema", "decide", named)[2]
    code, _, err = call("schema", "decied", folder)
    assert (code, "没有名为 decied 的命令" in err, "decide" in err) == (2, True, True)
    other = tmp_path / "别的.xlsx"
    openpyxl.Workbook().save(other)
    code, _, err = call("schema", "decide", folder, "--decisions", other)
    assert code == 3, err
    (folder / "待定事项.xlsx").rename(tmp_path / "定.xlsx")
    code, _, err = call("schema", "decide", folder)
    assert (code, "--decisions" in err) == (2, True)
    assert call("schema", "decide", folder, "--decisions", tmp_path / "定.xlsx")[0] == 0
    code, _, err = call("schema", "decide", folder.with_name(f"{folder.name}x"))
    assert (code, "也不是问卷文件夹" in err, f"是否指：{folder}" in err) == (2, True, True), err
    for command in (("schema", "check"), ("schema",)):
        code, _, err = call(*command, tmp_path / "定.xlsx")
        assert (code, "定.xlsx：这是 Excel 或 Word 文件" in err, "文件夹" in err) == (2, True, True)


def test_in_english(call: Run, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(
        "1. Number of employees and hours of training.\n2. Describe the code of conduct.\n"
    )
    call("--lang", "en", "schema", "new", tmp_path / "list.txt", "-o", tmp_path / "plant")
    book = openpyxl.load_workbook(tmp_path / "plant" / "decisions.xlsx")
    sheet = book["Decisions"]
    sheet["E5"], sheet["F5"], sheet["G5"] = "with explanation", "not allowed", "right"
    book["Questionnaire"]["B5"] = "none"
    book.save(tmp_path / "plant" / "decisions.xlsx")
    code, out, err = call("--lang", "en", "schema", "decide", tmp_path / "plant")
    assert (code, "1 of 2 questions are still draft" in out) == (0, True), out + err
    assert read_schema(tmp_path / "plant").edition.parent.names == ()
