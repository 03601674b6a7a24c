"""What a workbook says about the company: label and value pairs, on a sheet of their own or above the questions."""

from __future__ import annotations

import re
from collections.abc import Mapping

from questionnaire.cells import squeeze
from questionnaire.reading.files.grid import Sheet
from questionnaire.reading.layout.headings import matcher_for
from questionnaire.schema import Schema
from questionnaire.template import words
from questionnaire.vocabulary import ProfileFlag

VALUE_LENGTH = 5_000  # characters of one value; the preface is the longest
_PAIR = re.compile(r"^([^：:\n]{2,20})[：:]\s{0,4}([^\n]{1,200})$")


def pairs(sheet: Sheet, schema: Schema, before: int | None = None) -> dict[str, str]:
    """Profile values by field id.

    Args:
        sheet: the sheet.
        schema: the questionnaire, which names the fields.
        before: the row at which to stop; None for the whole sheet.
    """
    known = matcher_for(schema).fields
    values: dict[str, str] = {}
    for row, cells in sheet.rows.items():
        if before is not None and row >= before:
            break
        for column, text in cells.items():
            if len(text) > 250:
                continue
            label, value = text, sheet.text(row, column + 1)
            if before is not None and (both := _PAIR.match(text)):
                label, value = both.groups()
            field = known.get(squeeze(label))
            if field is not None and (value or before is None):
                values.setdefault(field, value[:VALUE_LENGTH])
    return values


def flags(values: Mapping[str, str], schema: Schema) -> tuple[tuple[ProfileFlag, bool], ...]:
    """The yes-or-no facts among the values."""
    found = []
    for field in schema.edition.profile:
        given = squeeze(values.get(field.id, "")[:20])
        if field.flag is not None and given in words()["yes"] + words()["no"]:
            found.append((field.flag, given in words()["yes"]))
    return tuple(found)
