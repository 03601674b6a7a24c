"""Which disclosures of the listed parent each question answers: the links of one edition, one file of their own.

``disclosures.yaml`` lies beside the parts of an edition: item → aspects → disclosure → relation. A link that is
not decided yet carries its confidence. Codes are checked against the catalogues when the file is read.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct, field

from frameworks.ground.errors import SchemaError
from frameworks.relation import Relation

FILE = "disclosures.yaml"
FORM = 6  # of the compiled data: raised when ``in_force`` yields something else

Value = TypeVar("Value")


class Link(Struct, frozen=True):
    """Aspects of one item that together answer a disclosure, wholly or in part."""

    item: str
    aspects: tuple[str, ...]  # ids; empty for the whole item
    code: str
    relation: Relation
    confidence: str = ""  # empty once decided
    subject: str = ""  # the aspect without which the others say nothing of this disclosure

    @property
    def counts(self) -> bool:
        """Whether a gap here is a gap there."""
        return self.relation is not Relation.CONTEXT


class Told(NamedTuple):
    """What answers may tell of a disclosure though no question asks for it."""

    cue: str  # hits the clause of a figure or nil, else a sentence
    unit: tuple[str, ...] = ()  # of the figure that stands there; none where words will do
    nil: bool = False  # a stated nil will do
    relation: Relation = Relation.PARTIAL
    zh: str = ""
    en: str = ""


class Unasked(NamedTuple):
    """What a disclosure asks for besides what the questions do."""

    zh: str
    en: str
    told: Told | None = None  # how an answer to a linked item tells it all the same
    anywhere: Told | None = None  # and any other answer


class Links(Struct, frozen=True, dict=True):
    """The links in force for one year, of the frameworks that were chosen."""

    year: int = 0
    editions: tuple[str, ...] = ()  # hkex-2024, gri-2021
    links: tuple[Link, ...] = ()
    any_of: frozenset[str] = frozenset()
    nil: frozenset[str] = frozenset()  # codes that a stated nil answers wholly
    targets: frozenset[str] = frozenset()  # codes met only with a target of their own, told as a figure
    unasked: Mapping[str, Unasked] = field(default_factory=dict)  # code → what nobody asks
    told: Mapping[str, tuple[Told, ...]] = field(default_factory=dict)  # code → what answers tell unasked
    figures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # figure → aspects that it satisfies
    figure_codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # figure → disclosures in force
    defaults: tuple[str, ...] = ()  # the frameworks that gaps name unless others are chosen
    known: tuple[str, ...] = ()  # all frameworks, in force or not
    unverified: frozenset[str] = frozenset()  # codes that no public text confirmed

    @cached_property
    def by_code(self) -> dict[str, tuple[Link, ...]]:
        """Links by disclosure."""
        return _grouped((link.code, link) for link in self.links)

    @cached_property
    def _by_place(self) -> dict[str, tuple[str, ...]]:
        """The codes that stay open with an item, with each of its aspects, and (item.*) with any of them."""
        counting = [link for link in self.links if link.counts]
        pairs = [(link.item, link.code) for link in counting]
        pairs += [(aspect, link.code) for link in counting for aspect in link.aspects]
        pairs += [(f"{link.item}.*", link.code) for link in counting if not link.aspects]
        return _grouped(pairs)

    def open_with(self, item: str | None, aspect: str | None) -> tuple[str, ...]:
        """The disclosures that stay open because of a gap in an aspect, or in an item as a whole."""
        if item is None:
            return ()
        if aspect is None:
            return self._by_place.get(item, ())
        codes = self._by_place.get(aspect, ()) + self._by_place.get(f"{item}.*", ())
        return tuple(dict.fromkeys(codes))

    def open_with_figure(self, figure: str) -> tuple[str, ...]:
        """The disclosures that stay open because of a fault in a key figure."""
        return self.figure_codes.get(figure, ())

    def _id_of(self, name: str) -> str:
        """A framework by its id, or by words of its name that no other bears."""
        if name in self.known:
            return name
        from frameworks.catalogues import load_catalogues

        called = [each for each in load_catalogues().called(name) if each in self.known]
        if len(called) == 1:
            return called[0]
        near = called or difflib.get_close_matches(name, self.known, n=2, cutoff=0.4) or list(self.known)
        raise SchemaError("framework-unknown", value=name, near=near)

    def chosen(self, frameworks: Iterable[str] = ()) -> Links:
        """Those of some frameworks alone, or of the edition's own choice.

        Raises:
            SchemaError: there is no framework of a name.
        """
        names = tuple(dict.fromkeys(map(self._id_of, frameworks))) or self.defaults
        if names not in self._chosen:
            self._chosen[names] = self._of(names)
        return self._chosen[names]

    @cached_property
    def _chosen(self) -> dict[tuple[str, ...], Links]:
        """What was chosen before: every return asks for the same."""
        return {}

    def _of(self, names: tuple[str, ...]) -> Links:
        by_framework = _grouped((link.code.partition(":")[0], link) for link in self.links)
        editions = _grouped((edition.rpartition("-")[0], edition) for edition in self.editions)
        return Links(
            self.year,
            tuple(edition for name in names for edition in editions.get(name, ())),
            tuple(link for name in names for link in by_framework.get(name, ())),
            self.any_of,
            self.nil,
            self.targets,
            self.unasked,
            self.told,
            self.figures,
            {
                figure: tuple(code for code in codes if code.partition(":")[0] in names)
                for figure, codes in self.figure_codes.items()
            },
            names,
            self.known,
            self.unverified,
        )


def _grouped(pairs: Iterable[tuple[str, Value]]) -> dict[str, tuple[Value, ...]]:
    found: dict[str, dict[Value, None]] = {}
    for key, value in pairs:
        found.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in found.items()}


def of_data(data: Mapping[str, Any], year: int) -> Links:
    """The links from the compiled cache."""
    return Links(
        year,
        tuple(data["editions"]),
        tuple(
            Link(
                item,
                tuple(f"{item}.{letter}" for letter in letters),
                code,
                Relation(relation),
                confidence,
                f"{item}.{subject}" if subject else "",
            )
            for item, letters, code, relation, confidence, subject in data["rows"]
        ),
        frozenset(data["any_of"]),
        frozenset(data["nil"]),
        frozenset(data["targets"]),
        {
            code: Unasked(zh, en, *(_told(each) if each else None for each in told))
            for code, (zh, en, *told) in data["unasked"].items()
        },
        {code: tuple(_told(each) for each in rows) for code, rows in data["told"].items()},
        {figure: tuple(aspects) for figure, aspects in data["figures"].items()},
        {figure: tuple(codes) for figure, codes in data["figure_codes"].items()},
        tuple(data["frameworks"]),
        tuple(data["known"]),
        frozenset(data["unverified"]),
    )


def _told(row: Sequence[Any]) -> Told:
    cue, unit, nil, relation, zh, en = row
    return Told(cue, tuple(unit), nil, Relation(relation), zh, en)
