"""What the tests of a campaign share: the command with a cache of its own, and made returns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checker.campaign import spool as spooling
from checker.cli import main
from tests.bench.returns import write_returns

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command with a cache of its own; exit code, stdout, stderr."""
    monkeypatch.setattr(spooling, "cache_folder", lambda: tmp_path / "cache")

    def called(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return called


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eighteen returns: more than two tasks' worth."""
    return write_returns(tmp_path_factory.mktemp("returns"), 18)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six returns, where their number does not matter."""
    return write_returns(tmp_path_factory.mktemp("few"), 6)
