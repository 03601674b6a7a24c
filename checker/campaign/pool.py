"""Work handed out to a ``concurrent.futures`` executor, a bounded lot at a time; a dead worker loses one file.

Nothing is scheduled here: an executor runs what it is given. A pool that breaks takes all running work with it;
those batches are run again file by file in a pool of one, and the file that breaks it again is named.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from contextlib import AbstractContextManager
from functools import partial
from importlib import import_module
from typing import Any, Generic, NamedTuple, TypeVar

from checker.checking.compiled import use

BATCH = 8  # files in a task: large enough that handing out costs nothing, small enough that progress is seen
AHEAD = 3  # tasks a worker that are handed out at once
BATCH_BYTES = 8 << 20  # files of so many bytes are a task, however few they are
BYTES = 128 << 20  # handed out at once, beyond the first task: a cluster gets the files' contents
LOOK = 2.0  # seconds without a result after which the workers are looked for
PATIENCE = 3.0  # seconds for a worker that was told to stop

Job = TypeVar("Job")
Open = Callable[[int], AbstractContextManager[Executor]]


class Pool(NamedTuple):
    """Where work is handed out.

    Attributes:
        open: gives an executor with so many workers.
        workers: how many.
        remote: they do not see our files.
        watch: looks whether they are still there, while nothing comes back; raises InputError when not.
    """

    open: Open
    workers: int
    remote: bool = False
    watch: Callable[[], None] = lambda: None


class JobResult(NamedTuple, Generic[Job]):
    """One job with its result; None when its worker died of it."""

    job: Job
    result: bytes | None


def run(
    jobs: Iterable[Job],
    task: Callable[..., list[bytes]],
    give: Callable[[list[Job]], tuple[Any, ...]],
    pool: Pool,
    weigh: Callable[[Job], int] = lambda job: 0,
) -> Generator[JobResult[Job], None, None]:
    """The results of all jobs as they come.

    Args:
        jobs: taken one after the other, never more than the workers can have ahead.
        task: runs on what ``give`` makes of a batch; one result a job.
        give: a batch's arguments.
        pool: the workers.
        weigh: the bytes that a job stands for.
    """
    waiting = _batches(iter(jobs), weigh)
    finished = False
    while not finished:
        broken: list[Job] = []
        with pool.open(pool.workers) as executor:
            finished = yield from _until_broken(waiting, task, give, pool, executor, broken, weigh)
        if broken:
            yield from _singly(broken, task, give, pool)


def _until_broken(
    waiting: Iterator[list[Job]],
    task: Callable[..., list[bytes]],
    give: Callable[[list[Job]], tuple[Any, ...]],
    pool: Pool,
    executor: Executor,
    broken: list[Job],
    weigh: Callable[[Job], int],
) -> Generator[JobResult[Job], None, bool]:
    """Results until all is done (True) or the pool breaks; the jobs that were lost with it go into ``broken``."""
    running: dict[Future[list[bytes]], list[Job]] = {}
    while True:
        while not broken and len(running) < pool.workers * AHEAD:
            if sum(weigh(job) for batch in running.values() for job in batch) > BYTES:
                break
            batch = next(waiting, None)
            if batch is None:
                break
            try:
                running[executor.submit(task, *give(batch))] = batch
            except BrokenExecutor:
                broken += batch
                break
        if not running:
            return not broken
        finished = _first(running, pool)
        for future in finished:
            batch = running.pop(future)
            results = _result(future)
            if results is None:
                broken += batch
            else:
                yield from (JobResult(job, result) for job, result in zip(batch, results, strict=True))


def _first(running: Iterable[Future[list[bytes]]], pool: Pool) -> set[Future[list[bytes]]]:
    """What is finished next."""
    while True:
        finished, _ = wait(running, timeout=LOOK, return_when=FIRST_COMPLETED)
        if finished:
            return finished
        pool.watch()


def _result(future: Future[list[bytes]]) -> list[bytes] | None:
    """A batch's results; None when its worker is dead."""
    try:
        return future.result(timeout=0)
    except (BrokenExecutor, TimeoutError):
        return None
    except Exception as error:
        if type(error).__name__ == "KilledWorker":  # dask's word for the same; not imported for this
            return None
        raise


def _singly(
    jobs: list[Job],
    task: Callable[..., list[bytes]],
    give: Callable[[list[Job]], tuple[Any, ...]],
    pool: Pool,
) -> Iterator[JobResult[Job]]:
    """Each job alone; one that breaks the pool is given back without a result."""
    waiting = iter(jobs)
    job = next(waiting, None)
    while job is not None:
        with pool.open(1) as executor, contextlib.suppress(BrokenExecutor):
            while job is not None:
                try:
                    results = _result_of(executor.submit(task, *give([job])), pool)
                except BrokenExecutor:
                    results = None
                yield JobResult(job, results[0] if results else None)
                job = next(waiting, None)
                if results is None:
                    break


def _result_of(future: Future[list[bytes]], pool: Pool) -> list[bytes] | None:
    _first([future], pool)
    return _result(future)


def _batches(jobs: Iterator[Job], weigh: Callable[[Job], int]) -> Iterator[list[Job]]:
    batch: list[Job] = []
    for job in jobs:
        batch.append(job)
        if len(batch) == BATCH or sum(map(weigh, batch)) >= BATCH_BYTES:
            yield batch
            batch = []
    if batch:
        yield batch


def thread() -> Open:
    """A thread of this process: for a few files, which are read before other processes would have started."""
    return lambda workers: ThreadPoolExecutor(1)


def processes(prepare: Callable[..., None], *given: object) -> Open:
    """Worker processes on this machine, each prepared by what is given."""

    @contextlib.contextmanager
    def open_pool(workers: int) -> Iterator[Executor]:
        context = multiprocessing.get_context("spawn")  # the same on all systems; no fork beside threads
        start = partial(_start_worker, f"{prepare.__module__}:{prepare.__qualname__}", *given)
        executor = ProcessPoolExecutor(workers, mp_context=context, initializer=start)
        try:
            yield executor
        except BaseException:  # a stop, Ctrl-C, a full disk: what is running is nobody's any more
            _end(executor)
            raise
        executor.shutdown()

    return open_pool


def _start_worker(prepare: str, *given: object) -> None:
    """Once a worker: from now on it ends with its parent.

    What prepares it comes by its name (``module:function``): what that loads compiles expressions, which are kept.
    """
    threading.Thread(target=_end_with_parent, daemon=True).start()
    use(make=False)
    module, _, function = prepare.partition(":")
    getattr(import_module(module), function)(*given)


def _end_with_parent() -> None:
    """A parent that is killed can stop nobody: its worker gives itself the signal that ``_end`` would have given.

    A reader may be forked beside this thread: it holds no lock while it waits.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(1)


def _end(executor: ProcessPoolExecutor) -> None:
    """Ends the workers in the middle of their work; ``shutdown`` alone would wait for it."""
    workers = list((executor._processes or {}).values())  # no public name before Python 3.14
    executor.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.terminate()
    end = time.monotonic() + PATIENCE
    for worker in workers:
        worker.join(max(0.0, end - time.monotonic()))
        if worker.is_alive():
            worker.kill()
            worker.join()


def processors() -> int:
    """How many processors this process may use."""
    with contextlib.suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
