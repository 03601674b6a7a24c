"""Which files of a folder are returns, and what the others are: nothing is passed over in silence."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from msgspec import Struct

from checker.checking import settings
from checker.wording import visible
from frameworks.ground.errors import ReturnError
from questionnaire.reading import LOCK, SUFFIXES, read_bytes


class SkipReason(StrEnum):
    """Why a file is not counted as a company's return."""

    LOCK_FILE = "lock-file"
    OTHER_KIND = "other-kind"
    OWN_REPORT = "own-report"
    SAME_CONTENT = "same-content"
    OLDER = "older"
    OTHER_QUESTIONNAIRE = "other-questionnaire"  # most returns answer another one
    UNREADABLE = "unreadable"
    LOST = "lost"  # its worker died, twice


class SkippedFile(Struct, frozen=True):
    """A file that is not counted, and why."""

    name: str
    reason: SkipReason
    other: str = ""  # the file that counts instead
    error: ReturnError | None = None

    @classmethod
    def refused(cls, name: str, code: str, **params: Any) -> SkippedFile:
        """One that cannot be read, with the sentence that says why."""
        return cls(name, SkipReason.UNREADABLE, error=ReturnError(code, file=name, **params))


class Candidate(Struct, frozen=True):
    """A file that may be a return."""

    path: Path
    name: str  # relative to the folder, with / between folders; as it can be shown and written
    modified: float  # seconds
    size: int = 0  # bytes


def find_candidates(
    folder: Path, without: tuple[Path, ...] = ()
) -> tuple[list[Candidate], list[SkippedFile]]:
    """All files below a folder, by name: those to be read, and those that are none.

    Hidden files and ``without`` (the roster, the parent's return, the output) are left out unsaid.

    Raises:
        ReturnError: the folder itself cannot be looked into.
    """
    ours = {identity for path in without if (identity := _identity(path)) is not None}
    found: list[Candidate] = []
    aside: list[SkippedFile] = []
    for entry, name in _walk(folder, aside):
        if entry.name.startswith(LOCK):
            aside.append(SkippedFile(name, SkipReason.LOCK_FILE))
        elif Path(entry.name).suffix.lower() not in SUFFIXES:
            aside.append(SkippedFile(name, SkipReason.OTHER_KIND))
        else:
            candidate = _candidate(entry, name, ours)
            if isinstance(candidate, Candidate):
                found.append(candidate)
            elif candidate is not None:
                aside.append(candidate)
    found.sort(key=lambda each: (each.name, str(each.path)))
    aside.sort(key=lambda each: each.name)
    return found, aside


def _candidate(
    entry: os.DirEntry[str], name: str, ours: set[tuple[int, int]]
) -> Candidate | SkippedFile | None:
    """A file by its name a return: to be read, or why it cannot be; None for one that is given otherwise."""
    try:
        known = os.stat(entry.path)  # noqa: PTH116 - a DirEntry's own stat holds no inode on Windows
    except FileNotFoundError:
        return SkippedFile.refused(name, "link-broken" if entry.is_symlink() else "file-missing")
    except (OSError, ValueError) as error:
        return SkippedFile.refused(name, "file-unreadable", reason=getattr(error, "strerror", None) or "")
    if not stat.S_ISREG(known.st_mode):
        return SkippedFile.refused(name, "not-a-file")
    if (known.st_dev, known.st_ino) in ours:
        return None
    return Candidate(Path(entry.path), name, known.st_mtime, known.st_size)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        known = path.stat()
    except (OSError, ValueError):
        return None
    return known.st_dev, known.st_ino


def _walk(root: Path, aside: list[SkippedFile]) -> Iterator[tuple[os.DirEntry[str], str]]:
    """All entries that are no folders, in no order; folders that cannot be looked into are told in ``aside``.

    A folder may lie a thousand folders deep, so they wait in a list and nothing calls itself.
    """
    real = os.path.realpath(root)
    waiting: list[tuple[str, str]] = [(os.fspath(root), "")]
    while waiting:
        folder, prefix = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            if not prefix:
                raise _refused(root, error) from error
            aside.append(
                SkippedFile.refused(prefix.rstrip("/"), "folder-unreadable", reason=error.strerror or "")
            )
            continue
        for entry in entries:
            name = prefix + shown(entry.name)
            if entry.name.startswith(".") or entry.name == settings.FILE:
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, name + "/"))
            elif _is_folder(entry):
                aside.append(_linked(entry.path, name, real))
            else:
                yield entry, name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _linked(path: str, name: str, root: str) -> SkippedFile:
    """A link to a folder is not followed: it may lead in a circle. What lies elsewhere is missed, and said."""
    target = os.path.realpath(path)
    if target == root or target.startswith(os.path.join(root, "")):  # noqa: PTH118 - strings throughout
        return SkippedFile(name, SkipReason.OTHER_KIND)
    return SkippedFile.refused(name, "link-not-followed")


def _refused(folder: Path, error: OSError) -> ReturnError:
    if isinstance(error, FileNotFoundError):
        return ReturnError("folder-missing", file=str(folder))
    if isinstance(error, NotADirectoryError):
        return ReturnError("not-a-folder", file=str(folder))
    return ReturnError("folder-unreadable", file=str(folder), reason=error.strerror or "")


def shown(name: str) -> str:
    """A file's name as it can be written anywhere: one of a GBK system decoded, what a terminal obeys written out."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return visible(raw.decode(encoding), lines=False)
        except UnicodeDecodeError:
            continue
    return visible(raw.decode("utf-8", "backslashreplace"), lines=False)


def digest(candidate: Candidate) -> str:
    """The SHA-256 of a file's content.

    Raises:
        ReturnError: it cannot be opened.
    """
    try:
        return hashlib.sha256(read_bytes(candidate.path)).hexdigest()
    except ReturnError as error:
        params: dict[str, Any] = error.params
        raise ReturnError(error.code, file=candidate.name, **params) from error
