"""Deeds of one matter: what another answer tells as done of what an item denies or leaves to the parent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from checker.reading.answers import ItemReading
from checker.reading.aspects import Unit
from checker.text.ground.dates import find_years
from checker.text.ground.spans import Span
from frameworks.ground.yaml import load_data
from questionnaire.cues import Cue, compile_cue


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter that questions ask for, and the deeds that belong to it."""

    asked: tuple[str, ...]  # words of a question that is about it
    named: tuple[str, ...]  # words of a claim that is about it
    only_named: bool  # whether a claim that does not name it may be about something else
    scene: tuple[str, ...]  # one of these stands around a deed
    asked_there: bool  # only in its question: elsewhere the deed may serve another end
    deeds: tuple[Cue, ...]
    bare: bool  # whether a deed needs neither a figure nor its doer

    def is_claimed(self, item: ItemReading, words: str, *, in_part: bool) -> bool:
        """Whether an item is about the matter, and its claim too where that could speak of another one."""
        if not any(word in item.item.question for word in self.asked):
            return False
        return not (in_part or self.only_named) or any(word in words for word in self.named)

    def is_scene(self, other: ItemReading, unit: Unit) -> bool:
        """Whether a sentence of another answer is about the matter's things."""
        around = (other.item.question, *(() if self.asked_there else (unit.heading, unit.quoted)))
        return not self.scene or any(word in words for word in self.scene for words in around)

    def is_done(self, other: ItemReading, unit: Unit, deed: Span, year: int | None) -> bool:
        """Whether the sentence of a deed counts what was done, more than nothing, or the deed says by whom it was.

        A deed of an earlier year shows nothing of this one.
        """
        years = find_years(deed.text)
        if years and year is not None and max(years) < year:
            return False
        counted = (found for found in other.quantities if unit.start <= found.start < unit.end)
        return (
            self.bare
            or any(found.value.strip("0.") for found in counted)
            or _own().search(deed.text) is not None
        )


def matters_of(item: ItemReading, words: str, *, in_part: bool) -> Iterator[Matter]:
    """The matters that an item denies or leaves to the parent in these words."""
    return (matter for matter in _matters() if matter.is_claimed(item, words, in_part=in_part))


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_data("checker.data", "matters.yaml")
    return data


@cache
def _own() -> re.Pattern[str]:
    return re.compile("|".join(_data()["own"]))


@cache
def _matters() -> tuple[Matter, ...]:
    return tuple(
        Matter(
            tuple(entry["asked"]),
            tuple(entry.get("named", ())),
            entry.get("only_named", False),
            tuple(entry.get("scene", ())),
            entry.get("asked_there", False),
            tuple(compile_cue(deed) for deed in entry["deeds"]),
            entry.get("bare", False),
        )
        for entry in _data()["matters"]
    )
