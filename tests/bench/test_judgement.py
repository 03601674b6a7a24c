"""The bench itself: labels in, figures out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.checking.engine import check
from checker.reading.answers import read_answers
from checker.rules import RULES
from questionnaire.schema import Schema
from tests.bench.judgement import fallen
from tests.bench.labelling import Labels, as_labels, read_data, read_labels, worked_reading
from tests.bench.ours import LABELS
from tests.bench.reliability import as_yaml
from tests.bench.scoring import Score, Tally, compare
from tests.conftest import make_return

ANSWERS = {
    "P2.S2.I6": "工会与公司签订了集体合同，2026年底到期。",  # half of it is missing
    "P3.S5.I1": "通过设备改造，大大降低了污染物的排放。",
    "P4.S3.I1": "依托中信戴卡",
    "P6.S1.I1": "不涉及。",
}


def score(schema: Schema, **labels: object) -> Score:
    source = make_return(dict(ANSWERS))
    report = check(schema, source, strict=True)
    return compare(report, read_answers(schema, source), as_labels(labels), RULES)


def test_a_planted_fault_is_caught_and_its_finding_is_right(schema: Schema) -> None:
    fault = {"rule": "vague-claim", "item": "P6.S1.I1", "items": ["P3.S5.I1"]}
    found = score(schema, items={"P3.S5.I1": {"missing_aspects": ["a", "b", "c", "d"]}}, planted=[fault])
    assert found.rules["vague-claim"] == Tally(found=1, right=1, expected=1, caught=1)
    assert not [line for line in found.false if line.startswith("vague-claim")]


def test_what_labels_do_not_bear_out_is_false_and_listed(schema: Schema) -> None:
    found = score(schema, items={"P6.S1.I1": {"state": "not_applicable"}})
    assert [line.split()[0] for line in found.false] == ["na-without-reason"]
    assert found.states == Tally(expected=1, caught=1)


def test_items_without_labels_and_notices_are_not_judged(schema: Schema) -> None:
    found = score(schema, items={})
    assert not found.false
    assert found.unjudged > 70


def test_missing_aspects_and_delegation(schema: Schema) -> None:
    items = {
        "P2.S2.I6": {"state": "partial", "missing_aspects": ["b"], "delegation": "none"},
        "P4.S3.I1": {"state": "delegated", "delegation": "full"},
    }
    found = score(schema, items=items)
    assert found.aspects == Tally(found=1, right=1, expected=1, caught=1)
    assert found.delegation == Tally(expected=2, caught=2)
    assert found.rules["delegated-item"] == Tally(found=1, right=1)
    assert not found.false


def test_an_accepted_rule_is_neither_a_miss_nor_false(schema: Schema) -> None:
    fault = {"rule": "activity-uncounted", "item": "P6.S1.I1", "accept_rules": ["na-without-reason"]}
    found = score(schema, items={"P6.S1.I1": {}}, planted=[fault])
    assert found.rules["activity-uncounted"] == Tally()
    weak = {"rule": "activity-uncounted", "item": "P6.S1.I1", "note": "weak; silence is fair"}
    assert not score(schema, items={"P6.S1.I1": {}}, planted=[weak]).missed
    assert found.rules["na-without-reason"] == Tally(found=1, right=1)


def test_a_fault_of_a_rule_that_is_not_there_is_counted_apart(schema: Schema) -> None:
    found = score(schema, items={}, planted=[{"rule": "no-such-rule", "item": "P6.S1.I1"}])
    assert found.unruled == {"no-such-rule": 1}
    assert not found.missed


def test_the_worked_reading_names_items_and_aspects_of_the_questionnaire(schema: Schema) -> None:
    labels = worked_reading(read_data(LABELS / "worked-reading.yaml"))
    assert list(labels.items) == [item.id for item in schema.items if item.id < "P3"]
    _known(labels, schema)


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in LABELS.glob("*.yaml") if path.stem != "worked-reading")
)
def test_the_labels_of_a_sample_cover_all_items(name: str, schema: Schema) -> None:
    labels = read_labels(LABELS / f"{name}.yaml")
    assert list(labels.items) == [item.id for item in schema.items]
    _known(labels, schema)


def _known(labels: Labels, schema: Schema) -> None:
    aspects = {aspect.id for item in schema.items for aspect in item.judged}
    for label in labels.items.values():
        assert {*label.missing_aspects, *label.borderline_aspects, *label.delegated_aspects} <= aspects
    assert {place for fault in labels.faults for place in fault.places if place} <= set(schema.by_id)


def test_labels_as_json_are_the_same(tmp_path: Path) -> None:
    path = tmp_path / "r1.labels.json"
    data = {"items": {"P1.S1.I1": {"state": "answered", "missing_aspects": ["P1.S1.I1.a"], "note": "x"}}}
    path.write_text(json.dumps(data), encoding="utf-8")
    assert read_labels(path).items["P1.S1.I1"].missing_aspects == ("P1.S1.I1.a",)


def test_the_data_file_leaves_out_what_nothing_measured() -> None:
    measured = Score()
    measured.rules["vague-claim"] = Tally(10, 9, 8, 7)
    text = as_yaml(measured, {"blank-answer": Tally(cases=3)}, ["a"])
    assert "vague-claim: {found: 10, right: 9, expected: 8, caught: 7, cases: 0}" in text
    assert "blank-answer" in text
    assert "off-topic" not in text


def test_what_falls_below_its_floor_is_named() -> None:
    floors = {"return a": {"states": 0.9, "full": 1.0}, "return gone": {"states": 1.0}}
    assert fallen({"return a": {"states": 0.895, "full": 1.0}}, floors) == []
    assert fallen({"return a": {"states": 0.88, "full": 1.0}}, floors) == ["return a: states 0.900 -> 0.880"]
