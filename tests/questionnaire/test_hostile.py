"""Hostile and odd files: an answer or one refusal, in time, in memory, and the next file unharmed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from frameworks.ground.errors import ReturnError
from questionnaire.reading import read_return
from questionnaire.schema import Schema
from tests.conftest import ROOT
from tests.effort import SECONDS, bounded
from tests.files.hostile import READ, TABLE_OF_FILES, Hostile

MEMORY = 1 << 30


def _params(slow: bool) -> list[object]:
    return [pytest.param(case, id=case.name) for case in TABLE_OF_FILES if case.slow is slow]


@pytest.mark.parametrize("case", _params(slow=False))
def test_a_hostile_file_is_read_or_refused(case: Hostile, tmp_path: Path, schema: Schema) -> None:
    path = tmp_path / f"填报{case.suffix}"
    path.write_bytes(case.make())
    with bounded():
        try:
            source = read_return(path, schema)
            fate = READ
            assert source.answers
        except ReturnError as error:
            fate = error.code
    assert fate in case.expected
    assert read_return(ROOT / "samples" / "good.xlsx", schema).answers  # the next file is unharmed


@pytest.mark.slow
@pytest.mark.parametrize("case", _params(slow=True))
def test_a_large_one_too_measured_from_outside(case: Hostile, tmp_path: Path) -> None:
    path = tmp_path / f"填报{case.suffix}"
    path.write_bytes(case.make())
    before = path.stat()
    process = subprocess.Popen(
        [sys.executable, "-c", "import sys; from checker.cli import main; sys.exit(main(['check', sys.argv[1]]))",
         str(path)],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    error = process.stderr.read().decode()
    process.stderr.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert usage.ru_utime + usage.ru_stime < SECONDS
    assert usage.ru_maxrss * 1024 < MEMORY
    assert process.returncode in (0, 1, 3)
    assert len(error.strip().splitlines()) <= 1
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


LISTEN = """
import sys
from questionnaire.editions import newest
from questionnaire.reading.content import read_content
from frameworks.ground.errors import ReturnError
from tests.files.hostile import ENTITIES, entity
from tests.files.package import book, rows, zipped
files = [entity(kind, "xl/workbook.xml") for kind in ENTITIES]
links = '<hyperlinks><hyperlink ref="A1" r:id="rId9"/></hyperlinks>'
files.append(zipped(book(rows([["编号", "答案"], ["P1.S1.I1", '=WEBSERVICE("http://127.0.0.1:9")']]), after=links)))
schema = newest()
read_content(files[-1], "a", "0", schema)  # everything is imported
seen = []
watched = ("socket.", "open", "subprocess", "os.system", "urllib")
sys.addaudithook(lambda event, given: seen.append(event) if event.startswith(watched) else None)
for content in files:
    try:
        read_content(content, "a", "0", schema)
    except ReturnError:
        pass
sys.exit(bool(seen))
"""


def test_nothing_is_fetched_opened_or_run() -> None:
    assert subprocess.run([sys.executable, "-c", LISTEN], cwd=ROOT, check=False).returncode == 0
