"""``disclosures.yaml`` of an edition: read, and checked against the questionnaire and the catalogues.

Only loaded when the compiled links are made anew; a check works with ``questionnaire.links`` alone.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, field_validator

from frameworks.catalogues import Catalogues
from frameworks.figures import Figures
from frameworks.ground.errors import SchemaError, SchemaErrors
from frameworks.ground.validation import validated
from frameworks.ground.yaml import Document, Path_, read_yaml
from frameworks.relation import Relation
from questionnaire.cues import CueSyntaxError, compile_cue, expand
from questionnaire.links import FILE, Link
from questionnaire.schema import Schema

ANY_YEAR = 2024  # for which a cue is tried when it is read
WHOLE = "all"  # the key for the whole item
RELATIONS = frozenset(Relation)
CONFIDENCES = ("high", "medium", "low")

SUBJECT = "+"  # parts the aspect that is a subject from those that are asked of it
# item → aspects → code → relation, with its ground
Groups = dict[str, dict[str, dict[str, str | dict[str, str]]]]


class TellingWords(BaseModel):
    """How answers tell something that no question asks for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cue: str
    unit: tuple[str, ...] = ()  # or kinds of quantity: rate
    nil: bool = False

    @field_validator("cue")
    @classmethod
    def _readable(cls, cue: str) -> str:
        try:
            compile_cue(expand(cue, {}, ANY_YEAR))
        except CueSyntaxError as error:
            raise ValueError(f"cue: {error}") from error
        return cue


class ToldBlock(TellingWords):
    """What answers may tell of some disclosures though no question asks for it."""

    zh: str
    en: str
    relation: Relation
    codes: tuple[str, ...]


class UnaskedBlock(BaseModel):
    """What some disclosures ask for, and no question does; by code the words that tell it all the same."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    zh: str
    en: str
    anywhere: TellingWords | None = None  # tells it for all of them, under whatever item
    codes: dict[str, TellingWords | None]


class LinkFile(BaseModel):
    """The file as it stands."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    edition: str
    frameworks: tuple[str, ...] = ()  # named by every gap unless others are chosen
    any_of: tuple[str, ...] = ()
    nil: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    unasked: tuple[UnaskedBlock, ...] = ()
    told: tuple[ToldBlock, ...] = ()
    links: Groups = {}
    figures: dict[str, tuple[str, ...]] = {}

    def over(self, base: LinkFile) -> LinkFile:
        """These links beside those of an edition that this one extends."""
        return LinkFile(
            edition=self.edition,
            frameworks=self.frameworks or base.frameworks,
            any_of=tuple(dict.fromkeys((*base.any_of, *self.any_of))),
            nil=tuple(dict.fromkeys((*base.nil, *self.nil))),
            targets=tuple(dict.fromkeys((*base.targets, *self.targets))),
            unasked=(*base.unasked, *self.unasked),
            told=(*base.told, *self.told),
            links={**base.links, **self.links},
            figures={**base.figures, **self.figures},
        )

    def asked(self, schema: Schema) -> LinkFile:
        """Those of items and aspects that a questionnaire still asks for."""
        letters = {item.id: {aspect.id[-1] for aspect in item.aspects} for item in schema.items}
        links: Groups = {}
        for item, groups in self.links.items():
            for key, codes in groups.items():
                known = letters.get(item, set()) | {SUBJECT}
                kept = key if key == WHOLE else "".join(each for each in key if each in known)
                if item in letters and kept.strip(SUBJECT) and not kept.startswith(SUBJECT):
                    links.setdefault(item, {})[kept] = {**links.get(item, {}).get(kept, {}), **codes}
        figures = {
            figure: tuple(each for each in aspects if each[-1] in letters.get(each[:-2], ()))
            for figure, aspects in self.figures.items()
        }
        return self.model_copy(update={"links": links, "figures": figures})


def read_links(source: bytes, schema: Schema, catalogues: Catalogues, figures: Figures) -> LinkFile:
    """The file, when everything that it names exists.

    Raises:
        SchemaErrors: every mistake with line and column.
    """
    document = read_yaml(source, FILE)
    found = validated(document, LinkFile, LinkFile.model_fields)
    errors = list(_Checks(document, schema, catalogues, figures).run(found))
    if errors:
        raise SchemaErrors(errors)
    return found


def in_force(
    found: LinkFile, schema: Schema, catalogues: Catalogues, figures: Figures, year: int
) -> dict[str, Any]:
    """The links that hold in a year, as plain data for the compiled cache."""
    rows = [
        [link.item, "".join(aspect[-1] for aspect in link.aspects), link.code, link.relation.value, link.confidence,
         link.subject[-1:]]
        for link, edition in _links(found.links)
        if _holds(catalogues, link.code, edition, year)
    ]  # fmt: skip
    order = {item.id: index for index, item in enumerate(schema.items)}
    rows.sort(key=lambda row: (order[str(row[0])], row[1] == ""))
    editions = [catalogues.edition(framework, year) for framework in catalogues.frameworks]
    return {
        "frameworks": list(found.frameworks),
        "known": list(catalogues.frameworks),
        "editions": [edition.name for edition in editions if edition is not None],
        "rows": rows,
        "unverified": sorted({str(row[2]) for row in rows if not _verified(catalogues, str(row[2]), year)}),
        "any_of": list(found.any_of),
        "nil": list(found.nil),
        "targets": list(found.targets),
        "unasked": {
            code: [each.zh, each.en, *(_row(t, year) if t else None for t in (telling, each.anywhere))]
            for each in found.unasked
            for code, telling in each.codes.items()
        },
        "told": _told(found.told, year),
        "figures": {figure: list(aspects) for figure, aspects in found.figures.items()},
        "figure_codes": {
            figure.id: [code for code in figure.answers if catalogues.find(code, year)]
            for figure in figures.by_id.values()
        },
    }


def _told(blocks: tuple[ToldBlock, ...], year: int) -> dict[str, list[list[Any]]]:
    rows: dict[str, list[list[Any]]] = {}
    for block in blocks:
        for code in block.codes:
            rows.setdefault(code, []).append(_row(block, year, block.relation, block.zh, block.en))
    return rows


def _row(
    telling: TellingWords, year: int, relation: Relation = Relation.PARTIAL, zh: str = "", en: str = ""
) -> list[Any]:
    return [expand(telling.cue, {}, year), list(telling.unit), telling.nil, relation.value, zh, en]


def _verified(catalogues: Catalogues, code: str, year: int) -> bool:
    found = catalogues.find(code, year)
    return found is not None and found.verified


def _holds(catalogues: Catalogues, code: str, edition: str, year: int) -> bool:
    """Whether a disclosure is in force in a year, and in that edition where one is named."""
    held = catalogues.edition(code.partition(":")[0], year)
    return catalogues.find(code, year) is not None and (
        not edition or (held is not None and held.name == edition)
    )


def grounds(block: Groups) -> Iterator[tuple[str, str, str, str]]:
    """Item, aspects, code and ground of each link; the ground is empty where none is given."""
    for item, groups in block.items():
        for letters, codes in groups.items():
            for code, told in codes.items():
                yield item, letters, code, "" if isinstance(told, str) else "".join(told.values())


def _relation(told: str | dict[str, str]) -> tuple[str, str]:
    """Relation and confidence of a link as it is written."""
    words = told if isinstance(told, str) else " ".join(told)
    relation, _, confidence = words.partition(" ")
    return relation, confidence


def _code(written: str) -> tuple[str, str]:
    """A code without its edition, and the edition that it is bound to: hkex-2024:A1.5."""
    framework, _, number = written.partition(":")
    name, dash, edition = framework.rpartition("-")
    bound = dash and edition[:1].isdigit()
    return (f"{name}:{number}", framework) if bound else (written, "")


def _links(block: Groups) -> Iterator[tuple[Link, str]]:
    """The links, each with the edition that it is bound to."""
    for item, groups in block.items():
        for letters, codes in groups.items():
            subject, bound, _ = letters.partition(SUBJECT)
            asked = "" if letters == WHOLE else letters.replace(SUBJECT, "")
            aspects = tuple(f"{item}.{letter}" for letter in asked)
            for written, told in codes.items():
                relation, confidence = _relation(told)
                code, edition = _code(written)
                topic = f"{item}.{subject}" if bound else ""
                yield Link(item, aspects, code, Relation(relation), confidence, topic), edition


class _Checks(Struct, frozen=True):
    document: Document
    schema: Schema
    catalogues: Catalogues
    figures: Figures

    def run(self, found: LinkFile) -> Iterator[SchemaError]:
        for index, framework in enumerate(found.frameworks):
            if framework not in self.catalogues.frameworks:
                near = difflib.get_close_matches(framework, self.catalogues.frameworks, n=1)
                yield self._fault("framework-unknown", ("frameworks", index), framework, near)
        for name, codes in (("any_of", found.any_of), ("nil", found.nil), ("targets", found.targets)):
            for index, code in enumerate(codes):
                yield from self._code((name, index), code)
        for at, unasked in enumerate(found.unasked):
            for code in unasked.codes:
                yield from self._code(("unasked", at, "codes", code), code)
        for at, told in enumerate(found.told):
            for index, code in enumerate(told.codes):
                yield from self._code(("told", at, "codes", index), code)
        yield from self._block("links", found.links)
        aspects = {aspect.id for item in self.schema.items for aspect in item.aspects}
        for figure, targets in found.figures.items():
            path: Path_ = ("figures", figure)
            if figure not in self.figures.by_id:
                near = difflib.get_close_matches(figure, self.figures.by_id, n=1)
                yield self._fault("figure-unknown", path, figure, near)
            for index, target in enumerate(targets):
                if target not in aspects:
                    yield self._fault("link-no-aspect", (*path, index), target, [])

    def _block(self, name: str, block: Groups) -> Iterator[SchemaError]:
        for item_id, groups in block.items():
            item = self.schema.by_id.get(item_id)
            if item is None:
                near = difflib.get_close_matches(item_id, self.schema.by_id, n=1)
                yield self._fault("link-no-item", (name, item_id), item_id, near)
                continue
            letters = {aspect.id[-1] for aspect in item.aspects}
            for key, codes in groups.items():
                subject, bound, rest = key.partition(SUBJECT)
                lost = sorted(set(subject + rest) - letters) if key != WHOLE else []
                if lost or (bound and not (len(subject) == 1 and rest)):
                    name_of = lost[0] if lost else key
                    yield self._fault("link-no-aspect", (name, item_id, key), f"{item_id}.{name_of}", [])
                for written, told in codes.items():
                    path: Path_ = (name, item_id, key, written)
                    relation, confidence = _relation(told)
                    if relation not in RELATIONS or (confidence and confidence not in CONFIDENCES):
                        yield self._fault("link-relation", path, " ".join((relation, confidence)).strip(), [])
                    yield from self._code(path, _code(written)[0])

    def _code(self, path: Path_, code: str) -> Iterator[SchemaError]:
        if code not in self.catalogues.by_code:
            yield self._fault("code-unknown", path, code, self.catalogues.near(code))

    def _fault(self, kind: str, path: Path_, value: str, near: list[str]) -> SchemaError:
        return self.document.fault(kind, path, value=value, near=near)
