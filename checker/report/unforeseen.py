"""What the user hears of an error that nobody foresaw: the system's, or a bug of ours with its log."""

from __future__ import annotations

import os
import tempfile
import traceback
from pathlib import Path

from checker.wording import Wording, visible


def told(error: Exception, words: Wording) -> str:
    """One sentence; the details of a bug are written into a file that it names."""
    system = _of_system(error)
    if system is not None:
        file = f"：{visible(str(system.filename), lines=False)}" if system.filename else ""
        return words.text("command", "system", reason=system.strerror, file=file)
    log = _log(error)
    if log is None:
        return words.text("command", "bug-no-log", error=type(error).__name__)
    return words.text("command", "bug", log=str(log), error=type(error).__name__)


def _of_system(error: BaseException | None) -> OSError | None:
    """The system's own error (a full disk, a name too long) behind one of a library; None for a bug."""
    while error is not None:
        if isinstance(error, OSError) and error.errno is not None and error.strerror:
            return error
        error = error.__cause__ or error.__context__
    return None


def _log(error: Exception) -> Path | None:
    """Writes the details of a bug where the user can send them from; None where the disk takes nothing."""
    try:
        handle, name = tempfile.mkstemp(prefix="esgcheck-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
            traceback.print_exception(error, file=stream)
    except OSError:
        return None
    return Path(name)
