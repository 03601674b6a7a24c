"""How a line of text is read, as plain data (CONTRACT, ``esgcheck parse``)."""

from __future__ import annotations

from typing import Any

from checker.text.applicability import read_not_applicable
from checker.text.claims import find_vague_claims
from checker.text.ground.agents import Agents
from checker.text.ground.passages import split
from checker.text.nil import find_nils
from checker.text.quantities import find_quantities
from checker.text.readers.delegation import read_delegation
from checker.text.years import find_years


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
        "not_applicable": read_not_applicable(text).kind,
        "vague_claims": [
            {"text": claim.text, "start": claim.start, "end": claim.end}
            for claim in find_vague_claims(text, quantities, split(text))
        ],
        "years": list(find_years(text, year)),
        "nil_statements": [nil.text for nil in find_nils(text)],
    }
