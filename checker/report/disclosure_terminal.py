"""On the screen: what some returns let the parent disclose."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.text import Text

from checker.reading.carriers import DisclosureState
from checker.report.disclosure_view import CompanyRow, CoverageView, DisclosureRow, Words
from checker.report.folding import Hanging
from checker.report.terminal import make_console
from checker.wording import Wording

PLACES = 3  # items shown for one company; the workbook holds all
COLOURS = {
    DisclosureState.MET: "green",
    DisclosureState.PARTLY: "yellow",
    DisclosureState.DELEGATED: "magenta",
    DisclosureState.NOT_APPLICABLE: "blue",
    DisclosureState.OPEN: "bold red",
    DisclosureState.NOT_ASKED: "dim",
}
SHORT = (DisclosureState.OPEN, DisclosureState.PARTLY, DisclosureState.DELEGATED)


def _mark(verified: bool, say: Words) -> str:
    return "" if verified else f"  [{say('unverified')}]"


def print_coverage(
    view: CoverageView, parent: str, folder: str, words: Wording, console: Console | None = None
) -> None:
    """Prints what cannot be disclosed yet and who it waits for; then what nobody was asked, and what is ready."""
    (console or make_console()).print(*_blocks(view, parent, folder, Words(words)), sep="\n")


def _blocks(view: CoverageView, parent: str, folder: str, say: Words) -> Iterator[RenderableType]:
    yield Text(view.heading, style="bold")
    names = say("separator").join(view.companies)
    yield Hanging(Text(""), say("reads", count=len(view.companies), names=names), 0)
    if view.binding:
        yield Hanging(Text(""), view.binding, 0)
    yield Text(view.totals)
    complete = view.asked_in_part
    short = [row for row in view.of(*SHORT) if row not in complete]
    yield from _section(say("section-short", count=len(short)))
    for row in short:
        yield from _short(row, parent, say)
    if complete:
        yield from _section(say("section-part", count=len(complete)))
        yield from (_head(row, say, row.note) for row in complete)
    gap = view.of(DisclosureState.NOT_ASKED)
    yield from _section(say("section-gap", count=len(gap)))
    for row in gap:
        yield _head(row, say, row.note)
    ready = view.of(DisclosureState.MET)
    yield from _section(say("section-met", count=len(ready)))
    for row in ready:
        yield _head(row, say, "")
    aside = view.of(DisclosureState.NOT_APPLICABLE)
    if aside:
        yield from _section(say("section-aside", count=len(aside)))
        yield from (_head(row, say, "") for row in aside)
    yield Text("")
    if view.unverified:
        yield Hanging(Text(""), say("unverified-note", count=view.unverified), 0)
    if view.draft:
        yield Hanging(Text(""), say("draft-note"), 0)
    yield Hanging(Text(""), say("closing", framework=view.framework, folder=folder), 0)


def _section(title: str) -> Iterator[RenderableType]:
    yield Text("")
    yield Text(title, style="bold underline")


def _head(row: DisclosureRow, say: Words, note: str) -> RenderableType:
    head = Text(f"{row.number}  ", style="bold")
    text = f"{row.title}  {row.kind} · {row.obligation}{_mark(row.verified, say)}"
    if row.draft:
        text += f"  [{say('draft')}]"
    return Hanging(head, f"{text}  {note}" if note else text, 2)


def _short(row: DisclosureRow, parent: str, say: Words) -> Iterator[RenderableType]:
    yield _head(row, say, row.note)
    for company in row.companies:
        if company.owes:
            yield from _waits(company, parent, say)


def _waits(company: CompanyRow, parent: str, say: Words) -> Iterator[RenderableType]:
    """One line for what the company owes itself, one for what it leaves to the parent."""
    for key, asks in (("waits", company.own), ("waits-parent", company.handed)):
        places = list(asks[:PLACES])
        if len(asks) > PLACES:
            places.append(say("more", count=len(asks) - PLACES))
        if places:
            line = say(
                key, parent=parent, company=company.company, places=say("clause-separator").join(places)
            )
            yield Hanging(Text(f"{company.state_word} ", style=COLOURS[company.state]), line, 4)
