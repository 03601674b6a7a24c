"""The example lines of every aspect, each read as a whole answer: ``absent`` speak of something else.

The models of proof are trained on them among many others, so this shows that an example counts, not how well strangers
are read; that is what ``tests.bench.judgement`` measures.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checker.finding import AspectState
from checker.reading.items import read_item
from checker.text.ground.agents import Agents
from frameworks.ground.yaml import read_yaml
from questionnaire.answers import Answer, Place
from questionnaire.schema import Schema
from questionnaire.vocabulary import EvidenceKind
from tests.conftest import make_return

CASES = Path(__file__).parent.parent / "cases" / "aspects"
PARTS = sorted(CASES.glob("part*.yaml"))
RECOGNISED = {"present": 0.87, "held": 0.83}  # at least
MISTAKEN = {"absent": 0.02}  # at most


def _aspects(path: Path) -> dict[str, dict[str, list[str]]]:
    data: Any = read_yaml(path.read_bytes(), path.name).data
    return dict(data["aspects"])


def _proved(schema: Schema, path: Path) -> Iterator[tuple[str, str, str, bool]]:
    source = make_return({})
    parent = schema.edition.parent
    agents = Agents.of((parent.name, *parent.aliases), own_names=(source.company,))
    place = Place("填报表.xlsx", "问卷", "E2")
    proofs = schema.proofs
    for aspect, kinds in _aspects(path).items():
        item = schema.by_id[aspect.rpartition(".")[0]]
        for kind, sentences in kinds.items():
            for sentence in sentences:
                answer = Answer(item.id, sentence, place)
                readings = read_item(schema, item, (answer,), source, agents, proofs.get(item.id)).aspects
                found = next(reading for reading in readings if reading.aspect.id == aspect)
                bare = found.lacks_figure and found.aspect.evidence in (
                    EvidenceKind.FIGURE,
                    EvidenceKind.DATE,
                )
                yield aspect, kind, sentence, found.state is AspectState.DISCLOSED and not bare


@pytest.mark.parametrize("path", PARTS, ids=[path.stem for path in PARTS])
def test_natural_wordings_are_recognised_and_other_subjects_are_not(path: Path, schema: Schema) -> None:
    tally: dict[str, list[bool]] = {}
    wrong: dict[str, list[str]] = {}
    for aspect, kind, sentence, proved in _proved(schema, path):
        tally.setdefault(kind, []).append(proved)
        if proved == (kind in MISTAKEN):
            wrong.setdefault(kind, []).append(f"{aspect} {sentence}")
    rates = {kind: sum(proved) / len(proved) for kind, proved in tally.items()}
    for kind, bar in RECOGNISED.items():
        assert rates[kind] >= bar, (rates, wrong[kind])
    for kind, bar in MISTAKEN.items():
        assert rates[kind] <= bar, (rates, wrong[kind])


@pytest.mark.parametrize("path", PARTS, ids=[path.stem for path in PARTS])
def test_every_judged_aspect_of_the_part_has_its_cases(path: Path, schema: Schema) -> None:
    part = next(part for part in schema.parts if path.stem == f"part{part.part}")
    judged = {aspect.id for section in part.sections for item in section.items for aspect in item.judged}
    cases = _aspects(path)
    assert set(cases) == judged
    assert all(kinds["present"] and kinds["held"] and kinds["absent"] for kinds in cases.values())
