"""The scores of single answers and sentences: a rule's cases, delegation, quantities."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

from checker.coverage import read_return
from checker.finding import Finding
from checker.rule import Context, Rule, Scope
from checker.rules import RULES
from checker.text.agents import Agents
from checker.text.delegation import read_delegation
from checker.text.quantities import find_quantities
from questionnaire.answers import Answer, Choice, Place, Problem, Profile, Unmatched
from questionnaire.schema import ProfileFlag, Schema
from tests.bench.labelling import read_data
from tests.bench.scoring import Tally
from tests.conftest import make_return

CASES = Path(__file__).parent.parent / "cases"
PLACE = Place("填报表.xlsx", "问卷", "E2")


def rule_cases(schema: Schema) -> dict[str, Tally]:
    """Every rule on its own cases."""
    tallies: dict[str, Tally] = {}
    for name, rule in RULES.items():
        path = CASES / f"{name}.yaml"
        if not path.is_file():
            continue
        data = read_data(path)
        tallies[name] = tally = Tally()
        for case in data["cases"].values():
            found = len(_run(rule, {"item": data.get("item"), **case}, schema))
            wanted = len(case.get("findings", ()))
            right = min(found, wanted)
            tally.add(Tally(found, right, wanted, right, cases=1))
    return tallies


def _run(rule: Rule, case: dict[str, Any], schema: Schema) -> list[Finding]:
    item = case["item"] or "P1.S1.I1"
    given = [case.get("answer", "")] if "answers" not in case else case["answers"]
    answers = tuple(
        Answer(
            item,
            text,
            PLACE,
            choice=Choice(case["choice"]) if "choice" in case else None,
            reason=case.get("reason", ""),
            question=case.get("question"),
            problem=Problem(case["problem"]) if "problem" in case else None,
        )
        for text in given
        if text is not None
    )
    flags = tuple((ProfileFlag(flag), value) for flag, value in case.get("profile", {}).items())
    unmatched = tuple(Unmatched(text, PLACE) for text in case.get("unmatched", ()))
    source = replace(make_return({}, profile=Profile(flags=flags)), answers=answers, unmatched=unmatched)
    whole = read_return(schema, source)
    target = whole.by_id[item] if rule.SCOPE is Scope.ITEM else whole
    return [
        found
        for found in rule.check(target, Context(rule.ID, rule.SEVERITY, whole))
        if isinstance(found, Finding)
    ]


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
