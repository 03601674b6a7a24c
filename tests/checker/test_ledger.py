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
from frameworks.ground.yaml import read_yaml
from questionnaire.editions import Editions
from questionnaire.schema import Schema
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
