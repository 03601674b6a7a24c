"""How long a machine really works for a file: a clock on the wall would time what else the machine does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

SECONDS = 10  # of a processor, for one file however hostile: reading has 8 of them (limits.CLOCK)


@contextmanager
def bounded(what: object = "") -> Iterator[None]:
    """Fails where the block took more than `SECONDS` of a processor, those of its child processes included.

    A child that hangs without working is not seen here; the reader's own clock ends it.
    """
    before = _worked()
    yield
    assert _worked() - before < SECONDS, what


def _worked() -> float:
    """Seconds of a processor of this process and of its children, the living and those that ended."""
    me = psutil.Process()
    total = 0.0
    for process in (me, *me.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total
