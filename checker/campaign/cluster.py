"""A Dask cluster as a place where work is handed out; it gives what this machine would give, or says why it cannot."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor
from typing import TYPE_CHECKING

from frameworks.ground.errors import InputError

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 20.0  # seconds for the scheduler to answer, and for a first worker, or a new one when all are gone


class Cluster:
    """A cluster that is connected.

    Attributes:
        workers: how many files it reads at once: the threads of all its workers.
    """

    def __init__(self, client: Client, address: str) -> None:
        self._client, self._address = client, address
        self._seen = time.monotonic()
        self.workers = sum(client.nthreads().values())

    @contextlib.contextmanager
    def open(self, workers: int) -> Iterator[Executor]:
        """Its executor.

        Raises:
            InputError: the work went wrong there in a way that no file is to blame for.
        """
        try:
            yield self._client.get_executor(pure=False)  # pure: the same call twice would run once
        except (InputError, BrokenExecutor):
            raise
        except (Exception, CancelledError) as error:
            reason = f"{type(error).__name__}: {error}".splitlines()[0]
            raise InputError("cluster-failed", address=self._address, reason=reason) from error

    def watch(self) -> None:
        """Looks whether anybody still works.

        Raises:
            InputError: nobody has for a while, or the scheduler is gone.
        """
        now = time.monotonic()
        if self._client.status == "running" and self._client.nthreads():
            self._seen = now
        elif now - self._seen > PATIENCE:
            raise InputError("cluster-without-workers", address=self._address, seconds=int(PATIENCE))


@contextlib.contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The cluster at the address of its scheduler.

    Raises:
        InputError: the extra is not installed, nothing answers at that address, or no worker is there.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError("cluster-missing") from error
    try:
        client = Client(address, timeout=f"{PATIENCE:.0f}s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError("cluster-unreachable", address=address) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise InputError("cluster-without-workers", address=address, seconds=int(PATIENCE)) from error
        yield Cluster(client, address)
