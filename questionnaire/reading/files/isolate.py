"""A child process in which strangers' files are read, with a clock and a memory cap; a file can end it, not us.

Readers of Office files can end their process (a 1.5 KB workbook is enough), hang, or take gigabytes; no exception
tells of it. One child serves many files, so that a good file costs a message and an answer; after a fault it is
ended and the next file gets a new one. What comes back is plain data of the declared type (``wire``) and nothing else.

On POSIX the child is a fork (about 2 ms) and its address space is capped; elsewhere it is started afresh and only
the clock holds.
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import os
import sys
import weakref
from collections.abc import Callable
from enum import StrEnum
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from frameworks.ground.errors import InputError
from questionnaire.reading.files import limits
from questionnaire.reading.files.starved import MOST as MOST_CLOCKS
from questionnaire.reading.files.starved import answers
from questionnaire.reading.files.wire import MOST, Shape, WireError, pack_error, unpack_error

Task = Callable[..., Any]

GRACE = 2.0  # seconds beyond the clock in which the parent should have acted
GROWN = 400 * limits.MIB  # a child that once took this much more than it began with is not kept
_ANSWER, _REFUSAL, _FAULT = b"A", b"R", b"F"  # the first byte of what comes back
_READ = b"S"  # what comes before, where the file's own bytes are read
_KEEP, _LEAVE = b"1", b"0"  # the second: whether the child may serve the next file
_PIPES: weakref.WeakSet[Connection] = weakref.WeakSet()  # our ends of the pipes to all children
_READING: list[Connection] = []  # in a child: its end, while it reads


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


class Worker:
    """Runs one task on many inputs in one child process.

    Args:
        task: a module's function, or a partial of one; called in the child. Its annotations say what may pass.
        clock: seconds of work for one input; of the wall, where the system does not tell of work.
        memory: bytes of address space that the child may add to what it starts with.
    """

    def __init__(self, task: Task, clock: float = limits.CLOCK, memory: int = limits.MEMORY) -> None:
        self.task, self.clock, self.memory = task, clock, memory
        self.shape = Shape(task)
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._owner = 0

    def run(self, *inputs: Any) -> Any:
        """The task's result.

        Raises:
            WorkerFault: the input took too long, too much, or ended the child.
            InputError: the task itself raised one.
        """
        try:
            message = self.shape.pack_inputs(inputs)  # first: a fork has what packs from us
        except WireError as error:
            self.close()
            raise WorkerFault(Fault.DIED) from error
        pipe = self._ready()
        try:
            pipe.send_bytes(message)
            if not answers(pipe, self._pid, self.clock):
                raise WorkerFault(Fault.TIMEOUT)
            answer, keep = self._opened(pipe.recv_bytes(MOST))
        except (EOFError, OSError, WireError) as error:
            self.close()
            raise WorkerFault(Fault.DIED) from error
        except BaseException:  # the clock, or Ctrl-C: the child is in the middle of a file
            self.close()
            raise
        if not keep:
            self.close()
        if isinstance(answer, Fault):
            raise WorkerFault(answer)
        if isinstance(answer, InputError):
            raise answer
        return answer

    def _opened(self, message: bytes) -> tuple[Any, bool]:
        """A result, an error or a fault, and whether the child may be kept.

        Raises:
            WireError: it is none of them.
            WorkerFault: the file was read, and judging it took too long.
        """
        if message == _READ and self._pipe is not None:
            if not answers(self._pipe, self._pid, limits.JUDGING):
                raise WorkerFault(Fault.TIMEOUT)
            message = self._pipe.recv_bytes(MOST)
        kind, keep, told = message[:1], message[1:2] == _KEEP, message[2:]
        if kind == _ANSWER:
            return self.shape.unpack(told), keep
        if kind == _REFUSAL:
            return unpack_error(told), keep
        if kind == _FAULT and told in {each.value.encode() for each in Fault}:
            return Fault(told.decode()), False
        raise WireError("message")

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

    @property
    def _pid(self) -> int:
        return (self._process and self._process.pid) or 0

    def _ready(self) -> Connection:
        """The pipe to a living child; a fork of ours starts its own."""
        if self._pipe is None or self._process is None or self._owner != os.getpid():
            context: Any = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
            self._pipe, theirs = context.Pipe()
            _PIPES.add(self._pipe)
            order = (theirs, self.task, self.shape, self.clock, self.memory)
            self._process = context.Process(target=_serve, args=order, daemon=True, name="esgcheck-reader")
            self._process.start()
            self._owner = os.getpid()
            theirs.close()
        pipe: Connection = self._pipe
        return pipe


def _serve(pipe: Connection, task: Task, shape: Shape, clock: float, memory: int) -> None:
    """The child: one input after the other, until the parent goes."""
    for each in tuple(_PIPES):  # a fork holds the parent's ends too: it would never see its own close,
        each.close()  # and, taken over, could speak to the other children
    _quiet()
    _cap(memory)
    first = _peak()  # a fork begins with what its parent holds
    while True:
        try:
            message = pipe.recv_bytes()
        except (EOFError, OSError):
            os._exit(0)
        _READING[:] = [pipe]
        _alarm(clock + GRACE)
        kind, told = _answer(task, shape, message)
        keep = kind != _FAULT and _peak() - first < GROWN
        _alarm(0)
        try:
            pipe.send_bytes(kind + (_KEEP if keep else _LEAVE) + told)
        except OSError:
            os._exit(0)
        del message, told


def reading_is_done() -> None:
    """Says in the child that a file is read: what follows is our own work on its words, by a clock of its own.

    Elsewhere, and a second time for one file, it does nothing.
    """
    if _READING:
        _alarm(limits.JUDGING + GRACE)
        _READING.pop().send_bytes(_READ)


def _answer(task: Task, shape: Shape, message: bytes) -> tuple[bytes, bytes]:
    """The first byte of what is sent back, and what follows."""
    try:
        return _ANSWER, shape.pack(task(*shape.unpack_inputs(message)))
    except InputError as error:
        return _REFUSAL, pack_error(error)
    except MemoryError:
        return _FAULT, Fault.MEMORY.value.encode()
    except BaseException:  # a panic of a library is no Exception; strict callers read in their own process
        return _FAULT, Fault.DIED.value.encode()


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
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a fork has the parent's handler, which is not for us


def _alarm(seconds: float) -> None:
    """Ends the child after so much work, and when the parent is gone after so long; 0 calls it off."""
    import faulthandler
    import signal

    if seconds:
        waits = MOST_CLOCKS if hasattr(signal, "setitimer") else 1
        faulthandler.dump_traceback_later(waits * seconds, exit=True, file=2)  # 2 leads nowhere: _quiet
    else:
        faulthandler.cancel_dump_traceback_later()
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, _end_orphan)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_REAL, seconds, seconds)


def _end_orphan(number: int, frame: object) -> None:
    if not _parent_lives():
        os._exit(128 + number)


def _parent_lives() -> bool:
    parent = multiprocessing.parent_process()
    return parent is not None and parent.is_alive()


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


_KEPT: dict[tuple[int, ...], Worker] = {}


def kept_worker(key: tuple[object, ...], make: Callable[[], Task]) -> Worker:
    """The one worker of this process for these very objects; made at first use, ended at the process's end.

    The worker's task holds the objects, so their identities stay theirs.
    """
    identity = tuple(map(id, key))
    worker = _KEPT.get(identity)
    if worker is None:
        if not _KEPT:
            atexit.register(close_all)
        elif len(_KEPT) > 4:
            close_all()
        worker = _KEPT[identity] = Worker(make())
    return worker


def close_all() -> None:
    """Ends all workers of this process."""
    for worker in _KEPT.values():
        worker.close()
    _KEPT.clear()
