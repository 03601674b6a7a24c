"""What the office's pages count is what the batch counts; a run can be stopped; paths are those of real folders."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from starlette.requests import Request

from checker.campaign.options import Options
from checker.desk.app import build_app
from checker.desk.beside import file_of, folder_of, look_beside
from checker.desk.campaign import Office, Run, Stage
from checker.desk.office import progress
from checker.desk.state import Desk
from checker.report.tally import walk
from checker.wording import wording
from frameworks.ground.errors import InputError
from questionnaire.editions import Editions
from tests.conftest import ROOT

CAMPAIGN = ROOT / "samples" / "campaign"
SOME = ("beibei.xlsx", "changpu.xlsx")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("填报")
    for name in SOME:
        shutil.copy(CAMPAIGN / "returns" / name, folder)
    found = Run(Options(folder, parent=CAMPAIGN / "parent.xlsx"), wording(), threading.Lock())
    found.start()
    found._thread.join()
    assert found.stage is Stage.READY, found.error
    yield found
    found.stop()


def test_the_pages_count_what_the_batch_counts(run: Run) -> None:
    tally = walk(run.campaign, wording(), lambda page: None)
    assert run.total_counts == tally.total
    assert run.lacking == tally.lacking
    assert len(run.ledger) == tally.relied.all
    assert {each.entry.company: each.counts for each in run.companies} == tally.counts
    assert [len(run.gaps(each.number)) for each in run.companies] == [
        len(each.lines) for each in run.companies
    ]


def test_what_is_accepted_counts_no_more_and_nobody_elses_gap_is_taken(run: Run) -> None:
    first, second = run.companies
    gap = run.gaps(first.number)[0]
    ids = gap.cause.gap_ids.split()
    with pytest.raises(InputError) as refused:
        run.accept(second.number, ids, "甲", "乙", date.max)
    assert refused.value.code == "office-no-such-gap"
    before = run.total_counts
    run.accept(first.number, ids, "甲", "乙", date.max)
    assert sum(run.total_counts) == sum(before) - 1
    (line,) = [line for line in run.lines if line.waived]
    waived = run.gaps(first.number)[line.number]
    assert (waived.cause.gap_ids, waived.waiver and waived.waiver.who) == (gap.cause.gap_ids, "甲")
    assert walk(run.campaign, wording(), lambda page: None).total == run.total_counts


def test_a_run_stops_when_it_is_told_to(run: Run) -> None:
    stopped = Run(replace(run.options, cache=False), wording(), threading.Lock())
    stopped.start()
    stopped.stop()
    assert stopped.stage is Stage.STOPPED
    assert not stopped.companies


def test_two_tabs_that_begin_at_once_leave_one_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    alive: list[Run] = []

    def start(self: Run) -> None:
        alive.append(self)

    def stop(self: Run) -> None:
        time.sleep(0.05)
        alive.remove(self)

    monkeypatch.setattr(Run, "start", start)
    monkeypatch.setattr(Run, "stop", stop)
    office = Office(threading.Lock())
    office.begin(Options(tmp_path), wording())
    tabs = [threading.Thread(target=office.begin, args=(Options(tmp_path), wording())) for _ in range(3)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert len(alive) == 1
    assert office.run is alive[0]


def test_what_is_being_written_is_written_before_a_run_ends(tmp_path: Path) -> None:
    reader = threading.Lock()
    written = Run(Options(tmp_path), wording(), reader)
    written.start()
    written._thread.join()
    end = threading.Thread(target=written.stop)
    with reader:  # as while its workbook is written
        end.start()
        end.join(0.2)
        assert end.is_alive()
        assert written.stage is not Stage.STOPPED
    end.join(60)
    assert written.stage is Stage.STOPPED


def test_a_run_may_become_ready_while_its_progress_is_shown(tmp_path: Path) -> None:
    stages = [Stage.COUNTING, *[Stage.READY] * 9]

    class Hasty(Run):
        def __getattribute__(self, name: str) -> object:
            return stages.pop(0) if name == "stage" else super().__getattribute__(name)

    desk = Desk(1, Editions())
    try:
        desk.office.run = Hasty(Options(tmp_path), wording(), threading.Lock())
        scope = {"type": "http", "method": "GET", "path": "/office/progress", "headers": [], "query_string": b"",
                 "server": ("127.0.0.1", 1), "scheme": "http", "app": build_app(desk)}  # fmt: skip
        assert progress(Request(scope)).status_code == 200
    finally:
        shutil.rmtree(desk.room)


@pytest.mark.parametrize("text", ["", "2", "-1", "²", "0000000000002", "9" * 5000])
def test_a_number_of_no_company_finds_none(run: Run, text: str) -> None:
    assert run.numbered(text) is None
    assert run.numbered("1") is run.companies[1]


def test_a_folder_without_returns_is_said(tmp_path: Path) -> None:
    empty = Run(Options(tmp_path), wording(), threading.Lock())
    empty.start()
    empty._thread.join()
    assert (empty.stage, "没有任何一家公司的填报" in empty.error) == (Stage.FAILED, True)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "path-empty"), ("填报", "path-not-whole"), ("../..", "path-not-whole"), ("/不存在的", "folder-missing"),
     (str(CAMPAIGN / "parent.xlsx"), "not-a-folder"), ("/a\0b", "folder-missing")],
)  # fmt: skip
def test_what_is_no_folder_is_refused(typed: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        folder_of(typed)
    assert refused.value.code == code
    assert wording().error(refused.value)


def test_a_name_that_no_system_takes_is_refused() -> None:
    with pytest.raises(InputError):
        folder_of("/" + "长" * 300)


def test_paths_are_taken_as_they_are_copied() -> None:
    assert folder_of(f' "{CAMPAIGN}" \n') == CAMPAIGN
    assert file_of("  ") is None
    with pytest.raises(InputError):
        file_of(str(CAMPAIGN))


def test_what_lies_beside_is_proposed(tmp_path: Path) -> None:
    returns = tmp_path / "填报"
    returns.mkdir()
    shutil.copy(CAMPAIGN / "roster.xlsx", tmp_path / "应报名单.xlsx")
    shutil.copy(CAMPAIGN / "parent.xlsx", returns / "母公司.xlsx")
    shutil.copy(CAMPAIGN / "parent.xlsx", tmp_path / "去年汇总.xlsx")  # no campaign of ours
    (tmp_path / "~$名单.xlsx").write_bytes(b"")
    found = look_beside(returns, tmp_path / "没有")
    assert found == (returns / "母公司.xlsx", tmp_path / "应报名单.xlsx", None)
