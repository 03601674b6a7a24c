"""Writing: the old file or the new one, never half of one; never over an input; nothing left behind."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from checker.wording import visible, wording
from frameworks.ground import output
from frameworks.ground.errors import OutputError
from frameworks.ground.output import (
    PREFIX,
    STALE,
    Occupant,
    Standing,
    check_target,
    make_folder,
    save,
    save_by,
)
from tests.conftest import ROOT

WRITE = """
import sys
from pathlib import Path
from frameworks.ground.output import save
target = Path(sys.argv[1])
while True:
    for letter in (b"a", b"b"):
        save(target, letter * 400_000, force=True)
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
        for force in (False, True):
            with pytest.raises(OutputError) as caught:
                save(target, b"neu", inputs=[source], force=force)
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
    save(Path(sys.argv[1]), b"n" * 65_536, force=True)
except OutputError as error:
    sys.exit(7 if error.code == "output-disk-full" else 8)
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


def _code(target: Path, *, force: bool = False) -> str:
    """By what a target is refused, when it is checked and when it is written."""
    codes = set()
    for tried in (lambda: check_target(target, force=force), lambda: save(target, b"neu", force=force)):
        with pytest.raises(OutputError) as caught:
            tried()
        codes.add(caught.value.code)
        assert wording().error(caught.value).startswith(visible(str(caught.value.file), lines=False))
    (code,) = codes
    return code


def test_every_refusal_says_its_cause(tmp_path: Path) -> None:
    """Not one of them is taken for a workbook that is open in Excel; force helps none but another's file."""
    (tmp_path / "文件").write_bytes(b"x")
    (tmp_path / "文件夹.xlsx").mkdir()
    names = ("只读.xlsx", "打开.xlsx", "别的.xlsx", "libre.xlsx")
    for name in names:
        (tmp_path / name).write_bytes("我的".encode())
    (tmp_path / "只读.xlsx").chmod(0o444)
    (tmp_path / "~$打开.xlsx").write_bytes(b"\x05" * 165)
    (tmp_path / ".~lock.libre.xlsx#").write_bytes(b",li,")
    expected = {
        "没有/清单.xlsx": "output-no-folder",
        "文件/清单.xlsx": "output-not-a-folder",
        "文件/里面/清单.xlsx": "output-not-a-folder",
        "文件夹.xlsx": "output-is-folder",
        "长" * 100 + ".xlsx": "output-name-too-long",
        "只读.xlsx": "output-read-only",
        "打开.xlsx": "output-open",
        "libre.xlsx": "output-open",
    }
    for name, code in expected.items():
        assert _code(tmp_path / name) == _code(tmp_path / name, force=True) == code
    assert _code(tmp_path / "别的.xlsx") == "output-exists"
    for name in names:
        assert (tmp_path / name).read_bytes() == "我的".encode()
    (tmp_path / "~$打开.xlsx").unlink()
    save(tmp_path / "打开.xlsx", b"neu", force=True)
    assert not list(tmp_path.glob(f"{PREFIX}*"))


def test_a_folder_below_a_file_names_the_file(tmp_path: Path) -> None:
    file = tmp_path / "文件"
    file.write_bytes(b"x")
    for folder in (file, file / "里面" / "更里面"):
        with pytest.raises(OutputError) as caught:
            make_folder(folder)
        assert (caught.value.code, caught.value.file) == ("output-not-a-folder", str(file))
    make_folder(tmp_path / "一" / "二")
    assert (tmp_path / "一" / "二").is_dir()


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no devices here")
def test_a_device_is_no_report() -> None:
    assert _code(Path("/dev/null"), force=True) == "output-not-a-file"


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "output-disk-full"), (errno.EACCES, "output-forbidden"), (errno.EROFS, "output-forbidden"),
     (errno.EIO, "output-unwritable")],
)  # fmt: skip
def test_what_the_system_says_is_said(tmp_path: Path, number: int, code: str) -> None:
    """Whatever ``write`` meets: the old file stands, nothing is left behind."""

    def fail(_: Path) -> None:
        raise OSError(number, os.strerror(number))

    target = tmp_path / "汇总.xlsx"
    target.write_bytes(b"alt")
    with pytest.raises(OutputError) as caught:
        save_by(target, fail, force=True)
    assert caught.value.code == code
    assert [path.name for path in tmp_path.iterdir()] == ["汇总.xlsx"]
    assert target.read_bytes() == b"alt"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may write anywhere"
)
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(OutputError) as caught:
        save(tmp_path / "清单.xlsx", b"neu")
    tmp_path.chmod(0o755)
    assert caught.value.code == "output-forbidden"


def test_a_file_that_is_held_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(self: Path, target: Path) -> Path:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(output, "PAUSE", 0.0)
    with pytest.raises(OutputError) as caught:
        save(tmp_path / "清单.xlsx", b"neu")
    assert caught.value.code == "output-held"
    assert list(tmp_path.iterdir()) == []


def test_the_same_bytes_are_written_once(tmp_path: Path) -> None:
    target = tmp_path / "清单.xlsx"
    save(target, b"neu")
    before = target.stat()
    assert save(target, b"neu") is None  # nothing is lost, so nobody is asked
    assert target.stat().st_ino == before.st_ino


def test_a_filled_file_stays_and_another_is_kept_once(tmp_path: Path) -> None:
    target = tmp_path / "清单.xlsx"
    for content in (b"eins", b"zwei", b"zwei", b"drei"):
        target.write_bytes(content)
        with pytest.raises(OutputError):
            save(target, b"neu", look=lambda _: Occupant(Standing.FILLED), force=True)
        assert target.read_bytes() == content
        save(target, b"neu", look=lambda _: Occupant(Standing.OURS, keep=True))
    kept = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path != target}
    assert kept == {"清单.bak.xlsx": b"eins", "清单.bak2.xlsx": b"zwei", "清单.bak3.xlsx": b"drei"}
