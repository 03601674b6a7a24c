"""The table of the program's expressions: made by a process of its own, used by all others.

The process that makes the table checks our own examples. No return is read on the way: a stranger's file has no part
in what is kept.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from frameworks.ground import expressions, table

PATIENCE = 60.0  # seconds; a table takes two or three
READERS = (
    "checker.commands.check", "checker.checking.many", "checker.report.terminal",
    "questionnaire.reading.files.isolate", "questionnaire.reading.files.wire", "questionnaire.reading.pictures",
    "questionnaire.reading.files.spreadsheet", "questionnaire.reading.layout.workbook",
)  # fmt: skip
_ROOT = Path(__file__).parents[2]
_PACKAGES = ("frameworks", "questionnaire", "checker")
_PARTS = (".py", ".yaml")  # where expressions stand
_MAKE = "import sys; from checker.checking.compiled import make_table; make_table(sys.argv[1], sys.argv[2])"
_in_use: dict[Path, ExitStack] = {}


def use(*, make: bool) -> None:
    """For the rest of this process what stands in the table is not compiled, where there is one.

    Args:
        make: make it first, where there is none of the program as it now is.
    """
    file = table.place(str(_ROOT))
    if file is None or file in _in_use or (state := _state()) is None:
        return
    found = table.read(file, state)
    if found is None and make:
        _make_apart(file, state)
        found = table.read(file, state)
        if found is None:  # it cannot be made here: not tried again before the program changes
            table.write(file, state, {})
    if found is not None:
        _in_use[file] = ExitStack()
        _in_use[file].enter_context(expressions.used(found))


def make_table(file: str, state: str) -> None:
    """Makes the table; in a process that has compiled nothing yet, since only what is compiled now stands in it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # unwinds: no half file is left
    with expressions.recorded() as found:
        from checker.checking.engine import check
        from checker.rules import RULES
        from questionnaire.answers import Answer, Place, Profile, Return
        from questionnaire.editions import newest
        from questionnaire.examples import examples_of

        for module in READERS:
            import_module(module)
        schema = newest()
        faults = zip(
            (item.id for item in schema.items), (rule.__doc__ or "" for rule in RULES.values()), strict=False
        )
        for texts_of in (examples_of(schema), dict(faults)):  # good answers, and what each rule is about
            given = (Answer(item, text, Place("", "", "")) for item, text in texts_of.items())
            company = schema.edition.parent.name
            check(schema, Return("", "", company, schema.edition.year, tuple(given), Profile()))
    table.write(Path(file), bytes.fromhex(state), found)


def _make_apart(file: Path, state: bytes) -> None:
    """In a fresh process; where there is no interpreter to start (a bundle), or it fails, no table is made."""
    if getattr(sys, "frozen", False) or not sys.executable:
        return
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, sys.path)])}
    null = subprocess.DEVNULL
    with (
        suppress(OSError, subprocess.TimeoutExpired),
        subprocess.Popen(
            [sys.executable, "-c", _MAKE, str(file), state.hex()],
            env=environment, stdin=null, stdout=null, stderr=null,
        ) as maker,
    ):  # fmt: skip
        try:
            maker.wait(PATIENCE)
        except BaseException:  # the clock, or a stop of ours
            maker.terminate()
            raise


def _state() -> bytes | None:
    """The program as it now is, by the sizes and times of its files; None where it lies in none (a bundle)."""
    with suppress(OSError):
        found = sorted(entry for package in _PACKAGES for entry in _files(str(_ROOT / package)))
        return sha256(repr(found).encode()).digest() if found else None
    return None


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(entry.path)
            elif entry.name.endswith(_PARTS):
                known = entry.stat()
                yield entry.path, known.st_size, known.st_mtime_ns
