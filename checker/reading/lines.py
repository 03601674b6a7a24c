"""How a line of text is read, as plain data (CONTRACT, ``esgcheck parse``)."""

from __future__ import annotations

from typing import Any

from checker.text.ground.agents import Agents
from checker.text.ground.dates import find_years
from checker.text.ground.nil import find_nils
from checker.text.ground.passages import split
from checker.text.ground.quantities import find_quantities
from checker.text.readers.claims.claims import find_vague_claims
from checker.text.readers.reliance.applicability import read_not_applicable
from checker.text.readers.reliance.clauses import because, kind_of
from checker.text.readers.reliance.delegation import read_answer, read_delegation


def parse_line(text: str, agents: Agents, year: int | None) -> dict[str, Any]:
    """Everything the text layer sees in one answer; offsets count characters of ``text``."""
    quantities = find_quantities(text)
    delegation = read_delegation(text, agents)
    return {
        "text": text,
        "quantities": [
            {
                "text": found.text,
                "start": found.start,
                "end": found.end,
                "value": found.value,
                "unit": found.unit,
                "kind": found.kind,
                "exact": found.exact,
            }
            for found in quantities
        ],
        "delegation": {
            "kind": delegation.kind,
            "provider": delegation.provider,
            "evidence": [span.text for span in delegation.evidence],
        },
        "clauses": _clauses(text, agents),
        "not_applicable": read_not_applicable(text).kind,
        "vague_claims": [
            {"text": claim.text, "start": claim.start, "end": claim.end}
            for claim in find_vague_claims(text, quantities, split(text))
        ],
        "years": list(find_years(text, year)),
        "nil_statements": [nil.text for nil in find_nils(text)],
    }


def _clauses(text: str, agents: Agents) -> list[dict[str, Any]]:
    """What each clause does of an answer in which the parent may be named, and what speaks loudest for it."""
    read = read_answer(text, agents)
    if read is None:
        return []
    folded, found = read
    rows = []
    for place, each in enumerate(found):
        start, end = folded.back(each.clause.start, each.clause.end)
        kind = kind_of(each)
        rows.append(
            {"text": text[start:end].strip(), "kind": kind, "because": list(because(found, place, kind))}
        )
    return rows
