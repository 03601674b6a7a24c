"""``changes.yaml``: how a questionnaire edition differs from the one that it extends.

Reworded items keep their id, added ones stand in an existing section, retired ones name their successor.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace
from pydantic import ValidationError

from frameworks.ground.errors import SchemaError, SchemaErrors
from frameworks.ground.validation import validated
from frameworks.ground.written import Written, keys_of
from frameworks.ground.yaml import Document, Path_
from questionnaire.schema import Aspect, Edition, Item, ItemId, Schema, question_hash


class RewordedItem(Written, frozen=True, kw_only=True):
    """An item asked in other words; its aspects stay unless they are told anew."""

    id: ItemId
    question: str
    question_en: str = ""
    aspects: tuple[Aspect, ...] = ()


class AddedItem(Written, frozen=True, kw_only=True):
    """A new item; it stands last in its section, or behind another item."""

    after: ItemId
    item: Item


class RetiredItem(Written, frozen=True, kw_only=True):
    """An item that is asked no more."""

    id: ItemId
    successor: ItemId | None = None  # where the same is asked now


class Changes(Written, frozen=True, kw_only=True):
    """The whole file."""

    reworded: tuple[RewordedItem, ...] = ()
    added: tuple[AddedItem, ...] = ()
    retired: tuple[RetiredItem, ...] = ()


def changed(base: Schema, edition: Edition, document: Document | None) -> Schema:
    """The extended edition with the changes of a file; as it is where there is none.

    Raises:
        SchemaErrors: every mistake with line and column.
    """
    if document is None:
        return Schema(edition=edition, parts=base.parts, retired=base.retired, is_english=edition.english)
    keys = keys_of(Changes, RewordedItem, AddedItem, RetiredItem, Item, Aspect)
    changes = validated(document, Changes, keys)
    if errors := list(_Checks(document, base).run(changes)):
        raise SchemaErrors(errors)
    return _Application(base, changes, document).schema(edition)


class _Checks(Struct, frozen=True):
    """Whether what is changed is there, and what is new is not."""

    document: Document
    base: Schema

    def run(self, changes: Changes) -> Iterator[SchemaError]:
        new = {entry.item.id for entry in changes.added}
        keys = {item.key for item in self.base.items}
        for number, reworded in enumerate(changes.reworded):
            yield from self._known(("reworded", number, "id"), reworded.id, set())
        gone = {retired.id for retired in changes.retired}
        for number, reworded in enumerate(changes.reworded):
            if reworded.id in gone:
                yield self._fault("change-twice", ("reworded", number, "id"), reworded.id, [])
        for number, retired in enumerate(changes.retired):
            yield from self._known(("retired", number, "id"), retired.id, set())
            if retired.successor in gone:
                yield self._fault(
                    "change-successor", ("retired", number, "successor"), retired.successor or "", []
                )
            if retired.successor is not None:
                yield from self._known(("retired", number, "successor"), retired.successor, new)
        for number, added in enumerate(changes.added):
            yield from self._known(("added", number, "after"), added.after, new)
            if added.item.key in keys:
                yield self._fault("change-id-taken", ("added", number, "item", "key"), added.item.key, [])
            taken = added.item.id in self.base.by_id or added.item.id in self.base.retired
            if taken or added.item.id.rpartition(".")[0] != added.after.rpartition(".")[0]:
                kind = "change-id-taken" if taken else "change-other-section"
                yield self._fault(kind, ("added", number, "item", "id"), added.item.id, [])

    def _known(self, path: Path_, item: str, new: set[str]) -> Iterator[SchemaError]:
        if item not in self.base.by_id and item not in new:
            near = difflib.get_close_matches(item, self.base.by_id, n=1)
            yield self._fault("link-no-item", path, item, near)

    def _fault(self, kind: str, path: Path_, value: str, near: list[str]) -> SchemaError:
        return self.document.fault(kind, path, value=value, near=near)


class _Application(Struct, frozen=True):
    base: Schema
    changes: Changes
    document: Document

    def schema(self, edition: Edition) -> Schema:
        """The parts with their sections as they are now."""
        retired = {entry.id: entry.successor or "" for entry in self.changes.retired}
        parts = []
        for part in self.base.parts:
            sections = tuple(
                replace(section, items=items)
                for section in part.sections
                if (items := tuple(self._items(section.items)))
            )
            if sections:
                parts.append(replace(part, sections=sections))
        return Schema(
            edition=edition,
            parts=tuple(parts),
            retired={**self.base.retired, **retired},
            is_english=edition.english,
        )

    def _items(self, items: tuple[Item, ...]) -> Iterator[Item]:
        gone = {entry.id for entry in self.changes.retired}
        for item in items:
            if item.id not in gone:
                yield self._reworded(item)
            yield from self._behind(item.id)

    def _behind(self, place: str) -> Iterator[Item]:
        for entry in self.changes.added:
            if entry.after == place:
                yield entry.item
                yield from self._behind(entry.item.id)

    def _reworded(self, item: Item) -> Item:
        for number, entry in enumerate(self.changes.reworded):
            if entry.id == item.id:
                # spans point into the old question; its English texts hold only with the new question's
                gone: dict[str, Any] = {"at": None}
                if not entry.question_en:
                    gone |= {"ask_en": "", "hint_en": ""}
                kept = tuple(replace(aspect, **gone) for aspect in item.aspects)
                update = {
                    "delegable_reason_en": item.delegable_reason_en if entry.question_en else "",
                    "question": entry.question,
                    "question_en": entry.question_en,
                    "question_hash": question_hash(entry.question),
                    "aspects": entry.aspects or kept,
                }
                try:
                    return Item.built_from({**asdict(item), **update})
                except ValidationError as error:
                    reason = str(error.errors()[0]["msg"])
                    fault = self.document.fault("schema-inconsistent", ("reworded", number), problem=reason)
                    raise SchemaErrors([fault]) from error
        return item
