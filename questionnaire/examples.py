"""Full answers to read, an example an item: they lie in an edition's folder as ``examples.json`` and prove nothing."""

from __future__ import annotations

import json

from questionnaire.folders import builtin, builtin_editions
from questionnaire.schema import Schema

FILE = "examples.json"
ENGLISH = "examples.en.json"


def examples_of(schema: Schema) -> dict[str, str]:
    """Full answers of an invented company, by item, in the questionnaire's language; those beside it or its base."""
    for edition in (schema.edition.id, schema.edition.extends):
        place = (
            builtin(edition).joinpath(ENGLISH if schema.is_english else FILE)
            if edition in builtin_editions()
            else None
        )
        if place is not None and place.is_file():
            return {str(item): str(text) for item, text in json.loads(place.read_bytes()).items()}
    return {}


def example_of(item: str, schema: Schema) -> str:
    """A full answer to one item; empty where there is none."""
    return examples_of(schema).get(item, "")
