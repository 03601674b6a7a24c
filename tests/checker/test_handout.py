"""Work handed out: processes, order, a cluster, a dying worker and a killed run change nothing."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.campaign.entries import Returns, read_returns
from checker.campaign.examine import How, examine, prepare
from checker.campaign.folder import SkipReason, find_candidates
from checker.campaign.pool import Pool, processes, run
from checker.campaign.spool import Spool
from checker.rules import RULES
from tests.bench.returns import write_returns
from tests.conftest import ROOT

Run = Callable[..., tuple[int, str, str]]
FEW = 9  # answers of a return, where it is handed out among many: what they say makes no difference


def lines(call: Run, *arguments: object) -> dict[str, str]:
    out = call("batch", *arguments, "--format", "json")[1]
    return {json.loads(line)["return"]["company"]: line for line in out.splitlines()}


def test_processes_and_order_make_no_difference(
    call: Run, tmp_path: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = [
        lines(call, made, "-o", tmp_path / f"{jobs}.xlsx", "--no-cache", "--jobs", jobs) for jobs in (1, 2)
    ]

    def shuffled(*arguments: object) -> object:
        found, aside = find_candidates(*arguments)  # type: ignore[arg-type]
        random.Random(7).shuffle(found)
        return found, aside

    monkeypatch.setattr("checker.campaign.run.find_candidates", shuffled)
    reports.append(lines(call, made, "-o", tmp_path / "3.xlsx", "--no-cache"))
    assert len(reports[0]) == 18
    assert reports[0] == reports[1] == reports[2]
    assert list(reports[0]) == list(reports[2])
    assert len({(tmp_path / f"{number}.xlsx").read_bytes() for number in (1, 2, 3)}) == 1


def test_without_the_extra_a_scheduler_is_refused_with_a_word(call: Run, made: Path) -> None:
    try:
        import distributed  # noqa: F401
    except ImportError:
        code, _, err = call("batch", made, "--scheduler", "tcp://localhost:1")
        assert code == 2
        assert "esgcheck[cluster]" in err
    else:
        pytest.skip("the extra [cluster] is installed")


def poisoned(batch: tuple[object, ...], rules: tuple[str, ...]) -> list[bytes]:
    """A reader that one file ends."""
    if any(b"POISON" in Path(given.path).read_bytes() for given in batch):  # type: ignore[attr-defined]
        os._exit(1)
    return examine(batch, rules)  # type: ignore[arg-type]


def _with_poison(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Returns, Returns]:
    candidates, aside = find_candidates(made)
    with Spool(tmp_path / "a") as sound, Spool(tmp_path / "b") as other:
        whole = read_returns(candidates, aside, sound, How(tuple(RULES)), Pool(processes(prepare), 2))
        poison = made / "000" / "毒.txt"
        poison.write_text("POISON", encoding="utf-8")
        candidates, aside = find_candidates(made)
        monkeypatch.setattr("checker.campaign.entries.examine", poisoned)
        found = read_returns(candidates, aside, other, How(tuple(RULES)), Pool(processes(prepare), 2))
        poison.unlink()
        assert all(whole.blob(a) == found.blob(b) for a, b in zip(whole.entries, found.entries, strict=True))
    return whole, found


def test_a_file_that_ends_its_reader_is_named_and_costs_nobody_else(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, found = _with_poison(made, tmp_path, monkeypatch)
    assert [(each.name, each.reason) for each in found.skipped] == [("000/毒.txt", SkipReason.LOST)]
    assert found.entries == whole.entries


@pytest.mark.slow
def test_one_poisonous_file_among_200(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = write_returns(tmp_path / "returns", 199, answered=FEW)
    whole, found = _with_poison(made, tmp_path, monkeypatch)
    assert len(found.entries) == 199
    assert found.entries == whole.entries
    assert [each.name for each in found.skipped] == ["000/毒.txt"]


@pytest.mark.slow
def test_a_killed_run_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    made = write_returns(tmp_path / "returns", 150, answered=FEW)
    command = (
        "import sys; from checker.cli import main\nif __name__ == '__main__': sys.exit(main(sys.argv[1:]))"
    )

    def start(cache: str, output: str) -> subprocess.Popen[bytes]:
        script = tmp_path / "run.py"
        script.write_text(command, encoding="utf-8")
        environment = os.environ | {"ESGCHECK_CACHE": str(tmp_path / cache), "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            [sys.executable, script, "batch", str(made), "-o", str(tmp_path / output)], env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    assert start("one", "unbroken.xlsx").wait() == 1
    broken = start("two", "resumed.xlsx")
    records = tmp_path / "two" / "campaign" / "records"
    while len(list(records.glob("*/*"))) < 60:
        time.sleep(0.05)
    broken.kill()
    broken.wait()
    assert not (tmp_path / "resumed.xlsx").exists()
    done = len(list(records.glob("*/*")))
    assert 60 <= done < 150
    assert start("two", "resumed.xlsx").wait() == 1
    assert (tmp_path / "resumed.xlsx").read_bytes() == (tmp_path / "unbroken.xlsx").read_bytes()


def test_a_pool_that_breaks_again_and_again_names_each() -> None:
    done = list(
        run(
            iter(range(9)),
            _breaks_on_five,
            lambda batch: (tuple(batch),),
            Pool(processes(int), 2),  # type: ignore[arg-type]
        )
    )
    assert sorted((each.job, each.result) for each in done if each.result) == [
        (n, b"%d" % n) for n in range(9) if n not in (5, 6)
    ]
    assert {each.job for each in done if each.result is None} == {5, 6}


def _breaks_on_five(numbers: tuple[int, ...]) -> list[bytes]:
    if {5, 6} & set(numbers):
        os._exit(1)
    return [b"%d" % number for number in numbers]
