"""Other groups' questionnaires go all the way: template, check, batch, letters, follow-up, frameworks."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from shutil import copy, copytree

import openpyxl
import pytest

from checker.checking.engine import check
from checker.finding import ItemState
from questionnaire.editions import ChosenBy, Editions
from questionnaire.loader import check_builtin
from questionnaire.reading import read_return
from questionnaire.template import build_workbook
from questionnaire.vocabulary import Numbering
from tests.conftest import ROOT, Run

SAMPLES = ROOT / "samples"
EDITIONS = {
    "supplier-2025": ("supplier", "saq", 25, "Q16 环境管理"),
    "vsme-2025": ("vsme", "eu-vs", 31, "B6.1 Water"),
}


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_questionnaire_is_sound_and_nobodys_default(edition: str) -> None:
    assert check_builtin(edition) == []
    schema = Editions().by_id(edition)
    assert len(schema.items) == EDITIONS[edition][2]
    assert len({schema.label(item.id) for item in schema.items}) == len(schema.items)
    assert (schema.edition.on_request, schema.edition.numbering) == (True, Numbering.MARKER)
    assert Editions().first.edition.id == "dicastal-2024"
    assert Editions().of_year(schema.edition.year).edition.id == "dicastal-2024"


@pytest.mark.parametrize("edition", EDITIONS)
def test_its_template_finds_it_again(edition: str, tmp_path: Path) -> None:
    schema = Editions().by_id(edition)
    (path := tmp_path / "blank.xlsx").write_bytes(build_workbook(schema))
    source, choice = Editions().read(partial(read_return, path))
    assert (choice.schema.edition.id, choice.by, len(source.answers)) == (
        edition, ChosenBy.FILE, EDITIONS[edition][2],
    )  # fmt: skip
    assert check(choice.schema, source).coverage[ItemState.MISSING] == EDITIONS[edition][2]


@pytest.mark.parametrize("edition", EDITIONS)
def test_its_returns_go_all_the_way(edition: str, call: Run, tmp_path: Path) -> None:
    """A return of another questionnaire lies among them, and is set aside by name."""
    name, framework, count, label = EDITIONS[edition]
    folder = Path(copytree(SAMPLES / "questionnaires" / name, tmp_path / "returns"))
    copy(SAMPLES / "poor.txt", folder / "别的.txt")
    target, split = tmp_path / "汇总.xlsx", tmp_path / "退回"
    code, out, _ = call("batch", folder, "-o", target, "--split", split, "--jobs", 1)
    assert (code, "2 家公司" in out) == (1, True)
    book = openpyxl.load_workbook(target, read_only=True)
    heads = next(book["状态矩阵"].iter_rows(min_row=2, max_row=2, values_only=True))
    assert len(heads) == count + 1 and label in heads
    aside = ("别的.txt", "另一份问卷（多数填报是别的问卷）", "dicastal-2024")
    assert aside in [row[:3] for row in book["未计入文件"].iter_rows(values_only=True)]
    lists = sorted(split.iterdir())
    code, out, _ = call("followup", *lists, "--returns", folder, "--campaign", target)
    assert (code, "没有回复" in out) == (1, True)
    code, out, err = call("frameworks", framework, "--returns", folder, "--format", "json")
    states = [row["state"] for row in json.loads(out)["disclosures"]]
    assert (code, "别的.txt：是另一份问卷（dicastal-2024）的填报" in err) == (0, True)
    assert sum(state != "not-asked" for state in states) >= 10
    out = call("frameworks", "hkex", "--returns", folder)[1]
    called = "供应商" if name == "supplier" else "子公司"
    assert f"问卷没有问到：问卷的缺口，不是{called}的" in out


@pytest.mark.parametrize(
    ("text", "edition", "options"),
    [
        (
            "临川精冲（示例）有限公司\n2025年度供应商自评表\n一、商业道德\n"
            '5. 本年是否发生过贪污、贿赂或不正当竞争案件？选"是"的，请写明件数和处理结果。\n答：否\n'
            '16、是否取得环境管理体系认证（如 ISO 14001）？选"是"的，请写明标准、证书编号和有效期；'
            '选"否"的，请写明计划。\n'
            "是，证书编号A-1，有效期至2027年3月。\n",
            "supplier-2025",
            {"P1.S2.I4": "no", "P3.S1.I1": "yes"},
        ),
        (
            "Beispiel (sample) GmbH\nReport 2025\n"
            "B3.2 What were the company's own (scope 1) greenhouse gas emissions in tCO2e?\n131 tCO2e of scope 1.\n"
            "B11.1 Was the company convicted or fined for corruption or bribery? If yes, give the number of "
            "convictions and the fines; if no, nothing more is asked.\nNo.\n",
            "vsme-2025",
            {"P2.S1.I2": None, "P3.S4.I1": "no"},
        ),
    ],
)
def test_a_report_along_its_questions_is_read(
    text: str, edition: str, options: dict[str, str | None], tmp_path: Path
) -> None:
    (path := tmp_path / "report.txt").write_text(text, encoding="utf-8")
    source, choice = Editions().read(partial(read_return, path))
    assert (choice.schema.edition.id, source.company) == (edition, text.splitlines()[0])
    report = check(choice.schema, source)
    given = {item.id: item for item in report.items if item.where is not None}
    assert {name: item.option for name, item in given.items()} == options
    assert {item.state for item in given.values()} == {ItemState.ANSWERED}


def test_a_buyer_extends_it_and_names_itself(call: Run, tmp_path: Path) -> None:
    own = tmp_path / "ruiheng-2026"
    own.mkdir()
    (own / "edition.yaml").write_text(
        "id: ruiheng-2026\nextends: supplier-2025\ntitle: 瑞衡集团供应商自评表\nyear: 2026\nsource: 虚构\n"
        "numbering: marker\nparent: {name: 瑞衡集团, aliases: [瑞衡]}\n",
        encoding="utf-8",
    )
    (own / "changes.yaml").write_text("retired:\n- {id: P4.S2.I1, successor: P4.S1.I2}\n", encoding="utf-8")
    book = tmp_path / "甲.xlsx"
    assert call("template", "-o", book, "--company", "甲公司", "--questionnaire", own)[0] == 0
    found = openpyxl.load_workbook(book)
    assert found["公司信息"]["B8"].value == "ruiheng-2026"
    _, out, _ = call("explain", "Q5", "--questionnaire", own)
    assert "依托瑞衡集团统一管理" in out
    assert Editions.of(str(own)).first.edition.respondents == "供应商"
