"""Whether a table right above names the unit of what is told of its parts."""

from __future__ import annotations

import re
from functools import cache

from checker.text.ground.tables import Table
from frameworks.ground.yaml import load_data

_END = re.compile(r"[。；;！？!?\n|\t]")


def told_above(text: str, tables: tuple[Table, ...], position: int, unit: re.Pattern[str]) -> bool:
    """Whether the sentence of a place opens parts of the table above, whose head or caption names a ``unit``.

    电量（万kWh）：… 其中：外购3,461.
    """
    above = next((table for table in reversed(tables) if table.end <= position), None)
    if above is None or not unit.search(f"{above.caption} {' '.join(above.heads)}"):
        return False
    gap = text[above.end : position].lstrip()
    return gap.startswith(_parts()) and _END.search(gap) is None


@cache
def _parts() -> tuple[str, ...]:
    """What opens the parts of a whole."""
    return tuple(load_data("checker.data", "figures.yaml")["part_of"])
