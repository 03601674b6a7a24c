"""YAML files of a questionnaire to a ``Schema``; every mistake with file, line, column and its mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from frameworks.ground.errors import SchemaError, SchemaErrors
from frameworks.ground.validation import validated
from frameworks.ground.yaml import MAX_BYTES, Document, compiled, read_yaml
from frameworks.sources import FIGURES, catalogue_sources, source_of, sources_key
from questionnaire import links as disclosures
from questionnaire.cues import expand
from questionnaire.links import Links
from questionnaire.schema import Aspect, Edition, Item, Kpi, Part, Schema, Section

if TYPE_CHECKING:
    from questionnaire.link_file import LinkFile

DEFAULT_EDITION = "dicastal-2024"
EDITION_FILE = "edition.yaml"

Model = TypeVar("Model", bound=BaseModel)


@cache
def load_schema(edition: str = DEFAULT_EDITION) -> Schema:
    """The built-in questionnaire of an edition, from the compiled cache when the files are unchanged."""
    return read_schema(files("questionnaire.schemas").joinpath(edition))


def read_schema(folder: Traversable | Path) -> Schema:
    """A questionnaire from its folder (``edition.yaml`` and a file a part).

    Raises:
        SchemaErrors: all mistakes found, in file order.
    """
    sources = _sources(folder)
    key = b"schema\0" + b"\0".join(name.encode() + b"\0" + source for name, source in sources)
    data = compiled(key, lambda: _validate(sources).model_dump(mode="json", exclude_defaults=True))
    return Schema.model_validate(data)


@cache
def chosen_links(edition: str, year: int, frameworks: tuple[str, ...] = ()) -> Links:
    """The links of some frameworks alone, or of the edition's own choice.

    Raises:
        SchemaError: there is no framework of a name.
    """
    return load_links(edition, year).chosen(frameworks)


@cache
def load_links(edition: str, year: int) -> Links:
    """Which disclosures the items of a built-in edition answer, as in force for a reporting year.

    Empty for an edition that names none.
    """
    folder = files("questionnaire.schemas").joinpath(edition)
    if not folder.joinpath(disclosures.FILE).is_file():
        return Links(year)
    source = folder.joinpath(disclosures.FILE).read_bytes()
    key = sources_key(_sources(folder), f"links {disclosures.FORM} {year}".encode()) + sources_key(
        (*catalogue_sources(), (disclosures.FILE, source), (FIGURES, source_of(FIGURES)))
    )
    return disclosures.of_data(compiled(key, lambda: _links(source, load_schema(edition), year)), year)


def _links(source: bytes, schema: Schema, year: int) -> dict[str, Any]:
    from frameworks.catalogues import load_catalogues
    from frameworks.figures import load_figures
    from questionnaire.link_file import in_force

    return in_force(_link_file(source, schema), schema, load_catalogues(), load_figures(), year)


def _link_file(source: bytes, schema: Schema) -> LinkFile:
    from frameworks.catalogues import load_catalogues
    from frameworks.figures import load_figures
    from questionnaire.link_file import read_links

    return read_links(source, schema, load_catalogues(), load_figures())


def check_file(path: Path) -> list[SchemaError]:
    """The mistakes of a questionnaire file, a folder of them, or a catalogue; empty when it is clean."""
    try:
        if path.is_dir():
            schema = _validate(_sources(path))
            if (beside := path / disclosures.FILE).is_file():
                _link_file(_bytes(beside), schema)
        else:
            _check_single(path)
    except SchemaErrors as errors:
        return list(errors.errors)
    except SchemaError as error:
        return [error]
    return []


def _check_single(path: Path) -> None:
    from frameworks.catalogues import is_framework, read_framework

    document = read_yaml(_bytes(path), path.name)
    if is_framework(document.data):
        read_framework(path)
        return
    if isinstance(document.data, dict) and "links" in document.data:
        _link_file(_bytes(path), _validate(_sources(path.parent)))
        return
    if isinstance(document.data, dict) and "profile" in document.data:
        _model(document, Edition)
        return
    beside = path.with_name(EDITION_FILE)
    classes = _model(read_yaml(_bytes(beside), EDITION_FILE), Edition).classes if beside.is_file() else {}
    _expand(document.data, classes)
    _model(document, Part)


def _bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise SchemaError("not-a-file", file=str(path))  # a device would never end
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise SchemaError("file-unreadable", file=str(path), reason=error.strerror or "") from error


def _sources(folder: Traversable | Path) -> list[tuple[str, bytes]]:
    try:
        found = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith((".yaml", ".yml")))
    except OSError as error:
        raise SchemaError("file-unreadable", file=str(folder), reason=error.strerror or "") from error
    if EDITION_FILE not in found:
        raise SchemaError("schema-no-edition", file=str(folder), name=EDITION_FILE)
    return [(name, folder.joinpath(name).read_bytes()) for name in found if name != disclosures.FILE]


def _validate(sources: list[tuple[str, bytes]]) -> Schema:
    errors: list[SchemaError] = []
    edition: Edition | None = None
    parts: list[tuple[str, Document, Part]] = []
    for name, source in sorted(sources, key=lambda entry: entry[0] != EDITION_FILE):
        try:
            document = read_yaml(source, name)
            if name == EDITION_FILE:
                edition = _model(document, Edition)
            else:
                _expand(document.data, edition.classes if edition else {})
                parts.append((name, document, _model(document, Part)))
        except SchemaErrors as found:
            errors.extend(found.errors)
        except SchemaError as error:
            errors.append(error)
    errors.extend(_duplicates(parts))
    if errors or edition is None:
        raise SchemaErrors(errors or [SchemaError("schema-no-edition", name=EDITION_FILE)])
    return Schema(edition=edition, parts=tuple(sorted((part for _, _, part in parts), key=lambda p: p.part)))


def _expand(data: Any, classes: Mapping[str, Sequence[str]]) -> None:
    """Writes out the word classes in all cues of a part, in place."""
    if isinstance(data, list):
        for entry in data:
            _expand(entry, classes)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key == "cues" and isinstance(value, list):
                data[key] = [expand(cue, classes) if isinstance(cue, str) else cue for cue in value]
            else:
                _expand(value, classes)


def _duplicates(parts: list[tuple[str, Document, Part]]) -> list[SchemaError]:
    """Ids and keys that stand twice in the edition, at the second place."""
    seen: dict[str, str] = {}
    errors = []
    for name, document, part in parts:
        for i, section in enumerate(part.sections):
            for j, item in enumerate(section.items):
                for field, value in (("id", item.id), ("key", item.key)):
                    line, column = document.place(("sections", i, "items", j, field))
                    if value in seen:
                        errors.append(
                            SchemaError(
                                "schema-duplicate-id", file=name, line=line, column=column,
                                value=value, first=seen[value],
                            )
                        )  # fmt: skip
                    seen.setdefault(value, f"{name}:{line}")
    return errors


def _model(document: Document, model: type[Model]) -> Model:
    return validated(document, model, _FIELDS)


_FIELDS = sorted(
    {name for model in (Edition, Part, Section, Item, Aspect, Kpi) for name in model.model_fields}
)


def check_builtin(edition: str) -> list[SchemaError]:
    """The mistakes of a built-in questionnaire; empty when it is clean."""
    try:
        folder = files("questionnaire.schemas").joinpath(edition)
        schema = _validate(_sources(folder))
        if (beside := folder.joinpath(disclosures.FILE)).is_file():
            _link_file(beside.read_bytes(), schema)
    except SchemaErrors as errors:
        return list(errors.errors)
    return []
