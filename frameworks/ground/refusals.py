"""Why the system does not take a file, by its error: the sentence says the cause, not a guess."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from frameworks.ground.errors import OutputError

LONGEST_PATH = 260  # characters of a whole path on Windows
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_WINDOWS_TOO_LONG = 206


def cause(target: Path, error: OSError) -> OutputError:
    """The error that says why a file could not be written.

    Args:
        target: the file.
        error: what the system said on the way.
    """
    file, number = str(target), error.errno
    if number in _FULL:
        return OutputError("output-disk-full", file=file)
    if number == errno.ENAMETOOLONG or _too_long_for_windows(target, error):
        return OutputError("output-name-too-long", file=file)
    if number in _FORBIDDEN:
        return OutputError("output-forbidden", file=file, folder=str(target.absolute().parent))
    if number == errno.EINVAL and os.name == "nt":
        return OutputError("output-bad-name", file=file)
    return OutputError("output-unwritable", file=file, reason=error.strerror or type(error).__name__)


def _too_long_for_windows(target: Path, error: OSError) -> bool:
    if os.name != "nt":
        return False
    return (
        getattr(error, "winerror", None) == _WINDOWS_TOO_LONG or len(str(target.absolute())) >= LONGEST_PATH
    )
