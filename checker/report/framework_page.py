"""One catalogue on the screen: what it asks in a year, how bindingly, and which questions reach it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.text import Text

from checker.reading.disclosures import Reader
from checker.reading.serving import items_of, ways_to
from checker.report.disclosure_view import Words, name_of, title_of
from checker.report.duties import counts_text, duty_counts, duty_text, issuer_text
from checker.report.folding import Hanging
from checker.report.framework_list import share_text
from checker.report.terminal import make_console
from checker.wording import Wording
from frameworks.model import Disclosure, Framework


def print_catalogue(edition: Framework, reader: Reader, words: Wording) -> None:
    """Prints one catalogue as in force in the reader's year."""
    make_console().print(*_blocks(edition, reader, words), sep="\n")


def _blocks(edition: Framework, reader: Reader, words: Wording) -> Iterator[RenderableType]:
    say, year = Words(words), reader.links.year
    issuers = reader.schema.edition.issuer
    entries = [each for each in edition.disclosures if edition.in_force(each, year)]
    yield Text(say("heading", name=name_of(edition, words), edition=edition.name, year=year), style="bold")
    duties = duty_counts(edition, year, issuers)
    yield Hanging(Text(""), say("page-counts", count=len(entries), duties=counts_text(duties, words)), 0)
    yield Text(say("page-share", share=share_text(entries, say)))
    if issuers or any(duty.by_issuer for duty, _ in duties):
        yield Hanging(Text(""), issuer_text(issuers, words), 0)
    if edition.binding:
        yield Hanging(Text(""), say("binding", text=getattr(edition.binding, words.language.value)), 0)
    for name in dict.fromkeys(each.schedule for each in entries if each.schedule):
        yield Hanging(Text("· "), getattr(edition.schedules[name], words.language.value), 2)
    group = ""
    for disclosure in entries:
        if disclosure.group != group:
            group = disclosure.group
            yield Text("")
            yield Text(group, style="bold")
        yield from _entry(edition, disclosure, reader, words)
    if unverified := sum(not each.verified for each in entries):
        yield Text("")
        yield Hanging(Text(""), say("unverified-note", count=unverified), 0)


def _entry(
    edition: Framework, disclosure: Disclosure, reader: Reader, words: Wording
) -> Iterator[RenderableType]:
    say, year = Words(words), reader.links.year
    duty = duty_text(edition.duty(disclosure, year, reader.schema.edition.issuer), words)
    title = f"{title_of(disclosure, words)}  {say.of('kinds', disclosure.kind.value)} · {duty}"
    mark = "" if disclosure.verified else f"  [{say('unverified')}]"
    yield Hanging(Text(f"{disclosure.id}  ", style="bold"), title + mark, 2)
    code = edition.code(disclosure)
    if own := items_of(code, reader):
        yield Hanging(Text(""), say("asked-by", places=_places(own, reader, say)), 4)
    ways = ways_to(code, disclosure, reader)
    serving = () if own else tuple(way for way in ways if items_of(way, reader))
    if serving:
        items = dict.fromkeys(item for way in serving for item in items_of(way, reader))
        codes = say("separator").join(serving)
        yield Hanging(Text(""), say("served-by", places=_places(items, reader, say), codes=codes), 4)
    if plain := [way for way in ways if way not in serving]:
        yield Hanging(Text(""), say("see-also", codes=say("separator").join(plain)), 4)


def _places(items: Iterable[str], reader: Reader, say: Words) -> str:
    return say("separator").join(f"{reader.schema.label(item)} {item}" for item in items)
