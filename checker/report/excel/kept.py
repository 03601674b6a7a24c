"""The sheet of what was filled in for findings that are gone: nothing that somebody wrote is dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from checker.report.excel.filled import ABOUT, WAY_BACK, Entry
from checker.report.excel.style import Formats, line_count, print_setup, put, row_height
from checker.wording import Wording

KEPT_COLUMNS = (
    ("label", 22), ("item", 11), ("rule", 15), ("aspect", 22), ("message", 36), ("company", 26),
    ("measures", 26), ("supplement", 36), ("owner", 10), ("due", 12),
    ("dispute", 24), ("answer", 24), ("fingerprint", 20),
)  # fmt: skip


def kept_sheet(sheet: Any, formats: Formats, entries: Sequence[Entry], words: Wording) -> None:
    """Writes the entries in the columns by which they are read again with the next list."""
    put(sheet, 0, 0, words.text("report", "kept-intro"), formats.grey)
    for column, (key, width) in enumerate(KEPT_COLUMNS):
        sheet.set_column(column, column, width, None, {"hidden": True} if key == "fingerprint" else {})
        head = "company" if key == "company" else f"column-{key}"
        put(sheet, 1, column, words.text("report", head), formats.head)
    for index, entry in enumerate(entries, start=2):
        values = dict(zip(ABOUT, entry.about, strict=True)) | dict(zip(WAY_BACK, entry.said, strict=True))
        values |= {"company": entry.company, "fingerprint": entry.fingerprint}
        for column, (key, _) in enumerate(KEPT_COLUMNS):
            put(sheet, index, column, values[key], formats.get())
        lines = max(line_count(values[key], width) for key, width in KEPT_COLUMNS if key != "fingerprint")
        sheet.set_row(index, row_height(lines))
    sheet.freeze_panes(2, 1)
    sheet.autofilter(1, 0, len(entries) + 1, len(KEPT_COLUMNS) - 1)
    print_setup(sheet, landscape=True)
