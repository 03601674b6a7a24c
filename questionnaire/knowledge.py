"""What lies beside an edition's questions: models of proof and links to disclosures, its own and inherited ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from frameworks.ground.cache import compiled
from frameworks.sources import FIGURES, catalogue_sources, source_of, sources_key
from questionnaire import links, proofs
from questionnaire.folders import Folder, key_of
from questionnaire.links import Links
from questionnaire.proofs import ItemProofs
from questionnaire.schema import Schema

if TYPE_CHECKING:
    from questionnaire.link_file import LinkFile


class FolderKnowledge(Struct, frozen=True, eq=False, dict=True):
    """What lies beside an edition's questions: models of proof, and links to disclosures."""

    folder: Folder
    schema: Schema
    base: Schema | None

    @property
    def proofs(self) -> Mapping[str, ItemProofs]:
        """Its own models, and those of the edition that it extends for items with the same aspects."""
        instead = proofs.replaced(self.schema.edition.id)
        return self._proofs if instead is None else instead

    @cached_property
    def _proofs(self) -> Mapping[str, ItemProofs]:
        file = self.folder.joinpath(proofs.FILE)
        own = proofs.read_proofs(file.read_bytes()) if file.is_file() else {}
        inherited = self.base.proofs if self.base else {}
        aspects = {item.id: {aspect.id for aspect in item.aspects} for item in self.schema.items}
        kept = {
            item: found
            for item, found in inherited.items()
            if set(found.classes[:-1]) <= aspects.get(item, set())
        }
        return {**kept, **own}

    def links(self, year: int) -> Links:
        """The links in force for a year, from the compiled cache when nothing changed."""
        if year not in self._links:
            self._links[year] = self._read_links(year)
        return self._links[year]

    @cached_property
    def _links(self) -> dict[int, Links]:
        return {}

    def _read_links(self, year: int) -> Links:
        chain = list(self.link_sources())
        if not chain:
            return Links(year)
        named = tuple((f"{number} {links.FILE}", source) for number, (source, _) in enumerate(chain))
        key = sources_key(named, f"links {links.FORM} {year}".encode()) + sources_key(
            (*catalogue_sources(), (FIGURES, source_of(FIGURES))),
            key_of(self.folder),
        )
        return links.of_data(compiled(key, dict[str, Any], lambda: self._in_force(chain, year)), year)

    def link_sources(self) -> Iterator[tuple[bytes, Schema]]:
        """The link files of the edition and of all that it extends, with their schemas, the oldest first."""
        if self.base is not None and isinstance(self.base.knowledge, FolderKnowledge):
            yield from self.base.knowledge.link_sources()
        if (beside := self.folder.joinpath(links.FILE)).is_file():
            yield beside.read_bytes(), self.schema

    def _in_force(self, chain: list[tuple[bytes, Schema]], year: int) -> dict[str, Any]:
        from frameworks.catalogues import load_catalogues
        from frameworks.figures import load_figures
        from questionnaire.link_file import LinkFile, in_force

        found = LinkFile(edition=self.schema.edition.id)
        for source, schema in chain:
            found = link_file(source, schema).over(found)
        return in_force(found.asked(self.schema), self.schema, load_catalogues(), load_figures(), year)


def link_file(source: bytes, schema: Schema) -> LinkFile:
    """The links of an edition's own file, checked.

    Raises:
        SchemaErrors: every mistake with line and column.
    """
    from frameworks.catalogues import load_catalogues
    from frameworks.figures import load_figures
    from questionnaire.link_file import read_links

    return read_links(source, schema, load_catalogues(), load_figures())
