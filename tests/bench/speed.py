"""Speed as ratios, interleaved in one run: our check against plain openpyxl, our start-up against importing click.

Run: ``python -m tests.bench.speed [WORKBOOK] [--rounds N]``. Nothing here is a test: a shared machine's clock
proves nothing by itself, a ratio of medians taken in turns does.
"""

from __future__ import annotations

import argparse
import compileall
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
    "import sys; from checker.cli import main\n"
    "sys.exit(0 if main(['check', sys.argv[1], '--format', 'json']) in (0, 1) else 9)"
)
HELP = "from checker.cli import main; main(['--help'])"


def process(code: str, *arguments: str) -> Callable[[], None]:
    """A whole Python process."""

    def run() -> None:
        subprocess.run(
            [sys.executable, "-c", code, *arguments], check=True, stdout=subprocess.DEVNULL, cwd=ROOT
        )

    return run


def inside(path: Path) -> tuple[Callable[[], object], Callable[[], object]]:
    """The same two inside this process: reading and checking without any start-up."""
    import openpyxl

    from checker.engine import check
    from checker.report.json import as_text
    from checker.wording import wording
    from questionnaire.loader import load_schema
    from questionnaire.reading import read_return

    schema, words = load_schema(), wording()

    def ours() -> object:
        return as_text(check(schema, read_return(path, schema)), words)

    def plain() -> object:
        book = openpyxl.load_workbook(path)
        return sum(cell.value is not None for sheet in book for row in sheet.iter_rows() for cell in row)

    return ours, plain


def compare(name: str, ours: Callable[[], object], other: Callable[[], object], rounds: int) -> float:
    """The ratio of medians, taken A B A B."""
    ours(), other()
    a, b = [], []
    for _ in range(rounds):
        for run, times in ((ours, a), (other, b)):
            start = time.perf_counter()
            run()
            times.append(time.perf_counter() - start)
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
    compare(
        "check, whole process / openpyxl, whole process",
        process(CHECK, path),
        process(READ, path),
        options.rounds,
    )
    compare("check / openpyxl, inside one process", *inside(options.workbook), options.rounds * 2)
    compare("--help / import click, whole process", process(HELP), process("import click"), options.rounds)


if __name__ == "__main__":
    main()
