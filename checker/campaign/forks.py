"""Work on what this process holds, done by forks of it: nothing is handed over but what comes back.

Each fork does every so many-th piece and waits until its last one was taken, so that the pieces come in order and
never more than one a fork lies ready. Where there is no fork (Windows), and beside threads, which may hold a lock that
a fork would wait for, this process does them all.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple, TypeVar

Result = TypeVar("Result")


class Fork(NamedTuple):
    """A fork, and our end of the pipe to it."""

    process: BaseProcess
    pipe: Connection


def in_order(make: Callable[[int], Result], count: int, forks: int) -> Iterator[Result]:
    """``make(0)``, ``make(1)`` and so on; what a fork cannot give, this process makes, and it raises what is raised.

    Args:
        make: what it reads must not change meanwhile; what it changes changes in its fork alone.
        count: how many.
        forks: how many at once; with fewer than two this process does all.
    """
    if not count:
        return
    yield make(0)  # what is loaded and compiled for it, every fork has
    alone = hasattr(os, "fork") and threading.active_count() == 1
    started = _start(make, count, min(forks, count - 1)) if forks > 1 and alone else []
    try:
        for number in range(1, count):
            found = _receive(started[number % len(started)]) if started else None
            yield make(number) if found is None else found
    finally:
        for fork in started:
            fork.pipe.close()
            fork.process.kill()
            fork.process.join()


def _start(make: Callable[[int], Any], count: int, forks: int) -> list[Fork]:
    context: Any = multiprocessing.get_context("fork")
    started: list[Fork] = []
    gc.freeze()  # a collection in a fork would copy all that it walks
    for first in range(forks):
        ours, theirs = context.Pipe(duplex=False)
        numbers = (number for number in range(1, count) if number % forks == first)
        held = (*(fork.pipe for fork in started), ours)
        process = context.Process(target=_work, args=(make, numbers, theirs, held), daemon=True)
        process.start()
        theirs.close()
        started.append(Fork(process, ours))
    gc.unfreeze()
    return started


def _work(
    make: Callable[[int], Any], numbers: Iterable[int], pipe: Connection, held: Iterable[Connection]
) -> None:
    """In a fork: one piece after the other; it ends when nobody takes them any more."""
    for each in held:  # a copy of the parent's end would hide that the parent is gone
        each.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(Exception):  # the parent makes it then, and says what is wrong
        for number in numbers:
            pipe.send(make(number))


def _receive(fork: Fork) -> Any:
    """The next piece of a fork; None when it is gone."""
    try:
        return fork.pipe.recv()
    except (EOFError, OSError):
        return None
