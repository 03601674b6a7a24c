"""Work handed out to a ``concurrent.futures`` executor, a bounded lot at a time; a dead worker loses one file.

Nothing is scheduled here: an executor runs what it is given. A pool that breaks takes all running work with it;
those batches are run again file by file in a pool of one, and the file that breaks it again is named.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar

from frameworks.ground.errors import InputError

BATCH = 8  # files in a task: large enough that handing out costs nothing, small enough that progress is seen
AHEAD = 3  # tasks a worker that are handed out at once

Job = TypeVar("Job")
Open = Callable[[int], AbstractContextManager[Executor]]


class JobResult(NamedTuple, Generic[Job]):
    """One job with its result; None when its worker died of it."""

    job: Job
    result: bytes | None


def run(
    jobs: Iterable[Job],
    task: Callable[..., list[bytes]],
    give: Callable[[list[Job]], tuple[Any, ...]],
    open_pool: Open,
    workers: int,
) -> Iterator[JobResult[Job]]:
    """The results of all jobs as they come.

    Args:
        jobs: taken one after the other, never more than the workers can have ahead.
        task: runs on what ``give`` makes of a batch; one result a job.
        give: a batch's arguments.
        open_pool: an executor with so many workers.
        workers: how many.
    """
    waiting = iter(jobs)
    finished = False
    while not finished:
        broken: list[Job] = []
        with open_pool(workers) as executor:
            finished = yield from _until_broken(waiting, task, give, executor, workers, broken)
        if broken:
            yield from _singly(broken, task, give, open_pool)


def _until_broken(
    waiting: Iterator[Job],
    task: Callable[..., list[bytes]],
    give: Callable[[list[Job]], tuple[Any, ...]],
    executor: Executor,
    workers: int,
    broken: list[Job],
) -> Generator[JobResult[Job], None, bool]:
    """Results until all is done (True) or the pool breaks; the jobs that were lost with it go into ``broken``."""
    running: dict[Future[list[bytes]], list[Job]] = {}
    while True:
        for batch in _batches(waiting, 0 if broken else workers * AHEAD - len(running)):
            try:
                running[executor.submit(task, *give(batch))] = batch
            except BrokenExecutor:
                broken += batch
                break
        if not running:
            return not broken
        finished, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in finished:
            batch = running.pop(future)
            results = _result(future)
            if results is None:
                broken += batch
            else:
                yield from (JobResult(job, result) for job, result in zip(batch, results, strict=True))


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
    open_pool: Open,
) -> Iterator[JobResult[Job]]:
    """Each job alone; one that breaks the pool is given back without a result."""
    waiting = iter(jobs)
    job = next(waiting, None)
    while job is not None:
        with open_pool(1) as executor, contextlib.suppress(BrokenExecutor):
            while job is not None:
                try:
                    results = _result_of(executor.submit(task, *give([job])))
                except BrokenExecutor:
                    results = None
                yield JobResult(job, results[0] if results else None)
                job = next(waiting, None)
                if results is None:
                    break


def _result_of(future: Future[list[bytes]]) -> list[bytes] | None:
    wait([future])
    return _result(future)


def _batches(jobs: Iterator[Job], count: int) -> Iterator[list[Job]]:
    for _ in range(count):
        batch = list(islice(jobs, BATCH))
        if not batch:
            return
        yield batch


def processes(prepare: Callable[..., None], *given: object) -> Open:
    """Worker processes on this machine, each prepared by what is given."""

    def open_pool(workers: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")  # the same on all systems; no fork beside threads
        return ProcessPoolExecutor(workers, mp_context=context, initializer=prepare, initargs=given)

    return open_pool


def cluster(address: str) -> Open:
    """A Dask cluster, by the address of its scheduler.

    Raises:
        InputError: the extra is not installed, or nothing answers at that address.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError("cluster-missing") from error

    @contextlib.contextmanager
    def open_pool(workers: int) -> Iterator[Executor]:
        try:
            client = Client(address, timeout="10s")
        except (OSError, ValueError) as error:
            raise InputError("cluster-unreachable", address=address) from error
        with client:
            yield client.get_executor(pure=False)  # pure: the same call twice would run once

    return open_pool


def processors() -> int:
    """How many processors this process may use."""
    with contextlib.suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
