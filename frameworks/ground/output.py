"""Files that we write: wholly or not at all, and never over an input."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from frameworks.ground.errors import OutputError

TRIES = 5  # Excel and virus scanners hold a file for a moment
PAUSE = 0.5  # seconds
PREFIX, SUFFIX = ".esgcheck-", ".tmp"
STALE = 3600  # seconds after which a temporary file belongs to a run that is gone

Result = TypeVar("Result")


def save(target: Path, content: bytes, inputs: Iterable[Path] = ()) -> None:
    """Writes a file by a temporary one in the same folder and a rename, so that no half file is ever seen.

    Args:
        target: where to; an existing file is replaced.
        content: the whole file.
        inputs: files that must not be overwritten (compared as files, not as names).

    Raises:
        OutputError: the target is an input, or cannot be written.
    """
    for source in inputs:
        if target.exists() and source.exists() and target.samefile(source):
            raise OutputError("output-is-input", file=str(target))
    temporary: Path | None = None
    try:
        _sweep(target.parent)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=PREFIX, suffix=SUFFIX)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o666 & ~_umask())
        _replace(temporary, target)
    except BaseException as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        raise OutputError("output-unwritable", file=str(target), reason=error.strerror or "") from error


def save_by(target: Path, write: Callable[[Path], Result], inputs: Iterable[Path] = ()) -> Result:
    """The same for a file that is too large to be held: ``write`` fills a temporary file beside the target.

    Raises:
        OutputError: the target is an input, or cannot be written.
    """
    for source in inputs:
        if target.exists() and source.exists() and target.samefile(source):
            raise OutputError("output-is-input", file=str(target))
    temporary = target.with_name(f".esgcheck-{os.getpid()}-{target.name}.tmp")
    try:
        result = write(temporary)
        _replace(temporary, target)
    except OSError as error:
        raise OutputError("output-unwritable", file=str(target), reason=error.strerror or "") from error
    finally:
        temporary.unlink(missing_ok=True)
    return result


def _replace(temporary: Path, target: Path) -> None:
    for attempt in range(TRIES):
        try:
            temporary.replace(target)
            return
        except PermissionError:
            if attempt == TRIES - 1:
                raise
            time.sleep(PAUSE)


def _sweep(folder: Path) -> None:
    """Removes what killed runs left behind long ago."""
    for left in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > STALE:
                left.unlink()


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
