"""The worker: one child for many files, ended by a bad one, replaced for the next."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from frameworks.ground.errors import ReturnError
from questionnaire.answers import Place
from questionnaire.editions import Editions
from questionnaire.reading import read_return
from questionnaire.reading.files import limits, starved
from questionnaire.reading.files.isolate import Fault, Worker, WorkerFault, reading_is_done
from questionnaire.schema import Schema
from tests.conftest import ROOT

MIB = 1 << 20


class Foreign:
    """A class that is none of ours."""


def work(order: str) -> tuple[int, Place]:
    """What a file may do to its reader."""
    if order == "hang":
        time.sleep(60)
    if order == "toil":
        while time.process_time() < float(os.environ["TOIL"]):
            pass
    if order == "abort":
        os.abort()
    if order == "crash":
        ctypes.string_at(0)
    if order == "memory":
        return len(b"x" * (900 * MIB))
    if order == "deep":
        return work("deep")
    if order == "panic":
        raise BaseException("panic")
    if order == "exit":
        raise SystemExit(3)
    if order == "refuse":
        raise ReturnError("damaged", file="a.xlsx", line=3, column=4, size=5)
    if order == "foreign":
        return Foreign()
    if order == "call":
        return os.system
    return (os.getpid(), Place("a.xlsx", "问卷", "E2"))


def judge(seconds: float) -> int:
    """Reads at once, and judges for so long."""
    reading_is_done()
    reading_is_done()  # said twice, it counts once
    time.sleep(seconds)
    return os.getpid()


@pytest.fixture
def worker():  # type: ignore[no-untyped-def]
    found = Worker(work, clock=1.0, memory=256 * MIB)
    yield found
    found.close()


def test_one_child_serves_many_files(worker: Worker) -> None:
    (first, place), (second, _) = worker.run("a"), worker.run("b")
    assert first == second != os.getpid()
    assert place == Place("a.xlsx", "问卷", "E2")


@pytest.mark.parametrize(
    ("order", "fault"),
    [
        ("hang", Fault.TIMEOUT), ("abort", Fault.DIED), ("crash", Fault.DIED), ("memory", Fault.MEMORY),
        ("deep", Fault.DIED), ("panic", Fault.DIED), ("exit", Fault.DIED),
        ("foreign", Fault.DIED), ("call", Fault.DIED),
    ],
)  # fmt: skip
def test_a_fault_ends_the_child_and_not_the_next_file(worker: Worker, order: str, fault: Fault) -> None:
    before, _ = worker.run("a")
    with pytest.raises(WorkerFault) as caught:
        worker.run(order)
    assert caught.value.fault is fault
    after, _ = worker.run("b")
    assert after != before


def test_judging_has_a_clock_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "JUDGING", 1.5)
    with closing(Worker(judge, clock=0.3)) as worker:
        before = worker.run(0.6)
        assert worker.run(0) == before
        with pytest.raises(WorkerFault) as caught:
            worker.run(9)
        assert caught.value.fault is Fault.TIMEOUT
        assert worker.run(0) != before


def test_a_refusal_comes_back_as_it_was(worker: Worker) -> None:
    before, _ = worker.run("a")
    with pytest.raises(ReturnError) as caught:
        worker.run("refuse")
    error = caught.value
    assert (error.code, error.file, error.line, error.column, error.params) == (
        "damaged", "a.xlsx", 3, 4, {"size": 5},
    )  # fmt: skip
    assert worker.run("b")[0] == before


PARENT = """
import signal, sys, time
from questionnaire.reading.files.isolate import Worker
from tests.questionnaire.test_isolate import work
if sys.argv[1] == "hang-without-timer":  # as on Windows
    del signal.setitimer
worker = Worker(work, clock=0.5)
print(worker.run("a")[0], flush=True)
if sys.argv[1].startswith("hang"):
    worker.clock = 60
    worker.run("hang")
time.sleep(60)
"""


@pytest.mark.parametrize("order", ["idle", "hang", "hang-without-timer"])
def test_no_child_outlives_a_killed_program(order: str) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT, order], cwd=ROOT, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        child = int(program.stdout.readline())
        time.sleep(0.2)
        program.kill()
    end = time.monotonic() + 6
    while Path(f"/proc/{child}").exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists()


def test_nothing_of_the_child_is_shown(worker: Worker, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(WorkerFault):
        worker.run("crash")
    assert capfd.readouterr() == ("", "")


def test_a_fork_of_the_program_starts_its_own_child(worker: Worker) -> None:
    ours, _ = worker.run("a")
    inside, outside = os.pipe()
    if os.fork() == 0:
        os.write(outside, str(worker.run("a")[0]).encode())
        worker.close()
        os._exit(0)
    os.wait()
    theirs = int(os.read(inside, 20))
    os.close(inside)
    os.close(outside)
    assert theirs != ours
    assert worker.run("b")[0] == ours


def test_what_is_read_inside_equals_what_is_read_outside(schema: Schema) -> None:
    import hashlib

    from questionnaire.reading.content import read_content

    for name in ("good.xlsx", "middling.xlsx", "poor.txt"):
        path = ROOT / "samples" / name
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        assert read_return(path, schema) == read_content(content, name, digest, schema)


def test_a_check_inside_equals_a_check_outside(schema: Schema) -> None:
    from checker.checking.engine import check
    from checker.checking.files import check_file

    path = ROOT / "samples" / "poor.xlsx"
    assert check_file(path, Editions()) == check(schema, read_return(path, schema), chosen_by="year")


def test_what_is_no_file_is_refused_at_once(tmp_path: Path, schema: Schema) -> None:
    pipe = tmp_path / "填报.xlsx"
    os.mkfifo(pipe)
    loop = tmp_path / "环.xlsx"
    loop.symlink_to(loop)
    for path, code in ((pipe, "not-a-file"), (loop, "file-unreadable"), (Path("/dev/zero"), "not-a-file")):
        with pytest.raises(ReturnError) as caught:
            read_return(path, schema)
        assert caught.value.code == code


class _Runs:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch /tmp/esgcheck-captured",)


def captured(order: str) -> tuple[int, Place]:
    """A child that a file took over: it writes what it likes into every pipe it finds."""
    import gc
    import pickle
    from multiprocessing.connection import Connection

    pipes = [each for each in gc.get_objects() if isinstance(each, Connection) and not each.closed]
    forged = {
        "pickle": b"A1" + pickle.dumps(_Runs()),
        "class": b'A1["os.system",{"file":7}]',
        "error": b'R1["os.system","x",null,null,null,{}]',
        "params": b'R1["ReturnError","x",null,null,null,{"code":"y"}]',
        "deep": b"A1" + b"[" * 200_000,
        "fault": b"F1whatever",
        "empty": b"",
    }
    for pipe in pipes:
        pipe.send_bytes(forged[order])
    time.sleep(5)
    return 0, Place("a")


@pytest.mark.parametrize("order", ["pickle", "class", "error", "params", "deep", "fault", "empty"])
def test_a_captured_child_says_nothing_that_counts(order: str, worker: Worker) -> None:
    other, worker = worker, Worker(captured, clock=3.0)
    before = other.run("a")
    with pytest.raises(WorkerFault) as caught:
        worker.run(order)
    assert other.run("a") == before  # nothing was slipped into the other's pipe
    worker.close()
    assert caught.value.fault is Fault.DIED
    assert not Path("/tmp/esgcheck-captured").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of a process's work")
def test_a_child_that_waits_for_a_processor_is_given_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOIL", "0.5")  # seconds of a processor: a fork's count begins at nothing
    crowd = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(3 * (os.cpu_count() or 1))
    ]
    worker = Worker(work, clock=0.6)
    try:
        assert worker.run("toil")[0] > 0
    finally:
        worker.close()
        for each in crowd:
            each.kill()
            each.wait()


def test_an_answer_that_comes_between_two_looks_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child answers and sleeps after the clock has run out and before it is asked whether it works."""
    ours, theirs = multiprocessing.Pipe()
    looks = 0

    def sleeps(_: int) -> tuple[float, bool]:
        nonlocal looks
        looks += 1
        if looks > 1:
            theirs.send_bytes(b"A")
        return 0.0, False

    monkeypatch.setattr(starved, "_work", sleeps)
    assert starved.answers(ours, 0, 0.01)
