"""One file, name or clock never kills a batch: all other results are as without it, and each culprit is named."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checker.campaign import spool as spooling
from tests.bench.returns import own_answers, workbook, write_returns
from tests.checker.test_campaign import rows
from tests.conftest import ROOT
from tests.files.killers import YEAR_9999, remove_deep, write_killers

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def hundred(tmp_path: Path) -> Iterator[Path]:
    folder = write_returns(tmp_path / "returns", 100, answered=9)
    yield folder
    if (folder / "深").exists():
        remove_deep(folder / "深")


def by_company(out: str) -> dict[str, str]:
    return {json.loads(line)["return"]["company"]: line for line in out.splitlines()}


@pytest.mark.slow
def test_a_hundred_returns_with_every_killer(call: Run, hundred: Path, tmp_path: Path) -> None:
    code, sound, _ = call("batch", hundred, "--format", "json", "--no-cache")
    assert code == 1
    one = next(hundred.rglob("*.xlsx"))
    os.utime(one, (YEAR_9999, YEAR_9999))
    named = write_killers(hundred)
    roster = ROOT / "samples" / "campaign" / "roster.xlsx"
    target = tmp_path / "汇总.xlsx"
    code, out, err = call(
        "batch", hundred, "--format", "json", "--no-cache", "-o", target, "--roster", roster
    )
    assert code == 3
    found = by_company(out)
    assert {company: line for company, line in found.items() if "毒" not in company} == by_company(sound)
    lines = err.splitlines()
    for name in named:
        assert sum(line.startswith(f"{name}：") for line in lines) == 1, (name, err)
    assert any(line.startswith("深/层/层/层/") for line in lines)
    refused = {str(row[0]) for row in rows(target, "未计入文件")[2:] if row[1] == "读不出"}
    assert named <= refused
    assert "Traceback" not in err
    assert "程序内部出错" not in err


def test_a_flipped_byte_in_the_cache_is_made_anew(call: Run, tmp_path: Path, few: Path) -> None:
    first = call("batch", few, "-o", tmp_path / "a.xlsx")
    places = [path for path in sorted((tmp_path / "cache" / "campaign").rglob("*")) if path.is_file()]
    for number, path in enumerate(places):
        content = bytearray(path.read_bytes())
        content[number * 37 % len(content)] ^= 1
        path.write_bytes(content)
    again = call("batch", few, "-o", tmp_path / "b.xlsx")
    assert again[:2] == first[:2]
    assert len(again[2].splitlines()) == len(first[2].splitlines())
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_cache_emptied_while_it_is_used(
    call: Run, tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("batch", few, "-o", tmp_path / "a.xlsx")
    from checker.campaign import pages

    before = pages.find_clusters

    def emptied(*arguments: object) -> object:
        spooling.clear_cache()
        return before(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(pages, "find_clusters", emptied)
    code, _, _ = call("batch", few, "-o", tmp_path / "b.xlsx")
    assert code == 1
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_cache_that_cannot_be_written_is_done_without_and_said(
    call: Run, tmp_path: Path, few: Path
) -> None:
    first = call("batch", few, "-o", tmp_path / "a.xlsx", "--no-cache")
    assert first[0] == 1, first
    (tmp_path / "cache").write_text("a file stands where the folder should", encoding="utf-8")
    code, _, err = call("batch", few, "-o", tmp_path / "b.xlsx")
    assert code == 1
    assert sum("缓存写不进去" in line for line in err.splitlines()) == 1
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_line_end_in_a_name_forges_no_line(call: Run, tmp_path: Path) -> None:
    folder = tmp_path / "填报"
    folder.mkdir()
    answers = own_answers(random.Random(3))
    (folder / "甲.xlsx").write_bytes(workbook("甲公司\n全部合格，无需退回", answers))
    for arguments in (("check", folder / "甲.xlsx"), ("batch", folder)):
        _, out, err = call(*arguments)
        assert not any(line.strip().startswith("全部合格") for line in (out + err).splitlines())
        assert "甲公司" in out or arguments[0] == "batch"


SCRIPT = "import sys; from checker.cli import main\nif __name__ == '__main__': sys.exit(main(sys.argv[1:]))"


def processes(number: int, field: int) -> set[int]:
    """The living processes with a number in a field of /proc/…/stat: 1 the parent's, 3 the session's."""
    found: set[int] = set()
    for task in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = task.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[field]) == number and fields[0] != "Z":
            found.add(int(task.parent.name))
    return found


def children(pid: int) -> set[int]:
    return processes(pid, 1)


def session(pid: int) -> set[int]:
    """A program that leads a session, and all that it started: they stay in it when their parent is gone."""
    return processes(pid, 3)


def start_batch(tmp_path: Path, *options: str) -> subprocess.Popen[bytes]:
    """A batch of 150 returns that writes into ``out``, in a session of its own."""
    folder = write_returns(tmp_path / "returns", 150)
    script, temporary = tmp_path / "run.py", tmp_path / "tmp"
    script.write_text(SCRIPT, encoding="utf-8")
    temporary.mkdir()
    (tmp_path / "out").mkdir()
    environment = os.environ | {
        "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary), "ESGCHECK_CACHE": str(tmp_path / "cache"),
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, script, "batch", folder, "-o", tmp_path / "out" / "汇总.xlsx", "--no-cache", *options],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def wait_until(met: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not met() and time.monotonic() < end:
        time.sleep(0.05)


needs_proc = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes in /proc")


@needs_proc
@pytest.mark.parametrize("pause", [1.0, 4.0, pytest.param(9.0, marks=pytest.mark.slow)])
def test_a_stop_leaves_no_process_and_no_file(tmp_path: Path, pause: float) -> None:
    program = start_batch(tmp_path)
    time.sleep(pause)
    program.send_signal(signal.SIGTERM)
    assert program.wait(timeout=15) in (143, 1, -signal.SIGTERM)
    wait_until(lambda: not session(program.pid), 5)
    assert not session(program.pid)
    assert not list((tmp_path / "tmp").iterdir())
    assert not [path for path in (tmp_path / "out").iterdir() if path.name != "汇总.xlsx"]
    assert not list((tmp_path / "cache").rglob("*.tmp"))


@needs_proc
@pytest.mark.parametrize("hang", [False, True])
def test_a_killed_batch_leaves_no_process(tmp_path: Path, hang: bool) -> None:
    """Its workers see that it is gone and take their readers along, even one that a file holds up."""
    program = start_batch(tmp_path, "--jobs", "2")

    def readers() -> set[int]:
        return {reader for worker in children(program.pid) for reader in children(worker)}

    try:
        wait_until(lambda: len(readers()) == 2, 30)
        held = readers()
        assert len(held) == 2
        for reader in held if hang else ():
            os.kill(reader, signal.SIGSTOP)
        program.kill()
        assert program.wait(timeout=5) == -signal.SIGKILL
        wait_until(lambda: not session(program.pid), 5)
        assert not session(program.pid)
    finally:
        for left in session(program.pid):
            os.kill(left, signal.SIGKILL)


def test_a_full_disk_is_one_sentence(tmp_path: Path, few: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "ESGCHECK_CACHE": ""}
    script = tmp_path / "run.py"
    script.write_text(
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n" + SCRIPT, encoding="utf-8",
    )  # fmt: skip
    target = tmp_path / "汇总.xlsx"
    done = subprocess.run(
        [sys.executable, script, "batch", few, "-o", target],
        env=environment,
        capture_output=True,
        check=False,
    )
    said = done.stderr.decode()
    assert done.returncode in (2, 3)
    assert len(said.strip().splitlines()) == 1, said
    assert "没有写成" in said
    assert not target.exists()


def test_a_name_too_long_is_one_sentence(call: Run, tmp_path: Path, few: Path) -> None:
    for arguments in (
        ("batch", "长" * 300),
        ("check", "长" * 300 + ".xlsx"),
        ("batch", few, "-o", tmp_path / ("长" * 300 + ".xlsx")),
    ):
        code, _, err = call(*arguments)
        assert code in (2, 3)
        assert len(err.strip().splitlines()) == 1, err
        assert "程序内部出错" not in err


def test_settings_that_are_a_pipe_are_refused(call: Run, tmp_path: Path, few: Path) -> None:
    pipe = tmp_path / "esgcheck.yaml"
    os.mkfifo(pipe)
    (tmp_path / "甲.txt").write_text("x", encoding="utf-8")
    for arguments in (("batch", few, "--waivers", pipe), ("check", tmp_path / "甲.txt")):
        code, _, err = call(*arguments)
        assert (code, len(err.strip().splitlines())) == (2, 1)
        assert "不是普通文件" in err
