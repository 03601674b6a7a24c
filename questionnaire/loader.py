"""YAML files of a questionnaire to a ``Schema``; every mistake with file, line, column and its mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from frameworks.ground.cache import compiled
from frameworks.ground.errors import SchemaError, SchemaErrors
from frameworks.ground.written import Written, keys_of
from frameworks.ground.yaml import Document, read_yaml
from questionnaire import links
from questionnaire.cues import expand
from questionnaire.folders import (
    CHANGES_FILE,
    EDITION_FILE,
    EXTENDS,
    YEAR,
    Folder,
    builtin,
    bytes_of,
    extended,
    key_of,
    lineage,
    sources_of,
)
from questionnaire.knowledge import FolderKnowledge, link_file
from questionnaire.schema import Aspect, Edition, Item, Kpi, Part, Schema, Section

INHERITED = (
    "parent",
    "respondents",
    "respondents_en",
    "issuer",
    "profile",
    "classes",
    "numbering",
    "english",
)  # by an edition that does not say them itself
PACKED = b"PK\x03\x04"  # begins every workbook and document
CUES = ("cues", "counter_evidence")  # lists in the little language of cues

Model = TypeVar("Model", bound=Written)


@cache
def load_schema(edition: str) -> Schema:
    """The built-in questionnaire of an edition, from the compiled cache when the files are unchanged."""
    return read_schema(builtin(edition))


def read_schema(folder: Folder) -> Schema:
    """A questionnaire from its folder (``edition.yaml`` and a file a part, or ``changes.yaml``).

    Raises:
        SchemaErrors: all mistakes found, in file order.
    """
    key = key_of(folder)  # refuses a circle
    schema = compiled(key, Schema, lambda: _whole(folder))
    found = extended(folder)
    return schema.knowing(FolderKnowledge(folder, schema, None if found is None else read_schema(found)))


def _whole(folder: Folder, year: int | None = None) -> Schema:
    """An edition from its files.

    Args:
        folder: where they lie.
        year: of the edition that extends this one: next year's cues mean its own next year.
    """
    sources = sources_of(folder)
    if year is None:
        list(lineage(folder))  # refuses a circle
        told = YEAR.search(dict(sources)[EDITION_FILE])
        year = int(told[1]) if told else None
    found = extended(folder)
    return _validate(sources, None if found is None else _whole(found, year), year)


def check_file(path: Path) -> list[SchemaError]:
    """The mistakes of a questionnaire file, a folder of them, or a catalogue; empty when it is clean."""
    try:
        if path.is_dir():
            for folder in _editions_in(path):
                _check_folder(folder)
        else:
            _check_single(path)
    except SchemaErrors as errors:
        return list(errors.errors)
    except SchemaError as error:
        return [error]
    return []


def _editions_in(folder: Path) -> list[Path]:
    """The edition's folder itself, or those of the editions that lie in it."""
    if (folder / EDITION_FILE).is_file():
        return [folder]
    found = sorted(place.parent for place in folder.glob(f"*/{EDITION_FILE}"))
    return found or [folder]


def _check_folder(folder: Folder) -> None:
    schema = _whole(folder)
    if (beside := folder.joinpath(links.FILE)).is_file():
        link_file(bytes_of(beside) if isinstance(beside, Path) else beside.read_bytes(), schema)


def _check_single(path: Path) -> None:
    from frameworks.catalogues import is_framework, read_framework

    source = bytes_of(path)
    if source.startswith(PACKED):
        raise SchemaError("schema-workbook", file=path.name)
    document = read_yaml(source, path.name)
    if is_framework(document.data):
        read_framework(path)
        return
    if isinstance(document.data, dict) and "links" in document.data:
        link_file(bytes_of(path), _whole(path.parent))
        return
    beside = path.with_name(EDITION_FILE)
    if beside.is_file() and (path.name in (EDITION_FILE, CHANGES_FILE) or EXTENDS.search(bytes_of(beside))):
        _check_folder(path.parent)
        return
    if isinstance(document.data, dict) and "profile" in document.data:
        _edition(document, None)
        return
    edition = _edition(read_yaml(bytes_of(beside), EDITION_FILE), None) if beside.is_file() else None
    if edition is not None:
        _expand(document.data, edition.classes, edition.year)
    _model(document, Part)


def _validate(sources: list[tuple[str, bytes]], base: Schema | None, year: int | None) -> Schema:
    errors: list[SchemaError] = []
    edition: Edition | None = None
    parts: list[tuple[Document, Part]] = []
    differences: Document | None = None
    for name, source in sorted(sources, key=lambda entry: entry[0] != EDITION_FILE):
        try:
            document = read_yaml(source, name)
            if name == EDITION_FILE:
                edition = _edition(document, base)
                continue
            if edition is not None:
                _expand(document.data, edition.classes, year or edition.year)
            if name == CHANGES_FILE and base is not None:
                differences = document
            else:
                parts.append((document, _model(document, Part)))
        except SchemaErrors as found:
            errors.extend(found.errors)
        except SchemaError as error:
            errors.append(error)
    errors.extend(_duplicates(parts))
    if errors or edition is None:
        raise SchemaErrors(errors or [SchemaError("schema-no-edition", name=EDITION_FILE)])
    whole = tuple(part for _, part in parts)
    if base is None and not whole:
        raise SchemaErrors([SchemaError("schema-no-parts", file=EDITION_FILE, line=1, column=1)])
    if base is not None and edition.id == base.edition.id:
        raise SchemaErrors(
            [SchemaError("change-id-taken", file=EDITION_FILE, line=1, column=1, value=edition.id)]
        )
    if base is None:
        ordered = tuple(sorted(whole, key=lambda part: part.part))
        return Schema(edition=edition, parts=ordered, is_english=edition.english)
    from questionnaire.changes import changed

    differing = changed(base, edition, differences)
    told = {part.part for part in whole}
    kept = (*(part for part in differing.parts if part.part not in told), *whole)
    return replace(differing, parts=tuple(sorted(kept, key=lambda part: part.part)))


def _edition(document: Document, base: Schema | None) -> Edition:
    """What holds for the whole edition; what it does not say is said by the edition that it extends."""
    if base is not None and isinstance(document.data, dict):
        told = base.edition.plain()
        inherited = {name: value for name, value in told.items() if name in INHERITED}
        document = Document(document.name, {**inherited, **document.data}, document.places)
    return _model(document, Edition)


def _expand(data: Any, classes: Mapping[str, Sequence[str]], year: int) -> None:
    """Writes out the word classes and years in all cues of a part, in place."""
    if isinstance(data, list):
        for entry in data:
            _expand(entry, classes, year)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key in CUES and isinstance(value, list):
                data[key] = [expand(cue, classes, year) if isinstance(cue, str) else cue for cue in value]
            else:
                _expand(value, classes, year)


def _duplicates(parts: list[tuple[Document, Part]]) -> list[SchemaError]:
    """Ids and keys that stand twice in the edition, at the second place."""
    seen: dict[str, str] = {}
    errors = []
    for document, part in parts:
        for i, section in enumerate(part.sections):
            for j, item in enumerate(section.items):
                for field, value in (("id", item.id), ("key", item.key)):
                    path = ("sections", i, "items", j, field)
                    if value in seen:
                        fault = document.fault("schema-duplicate-id", path, value=value, first=seen[value])
                        errors.append(fault)
                    seen.setdefault(value, f"{document.name}:{document.place(path)[0]}")
    return errors


def _model(document: Document, model: type[Model]) -> Model:
    from frameworks.ground.validation import validated

    return validated(document, model, keys_of(Edition, Part, Section, Item, Aspect, Kpi))


def check_builtin(edition: str) -> list[SchemaError]:
    """The mistakes of a built-in questionnaire; empty when it is clean."""
    try:
        _check_folder(builtin(edition))
    except SchemaErrors as errors:
        return list(errors.errors)
    return []
