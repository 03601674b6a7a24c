"""The work that is handed out: some files to their records. It runs in another process, or on another machine.

Here a file's bytes are only held and hashed; whatever looks into them does so in the guarded worker.
"""

from __future__ import annotations

import gc
import hashlib
import signal
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from checker.campaign.coverage import covered_by
from checker.campaign.record import NAME, check_record, make_record, refusal
from checker.checking.engine import RuleSettings
from checker.checking.files import read_and_check, read_file
from checker.rules import RULES
from frameworks.ground.errors import ReturnError
from questionnaire.answers import Return
from questionnaire.editions import Editions
from questionnaire.provenance import is_ours
from questionnaire.reading import close_workers, read_bytes, run_on_content


class GivenFile(NamedTuple):
    """One file to be read: by its path, or, where another machine reads it, by its bytes."""

    sha256: str
    path: str = ""
    content: bytes | None = None
    before: str = ""  # path of the same company's return of an earlier year


class How(NamedTuple):
    """By what the files are checked."""

    rules: tuple[str, ...]
    questionnaire: str | None = None  # as the user named it
    settings: RuleSettings = ()
    above: tuple[str, ...] = ()  # names of companies between the parent and those that report


def prepare(questionnaire: str | None = None) -> None:
    """Once a process: what is loaded now stays, so the collector need not walk it; a stop takes the reader along."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, which stops us
    content = "第一部分\n".encode()
    examine((GivenFile("", content=content),), How(tuple(RULES), questionnaire))
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def _stop(number: int, frame: object) -> None:
    import os

    close_workers()
    os._exit(128 + number)


def examine(batch: tuple[GivenFile, ...], how: How) -> list[bytes]:
    """The record of each file, in order; one that cannot be read gives a record that says why."""
    return [_record(file, how) for file in batch]


def _record(file: GivenFile, how: How) -> bytes:
    task = partial(record_content, editions=_editions(how.questionnaire))
    try:
        content = read_bytes(Path(file.path)) if file.content is None else file.content
        if file.sha256 and hashlib.sha256(content).hexdigest() != file.sha256:
            raise ReturnError("file-changed")
        before = None
        if file.before:
            before = read_file(Path(file.before), _editions(how.questionnaire))[0]
        blob = run_on_content(task, content, NAME, file.sha256, how.rules, how.settings, before, how.above)
        check_record(blob)
    except ReturnError as error:
        return refusal({"code": error.code, "params": error.params})
    except ValueError:  # a child that answers, and not with a record: its file took it over
        return refusal({"code": "reader-died", "params": {}})
    return blob


@cache
def _editions(questionnaire: str | None) -> Editions:
    return Editions(questionnaire)


def record_content(
    content: bytes,
    name: str,
    sha256: str,
    rules: tuple[str, ...],
    settings: RuleSettings = (),
    last_year: Return | None = None,
    above: tuple[str, ...] = (),
    *,
    editions: Editions,
) -> bytes:
    """The record of one file's bytes, read and checked in this process.

    Raises:
        ReturnError: they cannot be read as a return.
    """
    if is_ours(content):
        return refusal({}, own=True)
    whole, report = read_and_check(
        content, name, sha256, rules, last_year=last_year, settings=settings, editions=editions, above=above
    )
    return make_record(report, whole, covered_by(report, whole))
