"""All catalogues: every edition of every framework that lies in ``data/``, and what is in force in a year.

A new framework is one YAML file in ``data/`` (or anywhere, given by its path): nothing here names one.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from frameworks.ground.cache import compiled
from frameworks.ground.errors import SchemaError, SchemaErrors
from frameworks.ground.written import keys_of
from frameworks.ground.yaml import Document, read_yaml
from frameworks.model import Disclosure, Framework, SameAs, Schedule, Source, Standard
from frameworks.obligation import Obligation
from frameworks.sources import catalogue_sources, sources_key

_MODELS = (Framework, Disclosure, Source, Standard, SameAs, Schedule, Obligation)


class Catalogues(Struct, frozen=True, dict=True):
    """Editions of frameworks, ordered by framework and time."""

    editions: tuple[Framework, ...]

    @cached_property
    def frameworks(self) -> tuple[str, ...]:
        """Ids of the frameworks, in the order of their files."""
        return tuple(dict.fromkeys(edition.framework for edition in self.editions))

    @cached_property
    def by_code(self) -> dict[str, tuple[tuple[Framework, Disclosure], ...]]:
        """Every edition in which a code stands, by code."""
        found: dict[str, list[tuple[Framework, Disclosure]]] = {}
        for edition in self.editions:
            for disclosure in edition.disclosures:
                found.setdefault(edition.code(disclosure), []).append((edition, disclosure))
        return {code: tuple(places) for code, places in found.items()}

    def editions_of(self, framework: str) -> tuple[Framework, ...]:
        """The editions of one framework; empty when it is unknown."""
        return tuple(edition for edition in self.editions if edition.framework == framework)

    def called(self, name: str) -> tuple[str, ...]:
        """Ids of the frameworks whose short name, else whose title, holds these words in either language."""
        said = name.strip().casefold()
        shorts = [(each.framework, (each.short.zh, each.short.en)) for each in self.editions if each.short]
        titles = [(each.framework, (each.zh, each.en)) for each in self.editions]
        for named in (shorts, titles) if said else ():
            found = [
                framework for framework, texts in named if any(said in text.casefold() for text in texts)
            ]
            if found:
                return tuple(dict.fromkeys(found))
        return ()

    def edition(self, framework: str, year: int) -> Framework | None:
        """The edition by which a reporting year is judged."""
        held = [edition for edition in self.editions_of(framework) if edition.holds(year)]
        return held[-1] if held else None

    def in_force(self, framework: str, year: int) -> tuple[Disclosure, ...]:
        """The disclosures that a framework asks for in a reporting year."""
        edition = self.edition(framework, year)
        if edition is None:
            return ()
        return tuple(d for d in edition.disclosures if edition.in_force(d, year))

    def find(self, code: str, year: int | None = None) -> Disclosure | None:
        """The disclosure of a code: as in force in a year, or in its latest edition."""
        places = self.by_code.get(code, ())
        if year is not None:
            places = tuple((e, d) for e, d in places if e.in_force(d, year))
        return places[-1][1] if places else None

    def near(self, code: str) -> list[str]:
        """Known codes that an unknown one may stand for: those with a year first, then by spelling."""
        dated = [known for known in self.by_code if known.startswith(f"{code}(")]
        return dated or difflib.get_close_matches(code, self.by_code, n=3, cutoff=0.75)

    def joined(self, more: Iterable[Framework]) -> Catalogues:
        """With further editions, which replace those of the same name."""
        added = tuple(more)
        names = {edition.name for edition in added}
        return Catalogues((*(e for e in self.editions if e.name not in names), *added))


@cache
def load_catalogues() -> Catalogues:
    """The built-in catalogues, from the compiled cache when their files are unchanged."""
    sources = catalogue_sources()
    made = compiled(sources_key(sources), tuple[Framework, ...], lambda: read_catalogues(sources))
    return Catalogues(made)


def read_catalogues(
    sources: Sequence[tuple[str, bytes]], others: Catalogues | None = None
) -> tuple[Framework, ...]:
    """Catalogues from their files; an edition that extends another takes over disclosures, schedules and sources.

    Args:
        sources: names and contents.
        others: catalogues beside them, whose disclosures they may name.

    Raises:
        SchemaErrors: all mistakes found, in file order.
    """
    from frameworks.ground.validation import validated

    errors: list[SchemaError] = []
    own: list[tuple[Document, Framework]] = []
    for name, source in sources:
        try:
            document = read_yaml(source, name)
            own.append((document, validated(document, Framework, keys_of(*_MODELS))))
        except SchemaErrors as found:
            errors.extend(found.errors)
        except SchemaError as error:
            errors.append(error)
    named = {edition.name: edition for _, edition in own}
    whole = []
    for document, edition in own:
        try:
            whole.append(_extended(document, edition, named))
        except SchemaErrors as found:
            errors.extend(found.errors)
    if not errors:
        errors.extend(_strangers(own, Catalogues((*whole, *(others.editions if others else ())))))
    if errors:
        raise SchemaErrors(errors)
    return tuple(sorted(whole, key=lambda e: (e.framework, str(e.valid_from or ""), e.edition)))


def read_framework(path: Path) -> Framework:
    """A catalogue that lies anywhere.

    Raises:
        SchemaError: it cannot be read, or is wrong; all mistakes with line and column.
    """
    try:
        source = path.read_bytes()
    except FileNotFoundError as error:
        raise SchemaError("file-missing", file=str(path)) from error
    except OSError as error:
        raise SchemaError("file-unreadable", file=str(path), reason=error.strerror or "") from error
    mine = [(path.name, source)]
    wanted = _mentioned(source, path.name)
    beside = [entry for entry in catalogue_sources() if entry[0].removesuffix(".yaml") == wanted]
    read = read_catalogues([*mine, *beside], load_catalogues())
    return next(edition for edition in read if edition.name != wanted)


def is_framework(data: Any) -> bool:
    """Whether the data of a YAML file looks like a catalogue."""
    return isinstance(data, dict) and bool({"framework", "disclosures"} & data.keys())


def _strangers(own: Iterable[tuple[Document, Framework]], known: Catalogues) -> Iterator[SchemaError]:
    """The disclosures that answer one of these, and stand in no catalogue."""
    for document, edition in own:
        for i, disclosure in enumerate(edition.disclosures):
            for j, same in enumerate(disclosure.same_as):
                if same.code not in known.by_code:
                    path = ("disclosures", i, "same_as", j, "code")
                    yield document.fault("code-unknown", path, value=same.code, near=known.near(same.code))


def _mentioned(source: bytes, name: str) -> str:
    data = read_yaml(source, name).data
    return str(data.get("extends", "")) if isinstance(data, dict) else ""


def _extended(document: Document, edition: Framework, named: dict[str, Framework]) -> Framework:
    if not edition.extends:
        return edition
    base = named.get(edition.extends)
    if base is None:
        near = difflib.get_close_matches(edition.extends, named, n=1)
        raise SchemaErrors(
            [document.fault("framework-no-base", ("extends",), value=edition.extends, near=near)]
        )
    lost = [
        document.fault("framework-not-in-base", ("repealed", index), value=code, near=[])
        for index, code in enumerate(edition.repealed)
        if code not in base.by_id
    ]
    if lost:
        raise SchemaErrors(lost)
    known = {source.id for source in edition.sources}
    return replace(
        edition,
        disclosures=tuple(_merged(edition, base)),
        schedules={**base.schedules, **edition.schedules},
        sources=(*edition.sources, *(each for each in base.sources if each.id not in known)),
    )


def _merged(edition: Framework, base: Framework) -> Iterator[Disclosure]:
    """The base's disclosures in their order, changed ones in place, new ones behind."""
    for disclosure in base.disclosures:
        if disclosure.id not in edition.repealed:
            yield edition.by_id.get(disclosure.id, disclosure)
    yield from (disclosure for disclosure in edition.disclosures if disclosure.id not in base.by_id)
