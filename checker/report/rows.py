"""The rows that a report consists of, in words: what every writer lays out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from enum import StrEnum
from itertools import groupby
from operator import attrgetter, itemgetter

from msgspec import Struct

from checker.finding import AspectState, ItemResult, ItemState, Severity
from checker.report.causes import Weight
from questionnaire.answers import Place

FIRST = 10  # items that come first: a terminal of 30 lines holds them
IN_A_ROW = 3  # faults of one rule before those of another come: ten of a kind tell no more than three


class Audience(StrEnum):
    """Who reads a report."""

    CLERK = "clerk"  # mends the return
    OFFICE = "office"  # discloses: needs the codes of what is asked from outside


class Request(Struct, frozen=True):
    """What of a report is asked for."""

    audience: Audience = Audience.CLERK
    whole: bool = False  # every finding, instead of what comes first
    items: tuple[str, ...] = ()  # the findings of these, by id or label
    path: str = ""  # of the return, as the user named it
    given: tuple[str, ...] = ()  # options and their values, without which another call would judge otherwise


class GapRow(Struct, frozen=True):
    """What is one thing to mend, put into words: the findings of one cause at one item."""

    number: int  # 1-based; what must be done first comes first
    severity: Severity
    severity_word: str
    weight: Weight
    weight_word: str
    item: str  # id; empty for what belongs to no item
    label: str
    part: str
    question: str
    aspects: tuple[str, ...]  # what they ask; empty
    rule: str
    title: str
    place: str
    where: Place
    cell: str  # the cell or the line; with its sheet where it is not that of most answers
    quotes: tuple[str, ...]
    message: str
    mend: str
    disclosures: tuple[str, ...]  # what the listed parent cannot disclose because of it; for the office alone
    fingerprint: str  # of all its findings

    @property
    def place_inside(self) -> str:
        """Sheet and cell, or the line; the file stands at the top."""
        return self.place.partition(" › ")[2] or self.place


class ItemGroup(Struct, frozen=True):
    """What is to be mended in one item; in what belongs to no item, each line has a place of its own."""

    item: ItemResult | None
    label: str
    part: str
    state_word: str
    where: Place | None
    place_inside: str  # sheet and cell; empty where the lines stand in several
    lines: tuple[GapRow, ...]  # the gravest first

    @property
    def severity(self) -> Severity:
        """The gravest among them."""
        return self.lines[0].severity


class PartRow(Struct, frozen=True):
    """A part with its items by state."""

    title: str  # 第一部分 公司管治
    items: int
    counts: dict[ItemState, int]


class AspectRow(Struct, frozen=True):
    """One aspect of one answer, with its state and proof."""

    part: str
    item: str
    label: str
    question: str
    answer: str
    item_state: ItemState
    item_state_word: str
    aspect: str
    ask: str
    need_word: str
    state: AspectState
    state_word: str
    evidence: str
    where: Place | None


class RuleRow(Struct, frozen=True):
    """What one rule did."""

    rule: str
    title: str
    severity_word: str
    checked: int
    fired: int
    failed: int
    stepped_back: str  # 空白 2、依托 27


class WaiverRow(Struct, frozen=True):
    """An accepted finding, or a waiver that does not hold."""

    state: str  # waived, expired, unused
    state_word: str
    title: str
    label: str
    item: str
    message: str
    who: str
    why: str
    until: str
    fingerprint: str
    place: str  # where the waiver is written


class QuestionRow(Struct, frozen=True):
    """What the clerk is asked."""

    label: str
    place: str
    text: str
    reply: str  # in words; empty while it waits


class View(Struct, frozen=True):
    """A report, ready to be laid out."""

    company: str
    year: str
    file: str
    questionnaire: str
    frameworks: tuple[str, ...]
    ready: bool
    audience: Audience
    counts: dict[Severity, int]  # of rows
    coverage: dict[ItemState, int]
    items: int
    parts: tuple[PartRow, ...]
    groups: tuple[ItemGroup, ...]
    rows: tuple[GapRow, ...]  # what must be done first comes first
    aspects: tuple[AspectRow, ...]
    rules: tuple[RuleRow, ...]
    failures: tuple[str, ...]
    taken: tuple[str, ...]  # by what and from where it was read, when that is not as it should be
    verdict: str
    not_run: str  # names of the rules left out; empty
    waivers: tuple[WaiverRow, ...]
    questions: tuple[QuestionRow, ...] = ()

    @property
    def pending(self) -> tuple[QuestionRow, ...]:
        """The questions that wait for an answer."""
        return tuple(row for row in self.questions if not row.reply)

    @property
    def first(self) -> tuple[GapRow, ...]:
        """The most important thing to do in each item, the most important item first; what may be left is out.

        Of one weight the rules take turns, so that the first lines show every kind of fault.
        """
        found: dict[Hashable, GapRow] = {}
        for row in self.rows:
            if row.severity is not Severity.NOTICE:
                found.setdefault(row.item or row.number, row)
        return tuple(_in_turns(found.values()))

    @property
    def later(self) -> tuple[str, ...]:
        """How many items come behind those, by severity; empty where none does."""
        counts = Counter(row.severity_word for row in self.first[FIRST:])
        return tuple(f"{word} {count}" for word, count in counts.items())

    def groups_of(self, part: str) -> tuple[ItemGroup, ...]:
        """The groups of a part; of what belongs to no item for an empty one."""
        return tuple(group for group in self.groups if group.part == part)

    def waivers_in(self, state: str) -> tuple[WaiverRow, ...]:
        """The rows of one state."""
        return tuple(row for row in self.waivers if row.state == state)


def _in_turns(rows: Iterable[GapRow]) -> Iterator[GapRow]:
    for _, alike in groupby(rows, attrgetter("severity", "weight")):
        seen: Counter[str] = Counter()
        turns = []
        for row in alike:
            turns.append((seen[row.rule] // IN_A_ROW, row))
            seen[row.rule] += 1
        yield from (row for _, row in sorted(turns, key=itemgetter(0)))
