"""Aspects of parts 3 to 6 on sentences as clerks write them (``tests/cases/aspects``), each as a whole answer.

``held`` sentences were kept back while the cues were written: they say how the cues do on returns not yet seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from checker.coverage import read_item
from checker.finding import AspectState
from checker.text.agents import Agents
from frameworks.yamlfile import read_yaml
from questionnaire.answers import Answer, Place
from questionnaire.schema import Schema
from tests.conftest import make_return

CASES = Path(__file__).parent.parent / "cases" / "aspects"
PROVED = 0.95  # of the sentences that the cues were written with
HELD = 0.9  # of the sentences kept back
ABSENT = 0.1  # of the sentences that must not count, at most

Sentence = tuple[str, str]  # aspect id, words


@pytest.fixture(scope="module", params=["part3", "part4", "part5", "part6"])
def cases(request: pytest.FixtureRequest) -> dict[str, dict[str, list[str]]]:
    path = CASES / f"{request.param}.yaml"
    data: dict[str, dict[str, list[str]]] = read_yaml(path.read_bytes(), path.name).data
    return data


def test_every_aspect_of_the_part_has_cases(cases: dict[str, dict[str, list[str]]], schema: Schema) -> None:
    part = next(iter(cases)).split(".")[0]
    asked = {aspect.id for item in schema.items for aspect in item.judged if item.id.startswith(part + ".")}
    assert asked == set(cases)


@pytest.mark.parametrize(("kind", "least"), [("present", PROVED), ("held", HELD)])
def test_recognised(kind: str, least: float, cases: dict[str, dict[str, list[str]]], schema: Schema) -> None:
    sentences = [(aspect, words) for aspect, groups in cases.items() for words in groups[kind]]
    missed = [sentence for sentence in sentences if not _proved(schema, [sentence])]
    assert 1 - len(missed) / len(sentences) >= least, missed


def test_siblings_do_not_count(cases: dict[str, dict[str, list[str]]], schema: Schema) -> None:
    sentences = [(aspect, words) for aspect, groups in cases.items() for words in groups["absent"]]
    proved = _proved(schema, sentences)
    assert len(proved) / len(sentences) <= ABSENT, proved


def _proved(schema: Schema, sentences: Iterable[Sentence]) -> list[Sentence]:
    """The sentences that prove their aspect when they are the whole answer to its item."""
    source = make_return({})
    parent = schema.edition.parent
    agents = Agents.of((parent.name, *parent.aliases), own_names=(source.company,))
    proved = []
    for aspect, words in sentences:
        item = schema.by_id[aspect.rsplit(".", 1)[0]]
        reading = read_item(schema, item, (Answer(item.id, words, Place("填报表.xlsx")),), source, agents)
        state = next(found.state for found in reading.aspects if found.aspect.id == aspect)
        if state is AspectState.DISCLOSED:
            proved.append((aspect, words))
    return proved
