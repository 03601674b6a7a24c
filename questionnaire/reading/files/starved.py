"""Whether a child that gives no answer only waits for a processor: on a busy machine a clock on the wall is unjust."""

from __future__ import annotations

import os
from multiprocessing.connection import Connection

MOST = 20  # times its clock that a child may wait in all
_STATE, _USER, _SYSTEM = 0, 11, 12  # places behind the name in /proc/<pid>/stat


def answers(pipe: Connection, pid: int, clock: float) -> bool:
    """Whether something arrives before the child has worked for so many seconds.

    A child that sleeps has the seconds of the wall alone; so has every child where the system tells nothing of it.
    """
    before, _ = _work(pid)
    if pipe.poll(clock):
        return True
    waited = clock
    while waited < MOST * clock:
        spent, runs = _work(pid)
        if not runs or spent - before >= clock:
            return pipe.poll(0)  # a child that has answered meanwhile sleeps, too
        step = min(1.0, clock)
        if pipe.poll(step):
            return True
        waited += step
    return False


def _work(pid: int) -> tuple[float, bool]:
    """Seconds of a processor that a process has had, and whether it would take more now."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as stream:  # noqa: PTH123 - a pseudo file
            fields = stream.read().rpartition(b")")[2].split()
        ticks = int(fields[_USER]) + int(fields[_SYSTEM])
        return ticks / os.sysconf("SC_CLK_TCK"), fields[_STATE] in (b"R", b"D")
    except (OSError, ValueError, IndexError):
        return 0.0, False
