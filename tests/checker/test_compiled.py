"""The table of what the program compiles: the same from any process, and no report differs for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from checker.checking import compiled
from frameworks.ground import table
from tests.conftest import ROOT

CHECK = (
    "import sys; from checker.checking import compiled; from frameworks.ground import table\n"
    "table.place = lambda program: compiled.Path(sys.argv[1]) if sys.argv[1] else None\n"
    "from checker.cli import main; sys.exit(main(['check', *sys.argv[2:]]))"
)


def run(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    everything = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    return subprocess.Popen([sys.executable, "-c", *arguments], env=everything, stdout=subprocess.PIPE)


@pytest.mark.slow
def test_two_processes_make_equal_tables_and_no_report_differs(tmp_path: Path) -> None:
    state = compiled._state()
    assert state is not None
    made = [tmp_path / "one", tmp_path / "other"]
    makers = [
        run(compiled._MAKE, str(file), state.hex(), PYTHONHASHSEED=str(seed))
        for seed, file in enumerate(made, 1)
    ]
    assert [(maker.communicate(timeout=60)[0], maker.returncode) for maker in makers] == [(b"", 0)] * 2
    assert made[0].read_bytes() == made[1].read_bytes()
    kept = table.read(made[0], state)
    assert kept is not None and len(kept.entries) > 800
    sample = str(ROOT / "samples" / "middling.xlsx")
    for more in (["--format", "json"], ["--all"]):
        with_table = run(CHECK, str(made[0]), sample, *more)
        without = run(CHECK, "", sample, *more)
        told = with_table.communicate(timeout=60)[0]
        assert told and told == without.communicate(timeout=60)[0]
    assert made[0].read_bytes() == made[1].read_bytes()  # it was used, not made anew


def test_a_program_without_files_has_no_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(compiled, "_in_use", {})
    monkeypatch.setattr(compiled, "_ROOT", tmp_path / "bundle.zip")
    compiled.use(make=True)
    assert not compiled._in_use
    assert not list((tmp_path / "compiled").iterdir())


def test_what_cannot_be_made_is_not_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Path] = []
    monkeypatch.setattr(table, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(compiled, "_make_apart", lambda file, state: tried.append(file))
    monkeypatch.setattr(compiled, "_in_use", {})
    compiled.use(make=False)
    assert not tried
    try:
        compiled.use(make=True)
        for used in compiled._in_use.values():
            used.close()
        compiled._in_use.clear()
        compiled.use(make=True)
        assert len(tried) == 1
    finally:
        for used in compiled._in_use.values():
            used.close()
