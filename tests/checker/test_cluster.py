"""A Dask cluster of ordinary workers, started by their own commands, gives this machine's bytes or refuses."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from checker.campaign import cluster
from tests.conftest import ROOT

distributed = pytest.importorskip("distributed", reason="the extra [cluster] is not installed")

Run = Callable[..., tuple[int, str, str]]
PACKAGES = ("frameworks", "questionnaire", "checker")


@contextmanager
def dask(*arguments: str, root: Path = ROOT) -> Iterator[subprocess.Popen[bytes]]:
    """A part of a cluster: dask scheduler …, dask worker …, with our program from a folder."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments, "--no-dashboard"], cwd=root, start_new_session=True,
        env=os.environ | {"PYTHONPATH": str(root)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    told = tmp_path_factory.mktemp("cluster") / "scheduler.json"
    with dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told)):
        while not told.exists():
            time.sleep(0.05)
        with distributed.Client(scheduler_file=str(told), set_as_default=False) as client:
            yield client.scheduler.address


@contextmanager
def worker(address: str, threads: int = 4, root: Path = ROOT) -> Iterator[subprocess.Popen[bytes]]:
    """A worker with its nanny, once the scheduler knows it."""
    with distributed.Client(address, set_as_default=False) as client:
        before = len(client.nthreads())
        with dask("worker", address, "--nthreads", str(threads), root=root) as process:
            client.wait_for_workers(before + 1, timeout=60)
            yield process


def table(call: Run, made: Path, output: Path, *more: object) -> tuple[int, bytes, str]:
    code, _, err = call("batch", made, "-o", output, "--no-cache", *more)
    return code, output.read_bytes() if output.exists() else b"", err


def test_ordinary_workers_with_threads_give_the_same_bytes(
    call: Run, tmp_path: Path, made: Path, scheduler: str
) -> None:
    with worker(scheduler), worker(scheduler):
        code, found, _ = table(call, made, tmp_path / "b.xlsx", "--scheduler", scheduler)
    assert (code, found) == table(call, made, tmp_path / "a.xlsx")[:2]
    assert found


@pytest.mark.slow
def test_a_worker_that_is_killed_in_the_middle_changes_nothing(
    call: Run, tmp_path: Path, made: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = cluster.Cluster.open

    with worker(scheduler, 1), worker(scheduler, 1), distributed.Client(scheduler) as client:

        @contextmanager
        def killing(self: cluster.Cluster, count: int) -> Iterator[object]:
            with told(self, count) as executor:
                submit, done = executor.submit, []

                def then_kill(*task: object, **more: object) -> object:
                    future = submit(*task, **more)
                    if not done:
                        first = next(iter(client.scheduler_info()["workers"]))
                        done.append(client.run(os.getpid, workers=[first])[first])
                        os.kill(done[0], 9)
                    return future

                executor.submit = then_kill  # type: ignore[method-assign, assignment]
                yield executor

        monkeypatch.setattr(cluster.Cluster, "open", killing)
        found = table(call, made, tmp_path / "b.xlsx", "--scheduler", scheduler)
    monkeypatch.undo()
    assert found[:2] == table(call, made, tmp_path / "a.xlsx")[:2]


def test_a_worker_with_another_program_is_refused(
    call: Run, tmp_path: Path, made: Path, scheduler: str
) -> None:
    other = tmp_path / "other"
    for package in PACKAGES:
        shutil.copytree(ROOT / package, other / package, ignore=shutil.ignore_patterns("__pycache__"))
    words = other / "checker" / "data" / "vague.yaml"
    words.write_text(words.read_text(encoding="utf-8") + "\n# another\n", encoding="utf-8")
    with worker(scheduler, root=other):
        code, found, err = table(call, made, tmp_path / "b.xlsx", "--scheduler", scheduler)
    assert (code, found) == (2, b"")
    assert "另一版 esgcheck" in err


def test_a_cluster_without_workers_is_told(
    call: Run, tmp_path: Path, made: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1.0)
    code, found, err = table(call, made, tmp_path / "b.xlsx", "--scheduler", scheduler)
    assert (code, found) == (2, b"")
    assert "没有可用的工作节点" in err
