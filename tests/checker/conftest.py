"""What the tests of a campaign share: the command with a cache of its own, and made returns."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench.returns import own_answers, workbook, write_returns

SOME = 18  # answers of a made return: enough for findings of every kind of report
QUESTIONS = (
    "青禾集团 2025 年度问卷\n一、环境\n1. 年度用电量（万千瓦时）及节电措施。\n"
    "2. 危险废弃物的处置方式，是否委托有资质单位。\n"
    "二、员工\n1. 反腐败培训的场次和人次。\n2. 员工申诉渠道及处理流程。\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eighteen returns: more than two tasks' worth."""
    return write_returns(tmp_path_factory.mktemp("returns"), 18, answered=SOME)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six returns, where their number does not matter."""
    return write_returns(tmp_path_factory.mktemp("few"), 6, answered=SOME)


@pytest.fixture
def rounds(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """One company's return in a folder, written anew for each round."""
    folder = tmp_path / "填报"
    folder.mkdir()
    base = own_answers(random.Random(3), sentences=1)

    def written(answers: dict[str, str]) -> Path:
        (folder / "甲.xlsx").write_bytes(workbook("甲（示例）有限公司", base | answers))
        return folder

    return written
