"""A campaign's cost as ratios against plain openpyxl reading of the same files, all in one run.

Run: ``python -m tests.bench.campaign [--counts 100,1000,10000] [--folder FOLDER]``. The returns are
written once (seeded) and stay in the folder. Costs are seconds of a processor, of a process with all its children, so
that a busy machine tells little else than a quiet one. Nothing here is a test: a shared machine proves nothing by its
clock, a ratio does.
"""

from __future__ import annotations

import argparse
import compileall
import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from checker.campaign.pool import processors
from tests.bench.returns import files, own_answers, workbook, write_returns

ROOT = Path(__file__).parent.parent.parent
READ = (
    "import openpyxl, sys\n"
    "for path in sys.stdin.read().splitlines():\n"
    "    book = openpyxl.load_workbook(path)\n"
    "    n = sum(cell.value is not None for sheet in book for row in sheet.iter_rows() for cell in row)\n"
)
RUN = (
    "import sys, resource\n"
    "from checker.cli import main\n"
    "if __name__ == '__main__':\n"
    "    code = main(sys.argv[1:])\n"
    "    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]\n"
    "    print(*(each.ru_utime + each.ru_stime for each in found), found[0].ru_maxrss, file=sys.stderr)\n"
    "    sys.exit(0 if code in (0, 1) else 9)\n"
)
BOOK = "汇总.xlsx"
CHUNK = 500  # files whose plain reading is timed at once


class Cost(NamedTuple):
    """One run of ``esgcheck batch``, in seconds of a processor."""

    own: float  # of the main process
    others: float  # of all its children
    peak: float  # megabytes, of the main process

    @property
    def all(self) -> float:
        """Of all processes."""
        return self.own + self.others


def plain(paths: list[Path]) -> float:
    """Seconds of a processor for reading the files with openpyxl, one process."""
    before = _children()
    for at in range(0, len(paths), CHUNK):
        given = "\n".join(map(str, paths[at : at + CHUNK]))
        subprocess.run([sys.executable, "-c", READ], input=given.encode(), check=True)
    return _children() - before


def _children() -> float:
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def campaign(folder: Path, work: Path, jobs: int) -> Cost:
    """One whole run with a cache."""
    script = work / "run.py"
    script.write_text(RUN, encoding="utf-8")
    environment = os.environ | {"ESGCHECK_CACHE": str(work / "cache"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, script, "batch", folder, "-o", work / BOOK, "--jobs", str(jobs)], env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True,
    )  # fmt: skip
    own, others, peak = map(float, done.stderr.split()[-3:])
    return Cost(own, others, peak / 1024)


class Costs(NamedTuple):
    """All costs for so many returns."""

    returns: int
    reading: float
    first: Cost
    again: Cost  # nothing changed, the workbook is there
    rewritten: Cost  # nothing changed, the workbook is gone
    next: Cost  # one return more: the second round, its other returns known
    records: float  # bytes a return
    workbook: float

    @property
    def second(self) -> float:
        """The second round as a share of the first one, were all its returns new too."""
        return (self.first.all + self.next.all - self.rewritten.all) / self.first.all


def measure(count: int, root: Path, jobs: int) -> Costs:
    """All costs for so many returns."""
    folder = write_returns(root / f"returns-{count}", count)
    paths = list(files(folder))
    more = folder / "one-more.xlsx"
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        half = len(paths) // 2
        before = plain(paths[:half])
        first = campaign(folder, work, jobs)
        reading = before + plain(paths[half:])  # half before, half behind: a busy minute meets both
        records = sum(path.stat().st_size for path in (work / "cache" / "campaign" / "records").glob("*/*"))
        again = campaign(folder, work, jobs)
        (work / BOOK).unlink()
        rewritten = campaign(folder, work, jobs)
        more.write_bytes(workbook("一家新来的（示例）有限公司", own_answers(random.Random(1), sentences=1)))
        try:
            following = campaign(folder, work, jobs)
        finally:
            more.unlink()
        size = (work / BOOK).stat().st_size
    return Costs(count, reading, first, again, rewritten, following, records / count, size / count)


def main() -> None:
    """Prints the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", default="100,1000")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "esgcheck-bench")
    parser.add_argument("--jobs", type=int, default=min(2, processors()))
    options = parser.parse_args()
    for package in ("checker", "questionnaire", "frameworks"):
        compileall.compile_dir(ROOT / package, quiet=2)
    options.folder.mkdir(parents=True, exist_ok=True)
    earlier: Costs | None = None
    for count in map(int, options.counts.split(",")):
        found = measure(count, options.folder, options.jobs)
        _print(found, earlier, options.jobs)
        earlier = found


def _print(found: Costs, earlier: Costs | None, jobs: int) -> None:
    first, reading = found.first, found.reading
    lines = {
        "first run / plain openpyxl reading": first.all / reading,
        f"the same, shared by {jobs} processors": first.all / jobs / reading,
        "main process, share of the first run": first.own / first.all,
        "unchanged, workbook there / first run": found.again.all / first.all,
        "unchanged, workbook written anew / first run": found.rewritten.all / first.all,
        "second round / first one": found.second,
        "peak of the main process, MB": first.peak,
        "peak of the main process in the second round, MB": found.next.peak,
        "records, bytes a return": found.records,
        "workbook, bytes a return": found.workbook,
    }
    if earlier is not None:
        lines[f"cost against {earlier.returns} returns, × their cost"] = first.all / earlier.first.all
        lines[f"peak against {earlier.returns} returns"] = first.peak / earlier.first.peak
    print(f"\n{found.returns} returns, {jobs} processes, {first.all:.0f} s")
    for name, value in lines.items():
        print(f"  {name:<52} {value:10.3f}")


if __name__ == "__main__":
    main()
