"""Which edition of a framework is meant: by its id, its edition's name, or a catalogue's file."""

from __future__ import annotations

import difflib
from pathlib import Path

from msgspec.structs import replace

from checker.reading.disclosures import Reader
from frameworks.catalogues import Catalogues, read_framework
from frameworks.ground.errors import SchemaError
from frameworks.model import Framework


def edition_of(reader: Reader, name: str, year: int) -> tuple[Reader, Framework]:
    """The edition of a framework in force in the year: by its id or name, the edition's name, or a catalogue's file.

    Raises:
        SchemaError: there is no such framework, or none in force.
    """
    catalogues, framework = framework_of(reader.catalogues, name)
    found = catalogues.edition(framework, year)
    if found is None:
        raise SchemaError("framework-not-held", value=framework, year=year)
    return replace(reader, catalogues=catalogues), found


def framework_of(catalogues: Catalogues, name: str) -> tuple[Catalogues, str]:
    """The id of a framework, and the catalogues with it: by its id or name, an edition's name, or a catalogue's file.

    Raises:
        SchemaError: there is no such framework.
    """
    if name.endswith((".yaml", ".yml")):
        edition = read_framework(Path(name))
        catalogues, name = catalogues.joined([edition]), edition.framework
    known = {edition.name: edition.framework for edition in catalogues.editions}
    name = known.get(name, name)
    if name not in catalogues.frameworks:
        names, called = catalogues.frameworks, catalogues.called(name)
        if len(called) == 1:
            return catalogues, called[0]
        near = list(called) or difflib.get_close_matches(name, names, n=2, cutoff=0.4) or list(names)
        raise SchemaError("framework-unknown", value=name, near=near)
    return catalogues, name
