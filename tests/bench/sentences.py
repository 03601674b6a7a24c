"""The scores of single answers and sentences: a rule's cases, delegation, quantities."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from checker.text.ground.agents import Agents
from checker.text.ground.quantities import find_quantities
from checker.text.readers.reliance.delegation import read_delegation
from questionnaire.schema import Schema
from tests.bench.scoring import Tally
from tests.rules.test_cases import _load, test_case


def rule_cases(schema: Schema) -> dict[str, Tally]:
    """Every rule on its own cases, as their test reads them: what passes is found, what does not is missed."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for parameters in _load():
        rule, case = parameters.values
        wanted = len(case.get("findings", ()))
        try:
            test_case(rule, case, schema)
        except AssertionError:
            tallies[rule].add(Tally(found=1, expected=wanted, cases=1))
        else:
            tallies[rule].add(Tally(wanted, wanted, wanted, wanted, cases=1))
    return dict(tallies)


def delegation(schema: Schema, shared: Path) -> dict[str, Tally]:
    """The four classes of delegation; suspected counts as full."""
    parent = schema.edition.parent
    agents = Agents.of((parent.name, *parent.aliases))
    tallies: dict[str, Tally] = defaultdict(Tally)
    for case in _lines(shared / "cases" / "delegation.jsonl"):
        kind = read_delegation(case["text"], agents).kind
        kind = {"suspected": "full"}.get(kind, kind)
        tallies[kind].add(Tally(found=1, right=kind == case["delegation"]))
        tallies[case["delegation"]].add(Tally(expected=1, caught=kind == case["delegation"]))
    return dict(tallies)


def quantities(shared: Path) -> dict[str, Tally]:
    """Quantities; found when the words overlap."""
    tally = Tally()
    for case in _lines(shared / "cases" / "quantities.jsonl"):
        left = list(find_quantities(case["text"]))
        tally.found += len(left)
        for words in case["quantities"]:
            start = case["text"].index(words)
            hit = next((q for q in left if q.start < start + len(words) and start < q.end), None)
            tally.expected += 1
            if hit is not None:
                tally.right += 1
                tally.caught += 1
                left.remove(hit)
    return {"quantities": tally}


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
