"""Key figures as the sheet's own reader hands them on, from a few words: what tests of their checks are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frameworks.figures import load_figures
from questionnaire.answers import KeyFigure
from questionnaire.figure_sheet import read_sheet, words
from questionnaire.reading.files.grid import reference

COLUMNS = tuple(column["id"] for column in words()["columns"])


def figures_of(given: Mapping[str, Any]) -> tuple[KeyFigure, ...]:
    """Read from a sheet whose rows hold these figures: a value, [value, unit], or a mapping of columns."""
    known = load_figures()
    rows = [[column["label"] for column in words()["columns"]]]
    for figure, told in given.items():
        cells = told if isinstance(told, Mapping) else {}
        if isinstance(told, list):
            cells = {"value": told[0], "unit": told[1]}
        elif not cells:
            cells = {"value": told}
        cells = {"id": figure, "unit": known.offer(known.by_id[figure])[0], **cells}
        rows.append([str(cells.get(column, "")) for column in COLUMNS])
    rows[0] = [label.format(year="", last="").replace("（）", "") for label in rows[0]]
    found = read_sheet("填报表.xlsx", words()["sheet"], rows, lambda cell: None, reference)
    assert found is not None and not found[1]
    return tuple(found[0])


def cells_of(given: Mapping[str, Any]) -> dict[str, str]:
    """The cell of each figure's value, and of last year's (``<figure> last``)."""
    found = {}
    for figure in figures_of(given):
        found[figure.where.cell or ""] = figure.id
        if figure.last_where is not None:
            found[figure.last_where.cell or ""] = f"{figure.id} last"
    return found
