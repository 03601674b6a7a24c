"""A child process in which strangers' files are read, with a clock and a memory cap; a file can end it, not us.

Readers of Office files can end their process (a 1.5 KB workbook is enough), hang, or take gigabytes; no exception
tells of it. One child serves many files, so that a good file costs a message and an answer; after a fault it is
ended and the next file gets a new one. What comes back is data of our own types and nothing else.

On POSIX the child is a fork (about 2 ms) and its address space is capped; elsewhere it is started afresh and only
the clock holds.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import multiprocessing
import os
import pickle
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from frameworks.ground.errors import InputError, OutputError, ReturnError, SchemaError
from questionnaire.reading.files import limits

Task = Callable[..., Any]

GRACE = 2.0  # seconds beyond the clock in which the parent should have acted
GROWN = 400 * limits.MIB  # a child that once took this much is not kept
_ERRORS = {kind.__name__: kind for kind in (ReturnError, SchemaError, OutputError, InputError)}
_OWN = ("questionnaire.", "checker.", "frameworks.")  # whose classes may come back


class Fault(StrEnum):
    """How a file ended its child."""

    TIMEOUT = "timeout"
    MEMORY = "memory"
    DIED = "died"


class WorkerFault(Exception):  # noqa: N818 - the name says it
    """The child did not give an answer."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.value)


@dataclass(frozen=True, slots=True)
class _Refusal:
    """One of our errors on its way out of the child."""

    kind: str
    code: str
    file: str | None
    line: int | None
    column: int | None
    params: dict[str, Any]


class Worker:
    """Runs one task on many inputs in one child process.

    Args:
        task: a module's function, or a partial of one; called in the child.
        clock: seconds for one input.
        memory: bytes of address space that the child may add to what it starts with.
    """

    def __init__(self, task: Task, clock: float = limits.CLOCK, memory: int = limits.MEMORY) -> None:
        self.task, self.clock, self.memory = task, clock, memory
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._owner = 0

    def run(self, *inputs: Any) -> Any:
        """The task's result.

        Raises:
            WorkerFault: the input took too long, too much, or ended the child.
            InputError: the task itself raised one.
        """
        pipe = self._ready()
        try:
            pipe.send_bytes(pickle.dumps(inputs, pickle.HIGHEST_PROTOCOL))
            if not pipe.poll(self.clock):
                raise WorkerFault(Fault.TIMEOUT)
            answer, keep = _Own(io.BytesIO(pipe.recv_bytes())).load()
        except WorkerFault:
            self.close()
            raise
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self.close()
            raise WorkerFault(Fault.DIED) from error
        except BaseException:  # Ctrl-C: the child is in the middle of a file
            self.close()
            raise
        if not keep:
            self.close()
        if isinstance(answer, Fault):
            raise WorkerFault(answer)
        if isinstance(answer, _Refusal):
            raise _ERRORS[answer.kind](
                answer.code, file=answer.file, line=answer.line, column=answer.column, **answer.params
            )
        return answer

    def close(self) -> None:
        """Ends the child."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe is not None:
            pipe.close()
        if process is not None and self._owner == os.getpid():
            process.kill()
            process.join()
            process.close()

    def _ready(self) -> Connection:
        """The pipe to a living child; a fork of ours starts its own."""
        if self._pipe is None or self._process is None or self._owner != os.getpid():
            forks = hasattr(os, "fork")
            context: Any = multiprocessing.get_context("fork" if forks else "spawn")
            self._pipe, theirs = context.Pipe()
            order = (theirs, self._pipe if forks else None, self.task, self.clock, self.memory)
            self._process = context.Process(target=_serve, args=order, daemon=True, name="esgcheck-reader")
            self._process.start()
            self._owner = os.getpid()
            theirs.close()
        pipe: Connection = self._pipe
        return pipe


def _serve(pipe: Connection, parents: Connection | None, task: Task, clock: float, memory: int) -> None:
    """The child: one input after the other, until the parent goes."""
    if parents is not None:
        parents.close()  # a fork holds the parent's end too, and would never see it close
    _quiet()
    _cap(memory)
    while True:
        try:
            inputs = pickle.loads(pipe.recv_bytes())
        except (EOFError, OSError):
            os._exit(0)
        _alarm(clock + GRACE)
        answer = _answer(task, inputs)
        _alarm(0)
        keep = not isinstance(answer, Fault) and _peak() < GROWN
        try:
            pipe.send_bytes(pickle.dumps((answer, keep), pickle.HIGHEST_PROTOCOL))
        except OSError:
            os._exit(0)
        del inputs, answer


def _answer(task: Task, inputs: tuple[Any, ...]) -> Any:
    try:
        return task(*inputs)
    except InputError as error:
        kind = next(name for name, known in _ERRORS.items() if isinstance(error, known))
        return _Refusal(kind, error.code, error.file, error.line, error.column, error.params)
    except MemoryError:
        return Fault.MEMORY
    except (RecursionError, SystemExit, KeyboardInterrupt):
        return Fault.DIED
    except BaseException:  # a panic of a library is no Exception; strict callers read in their own process
        return Fault.DIED


def _quiet() -> None:
    """Nothing of the child is shown: libraries print their panics."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        with contextlib.suppress(OSError):
            os.dup2(null, stream)
    import faulthandler
    import signal

    faulthandler.disable()  # it may write to a copy of the parent's stderr
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle


def _alarm(seconds: float) -> None:
    """Ends the child after a time even when the parent is gone; 0 calls it off."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _cap(memory: int) -> None:
    """Limits what the child may take; a fork begins with the parent's size."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        size = _size()
        if size:
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (size + memory, hard))


def _size() -> int:
    """Address space in use, in bytes; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as stream:  # noqa: PTH123 - a pseudo file
            return int(stream.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _peak() -> int:
    """The most memory that this process ever took, in bytes; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


class _Own(pickle.Unpickler):
    """Takes data of our own types only: a child that a file took over must not take us over too."""

    def find_class(self, module: str, name: str) -> Any:
        """Only our own classes and the few of the standard library that they are made of."""
        if module.startswith(_OWN) or (module, name) in _PLAIN:
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


_PLAIN = frozenset(
    {("builtins", "frozenset"), ("builtins", "set"), ("decimal", "Decimal"), ("datetime", "date")}
)

_KEPT: dict[tuple[int, ...], Worker] = {}


def kept_worker(key: tuple[object, ...], make: Callable[[], Task]) -> Worker:
    """The one worker of this process for these very objects; made at first use, ended at the process's end.

    The worker's task holds the objects, so their identities stay theirs.
    """
    identity = tuple(map(id, key))
    worker = _KEPT.get(identity)
    if worker is None:
        if not _KEPT:
            atexit.register(_close_all)
        elif len(_KEPT) > 4:
            _close_all()
        worker = _KEPT[identity] = Worker(make())
    return worker


def _close_all() -> None:
    for worker in _KEPT.values():
        worker.close()
    _KEPT.clear()
