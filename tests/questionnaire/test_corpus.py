"""The odd files beside the project, one expectation a file: a file that begins to work is a change too.

``python -m pytest --refresh-golden`` writes the expectations anew; the difference is read before it is committed.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from frameworks.ground.errors import ReturnError
from questionnaire.reading import is_lock, read_return
from questionnaire.schema import Schema
from tests.conftest import ROOT, SHARED
from tests.effort import bounded

FOLDER = SHARED / "badfiles"
EXPECTED = ROOT / "tests" / "files" / "corpus.tsv"
SAYS_WHY = {"duplicate-parts", "uncalculated-book", "no-questionnaire-lost", "no-questionnaire-formulas"}


def _files() -> Iterator[dict[str, str]]:
    with (FOLDER / "expect.tsv").open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter="\t")


@pytest.fixture(scope="module")
def outcomes(schema: Schema) -> dict[str, str]:
    """What became of each file: error code, and what was read of what is there."""
    if not FOLDER.is_dir():
        pytest.skip("the odd files are not here")
    found = {}
    for entry in _files():
        path = FOLDER / entry["path"]
        with bounded(path):
            found[entry["path"]] = "lock-file" if is_lock(path) else _outcome(path, schema)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]
    return found


def _outcome(path: Path, schema: Schema) -> str:
    try:
        read_return(path, schema)
    except ReturnError as error:
        counts = [str(error.params[key]) for key in ("read", "present") if key in error.params]
        return " ".join([error.code, *counts])
    return "read"


def test_every_file_ends_as_expected(outcomes: dict[str, str], request: pytest.FixtureRequest) -> None:
    text = "".join(f"{path}\t{outcome}\n" for path, outcome in outcomes.items())
    if request.config.getoption("--refresh-golden"):
        EXPECTED.write_text(text, encoding="utf-8")
    assert text == EXPECTED.read_text(encoding="utf-8")


def test_nothing_is_lost_without_a_word(outcomes: dict[str, str]) -> None:
    """READ files: no fewer cells than the best of four readers saw, or a word on why."""
    for entry in _files():
        outcome = outcomes[entry["path"]]
        code, *counts = outcome.split()
        if entry["must"] == "READ" and code not in SAYS_WHY:
            assert counts, (entry["path"], outcome)
            assert int(counts[0]) >= int(entry["best"]), (entry["path"], outcome)
        if entry["must"] == "NEVER_EMPTY":
            assert code != "workbook-empty"


def test_each_kind_is_met_as_the_list_asks(outcomes: dict[str, str]) -> None:
    fates = {
        "ERR_PASSWORD": {"encrypted"},
        "ERR_DAMAGED": {"damaged", "empty-file", "old-unreadable", "out-of-grid"},
        "READ_EMPTY": {"workbook-empty"},
        "UNCACHED": {"uncalculated-book"},
        "SKIP_LOCKFILE": {"lock-file"},
    }
    for entry in _files():
        if entry["must"] in fates:
            assert outcomes[entry["path"]].split()[0] in fates[entry["must"]], entry["path"]
