"""The report on the screen: verdict, counts and what to mend first; on request every finding with quote and mend.

Readable from 80 columns on, in a pipe without colours; every colour stands beside a word. What a return says is
never markup here: an answer with ``[red]`` in it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len, set_cell_size
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from checker.finding import ItemState, Report, Severity
from checker.report.folding import Hanging, fold, shorten
from checker.report.item_names import find_items
from checker.report.rows import FIRST, GapRow, ItemGroup, Request, View
from checker.report.view import build_view
from checker.wording import Wording, visible
from questionnaire.schema import Schema

FIRST_SCREEN = Request()
WIDTH = 120  # wider lines are hard to read
PIPE_WIDTH = 100
QUOTES = 3  # quotes shown for one finding; the Excel list holds all
QUOTE_LENGTH = 70  # characters
LABEL = 26  # cells of an item's label on the first screen
PLACE = 16  # cells of a place: one in a document is the heading that it stands under
_UNQUOTED = re.compile(r"[\s\"'$&|;()<>*?`!\\]")  # what a shell would not leave as it is

COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
STATE_COLOURS = {
    ItemState.ANSWERED: "green",
    ItemState.PARTIAL: "yellow",
    ItemState.DELEGATED: "magenta",
    ItemState.NOT_APPLICABLE: "blue",
    ItemState.MISSING: "bold red",
}


def print_report(
    report: Report,
    schema: Schema,
    words: Wording,
    console: Console | None = None,
    request: Request = FIRST_SCREEN,
) -> None:
    """Prints one report: verdict, counts and what to mend first; details for who asks for them.

    Raises:
        InputError: an item that is asked for is not in the questionnaire.
    """
    console = console or make_console()
    chosen = [item.id for name in request.items for item in find_items(name, schema)]
    view = build_view(report, schema, words, request.audience)
    if chosen:
        blocks = [*_items(view, chosen, words), *_end(view, words)]
    elif request.whole:
        blocks = [*_whole(view, words), *_end(view, words)]
    else:
        blocks = [_verdict(view, words), *_first(view, words, console.width), *_failures(view, words)]
    console.print(*blocks, sep="\n", soft_wrap=False)
    for hint in _hints(view, request, words):
        console.print(hint, soft_wrap=True)


def make_console() -> Console:
    """The console, no wider than is readable."""
    console = Console(highlight=False, emoji=False, markup=False)
    console.width = min(console.width, WIDTH) if console.is_terminal else PIPE_WIDTH
    return console


def _whole(view: View, words: Wording) -> Iterator[RenderableType]:
    yield from (_verdict(view, words), Text(""), _coverage(view, words))
    yield Text(words.text("report", "findings"), style="bold")
    if not view.groups:
        yield Text(words.text("report", "no-findings"))
    yield from (_group(group, words) for group in view.groups)
    yield from _failures(view, words)


def _items(view: View, chosen: Sequence[str], words: Wording) -> Iterator[RenderableType]:
    """Single items, with their questions; one without a finding says so."""
    groups = {group.item.id: group for group in view.groups if group.item}
    asked = {row.item: row for row in view.aspects}
    for item in dict.fromkeys(chosen):
        row = asked[item]
        if (group := groups.get(item)) is not None:
            yield _group(group, words, question=row.question)
            continue
        head = Text(row.label, style="bold")
        head.append(f"  {item}", style="dim")
        head.append(f"  {row.item_state_word}", style=STATE_COLOURS[row.item_state])
        question = Hanging(Text("  "), row.question, 0)
        yield Group(head, question, Text("  " + words.text("report", "no-findings")), Text(""))


def _end(view: View, words: Wording) -> Iterator[RenderableType]:
    """The verdict once more, where a long list has moved it out of sight."""
    company = view.company or words.text("report", "unnamed")
    line = words.text("report", "verdict-again", company=company, verdict=view.verdict)
    yield Text(line, style=_verdict_style(view))
    yield _counts(view, words)


def _failures(view: View, words: Wording) -> Iterator[RenderableType]:
    if view.failures:
        yield Text(words.text("report", "failures"), style="bold red")
        yield from (Hanging(Text(""), failure, 0) for failure in view.failures)


def _first(view: View, words: Wording, width: int) -> Iterator[RenderableType]:
    """What to mend first: a line an item."""
    first = view.first[:FIRST]
    if not first:
        if not view.rows:
            yield Text(words.text("report", "no-findings"))
        return
    yield Text("")
    yield Text(words.text("report", "first"), style="bold")
    labels = min(LABEL, max(cell_len(row.label) for row in first))
    room = min(PLACE, max(cell_len(row.cell) for row in first))
    for number, row in enumerate(first, start=1):
        line = Text(f"{number:>2} ")
        line.append(set_cell_size(row.severity_word, _severity_width(words)), style=COLOURS[row.severity])
        line.append(f" {set_cell_size(_fitted(row.label, labels), labels)}", style="bold")
        line.append(f" {set_cell_size(_cut(row.cell, room), room)}", style="dim")
        line.append(f" {row.title}  ")
        left = width - line.cell_len
        lines = list(fold(row.mend, left - 1))
        line.append(f"{lines[0]}…" if len(lines) > 1 else row.mend, style="green")
        yield line
    if rest := len(view.first) - len(first):
        more = words.text("report", "first-more", count=rest, later=view.later)
        yield Text(f"   {more}", style="dim")


def _fitted(label: str, room: int) -> str:
    """An item's label in so many cells: what is too long loses the end of its title, never its number."""
    if cell_len(label) <= room:
        return label
    title, bracket, number = label.rpartition("（")
    left = room - cell_len(bracket + number) - 1
    return f"{set_cell_size(title, left).rstrip()}…{bracket}{number}" if bracket and left > 0 else label


def _cut(text: str, room: int) -> str:
    return text if cell_len(text) <= room else set_cell_size(text, room - 1).rstrip() + "…"


def _severity_width(words: Wording) -> int:
    return max(cell_len(words.word("severity", severity.value)) for severity in Severity)


def _hints(view: View, request: Request, words: Wording) -> Iterator[Text]:
    """What else can be asked for: calls to be copied, so no line of them breaks."""
    if not view.rows or not request.path:
        return
    yield Text("")
    path, *given = (_quoted(visible(each, lines=False)) for each in (request.path, *request.given))
    said = {"path": path, "given": "".join(f" {each}" for each in given)}
    if not request.items and not request.whole:
        if item := next((row.item for row in view.first if row.item), ""):
            yield _command(words.text("report", "hint-item", item=item, **said))
        yield _command(words.text("report", "hint-all", **said))
    yield _command(words.text("report", "closing", **said))


def _command(line: str) -> Text:
    """A command to be copied: never broken, however narrow the screen."""
    return Text(line, style="dim", no_wrap=True, overflow="ignore")


def _quoted(path: str) -> str:
    return f'"{path}"' if _UNQUOTED.search(path) else path


def _verdict(view: View, words: Wording) -> RenderableType:
    company = view.company or words.text("report", "unnamed")
    heading = words.text("report", "heading", company=company, year=view.year) if view.year else company
    return Group(
        Text(heading, style="bold"),
        Text("  ".join((view.file, *view.frameworks)), style="dim"),
        *(Hanging(Text(""), line, 0) for line in view.taken),
        Text(view.verdict, style=_verdict_style(view)),
        _counts(view, words),
        _states(view, words),
        *_waivers(view, words),
        *_pending(view, words),
    )


def _verdict_style(view: View) -> str:
    return "bold green" if view.ready else "bold red"


def _states(view: View, words: Wording) -> Text:
    """Items by state, on one line."""
    line = Text(words.text("report", "items", count=view.items), style="dim")
    for state, count in view.coverage.items():
        line.append(f"  {words.word('states', state.value)} ", style="dim")
        line.append(str(count), style=STATE_COLOURS[state] if count else "dim")
    return line


def _counts(view: View, words: Wording) -> Text:
    """What is to be mended, by severity."""
    counts = Text()
    for severity, count in view.counts.items():
        word = words.word("severity", severity.value)
        hint = words.word("severity_hint", severity.value)
        counts.append(f"{word} {count}", style=COLOURS[severity] if count else "dim")
        counts.append(f"（{hint}）  " if words.language.value == "zh" else f" ({hint})  ", style="dim")
    return counts


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


def _group(group: ItemGroup, words: Wording, question: str = "") -> RenderableType:
    head = Text(group.label, style="bold")
    if group.item is not None:
        head.append(f"  {group.item.id}", style="dim")
        head.append(f"  {group.state_word}", style=STATE_COLOURS[group.item.state])
    head.append(f"  {group.place_inside}", style="dim")
    lines: list[RenderableType] = [head]
    if question:
        lines.append(Hanging(Text("  "), question, 0))
    for row in group.lines:
        lines += _line(row, group, words)
    lines.append(Text(""))
    return Group(*lines)


def _line(row: GapRow, group: ItemGroup, words: Wording) -> list[RenderableType]:
    head = Text(f"{row.severity_word} ", style=COLOURS[row.severity])
    head.append(f"{row.title}  ", style="bold")
    if row.place_inside != group.place_inside:
        head.append(f"{row.place_inside}  ", style="dim")
    lines: list[RenderableType] = [Hanging(head, row.message, 2)]
    label = words.text("report", "quote")
    lines += [_labelled(label, f"「{shorten(quote, QUOTE_LENGTH)}」", "dim") for quote in row.quotes[:QUOTES]]
    if len(row.quotes) > QUOTES:
        more = words.text("report", "more-quotes", count=len(row.quotes) - QUOTES)
        lines.append(_labelled(label, more, "dim"))
    lines.append(_labelled(words.text("report", "mend"), row.mend, "green"))
    if row.disclosures:
        codes = words.text("report", "pairs-separator").join(row.disclosures)
        lines.append(_labelled(words.text("report", "disclosures"), codes, "dim"))
    return lines


def _labelled(label: str, text: str, style: str) -> RenderableType:
    return Hanging(Text(f"{label} ", style=style), text, 4)
