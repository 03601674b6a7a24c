"""Answers that only say what should or will be done."""

from __future__ import annotations

from checker.finding import ItemState
from checker.reading.items import ItemReading


def only_duties(reading: ItemReading) -> bool:
    """Whether duties make up most of an answer that discloses nothing: its gaps are part of that one fault."""
    if reading.stands_aside or not reading.duties or not reading.is_idle:
        return False
    return reading.state is ItemState.MISSING
