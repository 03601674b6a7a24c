"""A YAML document against a struct: each of pydantic's errors becomes one of ours, with its place in the file."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from frameworks.ground.errors import SchemaError, SchemaErrors
from frameworks.ground.yaml import Document

Model = TypeVar("Model")


def validated(document: Document, model: type[Model], known: Iterable[str]) -> Model:
    """The document as a struct (or a pydantic model).

    Args:
        document: what was read.
        model: what it should be.
        known: names of keys, for near guesses at an unknown one.

    Raises:
        SchemaErrors: every mistake with line, column and what is asked.
    """
    try:
        found: Model = TypeAdapter(model).validate_python(document.data)
    except ValidationError as error:
        details = error.errors()
        places = [detail["loc"] for detail in details]
        raise SchemaErrors(
            [_translate(document, each, list(known)) for each in details if not _follows(each, places)]
        ) from error
    return found


def _follows(detail: Any, places: list[tuple[str | int, ...]]) -> bool:
    """Whether a list is short only because an entry of it is wrong, which is told at its own place."""
    at = detail["loc"]
    return detail["type"] == "too_short" and any(
        len(place) > len(at) and place[: len(at)] == at for place in places
    )


def _translate(document: Document, detail: Any, known: list[str]) -> SchemaError:
    path = tuple(part for part in detail["loc"] if isinstance(part, str | int))
    field = str(path[-1]) if path else ""
    kind = detail["type"]
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(field, known, n=1)
        return document.fault("schema-unknown-key", path, near=near[0] if near else "", field=field)
    if kind == "missing":
        return document.fault("schema-missing-key", path, field=field)
    if kind == "enum":
        choices = detail["ctx"]["expected"]
        return document.fault("schema-bad-choice", path, value=detail["input"], choices=choices, field=field)
    if kind == "value_error":
        problem = str(detail["ctx"]["error"])
        return document.fault("schema-inconsistent", path, problem=problem, field=field)
    value = str(detail["input"])[:40]
    return document.fault("schema-bad-value", path, value=value, problem=detail["msg"], field=field)
