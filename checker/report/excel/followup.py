"""What became of the gap lists that came back, as a workbook: disputes first, the office's answers stay in it."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from checker.campaign.followup import GapList, Reply, State
from checker.report.excel.filled import Carry
from checker.report.excel.kept import kept_sheet
from checker.report.excel.style import (
    AS_TEXT,
    CREATED,
    LINE_HEIGHT,
    Formats,
    line_count,
    print_setup,
    put,
    row_height,
)
from checker.report.kinds import Kind, mark
from checker.wording import Wording

Told = Sequence[tuple[GapList, Sequence[tuple[Reply, State]]]]

# who has to act first: the office, then the company; what is settled stands last
ORDER = (
    State.DISPUTED, State.NO_PLAN, State.OVERDUE, State.SILENT, State.CLAIMED, State.MOVED, State.WORDS_ONLY,
    State.ANSWERED, State.UNCHECKED, State.PLANNED, State.WAIVED, State.FIXED,
)  # fmt: skip
FILL = {
    State.DISPUTED: "#F8D7DA", State.NO_PLAN: "#F8D7DA", State.OVERDUE: "#F8D7DA", State.SILENT: "#FFF3CD",
    State.CLAIMED: "#FFF3CD", State.MOVED: "#FFF3CD", State.WORDS_ONLY: "#FFF3CD", State.UNCHECKED: "#DDE6EE",
    State.ANSWERED: "#DCEEF5", State.PLANNED: "#DCEEF5", State.WAIVED: "#CFE8D5", State.FIXED: "#CFE8D5",
}  # fmt: skip
ROWS = (
    ("company", 30), ("followup-state", 20), ("label", 20), ("item", 11), ("rule", 14), ("aspect", 22),
    ("measures", 26), ("supplement", 34), ("owner", 10), ("due", 12), ("dispute", 26), ("answer", 26),
    ("fingerprint", 20),
)  # fmt: skip
EDITABLE = "answer"


def render(told: Told, words: Wording, *, kind: Kind = Kind.FOLLOWUP, carry: Carry | None = None) -> bytes:
    """The workbook; answers that the office wrote into the one before stand in it again."""
    import xlsxwriter

    buffer, carry = io.BytesIO(), carry or Carry()
    options = {"in_memory": True, **AS_TEXT}
    with xlsxwriter.Workbook(buffer, options) as book:
        title = words.text("campaign", "followup-title")
        book.set_properties({"title": title, "category": mark(kind), "created": CREATED})
        formats = Formats(book)
        _counts(book.add_worksheet(words.text("campaign", "sheet-followup-counts")), formats, told, words)
        _rows(book.add_worksheet(words.text("campaign", "sheet-followup")), formats, told, words, carry)
        if left := carry.left():
            kept_sheet(book.add_worksheet(words.text("report", "sheet-kept")), formats, left, words)
    return buffer.getvalue()


def _counts(sheet: Any, formats: Formats, told: Told, words: Wording) -> None:
    """Companies against states; only states that occur."""
    found = [(_name(each), Counter(state for _, state in rows)) for each, rows in told]
    states = [state for state in ORDER if any(counts[state] for _, counts in found)]
    put(sheet, 0, 0, words.text("campaign", "followup-title"), formats.bare(bold=True, font_size=14))
    put(sheet, 1, 0, words.text("campaign", "followup-intro"), formats.grey)
    sheet.set_row(0, 28)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, len(states) + 1, 13)
    heads = [words.text("report", "company"), words.text("report", "total")]
    heads += [words.text("campaign", f"state-{state.value}") for state in states]
    for column, head in enumerate(heads):
        put(sheet, 3, column, head, formats.head)
    sheet.set_row(3, 2 * LINE_HEIGHT + 6)
    for row, (name, counts) in enumerate(found, start=4):
        put(sheet, row, 0, name, formats.get())
        sheet.write_number(row, 1, counts.total(), formats.get(align="center"))
        for column, state in enumerate(states, start=2):
            fill = {"bg_color": FILL[state]} if counts[state] else {"font_color": "#A0A8AE"}
            sheet.write_number(row, column, counts[state], formats.get(align="center", **fill))
    sheet.freeze_panes(4, 1)
    print_setup(sheet, landscape=True)


def _rows(sheet: Any, formats: Formats, told: Told, words: Wording, carry: Carry) -> None:
    for column, (key, width) in enumerate(ROWS):
        sheet.set_column(column, column, width, None, {"hidden": True} if key == "fingerprint" else {})
        head = words.text("report", "company" if key == "company" else f"column-{key}")
        put(sheet, 0, column, head, formats.back_head if key == EDITABLE else formats.head)
    sheet.set_row(0, 22)
    row = 0
    for row, (state, values) in enumerate(_values(told, words, carry), start=1):
        for column, (key, _) in enumerate(ROWS):
            style = formats.get()
            if key == "followup-state":
                style = formats.get(bg_color=FILL[state], bold=True)
            elif key == EDITABLE:
                style = formats.back
            put(sheet, row, column, values[key], style)
        lines = max(line_count(values[key], width) for key, width in ROWS if key != "fingerprint")
        sheet.set_row(row, row_height(lines))
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(1, row), len(ROWS) - 1)
    sheet.repeat_rows(0)
    print_setup(sheet, landscape=True)


def _values(told: Told, words: Wording, carry: Carry) -> Iterator[tuple[State, dict[str, str]]]:
    """All rows, by what has to be done first."""
    every = [(state, reply, _name(each)) for each, rows in told for reply, state in rows]
    for state, reply, company in sorted(every, key=lambda row: ORDER.index(row[0])):
        measures, supplement, owner, due = reply.said
        before = carry.take(reply.fingerprint).get("answer", "")
        yield (
            state,
            {
                "company": company,
                "followup-state": words.text("campaign", f"state-{state.value}"),
                "label": reply.label,
                "item": reply.item,
                "rule": reply.rule,
                "aspect": reply.aspect,
                "measures": measures,
                "supplement": supplement,
                "owner": owner,
                "due": due,
                "dispute": reply.dispute,
                "answer": reply.answer or before,
                "fingerprint": reply.fingerprint,
            },
        )


def _name(found: GapList) -> str:
    return found.company or found.file
