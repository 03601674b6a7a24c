"""A list of questions to the items of a draft edition: ids, keys, markers, aspects with their kinds, what is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from questionnaire.drafting.asks import plain_ask, short_asks
from questionnaire.drafting.cutting import MOST as MOST_ASPECTS
from questionnaire.drafting.cutting import cut
from questionnaire.drafting.filled import TableRow, by_name, is_pointer
from questionnaire.drafting.grammar import Cut, words
from questionnaire.drafting.kinds import ANY_UNIT, Kind, kind_of, units_in
from questionnaire.drafting.known import KnownQuestions, Likeness, alike
from questionnaire.drafting.policies import own_figure, policy_of
from questionnaire.drafting.questions import Listing, Question
from questionnaire.numerals import numeral
from questionnaire.schema import Aspect, Item, Part, Section, question_hash
from questionnaire.vocabulary import (
    Delegable,
    EvidenceKind,
    FigureNeed,
    ItemDraft,
    Numbering,
)

MOST = 99  # items of a section, sections of a part: their ids have two digits
TITLE = 40  # letters of a title
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class DraftItem(NamedTuple):
    """An item of the draft, the question that it was made of, and the known one beside it."""

    item: Item
    source: Question
    like: Likeness | None


class Draft(Struct):
    """The parts of a draft edition, with what each item was made of."""

    parts: tuple[Part, ...]
    items: tuple[DraftItem, ...]
    left: tuple[str, ...] = field(default=())  # lines of the list that were taken for no question

    @property
    def adopted(self) -> tuple[DraftItem, ...]:
        """The items that are a known question's own, aspects and all."""
        return tuple(each for each in self.items if each.like is not None and each.like.is_same)


def draft(listing: Listing, title: str, known: KnownQuestions = KnownQuestions()) -> Draft:  # noqa: B008 - frozen
    """The draft of a list.

    Args:
        listing: the questions.
        title: of the part, where the list has no parts.
        known: editions whose questions are recognised.
    """
    by_number = numbering_of(listing.questions) is Numbering.MARKER
    keys: set[str] = set()
    parts: list[Part] = []
    items: list[DraftItem] = []
    for number, (name, questions) in enumerate(_chunks(listing, "part"), 1):
        sections: list[Section] = []
        for place, (section, asked) in enumerate(_chunks(Listing(tuple(questions)), "section"), 1):
            made = [
                _item(
                    question,
                    f"P{number}.S{place}.I{at}",
                    mark(question, at, by_number=by_number),
                    keys,
                    known,
                )
                for at, question in enumerate(asked, 1)
            ]
            items += made
            called = section or (name if name else words()["draft"]["section"])
            sections.append(
                Section(section=place, title=called[:TITLE], items=tuple(each.item for each in made))
            )
        parts.append(Part(part=number, title=(name or title)[:TITLE], sections=tuple(sections)))
    return Draft(tuple(parts), tuple(items), listing.left)


def numbering_of(questions: Sequence[Question]) -> Numbering:
    """By the list's own numbers where each of them stands but once in the whole list."""
    numbers = [_number(each.number) for each in questions]
    return Numbering.MARKER if all(numbers) and len(set(numbers)) == len(numbers) > 1 else Numbering.SECTION


def _number(printed: str) -> str:
    """A number without the marks that close it: 12 of 12., （3） as it is."""
    return (
        printed.strip().rstrip(".．、:： 　)）")
        if printed.strip()[:1] not in ("(", "（")
        else printed.strip()
    )


def mark(question: Question, at: int, *, by_number: bool) -> str:
    """How an item is marked: by the number that the list gives it, else by its place in the section."""
    return _number(question.number) if by_number else f"（{numeral(at)}）"


def _chunks(listing: Listing, kind: str) -> Iterator[tuple[str, list[Question]]]:
    """The questions by part or section as they stand, in as many of them as ids have room for."""
    groups = [
        (name, list(group))
        for name, group in groupby(listing.questions, key=lambda question: str(getattr(question, kind)))
    ]
    if len(groups) > MOST:
        groups = [("", list(listing.questions))]
    for name, questions in groups:
        step = MOST if kind == "section" else len(questions)
        for start in range(0, len(questions), step):
            yield name, questions[start : start + step]


def draft_item(question: Question, item: str, marker: str, keys: set[str]) -> Item:
    """The item of one question that is added to a draft: under an id, with a mark, beside keys that are taken."""
    return _item(question, item, marker, keys, KnownQuestions()).item


def _item(question: Question, item: str, marker: str, keys: set[str], known: KnownQuestions) -> DraftItem:
    like = known.nearest(question.text)
    key = like.item.key if like is not None and like.is_same else f"q.{question_hash(question.text)}"
    while key in keys:
        key += "-2"
    keys.add(key)
    head: dict[str, Any] = {"id": item, "key": key, "marker": marker, "question": question.text}
    if like is not None and like.is_same:
        return DraftItem(_adopted(head, like), question, like)
    cuts = _cuts(question)
    kinds = _kinds_of(question, cuts)
    proposed = policy_of(question.text, question.section, cuts, kinds)
    shared = like is None and proposed.delegable is Delegable.WITH_EXPLANATION
    aspects = tuple(_aspects(question, item, cuts, kinds, like, shared=shared))
    policy: dict[str, Any] = {
        "options": cuts[0].whether and [each.evidence for each in kinds].count(EvidenceKind.YES_NO) == 1,
        "delegable": proposed.delegable,
        "delegable_reason": proposed.reason,
        "not_applicable": proposed.not_applicable,
        "draft": (ItemDraft.ASPECTS, ItemDraft.POLICY),
    }
    if like is not None:
        policy |= {
            "delegable": like.item.delegable,
            "delegable_reason": like.item.delegable_reason,
            "not_applicable": like.item.not_applicable,
            "topic": like.item.topic,
        }
    return DraftItem(Item.built_from({**head, **policy, "aspects": aspects}), question, like)


def _adopted(head: dict[str, Any], like: Likeness) -> Item:
    """A known item under the id that it has in this list; its spans hold only for its very words."""
    old = like.item
    exact = old.question == head["question"]
    aspects = tuple(
        replace(aspect, id=f"{head['id']}{aspect.id[len(old.id) :]}", at=aspect.at if exact else None)
        for aspect in old.aspects
    )
    told = asdict(old)
    asked = {**told, **head, "aspects": aspects, "question_hash": question_hash(head["question"])}
    same = old.question_hash == asked["question_hash"]
    asked["draft"] = old.draft if same else tuple(dict.fromkeys((*old.draft, ItemDraft.LIKE)))
    return Item.built_from(asked)


def _cuts(question: Question) -> tuple[Cut, ...]:
    """What it asks for; one that is answered by ticking asks that alone where no 是否 says so."""
    cuts = tuple(each for each in cut(question.text) if not (question.rows and is_pointer(each.ask)))
    if question.rows:
        return (*cuts, *(Cut(row.ask) for row in question.rows))[:MOST_ASPECTS]
    if question.yes_no and not any(each.whether for each in cuts):
        return (Cut(question.text.strip(), whether=True),)
    return cuts


def _kinds_of(question: Question, cuts: tuple[Cut, ...]) -> list[Kind]:
    """What proves each cut, the rows of a table among them."""
    rows = by_name(question.rows)
    return [
        _of_row(rows[each.ask], kind) if each.ask in rows else kind
        for each, kind in zip(cuts, _kinds(cuts, question.unit), strict=True)
    ]


def _aspects(
    question: Question,
    item: str,
    cuts: tuple[Cut, ...],
    kinds: Sequence[Kind],
    like: Likeness | None,
    *,
    shared: bool,
) -> Iterator[Aspect]:
    """The aspects; where the rest may be left to the parent (``shared``), figures may not."""
    asks = [plain_ask(each.ask, question.text) for each in cuts]
    hints = short_asks(asks)
    for letter, each, kind, ask, short in zip(LETTERS, cuts, kinds, asks, hints, strict=False):
        at = question.text.find(ask)
        known = None if like is None else alike(each.ask, like.item.judged)
        hint = short if letter > "a" or not question.hint else f"{short}（{question.hint}）"
        yield Aspect(
            id=f"{item}.{letter}",
            ask=ask,
            at=(at, at + len(ask)) if at >= 0 else None,
            need=each.need,
            after=each.after,
            evidence=kind.evidence,
            figure=kind.figure,
            unit=kind.unit,
            delegable=Delegable.NO if shared and own_figure(kind) else None,
            plan=kind.plan,
            hint=hint,
            cues=known.cues if known is not None else (),
        )


def _of_row(row: TableRow, kind: Kind) -> Kind:
    """The kind of a table's row: its cell is filled with an amount, unless the column says otherwise."""
    unit = units_in(row.unit) or kind.unit
    if not row.is_figure and kind.evidence is not EvidenceKind.FIGURE:
        return kind
    return Kind(EvidenceKind.FIGURE, FigureNeed.REQUIRED, unit or ANY_UNIT)


def _kinds(cuts: tuple[Cut, ...], unit: str) -> list[Kind]:
    """The kinds of the cuts; of several units beside a question each belongs to one figure, in order."""
    kinds = [kind_of(each) for each in cuts]
    units = units_in(unit)
    figures = [at for at, kind in enumerate(kinds) if kind.evidence is EvidenceKind.FIGURE]
    if units and len(units) == len(figures):
        for at, own in zip(figures, units, strict=True):
            kinds[at] = kinds[at]._replace(unit=(own,))
        return kinds
    return [
        kind_of(each, unit) if units and (len(cuts) == 1 or at in figures) else kinds[at]
        for at, each in enumerate(cuts)
    ]
