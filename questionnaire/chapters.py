"""Into what a questionnaire falls for who looks at it as a whole: its parts, or the sections of its only one."""

from __future__ import annotations

from typing import NamedTuple

from questionnaire.schema import Schema


class Chapter(NamedTuple):
    """A part, or a section of the only one."""

    number: int
    title: str
    items: tuple[str, ...]  # ids


def has_parts(schema: Schema) -> bool:
    """Whether chapters are parts: of a single one nothing is told by its title."""
    return len(schema.parts) > 1 or len(schema.parts[0].sections) == 1


def heading_of(schema: Schema, item: str) -> tuple[int, str]:
    """Number and title of the chapter of an item."""
    part, section = schema.sections[item]
    return (part.part, part.title) if has_parts(schema) else (section.section, section.title)


def chapters(schema: Schema) -> tuple[Chapter, ...]:
    """In printed order, all items in one of them."""
    found: dict[tuple[int, str], list[str]] = {}
    for item in schema.by_id:
        found.setdefault(heading_of(schema, item), []).append(item)
    return tuple(Chapter(*heading, tuple(items)) for heading, items in found.items())
