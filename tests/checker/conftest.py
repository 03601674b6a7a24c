"""What the tests of a campaign share: the command with a cache of its own, and made returns."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.returns import write_returns

QUESTIONS = (
    "青禾集团 2025 年度问卷\n一、环境\n1. 年度用电量（万千瓦时）及节电措施。\n"
    "2. 危险废弃物的处置方式，是否委托有资质单位。\n"
    "二、员工\n1. 反腐败培训的场次和人次。\n2. 员工申诉渠道及处理流程。\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eighteen returns: more than two tasks' worth."""
    return write_returns(tmp_path_factory.mktemp("returns"), 18)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six returns, where their number does not matter."""
    return write_returns(tmp_path_factory.mktemp("few"), 6)
