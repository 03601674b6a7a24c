"""Chinese text folded to a width of terminal cells, hanging behind a label.

rich breaks lines at blanks; Chinese has none, so a figure in the middle of a sentence would break it there.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from checker.text.ground.openings import TOKEN, opening


class Hanging(Struct, frozen=True):
    """A label and its text; further lines stand under the text."""

    label: Text
    text: str
    indent: int  # cells

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        hanging = self.indent + self.label.cell_len
        lines = list(fold(self.text, max(20, options.max_width - hanging))) or [""]
        yield Text.assemble(" " * self.indent, self.label, lines[0])
        for line in lines[1:]:
            yield Text(" " * hanging + line)


def fold(text: str, width: int) -> Iterator[str]:
    """The lines of a text, none wider than ``width`` cells."""
    line = ""
    for token in TOKEN.findall(text):
        if cell_len(line) + cell_len(token) <= width:
            line += token
            continue
        if line.strip():
            yield line.rstrip()
        *full, line = chop_cells(token.lstrip(), width) or [""]
        yield from full
    if line.strip():
        yield line.rstrip()


def shorten(text: str, limit: int) -> str:
    """A text on one line of at most ``limit`` characters, cut behind a clause or between words, never in one."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    return opening(flat, limit - 1) + "…"
