"""Regular expressions compiled once: what ``re`` made of them is kept in the user's cache for the next process.

Compiling our expressions takes longer than reading and judging a return. ``use`` puts a table between ``re`` and its
engine: an expression that stands there is handed to the engine as it was compiled before, any other is compiled as
always. An entry is found by the whole text and flags of its expression, so that an old table may lack something but
never say something else. It holds numbers and names, no code of Python's, and the engine checks them.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from array import array
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from frameworks.ground.seal import unseal
from frameworks.ground.yaml import cache_folder, write_sealed

FOLDER = "expressions"
FORM = "1"
_WORD = "I"  # how the engine's numbers are kept
_SIZE = 4  # bytes that say how long the index is
_OTHERS = 0o022  # the rights of group and others to write

Asked = tuple[str, int]  # text and flags


class Compiled(NamedTuple):
    """What the engine is handed for an expression, besides its text."""

    flags: int
    code: list[int]
    groups: int
    names: dict[str, int]
    order: tuple[str | None, ...]


class Table:
    """Compiled expressions by the digest of what was asked for; an entry is taken out when it is needed."""

    def __init__(self, index: Mapping[str, list[Any]], codes: bytes) -> None:
        self._index, self._codes = index, codes

    def find(self, asked: Asked) -> Compiled | None:
        """An expression; None where it does not stand here."""
        found = self._index.get(_digest(asked))
        if found is None:
            return None
        flags, start, end, groups, names, order = found
        return Compiled(flags, array(_WORD, self._codes[start:end]).tolist(), groups, names, tuple(order))


def pack(compiled: Mapping[Asked, Compiled]) -> bytes:
    """A table as bytes: the same expressions give the same bytes, in whatever order they were met."""
    index, codes = {}, bytearray()
    for key, each in sorted((_digest(asked), each) for asked, each in compiled.items()):
        start = len(codes)
        codes += array(_WORD, each.code).tobytes()
        index[key] = [each.flags, start, len(codes), each.groups, each.names, each.order]
    head = json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()
    return len(head).to_bytes(_SIZE, "little") + head + bytes(codes)


def unpack(content: bytes) -> Table:
    """The table again.

    Raises:
        ValueError: it is none.
    """
    size = int.from_bytes(content[:_SIZE], "little")
    return Table(json.loads(content[_SIZE : _SIZE + size]), content[_SIZE + size :])


def place(program: str) -> Path | None:
    """Where the table of a program's expressions lies for this Python; None where none can be kept.

    That is where caching is switched off, the engine is another, or others than we may write the folder.
    """
    folder, engine = cache_folder(), getattr(re, "_compiler", None)
    if folder is None or engine is None:
        return None
    made_by = (FORM, program, sys.version, sys.byteorder, engine.MAGIC, engine._sre.CODESIZE, array(_WORD).itemsize)
    own = folder / FOLDER
    with suppress(OSError):
        own.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_own(own) and os.access(own, os.W_OK):
            return own / hashlib.sha256(repr(made_by).encode()).hexdigest()[:32]
    return None


def read(file: Path, state: str) -> Table | None:
    """A program's table; None where there is none of this state of it, it is torn, or others may write it."""
    with suppress(OSError, ValueError):
        if _is_own(file):
            content = unseal(file.read_bytes())
            known = state.encode()
            return unpack(content[len(known) :]) if content.startswith(known) else None
    return None


def write(file: Path, state: str, compiled: Mapping[Asked, Compiled]) -> None:
    """Keeps a program's table, with the state of the program of which it is; one that cannot be kept costs time."""
    write_sealed(file, state.encode() + pack(compiled))


@contextmanager
def used(table: Table) -> Iterator[None]:
    """Meanwhile what stands in a table is not compiled."""
    engine: Any = re._compiler  # type: ignore[attr-defined]
    compile_ = engine.compile

    def find_or_compile(asked: Any, flags: int = 0) -> re.Pattern[Any]:
        if isinstance(asked, str) and not flags & re.DEBUG:
            with suppress(ValueError, TypeError, RuntimeError, OverflowError):  # the engine refuses what is not code
                if (found := table.find((asked, flags))) is not None:
                    made: re.Pattern[Any] = engine._sre.compile(asked, *found)
                    return made
        compiled: re.Pattern[Any] = compile_(asked, flags)
        return compiled

    engine.compile = find_or_compile
    try:
        yield
    finally:
        engine.compile = compile_


@contextmanager
def recorded() -> Iterator[dict[Asked, Compiled]]:
    """What is compiled meanwhile, as the engine was handed it."""
    engine: Any = re._compiler  # type: ignore[attr-defined]
    compile_, sre = engine.compile, engine._sre
    handed: list[tuple[Any, ...]] = []
    found: dict[Asked, Compiled] = {}

    class Listener:
        """The engine, and what it is handed."""

        def __getattr__(self, name: str) -> Any:
            return getattr(sre, name)

        def compile(self, *given: Any) -> Any:
            handed.append(given)
            return sre.compile(*given)

    def compile_and_note(asked: Any, flags: int = 0) -> re.Pattern[Any]:
        made: re.Pattern[Any] = compile_(asked, flags)
        _, *given = handed.pop()
        if isinstance(asked, str):
            found[asked, int(flags)] = Compiled(*given)
        return made

    engine.compile, engine._sre = compile_and_note, Listener()
    try:
        yield found
    finally:
        engine.compile, engine._sre = compile_, sre


def _digest(asked: Asked) -> str:
    text, flags = asked
    return hashlib.blake2b(f"{int(flags)} {text}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _is_own(path: Path) -> bool:
    """Whether nobody else may write it, as far as the system tells."""
    if not hasattr(os, "geteuid"):
        return True
    found = path.stat()
    return found.st_uid == os.geteuid() and not found.st_mode & _OTHERS
