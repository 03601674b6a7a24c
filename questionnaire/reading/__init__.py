"""Files of subsidiaries to a ``Return``: one way in, whatever the form.

``read_return`` reads in a child process with a clock and a memory cap; what comes out is an answer or one error.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from frameworks.ground.errors import ReturnError
from questionnaire.answers import Return
from questionnaire.reading.files import limits
from questionnaire.schema import Schema

# what a folder is searched for; what a file is, its bytes say
SUFFIXES = (
    ".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".et", ".ett", ".ods", ".csv", ".docx", ".docm", ".dotx",
    ".doc", ".wps", ".wpt", ".pdf", ".txt", ".md",
)  # fmt: skip
Result = TypeVar("Result")

LOCK = "~$"  # what the name of Excel's lock file begins with
LOCK_BYTES = 1024


def read_return(path: Path, schema: Schema) -> Return:
    """Reads one return in the process's own worker.

    Raises:
        ReturnError: the file cannot be read as a return; says why and how to mend it.
    """
    from questionnaire.reading.content import read_content

    return run_isolated(partial(read_content, schema=schema), path)


def read_tables(path: Path) -> list[list[list[str]]]:
    """The rows of every sheet of a workbook that is no return, read in the process's own worker.

    Raises:
        ReturnError: it is no workbook, or cannot be read; says why and how to mend it.
    """
    from questionnaire.reading.content import read_rows

    return run_isolated(partial(read_rows), path)


def read_named_tables(path: Path) -> list[tuple[str, list[list[str]]]]:
    """The same, each sheet with its name."""
    from questionnaire.reading.content import read_named_rows

    return run_isolated(partial(read_named_rows), path)


def run_isolated(task: partial[Result], path: Path, *more: object) -> Result:
    """Runs a task on a file's bytes, name, hash, and what else it takes, in the worker that holds what it is bound to.

    Raises:
        ReturnError: the file cannot be opened, the task refuses it, or it ended the worker.
    """
    content = read_bytes(path)
    name = path.name.encode("utf-8", "replace").decode()  # one in another encoding would break every report
    return run_on_content(task, content, name, hashlib.sha256(content).hexdigest(), *more)


def run_on_content(task: partial[Result], content: bytes, name: str, sha256: str, *more: object) -> Result:
    """The same for bytes that are at hand.

    Raises:
        ReturnError: the task refuses them, or they ended the worker.
    """
    from questionnaire.reading.files.isolate import WorkerFault, kept_worker
    from questionnaire.reading.files.wire import Preceded
    from questionnaire.reading.pictures import Recognised, recognised, with_pictures

    reader = Preceded(with_pictures, task, Recognised | None)
    worker = kept_worker((task.func, *task.keywords.values()), lambda: reader)
    try:
        pictures = recognised(content, name)
        found: Result = worker.run(pictures, content, name, sha256, *more)
    except WorkerFault as fault:
        raise ReturnError(f"reader-{fault.fault.value}", file=name) from fault
    return found


def run_apart(task: Callable[..., Any], *inputs: object) -> Any:
    """Runs a task on a file's bytes, its name and what else it takes in a kept worker, without looking at pictures.

    Raises:
        ReturnError: the task refuses the file, or the file ended the worker.
    """
    from questionnaire.reading.files.isolate import WorkerFault, kept_worker

    key = (task.func, *task.keywords.values(), run_apart) if isinstance(task, partial) else (task,)
    try:
        return kept_worker(key, lambda: task).run(*inputs)
    except WorkerFault as fault:
        raise ReturnError(f"reader-{fault.fault.value}", file=str(inputs[1])) from fault


def reading_is_done() -> None:
    """Says in the guarded worker that a file is read; what follows has a clock of its own. Elsewhere nothing."""
    from questionnaire.reading.files.isolate import reading_is_done as say

    say()


def close_workers() -> None:
    """Ends the workers of this process, whatever they are doing."""
    from questionnaire.reading.files.isolate import close_all

    close_all()


def read_bytes(path: Path, most: int = limits.FILE_BYTES) -> bytes:
    """The bytes of a user's file, so many at most; the file itself is only ever opened for reading.

    Raises:
        ReturnError: it is not there, may not be read, is no file, or is too large.
    """
    try:
        if path.exists() and not path.is_file():
            raise ReturnError("not-a-file", file=str(path))  # a pipe or device would never end
        with path.open("rb") as stream:
            content = stream.read(most + 1)
    except FileNotFoundError as error:
        kind = "file-missing" if path.suffix else "path-missing"  # a folder mostly bears none
        raise ReturnError(kind, file=str(path)) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise ReturnError("file-unreadable", file=str(path), reason=reason) from error
    if len(content) > most:
        raise ReturnError("file-too-large", file=str(path), what="limit-bytes", size=len(content),
                          limit=most)  # fmt: skip
    return content


def find_returns(path: Path) -> list[Path]:
    """The file itself, or the returns of a folder by name; Excel's lock files (~$) are none.

    Raises:
        ReturnError: there is no such file.
    """
    if not path.is_dir():
        return [] if is_lock(path) else [path]
    return sorted(
        entry
        for entry in path.iterdir()
        if entry.suffix.lower() in SUFFIXES and entry.is_file() and not entry.name.startswith((LOCK, "."))
    )


def is_lock(path: Path) -> bool:
    """Whether a file is what Excel leaves beside an open workbook."""
    try:
        return path.name.startswith(LOCK) and path.is_file() and path.stat().st_size <= LOCK_BYTES
    except OSError:
        return False


def open_elsewhere(path: Path) -> bool:
    """Whether Excel has the workbook open, so that unsaved answers are not seen."""
    return any(is_lock(path.with_name(LOCK + name)) for name in (path.name, path.name[2:]) if name)
