"""A campaign's cost as ratios against plain openpyxl reading of the same files, all in one run.

Run: ``python -m tests.bench.campaign [--counts 100,1000,10000] [--folder FOLDER]``. The returns are
written once (seeded) and stay in the folder. Nothing here is a test:
a shared machine proves nothing by its clock, a ratio does.
"""

from __future__ import annotations

import argparse
import compileall
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from checker.campaign.copies import Index
from checker.campaign.pool import processors
from checker.campaign.record import read_sketch
from questionnaire.editions import newest
from tests.bench.returns import files, write_returns

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
    "    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)\n"
    "    sys.exit(0 if code in (0, 1) else 9)\n"
)
CHUNK = 500  # files whose plain reading is timed at once


class Cost(NamedTuple):
    """One run of ``esgcheck batch``."""

    seconds: float
    peak: int  # kilobytes, of the main process


def plain(paths: list[Path]) -> float:
    """Seconds for reading the files with openpyxl, one process."""
    begin = time.perf_counter()
    for at in range(0, len(paths), CHUNK):
        given = "\n".join(map(str, paths[at : at + CHUNK]))
        subprocess.run([sys.executable, "-c", READ], input=given.encode(), check=True)
    return time.perf_counter() - begin


def campaign(folder: Path, work: Path, cache: Path, jobs: int) -> Cost:
    """One whole run with a cache."""
    script = work / "run.py"
    script.write_text(RUN, encoding="utf-8")
    environment = os.environ | {"ESGCHECK_CACHE": str(cache), "PYTHONPATH": str(ROOT)}
    target = work / f"{folder.name}.xlsx"
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, script, "batch", folder, "-o", target, "--jobs", str(jobs)], env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True,
    )  # fmt: skip
    return Cost(time.perf_counter() - begin, int(done.stderr.split()[-1]))


def index_bytes(cache: Path) -> tuple[int, int]:
    """The size of the cross-company index, and of the records on disk, of all that lies in a cache."""
    index, size = Index.of(len(newest().items)), 0
    for number, path in enumerate(sorted((cache / "campaign" / "records").glob("*/*"))):
        blob = path.read_bytes()
        size += len(blob)
        index.add(number, read_sketch(blob))
    return index.size, size


def measure(count: int, root: Path, jobs: int) -> dict[str, float]:
    """All costs for so many returns."""
    folder = write_returns(root / f"returns-{count}", count)
    paths = list(files(folder))
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        cache = work / "cache"
        half = len(paths) // 2
        before = plain(paths[:half])
        first = campaign(folder, work, cache, jobs)
        reading = before + plain(paths[half:])  # half before, half behind: a busy minute meets both
        again = campaign(folder, work, cache, jobs)
        (work / f"{folder.name}.xlsx").unlink()
        records = campaign(folder, work, cache, jobs)
        index, size = index_bytes(cache)
        return {
            "count": count, "reading": reading, "first": first.seconds, "again": again.seconds,
            "from records": records.seconds, "peak": first.peak / 1024, "index": index, "records": size,
            "workbook": (work / f"{folder.name}.xlsx").stat().st_size,
        }  # fmt: skip


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
    earlier: dict[str, float] | None = None
    for count in map(int, options.counts.split(",")):
        found = measure(count, options.folder, options.jobs)
        _print(found, earlier, options.jobs)
        earlier = found


def _print(found: dict[str, float], earlier: dict[str, float] | None, jobs: int) -> None:
    count, reading = int(found["count"]), found["reading"]
    own = found["peak"] - found["index"] / 1_048_576
    print(f"\n{count} returns, {jobs} processes")
    print(f"  first run / plain openpyxl reading            {found['first'] / reading:6.2f}")
    print(f"  first run / reading, a core                   {found['first'] * jobs / reading:6.2f}")
    print(f"  unchanged, workbook there / first run         {found['again'] / found['first']:6.3f}")
    print(f"  unchanged, workbook written anew / first run  {found['from records'] / found['first']:6.3f}")
    print(f"  index, bytes a return                         {found['index'] / count:6.0f}")
    print(f"  records, bytes a return                       {found['records'] / count:6.0f}")
    print(f"  workbook, bytes a return                      {found['workbook'] / count:6.0f}")
    print(f"  peak of the main process beside the index     {own:6.1f} MB")
    if earlier is not None:
        before = earlier["peak"] - earlier["index"] / 1_048_576
        print(
            f"  cost against {int(earlier['count'])} returns, × their cost     {found['first'] / earlier['first']:6.2f}"
        )
        print(f"  peak against {int(earlier['count'])} returns, beside the index {own / before:6.2f}")


if __name__ == "__main__":
    main()
