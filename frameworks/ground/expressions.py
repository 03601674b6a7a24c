"""Regular expressions compiled once: to compile ours takes longer than to read and judge a return.

``used`` stands between ``re`` and its engine: an expression of the table is handed to the engine as it was compiled
before, any other is compiled as always. The engine checks what it is handed.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from frameworks.ground.table import Entry, Table, key

_WORD = "I"  # how the engine's numbers are kept


@contextmanager
def used(table: Table) -> Iterator[None]:
    """Meanwhile expressions of a table are not compiled."""
    compiler = _compiler()
    compile_, engine = compiler.compile, compiler._sre

    def find_or_compile(asked: Any, flags: int = 0) -> re.Pattern[Any]:
        if isinstance(asked, str) and (found := table.find(_key(asked, flags, engine))) is not None:
            with suppress(
                ValueError, TypeError, RuntimeError, OverflowError, SystemError
            ):  # the engine refuses it
                whole, groups, names, order = found.head
                code = array(_WORD, found.block).tolist()
                made: re.Pattern[Any] = engine.compile(asked, whole, code, groups, names, tuple(order))
                return made
        compiled: re.Pattern[Any] = compile_(asked, flags)
        return compiled

    compiler.compile = find_or_compile
    try:
        yield
    finally:
        compiler.compile = compile_


@contextmanager
def recorded() -> Iterator[dict[str, Entry]]:
    """The expressions that are compiled meanwhile, as the engine is handed them."""
    compiler = _compiler()
    compile_, engine = compiler.compile, compiler._sre
    handed: list[tuple[Any, ...]] = []
    found: dict[str, Entry] = {}

    class Listener:
        """The engine, and what it is handed."""

        def __getattr__(self, name: str) -> Any:
            return getattr(engine, name)

        def compile(self, *given: Any) -> Any:
            handed.append(given)
            return engine.compile(*given)

    def compile_and_note(asked: Any, flags: int = 0) -> re.Pattern[Any]:
        made: re.Pattern[Any] = compile_(asked, flags)
        _, whole, code, *more = handed.pop()
        if isinstance(asked, str) and not flags & re.DEBUG:
            found[_key(asked, flags, engine)] = Entry((whole, *more), array(_WORD, code).tobytes())
        return made

    compiler.compile, compiler._sre = compile_and_note, Listener()
    try:
        yield found
    finally:
        compiler.compile, compiler._sre = compile_, engine


def _compiler() -> Any:
    return re._compiler  # type: ignore[attr-defined]


def _key(asked: str, flags: int, engine: Any) -> str:
    return key(asked, int(flags), engine.MAGIC, engine.CODESIZE, array(_WORD).itemsize)
