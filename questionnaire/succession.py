"""Which question of another edition is which of this one: last year's answers may go by other ids, or by the same for
other questions.

Editions of one line (one extends the other, or both a third) keep the ids of what they share, and name successors of
what is asked no more. All others share a question where its words are the same, whatever its id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from questionnaire.answers import Answer, Return
from questionnaire.knowledge import FolderKnowledge
from questionnaire.schema import Schema


class Asked(Struct, frozen=True):
    """What has to be known of an edition to find its questions in another: small enough to go to other processes."""

    line: tuple[str, ...]  # its id, and those of all that it extends, the oldest last
    questions: Mapping[str, tuple[str, str]]  # by item id: key, and hash of the question

    @classmethod
    def of(cls, schema: Schema) -> Asked:
        """Of an edition as it was loaded."""
        return _asked(schema)


@lru_cache(maxsize=32)
def _asked(schema: Schema) -> Asked:
    line = tuple(each.edition.id for each in _line(schema))
    return Asked(line, {item.id: (item.key, item.question_hash) for item in schema.items})


def _line(schema: Schema) -> Iterator[Schema]:
    """An edition and all that it extends."""
    found: Schema | None = schema
    while found is not None:
        yield found
        known = found.knowledge
        found = known.base if isinstance(known, FolderKnowledge) else None


def same_items(old: Asked, schema: Schema) -> dict[str, str]:
    """By an item of another edition, the item of this one that asks the same; none for what is not asked here."""
    own = Asked.of(schema)
    if old == own:
        return {item: item for item in own.questions}
    shared = next((each for each in _line(schema) if each.edition.id in old.line), None)
    common = _asked(shared).questions if shared is not None else {}
    by_key = {key: item for item, (key, _) in own.questions.items()} if shared is not None else {}
    by_hash = {hashed: item for item, (_, hashed) in own.questions.items()}
    found: dict[str, str] = {}
    for item, (key, hashed) in old.questions.items():
        here = by_hash.get(hashed)
        if item in common and common[item][0] == key:
            here = by_key.get(key) or _successor(item, schema) or here
        if here is not None:
            found[item] = here
    return found


def _successor(item: str, schema: Schema) -> str | None:
    """The item that asks what one asked that is retired."""
    seen = {item}
    while (successor := schema.retired.get(item)) and successor not in seen:
        if successor in schema.by_id:
            return successor
        seen.add(item := successor)
    return None


class LastYear(Struct, frozen=True):
    """A return of an earlier year, with what its own edition asks."""

    source: Return
    asked: Asked

    def told_by(self, schema: Schema) -> Return:
        """The return with its answers under this edition's items; what is not asked here is left out.

        An answer to an item asked no more stands for its successor's, where that has none.
        """
        items = same_items(self.asked, schema)
        given: dict[str, list[Answer]] = {}
        # what goes by its own key or words stands before what a successor is asked instead of
        own = {item for item, here in items.items() if self._is_itself(item, here, schema)}
        for answer in sorted(self.source.answers, key=lambda each: each.item not in own):
            here = items.get(answer.item)
            if here is None:
                continue
            known = given.setdefault(here, [])
            if answer.item in own or not any(each.text for each in known):
                known.append(replace(answer, item=here))
        return replace(self.source, answers=tuple(each for answers in given.values() for each in answers))

    def _is_itself(self, item: str, here: str, schema: Schema) -> bool:
        key, hashed = self.asked.questions[item]
        asked = schema.by_id[here]
        return key == asked.key or hashed == asked.question_hash
