"""The windowed start, and the program that needs no Python."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from checker.desk.bundle import bundle
from tests.checker.desk.conftest import running
from tests.conftest import ROOT


def test_without_its_builder_it_says_so() -> None:
    script = "import sys; sys.modules['PyInstaller'] = None\nfrom checker.desk.bundle import main; sys.exit(main([]))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "pyinstaller" in done.stderr


def test_without_a_console_a_mistake_is_shown_in_the_browser(tmp_path: Path) -> None:
    script = (
        "import sys, webbrowser, pathlib\n"
        "webbrowser.open = lambda address: pathlib.Path('shown').write_text(address)\n"
        "sys.stdout = sys.stderr = None; sys.argv = ['x', '--folder', 'gibt-es-nicht']\n"
        "from checker.cli import run_window; run_window()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    page = Path((tmp_path / "shown").read_text().removeprefix("file://"))
    assert "没有这个文件夹" in page.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_bundled_program_checks_a_return(tmp_path: Path) -> None:
    if find_spec("PyInstaller") is None:
        pytest.skip("PyInstaller is not here")
    program = bundle(tmp_path / "dist")
    with running(tmp_path, command=[str(program), "--no-browser"]) as desk:
        desk.enter()
        answer = desk.send("/returns", "填报.xlsx", (ROOT / "samples" / "poor.xlsx").read_bytes())
        assert "暂不能报送" in desk.ask("GET", answer.headers["hx-redirect"]).text
