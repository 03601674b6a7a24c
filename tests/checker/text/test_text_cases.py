"""The text layer on invented sentences (``tests/cases/text``): one loader, one case a line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker.text.ground.agents import Agents
from checker.text.ground.dates import find_years
from checker.text.ground.nil import find_nils
from checker.text.ground.passages import split
from checker.text.ground.quantities import find_quantities
from checker.text.readers.claims.activities import find_activities
from checker.text.readers.claims.claims import Claim, find_vague_claims
from checker.text.readers.reliance.applicability import read_not_applicable
from checker.text.readers.reliance.delegation import read_delegation
from frameworks.ground.yaml import read_yaml
from questionnaire.schema import Schema

CASES = Path(__file__).parent.parent.parent / "cases" / "text"


def load(name: str) -> Any:
    return read_yaml((CASES / name).read_bytes(), name).data


def claims(text: str) -> tuple[Claim, ...]:
    return find_vague_claims(text, find_quantities(text), split(text), find_nils(text))


@pytest.mark.parametrize(("text", "expected"), load("quantities.yaml")["cases"])
def test_quantities(text: str, expected: list[list[str]]) -> None:
    assert [[q.value, q.unit, q.kind, q.exact] for q in find_quantities(text)] == expected


@pytest.mark.parametrize("text", load("nil.yaml")["fires"])
def test_a_stated_nil(text: str) -> None:
    assert find_nils(text)


@pytest.mark.parametrize("text", load("nil.yaml")["silent"])
def test_no_nil(text: str) -> None:
    assert not find_nils(text)


@pytest.mark.parametrize(("text", "kind"), load("applicability.yaml")["cases"])
def test_not_applicable(text: str, kind: str) -> None:
    assert read_not_applicable(text).kind == kind


@pytest.mark.parametrize(("kind", "text"), load("delegation.yaml")["cases"])
def test_delegation(kind: str, text: str, schema: Schema) -> None:
    parent = schema.edition.parent
    found = read_delegation(text, Agents.of((parent.name, *parent.aliases))).kind
    assert {"suspected": "full"}.get(found, found) == kind


@pytest.mark.parametrize(
    ("text", "provider"),
    [
        ("由中信戴卡统一办理。", "中信戴卡"),
        ("由中信戴卡统一处理。", "中信戴卡"),
        ("由中信戴卡线上审批。", "中信戴卡"),
        ("由中信戴卡部分承担。", "中信戴卡"),
        ("依托中信戴卡方案执行。", "中信戴卡"),
        ("由中信戴卡采购部办理。", "中信戴卡采购部"),
        ("由中信戴卡采购部分管。", "中信戴卡采购部"),
        ("由中信戴卡安环处负责。", "中信戴卡安环处"),
        ("由中信戴卡科技中心负责。", "中信戴卡科技中心"),
        ("由中信戴卡党委办公室统筹。", "中信戴卡党委办公室"),
    ],
)
def test_the_unit_of_the_parent_is_no_half_of_a_verb(text: str, provider: str, schema: Schema) -> None:
    parent = schema.edition.parent
    assert read_delegation(text, Agents.of((parent.name, *parent.aliases))).provider == provider


@pytest.mark.parametrize("text", load("claims.yaml")["fires"])
def test_a_vague_claim(text: str) -> None:
    found = claims(text)
    assert found
    assert all(text[claim.start : claim.end] == claim.text for claim in found)


@pytest.mark.parametrize("text", load("claims.yaml")["silent"])
def test_no_vague_claim(text: str) -> None:
    assert not claims(text)


@pytest.mark.parametrize(
    ("text", "reported", "counted"),
    [
        ("组织消防演练4次。", True, True),
        ("组织消防演练。", True, False),
        ("组织消防演练，共有312人次参加。", True, True),
        ("每年组织一次演练。", True, False),
        ("制定演练计划。", False, False),
        ("配备4台水泵。组织演练。", True, False),
    ],
)
def test_activities(text: str, reported: bool, counted: bool) -> None:
    found = find_activities(text, find_quantities(text), split(text), ("演练",))
    assert (bool(found.reported), found.counted) == (reported, counted)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024年和2023年度", {2023, 2024}),
        ("24年累计投入", {2024}),
        ("合同期24年", set()),
        ("ISO14001:2015", set()),
    ],
)
def test_years(text: str, years: set[int]) -> None:
    assert set(find_years(text, 2024)) == years
