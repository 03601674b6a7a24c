"""The files of an edition: their bytes, which edition they extend, and by what their compiled form is known."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from frameworks.ground.errors import SchemaError
from frameworks.ground.yaml import MAX_BYTES
from questionnaire import links, proofs

EDITION_FILE = "edition.yaml"
CHANGES_FILE = "changes.yaml"
SCHEMAS = "questionnaire.schemas"
DEEPEST = 10  # editions that extend each other; more of them are a circle
YEAR = re.compile(rb"^year:[ \t]*['\"]?(\d{4})", re.MULTILINE)
EXTENDS = re.compile(rb"^extends:[ \t]*['\"]?([\w-]+)", re.MULTILINE)

Folder = Traversable | Path


def builtin(edition: str) -> Folder:
    """The folder of a built-in edition."""
    return files(SCHEMAS).joinpath(edition)


def sources_of(folder: Folder) -> list[tuple[str, bytes]]:
    """Name and bytes of every file by which the questions are told.

    Raises:
        SchemaError: it is no edition's folder, or cannot be read.
    """
    try:
        found = sorted(entry.name for entry in folder.iterdir() if _is_told(entry.name))
    except OSError as error:
        raise SchemaError("file-unreadable", file=str(folder), reason=error.strerror or "") from error
    if EDITION_FILE not in found:
        raise SchemaError("schema-no-edition", file=str(folder), name=EDITION_FILE)
    return [(name, folder.joinpath(name).read_bytes()) for name in found if name != links.FILE]


def _is_told(name: str) -> bool:
    """Whether a file is one of an edition's own: no copy that was kept of an earlier one (.bak)."""
    stem, dot, suffix = name.rpartition(".")
    return dot + suffix in (".yaml", ".yml") and not stem.rstrip("0123456789").endswith(".bak")


def bytes_of(path: Path) -> bytes:
    """The bytes of a user's file.

    Raises:
        SchemaError: it is no file, or cannot be read.
    """
    try:
        if path.exists() and not path.is_file():
            raise SchemaError("not-a-file", file=str(path))  # a device would never end
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise SchemaError("file-missing", file=str(path)) from error
    except OSError as error:
        raise SchemaError("file-unreadable", file=str(path), reason=error.strerror or "") from error


def key_of(folder: Folder, beside: tuple[str, ...] = ()) -> bytes:
    """By what the compiled form is known: the edition's own files and those of all that it extends.

    Args:
        folder: the edition.
        beside: names of further files that count where they are there.

    Raises:
        SchemaError: as ``sources_of`` and ``lineage``.
    """
    parts: list[bytes] = []
    for each in lineage(folder):
        more = [(name, file.read_bytes()) for name in beside if (file := each.joinpath(name)).is_file()]
        parts.append(b"schema 3")  # raised when the same files are compiled to something else
        for name, source in (*sources_of(each), *more):
            parts += [name.encode(), source]
    return b"\0".join(parts)


def whole_key_of(folder: Folder) -> bytes:
    """By what all that an edition says is known: its questions, its links to disclosures, its models of proof."""
    return key_of(folder, (links.FILE, proofs.FILE))


def lineage(folder: Folder) -> Iterator[Folder]:
    """The folders of an edition and of all that it extends, its own first.

    Raises:
        SchemaError: an edition that is extended is not there, or they extend each other in a circle.
    """
    yield folder
    for _ in range(DEEPEST):
        base = extended(folder)
        if base is None:
            return
        folder = base
        yield folder
    if extended(folder) is not None:
        raise SchemaError("extends-circle", file=str(folder))


def extended(folder: Folder) -> Folder | None:
    """The folder of the edition that is extended: beside this one, else a built-in one.

    Raises:
        SchemaError: there is none of that name.
    """
    source = folder.joinpath(EDITION_FILE).read_bytes()
    found = EXTENDS.search(source)
    if found is None:
        return None
    name = found.group(1).decode()
    beside = folder.parent / name if isinstance(folder, Path) else None
    if beside is not None and (beside / EDITION_FILE).is_file():
        return beside
    own = builtin(name)
    if own.joinpath(EDITION_FILE).is_file():
        return own
    near = difflib.get_close_matches(name, builtin_editions(), n=1)
    line = source[: found.start()].count(b"\n") + 1
    raise SchemaError("extends-unknown", file=EDITION_FILE, line=line, column=1, value=name, near=near)


@cache
def builtin_editions() -> tuple[str, ...]:
    """The ids of the built-in editions."""
    return tuple(
        sorted(entry.name for entry in files(SCHEMAS).iterdir() if entry.joinpath(EDITION_FILE).is_file())
    )
