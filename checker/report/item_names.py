"""Items by what people call them: the id, the key, the printed label, or its number alone."""

from __future__ import annotations

import difflib

from frameworks.ground.errors import InputError
from questionnaire.cells import squeeze
from questionnaire.schema import Item, Schema


def find_items(name: str, schema: Schema) -> list[Item]:
    """The items of a name: one, or those of every part for a number such as 三（二）.

    Raises:
        InputError: there is none; names near ones.
    """
    wanted = squeeze(name)
    if found := [item for item in schema.items if wanted in _names(item, schema)]:
        return found
    known = [name for item in schema.items for name in (item.id, schema.label(item.id))]
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    raise InputError("item-unknown", name=name, near=near)


def _names(item: Item, schema: Schema) -> set[str]:
    return {squeeze(name) for name in (item.id, item.key, schema.label(item.id), schema.number(item.id))}
