"""Methods that ``dataclasses`` writes as text, compiled once: a thousand of them cost a fifth of our start.

``used`` stands in for ``exec`` in that module alone: a text of the table is run as it was compiled before, any other
is compiled as always.
"""

from __future__ import annotations

import builtins
import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any

from frameworks.ground.table import Table, dumped, key

_KIND = "definition"


@contextmanager
def used(table: Table) -> Iterator[None]:
    """Meanwhile texts of a table are not compiled."""

    def compiled(text: str) -> CodeType:
        found = table.find(key(_KIND, text))
        return found if isinstance(found, CodeType) else _compiled(text)

    with _run_by(compiled):
        yield


@contextmanager
def recorded() -> Iterator[dict[bytes, bytes]]:
    """The texts that are compiled meanwhile."""
    found: dict[bytes, bytes] = {}

    def compiled(text: str) -> CodeType:
        code = _compiled(text)
        found[key(_KIND, text)] = dumped(code)
        return code

    with _run_by(compiled):
        yield found


def _compiled(text: str) -> CodeType:
    return compile(text, "<string>", "exec", dont_inherit=True)


@contextmanager
def _run_by(compiled: Callable[[str], CodeType]) -> Iterator[None]:
    def run(text: Any, *names: Any) -> None:
        builtins.exec(compiled(text) if isinstance(text, str) else text, *names)

    module: Any = dataclasses
    before = module.__dict__.get("exec")
    module.exec = run
    try:
        yield
    finally:
        if before is None:
            del module.exec
        else:
            module.exec = before
