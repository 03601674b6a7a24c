"""Which disclosures answer each other, each link with its ground."""

from __future__ import annotations

from functools import cache, cached_property

from msgspec import Struct
from pydantic import Field

from frameworks.catalogues import Catalogues, load_catalogues
from frameworks.ground.cache import compiled
from frameworks.ground.errors import SchemaErrors
from frameworks.ground.validation import validated
from frameworks.ground.yaml import read_yaml
from frameworks.model import Code, Strict
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


class Pair(Strict):
    """One line of the crosswalk."""

    source: Code = Field(alias="from")
    target: Code = Field(alias="to")
    relation: Relation
    ground: str = ""  # why, where the group's ground is not enough


class Group(Strict):
    """Links with one ground."""

    id: str
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    both: bool
    verified: bool
    links: tuple[Pair, ...] = Field(min_length=1)


class Crosswalk(Strict):
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
        return tuple(link for link in self.links if link.target == code)


_FIELDS = sorted({*Crosswalk.model_fields, *Group.model_fields, "from", "to", "relation", "ground"})


@cache
def load_crosswalk() -> Crosswalk:
    """The built-in crosswalk."""
    source = source_of(CROSSWALK)
    return Crosswalk.model_validate(compiled(b"crosswalk\0" + source, lambda: _data(source)))


def _data(source: bytes) -> object:
    read_crosswalk(source, load_catalogues())
    return read_yaml(source, CROSSWALK).data


def read_crosswalk(source: bytes, catalogues: Catalogues) -> Crosswalk:
    """A crosswalk whose codes all exist.

    Raises:
        SchemaErrors: every mistake with line and column.
    """
    document = read_yaml(source, CROSSWALK)
    crosswalk = validated(document, Crosswalk, _FIELDS)
    errors = []
    for i, group in enumerate(crosswalk.groups):
        for j, pair in enumerate(group.links):
            for field, code in (("from", pair.source), ("to", pair.target)):
                if code not in catalogues.by_code:
                    path = ("groups", i, "links", j, field)
                    near = catalogues.near(code)
                    errors.append(document.fault("code-unknown", path, value=code, near=near))
    if errors:
        raise SchemaErrors(errors)
    return crosswalk
