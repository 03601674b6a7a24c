"""The files of an edition with what a person decided; nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

from frameworks.ground.amended import amended, keeps_remarks
from frameworks.ground.errors import OutputError
from frameworks.ground.yaml import read_yaml
from questionnaire.drafting.additions import AddedQuestion, add_question, holds
from questionnaire.drafting.decisions import (
    Change,
    ChangeKind,
    EditionDecision,
    ItemDecision,
    decide_edition,
    decide_item,
    items_in,
    sections_in,
)
from questionnaire.folders import EDITION_FILE, sources_of
from questionnaire.vocabulary import Numbering


class Decided(NamedTuple):
    """What must be written, and what is another now."""

    files: dict[str, bytes]
    changes: tuple[Change, ...]


def own_items(folder: Path) -> dict[str, Any]:
    """The items that the edition's own files hold, by id, as plain data.

    Raises:
        SchemaError: a file cannot be read.
    """
    datas = (read_yaml(source, name).data for name, source in sources_of(folder))
    return {item["id"]: item for data in datas for item in items_in(data)}


def decided(
    folder: Path,
    items: Sequence[ItemDecision],
    edition: EditionDecision,
    added: Sequence[AddedQuestion] = (),
    numbering: Numbering = Numbering.SECTION,
) -> Decided:
    """The files that are another by decisions on items (each possible) and on the whole, and by questions added.

    Raises:
        SchemaError: a file cannot be read.
        OutputError: a file cannot be changed without changing what else it says.
    """
    by_id = {each.item: each for each in items}
    files: dict[str, bytes] = {}
    changes: list[Change] = []

    def change(data: Any, name: str) -> list[Change]:
        found = decide_edition(data, edition) if name == EDITION_FILE else []
        for item in items_in(data):
            if item["id"] in by_id:
                found += decide_item(item, by_id[item["id"]])
        for held in sections_in(data):
            for each in reversed(added):  # each right behind its item: the last of them goes there first
                if any(item["id"] == each.behind for item in held) and not holds(held, each.text):
                    place = add_question(held, each, by_number=numbering is Numbering.MARKER)
                    found.append(Change(ChangeKind.ITEM, place, "", each.text))
        return found

    for name, source in sources_of(folder):
        before = read_yaml(source, name).data
        after = deepcopy(before)
        changes += change(after, name)
        if after == before:
            continue

        def rewrite(data: Any, name: str = name) -> Any:
            change(data, name)
            return data

        files[name] = amended(source, rewrite)
        same = _told(read_yaml(files[name], name).data) == _told(after)
        if not (same and keeps_remarks(source, files[name])):
            raise OutputError("edition-not-kept", file=str(folder / name))
    return Decided(files, tuple(changes))


def _told(data: Any) -> Any:
    """Data without lists of what is draft that are empty: one stays where a remark stands beside it."""
    if isinstance(data, dict):
        return {key: _told(value) for key, value in data.items() if (key, value) != ("draft", [])}
    return [_told(each) for each in data] if isinstance(data, list) else data
