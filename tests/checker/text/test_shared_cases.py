"""The labelled sentences beside the project: how often delegation and quantities are read right."""

from __future__ import annotations

import json
from pathlib import Path

from checker.text.ground.agents import Agents
from checker.text.ground.quantities import find_quantities
from checker.text.readers.reliance.delegation import read_delegation
from questionnaire.schema import Schema


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def test_delegation_four_classes(shared: Path, schema: Schema) -> None:
    parent = schema.edition.parent
    agents = Agents.of((parent.name, *parent.aliases))
    cases = _lines(shared / "cases" / "delegation.jsonl")
    wrong = []
    for case in cases:
        kind = read_delegation(str(case["text"]), agents).kind
        if {"suspected": "full"}.get(kind, kind) != case["delegation"]:
            wrong.append((case["id"], kind, case["delegation"]))
    assert len(wrong) / len(cases) <= 0.03, wrong


def test_quantities(shared: Path) -> None:
    """A quantity counts as found when the words overlap: where 约 or 以上 begins is a matter of taste."""
    right = wanted = found = 0
    for case in _lines(shared / "cases" / "quantities.jsonl"):
        text = str(case["text"])
        left = list(find_quantities(text))
        found += len(left)
        for words in case["quantities"]:  # type: ignore[attr-defined]
            wanted += 1
            start = text.index(words)
            hit = [entry for entry in left if entry.start < start + len(words) and start < entry.end]
            if hit:
                right += 1
                left.remove(hit[0])
    assert right / found >= 0.97
    assert right / wanted >= 0.97
