"""Writing: the old file or the new one, never half of one; never over an input; nothing left behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from frameworks.ground import output
from frameworks.ground.errors import OutputError
from frameworks.ground.output import PREFIX, STALE, save
from tests.conftest import ROOT

WRITE = """
import sys
from pathlib import Path
from frameworks.ground.output import save
target = Path(sys.argv[1])
while True:
    for letter in (b"a", b"b"):
        save(target, letter * 400_000)
"""


def _killed(target: Path, seed: int) -> bytes:
    """The target after a writer was killed at a random moment."""
    target.write_bytes(b"a" * 400_000)
    with subprocess.Popen([sys.executable, "-c", WRITE, str(target)], cwd=ROOT) as process:
        time.sleep(random.Random(seed).uniform(0.02, 0.25))
        process.send_signal(signal.SIGKILL)
        process.wait()
    return target.read_bytes()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
@pytest.mark.parametrize(
    "seed", [*range(8), *(pytest.param(n, marks=pytest.mark.slow) for n in range(8, 50))]
)
def test_a_killed_writer_leaves_the_old_or_the_new_file(tmp_path: Path, seed: int) -> None:
    assert _killed(tmp_path / "清单.xlsx", seed) in (b"a" * 400_000, b"b" * 400_000)


def test_what_a_killed_run_left_is_swept_later(tmp_path: Path) -> None:
    old, young = tmp_path / f"{PREFIX}old.tmp", tmp_path / f"{PREFIX}young.tmp"
    for left in (old, young):
        left.write_bytes(b"x")
    os.utime(old, (time.time() - STALE - 60,) * 2)
    save(tmp_path / "清单.xlsx", b"neu")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([young.name, "清单.xlsx"])


def test_an_input_is_never_written_whatever_it_is_called(tmp_path: Path) -> None:
    source, alias, link = tmp_path / "a.xlsx", tmp_path / "b.xlsx", tmp_path / "c.xlsx"
    source.write_bytes(b"alt")
    alias.hardlink_to(source)
    link.symlink_to(source)
    for target in (source, alias, link):
        with pytest.raises(OutputError) as caught:
            save(target, b"neu", inputs=[source])
        assert caught.value.code == "output-is-input"
    assert source.read_bytes() == b"alt"


def test_a_file_that_excel_holds_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = iter([PermissionError(), PermissionError(), None])
    real = Path.replace

    def held(self: Path, target: Path) -> Path:
        error = next(tries)
        if error is not None:
            raise error
        return real(self, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(output, "PAUSE", 0.0)
    save(tmp_path / "清单.xlsx", b"neu")
    assert (tmp_path / "清单.xlsx").read_bytes() == b"neu"


def test_an_interrupted_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save(tmp_path / "清单.xlsx", b"neu")
    assert list(tmp_path.iterdir()) == []


FULL = """
import resource, sys
from pathlib import Path
from frameworks.ground.errors import OutputError
from frameworks.ground.output import save
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    save(Path(sys.argv[1]), b"n" * 65_536)
except OutputError as error:
    sys.exit(7)
"""


@pytest.mark.parametrize("size", [0, 4096, 61_440])
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, size: int) -> None:
    pytest.importorskip("resource")
    target = tmp_path / "清单.xlsx"
    target.write_bytes(b"alt")
    done = subprocess.run([sys.executable, "-c", FULL, str(target), str(size)], cwd=ROOT, check=False)
    assert done.returncode == 7
    assert target.read_bytes() == b"alt"
    assert [path.name for path in tmp_path.iterdir()] == ["清单.xlsx"]


@pytest.mark.parametrize("name", ["没有/清单.xlsx", "."])
def test_a_folder_that_is_not_there_is_one_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError):
        save(tmp_path / name, b"neu")
