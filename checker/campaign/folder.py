"""Which files of a folder are returns, and what the others are: nothing is passed over in silence."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from frameworks.ground.errors import ReturnError
from questionnaire.reading import SUFFIXES, read_bytes

LOCK = "~$"


class SkipReason(StrEnum):
    """Why a file is not counted as a company's return."""

    LOCK_FILE = "lock-file"
    OTHER_KIND = "other-kind"
    OWN_REPORT = "own-report"
    SAME_CONTENT = "same-content"
    OLDER = "older"
    UNREADABLE = "unreadable"
    LOST = "lost"  # its worker died, twice


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that is not counted, and why."""

    name: str
    reason: SkipReason
    other: str = ""  # the file that counts instead
    error: ReturnError | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be a return."""

    path: Path
    name: str  # relative to the folder, with / between folders
    modified: float  # seconds


def find_candidates(
    folder: Path, without: tuple[Path, ...] = ()
) -> tuple[list[Candidate], list[SkippedFile]]:
    """All files below a folder, by name: those to be read, and those that are none.

    Hidden files and ``without`` (the roster, the parent's return, the output) are left out unsaid.
    """
    ours = {path.resolve() for path in without}
    found: list[Candidate] = []
    aside: list[SkippedFile] = []
    for path, name in sorted(_walk(folder, folder), key=lambda pair: pair[1]):
        if path.name.startswith(LOCK):
            aside.append(SkippedFile(name, SkipReason.LOCK_FILE))
        elif path.suffix.lower() not in SUFFIXES:
            aside.append(SkippedFile(name, SkipReason.OTHER_KIND))
        elif not ours or path.resolve() not in ours:
            found.append(Candidate(path, name, path.stat().st_mtime))
    return found, aside


def _walk(folder: Path, root: Path) -> Iterator[tuple[Path, str]]:
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError as error:
        raise ReturnError("file-missing", file=str(folder)) from error
    except NotADirectoryError as error:
        raise ReturnError("not-a-folder", file=str(folder)) from error
    except OSError as error:
        raise ReturnError("file-unreadable", file=str(folder), reason=error.strerror or "") from error
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith(".") or entry.name == "esgcheck.yaml":
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, root)
        elif entry.is_file():
            yield path, path.relative_to(root).as_posix()


def load(candidate: Candidate) -> tuple[bytes, str]:
    """A file's content and its SHA-256.

    Raises:
        ReturnError: it cannot be opened.
    """
    content = read_bytes(candidate.path)
    return content, hashlib.sha256(content).hexdigest()
