"""A line of a list that was taken for no question and is one, added to a draft edition behind another question."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from frameworks.ground.amended import hand_on
from questionnaire.cells import squeeze
from questionnaire.drafting.decisions import Node
from questionnaire.drafting.drafts import draft_item
from questionnaire.drafting.questions import Question
from questionnaire.numerals import numeral
from questionnaire.reading.layout.labels import label_end


class AddedQuestion(Struct, frozen=True):
    """A question that somebody adds."""

    text: str
    number: str  # as printed before it, without its marks; empty where none is
    behind: str  # id of the item that stands before it
    confirmed: bool = False  # its draft is right


def parted_number(line: str) -> tuple[str, str]:
    """The number before a line, without its marks, and the line without it."""
    end = label_end(line)
    return line[:end].strip(" \u3000.．、:：)）(（"), line[end:].strip() or line


def add_question(items: list[Any], added: AddedQuestion, *, by_number: bool) -> str:
    """Adds a question to the items of a section behind the one it names, and returns its id."""
    from ruamel.yaml.comments import CommentedMap

    at = next(number for number, item in enumerate(items) if item["id"] == added.behind)
    section = added.behind.rpartition(".I")[0]
    number = max(int(item["id"].rpartition(".I")[2]) for item in items) + 1
    name = f"{section}.I{number}"
    keys = {item["key"] for item in items}
    marker = (added.number or str(number)) if by_number else f"（{numeral(number)}）"
    made: Node = draft_item(Question(added.text), name, marker, keys).plain()
    if added.confirmed:
        made.pop("draft", None)
    if isinstance(items[at], CommentedMap):
        made = CommentedMap(made)
        hand_on(items[at], made)
    items.insert(at + 1, made)
    return name


def holds(items: list[Any], text: str) -> bool:
    """Whether a question stands among some items."""
    return any(squeeze(item["question"]) == squeeze(text) for item in items)
