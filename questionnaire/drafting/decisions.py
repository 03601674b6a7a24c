"""What a person decided of a draft edition, written into its files: what is decided is draft no longer."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from copy import deepcopy
from enum import StrEnum
from typing import Any, NamedTuple

from msgspec import Struct
from pydantic import ValidationError

from frameworks.ground.amended import hand_on
from questionnaire.drafting.grammar import words
from questionnaire.drafting.kinds import Kind
from questionnaire.loader import CUES
from questionnaire.schema import Item
from questionnaire.vocabulary import (
    Delegable,
    EditionDraft,
    EvidenceKind,
    FigureNeed,
    ItemDraft,
    Need,
    NotApplicablePolicy,
)

LETTERS = "abcdefghijklmnopqrstuvwxyz"
Node = MutableMapping[str, Any]  # an item, an aspect or an edition, as its file holds it


class AskedPart(NamedTuple):
    """A line of the list of what a question asks for."""

    letter: str  # of the aspect that it is; empty for a new one
    ask: str
    need: Need | None = None  # this and its kind: as it stands
    kind: Kind | None = None


class Policy(NamedTuple):
    """Whether something can be right, with the reason where one was given; no value: as the draft says."""

    value: Delegable | NotApplicablePolicy | None = None
    reason: str = ""


class ItemDecision(Struct, frozen=True):
    """What was decided of an item; None for what was not."""

    item: str
    parts: tuple[AskedPart, ...] | None = None  # none at all: those of the draft are right
    delegable: Policy | None = None
    not_applicable: Policy | None = None


class EditionDecision(Struct, frozen=True):
    """What was decided of the whole edition."""

    decided: tuple[EditionDraft, ...] = ()
    parents: tuple[str, ...] | None = (
        None  # its names, the first of them its own; none at all: nobody stands above
    )
    year: int | None = None


class ChangeKind(StrEnum):
    """What became of something; its value is the end of a message's key."""

    REWORDED = "reworded"
    ADDED = "added"
    DROPPED = "dropped"
    DELEGABLE = "delegable"
    NOT_APPLICABLE = "not-applicable"
    PARENT = "parent"
    YEAR = "year"
    ITEM = "item"


class Change(NamedTuple):
    """One thing that is another one now."""

    kind: ChangeKind
    place: str  # id of the item or aspect
    old: str
    new: str


def items_in(data: Any) -> Iterator[Node]:
    """Every item of a file, wherever it stands."""
    if isinstance(data, dict):
        if "question" in data and "aspects" in data and "marker" in data:
            yield data
            return
        data = list(data.values())
    if isinstance(data, list):
        for each in data:
            yield from items_in(each)


def sections_in(data: Any) -> Iterator[list[Any]]:
    """The list of items of every section of a file."""
    for section in (data.get("sections") or ()) if isinstance(data, dict) else ():
        yield section["items"]


def problem_of(node: Node, decision: ItemDecision) -> str:
    """Why an item cannot be so; empty where it can."""
    trial = deepcopy(node)
    decide_item(trial, decision)
    if len(trial["aspects"]) > len(LETTERS):
        return str(len(trial["aspects"]))
    for entry in (trial, *trial["aspects"]):
        for name in CUES:
            entry.pop(name, None)  # word classes stand open in them; they are not touched
    try:
        Item.built_from(trial)
    except ValidationError as error:
        return str(error.errors()[0]["msg"])
    return ""


def decide_item(node: Node, decision: ItemDecision) -> list[Change]:
    """Writes a decision into an item, and returns what is another now."""
    changes: list[Change] = []
    if decision.parts:
        changes += _parts(node, decision.parts)
    for name, kind, policy in (
        ("delegable", ChangeKind.DELEGABLE, decision.delegable),
        ("not_applicable", ChangeKind.NOT_APPLICABLE, decision.not_applicable),
    ):
        if policy is None:
            continue
        if policy.value is not None and node.get(name) != policy.value.value:
            changes.append(Change(kind, node["id"], str(node.get(name)), policy.value.value))
            node[name] = _plain(policy.value.value)
        if name != "delegable":
            continue
        if policy.reason:
            _text(node, "delegable_reason", policy.reason)
        else:
            _reason(node, str(node["delegable"]))
    decided = []
    if decision.parts is not None:
        decided += [ItemDraft.ASPECTS.value, ItemDraft.LIKE.value]
    if decision.delegable is not None and decision.not_applicable is not None:
        decided.append(ItemDraft.POLICY.value)
    strike(node, decided)
    return changes


# the reasons of a draft that are right for a policy, the usual one first
_REASONS = {
    Delegable.YES.value: ("given",),
    Delegable.WITH_EXPLANATION.value: ("group",),
    Delegable.NO.value: ("own", "figures", "site"),
}


def _reason(node: Node, value: str) -> None:
    """The usual reason in the place of a drafted one that says the contrary; what a person wrote stays."""
    policies = words()["policies"]
    for name, of_draft in (("delegable_reason", "reasons"), ("delegable_reason_en", "reasons_en")):
        drafted = policies[of_draft]
        fitting = [drafted[each] for each in _REASONS[value]]
        if node.get(name) in drafted.values() and node[name] not in fitting:
            node[name] = fitting[0]


def decide_edition(node: Node, decision: EditionDecision) -> list[Change]:
    """Writes a decision into ``edition.yaml``, and returns what is another now."""
    changes: list[Change] = []
    if decision.parents is not None:
        told = node.get("parent") or {}
        old = [each for each in (told.get("name", ""), *told.get("aliases", ())) if each]
        if old != list(decision.parents):
            changes.append(Change(ChangeKind.PARENT, node["id"], "、".join(old), "、".join(decision.parents)))
            if not told:
                node["parent"] = told
            name, *aliases = decision.parents or ("",)
            told["name"] = name
            if aliases or told.get("aliases"):
                told["aliases"] = aliases
    if decision.year is not None and node.get("year") != decision.year:
        changes.append(Change(ChangeKind.YEAR, node["id"], str(node.get("year")), str(decision.year)))
        node["year"] = decision.year
    strike(node, [each.value for each in decision.decided])
    return changes


def strike(node: Node, decided: Sequence[str]) -> None:
    """Takes what is decided off the list of what is draft; a remark beside it stays."""
    open_ = node.get("draft")
    if not open_:
        return
    remarks = _remarks(open_)
    for each in decided:
        if each in open_:
            open_.remove(each)
    if remarks:
        node.yaml_set_comment_before_after_key("draft", before="\n".join(remarks), indent=node.lc.col)  # type: ignore[attr-defined]
        node["draft"] = list(open_)
    elif not open_ and "draft" not in getattr(getattr(node, "ca", None), "items", {}):
        del node["draft"]


def _remarks(entries: Any) -> list[str]:
    """What somebody wrote behind the entries of a list that stand below each other."""
    tokens = [each for held in getattr(getattr(entries, "ca", None), "items", {}).values() for each in held]
    lines = [line for token in tokens if token is not None for line in token.value.splitlines()]
    return [line.strip().lstrip("#").strip() for line in lines if line.strip()]


def _parts(node: Node, parts: Sequence[AskedPart]) -> Iterator[Change]:
    from ruamel.yaml.comments import CommentedMap

    aspects = {aspect["id"][-1]: aspect for aspect in node["aspects"]}
    kept = {part.letter for part in parts}
    for letter, aspect in aspects.items():
        if letter not in kept and "retired" not in aspect:
            _put(
                aspect, "retired", words()["draft"]["retired"]
            )  # its id is kept: links and models may name it
            yield Change(ChangeKind.DROPPED, aspect["id"], aspect["ask"], "")
    for part in parts:
        if part.letter:
            yield from _reworded(node, aspects[part.letter], part)
            continue
        letter = next(each for each in (*LETTERS, "z") if each not in aspects or each == "z")
        made: Any = {"id": f"{node['id']}.{letter}"}
        _ask(node, made, part)
        made = CommentedMap(made)
        if isinstance(node, CommentedMap):
            hand_on(node["aspects"][-1], made)
        aspects[letter] = made
        node["aspects"].append(made)
        yield Change(ChangeKind.ADDED, made["id"], "", part.ask)


def _reworded(node: Node, aspect: Node, part: AskedPart) -> Iterator[Change]:
    """The aspect as its line says; what lies beside it (cues, indicators) stays."""
    back = aspect.pop("retired", None) is not None
    old = str(aspect["ask"])
    before = {name: value for name, value in aspect.items() if name in _TOLD}
    if part.kind is not None:
        _ask(node, aspect, part)
    if back or before != {name: value for name, value in aspect.items() if name in _TOLD}:
        yield Change(ChangeKind.REWORDED, aspect["id"], old, part.ask)


_TOLD = ("ask", "need", "evidence", "figure", "unit")


def _ask(node: Node, aspect: Node, part: AskedPart) -> None:
    """What is asked, where the question says so, and what proves it."""
    old = aspect.get("ask")
    _text(aspect, "ask", part.ask, english=bool(node.get("question_en")))
    at = node["question"].find(part.ask)
    if at >= 0:
        _put(aspect, "at", _row([at, at + len(part.ask)]))
    else:
        aspect.pop("at", None)
    kind, need = part.kind or Kind(), part.need or Need.REQUIRED
    for name, value, usual in (
        ("need", need.value, Need.REQUIRED.value),
        ("evidence", kind.evidence.value, EvidenceKind.TEXT.value),
        ("figure", kind.figure.value, FigureNeed.NONE.value),
        ("unit", _row(list(kind.unit)), []),
    ):
        if aspect.get(name, usual) == value:
            continue
        if value == usual:
            del aspect[name]
        else:
            _put(aspect, name, value)
    if kind.plan and not aspect.get("plan"):
        _put(aspect, "plan", True)
    if aspect.get("hint", old) == old:
        _text(aspect, "hint", part.ask, english=bool(node.get("question_en")))


def _put(node: Node, name: str, value: Any) -> None:
    """A value; a new one behind what is asked, where no remark for what follows comes before it."""
    if name in node or not hasattr(node, "insert"):
        node[name] = value
    else:
        node.insert(list(node).index("ask") + 1, name, value)


def _text(node: Node, name: str, text: str, *, english: bool | None = None) -> None:
    """A text; where the item speaks English too, the same words stand there until somebody translates them."""
    if node.get(name) == text:
        return
    node[name] = text
    if english or (english is None and node.get(f"{name}_en")):
        node[f"{name}_en"] = text


def _row(entries: list[Any]) -> list[Any]:
    """A list that stands in one line."""
    from ruamel.yaml.comments import CommentedSeq

    found = CommentedSeq(entries)
    found.fa.set_flow_style()
    return found


def _plain(value: str) -> str:
    """A value in quotes where other readers of YAML would take it for a truth value."""
    if value not in ("yes", "no"):
        return value
    from ruamel.yaml.scalarstring import SingleQuotedScalarString

    quoted: str = SingleQuotedScalarString(value)
    return quoted
