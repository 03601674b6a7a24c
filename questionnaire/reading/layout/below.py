"""Answers below their questions: up to which row each one goes, and where one belongs that is not there."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from questionnaire.answers import Answer
from questionnaire.reading.files import limits
from questionnaire.reading.files.grid import Sheet, reference
from questionnaire.reading.layout.columns import Layout


def with_ends(answers: Sequence[Answer], sheet: Sheet, layout: Layout) -> list[Answer]:
    """The answers with the cells that cannot be read below their questions, and with cells for those without any.

    A row of nothing but such cells is no row of the sheet.
    """
    starts = sorted(layout.items)
    column = layout.columns.get("question", 0)
    ended = []
    for index, answer in enumerate(answers):
        first = starts[index] if index < len(starts) else 0
        last = starts[index + 1] if index + 1 < len(starts) else limits.LAST_ROW
        found = (p for (row, _), p in sorted(sheet.problems.items()) if first <= row < last)
        cells = answer.cells or ((_free(sheet, first, column),) if index < len(starts) else ())
        ended.append(replace(answer, problem=answer.problem or next(found, None), cells=cells))
    return ended


def _free(sheet: Sheet, row: int, column: int) -> str:
    """Where the answer to a question belongs that has none: below it, else right of it."""
    if row + 1 not in sheet.rows:
        return sheet.name_of(row + 1, column)
    area = next((area for area in sheet.merges if area[:2] == (row, column)), None)
    return reference(row, (area[3] if area else column) + 1)
