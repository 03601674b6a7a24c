"""The work that is handed out: some files to their records. It runs in another process, or on another machine."""

from __future__ import annotations

import gc
from typing import NamedTuple

from checker.campaign.coverage import covered_by
from checker.campaign.record import NAME, make_record, refusal
from checker.checking.engine import check_reading
from checker.reading.answers import read_answers
from checker.rules import RULES
from frameworks.ground.errors import ReturnError
from questionnaire.loader import load_schema
from questionnaire.provenance import is_ours
from questionnaire.reading import run_on_content
from questionnaire.reading.content import read_content
from questionnaire.schema import Schema


class Given(NamedTuple):
    """One file to be read."""

    suffix: str
    content: bytes
    sha256: str


def prepare() -> None:
    """Once a process: what is loaded now stays, so the collector need not walk it."""
    schema = load_schema()
    examine((Given(".txt", "第一部分\n".encode(), ""),), tuple(RULES))
    assert schema.items
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def examine(batch: tuple[Given, ...], rules: tuple[str, ...]) -> list[bytes]:
    """The record of each file, in order; one that cannot be read gives a record that says why."""
    return [_record(given, rules) for given in batch]


def _record(given: Given, rules: tuple[str, ...]) -> bytes:
    if is_ours(given.content):
        return refusal({}, own=True)
    try:
        return run_on_content(record_content, given.content, NAME, given.sha256, load_schema(), rules)
    except ReturnError as error:
        return refusal({"code": error.code, "params": error.params})


def record_content(
    content: bytes, name: str, sha256: str, rules: tuple[str, ...], *, schema: Schema
) -> bytes:
    """The record of one file's bytes, read and checked in this process.

    Raises:
        ReturnError: they cannot be read as a return.
    """
    whole = read_answers(schema, read_content(content, name, sha256, schema))
    report = check_reading(whole, {rule: RULES[rule] for rule in rules})
    return make_record(report, whole, covered_by(report))
