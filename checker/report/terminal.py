"""The report on the screen: verdict, items by state for each part, findings by item with quote and mend.

Readable from 80 columns on, in a pipe without colours; every colour stands beside a word. What a return says is
never markup here: an answer with ``[red]`` in it stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from checker.finding import ItemState, Report, Severity
from checker.report.folding import Hanging
from checker.report.view import ItemGroup, Line, View, build_view
from checker.wording import Wording
from questionnaire.schema import Schema

WIDTH = 120  # wider lines are hard to read
PIPE_WIDTH = 100
QUOTES = 3  # quotes shown for one finding; the Excel list holds all
QUOTE_LENGTH = 70  # characters

COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
STATE_COLOURS = {
    ItemState.ANSWERED: "green",
    ItemState.PARTIAL: "yellow",
    ItemState.DELEGATED: "magenta",
    ItemState.NOT_APPLICABLE: "blue",
    ItemState.MISSING: "bold red",
}


def print_report(report: Report, schema: Schema, words: Wording, console: Console | None = None) -> None:
    """Prints one report."""
    if console is None:
        console = Console(highlight=False, emoji=False, markup=False)
        console.width = min(console.width, WIDTH) if console.is_terminal else PIPE_WIDTH
    view = build_view(report, schema, words)
    console.print(*_blocks(view, words), sep="\n", soft_wrap=False)


def _blocks(view: View, words: Wording) -> list[RenderableType]:
    blocks: list[RenderableType] = [_verdict(view, words), _coverage(view, words)]
    blocks.append(Text(words.text("report", "findings"), style="bold"))
    if not view.groups:
        blocks.append(Text(words.text("report", "no-findings")))
    blocks += [_group(group, words) for group in view.groups]
    if view.failures:
        blocks.append(Text(words.text("report", "failures"), style="bold red"))
        blocks += [Text(failure) for failure in view.failures]
    if view.rows:
        blocks.append(Text(words.text("report", "closing", file=view.file), style="dim"))
    return blocks


def _verdict(view: View, words: Wording) -> RenderableType:
    company = view.company or words.text("report", "unnamed")
    heading = words.text("report", "heading", company=company, year=view.year) if view.year else company
    counts = Text()
    for severity, count in view.counts.items():
        word = words.word("severity", severity.value)
        hint = words.word("severity_hint", severity.value)
        counts.append(f"{word} {count}", style=COLOURS[severity] if count else "dim")
        counts.append(f"（{hint}）  " if words.language.value == "zh" else f" ({hint})  ", style="dim")
    return Group(
        Text(heading, style="bold"),
        Text("  ".join((view.file, *view.frameworks)), style="dim"),
        *(Hanging(Text(""), line, 0) for line in view.taken),
        Text(view.verdict, style="bold green" if view.ready else "bold red"),
        counts,
        *_waivers(view, words),
        *_pending(view, words),
        Text(""),
    )


def _pending(view: View, words: Wording) -> Iterator[RenderableType]:
    """How many questions wait for the clerk."""
    if view.pending:
        yield Hanging(Text(""), words.text("report", "pending", count=len(view.pending)), 0)


def _waivers(view: View, words: Wording) -> Iterator[RenderableType]:
    """What is kept back from the list, and why: rules left out, findings waived, waivers that do not hold."""
    if view.not_run:
        head = Text(words.text("report", "not-run") + "  ", style="yellow")
        yield Hanging(head, view.not_run, 0)
    if accepted := view.waivers_in("waived"):
        yield Text(words.text("report", "waived-count", count=len(accepted)))
    for row in view.waivers_in("expired"):
        line = words.text("report", "waiver-line-expired", place=row.place, title=row.title, label=row.label,
                          until=row.until, who=row.who)  # fmt: skip
        yield Hanging(Text(f"{row.state_word}  ", style="yellow"), line, 0)
    if idle := view.waivers_in("unused"):
        places = [row.place for row in idle]
        line = words.text("report", "waiver-line-unused", count=len(idle), places=places)
        yield Hanging(Text(f"{idle[0].state_word}  ", style="yellow"), line, 0)


def _coverage(view: View, words: Wording) -> RenderableType:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, title_justify="left", show_footer=True)
    table.add_column(words.text("report", "coverage"), footer=words.text("report", "total"))
    table.add_column(words.text("report", "coverage-items"), justify="right", footer=str(view.items))
    for state in ItemState:
        table.add_column(
            words.word("states", state.value),
            justify="right",
            footer=Text(str(view.coverage[state]), style=STATE_COLOURS[state]),
        )
    for part in view.parts:
        cells = [
            Text(str(part.counts[state]), style=STATE_COLOURS[state])
            if part.counts[state]
            else Text("·", style="dim")
            for state in ItemState
        ]
        table.add_row(Text(part.title), Text(str(part.items)), *cells)
    return table


def _group(group: ItemGroup, words: Wording) -> RenderableType:
    head = Text(group.label, style="bold")
    if group.item is not None:
        head.append(f"  {group.item.id}", style="dim")
        head.append(f"  {group.state_word}", style=STATE_COLOURS[group.item.state])
    head.append(f"  {_short_place(group)}", style="dim")
    lines: list[RenderableType] = [head]
    for line in group.lines:
        lines += _line(line, words)
    lines.append(Text(""))
    return Group(*lines)


def _short_place(group: ItemGroup) -> str:
    """Sheet and cell, or the line; the file stands at the top."""
    return group.place.partition(" › ")[2] or group.place


def _line(line: Line, words: Wording) -> list[RenderableType]:
    head = Text(f"{line.severity_word} ", style=COLOURS[line.severity])
    head.append(f"{line.title}  ", style="bold")
    lines: list[RenderableType] = [Hanging(head, line.message, 2)]
    label = words.text("report", "quote")
    lines += [_labelled(label, _shown(quote), "dim") for quote in line.quotes[:QUOTES]]
    if len(line.quotes) > QUOTES:
        more = words.text("report", "more-quotes", count=len(line.quotes) - QUOTES)
        lines.append(_labelled(label, more, "dim"))
    lines.append(_labelled(words.text("report", "mend"), line.mend, "green"))
    if line.disclosures:
        codes = words.text("report", "pairs-separator").join(line.disclosures)
        lines.append(_labelled(words.text("report", "disclosures"), codes, "dim"))
    return lines


def _labelled(label: str, text: str, style: str) -> RenderableType:
    return Hanging(Text(f"{label} ", style=style), text, 4)


def _shown(quote: str) -> str:
    flat = " ".join(quote.split())
    cut = flat if len(flat) <= QUOTE_LENGTH else flat[: QUOTE_LENGTH - 1] + "…"
    return f"「{cut}」"
