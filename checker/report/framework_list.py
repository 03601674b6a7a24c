"""The catalogues on the screen: which edition holds in a year, how binding it is, how much of it was verified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from msgspec import Struct
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from checker.reading.disclosures import Reader
from checker.reading.serving import reaching
from checker.report.disclosure_view import Words, name_of
from checker.report.duties import counts_text, duty_counts, issuer_text
from checker.report.folding import Hanging
from checker.report.terminal import make_console
from checker.wording import Wording
from frameworks.catalogues import Catalogues
from frameworks.model import Disclosure, Framework
from frameworks.obligation import Duty, Issuer

HEADS = ("edition", "framework", "entries", "verified-share", "linked", "duties")
YEAR_HEADS = ("framework", "years", "edition", "entries", "verified-share", "duties")
Issuers = tuple[Issuer, ...]
Row = TypeVar("Row")
RIGHT = frozenset({"entries", "verified-share", "linked"})


class YearRow(Struct, frozen=True):
    """A framework in one year: the edition used and what it binds to; no edition where none holds."""

    edition: Framework | None
    entries: tuple[str, ...] = ()
    verified: int = 0
    duties: tuple[tuple[Duty, int], ...] = ()


def share_text(disclosures: Sequence[Disclosure], say: Words) -> str:
    """How many of some disclosures were verified, and which part that is."""
    return _share(sum(disclosure.verified for disclosure in disclosures), len(disclosures), say)


def print_list(reader: Reader, words: Wording) -> None:
    """Prints every edition: how much it asks and how bindingly, how much was verified, how much is reached."""
    say, year = Words(words), reader.links.year
    issuers = reader.schema.edition.issuer
    table = _table(say("list-title", year=year), HEADS, say)
    for edition in reader.catalogues.editions:
        held = reader.catalogues.edition(edition.framework, year) is edition
        entries = reader.catalogues.in_force(edition.framework, year) if held else edition.disclosures
        duties = counts_text(duty_counts(edition, year, issuers), words)
        table.add_row(
            Text(edition.name),
            Text(name_of(edition, words)),
            str(len(entries)),
            Text(share_text(entries, say)),
            str(sum(bool(reaching(edition, each, reader)) for each in entries)) if held else "",
            _folded(duties if held else _period(edition, year, say)),
            style="" if held else "dim",
        )
    _print(table, {year: issuers}, words)


def print_years(
    catalogues: Catalogues, frameworks: Sequence[str], issuers: Mapping[int, Issuers], words: Wording
) -> None:
    """Prints the edition and obligation used for each framework, year by year; equal years share a line.

    Args:
        catalogues: where the frameworks stand.
        frameworks: ids of those to print.
        issuers: the years, and what the issuer is in each.
        words: in which language.
    """
    say, years = Words(words), list(issuers)
    table = _table(say("years-title", first=years[0], last=years[-1]), YEAR_HEADS, say)
    for framework in frameworks:
        name = name_of(catalogues.editions_of(framework)[-1], words)
        rows = {year: year_row(catalogues, framework, year, of) for year, of in issuers.items()}
        for span, row in _spans(rows, say):
            held = row.edition is not None
            table.add_row(
                Text(name),
                span,
                Text(row.edition.name if row.edition else say("no-edition")),
                str(len(row.entries)) if held else "",
                _share(row.verified, len(row.entries), say) if held else "",
                _folded(counts_text(row.duties, words)),
                style="" if held else "dim",
            )
            name = ""
    _print(table, issuers, words)


def year_row(catalogues: Catalogues, framework: str, year: int, issuers: Issuers) -> YearRow:
    """What is used for a framework in a year."""
    edition = catalogues.edition(framework, year)
    if edition is None:
        return YearRow(None)
    entries = catalogues.in_force(framework, year)
    duties = duty_counts(edition, year, issuers)
    return YearRow(
        edition,
        tuple(disclosure.id for disclosure in entries),
        sum(disclosure.verified for disclosure in entries),
        duties,
    )


def _spans(rows: Mapping[int, Row], say: Words) -> Iterator[tuple[str, Row]]:
    """Runs of years in which nothing changes, and what holds in them."""
    for row, run in groupby(rows.items(), key=lambda pair: pair[1]):
        held = [year for year, _ in run]
        yield say("years", first=held[0], last=held[-1]) if len(held) > 1 else str(held[0]), row


def _table(title: str, heads: Sequence[str], say: Words) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True, title=title, title_justify="left")
    for head in heads:
        duties = head == "duties"
        table.add_column(
            say(f"column-{head}"),
            justify="right" if head in RIGHT else "left",
            overflow="fold",
            ratio=1 if duties else None,
            no_wrap=not duties,
        )
    return table


def _share(verified: int, total: int, say: Words) -> str:
    return say("share", verified=verified, total=total, share=f"{verified / total:.0%}" if total else "—")


def _period(edition: Framework, year: int, say: Words) -> str:
    """Why an edition does not hold for a year: from when to when it does."""
    days = [say("from", day=edition.valid_from)] if edition.valid_from else []
    days += [say("to", day=edition.valid_to)] if edition.valid_to else []
    return say("not-held", year=year, days=" ".join(days))


def _folded(text: str) -> Hanging:
    """A cell whose Chinese is broken between letters, and no figure."""
    return Hanging(Text(""), text, 0)


def _print(table: Table, issuers: Mapping[int, Issuers], words: Wording) -> None:
    say = Words(words)
    spans = list(_spans({year: issuer_text(of, words) for year, of in issuers.items()}, say))
    told = [_folded(text if len(spans) == 1 else f"{span} {text}") for span, text in spans]
    make_console().print(table, *told, _folded(say("list-note")), sep="\n")
