"""The gap list: a line for each thing to mend, what must be done first at the top; it is filled in and comes back.

The columns that say what to do stand first and are printed; what else is known stands to their right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from checker.report.excel.filled import WAY_BACK, Carry
from checker.report.excel.paper import Paper
from checker.report.excel.style import (
    SEVERITY_FILL,
    SEVERITY_TEXT,
    Formats,
    label_width,
    line_count,
    print_setup,
    put,
    row_height,
)
from checker.report.rows import Audience, GapRow
from checker.wording import Wording

_ILLEGAL = re.compile(r"[\[\]:*?/\\']")  # in a sheet's name

PRINTED = (
    ("number", 5), ("weight", 6), ("severity", 6), ("label", 18), ("cell", 8), ("rule", 12), ("message", 34),
    ("quotes", 32), ("mend", 42),
)  # fmt: skip
BESIDE = (
    ("measures", 26), ("supplement", 36), ("owner", 10), ("due", 12), ("dispute", 24),
    ("answer", 24), ("sheet", 12), ("item", 11), ("aspect", 26),
    ("disclosures", 18), ("fingerprint", 20),
)  # fmt: skip
COMPANY = ("company", 20)
SAID_ALREADY = ("aspect", "disclosures", "fingerprint")  # columns that make no row higher
HEAD = 1  # the row of heads, below the sentence on how to fill it in


class GapList:
    """The sheet while it is being written."""

    def __init__(self, sheet: Any, formats: Formats, words: Wording, carry: Carry) -> None:
        self.sheet, self.formats, self.words, self.carry = sheet, formats, words, carry
        self.columns: list[tuple[str, int]] = []

    def write(self, papers: Sequence[Paper]) -> None:
        """All rows; of several returns with a column that says whose they are."""
        sheet, office = self.sheet, any(paper.view.audience is Audience.OFFICE for paper in papers)
        printed = [*PRINTED[:1], COMPANY, *PRINTED[1:]] if len(papers) > 1 else [*PRINTED]
        labels = [row.label for paper in papers for row in paper.view.rows]
        printed = [(key, label_width(labels, width) if key == "label" else width) for key, width in printed]
        self.columns = printed + [each for each in BESIDE if office or each[0] != "disclosures"]
        self._heads()
        index = HEAD
        for paper in papers:
            for row in paper.view.rows:
                index += 1
                self._row(index, row, paper)
        sheet.freeze_panes(HEAD + 1, [key for key, _ in self.columns].index("cell") + 1)
        sheet.autofilter(HEAD, 0, max(HEAD + 1, index), len(self.columns) - 1)
        sheet.repeat_rows(HEAD)
        sheet.print_area(0, 0, max(HEAD + 1, index), len(printed) - 1)
        print_setup(sheet, landscape=True)

    def _heads(self) -> None:
        sheet, formats = self.sheet, self.formats
        put(sheet, 0, 0, self.words.text("report", "gaps-intro"), formats.grey)
        for column, (key, width) in enumerate(self.columns):
            sheet.set_column(column, column, width, None, {"hidden": True} if key == "fingerprint" else {})
            name = "company" if key == "company" else f"column-{key}"
            style = formats.back_head if key in WAY_BACK else formats.head
            put(sheet, HEAD, column, self.words.text("report", name), style)
        sheet.set_row(HEAD, 22)

    def _row(self, index: int, row: GapRow, paper: Paper) -> None:
        sheet, formats = self.sheet, self.formats
        values = self._values(row, paper)
        lines = 1
        for column, (key, width) in enumerate(self.columns):
            if key == "number":
                sheet.write_number(index, column, index - HEAD, formats.get(align="center"))
                continue
            text = values.get(key, "")
            if key == "cell" and self._linked(index, column, row, paper, text):
                continue
            style = formats.get()
            if key in ("severity", "weight"):
                style = formats.get(
                    bg_color=SEVERITY_FILL[row.severity], font_color=SEVERITY_TEXT[row.severity], bold=True,
                    align="center",
                )  # fmt: skip
            elif key in WAY_BACK:
                style = formats.back
            put(sheet, index, column, text, style)
            lines = max(lines, 1 if key in SAID_ALREADY else line_count(text, width))
        sheet.set_row(index, row_height(lines))

    def _values(self, row: GapRow, paper: Paper) -> dict[str, str]:
        line = self.words.text("report", "line", number=row.where.line) if row.where.line else ""
        return {
            "company": paper.view.company or paper.view.file,
            "weight": row.weight_word,
            "severity": row.severity_word,
            "label": row.label,
            "item": row.item,
            "rule": row.title,
            "aspect": "\n".join(row.aspects),
            "message": row.message,
            "quotes": "\n".join(f"「{quote}」" for quote in row.quotes),
            "mend": row.mend,
            "sheet": row.where.sheet or "",
            "cell": row.where.cell or line,
            "disclosures": "、".join(row.disclosures),
            "fingerprint": row.fingerprint,
        } | self.carry.take(row.fingerprint)

    def _linked(self, index: int, column: int, row: GapRow, paper: Paper, text: str) -> bool:
        """Links the cell to the answer, where the return stands at a path that a link can name."""
        sheet, cell = row.where.sheet, row.where.cell
        if not paper.link or not sheet or not cell or _ILLEGAL.search(sheet):
            return False
        target = f"external:{quote(paper.link)}#'{sheet}'!{cell}"
        style = self.formats.get(font_color="#1F5C7A", underline=1)
        return bool(self.sheet.write_url(index, column, target, style, text) == 0)
