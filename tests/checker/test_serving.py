"""Customers' questionnaires: a supplier sees which of its answers serve them too."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from checker.finding import Report
from checker.reading.disclosures import Reader, load_reader
from checker.reading.serving import items_of, reaching, served_customers, ways_to
from frameworks.catalogues import Catalogues, load_catalogues
from frameworks.relation import Relation
from questionnaire.schema import Schema
from tests.conftest import ROOT

SAMPLES = ROOT / "samples"
CUSTOMERS = ("cdp", "ecovadis", "eu-vs", "rba", "saq", "tisax")
REACHED = {"cdp": 11, "ecovadis": 17, "eu-vs": 13, "rba": 32, "saq": 34, "tisax": 5}  # topics at least

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def reader(schema: Schema) -> Reader:
    return load_reader(schema, schema.all_links(2026))


def test_customers_are_told_from_duties_of_the_parent() -> None:
    named = {edition.framework for edition in load_catalogues().editions if edition.customer}
    assert named == set(CUSTOMERS)


@pytest.mark.parametrize("name", CUSTOMERS)
def test_most_topics_are_reached_by_answers(reader: Reader, name: str) -> None:
    edition = reader.catalogues.edition(name, 2026)
    assert edition is not None
    reached = sum(bool(reaching(edition, topic, reader)) for topic in edition.asked(2026))
    assert reached >= REACHED[name]


@pytest.mark.parametrize("name", CUSTOMERS)
def test_every_link_has_a_ground_and_none_is_full(name: str) -> None:
    # a customer wants documents besides: an answer alone is never the whole of it
    for edition in load_catalogues().editions_of(name):
        for topic in edition.disclosures:
            for same in topic.same_as:
                assert same.ground
                assert same.relation is Relation.PARTIAL


def test_a_way_that_is_not_in_force_serves_nothing(schema: Schema) -> None:
    edition = load_catalogues().editions_of("saq")[0]
    topic = edition.by_id["env.inventory"]
    for year, in_force, gone in ((2024, "hkex:A1.2", "hkex:D28(a)"), (2026, "hkex:D28(a)", "hkex:A1.2")):
        ways = ways_to("saq:env.inventory", topic, load_reader(schema, schema.all_links(year)))
        assert in_force in ways
        assert gone not in ways


def test_what_only_gives_context_serves_nothing(reader: Reader) -> None:
    topic = load_catalogues().editions_of("saq")[0].by_id["env.inventory"]
    context = [replace(same, relation=Relation.CONTEXT) for same in topic.same_as]
    given = replace(topic, same_as=tuple(context))
    assert ways_to("saq:env.inventory", topic, reader)
    assert ways_to("saq:env.inventory", given, reader) == ()


def test_a_reader_of_other_catalogues_holds_nothing_of_the_first(
    reader: Reader, schema: Schema, check_answers: Callable[..., Report]
) -> None:
    report = check_answers({"P1.S3.I3": "2024年4月面向全体员工开展廉洁从业培训，503人次参加。"})
    assert any(result.via for result in reader.cover(report, "saq"))
    alone = load_catalogues().editions_of("saq")
    other = replace(reader, catalogues=Catalogues(tuple(alone)))
    assert not any(result.via for result in other.cover(report, "saq"))


def test_an_answer_on_training_against_corruption_serves_customers(reader: Reader) -> None:
    served = {edition.framework: {topic.id for topic in topics} for edition, topics in
              served_customers("P1.S3.I3", reader)}  # fmt: skip
    assert served.keys() >= {"ecovadis", "rba", "saq"}
    assert "ethics.corruption" in served["saq"]
    assert "P1.S3.I3" in items_of("hkex:B7.3", reader)


def test_explain_says_whom_an_answer_serves_too(call: Run) -> None:
    _, out, _ = call("explain", "P1.S3.I3")
    assert "也可用于 SAQ 5.0" in out
    assert "反腐败与反洗钱" in out
    _, out, _ = call("--lang", "en", "explain", "P1.S3.I3")
    assert "Also serves EcoVadis" in out


def test_the_page_of_a_customer_names_the_answers(call: Run) -> None:
    code, out, _ = call("frameworks", "saq", "--year", "2026")
    assert code == 0
    block = out.partition("ethics.corruption")[2].partition("ethics.competition")[0]
    assert "三、反贪污（三） P1.S3.I3" in block
    assert "hkex:B7.3" in block
    assert "发行人类别" not in out  # nothing hangs on it


def test_returns_are_read_for_a_customer(call: Run) -> None:
    code, out, _ = call("frameworks", "ecovadis", "--returns", SAMPLES / "middling.xlsx", "--format", "json")
    assert code == 0
    rows = {row["code"]: row for row in json.loads(out)["disclosures"]}
    row = rows["ecovadis:ethics.corruption"]
    assert row["state"] == "partly"
    assert row["returns"][0]["via"].startswith(("hkex:B7", "gri:205"))
    assert any(carrier["evidence"] for carrier in row["returns"][0]["carriers"])
