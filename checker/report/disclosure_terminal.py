"""Frameworks on the screen: the list of catalogues, one catalogue, and what some returns let the parent disclose."""

from __future__ import annotations

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from checker.reading.carriers import DisclosureState
from checker.report.disclosure_view import CompanyRow, CoverageView, DisclosureRow, Words, name_of, title_of
from checker.report.folding import Hanging
from checker.report.terminal import PIPE_WIDTH, WIDTH
from checker.wording import Wording
from frameworks.catalogues import Catalogues
from frameworks.crosswalk import Crosswalk
from frameworks.model import Framework
from questionnaire.links import Links
from questionnaire.schema import Schema

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


def make_console() -> Console:
    """The console, no wider than is readable."""
    console = Console(highlight=False, emoji=False, markup=False)
    console.width = min(console.width, WIDTH) if console.is_terminal else PIPE_WIDTH
    return console


def print_list(catalogues: Catalogues, links: Links, words: Wording, console: Console | None = None) -> None:
    """Prints every edition: how much it asks, how much of it was verified, how much the questionnaire reaches."""
    say = Words(words)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, title=say("list-title"), title_justify="left")
    for key, justify in (
        ("edition", "left"), ("framework", "left"), ("in-force", "left"),
        ("entries", "right"), ("unverified", "right"), ("linked", "right"),
    ):  # fmt: skip
        table.add_column(say(f"column-{key}"), justify=justify, overflow="fold")  # type: ignore[arg-type]
    for edition in catalogues.editions:
        held = catalogues.edition(edition.framework, links.year) is edition
        linked = sum(edition.code(d) in links.by_code for d in edition.disclosures) if held else 0
        unverified = sum(not d.verified for d in edition.disclosures)
        table.add_row(
            Text(edition.name, style="" if held else "dim"),
            Text(name_of(edition, words)),
            Text(_period(edition, say) + ("" if held else say("not-held", year=links.year))),
            str(len(edition.disclosures)),
            Text(str(unverified), style="yellow" if unverified else "dim"),
            str(linked) if held else "·",
        )
    (console or make_console()).print(table, Text(say("list-note"), style="dim"))


def _period(edition: Framework, say: Words) -> str:
    parts = [say("from", day=edition.valid_from)] if edition.valid_from else []
    return " ".join([*parts, say("to", day=edition.valid_to)] if edition.valid_to else parts)


def print_catalogue(
    edition: Framework,
    links: Links,
    schema: Schema,
    crosswalk: Crosswalk,
    words: Wording,
    console: Console | None = None,
) -> None:
    """Prints one catalogue as in force in the links' year, with the questions that reach each disclosure."""
    say = Words(words)
    blocks: list[RenderableType] = [
        Text(
            say("heading", name=name_of(edition, words), edition=edition.name, year=links.year), style="bold"
        )
    ]
    if edition.binding:
        text = getattr(edition.binding, words.language.value)
        blocks.append(Hanging(Text(""), say("binding", text=text), 0))
    group = ""
    for disclosure in edition.disclosures:
        if not edition.in_force(disclosure, links.year):
            continue
        if disclosure.group != group:
            group = disclosure.group
            blocks += [Text(""), Text(group, style="bold")]
        code = edition.code(disclosure)
        kind, duty = (
            say.of("kinds", disclosure.kind.value),
            say.of("obligations", disclosure.obligation.value),
        )
        title = f"{title_of(disclosure, words)}  {kind} · {duty}"
        head = Text(f"{disclosure.id}  ", style="bold")
        blocks.append(Hanging(head, title + _mark(disclosure.verified, say), 2))
        asked = dict.fromkeys(link.item for link in links.by_code.get(code, ()) if link.counts)
        if asked:
            places = say("separator").join(f"{schema.label(item)} {item}" for item in asked)
            blocks.append(Hanging(Text(""), say("asked-by", places=places), 4))
        if near := dict.fromkeys(link.source for link in crosswalk.answering(code)):
            blocks.append(Hanging(Text(""), say("see-also", codes=say("separator").join(near)), 4))
    unverified = sum(not d.verified for d in edition.disclosures if edition.in_force(d, links.year))
    if unverified:
        blocks += [Text(""), Hanging(Text(""), say("unverified-note", count=unverified), 0)]
    (console or make_console()).print(*blocks, sep="\n")


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
