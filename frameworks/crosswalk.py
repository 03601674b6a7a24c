"""Which disclosures answer each other, each link with its ground."""

from __future__ import annotations

from functools import cache, cached_property
from typing import Annotated

from msgspec import Meta, Struct, field

from frameworks.catalogues import Catalogues, load_catalogues
from frameworks.ground.cache import compiled
from frameworks.ground.errors import SchemaErrors
from frameworks.ground.written import Written, keys_of
from frameworks.ground.yaml import read_yaml
from frameworks.model import Code
from frameworks.relation import Relation
from frameworks.sources import CROSSWALK, source_of


class Link(Struct, frozen=True):
    """An answer to ``source`` answers ``target``."""

    source: str
    target: str
    relation: Relation
    ground_zh: str
    ground_en: str
    verified: bool


class Pair(Written, frozen=True, kw_only=True):
    """One line of the crosswalk."""

    source: Code = field(name="from")
    target: Code = field(name="to")
    relation: Relation
    ground: str = ""  # why, where the group's ground is not enough


class Group(Written, frozen=True, kw_only=True):
    """Links with one ground."""

    id: str
    zh: Annotated[str, Meta(min_length=1)]
    en: Annotated[str, Meta(min_length=1)]
    both: bool
    verified: bool
    links: Annotated[tuple[Pair, ...], Meta(min_length=1)]


class Crosswalk(Written, frozen=True, kw_only=True):
    """The whole file."""

    groups: tuple[Group, ...]

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """All links, those of a group with ``both`` in either direction."""
        found = []
        for group in self.groups:
            for pair in group.links:
                ends = [(pair.source, pair.target)]
                if group.both:
                    ends.append((pair.target, pair.source))
                for source, target in ends:
                    ground = f"{group.zh}：{pair.ground}" if pair.ground else group.zh
                    found.append(Link(source, target, pair.relation, ground, group.en, group.verified))
        return tuple(found)

    def answering(self, code: str) -> tuple[Link, ...]:
        """The links whose answer also answers a disclosure."""
        return self._by_target.get(code, ())

    @cached_property
    def _by_target(self) -> dict[str, tuple[Link, ...]]:
        found: dict[str, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.target, []).append(link)
        return {target: tuple(links) for target, links in found.items()}


@cache
def load_crosswalk() -> Crosswalk:
    """The built-in crosswalk."""
    source = source_of(CROSSWALK)
    return compiled(b"crosswalk\0" + source, Crosswalk, lambda: read_crosswalk(source, load_catalogues()))


def read_crosswalk(source: bytes, catalogues: Catalogues) -> Crosswalk:
    """A crosswalk whose codes all exist.

    Raises:
        SchemaErrors: every mistake with line and column.
    """
    from frameworks.ground.validation import validated

    document = read_yaml(source, CROSSWALK)
    crosswalk = validated(document, Crosswalk, keys_of(Crosswalk, Group, Pair))
    errors = []
    for i, group in enumerate(crosswalk.groups):
        for j, pair in enumerate(group.links):
            for end, code in (("from", pair.source), ("to", pair.target)):
                if code not in catalogues.by_code:
                    path = ("groups", i, "links", j, end)
                    near = catalogues.near(code)
                    errors.append(document.fault("code-unknown", path, value=code, near=near))
    if errors:
        raise SchemaErrors(errors)
    return crosswalk
