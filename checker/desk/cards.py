"""A report as the clerk sees it: a card an item, and what to mend first."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from checker.desk.drafts import Draft
from checker.desk.marks import Entry, Segment, entries_of, marked
from checker.finding import AspectState, ItemResult, Question
from checker.report.rows import GapRow, ItemGroup, View
from checker.report.view import question_text
from checker.wording import Wording
from questionnaire.answers import Place
from questionnaire.options import label_of
from questionnaire.schema import Item, Schema
from questionnaire.template import guidance


class Part(Struct, frozen=True):
    """An aspect of an item and whether the answer has it."""

    ask: str
    state: str
    state_word: str


class Ask(Struct, frozen=True):
    """A question to the clerk, where the reader is not sure."""

    id: str
    text: str
    choices: tuple[tuple[str, str], ...]  # value and word
    reply: str  # the value that was given; empty while it waits


class Card(Struct, frozen=True):
    """An item with its answer and findings; ``item`` is empty for what belongs to none."""

    anchor: str
    item: str
    label: str
    part: int  # from 1; 0 for what belongs to no item
    spot: str  # sheet and cell
    question: str
    answer: tuple[Segment, ...]
    state: str
    state_word: str
    severity: str  # the gravest; empty where nothing is to be mended
    severity_word: str
    entries: tuple[Entry, ...]
    parts: tuple[Part, ...]
    asks: tuple[Ask, ...]
    last: str  # last year's answer
    mended: bool
    ticked: str = ""  # 是 or 否, where it is answered so

    @property
    def shown(self) -> int:
        """How many of its aspects the answer has."""
        return sum(part.state == AspectState.DISCLOSED.value for part in self.parts)


def cards(draft: Draft, schema: Schema, view: View, words: Wording) -> tuple[Card, ...]:
    """All items in the order of the questionnaire, then what belongs to none."""
    groups = {group.item.id: group for group in view.groups if group.item}
    asks: dict[str, list[Ask]] = {}
    for question in draft.report.questions:
        asks.setdefault(question.item, []).append(_ask(question, words))
    last = {answer.item: answer.text for answer in draft.before.answers} if draft.before else {}
    found = [
        replace(
            _card(item, groups.get(item.id), schema, words),
            asks=tuple(asks.get(item.id, ())),
            last=last.get(item.id, ""),
            mended=item.id in draft.mends,
        )
        for item in draft.report.items
    ]
    others = [group for group in view.groups if not group.item]
    return (*found, *(_other(number, group) for number, group in enumerate(others, start=1)))


def unnumbered(row: GapRow) -> GapRow:
    """A row that is the same when others before it are gone."""
    return replace(row, number=0)


def help_of(item: Item) -> tuple[str, ...]:
    """What a full answer holds, a line each."""
    return tuple(guidance(item).splitlines())


def spot_of(where: Place | None, words: Wording) -> str:
    """A place inside the file that the page is about."""
    if where is None:
        return ""
    whole, file = words.place(where), words.place(Place(where.file))
    return whole.removeprefix(file).lstrip(" ›")


def anchor_of(item: str) -> str:
    """An id for an element of the page."""
    return item.replace(".", "-")


def _ask(question: Question, words: Wording) -> Ask:
    choices = tuple((each.value, words.text("report", f"reply-{each.value}")) for each in question.choices)
    return Ask(
        question.id, question_text(question, words), choices, question.reply.value if question.reply else ""
    )


def _card(item: ItemResult, group: ItemGroup | None, schema: Schema, words: Wording) -> Card:
    lines = [unnumbered(line) for line in group.lines] if group else []
    part, _ = schema.sections[item.id]
    return Card(
        anchor=anchor_of(item.id),
        item=item.id,
        label=item.label,
        part=part.part,
        spot=spot_of(item.where, words),
        question=item.question,
        answer=marked(item, lines),
        state=item.state.value,
        state_word=words.word("states", item.state.value),
        severity=group.severity.value if group else "",
        severity_word=words.word("severity", group.severity.value) if group else "",
        entries=tuple(entries_of(item.answer, lines)),
        parts=tuple(
            Part(each.ask, each.state.value, words.word("aspect_states", each.state.value))
            for each in item.aspects
        ),
        asks=(),
        last="",
        mended=False,
        ticked=label_of(item.option, item.question) if item.option else "",
    )


def _other(number: int, group: ItemGroup) -> Card:
    return Card(
        anchor=f"other-{number}", item="", label=group.label, part=0, spot="", question="", answer=(), state="",
        state_word="", severity=group.severity.value, severity_word=group.lines[0].severity_word,
        entries=tuple(entries_of("", [unnumbered(line) for line in group.lines])), parts=(), asks=(), last="",
        mended=False,
    )  # fmt: skip
