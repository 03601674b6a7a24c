"""Speed as ratios, interleaved in one run: our check against plain openpyxl, our start-up against importing click.

Run: ``python -m tests.bench.speed [WORKBOOK] [--rounds N]``. Nothing here is a test: a shared machine's clock
proves nothing by itself, a ratio of medians taken in turns does. Whole processes are measured by the processor's time
that they and their children took, which others on the machine lengthen least.
"""

from __future__ import annotations

import argparse
import compileall
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
READ = (
    "import openpyxl, sys\n"
    "book = openpyxl.load_workbook(sys.argv[1])\n"
    "n = sum(cell.value is not None for sheet in book for row in sheet.iter_rows() for cell in row)\n"
)
CHECK = (
    "import sys; from checker.cli import run\n"
    "sys.argv[1:] = ['check', sys.argv[1], '--format', 'json']\n"
    "try: run()\n"
    "except SystemExit as end: sys.exit(0 if end.code in (0, 1) else 9)"
)
BARE = (
    "from checker.cli import begin; begin()\n"
    "from checker.checking.compiled import use; use(make=True)\n"
    "import checker.checking.files as files\n"
    "bare = files.check_content\n"
    "files.check_file = lambda path, editions, *more: bare("
    "path.read_bytes(), path.name, '0' * 64, editions=editions)\n" + CHECK
)
HELP = "from checker.cli import main; main(['--help'])"


def process(code: str, *arguments: str) -> Callable[[], None]:
    """A whole Python process."""

    def run() -> None:
        subprocess.run(
            [sys.executable, "-c", code, *arguments], check=True, stdout=subprocess.DEVNULL, cwd=ROOT
        )

    return run


def inside(path: Path) -> tuple[Callable[[], object], ...]:
    """Inside this process, without any start-up: our check, plain openpyxl, our check without the worker."""
    import openpyxl

    from checker.checking.files import check_content, check_file
    from checker.report.json import as_text
    from checker.wording import wording
    from questionnaire.editions import Editions

    editions, words = Editions(), wording()

    def ours() -> object:
        return as_text(check_file(path, editions), words)

    def bare() -> object:
        return as_text(check_content(path.read_bytes(), path.name, "0" * 64, editions=editions), words)

    def plain() -> object:
        book = openpyxl.load_workbook(path)
        return sum(cell.value is not None for sheet in book for row in sheet.iter_rows() for cell in row)

    return ours, plain, bare


def work() -> float:
    """Seconds of a processor that all children had which have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def compare(
    name: str,
    ours: Callable[[], object],
    other: Callable[[], object],
    rounds: int,
    clock: Callable[[], float] = time.perf_counter,
) -> float:
    """The ratio of medians, taken A B A B."""
    ours(), other()
    a, b = [], []
    for _ in range(rounds):
        for run, times in ((ours, a), (other, b)):
            start = clock()
            run()
            times.append(clock() - start)
    ratio = statistics.median(a) / statistics.median(b)
    spread = sorted(x / y for x, y in zip(a, b, strict=True))
    print(f"{name:<46} {ratio:5.2f}   (pairs {spread[0]:.2f} to {spread[-1]:.2f}, {rounds} rounds)")
    return ratio


def main() -> None:
    """Prints the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workbook", nargs="?", type=Path, default=ROOT / "samples" / "middling.xlsx")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    for package in ("checker", "questionnaire", "frameworks"):
        compileall.compile_dir(ROOT / package, quiet=2)
    path = str(options.workbook.resolve())
    read = process(READ, path)
    compare(
        "check, whole process / openpyxl, whole process", process(CHECK, path), read, options.rounds, work
    )
    compare("the same without the worker", process(BARE, path), read, options.rounds, work)
    ours, plain, bare = inside(options.workbook)
    compare("check / openpyxl, inside one process", bare, plain, options.rounds * 2, time.process_time)
    compare("check with / without the worker, one process", ours, bare, options.rounds * 2)
    click = process("import click")
    compare("--help / import click, whole process", process(HELP), click, options.rounds, work)


if __name__ == "__main__":
    main()
