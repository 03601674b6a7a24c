"""What a letter says: to a company that has sent, its gaps in order and what to do; to one that has not, a reminder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct

from checker.campaign.roster import CompanyStanding, Standing
from checker.finding import Severity
from checker.report.folding import shorten
from checker.report.kinds import digest
from checker.report.rows import GapRow, View
from checker.wording import Language, Wording, visible
from questionnaire.cells import squeeze
from questionnaire.provenance import LETTER_NUMBER
from questionnaire.schema import Parent

QUOTE = 40  # characters
QUOTES = 2  # of a line: what contradicts needs both
CHASED = (Standing.MISSING, Standing.AWAITED)


class GapTable(Struct, frozen=True):
    """Gaps of one severity under a heading."""

    heading: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # number, item, place, what is missing, what to do where it must be


class Letter(Struct, frozen=True, dict=True):
    """A letter, paragraph by paragraph."""

    company: str
    title: str
    greeting: str
    opening: tuple[str, ...]
    tables: tuple[GapTable, ...]
    heading: str  # of the steps; empty without any
    steps: tuple[str, ...]
    closing: tuple[str, ...]  # who sends it, and when

    @cached_property
    def number(self) -> str:
        """Of the letter, by what it says."""
        return letter_number(self.company, "\n".join(self.lines()))

    def lines(self) -> Iterator[str]:
        """All of it as lines of text, but for the number."""
        yield from (self.title, "", self.greeting, *self.opening)
        for table in self.tables:
            yield from ("", table.heading)
            for number, label, place, *said in table.rows:
                yield f"{number}. {label}  {place}"
                yield from (f"   {line}" for text in said for line in text.split("\n"))
        if self.steps:
            yield from ("", self.heading)
        yield from (f"{number}. {step}" for number, step in enumerate(self.steps, start=1))
        yield from ("", *self.closing)


def letter_number(company: str, text: str) -> str:
    """By which a letter is known again, and whether somebody changed it since: of the company and of its text."""
    return LETTER_NUMBER.format(digest(squeeze(company)), digest(text))


def _in_order(view: View) -> Iterator[GapRow]:
    """What is to be mended in the questionnaire's order, in which a company goes through its return."""
    for group in view.groups:
        yield from group.lines


class LetterDesk:
    """Writes the letters of one campaign."""

    def __init__(self, words: Wording, parent: Parent, year: int, today: date, deadline: date | None) -> None:
        self.words, self.year = words, year
        self.deadline = self._day(deadline) if deadline else words.text("letters", "blank-day")
        office = parent.office if words.language is Language.ZH else parent.office_en or parent.office
        key = "sender-unnamed" if not parent.name else "sender-office" if office else "sender"
        self.sender = words.text("letters", key, parent=parent.name, office=office)
        self.closing = (self.sender, self._day(today))

    def _say(self, key: str, **params: object) -> str:
        return self.words.text("letters", key, **params)

    def _day(self, day: date) -> str:
        return self._say("day", year=day.year, month=day.month, day=day.day)

    def on_gaps(self, company: str, view: View, standing: CompanyStanding | None) -> Letter:
        """The letter to a company that has sent its return."""
        wanted = [
            self._say(f"found-{severity.value}", count=view.counts[severity])
            for severity in (Severity.ERROR, Severity.WARNING)
            if view.counts[severity]
        ]
        year = view.year or self.year
        opening = [self._say("received", file=view.file, year=year)]
        parts = self._say("found-separator").join(wanted)
        told = self._say("found", parts=parts) if wanted else self._say("nothing")
        notices = view.counts[Severity.NOTICE]
        opening.append(self._say("notices", sentence=told, count=notices) if notices else told)
        if wanted:
            opening.append(self._say("reply", deadline=self.deadline))
        if standing and standing.standing is Standing.LATE and standing.came and standing.listed.due:
            came, due = self._day(standing.came), self._day(standing.listed.due)
            opening.append(self._say("late", came=came, due=due))
        tables = (self._must(view), self._should(view))
        return self._letter(
            company, standing, "gaps" if wanted else "thanks", opening,
            tuple(table for table in tables if table.rows), 3 if wanted else 0, year,
        )  # fmt: skip

    def chaser(self, standing: CompanyStanding) -> Letter:
        """The letter to a company that has not sent."""
        due = standing.listed.due
        key = "not-due" if standing.standing is Standing.AWAITED else "overdue" if due else "missing"
        if standing.file:
            key = "unreadable"
        opening = [
            self._say(
                key,
                due=self._day(due) if due else "",
                year=self.year,
                deadline=self.deadline,
                file=standing.file,
            )
        ]
        return self._letter(standing.listed.company, standing, "chaser", opening, (), 3, self.year)

    def _letter(
        self, company: str, standing: CompanyStanding | None, key: str, opening: Sequence[str],
        tables: tuple[GapTable, ...], steps: int, year: object,
    ) -> Letter:  # fmt: skip
        contact = standing.listed.contact if standing else ""
        greeting = self._say("greeting-contact" if contact else "greeting", company=company, contact=contact)
        return Letter(
            company,
            self._say(f"title-{key}", year=year),
            greeting,
            tuple(opening),
            tables,
            self._say(f"steps-{key}") if steps else "",
            tuple(self._say(f"step-{key}-{number}", sender=self.sender) for number in range(1, steps + 1)),
            self.closing,
        )

    def _must(self, view: View) -> GapTable:
        """A line a gap, with what to do."""
        rows = [row for row in _in_order(view) if row.severity is Severity.ERROR]
        return self._table("error", ("message", "mend"), len(rows), [
            (self._called(row), row.cell, self._quoted(row), visible(row.mend)) for row in rows
        ])  # fmt: skip

    def _should(self, view: View) -> GapTable:
        """A line an item: there are many, and what is missing says what to add."""
        items: dict[str, list[GapRow]] = {}
        for row in _in_order(view):
            if row.severity is Severity.WARNING:
                items.setdefault(row.item or row.place, []).append(row)
        rows = [
            (self._called(found[0]), found[0].cell, "\n".join(map(self._quoted, found)))
            for found in items.values()
        ]
        return self._table("warning", ("message",), sum(map(len, items.values())), rows)

    def _table(
        self, key: str, said: tuple[str, ...], count: int, rows: Sequence[tuple[str, ...]]
    ) -> GapTable:
        heads = ("number", "label", "cell", *said)
        return GapTable(
            self._say(f"heading-{key}", count=count, items=len(rows)),
            tuple(self.words.text("report", f"column-{head}") for head in heads),
            tuple((str(number), *row) for number, row in enumerate(rows, start=1)),
        )

    def _called(self, row: GapRow) -> str:
        """The item; a bare number is told as one, for the line's own number stands before it."""
        number, blank, title = row.label.partition(" ")
        return self._say("item", number=number, title=title) if blank and number.isdecimal() else row.label

    def _quoted(self, row: GapRow) -> str:
        """What is missing, with the words in question where there are any; a table's row in one line."""
        quotes = (visible(" ".join(quote.split())) for quote in row.quotes[:QUOTES])
        return row.message + "".join(f"「{shorten(quote, QUOTE)}」" for quote in quotes if quote)
