"""How our workbooks look: colours, cell formats, heights, printing; and text that stays text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from unicodedata import east_asian_width

from checker.finding import AspectState, ItemState, Severity
from questionnaire.template import RISKY

CELL_LIMIT = 32_767
LINE_HEIGHT = 15.0  # points
TALLEST = 240.0  # points; Excel's own limit is 409
WIDEST_LABEL = 36
GREY = "#5F6B73"
CREATED = datetime(2025, 1, 1)  # same input, same bytes
SEVERITY_FILL = {Severity.ERROR: "#F8D7DA", Severity.WARNING: "#FFF3CD", Severity.NOTICE: "#DCEEF5"}
SEVERITY_TEXT = {Severity.ERROR: "#9B1C28", Severity.WARNING: "#7A5B00", Severity.NOTICE: "#1F5C7A"}
STATE_FILL = {
    ItemState.ANSWERED: "#CFE8D5",
    ItemState.PARTIAL: "#FFF3CD",
    ItemState.DELEGATED: "#E4D9F2",
    ItemState.NOT_APPLICABLE: "#DDE6EE",
    ItemState.MISSING: "#F8D7DA",
}
STATE_LINE = {
    ItemState.ANSWERED: "#5BA56F",
    ItemState.PARTIAL: "#E5B93C",
    ItemState.DELEGATED: "#9A7BC4",
    ItemState.NOT_APPLICABLE: "#8FA5B5",
    ItemState.MISSING: "#D2505D",
}
ASPECT_FILL = {
    AspectState.DISCLOSED: STATE_FILL[ItemState.ANSWERED],
    AspectState.DELEGATED: STATE_FILL[ItemState.DELEGATED],
    AspectState.NOT_APPLICABLE: STATE_FILL[ItemState.NOT_APPLICABLE],
    AspectState.MISSING: STATE_FILL[ItemState.MISSING],
}
# of a workbook: what a return says is never a formula, a link or a number
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Formats:
    """Cell formats by purpose, made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.plain = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
        self.box = {**self.plain, "border": 1, "border_color": "#BFC7CE", "text_wrap": True}

    def get(self, **properties: Any) -> Any:
        """A boxed, wrapped format with further properties."""
        return self._format({**self.box, **properties})

    def bare(self, **properties: Any) -> Any:
        """A format without borders."""
        return self._format({**self.plain, **properties})

    @property
    def head(self) -> Any:
        """Column heads."""
        return self.get(bold=True, bg_color="#1F4E5F", font_color="#FFFFFF", valign="vcenter", align="center")

    @property
    def back_head(self) -> Any:
        """Heads of columns that somebody fills in and sends back."""
        return self.get(bold=True, bg_color="#7A5B00", font_color="#FFFFFF", valign="vcenter", align="center")

    @property
    def back(self) -> Any:
        """Cells that somebody fills in."""
        return self.get(bg_color="#FFFDF0", locked=False)

    @property
    def grey(self) -> Any:
        """What is said beside a table."""
        return self.bare(font_color=GREY)

    def _format(self, properties: dict[str, Any]) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
            self._made[key].quoted = self._book.add_format({**properties, "quote_prefix": True})
        return self._made[key]


def put(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    """Writes text as text; what is too long for a cell is cut with a visible mark."""
    if not text:
        sheet.write_blank(row, column, None, style)
        return
    if len(text) > CELL_LIMIT:
        text = text[: CELL_LIMIT - 1] + "…"
    if text.startswith(RISKY):
        style = getattr(style, "quoted", style)  # stays text when somebody edits it
    if sheet.write_string(row, column, text, style):
        raise ValueError(f"cell {row},{column}")


def row_height(lines: int) -> float:
    """The height of a row, in points."""
    return min(LINE_HEIGHT * lines + 4, TALLEST)


def line_count(text: str, width: int) -> int:
    """Lines that a text takes in a column; a Chinese character is two units wide."""
    return sum(max(1, -(-_width(line) // max(1, width - 2))) for line in text.split("\n"))


def label_width(labels: Iterable[str], least: int) -> int:
    """The width of a column of item labels: none breaks before its number where the column can be so wide."""
    return min(WIDEST_LABEL, max([least, *(_width(label) + 3 for label in labels)]))


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def print_setup(sheet: Any, *, landscape: bool) -> None:
    """A4, one page wide, pages numbered."""
    sheet.set_paper(9)  # A4
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer("&C&8&P / &N")
