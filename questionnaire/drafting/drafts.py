"""A list of questions to the items of a draft edition: ids, keys, markers, aspects with their kinds, what is known."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from questionnaire.drafting.cutting import cut
from questionnaire.drafting.grammar import Cut, words
from questionnaire.drafting.kinds import Kind, kind_of, units_in
from questionnaire.drafting.known import KnownQuestions, Likeness, alike
from questionnaire.drafting.questions import Listing, Question
from questionnaire.numerals import numeral
from questionnaire.schema import Aspect, Item, Part, Section, question_hash
from questionnaire.vocabulary import Delegable, EvidenceKind, ItemDraft, NotApplicablePolicy

MOST = 99  # items of a section, sections of a part: their ids have two digits
TITLE = 40  # letters of a title


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
    keys: set[str] = set()
    parts: list[Part] = []
    items: list[DraftItem] = []
    for number, (name, questions) in enumerate(_chunks(listing, "part"), 1):
        sections: list[Section] = []
        for place, (section, asked) in enumerate(_chunks(Listing(tuple(questions)), "section"), 1):
            made = [
                _item(question, f"P{number}.S{place}.I{at}", at, keys, known)
                for at, question in enumerate(asked, 1)
            ]
            items += made
            called = section or (name if name else words()["draft"]["section"])
            sections.append(
                Section(section=place, title=called[:TITLE], items=tuple(each.item for each in made))
            )
        parts.append(Part(part=number, title=(name or title)[:TITLE], sections=tuple(sections)))
    return Draft(tuple(parts), tuple(items), listing.left)


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


def _item(question: Question, item: str, at: int, keys: set[str], known: KnownQuestions) -> DraftItem:
    like = known.nearest(question.text)
    key = like.item.key if like is not None and like.is_same else f"q.{question_hash(question.text)}"
    while key in keys:
        key += "-2"
    keys.add(key)
    head: dict[str, Any] = {"id": item, "key": key, "marker": f"（{numeral(at)}）", "question": question.text}
    if like is not None and like.is_same:
        return DraftItem(_adopted(head, like), question, like)
    cuts = _cuts(question)
    aspects = tuple(_aspects(question, item, cuts, like))
    policy: dict[str, Any] = {
        "options": cuts[0].whether and sum(each.whether for each in cuts) == 1,
        "delegable": Delegable.WITH_EXPLANATION,
        "delegable_reason": words()["draft"]["delegable_reason"],
        "not_applicable": NotApplicablePolicy.WITH_REASON,
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
    cuts = cut(question.text)
    if question.yes_no and not any(each.whether for each in cuts):
        return (Cut(question.text.strip(), whether=True),)
    return cuts


def _aspects(question: Question, item: str, cuts: tuple[Cut, ...], like: Likeness | None) -> Iterator[Aspect]:
    kinds = _kinds(cuts, question.unit)
    for letter, each, kind in zip("abcdefghijklmnopqrstuvwxyz", cuts, kinds, strict=False):
        at = question.text.find(each.ask)
        known = None if like is None else alike(each.ask, like.item.judged)
        hint = each.ask if letter > "a" or not question.hint else f"{each.ask}（{question.hint}）"
        yield Aspect(
            id=f"{item}.{letter}",
            ask=each.ask,
            at=(at, at + len(each.ask)) if at >= 0 else None,
            need=each.need,
            after=each.after,
            evidence=kind.evidence,
            figure=kind.figure,
            unit=kind.unit,
            plan=kind.plan,
            hint=hint,
            cues=known.cues if known is not None else (),
        )


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
