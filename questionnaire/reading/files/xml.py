"""XML of strangers, as a stream of events: no document type, no entities, no tree, bounded depth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from frameworks.ground.errors import ReturnError
from questionnaire.reading.files import limits

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def walk(data: bytes, file: str, start: Start, end: End, text: Text) -> None:
    """Calls back for every element and text, with the names as they stand (prefix included).

    Raises:
        ReturnError: not well-formed, with a document type, or nested too deep.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse(file)
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, UnicodeError, ValueError) as error:
        raise ReturnError("damaged", file=file) from error


class Names(dict[str, str]):
    """Local names of elements (``x:row`` is ``row``), each split once; Strict files and others use prefixes."""

    def __missing__(self, name: str) -> str:
        local = name.rpartition(":")[2]
        if len(self) < 1_000:
            self[name] = local
        return local


class Handlers(dict[str, Any]):
    """Handlers by an element's name as it stands; None for elements without one."""

    def __init__(self, by_local: dict[str, Any]) -> None:
        super().__init__()
        self._by_local = by_local

    def __missing__(self, name: str) -> Any:
        handler = self._by_local.get(name.rpartition(":")[2])
        if len(self) < 1_000:
            self[name] = handler
        return handler


def attribute(attributes: dict[str, str], local: str) -> str:
    """An attribute's value whatever its prefix; empty where it is absent."""
    if local in attributes:
        return attributes[local]
    return next((value for key, value in attributes.items() if key.endswith(":" + local)), "")


class Depth:
    """Counts open elements.

    Raises:
        ReturnError: from ``down``, beyond the limit.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.open = 0

    def down(self) -> None:
        """An element begins."""
        self.open += 1
        if self.open > limits.DEPTH:
            raise ReturnError(
                "file-too-large", file=self.file, what="limit-depth", size=self.open, limit=limits.DEPTH
            )

    def up(self) -> None:
        """An element ends."""
        self.open -= 1


def _refuse(file: str) -> Callable[..., Any]:
    def refuse(*_: Any) -> None:
        raise ReturnError("doctype", file=file)

    return refuse
