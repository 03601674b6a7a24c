"""Pieces made by forks come in order and whole, whatever becomes of a fork; a workbook made so has the same bytes."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from checker.campaign import pages
from checker.campaign.forks import in_order
from checker.campaign.ledger import ParentReturn
from checker.campaign.pages import gather
from checker.campaign.rounds import Memory
from checker.report.excel import campaign as writing
from checker.wording import Language, wording
from questionnaire.editions import Editions
from questionnaire.schema import Schema
from tests.conftest import make_returns

HERE = os.getpid()
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


@pytest.mark.parametrize("forks", [1, 2, 3, 9])
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_pieces_come_in_order(count: int, forks: int) -> None:
    assert list(in_order(lambda number: number * number, count, forks)) == [n * n for n in range(count)]


@needs_fork
def test_forks_do_the_work() -> None:
    made = list(in_order(lambda number: os.getpid(), 5, 2))
    assert made[0] == HERE
    assert len(set(made[1:])) == 2
    assert HERE not in made[1:]


@needs_fork
def test_what_a_dead_fork_owed_is_made_here() -> None:
    def make(number: int) -> tuple[int, int]:
        if number == 3 and os.getpid() != HERE:
            os._exit(9)
        return number, os.getpid()

    made = list(in_order(make, 8, 2))
    assert [number for number, _ in made] == list(range(8))
    assert [number for number, where in made if where == HERE] == [0, 3, 5, 7]


def test_an_error_is_raised_here() -> None:
    def make(number: int) -> int:
        return 1 // (number - 4)

    made = in_order(make, 8, 2)
    with pytest.raises(ZeroDivisionError):
        list(made)


def test_a_workbook_made_by_forks_has_the_same_bytes(
    schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "FEW", 2)
    monkeypatch.setattr(pages, "FEW", 2)
    names = [f"公司{number:02d}" for number in range(20)]
    said = {
        name: {"P1.S1.I1": f"召开股东会{n + 2}次。", "P2.S1.I1": "依托中信戴卡。"}
        for n, name in enumerate(names)
    }
    returns = make_returns(said, schema, tmp_path)
    campaign = gather(Editions(), returns, ParentReturn(schema), date(2025, 3, 1), strict=True)
    books = []
    for forks in (1, 2):
        target = tmp_path / f"{forks}.xlsx"
        tally = writing.write_campaign(target, campaign, Memory(), wording(Language.ZH), forks=forks)
        books.append((target.read_bytes(), tally))
    assert books[0] == books[1]
