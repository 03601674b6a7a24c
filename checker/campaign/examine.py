"""The work that is handed out: some files to their records. It runs in another process, or on another machine."""

from __future__ import annotations

import gc
from functools import cache, partial
from typing import NamedTuple

from checker.campaign.coverage import covered_by
from checker.campaign.record import NAME, make_record, refusal
from checker.checking.engine import RuleSettings
from checker.checking.files import read_and_check
from checker.rules import RULES
from frameworks.ground.errors import ReturnError
from questionnaire.editions import Editions
from questionnaire.provenance import is_ours
from questionnaire.reading import run_on_content


class FileContent(NamedTuple):
    """One file to be read."""

    suffix: str
    content: bytes
    sha256: str


class How(NamedTuple):
    """By what the files are checked."""

    rules: tuple[str, ...]
    questionnaire: str | None = None  # as the user named it
    settings: RuleSettings = ()


def prepare(questionnaire: str | None = None) -> None:
    """Once a process: what is loaded now stays, so the collector need not walk it."""
    examine((FileContent(".txt", "第一部分\n".encode(), ""),), How(tuple(RULES), questionnaire))
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def examine(batch: tuple[FileContent, ...], how: How) -> list[bytes]:
    """The record of each file, in order; one that cannot be read gives a record that says why."""
    return [_record(file, how) for file in batch]


def _record(file: FileContent, how: How) -> bytes:
    if is_ours(file.content):
        return refusal({}, own=True)
    task = partial(record_content, editions=_editions(how.questionnaire))
    try:
        return run_on_content(task, file.content, NAME, file.sha256, how.rules, how.settings)
    except ReturnError as error:
        return refusal({"code": error.code, "params": error.params})


@cache
def _editions(questionnaire: str | None) -> Editions:
    return Editions(questionnaire)


def record_content(
    content: bytes,
    name: str,
    sha256: str,
    rules: tuple[str, ...],
    settings: RuleSettings = (),
    *,
    editions: Editions,
) -> bytes:
    """The record of one file's bytes, read and checked in this process.

    Raises:
        ReturnError: they cannot be read as a return.
    """
    whole, report = read_and_check(content, name, sha256, rules, settings=settings, editions=editions)
    return make_record(report, whole, covered_by(report, whole.schema))
