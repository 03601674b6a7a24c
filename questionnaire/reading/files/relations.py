"""Which part belongs to which: the relations of an Office file, in any of the ways programs write their paths."""

from __future__ import annotations

import posixpath

from msgspec import Struct

from questionnaire.reading.files.archive import Archive
from questionnaire.reading.files.xml import Names, walk


class Relation(Struct, frozen=True):
    """One relation of a part."""

    id: str
    kind: str  # last word of its type: worksheet, comments, drawing …
    target: str  # part name; an external target is empty and never followed


def relations(archive: Archive, part: str) -> list[Relation]:
    """The relations of a part ("" for the package)."""
    folder, name = posixpath.split(part)
    data = archive.read(posixpath.join(folder, "_rels", f"{name}.rels"))
    found: list[Relation] = []
    if not data:
        return found
    names = Names()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if names[tag] != "Relationship":
            return
        external = attributes.get("TargetMode") == "External"
        target = "" if external else resolve(folder, attributes.get("Target", ""))
        kind = attributes.get("Type", "").rstrip("/").rpartition("/")[2]
        found.append(Relation(attributes.get("Id", ""), kind, target))

    walk(data, archive.file, start, lambda tag: None, lambda text: None)
    return found


def resolve(folder: str, target: str) -> str:
    """A target as a part name; it cannot climb out of the file, for names are only looked up."""
    target = target.replace("\\", "/")
    joined = target if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(joined).lstrip("/")


def main_part(archive: Archive, fallback: str) -> str:
    """The document itself: by the package's relations, else by its usual name."""
    for relation in relations(archive, ""):
        if relation.kind == "officeDocument" and relation.target in archive:
            return relation.target
    return fallback
