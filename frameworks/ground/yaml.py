"""The one reader of our YAML files: plain data, and the place of every value.

Only what our files need is allowed: mappings, lists and plain scalars of YAML 1.2's core schema. Anchors,
aliases, merge keys and tags are refused (a 10 KB merge-key file can hang a reader), as are duplicate keys.
Parsing costs about 100 times what reading JSON does, so package data and schemas are kept compiled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from msgspec import Struct

from frameworks.ground.cache import compiled
from frameworks.ground.errors import SchemaError

MAX_BYTES = 1_048_576  # the largest of our own files has 120 kB
MAX_DEPTH = 50

Place = tuple[int, int]  # line and column, both from 1
Path_ = tuple[str | int, ...]

_INT = re.compile(r"[-+]?[0-9]{1,18}\Z")
_FLOAT = re.compile(r"[-+]?(?:[0-9]{1,18}\.[0-9]{0,18}|\.[0-9]{1,18})(?:[eE][-+]?[0-9]{1,3})?\Z")
_WORDS: dict[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}


class Document(Struct, frozen=True):
    """One YAML file: its data, and for each path of keys and indexes where the value begins."""

    name: str
    data: Any
    places: dict[Path_, Place]

    def place(self, path: Path_) -> Place:
        """The place of a value, or of the nearest enclosing one that has a place."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def fault(self, code: str, path: Path_, **params: object) -> SchemaError:
        """A mistake at the place of a value."""
        line, column = self.place(path)
        return SchemaError(code, file=self.name, line=line, column=column, **params)


def read_yaml(source: bytes, name: str) -> Document:
    """YAML bytes to data with places.

    Raises:
        SchemaError: with line and column, when the text is no YAML or holds what is not allowed.
    """
    if len(source) > MAX_BYTES:
        raise SchemaError("yaml-too-large", file=name, size=len(source), limit=MAX_BYTES)
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise SchemaError("yaml-not-utf8", file=name, line=line) from error
    return _Builder(name, text).build()


def load_data(package: str, name: str) -> Any:
    """The data of one YAML file that lies beside the code, e.g. ``load_data("checker.data", "units.yaml")``."""
    return _load_data(package, name)


@cache
def _folder(package: str) -> Traversable:
    return files(package)


@cache
def _load_data(package: str, name: str) -> Any:
    source = _folder(package).joinpath(name).read_bytes()
    return compiled(source, Any, lambda: read_yaml(source, name).data)


class _Builder:
    """Builds data from the parser's events: one pass, no aliases, every place kept."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.places: dict[Path_, Place] = {}

    def build(self) -> Document:
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        try:
            events = iter(YAML(typ="safe").parse(self.text))
            data = self._document(events)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise self._fault("yaml-syntax", line, column, problem=error.problem or "") from error
        except YAMLError as error:
            raise self._fault("yaml-syntax", 1, 1, problem=str(error).splitlines()[0]) from error
        return Document(self.name, data, self.places)

    def _fault(self, code: str, line: int, column: int, **params: object) -> SchemaError:
        lines = self.text.splitlines()
        if code == "yaml-syntax" and any("：" in part for part in lines[max(0, line - 2) : line]):
            code = "yaml-full-width-colon"
        return SchemaError(code, file=self.name, line=line, column=column, **params)

    def _document(self, events: Iterator[Any]) -> Any:
        data: Any = None
        documents = 0
        for event in events:
            kind = type(event).__name__
            documents += kind == "DocumentStartEvent"
            if documents > 1:
                line, column = event.start_mark.line + 1, event.start_mark.column + 1
                raise self._fault("yaml-two-documents", line, column)
            if kind in ("StreamStartEvent", "DocumentStartEvent", "DocumentEndEvent", "StreamEndEvent"):
                continue
            data = self._value(event, events, (), 0)
        return data

    def _value(self, event: Any, events: Iterator[Any], path: Path_, depth: int) -> Any:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        kind = type(event).__name__
        if kind == "AliasEvent" or getattr(event, "anchor", None):
            raise self._fault("yaml-anchor", line, column)
        if getattr(event, "tag", None) not in (None, "!") and not _implicit(event):
            raise self._fault("yaml-tag", line, column, tag=str(event.tag))
        if depth > MAX_DEPTH:
            raise self._fault("yaml-too-deep", line, column, limit=MAX_DEPTH)
        self.places[path] = (line, column)
        if kind == "ScalarEvent":
            return event.value if event.style in ("'", '"', "|", ">") else _plain(event.value)
        if kind == "SequenceStartEvent":
            return self._sequence(events, path, depth)
        return self._mapping(events, path, depth)

    def _sequence(self, events: Iterator[Any], path: Path_, depth: int) -> list[Any]:
        found: list[Any] = []
        for event in events:
            if type(event).__name__ == "SequenceEndEvent":
                break
            found.append(self._value(event, events, (*path, len(found)), depth + 1))
        return found

    def _mapping(self, events: Iterator[Any], path: Path_, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in events:
            if type(event).__name__ == "MappingEndEvent":
                break
            line, column = event.start_mark.line + 1, event.start_mark.column + 1
            if type(event).__name__ != "ScalarEvent":
                raise self._fault("yaml-key", line, column)
            key = str(event.value)
            if key == "<<":
                raise self._fault("yaml-anchor", line, column)
            if key in found:
                raise self._fault("yaml-duplicate-key", line, column, key=key)
            found[key] = self._value(next(events), events, (*path, key), depth + 1)
        return found


def _implicit(event: Any) -> bool:
    implicit = getattr(event, "implicit", None)
    return any(implicit) if isinstance(implicit, tuple) else bool(implicit)


def _plain(text: str) -> object:
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text
