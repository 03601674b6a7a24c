"""The ledger on a parent's return and delegations that were written before its code was read.

``material/ledger*.yaml`` hold them with the closures a fair reviewer gives; the share that is right is a floor, of
each file its own where ``least`` stands: voices that were only measured, never worked on.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checker.campaign.ledger import ParentReturn
from checker.campaign.pages import gather
from checker.reading.answers import read_answers
from checker.report.excel.campaign_rows import RowWording
from checker.rules.peers import Closing
from checker.wording import wording
from frameworks.ground.yaml import read_yaml
from questionnaire.editions import Editions
from questionnaire.schema import Schema
from questionnaire.vocabulary import Delegable
from tests.conftest import make_return, make_returns

MATERIAL = Path(__file__).parent / "material"
LEAST = 0.85


@pytest.mark.parametrize("name", sorted(path.name for path in MATERIAL.glob("ledger*.yaml")))
def test_closures(name: str, schema: Schema, tmp_path: Path) -> None:
    data: Any = read_yaml((MATERIAL / name).read_bytes(), name).data
    parent = ParentReturn(schema, read_answers(schema, make_return(dict(data["parent"]), "中信戴卡")))
    answers: dict[str, dict[str, str]] = {company: {} for company in data["companies"].values()}
    for key, item, answer, _ in data["delegations"]:
        answers[data["companies"][key]][item] = answer
    campaign = gather(Editions(), make_returns(answers, schema, tmp_path), parent, date(2025, 3, 1))
    closed = {
        (page.entry.company, row.delegated.item): row.closing.value
        for page in campaign.pages()
        for row in page.closed
    }
    wrong = []
    for key, item, answer, wanted in data["delegations"]:
        got = closed.get((data["companies"][key], item), "no delegation read")
        if got not in (wanted if isinstance(wanted, list) else [wanted]):
            wrong.append(f"{key} {item} {answer}: {got}, not {wanted}")
    share = 1 - len(wrong) / len(data["delegations"])
    print(f"{name}: {share:.3f}", *wrong, sep="\n")
    assert share >= data.get("least", LEAST), "\n".join(wrong)


def rows_of(parent: str, answer: str, schema: Schema, tmp_path: Path, item: str = "P2.S1.I1"):  # type: ignore[no-untyped-def]
    """The ledger's rows and findings of one delegation by one company."""
    said = ParentReturn(schema, read_answers(schema, make_return({item: parent}, "中信戴卡")))
    answers = {"青峰铸件有限公司": {item: answer}}
    campaign = gather(Editions(), make_returns(answers, schema, tmp_path), said, date(2025, 3, 1))
    (page,) = campaign.pages()
    return page.closed, [found.rule for found in page.report.findings if found.item == item]


COVERS = "2024年集团对各子公司统一组织该项工作，全年检查4次，覆盖全部工厂。"


def test_what_may_not_be_delegated_is_not_closed_by_the_parent(schema: Schema, tmp_path: Path) -> None:
    (row,), rules = rows_of(COVERS, "均依托中信戴卡", schema, tmp_path)
    assert row.closing is Closing.MET
    assert row.returned
    assert rules.count("delegated-item") == 1
    worded = RowWording([schema], wording()).ledger(row)
    assert worded[6] == "不可依托"
    assert "请该公司自行填报" in worded[9]
    may = next(item.id for item in schema.items if item.delegable is Delegable.YES)
    (row,), _ = rows_of(COVERS, "均依托中信戴卡", schema, tmp_path, may)
    assert not row.returned
    assert RowWording([schema], wording()).ledger(row)[6] == "已闭环"


def test_a_stranger_leaves_the_parents_own_words(schema: Schema, tmp_path: Path) -> None:
    (row,), _ = rows_of(COVERS, "本项工作依托远山科技集团有限公司统一组织", schema, tmp_path)
    assert row.closing is Closing.PROVIDER_UNKNOWN
    assert row.said == COVERS


@pytest.mark.parametrize("answer", ["统一按股份公司有关规定执行", "以集团公司发布的为准"])
def test_the_company_above_is_no_stranger(answer: str, schema: Schema, tmp_path: Path) -> None:
    rows, _ = rows_of(COVERS, f"本项{answer}，本公司依托中信戴卡。", schema, tmp_path)
    assert [row.closing for row in rows] == [Closing.MET]
