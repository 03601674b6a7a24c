"""A group of several levels: who belongs to whom, sums by sub-group, delegations passed on, lists, waivers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from checker.campaign.ledger import ParentReturn
from checker.campaign.options import Options
from checker.campaign.pages import Campaign, gather
from checker.campaign.rollup import roll_up
from checker.campaign.roster import ListedCompany, read_roster, stand
from checker.campaign.rounds import Memory
from checker.campaign.steps import Superiors
from checker.campaign.tree import Tree
from checker.checking.settings import Settings, load_in
from checker.reading.answers import read_answers
from checker.report.campaign_output import write_all
from checker.rules.peers import Closing
from checker.wording import wording
from frameworks.ground.errors import InputError, SchemaErrors
from questionnaire.cells import squeeze
from questionnaire.editions import Editions
from questionnaire.schema import Schema
from tests.conftest import make_return, make_returns

HOLDING, NORTH, SOUTH = "中信戴卡", "北方轮毂（示例）有限公司", "南方铸造（示例）有限公司"
ONE, TWO, THREE, FOUR, ALONE = (
    f"{name}（示例）有限公司" for name in ("甲工厂", "乙工厂", "丙工厂", "丁工厂", "戊贸易")
)
BOARD, BRAND = "P1.S1.I1", "P4.S1.I1"
ROSTER = [
    ("公司名称", "上级单位"), (NORTH, HOLDING), (SOUTH, ""), (ONE, NORTH), (TWO, NORTH), (THREE, SOUTH), (FOUR, SOUTH),
    (ALONE, HOLDING),
]  # fmt: skip
COVERS = "2024年{}对所属各工厂统一组织该项工作，全年检查4次，覆盖全部工厂。"
ANSWERS: Mapping[str, Mapping[str, str]] = {
    NORTH: {BOARD: "本项依托中信戴卡统一管理。", BRAND: COVERS.format("北方轮毂")},
    SOUTH: {BOARD: "依托中信戴卡。", BRAND: "依托中信戴卡。"},
    ONE: {BOARD: "由北方轮毂统一管理。", BRAND: "依托北方轮毂统一组织。"},
    TWO: {BOARD: "依托集团统一管理。", BRAND: "依托中信戴卡。"},
    THREE: {BOARD: "均依托南方铸造。"},
}


def roster_of(folder: Path, rows: list[tuple[str, str]]) -> Path:
    """A roster as a file."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "名单.xlsx")
    return folder / "名单.xlsx"


@pytest.fixture
def campaign(schema: Schema, tmp_path: Path) -> Campaign:
    return campaign_of(schema, tmp_path)


def campaign_of(schema: Schema, folder: Path, settings: Settings = Settings()) -> Campaign:  # noqa: B008
    """The group above, with the holding's own return."""
    listed = read_roster(roster_of(folder, ROSTER))
    holding = make_return({BOARD: COVERS.format("集团").replace("工厂", "子公司")}, HOLDING)
    parent = ParentReturn(schema, read_answers(schema, holding))
    tree = Tree.of(listed, parent.names)
    returns = make_returns(ANSWERS, schema, folder, above=tree.inner())

    above = {
        squeeze(name): ParentReturn(
            schema, read_answers(schema, make_return(dict(ANSWERS[name]), name), above=tree.inner())
        )
        for name in (NORTH, SOUTH)
    }
    today = date(2025, 3, 1)
    return gather(
        Editions(), returns, parent, today, standings=stand(listed, returns.entries, today), settings=settings,
        superiors=Superiors(tree, parent, above), strict=True,
    )  # fmt: skip


def test_a_roster_is_a_tree_by_the_companies_above(campaign: Campaign) -> None:
    assert campaign.superiors is not None
    tree = campaign.superiors.tree
    assert tree.above(ONE) == (NORTH,)
    assert tree.group(ONE) == tree.group(NORTH) == NORTH
    assert tree.group(ALONE) == ""
    assert tree.inner() == (NORTH, SOUTH, "北方轮毂", "南方铸造")


def test_a_division_that_reports_nothing_itself_is_a_level_all_the_same() -> None:
    listed = [ListedCompany(ONE, parent="北方事业部"), ListedCompany(TWO, parent=ONE), ListedCompany(THREE)]
    tree = Tree.of(listed)
    assert tree.above(TWO) == (ONE, "北方事业部")
    assert tree.group(TWO) == "北方事业部"
    assert [(tree.names[key], depth) for key, depth in tree.walk()] == [("北方事业部", 0), (ONE, 1)]
    assert not Tree.of([ListedCompany(ONE), ListedCompany(TWO)])


def test_a_circle_is_refused() -> None:
    listed = [ListedCompany(ONE, parent=TWO), ListedCompany(TWO, parent=ONE)]
    with pytest.raises(InputError) as caught:
        Tree.of(listed, file="名单.xlsx")
    assert wording().error(caught.value).startswith("名单.xlsx：名单的上级单位绕成了圈")


def test_a_delegation_is_followed_to_who_answers(campaign: Campaign) -> None:
    """The sub-group answers itself, passes on to the holding, or is left out where the holding is named."""
    rows = {(row.company, row.delegated.item): row for page in campaign.pages() for row in page.closed}
    assert (rows[ONE, BRAND].closing, rows[ONE, BRAND].by, rows[ONE, BRAND].via) == (Closing.MET, NORTH, ())
    for company, passed in ((ONE, NORTH), (TWO, NORTH), (THREE, SOUTH)):
        row = rows[company, BOARD]
        assert (row.closing, row.by, row.via) == (Closing.MET, HOLDING, (passed,))
    assert (rows[TWO, BRAND].closing, rows[TWO, BRAND].by) == (Closing.PARENT_BLANK, HOLDING)


def test_sub_groups_are_summed(campaign: Campaign) -> None:
    gaps = {entry.company: (2, 1, 0) for entry in campaign.returns.entries}
    north, south, alone = roll_up(campaign, gaps)
    assert (north.name, north.companies, north.gaps, north.returned) == (NORTH, 3, (6, 3, 0), 3)
    assert (south.name, south.companies, south.gaps) == (SOUTH, 3, (4, 2, 0))
    assert south.states.total() == 2 * len(campaign.schema.items)
    assert (alone.name, alone.companies) == ("", 1)


def test_the_workbook_and_the_lists_follow_the_tree(campaign: Campaign, tmp_path: Path) -> None:
    book, split, letters = tmp_path / "汇总.xlsx", tmp_path / "退回", tmp_path / "函件"
    options = Options(tmp_path, book, split=split, letters=letters)
    write_all(options, campaign, Memory(), wording(), tell=lambda line: None)
    written = openpyxl.load_workbook(book)
    groups = [row[:4] for row in written["分级汇总"].iter_rows(min_row=3, values_only=True)]
    assert groups == [(NORTH, 3, 3, 0), (SOUTH, 3, 2, 0), ("（直属公司）", 1, 0, 0)]
    ledger = list(written["依托台账"].iter_rows(min_row=3, values_only=True))
    assert {(row[0], row[2], row[-2], row[-1]) for row in ledger} >= {
        (THREE, BOARD, SOUTH, HOLDING), (ONE, BRAND, None, NORTH),
    }  # fmt: skip
    folders = {
        path.parent.name[:4]: {each.name[:3] for each in path.parent.iterdir()}
        for path in split.rglob("*.xlsx")
    }
    assert folders == {"北方轮毂": {"北方轮", "甲工厂", "乙工厂"}, "南方铸造": {"南方铸", "丙工厂"}}
    sent = {
        folder.name[:4]: {each.name[:5] for each in folder.iterdir() if each.suffix == ".docx"}
        for folder in letters.iterdir()
        if folder.is_dir()
    }
    assert sent == {
        "北方轮毂": {"北方轮毂（", "甲工厂（示", "乙工厂（示"}, "南方铸造": {"南方铸造（", "丙工厂（示", "催报-丁工"},
    }  # fmt: skip
    assert [each.name[:6] for each in letters.glob("*.docx")] == ["催报-戊贸易"]


def test_a_waiver_holds_below_where_it_says_so(schema: Schema, tmp_path: Path) -> None:
    """The same gap of the plants below is accepted; that of another sub-group is not."""
    first = campaign_of(schema, tmp_path)
    wanted = ("blank-answer", "P6.S1.I1")

    def found(campaign: Campaign) -> dict[str, tuple[int, int]]:
        return {
            page.entry.company: (
                sum((each.rule, each.item) == wanted for each in page.report.findings),
                sum((each.finding.rule, each.finding.item) == wanted for each in page.report.waived),
            )
            for page in campaign.pages()
        }  # fmt: skip

    page = next(page for page in first.pages() if page.entry.company == NORTH)
    finding = next(each for each in page.report.findings if (each.rule, each.item) == wanted)
    entry = f"waivers:\n- fingerprint: '{finding.fingerprint}'\n  who: 集团\n  why: 由工会填报\n  until: 2025-12-31\n"
    (tmp_path / "esgcheck.yaml").write_text(entry, encoding="utf-8")
    assert found(campaign_of(schema, tmp_path, load_in(tmp_path)))[ONE] == (1, 0)
    (tmp_path / "esgcheck.yaml").write_text(entry + "  below: true\n", encoding="utf-8")
    after = found(campaign_of(schema, tmp_path, load_in(tmp_path)))
    assert after == {NORTH: (0, 1), ONE: (0, 1), TWO: (0, 1), SOUTH: (1, 0), THREE: (1, 0)}
    (tmp_path / "esgcheck.yaml").write_text(entry + "  below: 是\n", encoding="utf-8")
    with pytest.raises(SchemaErrors, match="waiver-bad-below"):
        load_in(tmp_path)
